"""What was acknowledged stays, whatever happens to the process, the file and the disk under it."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from textwrap import dedent

from steering.storage.engine import PROJECT_ROOT
from tests.storage.conftest import LOTSEN

SECONDS = 60

# Obeys its standard input, line by line: "write" changes a record, "backup FILE" is the press on the page.
SERVER = """
    import sys
    from datetime import datetime
    from pathlib import Path
    from steering.model import Structure
    from steering.storage import backups, schema
    from steering.storage.problems import StorageError
    from steering.storage.writing import Edit, write

    engine = schema.prepare(sys.argv[1], "coburg")
    version = int(sys.argv[2])
    print("ready", flush=True)
    for line in sys.stdin:
        order, *arguments = line.split()
        try:
            if order == "backup":
                backups.backup(sys.argv[1], "coburg", Path(arguments[0]))
            else:
                edit = Edit(Structure, {"note": f"Stand {version}"}, id=1, version=version)
                write(engine, [edit], actor="Planungsstab", now=datetime(2026, 11, 22))
                version += 1
            print("done", flush=True)
        except StorageError as refused:
            print(refused, flush=True)
"""
PASSER_BY = """
    import sys
    from steering.storage import backups
    print(backups.damage(sys.argv[1], "coburg"))
"""


def other_process(code: str, *arguments: str) -> subprocess.Popen[str]:
    """Python in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", dedent(code), *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=PROJECT_ROOT,
    )


class Server:
    """A running program that does what it is told and says how that went."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        assert self.said() == "ready"

    def said(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def told(self, order: str) -> str:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{order}\n")
        self.process.stdin.flush()
        return self.said()

    def killed(self) -> None:
        self.process.kill()
        self.process.wait(SECONDS)


@contextmanager
def running(url: str, version: int = 1) -> Iterator[Server]:
    process = other_process(SERVER, url, str(version))
    try:
        yield Server(process)
    finally:
        process.kill()
        process.communicate(timeout=SECONDS)


def passes_by(url: str) -> str:
    """What another program says that opens the database, looks, and leaves."""
    told, _ = other_process(PASSER_BY, url).communicate(timeout=SECONDS)
    return told.strip()


def note(file: Path) -> str:
    with closing(sqlite3.connect(file)) as connection:
        return str(connection.execute("SELECT note FROM structure WHERE id = ?", (LOTSEN,)).fetchone()[0])


def test_what_is_saved_after_a_backup_and_a_visitor_outlives_the_server(ready: Path, tmp_path: Path) -> None:
    url = f"sqlite:///{ready}"
    with running(url) as server:
        assert server.told("write") == "done"
        assert server.told(f"backup {tmp_path / 'first.db'}") == "done"
        assert passes_by(url) == "[]"
        assert [server.told("write") for _ in range(3)] == ["done"] * 3
        assert server.told(f"backup {tmp_path / 'second.db'}") == "done"
        assert server.told("write") == "done"
        server.killed()
    assert passes_by(url) == "[]"
    assert note(ready) == "Stand 5"
    assert (note(tmp_path / "first.db"), note(tmp_path / "second.db")) == ("Stand 1", "Stand 4")
