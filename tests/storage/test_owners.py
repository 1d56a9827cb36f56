"""Whose the files are that root makes by a command, where the program runs under an account of its own."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from steering.storage import schema
from steering.storage.backups import copies, drilling
from steering.storage.private_files import hand_over
from steering.storage.problems import DatabaseRefused
from tests.storage.conftest import WHO, restore
from tests.storage.test_faults import NOBODY

pytestmark = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives files away"
)


@pytest.fixture
def place() -> Iterator[Path]:
    """The folder of the account under which the program runs; pytest's own are closed to it."""
    with TemporaryDirectory() as folder:
        os.chown(folder, NOBODY, -1)
        yield Path(folder)


@contextmanager
def as_the_program() -> Iterator[None]:
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def goes_on(url: str) -> None:
    """The program opens its database and keeps its copy."""
    with as_the_program():
        schema.prepare(url, "empty").dispose()
        copies.hourly(url, WHO["now"], anyway=True)


def owners(folder: Path) -> set[int]:
    return {path.lstat().st_uid for path in (folder, *folder.rglob("*"))}


def test_a_database_that_root_has_made_and_put_away_is_the_programs(place: Path) -> None:
    url = f"sqlite:///{place / 'steering.db'}"
    schema.prepare(url, "empty").dispose()
    copies.hourly(url, WHO["now"])
    drilling.drill(url, WHO["now"])
    assert owners(place) == {NOBODY}
    goes_on(url)


@pytest.mark.parametrize("damaged", [True, False])
def test_a_database_that_root_has_put_back_is_the_programs(
    damaged: bool, place: Path, template: Path
) -> None:
    """In the place of one that was deleted, or of one that cannot be read any more."""
    file = place / "steering.db"
    if damaged:
        file.write_bytes(b"nothing that SQLite knows" * 99)
        os.chown(file, NOBODY, -1)
    restore(f"sqlite:///{file}", template)
    assert owners(place) == {NOBODY}
    goes_on(f"sqlite:///{file}")


def test_a_lock_beside_a_database_is_whose_the_database_is(place: Path, template: Path) -> None:
    os.chown(place, 0, -1)
    file = Path(shutil.copy(template, place / "steering.db"))
    os.chown(file, NOBODY, -1)
    schema.prepare(f"sqlite:///{file}", "empty").dispose()
    assert file.with_name("steering.db.lock").stat().st_uid == NOBODY


@pytest.mark.parametrize("name", ["steering.db", "steering.db.lock"])
def test_what_is_somebody_elses_is_named_with_its_owner(name: str, place: Path, template: Path) -> None:
    file = Path(shutil.copy(template, place / "steering.db"))
    os.chown(file, NOBODY, -1)
    theirs = place / name
    theirs.touch()
    os.chown(theirs, 0, 0)
    theirs.chmod(0o600)
    said = rf"^»{theirs}« gehört dem Konto »{Path('/').owner()}«.*Bitte die Datei dem Konto geben"
    with as_the_program(), pytest.raises(DatabaseRefused, match=said):
        schema.prepare(f"sqlite:///{file}", "empty")


def test_what_is_only_another_name_of_something_else_is_not_given_away(place: Path, tmp_path: Path) -> None:
    """The account could else name whatever is root's, and be given it."""
    roots = tmp_path / "roots"
    roots.touch()
    for name, link in (("symbolic", os.symlink), ("hard", os.link)):
        try:
            link(roots, place / name)
        except OSError:
            continue  # another disk
        hand_over(place / name, place)
    assert roots.stat().st_uid == 0
