"""What of the data is read while something is worked out: on which frames a result rests.

A rule depends on nothing but its arguments. Where every frame it has read is the very same in later data, it
would read the same ones again and come to the same result: so that result still holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, time, timedelta
from enum import Enum
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

_PLAIN = (
    *(str, bytes, int, float, bool, type(None), type, date, time, timedelta, Enum, range),
    *(pd.DataFrame, pd.Series, pd.Index, pd.Timedelta, type(pd.NaT), type(pd.NA), np.ndarray, np.generic),
)


@dataclass(eq=False)
class Reads:
    """What was read: by (the frames it was read from, table) the frame.

    `of_the_moment`: something was asked that is another with each revision, such as its number.
    """

    frames: dict[tuple[Any, str], pd.DataFrame] = field(default_factory=dict)
    of_the_moment: bool = False

    def add(self, others: Reads) -> None:
        """What these others have read was read here as well."""
        self.frames.update(others.frames)
        self.of_the_moment = self.of_the_moment or others.of_the_moment


_HERE: ContextVar[Reads | None] = ContextVar("what is read here", default=None)


@contextmanager
def noted() -> Iterator[Reads]:
    """Notes what is read in this thread until it is left; whoever notes around it is told as well."""
    outer, own = _HERE.get(), Reads()
    token = _HERE.set(own)
    try:
        yield own
    finally:
        _HERE.reset(token)
        if outer is not None:
            outer.add(own)


@contextmanager
def apart() -> Iterator[None]:
    """What is read in here is told to nobody: it is made into data that are read from in turn."""
    token = _HERE.set(None)
    try:
        yield
    finally:
        _HERE.reset(token)


def is_noted() -> bool:
    """Whether anybody notes what is read just now."""
    return _HERE.get() is not None


def note(source: Any, table: str, frame: pd.DataFrame) -> None:
    """A table is read from a Portfolio's frames."""
    here = _HERE.get()
    if here is not None:
        here.frames[source, table] = frame


def note_moment() -> None:
    """Something is read that is another with each revision."""
    here = _HERE.get()
    if here is not None:
        here.of_the_moment = True


def note_all(found: Reads) -> None:
    """What is handed out here was worked out before, from these."""
    here = _HERE.get()
    if here is not None:
        here.add(found)


def only_values(result: Any) -> bool:
    """Whether there is nothing in a result that could read later: no Portfolio, no function.

    In doubt there is: what holds a Portfolio reads frames of which nothing was noted while it was made.
    """
    left = [result]
    while left:
        value = left.pop()
        if isinstance(value, _PLAIN):
            continue
        if isinstance(value, (tuple, list, set, frozenset)):
            left += value
        elif isinstance(value, (dict, MappingProxyType)):
            left += [*value.keys(), *value.values()]
        elif is_dataclass(value) and not getattr(value, "reads_frames", False):
            left += [getattr(value, each.name) for each in fields(value)]
            left += getattr(value, "__dict__", {}).values()
        else:
            return False
    return True
