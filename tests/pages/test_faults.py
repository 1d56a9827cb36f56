"""What the screen says where nothing can be saved or read: why, with all that was typed."""

import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

import pytest

from steering.storage import database_server, journal, troubles
from steering.storage import engine as engine_module
from steering.storage.backups import copies
from steering.storage.engine import database_file
from steering.storage.rights.acting import AT_THE_MACHINE
from steering.web import sessions
from steering.web.frame import shell
from tests import postgres
from tests.pages.conftest import Screen
from tests.pages.test_editing import LOTSEN, funding_of
from tests.storage.conftest import restore

END = "31.12.2027"
# What each engine says of itself where it is gone.
GONE = {"sqlite": troubles.MISSING, "postgresql": troubles.UNREACHABLE}


@pytest.fixture
def sidebar(screen, monkeypatch: pytest.MonkeyPatch) -> Screen:
    monkeypatch.setattr(engine_module, "BUSY_MILLISECONDS", 50)
    monkeypatch.setattr(database_server, "LOCK_MILLISECONDS", 50)
    shown = screen("Zeitachse")
    shown.edit(LOTSEN)
    shown.type(Ende=END)
    return shown


def file_of(shown: Screen) -> Path:
    file = database_file(shown.url)
    assert file is not None
    return file


@contextmanager
def locked(shown: Screen) -> Iterator[None]:
    """Another program writes and does not end."""
    if shown.url.startswith("sqlite"):
        with closing(sqlite3.connect(file_of(shown), isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
        return
    # With an address of its own: within one program writers stand in a queue.
    other_program = engine_module.make_engine(f"{shown.url}&application_name=other")
    with engine_module.writing(other_program):
        yield
    other_program.dispose()


@pytest.fixture
def away(
    database_kind: str, request: pytest.FixtureRequest
) -> Callable[[Screen], AbstractContextManager[None]]:
    """Until its block ends the database is gone: the file moved, the server stopped."""

    @contextmanager
    def moved(shown: Screen) -> Iterator[None]:
        file = file_of(shown)
        elsewhere = file.rename(file.with_name("weg.db"))
        yield
        elsewhere.rename(file)

    @contextmanager
    def stopped(_shown: Screen) -> Iterator[None]:
        server: postgres.Server = request.getfixturevalue("postgresql")
        server.stop()
        try:
            yield
        finally:
            server.start()

    return moved if database_kind == "sqlite" else stopped


def press(shown: Screen, label: str) -> None:
    """As `click`, but with the one run after it: the next no longer says what was refused."""
    next(button for button in shown.app.button if button.label == label).click().run()


def saved_end(shown: Screen) -> str:
    return funding_of(shown)["end"].strftime("%d.%m.%Y")


def test_a_form_outlives_a_locked_database(sidebar):
    with locked(sidebar):
        sidebar.click("Speichern")
    assert "Nicht gespeichert: Die Datenbank ist gerade durch ein anderes Programm gesperrt" in sidebar.texts
    assert sidebar.input("Ende").value == END
    sidebar.click("Speichern")
    assert saved_end(sidebar) == END


def test_a_press_without_a_form_says_that_nothing_was_saved(sidebar):
    with locked(sidebar):
        press(sidebar, "Stand bestätigen")
        assert "Nicht gespeichert: Die Datenbank ist gerade" in sidebar.texts
    sidebar.click("Stand bestätigen")
    assert "Stand von »Integrationslotsen« gespeichert" in sidebar.texts


def test_a_form_outlives_a_database_that_is_away(sidebar, away, database_kind):
    with away(sidebar):
        press(sidebar, "Speichern")
        assert GONE[database_kind] in sidebar.texts
        sidebar.app.run()
        assert "Gezeigt wird, was zuletzt gelesen wurde" in sidebar.texts
        assert sidebar.input("Ende").value == END
        assert not sidebar.app.exception
    sidebar.click("Speichern")
    assert "Gezeigt wird, was zuletzt gelesen wurde" not in sidebar.texts
    assert saved_end(sidebar) == END


def test_a_page_opened_while_the_database_is_away_says_so_and_opens_later(
    screen, away, database_kind, caplog
):
    first = screen("Zeitachse")
    with away(first), caplog.at_level(logging.INFO, journal.NAME):
        # As a second visitor of the same server, who has seen nothing yet.
        late = Screen(first.url, "Zeitachse")
        assert "Die Datenbank kann nicht geöffnet werden" in late.texts
        assert GONE[database_kind] in late.texts
        assert not late.app.exception
        assert [line for line in caplog.messages if '"error"' in line and "NotReadable" in line]
    late.app.run()
    assert "Die Datenbank kann nicht geöffnet werden" not in late.texts
    assert not late.app.exception


def restored(shown: Screen, tmp_path: Path) -> None:
    """Put the very same records back, as somebody else does meanwhile."""
    copies.backup(shown.url, "coburg", tmp_path / "kopie.db")
    restore(shown.url, tmp_path / "kopie.db")


@pytest.mark.usefixtures("only_sqlite")
def test_a_form_opened_before_a_restore_saves_nothing_until_somebody_has_looked(sidebar, tmp_path):
    before = saved_end(sidebar)
    restored(sidebar, tmp_path)
    sidebar.click("Speichern")
    assert "Nicht gespeichert: Die Daten wurden inzwischen durch eine Sicherung ersetzt" in sidebar.texts
    assert saved_end(sidebar) == before
    assert sidebar.input("Ende").value == END
    sidebar.click("Auf dem neuen Stand weiterarbeiten")
    assert sidebar.input("Ende").value == END
    sidebar.click("Speichern")
    assert saved_end(sidebar) == END


@pytest.mark.usefixtures("only_sqlite")
def test_a_press_after_a_restore_waits_until_somebody_has_looked(sidebar, tmp_path):
    restored(sidebar, tmp_path)
    sidebar.app.run()
    press(sidebar, "Stand bestätigen")
    assert "Nicht gespeichert: Die Daten wurden inzwischen" in sidebar.texts
    sidebar.click("Mit den neuen Daten weiterarbeiten")
    sidebar.click("Stand bestätigen")
    assert "Stand von »Integrationslotsen« gespeichert" in sidebar.texts


def seen_at_the_machine():
    with sessions.standing_in(AT_THE_MACHINE):
        return shell._seen()


def test_a_copy_of_the_same_revision_in_its_place_is_noticed(screen, tmp_path, only_sqlite):
    """What a page shows is kept by which data these are, and so its watch compares these as well."""
    shown = screen("Zeitachse")
    before = seen_at_the_machine()
    copy = tmp_path / "copy.db"
    with closing(sqlite3.connect(file_of(shown))) as here, closing(sqlite3.connect(copy)) as there:
        here.backup(there)
    shown.engine.dispose()
    for rest in ("-wal", "-shm"):
        file_of(shown).with_name(file_of(shown).name + rest).unlink(missing_ok=True)
    copy.replace(file_of(shown))
    after = seen_at_the_machine()
    assert before != after
    assert before[1] == after[1], "else it would be noticed by its revision"
    assert after[-1]
