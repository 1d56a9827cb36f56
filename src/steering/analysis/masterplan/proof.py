"""The Masterplan proves itself: what is open in each period without it and with it, and who closes what.

Counted are findings by their key: work that nobody does although it is needed, or that two do, without what
is abgestimmt or intern. A finding counts in each period in which it holds on a day.

How contributions add up. Let f(S) be the findings of a period with the measures S. A measure m closes
*alone* f({}) - f({m}), and *as the last one* f(all without m) - f(all). Where measures touch different
findings the two are the same, and their sum over the measures is what the plan closes; where two are
needed for one finding, alone is less than last, and where either would do, it is more. *In turn*, each
after those with a smaller id, contributions always add up to what the plan closes. Negative: it opens more.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from steering.analysis import selecting
from steering.analysis.changes import ScenarioChange
from steering.analysis.findings import of_tasks
from steering.analysis.findings.counted import holding, pending
from steering.analysis.findings.kinds import COUNTED
from steering.analysis.masterplan import plan
from steering.analysis.masterplan.periods import periods
from steering.analysis.portfolio import Portfolio
from steering.analysis.scenarios.scenario import apply
from steering.analysis.structures.inventory import EVERYTHING, Selection
from steering.analysis.view import View


@dataclass(frozen=True, eq=False)
class Proof:
    """What the plan closes.

    `periods`: first, last, name, without, with_plan (numbers of findings), closed, opened (keys that are
    only in the one or the other), one row per period.
    `kinds`: kind, period (its row), without, with_plan.
    `contributions`: measure_id, period (its row), alone, last, in_turn; for each measure that acts.
    `left`: the findings that some period has with the plan, as `findings.standing` gives them, with
    `named`: whether a measure in force says that it answers it.
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

    without, with_plan = judged([]), judged(list(acting))
    before, after = (_keys(found, at) for found in (without, with_plan))
    counts: dict[tuple[int, ...], np.ndarray] = {}

    def counted(measures: Sequence[int]) -> np.ndarray:
        some = tuple(measures)
        if some not in counts:
            counts[some] = _counts(judged(some), at)
        return counts[some]

    return Proof(
        at.assign(
            without=[len(keys) for keys in before],
            with_plan=[len(keys) for keys in after],
            closed=[len(old - new) for old, new in zip(before, after, strict=True)],
            opened=[len(new - old) for old, new in zip(before, after, strict=True)],
        ),
        _by_kind(without, with_plan, at),
        _contributions(list(acting), counted),
        _left(portfolio, with_plan, at, ideas=ideas),
    )


def _keys(found: pd.DataFrame, at: pd.DataFrame) -> list[set[str]]:
    """The keys of the findings that each period has on one of its days, as `holding` says it."""
    keys, start, end = (found[column].to_numpy() for column in ("key", "start", "end"))
    open_before, open_after = np.isnat(start), np.isnat(end)
    return [
        set(keys[(open_before | (start <= last)) & (open_after | (end >= first))].tolist())
        for first, last in zip(at["first"].to_numpy(), at["last"].to_numpy(), strict=True)
    ]


def _counts(found: pd.DataFrame, at: pd.DataFrame) -> np.ndarray:
    return np.array([len(keys) for keys in _keys(found, at)], dtype=np.int64)


def _by_kind(without: pd.DataFrame, with_plan: pd.DataFrame, at: pd.DataFrame) -> pd.DataFrame:
    parts = []
    for kind in COUNTED:
        sides = [_counts(found[found["kind"] == kind], at) for found in (without, with_plan)]
        part = {"kind": kind.value, "period": at.index, "without": sides[0], "with_plan": sides[1]}
        parts.append(pd.DataFrame(part))
    return pd.concat(parts, ignore_index=True)


def _contributions(measures: list[int], counts: Callable[[list[int]], np.ndarray]) -> pd.DataFrame:
    columns = ["measure_id", "period", "alone", "last", "in_turn"]
    parts = []
    for place, key in enumerate(measures):
        others = [other for other in measures if other != key]
        part = {
            "measure_id": key,
            "alone": counts([]) - counts([key]),
            "last": counts(others) - counts(measures),
            "in_turn": counts(measures[:place]) - counts(measures[: place + 1]),
        }
        parts.append(pd.DataFrame(part).reset_index(names="period")[columns])
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns, dtype="int64")


def _left(portfolio: Portfolio, found: pd.DataFrame, at: pd.DataFrame, *, ideas: bool) -> pd.DataFrame:
    measures = portfolio.measures
    measures = measures[measures["id"].isin(plan.in_force(portfolio, ideas=ideas))]
    links = portfolio.measure_needs
    needs = set(links.loc[links["measure_id"].isin(measures["id"]), "need_id"])
    keys = {key for answers in measures["answers"] for key in answers.split("\n") if key}
    if len(at):
        found = holding(found, at["first"].iloc[0], at["last"].iloc[-1])
    found = found.reset_index(drop=True)
    named = found["key"].isin(keys) | found["need_id"].isin(needs).fillna(False).astype(bool)
    return found.assign(named=named.astype(bool))
