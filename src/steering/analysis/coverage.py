"""Who covers a cell: how many are in charge and how many deliver, from when to when.

All intervals are packed into one column of whole numbers and sorted once. Then blocks of whole cells, each
small enough for the processor's cache, are counted one after another.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from steering.analysis import days
from steering.analysis.days import Days
from steering.analysis.intervals import from_dawn, in_order, united
from steering.analysis.packing import WORD, Coded, Numbers, coded, fitting, joined, ones

Day: TypeAlias = date | np.datetime64

LEAD, DELIVER = 1, 2

_KEYS = ("task", "municipality", "structure")
_SECONDS = 86_400  # in a day
_BLOCK = 2**14  # intervals: some hundred kilobytes with all that is made of them on the way
_COUNT = 32  # bits; leads and deliverers lie side by side, so that one running sum counts both
# What an event adds to the counts: lead comes, lead goes, deliverer comes, deliverer goes.
_STEPS = np.array([1 << _COUNT, -1 << _COUNT, 1, -1])


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
    counted = (start <= end) & ((role == LEAD) | (role == DELIVER))
    rows = slice(None) if counted.all() else np.flatnonzero(counted)
    keys = [coded(assignments[name].to_numpy(np.int64)[rows]) for name in _KEYS]
    delivers = Coded((role[rows] == DELIVER).astype(np.int64), bits=1)
    first_day, day_after = from_dawn(start[rows], end[rows])
    room = WORD - delivers.bits - first_day.bits - day_after.bits
    task, municipality, structure = fitting(keys, room)
    cell, structure = fitting([joined(task, municipality), structure], room)
    runs = _runs(_Stays(cell, delivers, structure, first_day, day_after))
    return pd.DataFrame(
        {
            "task": task.keys(runs.cell >> municipality.bits),
            "municipality": municipality.keys(runs.cell & ones(municipality.bits)),
            "start": _dates(runs.start),
            "end": _dates(runs.end),
            "leads": runs.counts >> _COUNT,
            "deliverers": runs.counts & ones(_COUNT),
        },
        copy=False,
    )


def _number(day: Day) -> int:
    """Days since 1970 of a day in any form."""
    found = None if pd.isna(day) else np.array(day, dtype="datetime64[D]").item()
    if not isinstance(found, date):
        raise ValueError(f"Not a day of the calendar: {day}")
    return days.number(found)


def _dates(found: Days) -> npt.NDArray[np.datetime64]:
    found *= _SECONDS
    return found.view("datetime64[s]")


class _Stays(NamedTuple):
    """Who is where in which role from when to when, a row per assignment."""

    cell: Coded
    role: Coded  # 1 for deliverers
    structure: Coded
    first_day: Coded
    day_after: Coded


class _Runs(NamedTuple):
    """Columns of the runs; the counts of leads and deliverers still side by side."""

    cell: Numbers
    start: Days
    end: Days
    counts: Numbers


class _Layout(NamedTuple):
    """How sorted numbers are put together: moment = owner | day, owner = cell | role | structure."""

    owner: Coded
    structure: int  # bits
    day: int  # bits

    def places(self, moments: Numbers) -> tuple[Numbers, Numbers]:
        """Cell | day, and the role."""
        owner = self.owner.keys(moments >> self.day)
        return owner >> self.structure + 1 << self.day | moments & ones(self.day), owner >> self.structure & 1


def _runs(stays: _Stays) -> _Runs:
    day = stays.first_day
    owner = joined(stays.cell, stays.role, stays.structure, room=WORD - day.bits)
    layout = _Layout(owner, stays.structure.bits, day.bits)
    moments, after = in_order(owner, day, stays.day_after)
    runs = np.empty((3, 2 * len(moments)), dtype=np.int64)
    filled = 0
    for block in _blocks(moments, layout):
        found = _between(*_changes(_events(moments[block], after[block], layout)))
        filled, begun = filled + len(found[0]), filled
        runs[:, begun:filled] = found
    start, end, counts = runs[:, :filled]
    cell = stays.cell.keys(start >> day.bits)
    start &= ones(day.bits)
    end &= ones(day.bits)
    return _Runs(cell, day.keys(start), day.keys(end) - 1, counts)


def _blocks(moments: Numbers, layout: _Layout) -> Iterator[slice]:
    """Parts of the sorted moments that do not cut through a cell."""
    behind = layout.structure + 1
    cells = layout.owner.keys(moments[::_BLOCK] >> layout.day) >> behind
    first = np.searchsorted(moments, layout.owner.codes_from(cells << behind) << layout.day)
    for start, stop in pairwise([*np.unique(first).tolist(), len(moments)]):
        yield slice(start, stop)


def _events(moments: Numbers, after: Numbers, layout: _Layout) -> Numbers:
    """Comings and goings of structures as place | role | 1 for going, sorted."""
    places, roles = layout.places(np.concatenate(united(moments, after, layout.day)))
    events = (places << 1 | roles) << 1
    events[len(events) // 2 :] |= 1
    events.sort()
    return events


def _changes(events: Numbers) -> tuple[Numbers, Numbers]:
    """The places from which on counts differ from before, and those counts."""
    places = events >> 2
    settled = np.flatnonzero(np.append(places[1:] != places[:-1], True))
    counts = np.cumsum(_STEPS[events & 3])[settled]
    differ = np.flatnonzero(np.append(True, counts[1:] != counts[:-1]))
    return places[settled[differ]], counts[differ]


def _between(places: Numbers, counts: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """The places where runs start and where they have ended, and their counts.

    Whoever is there goes before the next cell begins, so that a run ends at the next change.
    """
    begins = np.flatnonzero(counts)
    return places[begins], places[1:][begins], counts[begins]
