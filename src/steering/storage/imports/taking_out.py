"""Many added records taken out at once, such as those of an import that is taken back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from steering.model import ClosedYear, Record
from steering.storage.closed_rounds import guards
from steering.storage.rows import Row, as_text, in_parts
from steering.storage.tables import LINKS, key_of, pointing_to, table_of
from steering.storage.transaction import Batch


def take_out(work: Batch, record: type[Record], added: Mapping[Any, str]) -> set[Any]:
    """Remove the added records that are as they were and to which nothing points; the keys of these.

    `added`: what the history kept of each, by key. The others are left to be looked at one by one.
    """
    if guards(record) or record is ClosedYear:
        return set()
    removed: set[Any] = set()
    for keys in in_parts(list(added)):
        texts = {key: as_text(row) for key, row in _rows(work.connection, record, keys).items()}
        pointed = _pointed_at(work.connection, record, keys)
        same = {key: text for key, text in texts.items() if text == added[key] and key not in pointed}
        work.delete_many(record, same)
        removed |= same.keys()
    return removed


def _rows(connection: Connection, record: type[Record], keys: Sequence[Any]) -> dict[Any, Row]:
    """The records with their lists, sorted, by key."""
    own = key_of(record)
    found = connection.execute(select(table_of(record)).where(own.in_(keys))).mappings()
    rows = {row[own.name]: dict(row) for row in found}
    for link in LINKS.get(record, ()):
        columns = table_of(link.record).c
        owner, member = columns[link.owner], columns[link.member]
        lists: dict[Any, list[Any]] = defaultdict(list)
        for owning, owned in connection.execute(select(owner, member).where(owner.in_(keys))):
            lists[owning].append(owned)
        for key, row in rows.items():
            row[link.field] = sorted(lists[key])
    return rows


def _pointed_at(connection: Connection, record: type[Record], keys: Sequence[Any]) -> set[Any]:
    found: set[Any] = set()
    for column in pointing_to(record):
        found |= set(connection.execute(select(column).where(column.in_(keys)).distinct()).scalars())
    return found
