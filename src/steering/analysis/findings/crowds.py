"""Who is together in a cell on each day, in several channels at once."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from steering.analysis.findings.lists import matches
from steering.analysis.findings.parties import Fingerprints, Parties
from steering.analysis.intervals import sweeps
from steering.analysis.intervals.days import DAWN, DOOM, Days
from steering.analysis.intervals.ends import Mask

_SPAN = DOOM - DAWN + 3  # days from the beginning to the day after the end of time


class Presence(NamedTuple):
    """Structures in cells: one row per structure, channel and unbroken stretch of days, sorted by cell.

    Both days inclusive. A member of -1 stands for nobody: it only says that the cell is judged on these days.
    """

    cell: Days
    member: Days
    channel: Days
    start: Days
    end: Days


class Crowds(NamedTuple):
    """Stretches of days per cell on which nobody comes or goes, sorted by cell and start.

    `counts` and `party` have a column per channel: how many different structures, and which.
    """

    cell: Days
    start: Days
    end: Days
    counts: Days
    party: Fingerprints

    def where(self, kept: Mask | Days) -> Crowds:
        return Crowds._make(column[kept] for column in self)


def presence(*parts: tuple[Days, Days, int, Days, Days]) -> Presence:
    """Cell, member, channel (one number), start and end of any stretches, put together.

    The same structure twice in a cell and channel on one day counts once.
    """
    columns = [(cell, who, np.full(len(cell), channel), *period) for cell, who, channel, *period in parts]
    cell, member, channel, start, end = (np.concatenate(column) for column in zip(*columns, strict=True))
    kept = start <= end
    cell, member, channel, start, end = (each[kept] for each in (cell, member, channel, start, end))
    members, channels = member.max(initial=0) + 2, len(parts)
    # Sorted by cell, then by whom it may unite.
    same = (cell * members + member + 1) * channels + channel
    order = np.argsort(same, kind="stable")
    twice = np.zeros(len(order), dtype=bool)
    twice[1:] = same[order][1:] == same[order][:-1]
    if not twice.any():
        return Presence(*(each[order] for each in (cell, member, channel, start, end)))
    united = sweeps.union(same, start, end)
    key, channel = np.divmod(united.key, channels)
    cell, member = np.divmod(key, members)
    return Presence(cell, member - 1, channel, united.start, united.end)


def crowds(found: Presence, marks: Fingerprints, channels: int) -> Crowds:
    """Cut the time of each cell at every coming and going.

    `marks`: the fingerprint of each structure's row. Days on which nobody is there are left out.
    """
    count = len(found.cell)
    moments = np.concatenate(
        [found.cell * _SPAN + (found.start - DAWN), found.cell * _SPAN + (found.end + 1 - DAWN)]
    )
    order = np.argsort(moments, kind="stable")
    moments = moments[order]
    settled = np.flatnonzero(np.append(moments[1:] != moments[:-1], True)[: len(moments)])
    present = _running(np.ones(count, dtype=np.int64), order, settled)
    mark = np.append(marks, np.uint64(0))[found.member]
    single = (found.member >= 0).astype(np.int64)
    counted = [
        _running(np.where(found.channel == each, single, 0), order, settled) for each in range(channels)
    ]
    together = [
        _running(np.where(found.channel == each, mark, np.uint64(0)), order, settled)
        for each in range(channels)
    ]
    cell, point = np.divmod(moments[settled], _SPAN)
    kept = present > 0
    # Everybody has left a cell at its last moment, so no stretch reaches into the next cell.
    following = np.append(point[1:], 0)
    return Crowds(
        cell[kept],
        point[kept] + DAWN,
        following[kept] + DAWN - 1,
        np.stack(counted, axis=1)[kept],
        np.stack(together, axis=1)[kept],
    )


def _running(weight: np.ndarray, order: Days, settled: Days) -> np.ndarray:
    """The sum of the weights of all that have come and not gone, after each moment."""
    change = np.concatenate([weight, np.zeros_like(weight) - weight])
    found: np.ndarray = np.cumsum(change[order], dtype=weight.dtype)[settled]
    return found


def stretches(cell: Days, start: Days, end: Days, *values: np.ndarray) -> tuple[Days, Days]:
    """Rows of the first and the last of each run of stretches that touch, in one cell with equal values."""
    begins = np.ones(len(cell), dtype=bool)
    begins[1:] = (cell[1:] != cell[:-1]) | (start[1:] != end[:-1] + 1)
    for value in values:
        begins[1:] |= value[1:] != value[:-1]
    return np.flatnonzero(begins), np.flatnonzero(sweeps.endings(begins))


def who(found: Presence, cell: Days, day: Days, party: Fingerprints, *channels: int) -> Parties:
    """The members of these channels in a cell on a day, for each different party once."""
    _, first = np.unique(party, return_index=True)
    at, row = matches(cell[first], found.cell)
    at = first[at]
    there = (found.start[row] <= day[at]) & (day[at] <= found.end[row]) & (found.member[row] >= 0)
    there &= np.isin(found.channel[row], channels)
    return Parties(party[at[there]], found.member[row[there]])
