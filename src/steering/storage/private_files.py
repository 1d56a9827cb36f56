"""Databases and their copies are for nobody but their owner: they hold what is internal."""

import os
import stat
from contextlib import suppress
from pathlib import Path

_FOR_OTHERS = 0o077


def make_private(file: Path) -> None:
    """Keep a database, and what lies beside it, from everybody but its owner.

    What SQLite makes beside it later (-wal, -shm) takes over what holds for the file.
    """
    if os.name != "posix":
        return
    for part in (file, *(file.with_name(f"{file.name}-{ending}") for ending in ("wal", "shm", "journal"))):
        # Whose file it is not cannot change that; a companion may go at any moment.
        with suppress(FileNotFoundError, PermissionError):
            mode = stat.S_IMODE(part.stat().st_mode)
            if mode & _FOR_OTHERS:
                part.chmod(mode & ~_FOR_OTHERS)
