"""Whether a database is what this program has written: its shape, its values and its history, looked at only.

`shape` compares the schema with the program's, `content` judges every value, `trail` follows the history to
what stands there now. What is wrong is a German sentence each, with table, row and column.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, event, inspect
from sqlalchemy.exc import DatabaseError

from steering.storage import troubles
from steering.storage.checking import content, files, shape, trail
from steering.storage.engine import database_file, inspecting_engine, seeing
from steering.storage.problems import DatabaseRefused

# The same few statements each time: one for each table.
_COMPILED: dict[Any, Any] = {}


def problems(url: str) -> list[str]:
    """What is wrong with a database; nothing where it is sound. Writes nothing.

    Raises DatabaseRefused where there is none.
    """
    file = database_file(url)
    if file is not None and not file.is_file():
        raise DatabaseRefused(
            f"»{file}« gibt es nicht oder ist keine Datei. "
            "Bitte das Programm einmal starten oder eine andere Datenbank nennen."
        )
    engine = inspecting_engine(url)
    event.listen(engine, "connect", _keep_broken_text)
    found: list[str] = []
    try:
        with seeing(engine).connect().execution_options(compiled_cache=_COMPILED) as connection:
            # One state throughout, whatever a server writes meanwhile.
            if file is not None:
                connection.exec_driver_sql("BEGIN")
            found.extend(_of_the_file(connection))
            found.extend(_of_the_data(connection))
    except DatabaseError as error:
        if file is None or not troubles.is_damage(error):
            raise DatabaseRefused(
                f"Die Prüfung ging nicht zu Ende. {troubles.cause(error) or error.orig}"
            ) from error
        found.append(f"Die Datei ist beschädigt und lässt sich nicht ganz lesen ({error.orig}).")
    except UnicodeError:
        # What SQLite says may quote what is damaged.
        found.append("Die Datei ist beschädigt und lässt sich nicht ganz lesen.")
    finally:
        engine.dispose()
    return found


def _keep_broken_text(connection: Any, _record: Any) -> None:
    """Have text that is no UTF-8 arrive, so that its place can be named; the driver would stop at it."""
    if isinstance(connection, sqlite3.Connection):
        connection.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")


def _of_the_file(connection: Connection) -> Iterator[str]:
    if connection.dialect.name == "sqlite":
        for (line,) in connection.exec_driver_sql("PRAGMA integrity_check"):
            if line != "ok":
                yield f"Die Datei ist beschädigt (SQLite meldet: {line})."


def _of_the_data(connection: Connection) -> Iterator[str]:
    inspector = inspect(connection)
    if old := shape.older(connection, inspector):
        yield old
        return
    yield from shape.problems(connection, inspector)
    tables = shape.whole_tables(inspector)
    yield from content.single_rows(connection, tables)
    yield from content.problems(connection, tables)
    yield from content.circles(connection, tables)
    yield from files.problems(connection, tables)
    yield from trail.problems(connection, tables)
