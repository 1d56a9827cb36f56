"""The frames of a Portfolio: by table, noting which of them are read."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping

import pandas as pd

from steering.analysis import reads


class Frames(Mapping[str, pd.DataFrame]):
    """A frame per table; some of its own, the others those of the frames `below`. It never changes.

    Each frame that is asked for is told to `reads`, for these frames and for those it comes from. `edition`
    names the data they are, for whoever looks later whether what was read is still the same.
    """

    def __init__(
        self,
        own: Mapping[str, pd.DataFrame],
        *,
        below: Mapping[str, pd.DataFrame] | None = None,
        edition: Hashable = None,
    ) -> None:
        self._own = dict(own)
        self._below = below
        self.edition = edition

    def __getitem__(self, table: str) -> pd.DataFrame:
        found = self._own.get(table)
        if found is None:
            if self._below is None:
                raise KeyError(table)
            found = self._below[table]
        reads.note(self, table, found)
        return found

    def __iter__(self) -> Iterator[str]:
        below = () if self._below is None else self._below
        yield from below
        yield from (table for table in self._own if table not in below)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    # One is itself only: comparing what stands in them is never meant.
    __eq__ = object.__eq__
    __hash__ = object.__hash__

    def peek(self, table: str) -> pd.DataFrame | None:
        """The frame without noting that it was looked at; None where there is none."""
        found = self._own.get(table)
        if found is not None or self._below is None:
            return found
        return self._below.peek(table) if isinstance(self._below, Frames) else self._below.get(table)
