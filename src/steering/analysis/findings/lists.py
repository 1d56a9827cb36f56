"""Lists of rows that belong to rows, kept as three columns so that many can be followed at once."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from steering.analysis.intervals.days import Days
from steering.analysis.intervals.ends import Mask


class OwnedValues(NamedTuple):
    """For each owner, by its row, the values that belong to it: `size` of them from `begin` on."""

    begin: Days
    size: Days
    values: Days

    def of(self, owners: Days) -> tuple[Days, Days]:
        """All values of these owners: the position of the owner among those asked for, and the value."""
        size = self.size[owners]
        place = np.repeat(np.arange(len(owners)), size)
        return place, self.values[np.repeat(self.begin[owners], size) + within(size)]


class Spans(NamedTuple):
    """Stretches of days, both inclusive, that belong to keys."""

    key: Days
    start: Days
    end: Days


def lists(owner: Days, value: Days, owners: int) -> OwnedValues:
    """The lists of `owners` owners from pairs of an owner's row and a value, in the order of the pairs."""
    order = np.argsort(owner, kind="stable")
    size = np.bincount(owner, minlength=owners).astype(np.int64)
    return OwnedValues(np.cumsum(size) - size, size, value[order])


def within(size: Days) -> Days:
    """0, 1, 2 … again for each of several lists of these sizes."""
    return np.arange(size.sum()) - np.repeat(np.cumsum(size) - size, size)


def rows(ids: np.ndarray, wanted: np.ndarray) -> Days:
    """The place of each wanted id among `ids`, -1 where it is not there."""
    if not len(ids):
        return np.full(len(wanted), -1, dtype=np.int64)
    order = np.argsort(ids, kind="stable")
    place = np.minimum(np.searchsorted(ids, wanted, sorter=order), len(ids) - 1)
    found = order[place]
    return np.where(ids[found] == wanted, found, -1)


def distinct(values: Days) -> Days:
    """Each value once, in order; a hundred times quicker than np.unique, which hashes them."""
    ordered = np.sort(values)
    first = np.ones(len(ordered), dtype=bool)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    return ordered[first]


def among(values: Days, known: Days) -> Mask:
    """Whether each value is one of those known, in any order."""
    if not len(known):
        return np.zeros(len(values), dtype=bool)
    ordered = np.sort(known)
    found: Mask = ordered[np.minimum(np.searchsorted(ordered, values), len(ordered) - 1)] == values
    return found


def whole(column: pd.Series, empty: int = -1) -> Days:
    """An optional column of whole numbers with `empty` where there is none."""
    return column.to_numpy(dtype=np.int64, na_value=empty)


def matches(key: Days, other: Days) -> tuple[Days, Days]:
    """All pairs of places with equal keys; `other` comes sorted. In the order of `key`."""
    left = np.searchsorted(other, key, side="left")
    size = np.searchsorted(other, key, side="right") - left
    return np.repeat(np.arange(len(key)), size), np.repeat(left, size) + within(size)


def meetings(one: Spans, other: Spans) -> tuple[Days, Days, Days, Days]:
    """Stretches of two kinds with the same key that have days in common.

    Returns the places of both, and the first and last day they share, in the order of the first.
    """
    order = np.argsort(other.key, kind="stable")
    at, place = matches(one.key, other.key[order])
    place = order[place]
    start = np.maximum(one.start[at], other.start[place])
    end = np.minimum(one.end[at], other.end[place])
    shared = start <= end
    return at[shared], place[shared], start[shared], end[shared]
