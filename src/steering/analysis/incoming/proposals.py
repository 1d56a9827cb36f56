"""What taking over a file would do, row by row, before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from steering.analysis.incoming.rows import IncomingRow, Refusal, Wanted

BOOKKEEPING = frozenset({"confirmation_item", "confirmation_request", "survey_request"})
"""Tables that say what came back from whom, beside the records themselves."""


class RowOutcome(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    OUTSIDE = "outside"
    REFUSED = "refused"


OUTCOME_WORDS = {
    RowOutcome.NEW: "neu",
    RowOutcome.CHANGED: "geändert",
    RowOutcome.UNCHANGED: "unverändert",
    RowOutcome.OUTSIDE: "außerhalb des Landkreises",
    RowOutcome.REFUSED: "abgewiesen",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of an existing record that a row wants to change; `table` and `field` are the model's names."""

    table: str
    key: Any
    field: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Twin:
    """An existing record that a new one may already be: its id, its name, how alike (0 to 100)."""

    id: Any
    name: str
    likeness: int


@dataclass(frozen=True, slots=True)
class JudgedRow:
    """A row with its outcome. `wanted` are its records checked and complete, in the model's types.

    A row outside the Kreis has its records too, so that it can be taken all the same.
    """

    row: IncomingRow
    outcome: RowOutcome
    wanted: tuple[Wanted, ...] = ()
    differences: tuple[Difference, ...] = ()
    twins: tuple[Twin, ...] = ()
    refusals: tuple[Refusal, ...] = ()

    @property
    def only_noted(self) -> bool:
        """Whether it changes nothing but what is kept about a carrier's answer."""
        return self.outcome == RowOutcome.CHANGED and not self._of_records()

    @property
    def only_confirms(self) -> bool:
        """Whether it changes nothing of a record but the day on which it was confirmed."""
        return self.outcome == RowOutcome.CHANGED and self._of_records() == {"confirmed_on"}

    def _of_records(self) -> set[str]:
        made = {str(wanted.record.__tablename__) for wanted in self.wanted if wanted.id is None}
        changed = {each.field for each in self.differences if each.table not in BOOKKEEPING}
        return changed | (made - BOOKKEEPING)


@dataclass(frozen=True)
class Proposal:
    """All rows of an import, judged against one revision of one dataset.

    `notes` are sentences about the file as a whole, `decided` see `Reading`. The numbers of rows are their
    positions in `rows`.
    """

    dataset_id: str
    revision: int
    rows: tuple[JudgedRow, ...]
    notes: tuple[str, ...] = ()
    decided: Mapping[str, str] = field(default_factory=dict)
    counts: Mapping[RowOutcome, int] = field(init=False)

    def __post_init__(self) -> None:
        found = Counter(judged.outcome for judged in self.rows)
        object.__setattr__(self, "counts", {outcome: found[outcome] for outcome in RowOutcome})

    def numbers(self, *outcomes: RowOutcome) -> list[int]:
        """The numbers of the rows with one of these outcomes."""
        return [number for number, judged in enumerate(self.rows) if judged.outcome in outcomes]

    def confirmed(self) -> list[int]:
        """The rows that only confirm what is recorded."""
        return [number for number, judged in enumerate(self.rows) if judged.only_confirms]

    def noted(self) -> list[int]:
        """The rows that change no record, only what is kept about an answer."""
        return [number for number, judged in enumerate(self.rows) if judged.only_noted]

    def doubtful(self) -> list[int]:
        """The rows that would make a structure which may be recorded already."""
        return [number for number in self.takeable() if self.rows[number].twins]

    def with_refused(self, refused: Mapping[int, Sequence[Refusal]]) -> Proposal:
        """The same with some rows refused, by number."""
        rows = [
            replace(
                judged, outcome=RowOutcome.REFUSED, wanted=(), differences=(), refusals=tuple(refused[number])
            )
            if number in refused
            else judged
            for number, judged in enumerate(self.rows)
        ]
        return replace(self, rows=tuple(rows))

    def takeable(self) -> list[int]:
        """The rows that are taken over unless somebody chooses otherwise: what is new and what changes."""
        return self.numbers(RowOutcome.NEW, RowOutcome.CHANGED)

    def refusals(self) -> Iterable[Refusal]:
        """Every reason for which a row is refused."""
        return (refusal for judged in self.rows for refusal in judged.refusals)

    def report(self) -> dict[str, Any]:
        """The report as one JSON object; rows = new + changed + unchanged + outside + distinct refused."""
        return {
            "rows": len(self.rows),
            **{str(outcome): self.counts[outcome] for outcome in RowOutcome if outcome != RowOutcome.REFUSED},
            "notes": [
                *self.notes,
                *(f"{judged.row.place.words}: {note}" for judged in self.rows for note in judged.row.notes),
            ],
            "refused": [_refused(refusal) for refusal in self.refusals()],
            "outside_rows": [_outside(self.rows[number].row) for number in self.numbers(RowOutcome.OUTSIDE)],
        }


def _refused(refusal: Refusal) -> dict[str, Any]:
    return {
        "file": refusal.place.file,
        "sheet": refusal.place.sheet or None,
        "row": refusal.place.row,
        "column": refusal.column or None,
        "value": refusal.value or None,
        "reason": refusal.reason,
    }


def _outside(row: IncomingRow) -> dict[str, Any]:
    place = row.place
    return {"file": place.file, "sheet": place.sheet or None, "row": place.row, "read": row.outside}
