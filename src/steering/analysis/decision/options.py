"""The answers to a question: what each costs the Landkreis, how many posts it keeps, what is lost.

Decisions:

- Each answer is a list of changes, and its figures are those of the scenario with them: there is no other
  reckoning. Measures in force stay counted, assumptions of a what-if are left out.
- Letting it run out is the scenario as it is; where that runs the money beyond its end, the end comes first.
- What goes on beyond the day of a bridge by itself is not bridged: an answer never takes away what stays
  without one. Where that is all of it, bridging is no answer.
- A follow-up grant goes on as the present one for three years, bridging to the half-year after the next one.
- What is not recorded is estimated by a rule of the house or of the programme, and kept apart from sums.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

import numpy as np
import pandas as pd

from steering.analysis.changes import EndFunding, ExtendFunding, ScenarioChange, SetOnLoss
from steering.analysis.decision.losses import Loss, losses
from steering.analysis.decision.question import DecisionQuestion
from steering.analysis.intervals import days
from steering.analysis.lives import lifecycle, spans, stretches
from steering.analysis.money import county
from steering.analysis.money.county import YearMoney
from steering.analysis.money.estimates import Reckoning
from steering.analysis.once import unless_alike
from steering.analysis.portfolio import Portfolio
from steering.analysis.scenarios import scenario
from steering.analysis.view import View
from steering.model import Extension, OnLoss

YEARS_SHOWN = 3
FOLLOW_UP_MONTHS = 36
BRIDGES_OFFERED = 4


class OptionKind(StrEnum):
    EXPIRE = "expire"
    BRIDGE = "bridge"
    OWN = "own"
    FOLLOW_UP = "follow_up"


@dataclass(frozen=True)
class Posts:
    """Full-time equivalents on 31 December, and how many structures run with an unknown size."""

    year: int
    fte: float
    unknown: int


@dataclass(frozen=True)
class Option:
    """An answer; `until` where it holds up to a day, `at_until` the posts on it.

    `money` is what falls on the Landkreis, `today` the same of the present budget year (None where that is
    the first of `money`), `more` the same beyond what letting it run out costs; `estimates` says by
    structure how what is not recorded is reckoned. `lost_from`: the day from which the tasks of `losses` are
    without a provider. `going_on`: the structures that run by own means on the day after `until`, or after
    the end where it holds for good. `as_it_is`: the scenario without the answer comes to the same; where
    letting it run out is that, no other one is.
    """

    kind: OptionKind
    changes: tuple[ScenarioChange, ...]
    until: date | None
    at_until: Posts | None
    today: YearMoney | None
    money: tuple[YearMoney, ...]
    more: tuple[YearMoney, ...]
    posts: tuple[Posts, ...]
    losses: tuple[Loss, ...]
    lost_from: date | None
    estimates: tuple[tuple[int, Reckoning], ...]
    going_on: frozenset[int]
    as_it_is: bool


_Told = tuple[OptionKind, tuple[ScenarioChange, ...], date | None, date | None]


def bridges(end: date) -> tuple[date, ...]:
    """The ends of half-years up to which one can bridge, the first at least six months after the end."""
    found: list[date] = []
    year = end.year
    earliest = days.dates(days.add_months(np.array([days.number(end)]), 6))[0]
    while len(found) < BRIDGES_OFFERED:
        halves = (date(year, 6, 30), date(year, 12, 31))
        found += [day for day in halves if np.datetime64(day) >= earliest]
        year += 1
    return tuple(found[:BRIDGES_OFFERED])


def options(
    portfolio: Portfolio, view: View, question: DecisionQuestion, bridge_until: date | None = None
) -> tuple[Option, ...]:
    """The answers to a question in the view's scenario without its what-if."""
    view = view.without_what_if
    near = _near(portfolio, question, view.scenario.changes)
    return _answers(near, view, question, bridge_until or bridges(question.end)[0])


@unless_alike
def _answers(near: Portfolio, view: View, question: DecisionQuestion, bridge: date) -> tuple[Option, ...]:
    told = tuple(_changes(near, view, question, bridge))
    lost = _lost(near, view, question, told)
    return tuple(
        replace(option, losses=found, lost_from=last + timedelta(days=1) if found and last else None)
        for option, found, (_, _, _, last) in zip(
            _figures(near, view, question, told), lost, told, strict=True
        )
    )


# What is lost rests on more (needs among them) than money and posts do: an edit there leaves these.
@unless_alike
def _figures(
    near: Portfolio, view: View, question: DecisionQuestion, told: tuple[_Told, ...]
) -> tuple[Option, ...]:
    """The answers without what is lost."""
    without = _flows(near, _with(view, told[0][1]), question)
    # Measures in force, or the scenario's rule, may do already what one of the other answers asks for.
    assumed = _course(near, view, question) if told[0][1] else None
    return tuple(_option(near, view, question, without, assumed, *each[:3]) for each in told)


class _Course(NamedTuple):
    """How the structures asked about go on, and what they cost whom, as reckoned where it is not recorded."""

    lives: pd.DataFrame
    flows: pd.DataFrame

    def is_as(self, other: _Course) -> bool:
        """Whether it comes to the same, however what is not recorded was reckoned."""
        mine, theirs = (each.flows.drop(columns="reckoning").reset_index(drop=True) for each in (self, other))
        return mine.equals(theirs) and self.lives.reset_index(drop=True).equals(
            other.lives.reset_index(drop=True)
        )


def _course(portfolio: Portfolio, look: View, question: DecisionQuestion) -> _Course:
    return _Course(_lives(portfolio, look, question), _flows(portfolio, look, question))


def _lost(
    near: Portfolio, view: View, question: DecisionQuestion, told: tuple[_Told, ...]
) -> Iterator[tuple[Loss, ...]]:
    for _, changes, _, last in told:
        ends = {} if last is None else dict.fromkeys(question.structures, last)
        yield losses(near, _with(view, changes), ends) if ends else ()


def _near(portfolio: Portfolio, question: DecisionQuestion, planned: tuple[ScenarioChange, ...]) -> Portfolio:
    """The same without the structures that have no task in common with those asked about."""
    done = portfolio.responsibilities
    tasks = done.loc[done["structure_id"].isin(question.structures), "task_id"]
    kept = {*question.structures, *done.loc[done["task_id"].isin(tasks), "structure_id"]}
    kept |= {change.structure_id for change in planned if hasattr(change, "structure_id")}
    named = {field.name for change in planned for field in fields(change)}
    if any(name.endswith("responsibility_id") for name in named):
        return portfolio  # What moves may come from anywhere.
    return portfolio.keeping({"structure": portfolio.structures["id"].isin(kept)})


def _changes(portfolio: Portfolio, view: View, question: DecisionQuestion, bridge: date) -> list[_Told]:
    """Kind, changes, until when it holds, and the last day after which tasks may lose their provider."""
    end = question.end
    ended = _ended(portfolio, view, question)
    sizes = {one.structure_id: one.fte for one in question.endings}
    lives = _lives(portfolio, _with(view, ended), question)
    ending = set(sizes) - _on_own_means(lives, bridge)
    bridged = tuple(
        SetOnLoss(key, OnLoss.CONTINUES, size, bridge) for key, size in sizes.items() if key in ending
    )
    own = tuple(SetOnLoss(key, OnLoss.CONTINUES, size) for key, size in sizes.items())
    told: list[_Told] = [(OptionKind.EXPIRE, ended, None, end)]
    if bridged:
        told.append((OptionKind.BRIDGE, (*ended, *bridged), bridge, bridge))
    told.append((OptionKind.OWN, (*ended, *own), None, None))
    granted = [one for one in question.endings if one.extension != Extension.RULED_OUT]
    if granted:
        until = days.dates(days.add_months(np.array([days.number(end)]), FOLLOW_UP_MONTHS))[0].astype(date)
        last = pd.Timestamp(until).date()
        again = tuple(ExtendFunding(key, last) for one in granted for key in one.fundings)
        told.append((OptionKind.FOLLOW_UP, again, last, None))
    return told


def _ended(portfolio: Portfolio, view: View, question: DecisionQuestion) -> tuple[ScenarioChange, ...]:
    """The ends of those fundings that the view's scenario runs beyond the day."""
    applied = scenario.apply(portfolio, view.scenario.changes)
    found = spans.fundings(applied, view.without_changes)
    final = dict(zip(found.records["id"], found.effective.final, strict=True))
    last = days.number(question.end)
    return tuple(EndFunding(key, question.end) for key in question.fundings if final.get(key, last) > last)


def _with(view: View, changes: tuple[ScenarioChange, ...]) -> View:
    return replace(view, scenario=replace(view.scenario, changes=(*view.scenario.changes, *changes)))


def _flows(portfolio: Portfolio, look: View, question: DecisionQuestion) -> pd.DataFrame:
    found = county.reckoned(portfolio, look)
    return found[found["structure_id"].isin(question.structures)]


def _option(
    portfolio: Portfolio,
    view: View,
    question: DecisionQuestion,
    without: pd.DataFrame,
    assumed: _Course | None,
    kind: OptionKind,
    changes: tuple[ScenarioChange, ...],
    until: date | None,
) -> Option:
    look, years = _with(view, changes), _years(view, question.end)
    course = _course(portfolio, look, question)
    lives, found = course
    used = dict(found.loc[found["reckoning"].notna(), ["structure_id", "reckoning"]].to_numpy().tolist())
    return Option(
        kind, changes, until, None if until is None else _on_day(lives, until),
        _today(view, without, years),
        county.per_year(found, look.horizon, years),
        county.more_per_year(without, found, look.horizon, years),
        tuple(_on_day(lives, date(year, 12, 31)) for year in years),
        (), None, tuple(used.items()), _on_own_means(lives, until or question.end),
        course.is_as(assumed) if assumed else not changes,
    )  # fmt: skip


def _today(view: View, without: pd.DataFrame, years: range) -> YearMoney | None:
    """What the present budget year costs, whatever is decided; None where the years shown begin with it."""
    year = view.today.year
    return county.per_year(without, view.horizon, [year])[0] if year < years.start else None


def _years(view: View, end: date) -> range:
    first = (end + timedelta(days=1)).year
    return range(first, max(min(first + YEARS_SHOWN, view.horizon.last.year + 1), first))


def _lives(portfolio: Portfolio, look: View, question: DecisionQuestion) -> pd.DataFrame:
    lives = lifecycle.lives(portfolio, look)
    return lives[lives["structure_id"].isin(question.structures)]


def _on_own_means(lives: pd.DataFrame, after: date) -> frozenset[int]:
    """The structures that run by own means on the next day."""
    rows = _at(lives, after + timedelta(days=1))
    return frozenset(rows.loc[rows["support"] == stretches.OWN_MEANS, "structure_id"].astype(int))


def _on_day(lives: pd.DataFrame, when: date) -> Posts:
    rows = _at(lives, when)
    return Posts(when.year, float(rows["fte"].sum()), int(rows["fte"].isna().sum()))


def _at(lives: pd.DataFrame, when: date) -> pd.DataFrame:
    day = pd.Timestamp(when)
    return lives[~(lives["start"] > day) & ~(lives["end"] < day)]
