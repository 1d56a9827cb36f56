"""A database as one file that can be put away; `restoring` takes such a file back."""

import glob
from datetime import datetime
from pathlib import Path

from steering.storage import schema
from steering.storage.engine import copy_verified, database_file
from steering.storage.problems import DatabaseRefused


def backup(url: str, dataset: str, copy: Path) -> None:
    """Write a checked copy, also while the program runs. Raises DatabaseRefused."""
    file = file_of(url)
    if not file.exists():
        raise DatabaseRefused(f"»{file}« gibt es nicht. Bitte eine andere Datenbank nennen.")
    try:
        taken = copy.exists()
    except (OSError, ValueError) as error:
        raise DatabaseRefused(f"»{copy}« ist als Name nicht möglich. Bitte einen anderen angeben.") from error
    if taken:
        raise DatabaseRefused(f"»{copy}« gibt es schon. Bitte einen anderen Namen angeben.")
    schema.prepare(url, dataset).dispose()
    try:
        copy_verified(file, copy, schema.program_revision())
    except (OSError, ValueError) as error:
        raise DatabaseRefused(
            f"»{copy}« ließ sich nicht schreiben ({error}). Bitte Schreibrechte und freien Platz prüfen."
        ) from error


def possible(url: str) -> bool:
    """Whether the database is a file that this program can copy."""
    return database_file(url) is not None


def set_aside(url: str, now: datetime, why: str = "einspielen") -> Path:
    """Copy a SQLite database beside itself before something happens to it, named after the moment (UTC).

    Raises DatabaseRefused.
    """
    file = file_of(url)
    name = f"{file.stem}-vor-{why}-{now:%Y%m%dT%H%M%S}"
    copy = file.with_name(f"{name}.db")
    number = 1
    while copy.exists():
        number += 1
        copy = file.with_name(f"{name}-{number}.db")
    try:
        copy_verified(file, copy, schema.program_revision())
    except OSError as error:
        raise DatabaseRefused(
            f"Vorher ließ sich keine Sicherung »{copy.name}« anlegen; geändert wurde nichts. "
            "Bitte freien Platz und Schreibrechte des Ordners prüfen."
        ) from error
    return copy


def automatic_copies(url: str) -> list[Path]:
    """The copies that the program has set aside by itself, the latest first."""
    file = file_of(url)
    found = file.parent.glob(f"{glob.escape(file.stem)}-vor-*.db")
    return sorted(found, key=lambda copy: copy.stat().st_mtime, reverse=True)


def file_of(url: str) -> Path:
    """The file behind an address. Raises DatabaseRefused where there is none."""
    file = database_file(url)
    if file is None:
        raise DatabaseRefused(
            "Sichern und Einspielen gibt es hier nur für SQLite. "
            "Auf PostgreSQL sichert »pg_dump -Fc«, und »pg_restore --clean --if-exists« spielt ein; "
            "wie, steht im README."
        )
    return file
