"""A backup taken back: read, brought up to date and checked first, then put in the place of what is there."""

import shutil
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from alembic.util.exc import CommandError
from sqlalchemy import Engine, update
from sqlalchemy.exc import SQLAlchemyError

from steering.model import Dataset
from steering.model.german import count
from steering.storage import checking, journal, persons, publishing, schema, subscribing, telling
from steering.storage.backups import copies, damaged
from steering.storage.copying import files, shelf
from steering.storage.copying.pouring import pour
from steering.storage.engine import make_engine, open_read_only, writing
from steering.storage.journal import Happened
from steering.storage.problems import DatabaseRefused
from steering.storage.rights import acting
from steering.storage.rights.acting import AT_THE_MACHINE, Who, acting_as
from steering.storage.rights.table import Right
from steering.storage.tables import table_of

_OTHER = "Bitte eine andere Sicherung angeben."
_MOST_SAID = 3
# What SQLite has not yet written into a file, or would take back from it, lies beside it.
_BESIDE = ("-wal", "-journal")


@dataclass(frozen=True)
class District:
    """The Landkreis that data are about; both empty where none is set up."""

    key: str
    name: str

    def __str__(self) -> str:
        return self.name or (f"Landkreis {self.key}" if self.key else "noch kein Landkreis")

    def is_another(self, other: "District") -> bool:
        """Whether the other's data in the place of these are more than another state of the same."""
        if not (self.key or self.name):
            return False
        return self.key != other.key if self.key or other.key else self.name != other.name


@dataclass(frozen=True)
class Backup:
    """A sound backup of the program's schema. `content`: a copy of it that is our own.

    `was_current`: whether it was of that schema before it was brought up to date.
    """

    content: Path
    district: District
    was_current: bool = True


@contextmanager
def opened(file: Path, name: str = "") -> Iterator[Backup]:
    """A backup, as long as the block runs; `name` is what whoever gave it calls it.

    The file given stays as it is, and so does what lies beside it. Raises DatabaseRefused with what is wrong.
    """
    said = f"»{name or file}«"
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        content = Path(folder) / "content.db"
        _take(file, content, said)
        noted = shelf.read_note(file)
        if noted and noted.digest != files.digest(content):
            raise DatabaseRefused(
                f"{said} ist keine unbeschädigte Sicherung: Seit dem Sichern hat sich die Datei geändert. "
                f"{_OTHER}"
            )
        revision = _look_into(content, said)
        if revision != schema.program_revision():
            _migrate(content, said)
        if problems := checking.problems(_url(content)):
            raise DatabaseRefused(f"{said} ist keine unbeschädigte Sicherung: {listed(problems)} {_OTHER}")
        yield Backup(content, district_of(content), revision == schema.program_revision())


def put_in_place(url: str, backup: Backup, now: datetime, who: Who = AT_THE_MACHINE) -> Path | None:
    """Put the content of a backup in the place of what the database holds, as a new dataset.

    The copy of what the database held before, or the database itself where it was damaged and could not be
    copied; None where there was none. Who may do what stays as it is there: a backup gives nobody a right
    back. Raises DatabaseRefused, and RightMissing where it is not `who`'s to do; then the database holds
    what it held.
    """
    target = copies.file_of(url)
    is_new = not target.exists()
    if not is_new and damaged.is_damaged(target):
        return _put_in_the_place_of_a_damaged_one(target, backup, now, who)
    # An existing database must be one of this program before anything in it is replaced.
    present = acting_as(schema.prepare(url, "empty"), who)
    acting.check(present, Right.BACKUPS)
    kept = None if is_new else copies.set_aside(url, now)
    _give_identity(backup.content, present, now)
    present.dispose()
    try:
        with closing(sqlite3.connect(backup.content)) as source, closing(sqlite3.connect(target)) as into:
            _fit_pages(source, into)
            pour(source, into)
    except sqlite3.Error as error:
        raise DatabaseRefused(
            f"Die Sicherung ließ sich nicht einspielen ({error}); die Datenbank ist unverändert. "
            "Bitte freien Platz und Schreibrechte prüfen, andere Programme schließen und neu versuchen."
        ) from error
    journal.event(Happened.RESTORE, replaced=int(not is_new))
    return kept


def present_district(url: str) -> District | None:
    """The Landkreis of what the database holds now; None where there is nothing to lose."""
    file = copies.file_of(url)
    return district_of(file) if file.is_file() else None


def district_of(file: Path) -> District:
    """Which Landkreis a database is about, by its settings, else by its municipalities."""
    try:
        with closing(open_read_only(file)) as connection:
            key, name = connection.execute("SELECT district_key, district_name FROM settings").fetchone()
            places = connection.execute("SELECT DISTINCT substr(ags, 1, 5) FROM municipality").fetchall()
    except (sqlite3.Error, TypeError):
        # What is damaged may be replaced; whose it was cannot be said.
        return District("", "")
    return District(key or (places[0][0] if len(places) == 1 else ""), name)


def _take(file: Path, content: Path, said: str) -> None:
    """Copy a file with what lies beside it, byte by byte: even a reader of SQLite's would leave traces.

    The file is nothing that this process has open: what people give is a file of their own.
    """
    try:
        if not file.exists():
            raise DatabaseRefused(f"{said} gibt es nicht. Bitte eine Sicherung angeben.")
        if not file.is_file():
            raise DatabaseRefused(f"{said} ist keine Datei. Bitte eine Sicherung angeben.")
        for _ in range(3):
            before = _stamps(file)
            for ending in ("", *_BESIDE):
                part = file.with_name(file.name + ending)
                if part.is_file():
                    shutil.copyfile(part, content.with_name(content.name + ending))
            if _stamps(file) == before:
                return
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise DatabaseRefused(
            f"{said} ließ sich nicht lesen ({reason}). Bitte Namen und Leserechte prüfen."
        ) from error
    raise DatabaseRefused(
        f"{said} wird gerade beschrieben. Bitte mit »steering backup« eine Sicherung davon anlegen."
    )


def _stamps(file: Path) -> list[tuple[int, int]]:
    parts = [file.with_name(file.name + ending) for ending in ("", *_BESIDE)]
    return [(part.stat().st_size, part.stat().st_mtime_ns) if part.exists() else (-1, -1) for part in parts]


def _look_into(content: Path, said: str) -> str:
    """The schema revision of a whole database of this program; all in one file from now on."""
    try:
        with closing(sqlite3.connect(content)) as source:
            sound = source.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            tables = {row[0] for row in source.execute("SELECT name FROM sqlite_master")}
            versions = (
                source.execute("SELECT version_num FROM alembic_version").fetchall()
                if {"alembic_version", "dataset", "settings"} <= tables
                else []
            )
            filled = bool(versions) and all(
                source.execute(f"SELECT count(*) FROM {table}").fetchone() == (1,)  # noqa: S608
                for table in ("dataset", "settings")
            )
            source.execute("PRAGMA journal_mode=DELETE")
    except (sqlite3.Error, UnicodeError) as error:
        # What SQLite says may quote what is damaged.
        reason = "die Datei ist beschädigt" if isinstance(error, UnicodeError) else error
        raise DatabaseRefused(f"{said} ist keine unbeschädigte Sicherung ({reason}). {_OTHER}") from error
    if not sound:
        raise DatabaseRefused(f"{said} ist keine unbeschädigte Sicherung: Die Datei ist beschädigt. {_OTHER}")
    if not tables:
        raise DatabaseRefused(f"{said} ist keine unbeschädigte Sicherung: Die Datei ist leer. {_OTHER}")
    if len(versions) != 1:
        raise DatabaseRefused(f"{said} gehört zu einem anderen Programm. {_OTHER}")
    (revision,) = versions[0]
    if revision not in schema.known_revisions():
        raise DatabaseRefused(
            f"{said} ist neuer als das Programm oder gehört zu einem anderen (Stand {revision}). "
            "Bitte das Programm aktualisieren oder eine andere Sicherung angeben."
        )
    if not filled:
        raise DatabaseRefused(
            f"{said} ist keine unbeschädigte Sicherung: Die Tabellen »dataset« und »settings« haben nicht "
            f"genau eine Zeile. {_OTHER}"
        )
    return str(revision)


def _migrate(content: Path, said: str) -> None:
    """Bring an older backup up to date."""
    try:
        schema.prepare(_url(content), "empty").dispose()
    except (DatabaseRefused, SQLAlchemyError, CommandError, LookupError, ValueError) as error:
        raise DatabaseRefused(
            f"{said} ist älter als das Programm und ließ sich nicht auf seinen Stand bringen. {_OTHER}"
        ) from error


def _put_in_the_place_of_a_damaged_one(target: Path, backup: Backup, now: datetime, who: Who) -> Path:
    if who != AT_THE_MACHINE:
        raise DatabaseRefused(
            "Die Datenbank ist beschädigt; wer was darf, lässt sich nicht mehr lesen. Bitte am Rechner des "
            "Programms mit »steering restore« einspielen lassen."
        )
    _give_identity(backup.content, None, now)
    aside = damaged.replace(target, backup.content, now)
    journal.event(Happened.RESTORE, replaced=1)
    return aside


def _give_identity(content: Path, present: Engine | None, now: datetime) -> None:
    """What is put back goes its own way from here: what was opened before it belongs to other data."""
    engine = make_engine(_url(content))
    if present is not None:
        persons.carry_over(present, engine, actor="Sicherung", now=now)
    held = [] if present is None else subscribing.held_by_all(present)
    # Of a damaged database nothing can be asked: what was told since is told again, and every address ends.
    ledger = None if present is None else telling.entries(present)
    with writing(engine) as connection:
        if ledger is not None:
            telling.carry_over(connection, ledger)
        subscribing.carry_over(connection, held)
        connection.execute(update(table_of(Dataset)).values(dataset_id=str(uuid.uuid4())))
        publishing.forget_what_was_said(connection)
    engine.dispose()
    with closing(sqlite3.connect(content)) as source:
        source.execute("PRAGMA journal_mode=DELETE")


def _fit_pages(source: sqlite3.Connection, into: sqlite3.Connection) -> None:
    """Cut the content into pages of the size that the open database has and cannot change."""
    (wanted,) = into.execute("PRAGMA page_size").fetchone()
    if source.execute("PRAGMA page_size").fetchone() != (wanted,):
        source.execute(f"PRAGMA page_size={int(wanted)}")
        source.execute("VACUUM")


def _url(file: Path) -> str:
    return f"sqlite:///{file.as_posix()}"


def listed(problems: list[str]) -> str:
    """The first of several sentences, and how many more there are."""
    more = len(problems) - _MOST_SAID
    said = problems[:_MOST_SAID]
    return " ".join([*said, f"Und {count(more, 'weiterer Fehler', 'weitere Fehler')}."] if more > 0 else said)
