"""The copies that the program keeps by itself: whole, private, one an hour, none half under a real name."""

import json
import os
import sqlite3
import stat
import threading
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from steering.model import Structure
from steering.storage.backups import copies, drilling
from steering.storage.backups.state import state_of
from steering.storage.copying import shelf
from steering.storage.problems import DatabaseRefused
from steering.storage.writing import Edit, write
from tests.conftest import sqlite_url
from tests.storage.conftest import LOTSEN, NOW, WHO

HOUR = timedelta(hours=1)
POSIX = pytest.mark.skipif(os.name != "posix", reason="Windows keeps rights in another way")


@pytest.fixture
def url(ready: Path) -> str:
    return sqlite_url(ready)


def names(ready: Path) -> set[str]:
    return {path.name for path in shelf.folder(ready).iterdir()}


def test_an_hour_has_one_copy_and_the_next_one_another(url: str, ready: Path) -> None:
    first = copies.hourly(url, NOW)
    again = copies.hourly(url, NOW + HOUR / 4)
    assert (first.is_new, again.is_new, again.file) == (True, False, first.file)
    assert copies.hourly(url, NOW + HOUR).is_new
    assert copies.hourly(url, NOW + HOUR, anyway=True).is_new
    assert [copy.why for copy in copies.kept(url)] == [shelf.HOURLY] * 3
    assert [path for path in names(ready) if "-part" in path] == []


def test_two_at_once_make_one(url: str) -> None:
    found: list[bool] = []
    at_once = [
        threading.Thread(target=lambda: found.append(copies.hourly(url, NOW).is_new)) for _ in range(6)
    ]
    for thread in at_once:
        thread.start()
    for thread in at_once:
        thread.join()
    assert sorted(found) == [False] * 5 + [True]
    assert len(copies.kept(url)) == 1


def test_what_is_copied_while_people_write_is_one_state_and_is_as_it_was_counted(
    engine: Engine, url: str, ready: Path
) -> None:
    done = threading.Event()

    def write_on() -> None:
        version = 1
        while not done.is_set():
            write(engine, [Edit(Structure, {"note": str(version)}, id=LOTSEN, version=version)], **WHO)
            version += 1

    writer = threading.Thread(target=write_on)
    writer.start()
    try:
        made = [copies.hourly(url, NOW + number * HOUR).file for number in range(10)]
    finally:
        done.set()
        writer.join()
    for copy in made:
        with closing(sqlite3.connect(copy)) as connection:
            (note,) = connection.execute("SELECT note FROM structure WHERE id = 1").fetchone()
            (last,) = connection.execute("SELECT max(id) FROM change WHERE field = 'note'").fetchone()
            said = connection.execute("SELECT after FROM change WHERE id = ?", (last,)).fetchone()
        assert last is None or json.loads(said[0]) == note


def test_what_is_no_longer_kept_goes_and_what_is_not_ours_stays(url: str, ready: Path) -> None:
    old = copies.hourly(url, NOW - timedelta(days=40)).file
    copies.hourly(url, NOW - timedelta(days=39))
    broken = shelf.folder(ready) / "steering-stand-20261101T000000Z.db-part"
    orphan = shelf.folder(ready) / "steering-stand-20261101T000000Z.db.json"
    alien = {
        "steering.db", "sicherung.db", "steering-test-stand-20200101T000000Z.db", "steering-stand-gestern.db",
        "steering-stand-20209999T000000Z.db", "steering-stand-20200101T000000Z.db.bak", "liste.xlsx",
    }  # fmt: skip
    for path in (broken, orphan, *(shelf.folder(ready) / name for name in alien)):
        path.write_text("fremd")
    copies.hourly(url, NOW)
    assert not old.exists()
    assert not shelf.note_of(old).exists()
    assert not broken.exists()
    assert not orphan.exists()
    assert alien <= names(ready)
    assert len(copies.kept(url)) == 2


def test_a_clock_set_back_makes_further_copies_and_loses_none(url: str) -> None:
    ahead = copies.hourly(url, NOW + timedelta(days=800)).file
    behind = [copies.hourly(url, NOW + number * HOUR) for number in range(3)]
    assert all(copy.is_new for copy in behind)
    assert {copy.file for copy in copies.kept(url)} == {ahead, *(copy.file for copy in behind)}
    now = NOW + 2 * HOUR
    assert drilling.drill(url, now).copy.file == behind[-1].file
    assert not state_of(url, now).backup_is_overdue


class Small(sqlite3.Connection):
    """On a disk that takes no more than a part of a copy."""

    def __init__(self, database: str | Path, **more: Any) -> None:
        super().__init__(database, **more)
        if str(database).endswith("-part"):
            self.execute("PRAGMA max_page_count=20")


@pytest.mark.parametrize("full", ["the copy", "the note"])
def test_a_full_disk_leaves_no_half_copy_and_no_copy_less(
    full: str, url: str, ready: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copies.hourly(url, NOW)
    before = names(ready)
    with monkeypatch.context() as patch:
        if full == "the copy":
            connect = sqlite3.connect
            patch.setattr(sqlite3, "connect", lambda *asked, **more: connect(*asked, **more, factory=Small))
        else:
            patch.setattr(shelf.files.os, "fsync", refuse)
        for attempt in (
            lambda: copies.hourly(url, NOW + HOUR),
            lambda: copies.set_aside(url, NOW),
            lambda: copies.backup(url, "coburg", ready.with_name("eigene.db")),
        ):
            with pytest.raises(DatabaseRefused, match=r"Bitte .*Platz"):
                attempt()
    assert names(ready) == before
    assert not list(ready.parent.glob("eigene*"))
    assert copies.hourly(url, NOW + HOUR).is_new


def refuse(_descriptor: int) -> None:
    raise OSError(28, "No space left on device")


def test_a_damaged_database_is_not_put_in_the_place_of_good_copies(url: str, ready: Path) -> None:
    for days in (3, 2, 1):
        copies.hourly(url, NOW - timedelta(days=days))
    before = names(ready)
    with ready.open("r+b") as file:
        file.seek(40 * 4096)
        file.write(os.urandom(4096 * 3))
    with pytest.raises(DatabaseRefused, match=r"vorhandenen Sicherungen .*steering check"):
        copies.hourly(url, NOW)
    assert names(ready) == before


@POSIX
def test_copies_notes_and_their_folder_are_for_nobody_else(url: str, ready: Path) -> None:
    before = os.umask(0o002)
    try:
        copies.hourly(url, NOW)
        copies.set_aside(url, NOW)
        drilling.drill(url, NOW)
    finally:
        os.umask(before)
    assert stat.S_IMODE(shelf.folder(ready).stat().st_mode) == 0o700
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) & 0o077 for path in shelf.folder(ready).iterdir()}
    assert {name for name, mode in modes.items() if mode} <= {"steering.lock"}


def test_where_nothing_is_nothing_is_copied(tmp_path: Path) -> None:
    with pytest.raises(DatabaseRefused, match="gibt es nicht"):
        copies.hourly(sqlite_url(tmp_path / "none.db"), NOW)
    assert list(tmp_path.iterdir()) == []


def test_a_server_is_left_to_its_own_tools() -> None:
    for ask in (copies.hourly, drilling.drill):
        with pytest.raises(DatabaseRefused, match=r"pg_dump.*pg_restore"):
            ask("postgresql+psycopg://host/steering", NOW)
