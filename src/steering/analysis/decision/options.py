"""The answers to a question: what each costs the Landkreis, how many posts it keeps, what is lost.

Decisions:

- Each answer is a list of changes, and its figures are those of the scenario with them: there is no other
  reckoning. Measures in force stay counted, assumptions of a what-if are left out.
- Letting it run out is the scenario as it is; where that runs the money beyond its end, the end comes first.
- A follow-up grant goes on as the present one for three years, bridging to the half-year after the next one.
- What is not recorded is estimated by a rule of the house or of the programme, and kept apart from sums.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from enum import StrEnum

import numpy as np
import pandas as pd

from steering.analysis.changes import EndFunding, ExtendFunding, ScenarioChange, SetOnLoss
from steering.analysis.decision.losses import Loss, losses
from steering.analysis.decision.question import DecisionQuestion
from steering.analysis.intervals import days
from steering.analysis.lives import lifecycle, spans
from steering.analysis.money import sums
from steering.analysis.money.estimates import Reckoning, yearly
from steering.analysis.money.flows import UNCOVERED, flows
from steering.analysis.portfolio import Portfolio
from steering.analysis.scenarios import scenario
from steering.analysis.view import Horizon, View
from steering.model import Extension, OnLoss, Payer

YEARS_SHOWN = 3
FOLLOW_UP_MONTHS = 36
BRIDGES_OFFERED = 4
_ON_THE_COUNTY = (Payer.OWN.value, UNCOVERED)


class OptionKind(StrEnum):
    EXPIRE = "expire"
    BRIDGE = "bridge"
    OWN = "own"
    FOLLOW_UP = "follow_up"


@dataclass(frozen=True)
class YearMoney:
    """What falls on the Landkreis in a budget year, in cents: own money and what nothing else covers.

    `recorded`: the sum of what the records say; `estimated`: of what rules say beside that, None where
    nothing is estimated, `example` where such a rule is made up; `unknown`: amounts that neither says.
    """

    year: int
    recorded: float
    estimated: float | None
    example: bool
    unknown: int


@dataclass(frozen=True)
class Posts:
    """Full-time equivalents on 31 December, and how many structures run with an unknown size."""

    year: int
    fte: float
    unknown: int


@dataclass(frozen=True)
class Estimate:
    """By what a structure's unrecorded cost is estimated, and with how many full-time equivalents."""

    structure_id: int
    fte: float
    reckoning: Reckoning


@dataclass(frozen=True)
class Option:
    """An answer; `until` where it holds up to a day, `at_until` the posts on it.

    `lost_from`: the day from which the tasks of `losses` are without a provider.
    """

    kind: OptionKind
    changes: tuple[ScenarioChange, ...]
    until: date | None
    at_until: Posts | None
    money: tuple[YearMoney, ...]
    posts: tuple[Posts, ...]
    losses: tuple[Loss, ...]
    lost_from: date | None
    estimates: tuple[Estimate, ...]


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
    told = _changes(near, view, question, bridge_until or bridges(question.end)[0])
    return tuple(_option(near, view, question, *each) for each in told)


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


_Told = tuple[OptionKind, tuple[ScenarioChange, ...], date | None, date | None]


def _changes(portfolio: Portfolio, view: View, question: DecisionQuestion, bridge: date) -> list[_Told]:
    """Kind, changes, until when it holds, and the last day after which tasks may lose their provider."""
    end = question.end
    ended = _ended(portfolio, view, question)
    sizes = {one.structure_id: one.fte for one in question.endings}
    bridged = tuple(SetOnLoss(key, OnLoss.CONTINUES, size, bridge) for key, size in sizes.items())
    own = tuple(SetOnLoss(key, OnLoss.CONTINUES, size) for key, size in sizes.items())
    told: list[_Told] = [
        (OptionKind.EXPIRE, ended, None, end),
        (OptionKind.BRIDGE, (*ended, *bridged), bridge, bridge),
        (OptionKind.OWN, (*ended, *own), None, None),
    ]
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


def _option(
    portfolio: Portfolio,
    view: View,
    question: DecisionQuestion,
    kind: OptionKind,
    changes: tuple[ScenarioChange, ...],
    until: date | None,
    last: date | None,
) -> Option:
    every = (*view.scenario.changes, *changes)
    look = replace(view, scenario=replace(view.scenario, changes=every))
    lost = () if last is None else losses(portfolio, look, dict.fromkeys(question.structures, last))
    estimated = _estimates(portfolio, look, question)
    lives = lifecycle.lives(portfolio, look)
    lives = lives[lives["structure_id"].isin(question.structures)]
    years = _years(view, question.end)
    return Option(
        kind, changes, until, None if until is None else _on_day(lives, until),
        _money(portfolio, look, question, years, estimated),
        tuple(_on_day(lives, date(year, 12, 31)) for year in years),
        lost, last + timedelta(days=1) if lost and last else None,
        tuple(estimated.values()),
    )  # fmt: skip


def _years(view: View, end: date) -> range:
    first = (end + timedelta(days=1)).year
    return range(first, max(min(first + YEARS_SHOWN, view.horizon.last.year + 1), first))


def _estimates(portfolio: Portfolio, look: View, question: DecisionQuestion) -> dict[int, Estimate]:
    """What can be estimated of structures that go on by own means and whose cost is not recorded."""
    applied = scenario.apply(portfolio, look.scenario.changes).structures
    goes_on = applied[applied["id"].isin(question.structures) & (applied["on_loss"] == OnLoss.CONTINUES)]
    sizes = goes_on.set_index("id")["fte_after"].dropna()
    rows = yearly(portfolio, look)
    return {
        int(row["structure_id"]): Estimate(
            int(row["structure_id"]), float(sizes[row["structure_id"]]), row["reckoning"]
        )
        for row in rows[rows["structure_id"].isin(sizes.index)].to_dict("records")
        if row["reckoning"].rule is not None
    }


def _money(
    portfolio: Portfolio,
    look: View,
    question: DecisionQuestion,
    years: range,
    estimated: Mapping[int, Estimate],
) -> tuple[YearMoney, ...]:
    found = flows(portfolio, look)
    found = found[found["structure_id"].isin(question.structures) & found["payer"].isin(_ON_THE_COUNTY)]
    return tuple(_of_year(found, look.horizon, year, estimated) for year in years)


def _of_year(
    found: pd.DataFrame, horizon: Horizon, year: int, estimated: Mapping[int, Estimate]
) -> YearMoney:
    first, last = max(date(year, 1, 1), horizon.first), min(date(year, 12, 31), horizon.last)
    found = lifecycle.clip(found, Horizon(first, last))
    guessed = found[~found["known"] & (found["payer"] == UNCOVERED)]
    guessed = guessed[guessed["structure_id"].isin(list(estimated))]
    periods = pd.DataFrame({"first": [first], "last": [last]}).astype("datetime64[s]")
    rest = sums.totals(found.drop(guessed.index), periods)
    share = ((guessed["end"] - guessed["start"]).dt.days + 1) / (
        date(year, 12, 31) - date(year - 1, 12, 31)
    ).days
    parts = [estimated[int(key)] for key in guessed["structure_id"]]
    rules = [part.reckoning.rule for part in parts if part.reckoning.rule is not None]
    cents = sum(
        of_year * part.fte * rule.rate_cents for of_year, part, rule in zip(share, parts, rules, strict=True)
    )
    return YearMoney(
        year,
        float(rest["cents"].fillna(0.0).sum()),
        float(cents) if parts else None,
        any(rule.example for rule in rules),
        int(rest["unknown_rows"].sum()),
    )


def _on_day(lives: pd.DataFrame, when: date) -> Posts:
    day = pd.Timestamp(when)
    rows = lives[~(lives["start"] > day) & ~(lives["end"] < day)]
    return Posts(when.year, float(rows["fte"].sum()), int(rows["fte"].isna().sum()))
