"""The server is stopped: what was saved is in the one file, whatever somebody copies of it."""

import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from steering.model import Structure
from steering.storage import schema
from steering.storage.writing import Edit, write
from tests.browser.serving import Server
from tests.browser.visiting import Visit

LAST = "Was zuletzt gespeichert wurde"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process without asking it")
@pytest.mark.parametrize(
    ("sign", "times"),
    [(signal.SIGTERM, 1), (signal.SIGINT, 1), (signal.SIGINT, 3)],
    ids=["SIGTERM", "Ctrl-C", "Ctrl-C again and again"],
)
def test_a_stopped_server_leaves_one_file_that_holds_what_was_saved_last(
    sign: signal.Signals, times: int, tmp_path: Path, serve: Callable[..., Server], visit: Callable
) -> None:
    server = serve()
    visitor: Visit = visit(server)
    visitor.go("/strukturen")
    file = tmp_path / "steering.db"
    change_the_name(file)
    visitor.go("/strukturen")
    for _ in range(times):
        server.process.send_signal(sign)
    server.process.wait(timeout=30)
    assert sorted(path.name for path in tmp_path.glob("steering.db*")) == ["steering.db", "steering.db.lock"]
    shutil.copy(file, tmp_path / "copy.db")
    with closing(sqlite3.connect(tmp_path / "copy.db")) as copied:
        assert copied.execute("SELECT name FROM structure WHERE id = 1").fetchone() == (LAST,)


def change_the_name(file: Path) -> None:
    """As another process would, while the server holds the database open: it ends up in the -wal file."""
    engine = schema.prepare(f"sqlite:///{file}", "coburg")
    with engine.connect() as connection:
        version = connection.exec_driver_sql("SELECT version FROM structure WHERE id = 1").scalar()
    edit = Edit(Structure, {"name": LAST}, id=1, version=version)
    write(engine, [edit], actor="Test", now=datetime(2026, 11, 22))  # noqa: DTZ001
    engine.dispose()
    assert file.with_name("steering.db-wal").stat().st_size > 0
