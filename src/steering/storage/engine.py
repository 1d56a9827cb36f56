"""Where the data are and how they are opened: the only module that knows what SQLite needs."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, TimeoutError

from steering.storage import database_file as files
from steering.storage import troubles
from steering.storage.problems import DatabaseRefused, NotReadable, NotSaved

PROJECT_ROOT = Path(__file__).resolve().parents[3]
DEFAULT_URL = "sqlite:///db/steering.db"
# So long a write waits for another program before it says that the database is locked.
BUSY_MILLISECONDS = 5000
_WRITING = "steering_writing"
_OURS_OR_EMPTY = "SELECT count(*) = 0 OR sum(name = 'dataset') = 1 FROM sqlite_master"


def database_url(environ: Mapping[str, str]) -> str:
    """Address of the database; relative SQLite paths count from the project root."""
    text = environ.get("STEERING_DATABASE_URL") or DEFAULT_URL
    try:
        url = make_url(text)
        url.get_dialect()
    except (ArgumentError, NoSuchModuleError) as error:
        raise DatabaseRefused(
            "STEERING_DATABASE_URL ist keine Datenbank-Adresse. Bitte so angeben: sqlite:///db/steering.db"
        ) from error
    if url.get_backend_name() == "sqlite":
        if not url.database or url.database == ":memory:":
            raise DatabaseRefused(
                "Eine Datenbank im Arbeitsspeicher reicht nicht. "
                "Bitte in STEERING_DATABASE_URL eine Datei nennen."
            )
        url = url.set(database=str(PROJECT_ROOT / url.database))
    return url.render_as_string(hide_password=False)


def database_file(url: str | URL) -> Path | None:
    """The file behind a SQLite address; None for a database server."""
    parsed = make_url(url)
    return Path(parsed.database or "") if parsed.get_backend_name() == "sqlite" else None


def make_engine(url: str) -> Engine:
    """An engine whose transactions are explicit, so that a reader sees one state throughout.

    It opens a database file that is there and never makes one: see `database_file.create`.
    """
    file = database_file(url)
    if file is None:
        return create_engine(url)
    engine = create_engine(url, creator=files.opening(file))
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    files.watch(engine, file)
    return engine


def place(engine: Engine) -> tuple[int, int] | None:
    """Which file lies where the database is, by device and inode; None for none and for a server."""
    file = database_file(engine.url)
    return None if file is None else files.identity(file).database


def inspecting_engine(url: str) -> Engine:
    """An engine that leaves the database as it is, down to the last byte."""
    file = database_file(url)
    if file is None:
        return create_engine(url, poolclass=NullPool)
    return create_engine("sqlite://", creator=lambda: _look_into(file), poolclass=NullPool)


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One read transaction: a single state, whatever others write meanwhile. Raises NotReadable."""
    with _in_words(engine, NotReadable), engine.connect() as connection, connection.begin():
        _check_file(connection)
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One write transaction that is alone from its start, so that what it has read stays true.

    Raises NotSaved, also where what was written would not be found at the database's path.
    """
    with (
        _in_words(engine, NotSaved),
        engine.execution_options(**{_WRITING: True}).connect() as connection,
        connection.begin(),
    ):
        _check_file(connection)
        yield connection
        _check_file(connection)


@contextmanager
def migrating(engine: Engine) -> Iterator[Connection]:
    """One write transaction in which tables may be rebuilt; references are checked at its end."""
    if engine.dialect.name != "sqlite":
        with writing(engine) as connection:
            yield connection
        return
    with (
        _in_words(engine, NotSaved),
        engine.execution_options(**{_WRITING: True}).connect() as connection,
    ):
        # SQLite ignores this within a transaction, and rebuilding a table would trip over it.
        connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]
        try:
            with connection.begin():
                yield connection
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
                if broken:
                    raise DatabaseRefused(
                        f"Die Umstellung der Datenbank hätte {len(broken)} Verweise zerrissen und wurde "
                        "zurückgenommen. Bitte diese Meldung an die Entwicklung weitergeben."
                    )
                _check_file(connection)
        finally:
            connection.invalidate()


@contextmanager
def _in_words(engine: Engine, refusal: type[NotSaved | NotReadable]) -> Iterator[None]:
    """Turn what the database says into a sentence, and let go of connections that will not recover."""
    try:
        yield
    except (DBAPIError, TimeoutError, files.Moved) as error:
        cause = troubles.cause(error)
        if cause is None:
            raise
        if troubles.is_lasting(cause):
            engine.dispose()
        raise refusal(cause) from error


def _check_file(connection: Connection) -> None:
    file = database_file(connection.engine.url)
    if file is not None:
        files.check(connection, file)


class CopyFailed(OSError):
    """SQLite could not copy a database, or the copy is not what it should be."""


def copy_verified(file: Path, copy: Path, revision: str) -> None:
    """Copy a SQLite database, also while it is read, and check the copy before it gets its name.

    `revision` is the schema revision the copy must show. Raises OSError.
    """
    try:
        _copy(file, copy, revision)
    except sqlite3.Error as error:
        raise CopyFailed(str(error)) from error


def _copy(file: Path, copy: Path, revision: str) -> None:
    partial = copy.with_name(copy.name + "-part")
    partial.unlink(missing_ok=True)
    with closing(_open_read_only(file)) as source, closing(sqlite3.connect(partial)) as target:
        source.backup(target)
        # One file without companions, so that it can be moved about.
        target.execute("PRAGMA journal_mode=DELETE")
        if target.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            raise sqlite3.DatabaseError("the copy is damaged")
        if target.execute("SELECT version_num FROM alembic_version").fetchall() != [(revision,)]:
            raise sqlite3.DatabaseError("the copy shows another revision")
    partial.replace(copy)


def _open_read_only(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)


def _look_into(file: Path) -> sqlite3.Connection:
    if file.with_name(file.name + "-wal").exists():
        return _open_read_only(file)
    # Nobody has it open, so what is in the file is all there is. Even a reader would otherwise
    # leave companions (-wal, -shm) beside it.
    return sqlite3.connect(f"{file.absolute().as_uri()}?immutable=1", uri=True)


def _set_up_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    # The driver would begin transactions late and behind SQLAlchemy's back: see _begin_sqlite.
    connection.isolation_level = None
    # FULL: what was acknowledged is on the disk before, so that it outlives a power cut as well.
    for pragma in (f"busy_timeout={BUSY_MILLISECONDS}", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
    # What another program keeps where the database should be is left as it is.
    if connection.execute(_OURS_OR_EMPTY).fetchone()[0]:
        connection.execute("PRAGMA journal_mode=WAL")


def _begin_sqlite(connection: Connection) -> None:
    # A writer asks for the lock at once: a reader that turns writer later fails without waiting.
    alone = connection.get_execution_options().get(_WRITING, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if alone else "BEGIN")
