"""Databases and their copies are for nobody but their owner, since they hold what is internal; and that is
the account under which the program runs, whoever types a command."""

import os
import stat
from contextlib import suppress
from pathlib import Path

_FOR_OTHERS = 0o077
_ROOT = 0


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


def hand_over(made: Path, like: Path) -> None:
    """Give what root has made to whom that belongs which it stands for, or in which it lies.

    Else a command that root types would shut the program out, which runs under an account of its own.
    """
    if os.name != "posix" or os.geteuid() != _ROOT:
        return
    # What the disk does not let be given away stays root's, and is told by name where it is in the way.
    with suppress(OSError):
        theirs, own = like.stat(), made.lstat()
        # Another name of something else, or a way to it, is not what root has made here.
        plain = stat.S_ISDIR(own.st_mode) or (stat.S_ISREG(own.st_mode) and own.st_nlink == 1)
        if plain and own.st_uid == _ROOT != theirs.st_uid:
            os.chown(made, theirs.st_uid, theirs.st_gid, follow_symlinks=False)


def may_read(file: Path) -> bool:
    """Whether the account under which the program runs may read a file."""
    return os.access(file, os.R_OK, effective_ids=os.access in os.supports_effective_ids)


def closed(path: Path) -> str:
    """Why a path that is there cannot be used, and what to do: a sentence with its owner, as far as known."""
    try:
        owner = path.owner()
    except (KeyError, OSError, NotImplementedError):
        return f"»{path}« darf nicht benutzt werden. Bitte die Rechte prüfen."
    return (
        f"»{path}« gehört dem Konto »{owner}« und ist für das Programm gesperrt. Bitte die Datei dem Konto "
        "geben, unter dem das Programm läuft, und Befehle unter diesem Konto aufrufen."
    )
