"""One SQLite database copied into another file, also while people write, and the copy compared with it."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from steering.storage.copying.counting import Counted, count_all
from steering.storage.copying.files import PART, settle
from steering.storage.engine import open_read_only
from steering.storage.private_files import make_private

# So long a copy waits for another program.
BUSY_SECONDS = 10.0
_REVISION = "SELECT version_num FROM alembic_version"


class CopyFailed(OSError):
    """SQLite could not copy a database, or the copy is not what it should be."""


def copy_verified(
    file: Path, copy: Path, revision: str = "", note: Callable[[Path, Counted], None] | None = None
) -> None:
    """Copy a SQLite database, also while it is written to, and check the copy before it gets its name.

    Database and copy are counted in one state. `revision` is the schema revision the copy must show, where
    one is asked for. `note` hears of the copy under the name that it still has, and what was counted. Nothing
    is left where it fails. Raises OSError.
    """
    partial = copy.with_name(copy.name + PART)
    try:
        _remove(partial)
        counted = _copied(file, partial, revision)
        settle(partial)
        if note is not None:
            note(partial, counted)
        partial.replace(copy)
    except sqlite3.Error as error:
        _remove(partial)
        raise CopyFailed(str(error)) from error
    except OSError:
        _remove(partial)
        raise
    settle(copy.parent)


def _copied(file: Path, partial: Path, revision: str) -> Counted:
    with closing(open_read_only(file)) as source, closing(sqlite3.connect(partial)) as target:
        make_private(partial)
        # One state for what is counted and what is copied.
        source.execute("BEGIN")
        counted = count_all(source)
        shown = source.execute(_REVISION).fetchall()
        wanted = [(revision,)] if revision else shown
        pour(source, target)
        # One file without companions, so that it can be moved about.
        target.execute("PRAGMA journal_mode=DELETE")
        if target.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            raise sqlite3.DatabaseError("the copy is damaged")
        if len(shown) != 1 or not shown == wanted == target.execute(_REVISION).fetchall():
            raise sqlite3.DatabaseError("the copy shows another revision")
        if count_all(target) != counted:
            raise sqlite3.DatabaseError("the copy does not hold what the database holds")
    return counted


def pour(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """Put the content of one database in the place of another's, in one transaction. Raises sqlite3.Error.

    The driver would try for ever where somebody else holds the lock.
    """
    give_up = time.monotonic() + BUSY_SECONDS

    def only_so_long(status: int, _remaining: int, _total: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and time.monotonic() > give_up:
            raise sqlite3.OperationalError("database is locked")

    source.backup(target, progress=only_so_long)


def _remove(partial: Path) -> None:
    for ending in ("", "-journal"):
        partial.with_name(partial.name + ending).unlink(missing_ok=True)
