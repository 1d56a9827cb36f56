"""Results that are worked out once: found again by what was asked, as long as what they rest on is the same.

A result is kept with the frames that were read for it (`analysis.reads`), each by the data it belongs to. In
a later revision it holds where all of these are the very same frames there: what made it would read the same
again. A result that rests on anything else of its revision, or that could itself read later, holds for that
revision alone.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from threading import Lock
from typing import Any, Generic, TypeVar
from weakref import ref

import pandas as pd

from steering.analysis import reads
from steering.analysis.frames import Frames

T = TypeVar("T")
# Which data: whose, at which revision, and how much of them; the revision is in the middle.
Key = tuple[Any, ...]
_REVISION = 2


@dataclass(frozen=True)
class _Result:
    """`rests_on`: the frames that were read, each by its data and table; not held here, so that no old ones
    stay. `of_the_moment`: it rests on more of the revision; `lasting`: it may outlive it.
    """

    value: Any
    key: Key
    rests_on: tuple[tuple[Key, str, ref[pd.DataFrame]], ...]
    of_the_moment: bool
    lasting: bool


class KeptResults:
    """The results that were asked for last, so many of them.

    `frames_of` gives the frames of data by their key.
    """

    def __init__(self, most: int, frames_of: Callable[[Key], Frames]) -> None:
        self._most = most
        self._frames_of = frames_of
        self._results: OrderedDict[Hashable, _Result] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Key, asked: Hashable, make: Callable[[], Any]) -> Any:
        """What `make` gives for the data of that key, or gave before; `asked` names it among all."""
        name = (without_revision(key), asked)
        with self._lock:
            known = self._results.get(name)
            if known is not None:
                self._results.move_to_end(name)
        if known is not None and self._holds(known, key):
            return known.value
        with reads.noted() as noted:
            value = make()
        with self._lock:
            self._results[name] = _result(key, value, noted)
            self._results.move_to_end(name)
            while len(self._results) > self._most:
                self._results.popitem(last=False)
        return value

    def clear(self) -> None:
        with self._lock:
            self._results.clear()

    def _holds(self, known: _Result, key: Key) -> bool:
        """Whether a result is that of these data; what it rests on is read again, for whoever notes it."""
        if known.key != key and not known.lasting:
            return False
        # At the same revision too: its data may have been let go and read again since, later than the result.
        for data, table, frame in known.rests_on:
            there = self._frames_of(at_revision(data, key)).peek(table)
            if there is None or there is not frame():
                return False
        if reads.is_noted():
            for data, table, _ in known.rests_on:
                self._frames_of(at_revision(data, key))[table]
            if known.of_the_moment:
                reads.note_moment()
        return True


class Latest(Generic[T]):
    """What was put last under each of so many names."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._found: tuple[tuple[Hashable, T], ...] = ()

    def get(self, name: Hashable) -> T | None:
        return next((found for known, found in self._found if known == name), None)

    def put(self, name: Hashable, found: T) -> None:
        others = [each for each in self._found if each[0] != name]
        self._found = ((name, found), *others[: self._most - 1])


def without_revision(key: Key) -> Key:
    """Whose data and how much of them, whatever their revision."""
    return (*key[:_REVISION], *key[_REVISION + 1 :])


def at_revision(key: Key, other: Key) -> Key:
    """The same data at the revision of others."""
    return (*key[:_REVISION], *other[_REVISION : _REVISION + 1], *key[_REVISION + 1 :])


def _result(key: Key, value: Any, noted: reads.Reads) -> _Result:
    found = [
        (source.edition, table, frame)
        for (source, table), frame in noted.frames.items()
        if source.edition is not None
    ]
    revision = key[: _REVISION + 1]
    moment = noted.of_the_moment or any(data[: _REVISION + 1] != revision for data, _, _ in found)
    rests_on = tuple((data, table, ref(frame)) for data, table, frame in found)
    return _Result(value, key, rests_on, moment, not moment and reads.only_values(value))
