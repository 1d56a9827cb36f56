"""Whether what an incoming record points to exists, and what only one record may have is free."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cache
from typing import Any

from steering.analysis.incoming.recorded import Lists, Recorded
from steering.analysis.incoming.rows import Wanted
from steering.model import Record

MISSING = "Den Eintrag »{}« gibt es nicht (mehr). Bitte prüfen."
TAKEN = "»{}« ist schon vergeben. Bitte etwas anderes eingeben."


class References:
    """Looks references up among the recorded rows, and remembers what the rows of a file have taken."""

    def __init__(self, recorded: Recorded, lists: Lists) -> None:
        self._recorded = recorded
        self._lists = lists
        self._taken: dict[tuple[type[Record], str], dict[Any, Any]] = {}

    def wrong(self, wanted: Wanted, waiting: Collection[str], whole: Mapping[str, Any]) -> dict[str, str]:
        """What is wrong, by field; fields that wait for a record of the same file are left out."""
        findings: dict[str, str] = {}
        for field, table in _pointing(wanted.record):
            value = whole.get(field)
            if field in wanted.values and field not in waiting and value is not None:
                findings |= self._missing(field, table, [value])
        for field, link, _, member in self._lists.get(wanted.record, ()):
            if field in wanted.values and field not in waiting:
                ((_, table),) = [pair for pair in _pointing(link) if pair[0] == member]
                findings |= self._missing(field, table, whole.get(field) or [])
        for field in _unique(wanted.record):
            value = wanted.values.get(field)
            if value is not None:
                findings |= self._double(wanted, field, value)
        return findings

    def _missing(self, field: str, table: str, keys: Iterable[Any]) -> dict[str, str]:
        lacking = [key for key in keys if not self._recorded.has(table, key)]
        return {field: MISSING.format(lacking[0])} if lacking else {}

    def _double(self, wanted: Wanted, field: str, value: Any) -> dict[str, str]:
        place = (wanted.record, field)
        if place not in self._taken:
            self._taken[place] = self._recorded.taken(*place)
        owner = self._taken[place].setdefault(value, _identity(wanted))
        return {} if owner == _identity(wanted) else {field: TAKEN.format(value)}


def _identity(wanted: Wanted) -> Any:
    return wanted.id if wanted.id is not None else ("new", wanted.key or id(wanted))


@cache
def _pointing(record: type[Record]) -> tuple[tuple[str, str], ...]:
    """The fields of a record that point to a table."""
    columns = record.metadata.tables[str(record.__tablename__)].columns
    return tuple((column.name, key.column.table.name) for column in columns for key in column.foreign_keys)


@cache
def _unique(record: type[Record]) -> tuple[str, ...]:
    table = record.metadata.tables[str(record.__tablename__)]
    own_key = [column for column in table.primary_key if column.name != "id"]
    return tuple(column.name for column in table.columns if column.unique or column in own_key)
