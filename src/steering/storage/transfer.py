"""A database copied into another, empty one, between the engines: every row with its key, or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, Integer, Row, Table, func, insert, make_url, select
from sqlalchemy.exc import DBAPIError

from steering.model import Record
from steering.storage import database_file as files
from steering.storage import schema
from steering.storage.engine import database_file, make_engine, migrating, reading
from steering.storage.problems import DatabaseRefused, NotReadable, NotSaved

# So many rows are under way at once.
_AT_ONCE = 1000
_TABLES = Record.metadata.sorted_tables


@dataclass(frozen=True)
class Copied:
    """What stands in the copy: so many rows of so many tables."""

    rows: int
    tables: int


def copy(source: str, target: str) -> Copied:
    """Copy all rows, and compare before the copy counts. Raises DatabaseRefused; the target is then empty.

    Keys, versions, history, revision and the dataset's identity stay: it is the same inventory elsewhere.
    """
    _refuse_the_same(source, target)
    _refuse_another_schema(source)
    with schema.taking_turns(target):
        if schema.revision_found(target) is not None:
            raise DatabaseRefused(
                f"{schema.called(target)} enthält schon Daten und wurde nicht verändert. "
                "Bitte als Ziel eine leere oder noch nicht vorhandene Datenbank nennen."
            )
        with _made(target):
            from_, into = make_engine(source), make_engine(target)
            try:
                return _poured(from_, into)
            except (NotReadable, NotSaved) as error:
                raise DatabaseRefused(f"Kopiert wurde nichts. {error.cause}") from error
            except DBAPIError as error:
                raise DatabaseRefused(
                    f"Kopiert wurde nichts: Ein Wert passt nicht ({' '.join(str(error.orig).split())}). "
                    "Bitte die Quelle mit »steering check« prüfen."
                ) from error
            finally:
                from_.dispose()
                into.dispose()


def _refuse_the_same(source: str, target: str) -> None:
    places = []
    for url in (source, target):
        file, parsed = database_file(url), make_url(url)
        host = parsed.host or parsed.query.get("host")
        places.append(file.resolve() if file else (host, parsed.port or 5432, parsed.database))
    if places[0] == places[1]:
        raise DatabaseRefused("Quelle und Ziel sind dieselbe Datenbank. Bitte ein anderes Ziel nennen.")


def _refuse_another_schema(source: str) -> None:
    found = schema.revision_found(source)
    if found is None:
        raise DatabaseRefused(
            f"{schema.called(source)} enthält nichts oder ist nicht da. Bitte eine andere Quelle nennen."
        )
    if found != schema.program_revision():
        raise DatabaseRefused(
            f"{schema.called(source)} ist auf dem Stand {found}, das Programm auf "
            f"{schema.program_revision()}. Bitte das Programm einmal mit ihr starten und dann kopieren."
        )


@contextmanager
def _made(url: str) -> Iterator[None]:
    """The target's file, which is taken away again where the copy fails."""
    file = database_file(url)
    is_new = file is not None and not file.exists()
    if file is not None:
        files.create(file)
    try:
        yield
    except BaseException:
        if file is not None and is_new:
            for ending in ("", "-wal", "-shm"):
                file.with_name(file.name + ending).unlink(missing_ok=True)
        raise


def _poured(source: Engine, target: Engine) -> Copied:
    with reading(source) as from_, migrating(target) as into:
        schema.upgrade(into)
        for table in _TABLES:
            for rows in _in_order(table, _rows(from_, table)):
                into.execute(insert(table), rows)
            if into.dialect.name != "sqlite":
                _go_on_counting(into, table)
        return _compared(from_, into)


def _rows(connection: Connection, table: Table) -> Iterator[Sequence[Row[Any]]]:
    with connection.execution_options(yield_per=_AT_ONCE).execute(select(table)) as found:
        yield from found.partitions()


def _in_order(table: Table, parts: Iterable[Sequence[Row[Any]]]) -> Iterator[list[dict[str, Any]]]:
    """The rows, those first to which others of their table point: a server looks at each by itself."""
    pointing = [key.parent.name for key in table.foreign_keys if key.column.table is table]
    if not pointing:
        yield from ([dict(row._mapping) for row in rows] for rows in parts)
        return
    (own,) = (column.name for column in table.primary_key.columns)
    left = [dict(row._mapping) for rows in parts for row in rows]
    there: set[Any] = {None}
    while left:
        ready = [row for row in left if all(row[name] in there | {row[own]} for name in pointing)]
        # Rows that point at each other in a circle, which the rules forbid, are for the server to refuse.
        ready = ready or left
        yield ready
        there |= {row[own] for row in ready}
        left = [row for row in left if row[own] not in there]


def _go_on_counting(connection: Connection, table: Table) -> None:
    """Have a server's own count of a table's keys go on where the copied ones end."""
    keys = list(table.primary_key.columns)
    if len(keys) != 1 or not isinstance(keys[0].type, Integer):
        return
    counter = func.pg_get_serial_sequence(f'"{table.name}"', keys[0].name)
    highest = select(func.max(keys[0])).scalar_subquery()
    connection.execute(
        select(func.setval(counter, func.coalesce(highest, 1), highest.is_not(None))).where(
            counter.is_not(None)
        )
    )


def _compared(from_: Connection, into: Connection) -> Copied:
    """What was copied, once both sides hold the same rows. Raises DatabaseRefused where they do not."""
    rows = 0
    for table in _TABLES:
        there, here = _content(from_, table), _content(into, table)
        if there != here:
            raise DatabaseRefused(
                f"Kopiert wurde nichts: In der Tabelle »{table.name}« stehen nach dem Kopieren andere Werte "
                f"({there[0]} Zeilen in der Quelle, {here[0]} im Ziel). "
                "Bitte diese Meldung an die Entwicklung weitergeben."
            )
        rows += here[0]
    return Copied(rows, len(_TABLES))


def _content(connection: Connection, table: Table) -> tuple[int, int]:
    """How many rows a table has, and a sum of what each says: engines put them in different orders."""
    number = total = 0
    for rows in _rows(connection, table):
        for row in rows:
            said = repr([_plain(value) for value in row]).encode("utf-8", "surrogatepass")
            total += int.from_bytes(hashlib.blake2b(said, digest_size=32).digest())
            number += 1
    return number, total


def _plain(value: Any) -> Any:
    # Of zero and minus zero SQLite keeps one.
    return value + 0.0 if isinstance(value, float) else value
