"""What somebody is written about, given what they were written about before.

The things are those of Meine Aufgaben (`to_do`); nothing is reckoned anew. Decisions:

- A thing goes to the unit that has to see to it; where nobody there gets mails who may see it, to the next
  one above that has somebody. So it goes neither to every unit above nor to nobody.
- It is told once when it is first known, once when it is time (as early as the calendar reminds of it), and
  once when it is overdue. Told late, after days without a run, it is told as what it is by then.
- Still overdue a week after that was told, it is told once more, and then to the next unit above as well.
- A day that has moved makes a new thing of it, told with the day before.
- Who coordinates is told once the day of a round is past who has not answered, a list per round; without
  those of whom the same mail tells by themselves. The list goes to nobody above.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from steering.analysis.dates.to_do import ToDo, Urgency, missing_answers, to_do
from steering.analysis.portfolio import Portfolio
from steering.model import ToldStage

AGAIN_AFTER = timedelta(days=7)
_ORDER = list(ToldStage)
_STAGES = {
    Urgency.LATER: ToldStage.KNOWN,
    Urgency.NOW: ToldStage.DUE,
    Urgency.OVERDUE: ToldStage.OVERDUE,
}


@dataclass(frozen=True)
class Recipient:
    """Somebody who gets mails: as the ledger knows them, for which unit, and whether they may see what is for
    the administration only. `coordinates`: they may change what is any unit's."""

    key: str
    unit: int
    internal: bool
    coordinates: bool = False


@dataclass(frozen=True)
class LastTold:
    """What was last told of a thing to somebody: for which day, as what, and when."""

    day: date
    stage: ToldStage
    on: date


@dataclass(frozen=True)
class Tiding:
    """A thing to tell.

    `before`: the day it was told for, where that has moved; `below`: it is that of a unit below the own one.
    """

    thing: ToDo
    stage: ToldStage
    before: date | None = None
    below: bool = False


Ledger = Mapping[str, Mapping[str, LastTold]]
"""By recipient and by the key of the thing."""


def news(
    portfolio: Portfolio, rows: pd.DataFrame, recipients: Sequence[Recipient], told: Ledger, today: date
) -> dict[str, list[Tiding]]:
    """What is to be told to whom on a day, by recipient; an empty list where there is nothing.

    `rows`: all dates of that day, as `dates.dated` gives them, with what is internal.
    """
    units = _lowest_first(portfolio, {each.unit for each in recipients})
    things = {unit: to_do(portfolio, rows, today, unit) for unit in units}
    found: dict[str, list[Tiding]] = {}
    # What is told again in each unit, and what those below it have taken.
    again: dict[int, dict[str, ToDo]] = {}
    for unit in units:
        below = _nearest_below(portfolio, unit, units)
        taken = _taken(unit, things, recipients, portfolio, units)
        from_below = {key: thing for each in below for key, thing in again[each].items()}
        again[unit] = {}
        for each in recipients:
            if each.unit != unit:
                continue
            seen = [thing for thing in things[unit] if each.internal or not thing.internal]
            own = [thing for thing in seen if thing.key not in taken]
            passed_up = [thing for thing in seen if thing.key in from_below and thing.key in taken]
            known = told.get(each.key, {})
            found[each.key] = [*_own(own, known, today), *_from_below(passed_up, known)]
            if each.coordinates:
                by_themselves = {thing.key for thing in (*own, *passed_up)}
                silent = missing_answers(portfolio, today, by_themselves)
                seen = [thing for thing in silent if each.internal or not thing.internal]
                found[each.key] += _own(seen, known, today)
            again[unit] |= {one.key: one for one in own if _is_told_again(one, known, found[each.key])}
    return found


def _own(things: Sequence[ToDo], told: Mapping[str, LastTold], today: date) -> Iterator[Tiding]:
    for thing in things:
        stage, before = _STAGES[thing.urgency], told.get(thing.key)
        if before is None or before.day != thing.day:
            yield Tiding(thing, stage, before.day if before else None)
            continue
        late_again = before.stage is ToldStage.OVERDUE and today - before.on >= AGAIN_AFTER
        if stage is ToldStage.OVERDUE and late_again:
            yield Tiding(thing, ToldStage.AGAIN)
        elif _ORDER.index(stage) > _ORDER.index(before.stage):
            yield Tiding(thing, stage)


def _from_below(things: Sequence[ToDo], told: Mapping[str, LastTold]) -> Iterator[Tiding]:
    for thing in things:
        before = told.get(thing.key)
        if before is None or before.day != thing.day or before.stage is not ToldStage.AGAIN:
            yield Tiding(thing, ToldStage.AGAIN, below=True)


def _is_told_again(thing: ToDo, told: Mapping[str, LastTold], found: Collection[Tiding]) -> bool:
    """Whether it is overdue for the second time: now, or already before."""
    if any(each.thing.key == thing.key and each.stage is ToldStage.AGAIN for each in found):
        return True
    before = told.get(thing.key)
    return before is not None and before.day == thing.day and before.stage is ToldStage.AGAIN


def _taken(
    unit: int,
    things: Mapping[int, Sequence[ToDo]],
    recipients: Sequence[Recipient],
    portfolio: Portfolio,
    units: Sequence[int],
) -> set[str]:
    """The things that somebody in a unit below is told."""
    found: set[str] = set()
    for other in units:
        if other != unit and unit in _line(portfolio, other):
            sees_all = any(each.internal for each in recipients if each.unit == other)
            found |= {thing.key for thing in things[other] if sees_all or not thing.internal}
    return found


def _nearest_below(portfolio: Portfolio, unit: int, units: Sequence[int]) -> list[int]:
    """The units with recipients of which this is the next one above that has some."""

    def next_above(other: int) -> int | None:
        return next((each for each in _line(portfolio, other)[1:] if each in units), None)

    return [other for other in units if next_above(other) == unit]


def _lowest_first(portfolio: Portfolio, units: Collection[int]) -> list[int]:
    there = [unit for unit in units if unit in set(portfolio.organisations["id"])]
    return sorted(there, key=lambda unit: (-len(_line(portfolio, unit)), unit))


def _line(portfolio: Portfolio, unit: int) -> list[int]:
    """A unit and those above it, the nearest first."""
    parents = portfolio.organisations.set_index("id")["parent_id"].dropna().astype(int).to_dict()
    found: list[int] = []
    step: int | None = unit
    while step is not None and step not in found:
        found.append(step)
        step = parents.get(step)
    return found
