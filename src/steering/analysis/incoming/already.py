"""New records that are recorded already, just so: a file that is taken in twice makes nothing twice."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Any

from steering.analysis.incoming.recorded import Recorded
from steering.analysis.incoming.rows import Wanted
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
        fields = tuple(sorted(whole.keys() - apart))
        place = wanted.record, fields
        if place not in self._known:
            rows = self._recorded.rows(wanted.record).items()
            # Of several the first.
            self._known[place] = {_said(row, fields): key for key, row in reversed(list(rows))}
        return self._known[place].get(_said(whole, fields))


def _said(row: Mapping[str, Any], fields: Iterable[str]) -> Hashable:
    return tuple(_plain(row.get(name)) for name in fields)


def _plain(value: Any) -> Hashable:
    if isinstance(value, (list, tuple)):
        return tuple(sorted(value))
    return plain_text(value) if isinstance(value, str) else value
