"""What PostgreSQL needs: how a connection is set up, how writers and starts take turns, what a state is.

SQLAlchemy's driver is an extra (`steering[postgres]`); nothing here imports it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event, make_url, text

INSTALLING = " (pip install -r requirements-postgres.txt)"
CONNECTIONS = 5
# So long somebody waits for one of them, and for the server to answer at all.
POOL_SECONDS = 10
CONNECT_SECONDS = 5
# So long a writer of another process is waited for before the database counts as locked.
LOCK_MILLISECONDS = 5000
# A transaction in which nothing is said for so long is one whose program hangs: it holds up all others.
IDLE_MILLISECONDS = 600_000
# Any two numbers that nobody else in this database uses.
_WRITING, _STARTING = 7_305_114_001, 7_305_114_002
_PLACE = text(
    "SELECT (SELECT oid FROM pg_database WHERE datname = current_database())::bigint,"
    " to_regclass('dataset')::oid::bigint"
)


def make_engine(url: str, *, kept: bool = True) -> Engine:
    """An engine that notices when the server was away; without `kept`, one that leaves no connection open."""
    parsed = make_url(url)
    pool: dict[str, Any] = (
        {"pool_size": CONNECTIONS, "max_overflow": 0, "pool_timeout": POOL_SECONDS, "pool_pre_ping": True}
        if kept
        else {"poolclass": NullPool}
    )
    engine = create_engine(parsed, connect_args=_arguments(parsed), **pool)
    event.listen(engine, "connect", _set_up)
    return engine


def _arguments(url: URL) -> dict[str, Any]:
    """What the driver is told; what the address says itself goes before."""
    wanted = {
        "connect_timeout": CONNECT_SECONDS,
        # Of a server that vanishes without a word the system would tell after a quarter of an hour.
        "keepalives_idle": 30,
        "tcp_user_timeout": 30_000,
        "application_name": "steering",
    }
    # Statements kept by name break where another process migrates, or where a pooler stands in between.
    return {name: value for name, value in wanted.items() if name not in url.query} | {
        "prepare_threshold": None
    }


def _set_up(connection: Any, _record: Any) -> None:
    for name, value in (
        ("lock_timeout", LOCK_MILLISECONDS),
        ("idle_in_transaction_session_timeout", IDLE_MILLISECONDS),
    ):
        connection.execute(f"SET {name} = {value}")
    connection.commit()


def one_state(engine: Engine) -> Engine:
    """The engine for a reader that sees one state throughout."""
    # Not as read-only too: the driver would open the next one for writing, whatever the server's own rule is.
    return engine.execution_options(isolation_level="REPEATABLE READ")


def be_alone(connection: Connection) -> None:
    """Wait until no other process writes; until the transaction ends, none will."""
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _WRITING})


@contextmanager
def taking_turns(url: str, seconds: int) -> Iterator[None]:
    """Of programs that start at once, on whichever machine, one goes on; the others wait so long."""
    engine = make_engine(url, kept=False)
    try:
        with engine.connect() as connection:
            connection.execute(text(f"SET lock_timeout = '{int(seconds)}s'"))
            connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _STARTING})
            connection.commit()
            yield
    finally:
        engine.dispose()


def unfit(connection: Connection) -> str:
    """Why a database cannot hold the data, as the end of a sentence that begins with its name; else ""."""
    encoding = connection.execute(text("SHOW server_encoding")).scalar_one()
    if encoding != "UTF8":
        return (
            f"speichert Texte als {encoding}, nicht als UTF8, und wurde nicht verändert. "
            "Bitte eine neue anlegen: createdb --encoding=UTF8 --template=template0 …"
        )
    if not connection.execute(text("SELECT has_schema_privilege(current_schema(), 'CREATE')")).scalar():
        return (
            "erlaubt dieser Anmeldung nicht, Tabellen anzulegen, und wurde nicht verändert. "
            "Bitte die Datenbank mit dem Programm als Eigentümer anlegen: createdb --owner=… …"
        )
    return ""


def place(connection: Connection) -> tuple[int, int]:
    """Which database this is, and which making of its tables: `pg_restore --clean` makes others."""
    database, dataset = connection.execute(_PLACE).one()
    return int(database), int(dataset or 0)


def name(url: str | URL) -> str:
    """The database in a sentence, without a password."""
    parsed = make_url(url)
    host = parsed.host or parsed.query.get("host") or "dem eigenen Rechner"
    port = f":{parsed.port}" if parsed.port else ""
    return f"Die Datenbank »{parsed.database or parsed.username or ''}« auf »{host}{port}«"
