"""The Masterplan proves itself: what is open in each period without it and with it, and who closes what.

Counted are the matters of findings (`findings.matters`): work that nobody does although it is needed, or that
two do, without what is abgestimmt or intern. A finding counts in each period in which it holds on a day.

How contributions add up. Let f(S) be the findings of a period with the measures S. A measure m closes
*alone* f({}) - f({m}), and *as the last one* f(all without m) - f(all). Where measures touch different
findings the two are the same, and their sum over the measures is what the plan closes; where two are
needed for one finding, alone is less than last, and where either would do, it is more. *In turn*, each
after those with a smaller id, contributions always add up to what the plan closes. Negative: it opens more.
What a measure opens is told apart, for one that closes as much as it opens does not do nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from steering.analysis import selecting
from steering.analysis.changes import ScenarioChange
from steering.analysis.findings import of_tasks
from steering.analysis.findings.counted import holding, pending
from steering.analysis.findings.difference import CLOSED, SHORTER, difference
from steering.analysis.findings.kinds import COUNTED
from steering.analysis.findings.matters import Matters
from steering.analysis.masterplan import plan
from steering.analysis.masterplan.counted import in_periods
from steering.analysis.masterplan.periods import periods
from steering.analysis.portfolio import Portfolio
from steering.analysis.scenarios.scenario import apply
from steering.analysis.structures.inventory import EVERYTHING, Selection
from steering.analysis.view import Horizon, View
from steering.model.finding_keys import FindingKey, participant


@dataclass(frozen=True, eq=False)
class Proof:
    """What the plan closes.

    `periods`: first, last, name, without, with_plan (numbers of findings), closed, opened (those that are
    only in the one or the other), one row per period.
    `kinds`: kind, period (its row), without, with_plan.
    `contributions`: measure_id, period (its row), alone, last, in_turn, and what is opened within each of
    them (alone_opened, last_opened, in_turn_opened); for each measure that acts.
    `left`: the findings that some period has with the plan, as `findings.standing` gives them, with `matter`
    and `answered`: whether a measure in force says that it answers it, or takes some of it away.
    """

    periods: pd.DataFrame
    kinds: pd.DataFrame
    contributions: pd.DataFrame
    left: pd.DataFrame


def proof(portfolio: Portfolio, view: View, ideas: bool = False, chosen: Selection = EVERYTHING) -> Proof:
    """The Masterplan judged by period under the view's extension rule, with its what-if on both sides.

    Of the findings those count that `chosen` lets through, without and with the plan; all measures act.
    """
    at = periods(portfolio, view)
    acting = {key: found for key, found in plan.in_force(portfolio, ideas=ideas).items() if found}
    known: dict[tuple[ScenarioChange, ...], pd.DataFrame] = {}

    def judged(measures: Sequence[int]) -> pd.DataFrame:
        changes = tuple(change for key in measures for change in acting[key])
        if changes not in known:
            at_hand = plan.planned(view, changes)
            found = pending(of_tasks(portfolio, at_hand, counted=True))
            known[changes] = (
                # Whom the plan adds takes part in findings too.
                selecting.selected_or_anybodys(apply(portfolio, at_hand.scenario.changes), found, chosen)
                if chosen.active
                else found
            )
        return known[changes]

    matters = Matters(judged([]))
    counted: dict[tuple[int, ...], list[set[str]]] = {}

    def open_with(measures: Sequence[int]) -> list[set[str]]:
        some = tuple(measures)
        if some not in counted:
            counted[some] = in_periods(matters.told(judged(some)), at)
        return counted[some]

    without, with_plan = (matters.told(judged(some)) for some in ([], list(acting)))
    before, after = open_with([]), open_with(list(acting))
    return Proof(
        at.assign(
            without=_numbers(before),
            with_plan=_numbers(after),
            closed=_only(before, after),
            opened=_only(after, before),
        ),
        _by_kind(without, with_plan, at),
        _contributions(list(acting), open_with),
        _left(portfolio, with_plan, at, _eased(without, with_plan, view.horizon), ideas=ideas),
    )


def _numbers(found: list[set[str]]) -> np.ndarray:
    return np.array([len(matters) for matters in found], dtype=np.int64)


def _only(here: list[set[str]], there: list[set[str]]) -> np.ndarray:
    """How many matters of each period are only on the one side."""
    return _numbers([one - other for one, other in zip(here, there, strict=True)])


def _by_kind(without: pd.DataFrame, with_plan: pd.DataFrame, at: pd.DataFrame) -> pd.DataFrame:
    parts = []
    for kind in COUNTED:
        sides = [_numbers(in_periods(found[found["kind"] == kind], at)) for found in (without, with_plan)]
        part = {"kind": kind.value, "period": at.index, "without": sides[0], "with_plan": sides[1]}
        parts.append(pd.DataFrame(part))
    return pd.concat(parts, ignore_index=True)


def _contributions(measures: list[int], open_with: Callable[[list[int]], list[set[str]]]) -> pd.DataFrame:
    orders = ["alone", "last", "in_turn"]
    columns = ["measure_id", "period", *orders, *(f"{order}_opened" for order in orders)]
    parts = []
    for place, key in enumerate(measures):
        others = [other for other in measures if other != key]
        part: dict[str, Any] = {"measure_id": key}
        before_it: list[list[int]] = [[], others, measures[:place]]
        for order, less in zip(orders, before_it, strict=True):
            before, after = open_with(less), open_with(sorted([*less, key]))
            part[f"{order}_opened"] = _only(after, before)
            part[order] = _only(before, after) - part[f"{order}_opened"]
        parts.append(pd.DataFrame(part).reset_index(names="period")[columns])
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns, dtype="int64")


def _eased(without: pd.DataFrame, with_plan: pd.DataFrame, horizon: Horizon) -> set[str]:
    """The matters of which the plan takes something away, other than by letting still more take part."""
    moved = difference(without, with_plan, horizon)
    less = without[without["key"].isin(moved.loc[moved["effect"].isin([CLOSED, SHORTER]), "key"])]
    new = with_plan[~with_plan["key"].isin(without["key"])]
    now = {matter: list(map(set, rows["participants"])) for matter, rows in new.groupby("matter")}
    return {
        matter
        for matter, participants in zip(less["matter"], less["participants"], strict=True)
        if not any(each > set(participants) for each in now.get(matter, []))
    }


def _left(
    portfolio: Portfolio, found: pd.DataFrame, at: pd.DataFrame, eased: set[str], *, ideas: bool
) -> pd.DataFrame:
    measures = portfolio.measures
    measures = measures[measures["id"].isin(plan.in_force(portfolio, ideas=ideas))]
    links = portfolio.measure_needs
    needs = set(links.loc[links["measure_id"].isin(measures["id"]), "need_id"])
    keys = {key for answers in measures["answers"] for key in answers.split("\n") if key}
    if len(at):
        found = holding(found, at["first"].iloc[0], at["last"].iloc[-1])
    found = found.reset_index(drop=True)
    answered = found["need_id"].isin(needs).fillna(False).astype(bool) | _named(found, keys)
    matters = eased.union(found.loc[answered, "matter"])
    return found.assign(answered=found["matter"].isin(matters).astype(bool))


def _named(found: pd.DataFrame, keys: set[str]) -> pd.Series:
    """Whether each finding has one of the keys, or one with fewer or more who take part."""
    about = defaultdict(list)
    for told in filter(None, map(FindingKey.read, keys)):
        about[told.kind.value, told.task, told.need].append(set(map(participant, told.participants)))
    subjects = found[["kind", "task_id", "need_id"]].astype(object)
    subjects = subjects.where(subjects.notna(), None)
    named = [
        any(each <= set(who) or each >= set(who) for each in about.get(subject, []) if each)
        for subject, who in zip(
            subjects.itertuples(index=False, name=None), found["participants"], strict=True
        )
    ]
    return found["key"].isin(keys) | pd.Series(named, index=found.index, dtype=bool)
