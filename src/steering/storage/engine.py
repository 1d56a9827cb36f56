"""Where the data are and how they are opened: on SQLite here, on a server with `database_server`."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, TimeoutError

from steering.storage import database_file as files
from steering.storage import database_server as server
from steering.storage import troubles
from steering.storage.private_files import make_private
from steering.storage.problems import DatabaseRefused, NotReadable, NotSaved
from steering.storage.turns import Turns

PROJECT_ROOT = Path(__file__).resolve().parents[3]
DEFAULT_URL = "sqlite:///db/steering.db"
# So long a write waits for another program before it says that the database is locked.
BUSY_MILLISECONDS = 5000
# So long a writer stands in the queue of this process before it tries its luck.
QUEUE_SECONDS = 20.0
_QUEUES: defaultdict[str, Lock] = defaultdict(Lock)
_TURNS: defaultdict[str, Turns] = defaultdict(lambda: Turns(server.CONNECTIONS))
_WRITING = "steering_writing"
_OURS_OR_EMPTY = "SELECT count(*) = 0 OR sum(name = 'dataset') = 1 FROM sqlite_master"
_SO = f"Bitte so angeben: {DEFAULT_URL}"
_ROOM_FOR_COPIES = 80


def database_url(environ: Mapping[str, str]) -> str:
    """Address of the database; relative SQLite paths count from the project root."""
    text = environ.get("STEERING_DATABASE_URL") or DEFAULT_URL
    try:
        url = make_url(text)
        backend = url.get_backend_name()
        # What does not belong into SQLite's address is refused below; here it would only warn.
        create_engine(url.set(query={}) if backend == "sqlite" else url)
    except (ArgumentError, NoSuchModuleError, TypeError, ValueError) as error:
        raise DatabaseRefused(f"STEERING_DATABASE_URL ist keine Datenbank-Adresse. {_SO}") from error
    except ImportError as error:
        how = server.INSTALLING if error.name == "psycopg" else ""
        raise DatabaseRefused(
            f"Für die Datenbank-Adresse in STEERING_DATABASE_URL fehlt der Treiber »{error.name}«. "
            f"Bitte ihn installieren{how} oder SQLite nehmen: {DEFAULT_URL}"
        ) from error
    return _sqlite_url(url) if backend == "sqlite" else url.render_as_string(hide_password=False)


def _sqlite_url(url: URL) -> str:
    """The address with the whole path, of a file whose name leaves room for those of its copies."""
    if not url.database or url.database == ":memory:":
        raise DatabaseRefused(
            "Eine Datenbank im Arbeitsspeicher reicht nicht. "
            "Bitte in STEERING_DATABASE_URL eine Datei nennen."
        )
    if url.get_driver_name() != "pysqlite" or url.query:
        raise DatabaseRefused(f"STEERING_DATABASE_URL nennt mehr als eine Datei. {_SO}")
    file = PROJECT_ROOT / url.database
    try:
        str(file).encode()
        file.with_name(file.name + "-" * _ROOM_FOR_COPIES).lstat()
    except (FileNotFoundError, NotADirectoryError):
        pass
    except (OSError, ValueError) as error:
        reason = (
            "kein UTF-8" if isinstance(error, UnicodeError) else getattr(error, "strerror", None) or error
        )
        raise DatabaseRefused(
            f"»{file}« ist als Name der Datenbank nicht möglich ({reason}). "
            "Bitte in STEERING_DATABASE_URL eine andere Datei nennen."
        ) from error
    return url.set(database=str(file)).render_as_string(hide_password=False)


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
        return server.make_engine(url)
    engine = create_engine(url, creator=files.opening(file), pool_timeout=server.POOL_SECONDS)
    event.listen(engine, "connect", lambda *_: make_private(file))
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    files.watch(engine, file)
    return engine


def place(connection: Connection) -> tuple[int, int] | None:
    """Which file lies where the database is, by device and inode (None if none); on a server, its tables."""
    file = database_file(connection.engine.url)
    return server.place(connection) if file is None else files.identity(file).database


def inspecting_engine(url: str) -> Engine:
    """An engine that leaves the database as it is, down to the last byte."""
    file = database_file(url)
    if file is None:
        return server.make_engine(url, kept=False)
    return create_engine("sqlite://", creator=lambda: _look_into(file), poolclass=NullPool)


def let_go(engine: Engine) -> bool:
    """Close the database, with all that was written folded into its one file; whether that went through.

    SQLite keeps what was written last beside the file (-wal): whoever copies the file alone must not miss it.
    """
    folded = True
    if engine.dialect.name == "sqlite":
        with closing(engine.raw_connection()) as connection:
            busy, *_ = connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            folded = not busy
    engine.dispose()
    return folded


def seeing(engine: Engine) -> Engine:
    """The engine whose transactions see one state throughout; SQLite's do anyway."""
    return engine if engine.dialect.name == "sqlite" else server.one_state(engine)


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One read transaction: a single state, whatever others write meanwhile. Raises NotReadable."""
    with (
        _in_words(engine, NotReadable),
        _in_turn(engine),
        seeing(engine).connect() as connection,
        connection.begin(),
    ):
        _check_file(connection)
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One write transaction that is alone from its start, so that what it has read stays true.

    Raises NotSaved, also where what was written would not be found at the database's path.
    """
    with (
        _queued(engine),
        _in_words(engine, NotSaved),
        _in_turn(engine),
        engine.execution_options(**{_WRITING: True}).connect() as connection,
        connection.begin(),
    ):
        if engine.dialect.name != "sqlite":
            server.be_alone(connection)
        _check_file(connection)
        yield connection
        _check_file(connection)


@contextmanager
def _queued(engine: Engine) -> Iterator[None]:
    """Let the writers of this process go one after another.

    SQLite has each of them try again after a while, and of many at once some had bad luck until it gave up.
    """
    queue = _QUEUES[engine.url.render_as_string(hide_password=False)]
    first = queue.acquire(timeout=QUEUE_SECONDS)
    try:
        yield
    finally:
        if first:
            queue.release()


@contextmanager
def _in_turn(engine: Engine) -> Iterator[None]:
    """Share the few connections in the order in which people came.

    Without it 40 who read without a pause left 8 writers on a server one write in two seconds.
    """
    turns = _TURNS[engine.url.render_as_string(hide_password=False)]
    if not turns.take(server.POOL_SECONDS):
        raise TimeoutError("no connection became free")
    try:
        yield
    finally:
        turns.leave()


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


def open_read_only(file: Path) -> sqlite3.Connection:
    """A SQLite database to look at only. Raises sqlite3.Error."""
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)


def _look_into(file: Path) -> sqlite3.Connection:
    if file.with_name(file.name + "-wal").exists():
        return open_read_only(file)
    # Nobody has it open, so what is in the file is all there is. Even a reader would otherwise
    # leave companions (-wal, -shm) beside it.
    return sqlite3.connect(f"{file.absolute().as_uri()}?immutable=1", uri=True)


def _set_up_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    # The driver would begin transactions late and behind SQLAlchemy's back: see _begin_sqlite.
    connection.isolation_level = None
    # FULL: what was acknowledged is on the disk before, so that it outlives a power cut as well.
    # secure_delete: what was erased is overwritten in the file as well.
    pragmas = (f"busy_timeout={BUSY_MILLISECONDS}", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")
    for pragma in pragmas:
        connection.execute(f"PRAGMA {pragma}")
    # What another program keeps where the database should be is left as it is.
    if connection.execute(_OURS_OR_EMPTY).fetchone()[0]:
        connection.execute("PRAGMA journal_mode=WAL")


def _begin_sqlite(connection: Connection) -> None:
    # A writer asks for the lock at once: a reader that turns writer later fails without waiting.
    alone = connection.get_execution_options().get(_WRITING, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if alone else "BEGIN")
