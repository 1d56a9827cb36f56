"""The schema of a database beside the one of this program: tables, columns, indices, references, CHECKs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Column, Connection, Enum, Inspector, Table, UniqueConstraint
from sqlalchemy.types import NullType, TypeEngine

from steering.model import Record
from steering.storage import schema

_ALEMBIC = "alembic_version"
# What PostgreSQL calls what it was told under another name.
_OTHER_WORDS = {"DOUBLE PRECISION": "FLOAT"}
# How it words a CHECK: values with their types, and a list of them as an array.
_TYPED = re.compile(r"::(?:character varying|text)(?:\[\])?")
_AMONG = re.compile(r"^(\w+) = (?:ANY \(ARRAY\[(.*)\]\)|('[^']*'))$")


def older(connection: Connection, inspector: Inspector) -> str:
    """That the database waits for being migrated, of which nothing else can be said; "" where it does not."""
    if inspector.has_table(_ALEMBIC):
        found = _versions(connection)
        if len(found) == 1 and found[0] != schema.program_revision() and found[0] in schema.known_revisions():
            return (
                f"Die Datenbank ist noch auf dem Stand {found[0]}, das Programm auf "
                f"{schema.program_revision()}. Bitte das Programm einmal starten und dann neu prüfen."
            )
    return ""


def problems(connection: Connection, inspector: Inspector) -> Iterator[str]:
    """Where the schema is not the program's."""
    there, own = set(inspector.get_table_names()), set(Record.metadata.tables)
    if not there & own:
        yield "In der Datei ist keine Datenbank dieses Programms."
        return
    yield from _version(connection, there)
    for name in sorted(own - there):
        yield f"Die Tabelle »{name}« fehlt."
    for name in sorted(there - own - {_ALEMBIC}):
        yield f"Die Tabelle »{name}« gehört nicht zum Programm."
    for name in sorted(inspector.get_view_names()):
        yield f"Die Sicht »{name}« gehört nicht zum Programm."
    for name, table in _triggers(connection):
        yield f"Tabelle »{table}«: Der Auslöser (Trigger) »{name}« gehört nicht zum Programm."
    for name in sorted(own & there):
        yield from _table(connection, inspector, Record.metadata.tables[name])


def whole_tables(inspector: Inspector) -> list[Table]:
    """The program's tables that are there with all their columns, so that they can be read."""
    there = set(inspector.get_table_names())
    return [
        table
        for table in Record.metadata.sorted_tables
        if table.name in there
        and {column.name for column in table.columns}
        <= {column["name"] for column in inspector.get_columns(table.name)}
    ]


def _version(connection: Connection, there: set[str]) -> Iterator[str]:
    if _ALEMBIC not in there:
        yield f"Die Tabelle »{_ALEMBIC}« fehlt."
        return
    found = _versions(connection)
    if found != [schema.program_revision()]:
        yield (
            f"Tabelle »{_ALEMBIC}«: Der Stand des Schemas ist {', '.join(found) or 'leer'}, "
            f"der des Programms {schema.program_revision()}."
        )


def _versions(connection: Connection) -> list[str]:
    return [str(row[0]) for row in connection.exec_driver_sql(f"SELECT * FROM {_ALEMBIC}")]  # noqa: S608


def _triggers(connection: Connection) -> list[tuple[str, str]]:
    if connection.dialect.name != "sqlite":
        return []
    query = "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
    return [(row[0], row[1]) for row in connection.exec_driver_sql(query)]


def _table(connection: Connection, inspector: Inspector, table: Table) -> Iterator[str]:
    there = {column["name"]: column for column in inspector.get_columns(table.name)}
    for column in table.columns:
        if column.name not in there:
            yield f"Tabelle »{table.name}«: Die Spalte »{column.name}« fehlt."
        else:
            yield from _column(connection, column, there[column.name])
    for name in there.keys() - set(table.c.keys()):
        yield f"Tabelle »{table.name}«: Die Spalte »{name}« gehört nicht zum Programm."
    yield from _differences(table, "Schlüssel", [_key(table)], [_key_there(inspector, table)])
    yield from _differences(table, "Verweis", _references(table), _references_there(inspector, table))
    yield from _differences(table, "Eindeutigkeit", _unique(table), _unique_there(inspector, table))
    yield from _differences(table, "Verzeichnis (Index)", _indices(table), _indices_there(inspector, table))
    yield from _differences(table, "Prüfung (CHECK)", _checks(table), _checks_there(inspector, table))


def _column(connection: Connection, column: Column, there: Any) -> Iterator[str]:
    place = f"Tabelle »{column.table.name}«, Spalte »{column.name}«"
    wanted = column.type.compile(connection.dialect)
    found = _type_there(connection, there["type"])
    if wanted != found:
        yield f"{place}: Der Typ ist {found}, nicht {wanted}."
    if not column.primary_key and bool(column.nullable) != bool(there["nullable"]):
        yield f"{place}: Sie darf {'nicht ' if column.nullable else ''}leer sein, anders als im Programm."


def _type_there(connection: Connection, kind: TypeEngine[Any]) -> str:
    """What the database calls a column's type; a damaged schema may name none that there is."""
    if isinstance(kind, NullType):
        return "unbekannt"
    found = kind.compile(connection.dialect)
    return _OTHER_WORDS.get(found, found)


def _differences(table: Table, what: str, wanted: Iterable[str], found: Iterable[str]) -> Iterator[str]:
    wanted, found = set(wanted), set(found)
    for one in sorted(wanted - found):
        yield f"Tabelle »{table.name}«: {what} fehlt: {one}."
    for one in sorted(found - wanted):
        yield f"Tabelle »{table.name}«: {what} gehört nicht zum Programm: {one}."


def _key(table: Table) -> str:
    return _columns(column.name for column in table.primary_key.columns)


def _key_there(inspector: Inspector, table: Table) -> str:
    return _columns(inspector.get_pk_constraint(table.name)["constrained_columns"])


def _references(table: Table) -> Iterator[str]:
    for key in table.foreign_keys:
        yield f"{key.parent.name} → {key.column.table.name}.{key.column.name}"


def _references_there(inspector: Inspector, table: Table) -> Iterator[str]:
    for key in inspector.get_foreign_keys(table.name):
        names = zip(key["constrained_columns"], key["referred_columns"], strict=False)
        yield from (f"{own} → {key['referred_table']}.{other}" for own, other in names)


def _unique(table: Table) -> set[str]:
    together = (one for one in table.constraints if isinstance(one, UniqueConstraint))
    return {column.name for column in table.columns if column.unique} | {
        _columns(column.name for column in one.columns) for one in together
    }


def _unique_there(inspector: Inspector, table: Table) -> set[str]:
    constraints = {_columns(one["column_names"]) for one in inspector.get_unique_constraints(table.name)}
    return constraints | {
        _columns(one["column_names"]) for one in inspector.get_indexes(table.name) if one["unique"]
    }


def _indices(table: Table) -> Iterator[str]:
    return (_columns(column.name for column in index.columns) for index in table.indexes if not index.unique)


def _indices_there(inspector: Inspector, table: Table) -> Iterator[str]:
    return (_columns(one["column_names"]) for one in inspector.get_indexes(table.name) if not one["unique"])


def _columns(names: Iterable[str | None]) -> str:
    return ", ".join(sorted(str(name) for name in names))


def _checks(table: Table) -> Iterator[str]:
    for column in table.columns:
        if isinstance(column.type, Enum):
            values = ", ".join(f"'{value}'" for value in column.type.enums)
            yield _plain(f"{column.name} IN ({values})")


def _checks_there(inspector: Inspector, table: Table) -> Iterator[str]:
    return (_plain(one["sqltext"]) for one in inspector.get_check_constraints(table.name))


def _plain(check: str) -> str:
    plain = re.sub(r"\s+", " ", _TYPED.sub("", check.replace('"', "")))
    return _AMONG.sub(lambda found: f"{found[1]} IN ({found[2] or found[3]})", plain)
