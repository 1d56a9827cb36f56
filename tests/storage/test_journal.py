"""What the log holds, and what it never does."""

import json
import logging
import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import pytest
from sqlalchemy import create_engine, text

from steering.model import Organisation, Structure
from steering.storage import journal
from steering.storage.journal import Happened
from steering.storage.problems import StorageError
from steering.storage.writing import Edit, write
from tests.storage.conftest import WHO

SECRETS = ("hunter2", "Erika Mustermann", "erika@kreis.example", "0170 1234567", "Traumatherapie für Kinder")


@pytest.fixture
def lines(caplog, monkeypatch):
    """What the log said, each line read."""
    monkeypatch.setattr(logging.getLogger(journal.NAME), "propagate", True)
    caplog.set_level(logging.INFO, journal.NAME)
    return lambda: [json.loads(each.getMessage()) for each in caplog.records if each.name == journal.NAME]


def test_an_event_is_one_line_with_an_id_of_its_own(lines):
    first, second = (journal.event(Happened.IMPORT, rows=3, kind="workbook") for _ in range(2))
    assert first != second
    assert [line.pop("id") for line in lines()] == [first, second]
    assert lines()[0] == {"id": first, "event": "import", "rows": 3, "kind": "workbook"}


@pytest.mark.parametrize(
    "secret", [*SECRETS[1:], "postgresql+psycopg://app:hunter2@db/steering", "a\nb", "x" * 99]
)
def test_what_could_be_more_than_a_word_of_the_program_is_withheld(lines, secret):
    journal.event(Happened.SIGN_IN, why=secret)
    assert lines()[0]["why"] == journal.WITHHELD


def test_a_write_has_a_line_with_the_revision_and_nothing_of_the_record(engine, lines):
    receipt = write(
        engine, [Edit(Structure, {"name": SECRETS[4], "note": " ".join(SECRETS)}, id=1, version=1)], **WHO
    )
    (line,) = lines()
    assert (line["event"], line["revision"]) == ("write", receipt.revision)
    assert not [secret for secret in SECRETS if secret in str(line)]


def test_a_refused_write_has_a_line_with_the_kind_of_refusal_only(engine, lines):
    with pytest.raises(StorageError):
        write(engine, [Edit(Organisation, {"name": f"<{SECRETS[1]}>"}, id=1, version=1)], **WHO)
    (line,) = lines()
    assert {key: line[key] for key in ("event", "of", "why")} == {
        "event": "refusal",
        "of": "write",
        "why": "Invalid",
    }


def failing() -> Exception:
    """An error of the database, which repeats the values it was about."""
    try:
        with create_engine("sqlite://").connect() as connection:
            connection.execute(text("insert into nowhere values (:note)"), {"note": " ".join(SECRETS)})
    except Exception as error:  # noqa: BLE001 - any, as the server meets them
        return error
    raise AssertionError


def test_an_error_of_the_database_is_told_with_its_own_word_for_it() -> None:
    with closing(sqlite3.connect(":memory:")) as connection, pytest.raises(sqlite3.Error) as raised:
        connection.execute("ATTACH '/nowhere/GEHEIM.db' AS other")
    assert journal.kinds(raised.value) == "OperationalError SQLITE_CANTOPEN"


def test_an_error_is_told_by_kind_and_place_and_found_by_the_number_on_the_screen(lines):
    number = journal.error(failing())
    (line,) = lines()
    assert line["id"] == number
    assert "OperationalError" in line["what"]
    assert "test_journal.py" in line["where"]
    assert not [secret for secret in SECRETS if secret in str(line)]


def test_no_line_of_any_logger_repeats_the_message_of_an_error(monkeypatch):
    factory = journal.without_messages(logging.LogRecord)
    error = failing()
    assert SECRETS[0] in str(error)
    for message in ("Uncaught app execution", f"failed: {error}"):
        record = factory(
            "streamlit", logging.ERROR, "x.py", 1, message, (), (type(error), error, error.__traceback__)
        )
        said = logging.Formatter().format(record)
        assert "OperationalError" in said
        assert not [secret for secret in SECRETS if secret in said]


def test_the_time_stands_before_the_line_and_nothing_is_said_twice(monkeypatch, capsys):
    logger = logging.getLogger(journal.NAME)
    monkeypatch.setattr(logger, "handlers", [])
    monkeypatch.setattr(logger, "propagate", True)
    monkeypatch.setattr(logger, "level", logging.NOTSET)
    monkeypatch.setattr(logging, "setLogRecordFactory", lambda made: None)
    journal.begin()
    journal.begin()
    identity = journal.event(Happened.RESTORE, replaced=1)
    (line,) = [said for said in capsys.readouterr().err.splitlines() if identity in said]
    assert line.startswith(f"{datetime.now(UTC).astimezone():%Y-%m-%d}")
