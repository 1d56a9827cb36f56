"""A database put away: as one file somewhere, each hour, and before something happens to it.

`restoring` takes such a file back, `drilling` tries whether that goes.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from filelock import FileLock, Timeout

from steering.storage import schema
from steering.storage.copying import pouring, shelf, thinning
from steering.storage.copying.shelf import KeptCopy
from steering.storage.engine import database_file
from steering.storage.private_files import hand_over
from steering.storage.problems import DatabaseRefused

LOCK_SECONDS = 60
_ROOM = "Bitte Schreibrechte und freien Platz prüfen."


@dataclass(frozen=True)
class Hourly:
    """The copy of this hour, and whether it was made just now."""

    file: Path
    is_new: bool


def backup(url: str, dataset: str, copy: Path) -> None:
    """Write a checked copy, also while the program runs. Raises DatabaseRefused."""
    file = existing_file_of(url)
    try:
        taken = copy.exists()
    except (OSError, ValueError) as error:
        raise DatabaseRefused(f"»{copy}« ist als Name nicht möglich. Bitte einen anderen angeben.") from error
    if taken:
        raise DatabaseRefused(f"»{copy}« gibt es schon. Bitte einen anderen Namen angeben.")
    schema.prepare(url, dataset).dispose()
    try:
        pouring.copy_verified(file, copy, schema.program_revision())
    except (OSError, ValueError) as error:
        raise DatabaseRefused(f"»{copy}« ließ sich nicht schreiben ({error}). {_ROOM}") from error


def hourly(url: str, now: datetime, *, anyway: bool = False) -> Hourly:
    """Keep a copy of this hour, unless there is one, and let go of those that are no longer kept.

    Whoever asks at the same time waits and finds it made. `anyway`: one more, because somebody wants it.
    Raises DatabaseRefused; what is kept already stays then.
    """
    file = existing_file_of(url)
    folder = shelf.folder(file)
    try:
        lock = shelf.made_folder(file) / f"{file.stem}.lock"
        with FileLock(lock, timeout=LOCK_SECONDS):
            hand_over(lock, folder)
            of_this_hour = [each for each in shelf.found(file) if each.is_hourly and _same_hour(each, now)]
            if of_this_hour and not anyway:
                return Hourly(of_this_hour[0].file, is_new=False)
            made = shelf.put_away(file, shelf.HOURLY, now)
            thin(file, now)
    except Timeout as error:
        raise DatabaseRefused(
            "Eine andere Sicherung läuft seit einer Minute. Bitte warten und neu versuchen."
        ) from error
    except OSError as error:
        raise DatabaseRefused(
            f"In »{folder}« ließ sich keine Sicherung anlegen ({error}); die Daten und die vorhandenen "
            f"Sicherungen sind unverändert. {_ROOM} Ist die Datenbank beschädigt, sagt es »steering check«."
        ) from error
    return Hourly(made, is_new=True)


def possible(url: str) -> bool:
    """Whether the database is a file that this program can copy."""
    return database_file(url) is not None


def set_aside(url: str, now: datetime, why: str = shelf.RESTORE) -> Path:
    """Keep a copy of a database before something happens to it. Raises DatabaseRefused."""
    file = file_of(url)
    try:
        return shelf.put_away(file, why, now, schema.program_revision())
    except OSError as error:
        raise DatabaseRefused(
            f"Vorher ließ sich keine Sicherung in »{shelf.folder(file)}« anlegen; geändert wurde nichts. "
            "Bitte freien Platz und Schreibrechte des Ordners prüfen."
        ) from error


def kept(url: str) -> list[KeptCopy]:
    """The copies that the program has made by itself, the latest first. Raises DatabaseRefused."""
    file = file_of(url)
    try:
        return shelf.found(file)
    except OSError as error:
        raise DatabaseRefused(
            f"»{shelf.folder(file)}« lässt sich nicht lesen ({error.strerror}). Bitte die Rechte prüfen."
        ) from error


def thin(file: Path, now: datetime) -> None:
    """Let go of copies that are no longer kept, and of what was broken off a day ago. Raises OSError."""
    for copy in thinning.superfluous(shelf.found(file), now):
        copy.file.unlink(missing_ok=True)
        shelf.note_of(copy.file).unlink(missing_ok=True)
    for moment, path in shelf.left_over(file):
        if now - moment > timedelta(days=1):
            path.unlink(missing_ok=True)


def existing_file_of(url: str) -> Path:
    """The file behind an address, which is there. Raises DatabaseRefused."""
    file = file_of(url)
    if not file.exists():
        raise DatabaseRefused(f"»{file}« gibt es nicht. Bitte eine andere Datenbank nennen.")
    return file


def file_of(url: str) -> Path:
    """The file behind an address. Raises DatabaseRefused where there is none."""
    file = database_file(url)
    if file is None:
        raise DatabaseRefused(
            "Sichern und Einspielen gibt es hier nur für SQLite. Bei PostgreSQL sichert bitte pg_dump, "
            "und pg_restore spielt ein."
        )
    return file


def _same_hour(copy: KeptCopy, now: datetime) -> bool:
    return f"{copy.moment:%Y%m%d%H}" == f"{now:%Y%m%d%H}"
