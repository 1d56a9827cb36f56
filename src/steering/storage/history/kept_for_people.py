"""Saved views and subscriptions that name a person, in what they are called or in what they filter by.

A name loses the words. What filters by them is deleted: without that filter it would show, or hand out, more
than it was made for, and the carrier by whom it filters is called something else from now on.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from sqlalchemy import Connection, Table, delete, select, update

from steering.model import SavedView, Subscription
from steering.storage.history.sought_words import MARK, SoughtWords
from steering.storage.rows import Row
from steering.storage.tables import table_of

_FILTERS: dict[type[SavedView | Subscription], str] = {SavedView: "query", Subscription: "filters"}


def number(connection: Connection, sought: SoughtWords) -> int:
    """How many name the words."""
    return sum(1 for _ in _naming(connection, sought))


def erase(connection: Connection, sought: SoughtWords) -> None:
    """Take the words out of them."""
    for table, row, filtered in list(_naming(connection, sought)):
        if filtered:
            connection.execute(delete(table).where(table.c.id == row["id"]))
        else:
            name = sought.without(row["name"]) or MARK
            connection.execute(update(table).where(table.c.id == row["id"]).values(name=name))


def _naming(connection: Connection, sought: SoughtWords) -> Iterator[tuple[Table, Row, bool]]:
    """Those that name the words, and whether they filter by them."""
    for record, filters in _FILTERS.items():
        table = table_of(record)
        for row in connection.execute(select(table)).mappings():
            filtered = _filters_by(sought, record, row[filters])
            if filtered or sought.is_in(row["name"]):
                yield table, dict(row), filtered


def _filters_by(sought: SoughtWords, record: type[SavedView | Subscription], kept: str) -> bool:
    """Whether what is filtered by says the words; what filters and pages are called does not count."""
    if record is SavedView:
        return sought.is_in_address(kept)
    # As `subscribing` keeps them: a view with its page and query, or the values of each filter.
    found = json.loads(kept)
    if "query" in found:
        return sought.is_in_address(found["query"])
    return any(sought.is_in_choice(str(value)) for values in found.values() for value in values)
