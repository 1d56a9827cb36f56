"""The chain of sittings to a decision, over recorded sittings only: who decides, who prepares, by when
papers are due.

Decisions beyond docs/rules.md#the-chain:

- Where the last year that matters has no recorded sitting, nobody knows the last one: the year is named, no
  day.
- Where the paper can no longer go through the committee that prepares, the deciding one may still take it
  alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from steering.analysis.intervals import days
from steering.analysis.intervals.days import NO_DAY, Days
from steering.analysis.portfolio import Portfolio
from steering.analysis.structures import sittings


@dataclass(frozen=True, slots=True)
class SittingDay:
    """A recorded sitting: its key, its committee, its day and its Vorlagenschluss as numbers."""

    key: int
    committee: int
    day: int
    papers: int

    @property
    def year(self) -> int:
        return _year(self.day)


@dataclass(frozen=True, slots=True)
class Chain:
    """The sittings up to a decision, or which are not recorded.

    `prepares`: None where no committee does, or it is too late for that. `unread`: the year whose sittings of
    the committee `unread_of` (None: there is no committee) are not recorded; then nothing else is known.
    `missed`: where all is recorded and nothing helps, the last sitting up to the end that is still to come:
    its Vorlagenschluss is past.
    """

    decides: SittingDay | None = None
    prepares: SittingDay | None = None
    too_late_to_prepare: bool = False
    unread: int | None = None
    unread_of: int | None = None
    missed: SittingDay | None = None

    @property
    def papers(self) -> int:
        """The day on which the first of its Vorlagenschlüsse is."""
        return min((each.papers for each in (self.prepares, self.decides) if each), default=NO_DAY)


class Chains:
    """Finds the last chain that still helps, for an end and what limits the decision about it."""

    def __init__(self, portfolio: Portfolio, today: date) -> None:
        recorded = sittings.recorded(portfolio)
        self._today = days.number(today)
        self._roles = sittings.roles(portfolio)
        self._years = sittings.years_read(recorded)
        every = _sittings(recorded)
        self._deciding = [each for each in every if each.committee == self._roles.decides]
        self._preparing = [each for each in every if each.committee in self._roles.prepares]

    def last(self, limit: int, end: int) -> Chain:
        """The last before the limit, else the last up to the end, else the last that nobody prepares any
        more."""
        for target in (limit - 1, end):
            if found := self._until(target):
                return found
        ahead = [each for each in self._deciding if self._today <= each.day <= end]
        late = [each for each in ahead if each.papers >= self._today]
        if late:
            return Chain(late[-1], too_late_to_prepare=bool(self._roles.prepares))
        return Chain(missed=ahead[-1] if ahead else None)

    def _until(self, target: int) -> Chain | None:
        """The last chain whose decision is on a day or before; None where there is none and all is
        recorded."""
        if target < self._today:
            return None
        decider = self._roles.decides
        if decider is None:
            return Chain(unread=_year(target))
        above = _year(target)
        for decides in reversed(self._deciding):
            if decides.day > target:
                continue
            if missing := self._unread([decider], decides.year, above):
                return Chain(unread=missing, unread_of=decider)
            if decides.papers < self._today:
                return None
            prepares = self._preparing_for(decides)
            if isinstance(prepares, Chain):
                return prepares
            if prepares is None or prepares.papers >= self._today:
                return Chain(decides, prepares)
        missing = self._unread([decider], _year(self._today) - 1, above)
        return Chain(unread=missing, unread_of=decider) if missing else None

    def _preparing_for(self, decides: SittingDay) -> SittingDay | Chain | None:
        """The last sitting before it of who prepares; a Chain that says which are not recorded."""
        if not self._roles.prepares:
            return None
        found = [each for each in self._preparing if each.day <= decides.day]
        since = found[-1].year if found else decides.year - 1
        if missing := self._unread(self._roles.prepares, since, decides.year):
            return Chain(unread=missing, unread_of=self._roles.prepares[0])
        # Recorded, but none before this one: as good as too late.
        return found[-1] if found else SittingDay(-1, -1, NO_DAY, NO_DAY)

    def _unread(self, committees: Sequence[int], after: int, until: int) -> int | None:
        """The last year after one, up to another, in which none of these committees has a recorded
        sitting."""
        known = {year for key in committees for year in self._years.get(key, ())}
        return max((year for year in range(after + 1, until + 1) if year not in known), default=None)


def of_rows(portfolio: Portfolio, today: date, limit: Days, end: Days) -> list[Chain]:
    """The chain for each pair of a limit and an end."""
    finder, known = Chains(portfolio, today), dict[tuple[int, int], Chain]()
    pairs = list(zip(limit.tolist(), end.tolist(), strict=True))
    for pair in pairs:
        if pair not in known:
            known[pair] = finder.last(*pair)
    return [known[pair] for pair in pairs]


def _sittings(rows: pd.DataFrame) -> list[SittingDay]:
    """By day; of several on one day the latest entered last."""
    return sorted(_each(rows), key=lambda each: (each.day, each.key))


def _each(rows: pd.DataFrame) -> Iterator[SittingDay]:
    columns = (
        rows["id"].tolist(),
        rows["committee_id"].tolist(),
        days.numbers(rows["day"], NO_DAY).tolist(),
        days.numbers(rows["papers_due"], NO_DAY).tolist(),
    )
    for key, committee, day, papers in zip(*columns, strict=True):
        yield SittingDay(key, committee, day, papers)


def _year(day: int) -> int:
    return days.day(day).year
