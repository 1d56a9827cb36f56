"""Databases made once per run and copied: to migrate and fill one anew costs more than most tests."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import cache
from pathlib import Path

import pytest
from filelock import FileLock
from sqlalchemy import Engine

from steering.model import Record
from steering.storage import schema, starter
from steering.storage.engine import database_file, make_engine

_MIGRATIONS = schema.MIGRATIONS
_migrate = schema._migrate
_starter_records = cache(starter.records)


def _large(_dataset: str) -> list[Record]:
    # Imported late: it takes its time, and few tests want it.
    from tests.scaled import coburg_scaled_to

    return coburg_scaled_to(500)


def _hostile(dataset: str) -> list[Record]:
    from tests.hostile import records

    return records(dataset)


# Coburg with secrets in it and a person of each role.
PEOPLED = "peopled"
KINDS: dict[str, Callable[[str], list[Record]]] = {
    "coburg": _starter_records,
    "empty": _starter_records,
    "large": _large,
    "hostile": _hostile,
    PEOPLED: _starter_records,
}


class Prepared:
    """Templates in a folder that all processes of a run share."""

    def __init__(self, factory: pytest.TempPathFactory) -> None:
        base = factory.getbasetemp()
        self.folder = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "prepared"
        self.folder.mkdir(exist_ok=True)

    def filled(self, kind: str) -> Path:
        """A database with the content of a kind (`KINDS`), to be looked at or copied."""

        return self._made_once(self.folder / f"{kind}.db", lambda file: fill(kind, _url(file)))

    def copied(self, kind: str, file: Path) -> None:
        """The same under another name, unless there is one."""
        if not file.exists():
            shutil.copy(self.filled(kind), file)

    def migrate(self, engine: Engine, url: str, found: str | None) -> None:
        """What `schema` does to an older or new database; a new one becomes a copy of one made before."""
        file = database_file(url)
        if file is None or found is not None or schema.MIGRATIONS != _MIGRATIONS:
            _migrate(engine, url, found)
            return
        try:
            with (
                closing(sqlite3.connect(self._migrated())) as source,
                closing(sqlite3.connect(file)) as target,
            ):
                source.backup(target)
        except sqlite3.Error:
            _migrate(engine, url, found)  # which says what is wrong with the place

    def _migrated(self) -> Path:
        """A database of the present schema that holds nothing yet."""

        def make(file: Path) -> None:
            file.touch()
            engine = make_engine(_url(file))
            _migrate(engine, _url(file), None)
            engine.dispose()

        return self._made_once(self.folder / "migrated.db", make)

    def _made_once(self, file: Path, make: Callable[[Path], None]) -> Path:
        """The file, made by whichever process of the run comes first, and complete once it has its name."""
        if not file.exists():
            with FileLock(f"{file}.making"):
                if not file.exists():
                    partial = file.with_name(f"{file.name}-part")
                    make(partial)
                    partial.rename(file)
        return file


def fill(kind: str, url: str) -> None:
    """Make a database with the content of a kind."""
    engine = schema.prepare(url, "empty" if kind == "empty" else "coburg", fill=KINDS[kind])
    if kind == PEOPLED:
        # Imported late, as above.
        from tests.pages import people

        people.move_in(engine)
    engine.dispose()


def take_part(patch: pytest.MonkeyPatch, prepared: Prepared) -> None:
    """Let everything that begins a database within this process begin it as a copy."""
    patch.setattr(schema, "_migrate", prepared.migrate)
    patch.setattr(schema, "_starter_records", lambda dataset: list(_starter_records(dataset)))


def _url(file: Path) -> str:
    return f"sqlite:///{file.as_posix()}"
