"""What a reader of files hands over: rows, the records each row means, and what was wrong with it.

Nothing here knows where a file came from or where records are kept, so that readers and storage need not
know each other.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any

from steering.model import Record


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands: the file's name, the sheet ("" where the format has none), the row from 1."""

    file: str
    sheet: str
    row: int

    @property
    def words(self) -> str:
        sheet = f"Blatt »{self.sheet}«, " if self.sheet else ""
        return f"{self.file}, {sheet}Zeile {self.row}"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a row cannot be taken: the heading of the column, what stands there, and what to do, in German.

    `column` and `value` are "" where the row as a whole is meant.
    """

    place: Place
    column: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class New:
    """As a value: the key of the record of that type which some row makes under that `key`."""

    record: type[Record]
    key: Hashable


@dataclass(frozen=True, slots=True)
class Wanted:
    """A record as a row wants it to be.

    `values` are fields in the model's names; lists a record owns (target_groups, municipalities,
    organisations, tasks) are values like others. What is not named stays as it is, or gets its default.
    `id` names the existing record that is meant; without one a new record is made, once for all rows
    that want the same `key` (the first row's values hold). Records identified by a key of their own
    (Municipality by its AGS) carry it in `values`.
    `columns` says in which column of the file a field was read, for refusals. `version` is that of the
    record when the file was written, where the file says so: what was saved since is not overwritten.
    """

    record: type[Record]
    values: Mapping[str, Any]
    id: Any = None
    key: Hashable = None
    columns: Mapping[str, str] = field(default_factory=dict)
    version: int | None = None


@dataclass(frozen=True, slots=True)
class IncomingRow:
    """One data row of a file with everything it means.

    The first of `records` is what the row is about; the others (a new carrier, a funding) belong to it,
    and stand after what they point to or before it, as is convenient. `cells` are the row as it came,
    by heading, for giving it back: texts, numbers, days. `outside` says why the row does not concern the
    own Kreis, "" where it does. `notes` say in German how something was understood that could be read in
    two ways. `amount`: the money in cents that the row names, read or not taken; `repeats`: whether another
    row names the same money, so that it counts there; `withheld`: money in cents that stands for several rows
    together and is not taken.
    """

    place: Place
    title: str
    records: tuple[Wanted, ...] = ()
    cells: Mapping[str, Any] = field(default_factory=dict)
    outside: str = ""
    refusals: tuple[Refusal, ...] = ()
    notes: tuple[str, ...] = ()
    amount: int | None = None
    repeats: bool = False
    withheld: int | None = None


@dataclass(frozen=True)
class Reading:
    """What a reader made of a file: its rows, and sentences about how the file was understood.

    `decided`: what people decided about its columns, as text by the header that it is about; it is
    remembered when rows are taken over.
    """

    rows: tuple[IncomingRow, ...]
    notes: tuple[str, ...] = ()
    decided: Mapping[str, str] = field(default_factory=dict)
