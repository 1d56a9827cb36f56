"""Who covers a cell: how many are in charge and how many deliver, from when to when.

The leading digits of its cell tell where an interval belongs. So all fall into blocks of whole cells, each
small enough for the processor's cache, which are sorted and counted for themselves, several at a time.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from steering.analysis.intervals import days
from steering.analysis.intervals.days import Days
from steering.analysis.intervals.packing import WORD, Coded, Numbers, coded, fitting, joined, ones
from steering.analysis.intervals.sweeps import from_dawn, in_order, united

Day: TypeAlias = date | np.datetime64
Runs: TypeAlias = tuple[Numbers, Numbers, Numbers]

LEAD, DELIVER = 1, 2

_KEYS = ("task", "municipality", "structure")
_SECONDS = 86_400  # in a day
_BLOCK = 2**14  # intervals: some hundred kilobytes with all that is made of them on the way
_DIGITS = 16  # bits up to which numpy sorts by counting, whatever the processor
_AT_A_TIME = 2  # blocks: numpy lets go of the interpreter while it works
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
    stays = _stays(assignments, _number(horizon_start), _number(horizon_end))
    task, municipality, start, end, counts = _runs(stays)
    return pd.DataFrame(
        {
            "task": task,
            "municipality": municipality,
            "start": _dates(start),
            "end": _dates(end),
            "leads": counts >> _COUNT,
            "deliverers": counts & ones(_COUNT),
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
    return (found * _SECONDS).view("datetime64[s]")


class _Stays(NamedTuple):
    """Who is where in which role from when to when: a row per assignment that counts."""

    task: Coded
    municipality: Coded
    structure: Coded
    role: Coded  # 1 for deliverers
    first_day: Coded
    day_after: Coded


def _stays(assignments: pd.DataFrame, first: int, last: int) -> _Stays:
    start = np.maximum(days.numbers(assignments["start"], days.DAWN), first)
    end = np.minimum(days.numbers(assignments["end"], days.DOOM), last)
    role = assignments["role"].to_numpy()
    counted = (start <= end) & ((role == LEAD) | (role == DELIVER))
    rows = slice(None) if counted.all() else np.flatnonzero(counted)
    task, municipality, structure = (coded(assignments[name].to_numpy(np.int64)[rows]) for name in _KEYS)
    delivers = Coded((role[rows] == DELIVER).astype(np.int64), bits=1)
    return _Stays(task, municipality, structure, delivers, *from_dawn(start[rows], end[rows]))


class _Layout(NamedTuple):
    """How sorted numbers are put together: moment = owner | day, owner = cell | role | structure."""

    owner: Coded
    structure: int  # bits
    day: int  # bits

    def places(self, moments: Numbers) -> tuple[Numbers, Numbers]:
        """Cell | day, and the role."""
        owner = self.owner.keys(moments >> self.day)
        return owner >> self.structure + 1 << self.day | moments & ones(self.day), owner >> self.structure & 1


def _runs(stays: _Stays) -> tuple[Numbers, Numbers, Days, Days, Numbers]:
    """Task, municipality, start, end and, side by side, the counts of leads and deliverers of each run."""
    *keys, role, day, day_after = stays
    room = WORD - role.bits - day.bits - day_after.bits
    task, municipality, structure = fitting(keys, room)
    cell, structure = fitting([joined(task, municipality), structure], room)
    owner = joined(cell, role, structure, room=WORD - day.bits)
    layout = _Layout(owner, structure.bits, day.bits)
    start, end, counts = _counted(cell, day, day_after, layout)
    cells = cell.keys(start >> day.bits)
    return (
        task.keys(cells >> municipality.bits),
        municipality.keys(cells & ones(municipality.bits)),
        day.keys(start & ones(day.bits)),
        day.keys(end & ones(day.bits)) - 1,
        counts,
    )


def _counted(cell: Coded, day: Coded, day_after: Coded, layout: _Layout) -> Runs:
    """The place where each run starts, the one where it has ended, and its counts."""

    def runs(rows: Numbers) -> Runs:
        moments, after = in_order(layout.owner.at(rows), day.at(rows), day_after.at(rows))
        return _between(*_changes(_events(moments, after, layout)))

    blocks = _blocks(cell)
    if len(blocks) == 1:
        return runs(blocks[0])
    with ThreadPoolExecutor(_AT_A_TIME) as pool:
        found = list(pool.map(runs, blocks))
    start, end, counts = (np.concatenate(column) for column in zip(*found, strict=True))
    return start, end, counts


def _blocks(cell: Coded) -> list[Numbers]:
    """The rows in parts that do not cut through a cell, in the order of the cells."""
    if len(cell.codes) <= _BLOCK:
        return [np.arange(len(cell.codes))]
    digits = (cell.codes >> max(cell.bits - _DIGITS, 0)).astype(np.uint16)
    rows = np.argsort(digits, kind="stable")
    ends = np.cumsum(np.bincount(digits))
    cuts = np.unique(ends[np.searchsorted(ends, np.arange(_BLOCK, len(rows), _BLOCK))])
    return [part for part in np.split(rows, cuts) if len(part)]


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
    settled = np.flatnonzero(np.append(places[1:] != places[:-1], True)[: len(places)])
    counts = np.cumsum(_STEPS[events & 3])[settled]
    differ = np.flatnonzero(np.append(True, counts[1:] != counts[:-1])[: len(counts)])
    return places[settled[differ]], counts[differ]


def _between(places: Numbers, counts: Numbers) -> Runs:
    """The places where runs start and where they have ended, and their counts.

    Whoever is there goes before the next cell begins, so that a run ends at the next change.
    """
    begins = np.flatnonzero(counts)
    return places[begins], places[1:][begins], counts[begins]
