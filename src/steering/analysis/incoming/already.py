"""New records that are there already, just so: recorded, or wanted by a row above.

A file that is taken in twice makes nothing twice; whether two rows that say the same mean it, people decide.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping
from typing import Any

from steering.analysis.incoming.recorded import Recorded
from steering.analysis.incoming.rows import Place, Wanted
from steering.analysis.incoming.sameness import plain_text
from steering.model import Record

# What a record is told apart by: no row says it of what is new.
_OWN = frozenset({"id", "version"})
# What becomes of a record once it is written, unless a row says it.
_BY_ITSELF = frozenset({"slug", "source", "origin", "confirmed_on"})


class Already:
    """The recorded rows, to be found by all that they say."""

    def __init__(self, recorded: Recorded) -> None:
        self._recorded = recorded
        self._known: dict[tuple[type[Record], tuple[str, ...]], dict[Hashable, Any]] = {}

    def key(self, wanted: Wanted, whole: Mapping[str, Any]) -> Any:
        """The key of a record that says all that the wanted one would, which is `whole`; None without."""
        apart = _OWN | (_BY_ITSELF - wanted.values.keys())
        fields = _fields(whole, apart)
        place = wanted.record, fields
        if place not in self._known:
            rows = self._recorded.rows(wanted.record).items()
            # Of several the first.
            self._known[place] = {_said(row, fields): key for key, row in reversed(list(rows))}
        return self._known[place].get(_said(whole, fields))


class Above:
    """The new records that rows of the same file have wanted so far."""

    def __init__(self) -> None:
        self._first: dict[Hashable, Place] = {}

    def place(self, wanted: Wanted, place: Place) -> Place | None:
        """Where a row has said the same of a new record before; None for the first, which is kept."""
        fields = _fields(wanted.values, _OWN)
        first = self._first.setdefault((wanted.record, fields, _said(wanted.values, fields)), place)
        return None if first == place else first


def _fields(values: Mapping[str, Any], apart: Collection[str]) -> tuple[str, ...]:
    return tuple(sorted(values.keys() - set(apart)))


def _said(row: Mapping[str, Any], fields: Iterable[str]) -> Hashable:
    return tuple(_plain(row.get(name)) for name in fields)


def _plain(value: Any) -> Hashable:
    if isinstance(value, (list, tuple)):
        return tuple(sorted(value))
    return plain_text(value) if isinstance(value, str) else value
