"""How much work the structures can do, quarter by quarter, under each reading of their ends."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from steering.analysis.intervals import days, falls, sizes
from steering.analysis.intervals.days import Days
from steering.analysis.intervals.ends import Mask
from steering.analysis.intervals.falls import Fall
from steering.analysis.intervals.sweeps import Segments, union
from steering.analysis.lives import stretches
from steering.analysis.portfolio import Portfolio
from steering.analysis.scenarios.scenario import in_scenario
from steering.analysis.view import Horizon, View
from steering.model import ExtensionRule
from steering.model.enums import WITHOUT_POSTS


@in_scenario
def per_quarter(portfolio: Portfolio, view: View) -> pd.DataFrame:
    """The capacity of all structures in each quarter of the horizon, under all three extension rules.

    Columns: quarter (its first day), rule, fte (mean over the quarter's days of the known full-time
    equivalents that run), running (mean number of structures that run), fte_unknown (structures that run
    on a day of the quarter with unknown FTE, of the kinds that have posts), maybe (structures unknown on a
    day of it). A quarter that the horizon cuts counts by its days within. Sorted by rule and quarter.
    """
    quarters, bounds = _quarters(view.horizon)
    posts = ~portfolio.structures["kind"].isin(WITHOUT_POSTS).to_numpy()
    return pd.concat(
        [
            pd.DataFrame(
                {
                    "quarter": days.dates(quarters),
                    "rule": pd.array([rule.value] * len(quarters), dtype="str"),
                    **_figures(stretches.segments(portfolio, _reading(view, rule)), bounds, posts),
                }
            )
            for rule in ExtensionRule
        ],
        ignore_index=True,
    )


@in_scenario
def largest_fall(portfolio: Portfolio, view: View) -> Fall | None:
    """The day after the Stichtag on which, in gesichert, the most known FTE are gone, and how many."""
    found = stretches.segments(portfolio, _reading(view, ExtensionRule.SECURED))
    known = found.where(_known(found))
    fall = falls.largest_fall(
        known.start, known.end, known.sums[:, stretches.FTE], view.as_of, view.horizon.last
    )
    return fall and fall._replace(amount=fall.amount / sizes.FTE_PARTS)


def _reading(view: View, rule: ExtensionRule) -> View:
    return replace(view, scenario=replace(view.scenario, rule=rule))


def _quarters(horizon: Horizon) -> tuple[Days, Days]:
    """The first days of the quarters, and where each begins and ends within the horizon (one more)."""
    first, last = days.number(horizon.first), days.number(horizon.last)
    year = horizon.first.year
    months = 3 * np.arange(
        (horizon.first.month - 1) // 3, (horizon.last.year - year) * 4 + (horizon.last.month + 2) // 3
    )
    starts = days.add_months(days.new_year(np.full(len(months), year)), months)
    return starts, np.append(np.maximum(starts, first), last + 1)


def _figures(found: Segments, bounds: Days, posts: Mask) -> dict[str, np.ndarray]:
    running = found.sums[:, stretches.STATE] == stretches.YES
    known, fte = _known(found), found.sums[:, stretches.FTE]
    length = np.diff(bounds)
    return {
        "fte": _summed(found.where(known), fte[known], bounds) / sizes.FTE_PARTS / length,
        "running": _summed(found.where(running), np.ones(running.sum(), dtype=np.int64), bounds) / length,
        "fte_unknown": _touching(found.where(running & ~known & posts[found.key]), bounds),
        "maybe": _touching(found.where(~running), bounds),
    }


def _known(found: Segments) -> Mask:
    """What runs with known FTE."""
    running = found.sums[:, stretches.STATE] == stretches.YES
    mask: Mask = running & (found.sums[:, stretches.FTE] != sizes.NOT_KNOWN)
    return mask


def _summed(found: Segments, weight: Days, bounds: Days) -> Days:
    """Weight × days of all segments in each stretch between the bounds; whole numbers, so exact."""
    start = np.clip(found.start, bounds[0], bounds[-1])
    stop = np.clip(found.end + 1, bounds[0], bounds[-1])
    return np.diff(_until(bounds, start, weight) - _until(bounds, stop, weight))


def _until(bounds: Days, since: Days, weight: Days) -> Days:
    """Weight × days that have passed at each bound, for weights that never end once they have begun."""
    order = np.argsort(since)
    since, weight = since[order] - bounds[0], weight[order]
    begun = np.searchsorted(since, bounds - bounds[0])
    weights, moments = (np.append(0, np.cumsum(column))[begun] for column in (weight, weight * since))
    return weights * (bounds - bounds[0]) - moments


def _touching(found: Segments, bounds: Days) -> Days:
    """How many keys have a day in each stretch between the bounds."""
    inside = (found.start < bounds[-1]) & (found.end >= bounds[0])
    first, last = (
        np.clip(np.searchsorted(bounds, side, side="right") - 1, 0, len(bounds) - 2)
        for side in (found.start[inside], found.end[inside])
    )
    spans = union(found.key[inside], first, last)
    changes = np.bincount(spans.start, minlength=len(bounds)) - np.bincount(
        spans.end + 1, minlength=len(bounds)
    )
    return np.cumsum(changes)[:-1]
