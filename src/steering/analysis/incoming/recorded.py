"""The recorded rows as plain values, as a record's check and a comparison want them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from steering.analysis.portfolio import Portfolio
from steering.model import Record

Values = dict[str, Any]
Lists = Mapping[type[Record], Sequence[tuple[str, type[Record], str, str]]]
"""The lists that records own: field, record of the links, column of the owner, column of the member."""


class Recorded:
    """The records of a Portfolio by type and key, each type read when first asked for."""

    def __init__(
        self, portfolio: Portfolio, lists: Lists, stored: Mapping[type[Record], Mapping[Any, Values]]
    ) -> None:
        self._portfolio = portfolio
        self._lists = lists
        self._read: dict[type[Record], Mapping[Any, Values]] = dict(stored)
        self._known: dict[str, set[Any]] = {}

    def row(self, record: type[Record], key: Any) -> Values | None:
        """The record with this key and its lists, sorted; None where there is none."""
        return self.rows(record).get(key)

    def has(self, table: str, key: Any) -> bool:
        """Whether a table has a row with this key."""
        return key in self._keys(table)

    def taken(self, record: type[Record], field: str) -> dict[Any, Any]:
        """The values of a field that only one record may have, with the key of that record."""
        return {row[field]: key for key, row in self.rows(record).items() if row[field] is not None}

    def _keys(self, table: str) -> set[Any]:
        if table not in self._known:
            frame = self._portfolio.frame(table)
            name = next(column.name for column in Record.metadata.tables[table].primary_key)
            self._known[table] = set(frame[name].tolist())
        return self._known[table]

    def rows(self, record: type[Record]) -> Mapping[Any, Values]:
        """All records of a type."""
        if record not in self._read:
            self._read[record] = self._all(record)
        return self._read[record]

    def _all(self, record: type[Record]) -> Mapping[Any, Values]:
        frame = self._portfolio.frame(str(record.__tablename__))
        (key,) = (column.name for column in record.metadata.tables[str(record.__tablename__)].primary_key)
        rows = plain_rows(frame)
        found = {row[key]: row for row in rows}
        for field, link, owner, member in self._lists.get(record, ()):
            lists: dict[Any, list[Any]] = defaultdict(list)
            links = self._portfolio.frame(str(link.__tablename__))
            for owning, owned in zip(links[owner].tolist(), links[member].tolist(), strict=True):
                lists[owning].append(owned)
            for identity, row in found.items():
                row[field] = sorted(lists[identity])
        return found


def plain_rows(frame: pd.DataFrame) -> list[Values]:
    """The rows of a frame in the model's types: days as dates, nothing as None."""
    columns = {str(name): [_plain(value) for value in frame[name].tolist()] for name in frame.columns}
    return [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]


def _plain(value: Any) -> Any:
    if value is pd.NA or value is pd.NaT or value != value:
        return None
    if isinstance(value, pd.Timestamp):
        return date(value.year, value.month, value.day)
    return value
