"""Sets of structures, known by a fingerprint, so that equal sets are found without comparing them.

A structure's fingerprint is a fixed 64-bit number of its row; that of a set is the sum of its members',
that of nobody 0. Two different sets among a million have the same one with a chance of 1 in 30 million.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from steering.analysis.intervals.days import Days

Fingerprints = npt.NDArray[np.uint64]


class Parties(NamedTuple):
    """Pairs of a set's fingerprint and a row of a structure in it."""

    party: Fingerprints
    structure: Days


def fingerprints(rows: int) -> Fingerprints:
    """One number per row."""
    return fingerprints_of(np.arange(rows))


def fingerprints_of(row: Days) -> Fingerprints:
    """The numbers of these rows, by the finaliser of SplitMix64 (public domain)."""
    mixed = (row + 1).astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


def mixed(*columns: np.ndarray) -> Fingerprints:
    """One number per row that stands for its values in all columns."""
    found = np.zeros(len(columns[0]), dtype=np.uint64)
    for column in columns:
        found = found * np.uint64(0xD6E8FEB86659FD93) + column.astype(np.uint64)
        found = (found ^ (found >> np.uint64(32))) * np.uint64(0x9FB21C651E98DF25)
        found ^= found >> np.uint64(29)
    return found


def joined(parts: list[Parties]) -> Parties:
    """The pairs of all parts."""
    return Parties._make(np.concatenate(column) for column in zip(*parts, strict=True))
