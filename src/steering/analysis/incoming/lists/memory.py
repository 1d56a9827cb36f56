"""What the rows of a whole file have said: of one record each says the same, or something more."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from steering.analysis.incoming.rows import Place, Wanted
from steering.model import Record

Values = dict[str, Any]


@dataclass(frozen=True)
class Planned:
    """A record that a row wants, before the rest of the file is known.

    `values` are what the row says; `guesses`, in groups, hold where no row says otherwise. `key` names a
    record that is new, `id` a recorded one.
    """

    record: type[Record]
    values: Values
    id: Any = None
    key: Hashable = None
    columns: Mapping[str, str] = field(default_factory=dict)
    guesses: Sequence[Values] = ()

    @property
    def identity(self) -> Hashable:
        return self.record, self.id, self.key


@dataclass
class _Told:
    place: Place
    notes: list[str]
    values: Values


class Memory:
    """By record: what has been said of it, where first; and the names of carriers whose level was guessed."""

    def __init__(self) -> None:
        self._told: dict[Hashable, _Told] = {}
        self.guessed: set[str] = set()

    def contradiction(self, planned: Planned) -> tuple[str, Place] | None:
        """The field of which an earlier row says something else, and where that row stands."""
        told = self._told.get(planned.identity)
        if told is None:
            return None
        for name, value in planned.values.items():
            # Names are the same in all but their spelling, and remarks add to each other.
            if name not in ("name", "note") and name in told.values and told.values[name] != value:
                return name, told.place
        return None

    def remark(self, planned: Planned, note: str) -> None:
        """Say something at the row that spoke of the record first."""
        told = self._told.get(planned.identity)
        if told is not None and note not in told.notes:
            told.notes.append(note)

    def remember(self, planned: Planned, place: Place, notes: list[str]) -> None:
        """Add what a row says to what earlier ones have said."""
        told = self._told.setdefault(planned.identity, _Told(place, notes, {}))
        for name, value in planned.values.items():
            if name == "note" and told.values.get("note"):
                if value not in told.values["note"].split("\n"):
                    told.values["note"] += f"\n{value}"
            else:
                told.values.setdefault(name, value)

    def wanted(self, planned: Planned) -> Wanted:
        """The record with all that the file says of it; of a recorded one what this row says."""
        told = self._told[planned.identity].values
        values = dict(told) if planned.id is None else {name: told[name] for name in planned.values}
        for guess in planned.guesses:
            if not values.keys() & guess.keys():
                values |= guess
        return Wanted(planned.record, values, planned.id, planned.key, planned.columns)
