"""The values that stand in the tables, judged as the records themselves would judge them."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Enum,
    Float,
    Integer,
    Table,
    func,
    select,
    type_coerce,
)
from sqlalchemy.types import NULLTYPE

from steering.model import Dataset, Record, Settings
from steering.model.base import EARLIEST, LATEST
from steering.model.labels import RECORD_WORDS, field_word
from steering.model.vocabulary import WORDS
from steering.storage.tables import TYPES, table_of
from steering.storage.validation import check

_JSON = {
    ("boundary", "geometry"),
    ("calendar_entry", "scope"),
    ("change", "after"),
    ("change", "before"),
    ("confirmation_item", "sent"),
    ("paper_text", "based_on"),
    ("paper_text", "text"),
    ("snapshot", "content"),
    ("subscription", "filters"),
}
_MAY_BE_EMPTY = {"change", "paper_text"}
_NUMBERS = {("agenda_item", "concerns")}  # separated by blanks


def single_rows(connection: Connection, tables: Sequence[Table]) -> Iterator[str]:
    """Where the rows of which there is to be exactly one are none, several, or another."""
    for record in (Dataset, Settings):
        table = table_of(record)
        if table not in tables:
            continue
        number = connection.execute(select(func.count()).select_from(table)).scalar()
        if number != 1:
            yield f"Tabelle »{table.name}«: Sie hat {number} Zeilen, nicht genau eine."
        elif connection.execute(select(type_coerce(table.c.id, NULLTYPE))).scalar() != 1:
            yield f"Tabelle »{table.name}«, Spalte »id«: Die eine Zeile hat eine andere Nummer als 1."


def problems(connection: Connection, tables: Sequence[Table]) -> Iterator[str]:
    """What is wrong with the values of all rows, and which references lead nowhere; parents' tables first."""
    keys: dict[Table, set[Any]] = {}
    for table in tables:
        rows = list(raw_rows(connection, table))
        keys[table] = {row[name] for row in rows for name in table.primary_key.columns.keys()[:1]}
        known = {
            column.name: (key.column.table.name, keys[key.column.table])
            for column in table.columns
            for key in column.foreign_keys
            if key.column.table in keys
        }
        for row in rows:
            for name, sentence in (_values(table, row) | _dangling(row, known)).items():
                yield f"{place(table, key_text(table, row), name)}: {sentence}"


def circles(connection: Connection, tables: Sequence[Table]) -> Iterator[str]:
    """Where rows of a table point to each other in a circle: a unit above itself, by way of others."""
    for table in tables:
        (own, *_) = table.primary_key.columns
        for column in table.columns:
            if any(key.column.table is table for key in column.foreign_keys):
                rows = connection.execute(select(raw(own), raw(column)))
                above = {key: parent for key, parent in rows}  # noqa: C416 - rows are no pairs to mypy
                for key in above:
                    if _leads_back(key, above):
                        where = place(table, shown(key), column.name)
                        yield f"{where}: Der Verweis führt im Kreis zu sich zurück."


def _leads_back(start: Any, above: Mapping[Any, Any]) -> bool:
    passed, at = {None}, above[start]
    while at not in passed and at != start:
        passed.add(at)
        at = above.get(at)
    return at is not None and at == start


def _values(table: Table, row: Mapping[str, Any]) -> dict[str, str]:
    cells = {column.name: _cell(column, row[column.name]) for column in table.columns}
    wrong = {name: sentence for name, sentence in cells.items() if sentence}
    return wrong or _by_its_own_rules(TYPES[table.name], row)


def _dangling(row: Mapping[str, Any], known: Mapping[str, tuple[str, set[Any]]]) -> dict[str, str]:
    return {
        name: f"»{shown(row[name])}« gibt es in der Tabelle »{table}« nicht."
        for name, (table, keys) in known.items()
        if row[name] is not None and row[name] not in keys
    }


def raw_rows(connection: Connection, table: Table) -> Iterator[Mapping[str, Any]]:
    """The rows as the driver gives them: a value that its type refuses must not stop the others."""
    for row in connection.execute(select(*map(raw, table.columns))).mappings():
        yield dict(row)


def raw(column: Column) -> Any:
    """A column as the driver gives it."""
    return type_coerce(column, NULLTYPE).label(column.name)


def key_text(table: Table, row: Mapping[str, Any]) -> str:
    """What a row is known by in a sentence."""
    return ", ".join(shown(row[column.name]) for column in table.primary_key.columns)


def place(table: Table, key: str, field: str = "") -> str:
    """Table, row and column in a sentence, with the words of the screen where it has some."""
    word = RECORD_WORDS.get(table.name)
    named = f"Tabelle »{table.name}«{f' ({word})' if word else ''}, Zeile {key}"
    if not field:
        return named
    called = field_word(table.name, field)
    return f"{named}, Spalte »{field}«{f' ({called})' if called != field else ''}"


def shown(value: Any) -> str:
    """A value as a sentence can bear it."""
    text = str(value).encode("utf-8", "backslashreplace").decode()
    return text if len(text) <= 60 else f"{text[:60]}…"


def _by_its_own_rules(record: type[Record], row: Mapping[str, Any]) -> dict[str, str]:
    """What the record's rules say of its days, numbers and choices.

    A text is what people wrote: that a later program asks more of it makes no data wrong.
    """
    columns = table_of(record).c
    return {
        field: sentence
        for field, sentence in check(record, dict(row))[1].items()
        if not field or (field in columns and _judge(columns[field]) is not _text)
    }


def _cell(column: Column, value: Any) -> str:
    """What is wrong with a single value; "" where nothing is."""
    if value is None:
        return "" if column.nullable else "Der Wert fehlt."
    return _judge(column)(column, value)


def _judge(column: Column) -> Callable[[Column, Any], str]:
    # An Enum is a String too.
    for kind, judge in _JUDGES.items():
        if isinstance(column.type, kind):
            return judge
    return _text


def _choice(column: Column, value: Any) -> str:
    kind = cast("Enum", column.type)
    if value in kind.enums:
        return ""
    words = WORDS.get(cast("type[StrEnum]", kind.enum_class), {})
    possible = ", ".join(f"{words.get(one, one)} ({one})" for one in kind.enums)
    return f"»{shown(value)}« steht nicht zur Wahl. Möglich sind: {possible}."


def _day(_column: Column, value: Any) -> str:
    found = value if isinstance(value, date) else _parsed(r"\d{4}-\d\d-\d\d", date.fromisoformat, value)
    if found is None:
        return f"»{shown(value)}« ist kein Tag (JJJJ-MM-TT)."
    if not EARLIEST <= found <= LATEST:
        return f"Der Tag {shown(value)} liegt außerhalb von {EARLIEST.year} bis {LATEST.year}."
    return ""


def _moment(_column: Column, value: Any) -> str:
    pattern = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?"
    found = value if isinstance(value, datetime) else _parsed(pattern, datetime.fromisoformat, value)
    if found is None:
        return f"»{shown(value)}« ist kein Zeitpunkt (JJJJ-MM-TT HH:MM:SS)."
    if not EARLIEST <= found.date() <= LATEST:
        return f"Der Zeitpunkt {shown(value)} liegt außerhalb von {EARLIEST.year} bis {LATEST.year}."
    return ""


def _parsed(pattern: str, parse: Callable[[str], Any], value: Any) -> Any:
    if not isinstance(value, str) or not re.fullmatch(pattern, value, re.ASCII):
        return None
    try:
        return parse(value)
    except ValueError:
        return None


def _yes_or_no(_column: Column, value: Any) -> str:
    return "" if value in (0, 1) and isinstance(value, int) else f"»{shown(value)}« ist weder Ja noch Nein."


def _whole_number(_column: Column, value: Any) -> str:
    return "" if isinstance(value, int) else f"»{shown(value)}« ist keine ganze Zahl."


def _number(_column: Column, value: Any) -> str:
    sound = isinstance(value, (int, float)) and math.isfinite(value)
    return "" if sound else f"»{shown(value)}« ist keine Zahl."


def _text(column: Column, value: Any) -> str:
    if not isinstance(value, str) or re.search("[\ud800-\udfff]", value):
        return f"»{shown(value)}« ist kein lesbarer Text."
    table = column.table.name
    if (table, column.name) in _NUMBERS and not re.fullmatch(r"(\d+( \d+)*)?", value):
        return f"»{shown(value)}« sind keine Nummern, durch Leerzeichen getrennt."
    if (table, column.name) not in _JSON or (not value and table in _MAY_BE_EMPTY):
        return ""
    try:
        json.loads(value)
    except (ValueError, RecursionError):
        return f"»{shown(value)}« ist beschädigt: Es ist kein JSON."
    return ""


_JUDGES: dict[Any, Callable[[Column, Any], str]] = {
    Enum: _choice,
    Date: _day,
    DateTime: _moment,
    Boolean: _yes_or_no,
    Integer: _whole_number,
    Float: _number,
}
