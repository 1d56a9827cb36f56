"""Who covers a cell: how many are in charge and how many deliver, from when to when."""

from __future__ import annotations

from datetime import date
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from steering.analysis import days
from steering.analysis.packing import WORD, coded, fitting, joined
from steering.analysis.presence import Stays, coded_runs

Day: TypeAlias = date | np.datetime64

LEAD, DELIVER = 1, 2
_SECONDS = 86_400


def segments(assignments: pd.DataFrame, horizon_start: Day, horizon_end: Day) -> pd.DataFrame:
    """Each maximal run of days with the same numbers of leads and deliverers in a task and municipality.

    `assignments`: task, municipality, structure (any int64 keys; callers encode richer cells into them),
    role (1 lead, 2 deliverer; others are ignored), start, end (datetime64 of any unit, end inclusive,
    NaT = open on that side; end < start is ignored). Both days of the horizon are inclusive; runs are
    clipped to it.

    Columns: task, municipality, start, end (datetime64[s], end inclusive), leads, deliverers (int64). They
    count different structures: the same one twice in a role on one day counts once. Runs with equal counts
    are one, whoever stands behind them; days of a cell without any assignment are left out. Sorted by task,
    municipality, start.
    """
    first, last = _number(horizon_start), _number(horizon_end)
    start = np.maximum(days.numbers(assignments["start"], days.DAWN), first)
    end = np.minimum(days.numbers(assignments["end"], days.DOOM), last)
    role = assignments["role"].to_numpy()
    counts = (start <= end) & ((role == LEAD) | (role == DELIVER))
    rows = slice(None) if counts.all() else np.flatnonzero(counts)
    keys = [coded(_keys(assignments, name)[rows]) for name in ("task", "municipality", "structure")]
    horizon = max(last + 1 - first, 0).bit_length()
    task, municipality, structure = fitting(keys, WORD - 1 - 2 * horizon)
    cell = joined(task, municipality)
    found = coded_runs(Stays(cell, structure, role[rows] == DELIVER, start[rows], end[rows]), channels=2)
    return pd.DataFrame(
        {
            "task": task.keys(found.key >> municipality.bits),
            "municipality": municipality.keys(found.key & ((1 << municipality.bits) - 1)),
            "start": _dates(found.start),
            "end": _dates(found.end),
            "leads": found.sums[:, 0],
            "deliverers": found.sums[:, 1],
        },
        copy=False,
    )


def _number(day: Day) -> int:
    """Days since 1970 of a day in any form."""
    found = None if pd.isna(day) else np.datetime64(day, "D").item()
    if not isinstance(found, date):
        raise ValueError(f"Not a day of the calendar: {day}")
    return days.number(found)


def _keys(assignments: pd.DataFrame, name: str) -> npt.NDArray[np.int64]:
    return assignments[name].to_numpy(np.int64)


def _dates(found: days.Days) -> npt.NDArray[np.datetime64]:
    return (found * _SECONDS).view("datetime64[s]")
