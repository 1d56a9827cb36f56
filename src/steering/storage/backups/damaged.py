"""A database that SQLite cannot read whole any more: moved aside as it is, with a sound one in its place."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from steering.storage import troubles
from steering.storage.copying import shelf
from steering.storage.copying.files import settle
from steering.storage.copying.pouring import copy_verified
from steering.storage.engine import open_read_only
from steering.storage.private_files import hand_over
from steering.storage.problems import DatabaseRefused


def is_damaged(file: Path) -> bool:
    """Whether SQLite finds the file of a database damaged; not, where it is locked or away."""
    try:
        with closing(open_read_only(file)) as connection:
            return connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]
    except sqlite3.Error as error:
        return troubles.of_sqlite(error) in {troubles.DAMAGED, troubles.FOREIGN}


def replace(file: Path, content: Path, now: datetime) -> Path:
    """Put a sound database in the place of a damaged one, and say where that is now. Raises DatabaseRefused.

    It is renamed, not copied: nothing could read it, and whoever has it open notices that another is there.
    """
    new = file.with_name(f"{file.name}-neu")
    try:
        copy_verified(content, new)
        aside = _move_aside(file, now)
        hand_over(new, aside)
        new.replace(file)
        settle(file.parent)
    except OSError as error:
        new.unlink(missing_ok=True)
        raise DatabaseRefused(
            f"Die Sicherung ließ sich nicht an die Stelle der beschädigten Datenbank legen ({error}). "
            "Bitte freien Platz und Schreibrechte prüfen und neu versuchen."
        ) from error
    return aside


def _move_aside(file: Path, now: datetime) -> Path:
    aside = shelf.new_name(file, "beschaedigt", now)
    for ending in ("-wal", "-shm", ""):
        with suppress(FileNotFoundError):
            file.with_name(file.name + ending).rename(aside.with_name(aside.name + ending))
    return aside
