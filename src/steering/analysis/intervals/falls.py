"""The largest fall of a sum from one day to the next: the true day, where a mean of days would blur it."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from steering.analysis.intervals import days
from steering.analysis.intervals.days import Days

Weights = npt.NDArray[np.int64] | npt.NDArray[np.float64]


class Fall(NamedTuple):
    """By how much a sum falls (negative), and the first day on which that is missing."""

    day: date
    amount: float


def largest_fall(
    start: Days, end: Days, weight: Weights, after: date, last: date, *, noise: float = 0.0
) -> Fall | None:
    """Of weights that each hold from `start` to `end`: the largest fall after a day, through another; the
    first of equal ones. What ends while as much begins is none, and neither is up to `noise` (a share of
    the largest sum).
    """
    turns, place = np.unique(np.concatenate([start, end + 1]), return_inverse=True)
    changes = np.zeros(len(turns), dtype=weight.dtype)
    np.add.at(changes, place, np.concatenate([weight, -weight]))
    least = noise * float(np.cumsum(changes).max(initial=0))
    kept = (turns > days.number(after)) & (turns <= days.number(last)) & (changes < -least)
    if not kept.any():
        return None
    turns, changes = turns[kept], changes[kept]
    steepest = int(changes.argmin())
    return Fall(days.day(int(turns[steepest])), float(changes[steepest]))
