"""Keys of any size as small codes, and several columns of codes as one that sorts like them.

One column of int64 is sorted many times faster than rows of several columns. So keys become whole numbers
of few bits that keep their order, and those lie side by side in one int64.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]

WORD = 63  # bits of a whole number that is not negative
_RANGE = 31  # bits up to which keys are merely counted from the lowest one
_SPARSE = 2  # a table over the whole range of keys may be so many times as long as their column


@dataclass(frozen=True, eq=False)
class Coded:
    """A column of keys as codes below 2**bits, in the order of the keys.

    `known` lists the keys by code; without it a key is its code + `lowest`.
    """

    codes: Numbers
    bits: int
    lowest: int = 0
    known: Numbers | None = None

    def keys(self, codes: Numbers) -> Numbers:
        """The keys that these codes stand for."""
        if self.known is not None:
            return self.known[codes]
        return codes + self.lowest if self.lowest else codes

    def at(self, rows: Numbers) -> Coded:
        """The column of these rows, with the same codes."""
        return replace(self, codes=self.codes[rows])


def coded(keys: Numbers) -> Coded:
    """Any keys in at most 31 bits, without sorting them where their range allows it."""
    lowest, highest = _range(keys)
    if (highest - lowest).bit_length() <= _RANGE:
        codes = keys - lowest if lowest else keys
        return Coded(codes, (highest - lowest).bit_length(), lowest)
    return dense(keys)


def dense(keys: Numbers) -> Coded:
    """Keys numbered without holes, so that the codes need as few bits as possible."""
    lowest, highest = _range(keys)
    if highest - lowest <= _SPARSE * len(keys):
        return _by_table(keys, lowest, highest)
    order = np.argsort(keys)
    ordered = keys[order]
    first = np.ones(len(keys), dtype=bool)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    codes = np.empty(len(keys), dtype=np.int64)
    codes[order] = np.cumsum(first) - 1
    return _numbered(codes, ordered[first])


def _by_table(keys: Numbers, lowest: int, highest: int) -> Coded:
    places = keys - lowest
    present = np.zeros(highest - lowest + 1, dtype=bool)
    present[places] = True
    return _numbered((np.cumsum(present) - 1)[places], np.flatnonzero(present) + lowest)


def _numbered(codes: Numbers, known: Numbers) -> Coded:
    return Coded(codes, max(len(known) - 1, 0).bit_length(), known=known)


def _range(keys: Numbers) -> tuple[int, int]:
    """As Python's whole numbers, whose difference does not overflow."""
    return (int(keys.min()), int(keys.max())) if len(keys) else (0, 0)


def fitting(columns: Sequence[Coded], room: int) -> list[Coded]:
    """The same columns, the widest first without holes, until all lie side by side in `room` bits.

    Where even that is not enough, all of them come without holes.
    """
    fitted = list(columns)
    for place in sorted(range(len(fitted)), key=lambda place: -fitted[place].bits):
        if sum(column.bits for column in fitted) <= room:
            break
        fitted[place] = _without_holes(fitted[place])
    return fitted


def _without_holes(column: Coded) -> Coded:
    if column.known is not None:
        return column
    found = dense(column.codes)
    assert found.known is not None
    return Coded(found.codes, found.bits, known=column.keys(found.known))


def side_by_side(*columns: Coded) -> Numbers:
    """The codes of several columns in one, in the order of the first, then the second, and so on."""
    packed = columns[0].codes.astype(np.int64)
    for column in columns[1:]:
        packed <<= column.bits
        packed |= column.codes
    return packed


def joined(*columns: Coded, room: int = WORD) -> Coded:
    """Several columns, together at most 63 bits, as one whose keys are their codes side by side.

    Its codes are those keys, or numbered without holes where they would take more than `room` bits.
    """
    bits = sum(column.bits for column in columns)
    packed = side_by_side(*columns)
    return Coded(packed, bits) if bits <= room else dense(packed)


def ones(bits: int) -> int:
    return (1 << bits) - 1
