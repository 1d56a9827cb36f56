"""One record as a row of plain values, with the lists it owns, and the text the history keeps of it."""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Date, select

from steering.model import Record
from steering.storage.tables import LINKS, Link, key_of, table_of

Row = dict[str, Any]
# The history's field where a whole record was added or removed.
WHOLE = "*"
# So many keys are asked for at once.
_AT_ONCE = 500
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, default=date.isoformat)


def fetch_row(connection: Connection, record: type[Record], key: Any) -> Row | None:
    """The record with this key and its lists, sorted; None where there is none."""
    found = connection.execute(select(table_of(record)).where(key_of(record) == key)).mappings().first()
    if found is None:
        return None
    return dict(found) | {link.field: fetch_list(connection, link, key) for link in LINKS.get(record, ())}


def fetch_list(connection: Connection, link: Link, key: Any) -> list[Any]:
    """What a record's list holds, sorted."""
    columns = table_of(link.record).c
    rows = connection.execute(select(columns[link.member]).where(columns[link.owner] == key))
    return sorted(rows.scalars())


def in_parts(keys: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """Keys in parts that a database takes in one question."""
    return (keys[at : at + _AT_ONCE] for at in range(0, len(keys), _AT_ONCE))


def as_text(value: Any) -> str:
    """A field's value, or a whole row, as the history keeps it."""
    return _ENCODER.encode(value)


def from_text(record: type[Record], field: str, text: str) -> Any:
    """A field's value from what the history kept."""
    return _revive(record, field, json.loads(text))


def row_from_text(record: type[Record], text: str) -> Row:
    """A whole row from what the history kept."""
    return {field: _revive(record, field, value) for field, value in json.loads(text).items()}


def _revive(record: type[Record], field: str, value: Any) -> Any:
    column = table_of(record).c.get(field)
    is_day = column is not None and isinstance(column.type, Date)
    return date.fromisoformat(value) if is_day and value else value
