"""One thing that is due on a day, and whom it concerns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from typing import Any, NamedTuple

import pandas as pd

from steering.analysis.once import once
from steering.analysis.portfolio import Portfolio
from steering.analysis.structures.directory import directory, lineages
from steering.analysis.structures.inventory import Selection
from steering.model import DateKind, Provenance

Words = frozenset[str]

# How many days ahead one is reminded, where nothing else says so.
REMINDED = {
    DateKind.FUNDING_END: 90,
    DateKind.STRUCTURE_END: 90,
    DateKind.APPLY_BY: 28,
    DateKind.DECIDE_BY: 28,
    DateKind.PROOF_DUE: 28,
    DateKind.AGREEMENT_END: 28,
    DateKind.NOTICE_BY: 28,
    DateKind.RESUBMIT: 1,
    DateKind.MILESTONE: 14,
    DateKind.ROUND: 1,
    DateKind.AGREED: 7,
}
# How long before the Vorlagenschluss one is reminded of a sitting.
PAPERS_TAKE = timedelta(days=14)
EVERYTHING = Selection()


@dataclass(frozen=True, order=True)
class Audience:
    """Whom a date concerns, in the terms of the filters; `everyone` passes whatever is chosen.

    `meetings`: the ids of the rounds that it comes from; `internal`: it is for the administration only.
    """

    levels: Words = frozenset()
    organisations: Words = frozenset()
    fields: Words = frozenset()
    municipalities: Words = frozenset()
    everyone: bool = False
    meetings: Words = frozenset()
    internal: bool = False

    def passes(self, selection: Selection) -> bool:
        """Whether the filters let it through, as they do a structure."""
        pairs = (
            (self.levels, selection.levels),
            (self.organisations, selection.organisations),
            (self.fields, selection.fields),
            (self.municipalities, selection.municipalities),
        )
        return self.everyone or all(not wanted or bool(wanted & own) for own, wanted in pairs)

    def __or__(self, other: Audience) -> Audience:
        return Audience(
            self.levels | other.levels,
            self.organisations | other.organisations,
            self.fields | other.fields,
            self.municipalities | other.municipalities,
            self.everyone or other.everyone,
            self.meetings | other.meetings,
            self.internal or other.internal,
        )


@dataclass(frozen=True)
class WantedDates:
    """Which dates a calendar is to have: what the filters let through, or what comes from one round.

    What is for the administration only, with `internal` alone; without `examples`, nothing that rests on one.
    """

    selection: Selection = EVERYTHING
    meeting: int | None = None
    internal: bool = False
    examples: bool = True

    def takes(self, scope: Audience) -> bool:
        """Whether a date that concerns these belongs in it."""
        if scope.internal and not self.internal:
            return False
        if self.meeting is not None:
            return str(self.meeting) in scope.meetings
        return scope.passes(self.selection)


class Due(NamedTuple):
    """What is due; its order is that of the calendar.

    `key` names it for good, such as "funding-12-end"; `estimated`: no directive or calendar gives the day;
    `example`: it rests on an example; `notes`: German sentences. `begins` and `ends`: times of the clock as
    HH:MM, empty where it is about the whole day. `by_others`: the decision is not the Landkreis's.
    `up_to`: short names of the organisations that are to see to it, with those above them; empty where it is
    up to nobody in particular. `papers_by`: the Vorlagenschluss before a decision, where a sitting gives it.
    `said`: what a list says of it, which names no estimated day to decide.
    """

    day: date
    key: str
    kind: DateKind
    subject: str
    remind_on: date
    estimated: bool
    example: bool
    notes: tuple[str, ...]
    scope: Audience
    begins: str = ""
    ends: str = ""
    place: str = ""
    by_others: bool = False
    up_to: Words = frozenset()
    papers_by: date | None = None
    said: str = ""


def due(
    kind: DateKind,
    record: str,
    day: date,
    subject: str,
    *notes: str,
    scope: Audience,
    estimated: bool = False,
    example: bool = False,
    ready_by: date | None = None,
    begins: str = "",
    ends: str = "",
    place: str = "",
    up_to: Words = frozenset(),
) -> Due:
    """With its reminder; `record` is what it belongs to, `ready_by` the day on which its papers close."""
    remind_on = ready_by - PAPERS_TAKE if ready_by else day - timedelta(days=REMINDED[kind])
    written = tuple(note for note in notes if note)
    key = f"{record}-{kind.value}"
    return Due(
        day, key, kind, subject, remind_on, estimated, example, written, scope, begins, ends, place,
        up_to=up_to, papers_by=ready_by,
    )  # fmt: skip


def examples(rows: pd.DataFrame) -> set[int]:
    """The ids of the records that are examples."""
    return set(rows.loc[rows["provenance"] == Provenance.EXAMPLE, "id"])


def record_of(key: str) -> tuple[str, int]:
    """The kind of record that a key of a date names, and its id: "funding-12-end" is of funding 12."""
    record, number, *_ = key.split("-")
    return record, int(number)


@once
def of_structures(portfolio: Portfolio) -> dict[int, Audience]:
    """The scope of each structure, by its id."""
    rows = directory(portfolio)
    return {
        row["structure_id"]: Audience(
            frozenset([row["level"]]),
            row["organisation_slugs"],
            row["fields"],
            row["municipalities"] | ({row["seat_ags"]} if isinstance(row["seat_ags"], str) else frozenset()),
        )
        for row in rows.to_dict("records")
    }


@once
def keepers(portfolio: Portfolio) -> dict[int, Words]:
    """Who sees to each structure, by its id: its carrier and the unit that prepares what is decided about it,
    each with those above."""
    above = lineages(portfolio.organisations.set_index("id"))
    rows = portfolio.structures
    return {
        key: above.get(carrier, frozenset()) | above.get(unit, frozenset())
        for key, carrier, unit in zip(rows["id"], rows["organisation_id"], rows["department_id"], strict=True)
    }


def together(scopes: list[Audience]) -> Audience:
    """What any of them concerns."""
    return reduce(Audience.__or__, scopes, Audience())


def plain_day(value: Any) -> date | None:
    """A day of a frame; None for NaT."""
    return None if pd.isna(value) else value.date()
