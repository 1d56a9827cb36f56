"""Pages of the database overwritten: found, said, not made worse, mended by a backup without a restart."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine

from steering import cli
from steering.model import Structure
from steering.storage import checking, reading
from steering.storage.backups import copies, restoring
from steering.storage.copying import shelf
from steering.storage.problems import DatabaseRefused, NotReadable, NotSaved
from steering.storage.writing import Edit, write
from tests.conftest import sqlite_url
from tests.storage.conftest import LOTSEN, NOW, WHO
from tests.stored import row_of

PAGE = 4096


@pytest.fixture
def backup(engine: Engine, ready: Path) -> Path:
    """The copy from before the damage."""
    return copies.hourly(sqlite_url(ready), NOW).file


def overwrite(engine: Engine, ready: Path, first: int, pages: int = 1) -> None:
    engine.dispose()
    content = random.Random(first).randbytes(PAGE * pages)
    with ready.open("r+b") as opened:
        opened.seek(first * PAGE)
        opened.write(content)


def where(ready: Path) -> dict[str, tuple[int, int]]:
    pages = ready.stat().st_size // PAGE
    return {"the first page": (0, 1), "the schema": (1, 4), "the middle": (pages // 4, pages // 2)}


@pytest.mark.parametrize("place", ["the first page", "the schema", "the middle"])
def test_what_is_overwritten_is_found_kept_and_mended_by_a_backup_while_the_program_runs(
    place: str, engine: Engine, ready: Path, backup: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url = sqlite_url(ready)
    write(engine, [Edit(Structure, {"note": "nach der Sicherung"}, id=LOTSEN, version=1)], **WHO)
    overwrite(engine, ready, *where(ready)[place])
    spoilt = ready.read_bytes()

    assert any("beschädigt" in problem for problem in checking.problems(url))
    assert cli.main(["check", "--database", url]) == 1
    assert "beschädigt" in capsys.readouterr().err
    refused: list[tuple[Callable[[], object], type[Exception]]] = [
        (lambda: copies.hourly(url, NOW, anyway=True), DatabaseRefused),
        (lambda: copies.set_aside(url, NOW), DatabaseRefused),
    ]
    for attempt, refusal in refused:
        with pytest.raises(refusal, match="Bitte"):
            attempt()
    said: list[str] = []
    for attempt in (lambda: reading.portfolio(engine), lambda: save(engine, "in Trümmer")):
        try:
            attempt()
        except (NotReadable, NotSaved) as told:
            said.append(str(told))
    assert all("beschädigt" in sentence or "etwas anderes" in sentence for sentence in said), said
    assert [copy.file for copy in copies.kept(url)] == [backup]
    engine.dispose()
    assert ready.read_bytes() == spoilt or place == "the middle"

    with restoring.opened(backup) as found:
        aside = restoring.put_in_place(url, found, NOW)
    assert aside is not None
    assert aside.name.startswith("steering-beschaedigt-")
    assert aside.stat().st_size == len(spoilt)
    assert checking.problems(url) == []
    found_note = row_of(engine, Structure, LOTSEN)
    assert found_note is not None
    assert found_note["note"] == ""
    save(engine, "wieder da")
    assert not list(ready.parent.glob("*-neu*"))
    assert aside.parent == shelf.folder(ready)


def save(engine: Engine, text: str) -> None:
    write(engine, [Edit(Structure, {"note": text}, id=LOTSEN, version=1)], **WHO)


def test_where_a_damaged_database_cannot_be_replaced_it_stays(
    engine: Engine, ready: Path, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    overwrite(engine, ready, 0)
    spoilt = ready.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("steering.storage.backups.damaged.copy_verified", full)
    with (
        restoring.opened(backup) as found,
        pytest.raises(DatabaseRefused, match=r"an die Stelle der beschädigten.*Bitte freien Platz"),
    ):
        restoring.put_in_place(sqlite_url(ready), found, NOW)
    assert ready.read_bytes() == spoilt
