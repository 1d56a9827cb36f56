"""What would be gone if a backup took the place of what a database holds."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime

from steering.storage.backups import copies
from steering.storage.backups.restoring import Backup
from steering.storage.engine import open_read_only


@dataclass(frozen=True)
class Lost:
    """What a backup lacks: how many changes came after its last one (None: unknown), and the last of them."""

    until: datetime | None
    changes: int | None
    last: datetime | None


def lost(url: str, backup: Backup) -> Lost:
    """What was saved that a backup does not know, and would be gone; by writes, as clocks may be wrong."""
    until, changes, last = None, None, None
    try:
        with closing(open_read_only(backup.content)) as connection:
            until = _at_the_end(connection, "")
        with closing(open_read_only(copies.file_of(url))) as connection:
            connection.execute("ATTACH ? AS backup", (backup.content.as_posix(),))
            unknown = "WHERE batch NOT IN (SELECT batch FROM backup.change)"
            (changes,) = connection.execute(f"SELECT count(*) FROM main.change {unknown}").fetchone()  # noqa: S608
            last = _at_the_end(connection, unknown)
    except sqlite3.Error:
        # What is damaged or older may be replaced; what it knows cannot be said.
        return Lost(until, None, None)
    return Lost(until, changes, last)


def _at_the_end(connection: sqlite3.Connection, of: str) -> datetime | None:
    found = connection.execute(f"SELECT at FROM main.change {of} ORDER BY id DESC LIMIT 1").fetchone()  # noqa: S608
    return datetime.fromisoformat(found[0]) if found else None
