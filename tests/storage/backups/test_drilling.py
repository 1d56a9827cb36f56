"""The newest backup tried out: loaded, counted, compared, and nothing left behind."""

import sqlite3
import tempfile
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from steering.storage.backups import copies, drilling
from steering.storage.backups.state import state_of
from steering.storage.copying import shelf
from steering.storage.copying.shelf import read_note
from steering.storage.problems import DatabaseRefused
from tests.conftest import sqlite_url
from tests.storage.conftest import NOW, restore

HOUR = timedelta(hours=1)


@pytest.fixture
def url(ready: Path) -> str:
    return sqlite_url(ready)


@pytest.fixture
def copy(url: str) -> Path:
    return copies.hourly(url, NOW).file


def spoil(copy: Path, statement: str, *, noticed_by_its_bytes: bool = True) -> None:
    """Change what is in a copy; else have the note agree with its bytes."""
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute(statement)
        connection.commit()
    if not noticed_by_its_bytes:
        note = shelf.note_of(copy)
        noted = read_note(copy)
        assert noted is not None
        note.write_text(note.read_text().replace(noted.digest, shelf.files.digest(copy)))


def test_the_newest_is_tried_and_leaves_nothing_but_that_it_was(
    url: str, copy: Path, ready: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "scratch"))
    (tmp_path / "scratch").mkdir()
    before = copy.read_bytes(), ready.read_bytes(), {path.name for path in copy.parent.iterdir()}
    tried = drilling.drill(url, NOW + HOUR)
    assert tried.copy.file == copy
    assert tried.counted["funding"] == 3
    assert tried.counted["funding.fte"] == 1.5
    assert tried.counted["funding.amount_cents"] == 1_300_000
    assert list((tmp_path / "scratch").iterdir()) == []
    after = copy.read_bytes(), ready.read_bytes(), {path.name for path in copy.parent.iterdir()}
    assert after == (before[0], before[1], before[2] | {"steering-probe.json"})
    assert drilling.last(url) == drilling.Drill(NOW + HOUR, copy.name)


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("DELETE FROM responsibility_group", "»responsibility_group«, Zeilen: 0, beim Sichern 1."),
        (
            "UPDATE funding SET amount_cents = amount_cents - 1",
            "Summe von »amount_cents«: 1299999, beim Sichern 1300000.",
        ),
        ("UPDATE funding SET fte = 1.25 WHERE id = 1", "Summe von »fte«: 1.25, beim Sichern 1.5."),
    ],
)
def test_what_is_not_as_it_was_counted_is_said(url: str, copy: Path, statement: str, words: str) -> None:
    spoil(copy, statement, noticed_by_its_bytes=False)
    with pytest.raises(DatabaseRefused, match="hält nicht, was beim Sichern") as refused:
        drilling.drill(url, NOW)
    assert words in str(refused.value)
    last = drilling.last(url)
    assert last is not None
    assert last.problem == str(refused.value)


def test_a_byte_that_has_changed_is_noticed_by_drill_and_restore(url: str, copy: Path) -> None:
    spoil(copy, "UPDATE structure SET name = 'Integrationslotzen' WHERE id = 1")
    for attempt in (lambda: drilling.drill(url, NOW), lambda: restore(url, copy)):
        with pytest.raises(DatabaseRefused, match="hat sich die Datei geändert"):
            attempt()


def test_without_a_copy_or_a_note_it_says_what_to_do(url: str) -> None:
    with pytest.raises(DatabaseRefused, match=r"noch keine Sicherung.*steering backup"):
        drilling.drill(url, NOW)
    shelf.note_of(copies.hourly(url, NOW).file).write_text("{}")
    with pytest.raises(DatabaseRefused, match=r"nicht festgehalten.*steering backup"):
        drilling.drill(url, NOW)


def test_what_is_overdue_is_known(url: str) -> None:
    assert state_of(url, NOW).backup_is_overdue
    assert state_of(url, NOW).drill_is_overdue
    copies.hourly(url, NOW)
    drilling.drill(url, NOW)
    soon, late, much_later = (state_of(url, NOW + after) for after in (HOUR, 3 * HOUR, timedelta(days=32)))
    assert (soon.backup_is_overdue, late.backup_is_overdue) == (False, True)
    assert (late.drill_is_overdue, much_later.drill_is_overdue) == (False, True)
