"""Files about copies as the disk has them: written under another name first, on the disk before they count.

No database in use is ever opened here: see `storage.database_file`.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from steering.storage.private_files import hand_over

PART = "-part"


def write(file: Path, content: bytes, *, mode: int = 0o600) -> None:
    """Write a file that is there as a whole or not at all. Raises OSError.

    `mode`: who may read it, less what the process keeps back; by itself nobody but its owner.
    """
    partial = file.with_name(file.name + PART)
    try:
        with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
        hand_over(partial, file.parent)
        partial.replace(file)
    except OSError:
        partial.unlink(missing_ok=True)
        raise
    settle(file.parent)


def read(file: Path) -> str:
    """The text of a file written so. Raises OSError and UnicodeError."""
    return file.read_text(encoding="utf-8")


def settle(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk. Raises OSError."""
    if path.is_dir() and os.name != "posix":
        return  # Windows opens no folders, and writes names by itself.
    descriptor = os.open(path, os.O_RDONLY if os.name == "posix" else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def digest(file: Path) -> str:
    """What tells any changed byte of a copy. Raises OSError."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
