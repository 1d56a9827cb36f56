"""Many intervals of days at once: what overlaps, summed; what touches and is equal, joined."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from steering.analysis.intervals.days import NO_DAY, Days
from steering.analysis.intervals.packing import WORD, Coded, coded, joined, ones, side_by_side


class Segments(NamedTuple):
    """Stretches of days per key, sorted by key and start; both days inclusive.

    `sums` has a row per segment and a column per channel.
    """

    key: Days
    start: Days
    end: Days
    sums: Days

    def where(self, mask: npt.NDArray[np.bool_]) -> Segments:
        return Segments(self.key[mask], self.start[mask], self.end[mask], self.sums[mask])


def together(*parts: Segments) -> Segments:
    """All segments of several parts, sorted by key and start."""
    every = Segments(*(np.concatenate(column) for column in zip(*parts, strict=True)))
    order = np.lexsort((every.start, every.key))
    return Segments(*(column[order] for column in every))


def sweep(key: Days, start: Days, end: Days, weights: Days) -> Segments:
    """Cut time at every start and end, per key, and sum the weights of the intervals on each piece.

    `key` int64 >= 0; `start`, `end` days, both inclusive, with the ends of time for open sides;
    `weights` one row per interval, one column per channel; whole numbers, so that sums are exact.
    Intervals that end before they start are ignored. Pieces without any interval are left out.
    """
    kept = start <= end
    key, start, end, weights = key[kept], start[kept], end[kept], weights[kept]
    count = np.ones((len(key), 1), dtype=np.int64)
    changes = np.concatenate([np.hstack([weights, count]), -np.hstack([weights, count])])
    keys, points = np.concatenate([key, key]), np.concatenate([start, end + 1])
    order = np.argsort(joined(coded(keys), coded(points)).codes)
    keys, points, running = keys[order], points[order], np.cumsum(changes[order], axis=0)
    settled = np.ones(len(keys), dtype=bool)
    settled[:-1] = (keys[1:] != keys[:-1]) | (points[1:] != points[:-1])
    keys, points, running = keys[settled], points[settled], running[settled]
    # Every interval has ended at its key's last point, so nothing is running from there to the next key.
    covered = running[:, -1] > 0
    following = np.append(points[1:], NO_DAY)
    return Segments(keys[covered], points[covered], following[covered] - 1, running[covered, :-1])


def merge(segments: Segments) -> Segments:
    """Join segments of one key that touch and have equal sums. Expects them sorted and disjoint."""
    begins = beginnings(segments)
    ends = endings(begins)
    return Segments(segments.key[begins], segments.start[begins], segments.end[ends], segments.sums[begins])


def beginnings(segments: Segments) -> npt.NDArray[np.bool_]:
    """Where a segment does not merely go on from the one before it with equal sums."""
    key, start, end, sums = segments
    begins = np.ones(len(key), dtype=bool)
    begins[1:] = (key[1:] != key[:-1]) | (start[1:] != end[:-1] + 1) | (sums[1:] != sums[:-1]).any(axis=1)
    return begins


def endings(begins: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """The last segment of each run, from the first ones."""
    return np.append(begins[1:], True)[: len(begins)]


def union(key: Days, start: Days, end: Days) -> Segments:
    """The days covered by any interval of each key, as few intervals as possible; no channels."""
    kept = start <= end
    keys, first, after = coded(key[kept]), *from_dawn(start[kept], end[kept])
    begins, ends = united(*in_order(keys, first, after), first.bits)
    return Segments(
        keys.keys(begins >> first.bits),
        first.keys(begins & ones(first.bits)),
        first.keys(ends & ones(first.bits)) - 1,
        np.zeros((len(begins), 0), dtype=np.int64),
    )


def from_dawn(start: Days, end: Days) -> tuple[Coded, Coded]:
    """First days, and days after the last, counted from the earliest first day."""
    dawn = int(start.min()) if len(start) else 0
    bits = (int(end.max(initial=dawn)) + 1 - dawn).bit_length()
    return Coded(start - dawn, bits, dawn), Coded(end + 1 - dawn, bits, dawn)


def in_order(key: Coded, first: Coded, after: Coded) -> tuple[Days, Days]:
    """Intervals `from_dawn` as key | first day, sorted, and the day after the last of each."""
    if key.bits + first.bits + after.bits <= WORD:
        packed = side_by_side(key, first, after)
        packed.sort()
        return packed >> after.bits, packed & ones(after.bits)
    moments = joined(key, first).codes
    order = np.argsort(moments)
    return moments[order], after.codes[order]


def united(moments: Days, after: Days, bits: int) -> tuple[Days, Days]:
    """What intervals `in_order` cover: first days, and days after the last, as key | day of so many bits."""
    closed = np.maximum.accumulate(moments & ~ones(bits) | after)
    begins = np.append(True, moments[1:] > closed[:-1])[: len(moments)]
    return moments[begins], closed[endings(begins)]
