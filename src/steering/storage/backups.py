"""A database as one file that can be put away, and such a file taken back."""

import glob
import sqlite3
import uuid
from contextlib import closing
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import update

from steering.model import Dataset
from steering.storage import publishing, schema
from steering.storage.engine import copy_verified, database_file, reading, writing
from steering.storage.problems import DatabaseRefused
from steering.storage.tables import table_of


def backup(url: str, dataset: str, copy: Path) -> None:
    """Write a checked copy, also while the program runs. Raises DatabaseRefused."""
    if copy.exists():
        raise DatabaseRefused(f"»{copy}« gibt es schon. Bitte einen anderen Namen angeben.")
    file = _file(url)
    schema.prepare(url, dataset).dispose()
    try:
        copy_verified(file, copy, schema.program_revision())
    except OSError as error:
        raise DatabaseRefused(
            f"»{copy}« ließ sich nicht schreiben ({error}). Bitte Schreibrechte und freien Platz prüfen."
        ) from error


def restore(url: str, file: Path) -> None:
    """Put the content of a backup in the place of what the database holds, as a new dataset.

    The backup is migrated first where it is older; it stays as it is. Raises DatabaseRefused, and then the
    database holds what it held.
    """
    target = _file(url)
    if not file.is_file():
        raise DatabaseRefused(f"»{file}« gibt es nicht. Bitte eine Sicherung angeben.")
    with TemporaryDirectory() as folder:
        content = Path(folder) / "content.db"
        content.write_bytes(file.read_bytes())
        _renew(content, file)
        # An existing database must be one of this program before anything in it is replaced.
        schema.prepare(url, "empty").dispose()
        with closing(sqlite3.connect(content)) as source, closing(sqlite3.connect(target)) as into:
            into.execute("PRAGMA busy_timeout=5000")
            source.backup(into)


def _renew(content: Path, file: Path) -> None:
    """Bring a copy of the backup up to date and give it an identity of its own."""
    with closing(sqlite3.connect(content)) as source:
        try:
            sound = source.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            filled = source.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] > 0
        except sqlite3.DatabaseError:
            sound = filled = False
    if not (sound and filled):
        raise DatabaseRefused(f"»{file}« ist keine unbeschädigte Sicherung. Bitte eine andere angeben.")
    engine = schema.prepare(f"sqlite:///{content.as_posix()}", "empty")
    with writing(engine) as connection:
        connection.execute(update(table_of(Dataset)).values(dataset_id=str(uuid.uuid4())))
        publishing.forget_what_was_said(connection)
    engine.dispose()
    with closing(sqlite3.connect(content)) as source:
        source.execute("PRAGMA journal_mode=DELETE")


def possible(url: str) -> bool:
    """Whether the database is a file that this program can copy."""
    return database_file(url) is not None


def set_aside(url: str, now: datetime, why: str = "einspielen") -> Path:
    """Copy a SQLite database beside itself before something happens to it, named after the moment (UTC).

    Raises DatabaseRefused.
    """
    file = _file(url)
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
    file = _file(url)
    found = file.parent.glob(f"{glob.escape(file.stem)}-vor-*.db")
    return sorted(found, key=lambda copy: copy.stat().st_mtime, reverse=True)


def damage(url: str, dataset: str) -> list[str]:
    """What is wrong with a database, in German; nothing where it is sound."""
    engine = schema.prepare(url, dataset)
    if database_file(url) is None:
        return []
    with reading(engine) as connection:
        found = [
            str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check") if row[0] != "ok"
        ]
        torn = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    engine.dispose()
    return found + [f"Tabelle {row[0]}, Zeile {row[1]}: Verweis auf {row[2]} ohne Ziel" for row in torn]


def _file(url: str) -> Path:
    file = database_file(url)
    if file is None:
        raise DatabaseRefused(
            "Sichern und Einspielen gibt es hier nur für SQLite. Bitte die Werkzeuge des Servers nehmen."
        )
    return file
