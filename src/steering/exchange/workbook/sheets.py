"""All records as tables for people: German words, names instead of keys, one sheet per record type."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any

import pandas as pd

from steering.analysis import discretion, small_counts
from steering.analysis.portfolio import Portfolio
from steering.exchange.workbook.columns import CellKind, Column, Lists, columns_of, table_of, title_of
from steering.exchange.workbook.reference_names import NamesByKey, names
from steering.model import Record
from steering.model.vocabulary import word

FIRST = ("structure", "funding", "responsibility", "need", "organisation", "programme")
"""The tables that people work with most, in the order of their sheets; the others follow."""
YES, NO = "ja", "nein"
SEPARATOR = "; "
WITHHELD = f"({small_counts.FEW_WORDS}; hier nicht änderbar)"
NOT_PUBLIC = f"({discretion.NOT_PUBLIC}; hier nicht änderbar)"
"""Stand where a file for everyone must not say what is recorded; reading takes them for unchanged."""


@dataclass(frozen=True)
class RecordSheet:
    """The records of one type: a row each, its cells in the order of the columns.

    Cells are text, numbers, days, moments or None; euros are decimals.
    """

    record: type[Record]
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]


def sheets(portfolio: Portfolio, lists: Lists) -> list[RecordSheet]:
    """A sheet for every record type of a Portfolio; the lists a record owns are columns of its sheet."""
    named: dict[str, NamesByKey] = {}

    def names_of(table: str) -> NamesByKey:
        if table not in named:
            named[table] = names(portfolio, table)
        return named[table]

    return [sheet(portfolio, record, lists, names_of) for record in records(portfolio, lists)]


def records(portfolio: Portfolio, lists: Lists) -> list[type[Record]]:
    """The record types that have a sheet, in the order of the sheets."""
    owned = {each.record for links in lists.values() for each in links}
    found = {
        table_of(record).name: record
        for record in Record.__subclasses__()
        if record not in owned and len(table_of(record).primary_key.columns) == 1
    }
    rest = [table.name for table in Record.metadata.sorted_tables if table.name not in FIRST]
    return [found[name] for name in (*FIRST, *rest) if name in found and name in portfolio.frames]


def sheet(
    portfolio: Portfolio, record: type[Record], lists: Lists, names_of: Callable[[str], NamesByKey]
) -> RecordSheet:
    """One record type's sheet."""
    table = table_of(record).name
    columns = [
        column
        for column in columns_of(record, lists)
        if not (portfolio.discreet and discretion.is_untold(table, column.field))
    ]
    cells = [
        _without_untold(portfolio, table, column, _cells(portfolio, record, column, names_of))
        for column in columns
    ]
    return RecordSheet(record, title_of(record), tuple(columns), tuple(zip(*cells, strict=True)))


def _without_untold(portfolio: Portfolio, table: str, column: Column, cells: list[Any]) -> list[Any]:
    if column.kind is CellKind.MARK or column.owned is not None:
        return cells
    hidden = discretion.untold(portfolio, table, column.field)
    sign = NOT_PUBLIC if table == "agenda_item" else WITHHELD
    return [sign if each else cell for each, cell in zip(hidden, cells, strict=True)]


def _cells(
    portfolio: Portfolio, record: type[Record], column: Column, names_of: Callable[[str], NamesByKey]
) -> list[Any]:
    frame = portfolio.frame(table_of(record).name)
    if column.kind is CellKind.MARK:
        return [None] * len(frame)
    if column.owned is not None:
        members = _members(portfolio, column)
        (key,) = table_of(record).primary_key.columns
        return [
            joined(_named(names_of(column.target), each) for each in members.get(owner, ()))
            for owner in frame[key.name].tolist()
        ]
    values = frame[column.field].tolist()
    if column.target and not column.is_key:
        known = names_of(column.target)
        return [None if pd.isna(value) else _named(known, value) for value in values]
    return [None if pd.isna(value) else shown(column, value) for value in values]


def shown(column: Column, value: Any) -> Any:
    """A stored value that is no reference, as people read it."""
    match column.kind:
        case CellKind.CHOICE:
            assert column.choices is not None
            return word(column.choices(value))
        case CellKind.YES_NO:
            return YES if value else NO
        case CellKind.DAY:
            return pd.Timestamp(value).date()
        case CellKind.MOMENT:
            return pd.Timestamp(value).to_pydatetime()
        case CellKind.TIME:
            return value if isinstance(value, time) else time.fromisoformat(str(value))
        case CellKind.MONEY:
            return int(value) / 100
        case CellKind.FOREIGN:
            return str(value)
    return value


def _members(portfolio: Portfolio, column: Column) -> Mapping[Any, list[Any]]:
    assert column.owned is not None
    frame = portfolio.frame(table_of(column.owned.record).name)
    found: dict[Any, list[Any]] = {}
    for owner, member in zip(
        frame[column.owned.owner].tolist(), frame[column.owned.member].tolist(), strict=True
    ):
        found.setdefault(owner, []).append(member)
    return found


def _named(known: NamesByKey, key: Any) -> str:
    """A record's name; its key where it is out of view, such as an archived one."""
    return known.get(key, f"[{key}]")


def joined(parts: Iterable[str]) -> str | None:
    """A list in one cell; names that hold a semicolon or a quotation mark are quoted."""
    return SEPARATOR.join(map(_quoted, parts)) or None


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"' if any(sign in name for sign in ';"\n') else name
