"""What is counted in a database, so that a copy of it can be told to be whole: rows, money, VZÄ."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from steering.storage.engine import open_read_only

Counted = dict[str, float]
"""By "table" the number of its rows, by "table.column" the sum of an amount (cents) or of VZÄ."""

_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
_DIGITS = 6


def count_all(connection: sqlite3.Connection) -> Counted:
    """All of it, in the state that the connection's transaction sees. Raises sqlite3.Error."""
    found: Counted = {}
    for (table,) in connection.execute(f"{_TABLES} ORDER BY name").fetchall():
        summed = [name for name in _columns(connection, table) if name == "fte" or name.endswith("_cents")]
        sums = "".join(f", total({_quoted(name)})" for name in summed)
        # The names are those that the database itself gives.
        (row,) = connection.execute(f"SELECT count(*){sums} FROM {_quoted(table)}")  # noqa: S608
        names = [table, *(f"{table}.{name}" for name in summed)]
        found |= {name: round(value, _DIGITS) for name, value in zip(names, row, strict=True)}
    return found


def count_file(file: Path) -> Counted:
    """All of it in a file. Raises sqlite3.Error."""
    with closing(open_read_only(file)) as connection:
        return count_all(connection)


def differences(noted: Mapping[str, float], found: Mapping[str, float]) -> list[str]:
    """Where two are not the same, a German sentence each."""
    return [
        f"{_called(name)}: {_said(found.get(name))}, beim Sichern {_said(noted.get(name))}."
        for name in sorted(noted.keys() | found.keys())
        if noted.get(name) != found.get(name)
    ]


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA table_info({_quoted(table)})")]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _called(name: str) -> str:
    table, _, column = name.partition(".")
    return f"Tabelle »{table}«, Summe von »{column}«" if column else f"Tabelle »{table}«, Zeilen"


def _said(value: float | None) -> str:
    return "keine" if value is None else f"{value:g}" if value % 1 else f"{value:.0f}"
