"""How many different holders each cell has on each day, in several channels at once."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from steering.analysis.days import Days
from steering.analysis.intervals import Segments
from steering.analysis.packing import WORD, Coded, Numbers, coded, fitting, joined


class Stays(NamedTuple):
    """Who is present where, in which channel, from when to when: the columns of one row per stay.

    `channel` counts from 0; `start`, `end` are days, both inclusive, start <= end.
    """

    cell: Coded
    holder: Coded
    channel: npt.NDArray[np.integer]
    start: Days
    end: Days


def runs(
    cell: Numbers,
    holder: Numbers,
    channel: npt.NDArray[np.integer],
    start: Days,
    end: Days,
    channels: int,
) -> Segments:
    """The maximal runs of days on which a cell has the same number of different holders in every channel.

    `cell`, `holder` any int64 keys; `channel` from 0 to `channels` - 1; `start`, `end` days, both inclusive,
    with the ends of time for open sides. Intervals that end before they start are ignored. A holder counts
    once per cell, channel and day, however many of its intervals cover it. Days of a cell without any
    holder are left out. `sums` has a row per run and a column per channel. Who stands behind a count does
    not matter: where one holder takes over from another, the run goes on.
    """
    kept = np.flatnonzero(start <= end)
    cells, holders = coded(cell[kept]), coded(holder[kept])
    return coded_runs(Stays(cells, holders, channel[kept], start[kept], end[kept]), channels)


def coded_runs(stays: Stays, channels: int) -> Segments:
    """As `runs`, from keys that are coded already; `key` is the cell's."""
    if not len(stays.start):
        nothing = np.zeros(0, dtype=np.int64)
        return Segments(nothing, nothing, nothing, np.zeros((0, channels), dtype=np.int64))
    dawn = int(stays.start.min())
    layout = _layout(stays, channels, dawn)
    return _counted(_events(layout, stays.channel, stays.start - dawn, stays.end + 1 - dawn), layout, dawn)


class Layout(NamedTuple):
    """How many bits each part of a packed number takes, and the cells and holders in as many."""

    cell: Coded
    holder: Coded
    channels: int
    kind: int  # bits of a channel
    day: int  # bits of a day, counted from the first one


def _layout(stays: Stays, channels: int, dawn: int) -> Layout:
    kind = (channels - 1).bit_length()
    day = (int(stays.end.max()) + 1 - dawn).bit_length()
    cell, holder = fitting([stays.cell, stays.holder], WORD - kind - 2 * day)
    return Layout(cell, holder, channels, kind, day)


def _events(layout: Layout, channel: npt.NDArray[np.integer], start: Days, end: Days) -> Numbers:
    """Comings and goings of holders as cell | day | channel | 1 for going, sorted. `end` is exclusive."""
    cell, holder, _, kind, day = layout
    who = joined(Coded(channel.astype(np.int64), kind), holder)
    owner = joined(who, cell, WORD - day)
    opened, closed = _spells(owner, start, end, day)
    events = np.empty(2 * len(opened), dtype=np.int64)
    for goes, moments in enumerate((opened, closed)):
        key = owner.keys(moments >> day)
        place = ((key & _ones(cell.bits)) << day) | (moments & _ones(day))
        events[goes * len(opened) :][: len(opened)] = (
            (place << kind | key >> (cell.bits + holder.bits)) << 1
        ) | goes
    events.sort()
    return events


def _spells(owner: Coded, start: Days, end: Days, day: int) -> tuple[Numbers, Numbers]:
    """The union of each owner's intervals: first and first following moment of each, as owner | day."""
    opened = owner.codes << day | start
    if owner.bits + 2 * day <= WORD:
        packed = opened << day | end
        packed.sort()
        opened, end = packed >> day, packed & _ones(day)
    else:
        order = np.argsort(opened)
        opened, end = opened[order], end[order]
    closed = (opened & ~_ones(day)) | end
    np.maximum.accumulate(closed, out=closed)
    first = np.ones(len(opened), dtype=bool)
    np.greater(opened[1:], closed[:-1], out=first[1:])
    return (opened, closed) if first.all() else (opened[first], closed[np.append(first[1:], True)])


def _counted(events: Numbers, layout: Layout, dawn: int) -> Segments:
    """Sum up comings and goings, and keep the places where that changes a count."""
    places = events >> (layout.kind + 1)
    settled = np.append(np.flatnonzero(places[1:] != places[:-1]), len(places) - 1)
    places = places[settled]
    width = len(events).bit_length()
    words = [np.cumsum(steps[events & (len(steps) - 1)])[settled] for steps in _steps(layout, width)]
    changed = np.ones(len(places), dtype=bool)
    changed[1:] = np.logical_or.reduce([word[1:] != word[:-1] for word in words])
    changed = np.flatnonzero(changed)
    places, words = places[changed], [word[changed] for word in words]
    begins = np.flatnonzero(np.logical_or.reduce([word != 0 for word in words]))
    days = places & _ones(layout.day)
    sums = np.empty((len(begins), layout.channels), dtype=np.int64, order="F")
    for channel in range(layout.channels):
        word, place = divmod(channel, WORD // width)
        sums[:, channel] = (words[word][begins] >> (place * width)) & _ones(width)
    # A count that is not zero changes once more in the same cell: there its run ends.
    return Segments(
        layout.cell.keys(places[begins] >> layout.day),
        days[begins] + dawn,
        days[begins + 1] - 1 + dawn,
        sums,
    )


def _steps(layout: Layout, width: int) -> list[Numbers]:
    """What each kind of event adds to the counts, which lie side by side, `width` bits each, in words."""
    a_word = WORD // width
    words = []
    for first in range(0, layout.channels, a_word):
        steps = np.zeros(2 ** (layout.kind + 1), dtype=np.int64)
        for place, channel in enumerate(range(first, min(first + a_word, layout.channels))):
            steps[2 * channel], steps[2 * channel + 1] = 1 << place * width, -1 << place * width
        words.append(steps)
    return words


def _ones(bits: int) -> int:
    return (1 << bits) - 1
