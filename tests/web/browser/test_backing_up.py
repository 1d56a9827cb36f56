"""The running program keeps a copy of each hour, and says once why it cannot."""

import logging
import threading
from pathlib import Path

import pytest

from steering.storage import schema
from steering.storage.backups import copies
from steering.web import current
from steering.web.browser import backing_up
from tests.conftest import sqlite_url
from tests.storage.conftest import NOW


def looked(times: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it look so often, and end it."""
    enough, left = threading.Event(), list(range(times))
    keep = backing_up._keep_one

    def counted() -> str:
        said = keep()
        left.pop() if left else None
        if not left:
            enough.set()
        return said

    monkeypatch.setattr(backing_up, "_keep_one", counted)
    end = backing_up.begin(seconds=0.001)
    assert enough.wait(60)
    end()


def test_one_copy_is_kept_however_often_it_looks(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    schema.prepare(database, "empty").dispose()
    monkeypatch.setattr(current, "now", lambda: NOW)
    looked(3, monkeypatch)
    (copy,) = copies.kept(database)
    assert copy.moment == NOW
    assert "hourly backup" not in {thread.name for thread in threading.enumerate()}


def test_what_keeps_it_from_making_one_is_logged_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("STEERING_DATABASE_URL", sqlite_url(tmp_path / "none.db"))
    with caplog.at_level(logging.ERROR, logger=backing_up.__name__):
        looked(4, monkeypatch)
    (record,) = [record for record in caplog.records if record.name == backing_up.__name__]
    assert "gibt es nicht" in record.getMessage()


def test_a_database_server_is_left_to_its_own_tools(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STEERING_DATABASE_URL", "quatsch://host")
    assert "keine Datenbank-Adresse" in backing_up._keep_one()
    monkeypatch.setattr(backing_up, "database_url", lambda _environ: "postgresql+psycopg://host/steering")
    assert backing_up._keep_one() == ""
