"""The lives of structures asked in the ways the pages ask: on a day, at their ends, at each turn.

`funding_spans` and `lives` are not cut to the horizon; `clip` does that, and comes last.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import numpy as np
import pandas as pd

from steering.analysis.intervals import days, sizes, sweeps
from steering.analysis.intervals.days import DAWN, DOOM, Days
from steering.analysis.intervals.sweeps import Segments
from steering.analysis.lives.spans import funding_spans
from steering.analysis.lives.stretches import (
    FTE,
    IN_DOUBT,
    NO,
    NOT_RUNNING,
    PLACES,
    STATE,
    STATES,
    SUPPORT,
    SUPPORTS,
    UNKNOWN,
    YES,
    lives,
    segments,
)
from steering.analysis.portfolio import Portfolio
from steering.analysis.scenarios.scenario import in_scenario
from steering.analysis.view import Horizon, View

__all__ = ["clip", "endings", "funding_spans", "lives", "on_day", "turning_points"]


def clip(frame: pd.DataFrame, horizon: Horizon) -> pd.DataFrame:
    """Only the days within the horizon of a frame with `start` and `end`; open sides become its bounds."""
    start = np.maximum(days.numbers(frame["start"], DAWN), days.number(horizon.first))
    end = np.minimum(days.numbers(frame["end"], DOOM), days.number(horizon.last))
    clipped = frame.assign(start=days.dates(start), end=days.dates(end))
    return clipped[start <= end].reset_index(drop=True)


@in_scenario
def on_day(portfolio: Portfolio, view: View) -> pd.DataFrame:
    """How each structure stands on `view.as_of`, one row per structure, in the Portfolio's order.

    Columns: structure_id, state ("running", "unknown", "not_running"), support and fte and places as in
    `lives`, until (last day of the unbroken running stretch around the day, on whatever means; NaT where
    that is open or the structure does not run), after (what follows it: "not_running", "unknown", or ""
    where nothing does).
    """
    ids = portfolio.structures["id"].to_numpy()
    found = segments(portfolio, view)
    day = days.number(view.as_of)
    now = found.where((found.start <= day) & (day <= found.end))
    values = np.tile(np.array([NO, IN_DOUBT, sizes.NOT_KNOWN, sizes.NOT_KNOWN]), (len(ids), 1))
    values[now.key] = now.sums
    stretch, after_stretch = _stretches(found)
    around = (stretch.start <= day) & (day <= stretch.end)
    until = np.full(len(ids), DOOM)
    until[stretch.key[around]] = stretch.end[around]
    after = np.full(len(ids), "", dtype=object)
    after[stretch.key[around]] = after_stretch[around]
    return pd.DataFrame(
        {
            "structure_id": ids,
            "state": pd.array(STATES[values[:, STATE]], dtype="str"),
            "support": pd.array(SUPPORTS[values[:, SUPPORT]], dtype="str"),
            "fte": sizes.fte_column(values[:, FTE]),
            "places": sizes.places_column(values[:, PLACES]),
            "until": days.dates(until),
            "after": pd.array(after, dtype="str"),
        }
    )


@in_scenario
def endings(portfolio: Portfolio, view: View, first: date, last: date) -> pd.DataFrame:
    """Every running day from `first` to `last` that is followed by one not running, or unknown.

    Columns: structure_id, last_day, after ("not_running" or "unknown"), fte (on the last day; NaN where
    unknown). Sorted by last_day and structure_id.
    """
    found = segments(portfolio, view)
    stretch, after = _stretches(found)
    ids = portfolio.structures["id"].to_numpy()[stretch.key]
    kept = (days.number(first) <= stretch.end) & (stretch.end <= days.number(last))
    order = np.flatnonzero(kept)[np.lexsort((ids[kept], stretch.end[kept]))]
    return pd.DataFrame(
        {
            "structure_id": ids[order],
            "last_day": days.dates(stretch.end[order]),
            "after": pd.array(after[order], dtype="str"),
            "fte": sizes.fte_column(stretch.sums[order, FTE]),
        }
    )


@in_scenario
def turning_points(portfolio: Portfolio, view: View, only: Collection[int] | None = None) -> pd.DataFrame:
    """The days of the horizon on which structures begin to run or have stopped, to step from one to the next.

    `only`: the ids of the structures that count, all where it is None.
    Columns: day, starts (structures whose first running day it is), ends (structures that ran on the day
    before and no longer do, or are unknown). Sorted by day; a structure that pauses counts each time.
    """
    stretch, _ = _stretches(segments(portfolio, view))
    if only is not None:
        counts = np.isin(portfolio.structures["id"].to_numpy(), list(only))
        stretch = stretch.where(counts[stretch.key])
    starts = _within(stretch.start, view.horizon)
    ends = _within(stretch.end[stretch.end < DOOM] + 1, view.horizon)
    turns, position = np.unique(np.concatenate([starts, ends]), return_inverse=True)
    return pd.DataFrame(
        {
            "day": days.dates(turns),
            "starts": np.bincount(position[: len(starts)], minlength=len(turns)),
            "ends": np.bincount(position[len(starts) :], minlength=len(turns)),
        }
    )


def _within(found: Days, horizon: Horizon) -> Days:
    return found[(found >= days.number(horizon.first)) & (found <= days.number(horizon.last))]


def _stretches(found: Segments) -> tuple[Segments, np.ndarray]:
    """The unbroken running stretches on whatever means, and what follows each ("" where it is open).

    The sums are those of the last piece.
    """
    begins = sweeps.beginnings(found._replace(sums=found.sums[:, [STATE]]))
    ends = sweeps.endings(begins)
    key, start, end, sums = found.key[begins], found.start[begins], found.end[ends], found.sums[ends]
    touches = np.zeros(len(key), dtype=bool)
    touches[:-1] = (key[1:] == key[:-1]) & (start[1:] == end[:-1] + 1)
    # Two runs that touch differ in state: what touches a running one is unknown.
    after = np.select([end >= DOOM, touches], ["", UNKNOWN], default=NOT_RUNNING).astype(object)
    running = sums[:, STATE] == YES
    return Segments(key, start, end, sums).where(running), after[running]
