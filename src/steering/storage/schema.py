"""Getting a database ready before anything reads it: refused, migrated and filled, once for all servers."""

import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, column, insert, inspect, select, table
from sqlalchemy.exc import DatabaseError, DBAPIError, OperationalError

from steering.model import Dataset, Record, Settings
from steering.storage import database_file as files
from steering.storage import database_server as server
from steering.storage import troubles
from steering.storage.copying import shelf
from steering.storage.engine import (
    PROJECT_ROOT,
    database_file,
    inspecting_engine,
    make_engine,
    migrating,
    reading,
    writing,
)
from steering.storage.private_files import closed, hand_over, may_read
from steering.storage.problems import DatabaseRefused, NotReadable, NotSaved, SchemaChanged
from steering.storage.tables import table_of

MIGRATIONS = PROJECT_ROOT / "db" / "migrations"
DATASETS = ("coburg", "empty")
LOCK_SECONDS = 120
_ALEMBIC = table("alembic_version", column("version_num"))
# The schema that a database has, for who asks it for more in one question.
WRITTEN_BY = select(_ALEMBIC.c.version_num).scalar_subquery()

Fill = Callable[[str], list[Record]]


def prepare(url: str, dataset: str, fill: Fill | None = None) -> Engine:
    """The engine of a database that is of this program's schema and has content.

    `dataset` names what an empty database is filled with, `fill` makes its records, parents first.
    Servers that start at once take turns. Raises DatabaseRefused.
    """
    if dataset not in DATASETS:
        raise DatabaseRefused(
            f"STEERING_DATASET kennt »{dataset}« nicht. Bitte {' oder '.join(DATASETS)} angeben."
        )
    with taking_turns(url):
        found = revision_found(url)
        if (file := database_file(url)) is not None:
            files.create(file)
        engine = make_engine(url)
        try:
            if found != program_revision():
                _migrate(engine, url, found)
            _fill_once(engine, dataset, fill or _starter_records)
        except (NotSaved, NotReadable, OperationalError) as error:
            engine.dispose()
            reason = f"{error.orig}." if isinstance(error, OperationalError) else error.cause
            raise DatabaseRefused(
                f"Die Datenbank lässt sich nicht beschreiben: {reason} "
                "Bitte Schreibrechte und freien Platz prüfen, andere Programme schließen und neu starten."
            ) from error
        except BaseException:
            engine.dispose()
            raise
    return engine


def program_revision() -> str:
    """The schema revision this program was started with."""
    return _scripts(MIGRATIONS).get_current_head() or ""


def known_revisions() -> set[str]:
    """The schema revisions from which this program can lead to its own."""
    return {script.revision for script in _scripts(MIGRATIONS).walk_revisions()}


def check_current(connection: Connection) -> None:
    """Stop a write to a database that a newer program has taken over."""
    if _revision_of(connection) != program_revision():
        raise SchemaChanged(
            "Die Datenbank wurde inzwischen von einer anderen Fassung des Programms umgestellt; "
            "gespeichert wurde nichts. Bitte das Programm aktualisieren und neu starten."
        )


def alembic_config() -> Config:
    """Alembic's configuration, without a file of its own."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


@lru_cache
def _scripts(_location: Path) -> ScriptDirectory:
    # Kept: new files of an update must not change what the running program believes to be current.
    return ScriptDirectory.from_config(alembic_config())


def _revision_of(connection: Connection) -> str | None:
    return connection.execute(select(_ALEMBIC.c.version_num)).scalar()


@contextmanager
def taking_turns(url: str) -> Iterator[None]:
    """Whoever gets a database ready is alone in it; the next one waits. Raises DatabaseRefused."""
    file = database_file(url)
    if file is None:
        with ExitStack() as turn:
            try:
                turn.enter_context(server.taking_turns(url, LOCK_SECONDS))
            except DBAPIError as error:
                raise (
                    _waited_too_long()
                    if troubles.cause(error) == troubles.LOCKED
                    else _not_answering(url, error)
                ) from error
            yield
        return
    if not file.parent.is_dir():
        raise DatabaseRefused(
            f"Den Ordner »{file.parent}« gibt es nicht. Bitte anlegen oder STEERING_DATABASE_URL ändern."
        )
    lock = file.with_name(file.name + ".lock")
    turn_of_file = FileLock(lock, timeout=LOCK_SECONDS)
    try:
        turn_of_file.acquire()
    except Timeout as error:
        raise _waited_too_long() from error
    except PermissionError as error:
        raise DatabaseRefused(
            closed(lock)
            if os.path.lexists(lock)
            else f"In »{lock.parent}« darf nicht geschrieben werden. Bitte die Rechte des Ordners prüfen."
        ) from error
    try:
        hand_over(lock, file if file.exists() else file.parent)
        yield
    finally:
        turn_of_file.release()


def _waited_too_long() -> DatabaseRefused:
    return DatabaseRefused(
        "Ein anderer Start des Programms bereitet die Datenbank seit zwei Minuten vor. "
        "Bitte warten und neu starten."
    )


def _not_answering(url: str, error: DBAPIError) -> DatabaseRefused:
    """What a server says to somebody who cannot get at the database at all."""
    return DatabaseRefused(
        f"{server.name(url)} ist nicht zu erreichen ({' '.join(str(error.orig).split())}). Bitte prüfen, ob "
        "der Datenbankserver läuft und ob Adresse, Name und Passwort in STEERING_DATABASE_URL stimmen."
    )


def called(url: str) -> str:
    """A database in a sentence."""
    file = database_file(url)
    return f"»{file}«" if file else server.name(url)


def revision_found(url: str) -> str | None:
    """The revision of an existing database, None for an empty or missing one; else refuse it."""
    file, name = database_file(url), called(url)
    if file is not None and not _holds_something(file, name):
        return None
    engine = inspecting_engine(url)
    try:
        with engine.connect() as connection:
            tables = set(inspect(connection).get_table_names())
            heads = MigrationContext.configure(connection).get_current_heads()
            if file is None and (why := server.unfit(connection)):
                raise DatabaseRefused(f"{name} {why}")
    except DatabaseError as error:
        if troubles.cause(error) == troubles.FOREIGN:
            raise _no_database(name) from error
        if file is None:
            raise _not_answering(url, error) from error
        if file is not None and not may_read(file):
            raise DatabaseRefused(closed(file)) from error
        if not troubles.is_damage(error):
            raise DatabaseRefused(
                f"{name} lässt sich gerade nicht öffnen und wurde nicht verändert: {troubles.cause(error)}"
            ) from error
        raise DatabaseRefused(
            f"{name} ist beschädigt oder nicht erreichbar und wurde nicht verändert. "
            "Bitte eine Sicherung einspielen oder in STEERING_DATABASE_URL eine andere Datenbank nennen."
        ) from error
    finally:
        engine.dispose()
    if not tables:
        return None
    if not {"alembic_version", "dataset"} <= tables or len(heads) != 1:
        raise DatabaseRefused(
            f"{name} gehört zu einem anderen Programm und wurde nicht verändert. "
            "Bitte in STEERING_DATABASE_URL eine andere Datenbank nennen."
        )
    if heads[0] not in known_revisions():
        raise DatabaseRefused(
            f"{name} ist neuer als das Programm (Stand {heads[0]}) und wurde nicht verändert. "
            "Bitte das Programm aktualisieren oder eine ältere Sicherung einspielen."
        )
    return heads[0]


def _holds_something(file: Path, name: str) -> bool:
    """Whether there is a database to look into; a missing or empty file is a new one."""
    if not file.exists():
        return False
    if not file.is_file():
        raise _no_database(name)
    return file.stat().st_size > 0


def _no_database(name: str) -> DatabaseRefused:
    return DatabaseRefused(
        f"{name} ist keine SQLite-Datenbank, oder ihr Anfang ist beschädigt; verändert wurde nichts. "
        "Bitte umbenennen, eine Sicherung einspielen oder in STEERING_DATABASE_URL eine andere Datei nennen."
    )


def _migrate(engine: Engine, url: str, found: str | None) -> None:
    file = database_file(url)
    with migrating(engine) as connection:
        # Copied under the write lock: what another server wrote last is in the copy as well.
        if file is not None and found is not None:
            _keep_copy(file, found)
        upgrade(connection)


def upgrade(connection: Connection) -> None:
    """Bring the tables to this program's schema."""
    config = alembic_config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _keep_copy(file: Path, revision: str) -> None:
    """Set a copy aside, named after the old revision and the last change: another try makes no second."""
    try:
        why = f"{shelf.MIGRATION}-{revision}"
        shelf.put_away(file, why, shelf.last_changed(file), revision, again=True)
    except OSError as error:
        raise DatabaseRefused(
            f"Vor der Umstellung ließ sich keine Sicherung in »{shelf.folder(file)}« anlegen; "
            f"»{file}« wurde nicht verändert. "
            "Bitte freien Platz und Schreibrechte des Ordners prüfen und neu starten."
        ) from error


def _fill_once(engine: Engine, dataset: str, fill: Fill) -> None:
    # Asked without the write lock: a start need not wait for those who are writing.
    with reading(engine) as connection:
        if connection.execute(select(table_of(Dataset).c.id)).first():
            return
    with writing(engine) as connection:
        records = fill(dataset)
        if not any(isinstance(record, Settings) for record in records):
            records = [*records, Settings()]
        records = [*records, Dataset(id=1, dataset_id=str(uuid.uuid4()), revision=1)]
        for record_type, rows in groupby(records, type):
            connection.execute(insert(table_of(record_type)), [row.model_dump() for row in rows])


def _starter_records(dataset: str) -> list[Record]:
    # Imported late: only a new database needs the starter files read.
    from steering.storage import starter

    return starter.records(dataset)
