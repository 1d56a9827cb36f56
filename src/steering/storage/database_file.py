"""The file behind an engine: never touched but through SQLite, and watched while connections have it open.

POSIX drops every lock of a process on a file as soon as the process closes *any* descriptor of it. A plain
`open()` on a database in use therefore unlocks it behind SQLite's back; the next program to leave takes
itself for the last one, deletes the write-ahead log, and what this one writes from then on is lost. What is
to be known about a database in use is asked through SQLite or `stat`.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from stat import S_IMODE
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import InvalidatePoolError

from steering.storage.private_files import hand_over

_OPENED, _WRITABLE = "steering_opened", "steering_writable"


class Moved(Exception):
    """The file behind the path is no longer the one that a connection has open."""


class Identity(NamedTuple):
    """Device and inode of a database and its companions; None where there is no such file."""

    database: tuple[int, int] | None
    log: tuple[int, int] | None
    memory: tuple[int, int] | None


def identity(file: Path) -> Identity:
    """What lies at the path now."""
    return Identity(*(_inode(file.with_name(file.name + ending)) for ending in ("", "-wal", "-shm")))


def create(file: Path) -> None:
    """Make a new, empty database where there is no file yet; connections never do."""
    if not file.exists():
        file.touch(mode=0o600)
        hand_over(file, file.parent)


def opening(file: Path) -> Callable[[], sqlite3.Connection]:
    """Opens the database that is there; a missing one stays missing instead of coming back empty."""
    address = f"{file.absolute().as_uri()}?mode=rw"

    def connect() -> sqlite3.Connection:
        _release_companions(file)
        return sqlite3.connect(address, uri=True, check_same_thread=False)

    return connect


def watch(engine: Engine, file: Path) -> None:
    """Have every connection remember what it has open, and be made anew once something else lies there.

    Listens after whatever else sets a connection up. Where the path leads nowhere, connections are kept: the
    file may be moved back. One that was opened while nobody might write stays so, hence is made anew, too.
    """

    def remember(_connection: sqlite3.Connection, record: Any) -> None:
        record.info[_OPENED] = identity(file)
        record.info[_WRITABLE] = _may_be_written(file)

    def compare(connection: sqlite3.Connection, record: Any, _proxy: Any) -> None:
        there = identity(file)
        if there.database is None:
            return
        if not _is_still(record.info[_OPENED], there):
            _fold_in(connection)
            raise InvalidatePoolError
        if not record.info[_WRITABLE] and _may_be_written(file):
            raise InvalidatePoolError

    event.listen(engine, "connect", remember)
    event.listen(engine, "checkout", compare)


def check(connection: Connection, file: Path) -> None:
    """Refuse to go on where this connection has something else open than what lies at the path.

    Raises Moved.
    """
    if not _is_still(connection.info[_OPENED], identity(file)):
        raise Moved


def _is_still(opened: Identity, there: Identity) -> bool:
    return all(was is None or was == now for was, now in zip(opened, there, strict=True))


def _fold_in(connection: sqlite3.Connection) -> None:
    """Bring what only the log of a database holds into the database: nobody else finds that log any more.

    What was saved before a log was deleted is so kept; and a database that was moved without its log is
    whole, while the log left behind is no trap for whatever is put in its place.
    """
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.Error:
        # Somebody else is at it, or the disk is gone; the files stay as they are.
        return


def _release_companions(file: Path) -> None:
    """Give the log the rights of its database: made while that was read-only, it would stay so."""
    for companion in (file.with_name(file.name + "-wal"), file.with_name(file.name + "-shm")):
        # Who does not own them cannot, and is told by SQLite.
        with suppress(OSError):
            if (rights := file.stat().st_mode) != companion.stat().st_mode:
                companion.chmod(S_IMODE(rights))


def _may_be_written(file: Path) -> bool:
    return os.access(file, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def _inode(file: Path) -> tuple[int, int] | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
