"""Results that are worked out once: found again by what was asked, as long as what they rest on is the same.

A result is kept with the frames that were read for it (`analysis.reads`), each by the data it belongs to. In
another revision it holds where all of these are the very same frames there: what made it would read the same
again. A result that rests on anything else of its revision, or that could itself read later, holds for that
revision alone. The last few results to one question are kept: what is taken back is not worked out again.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache, partial, wraps
from threading import Lock
from time import monotonic
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar, TypeVarTuple
from weakref import WeakSet, WeakValueDictionary, ref

import pandas as pd

from steering.analysis import reads
from steering.analysis.frames import Frames

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")
Ts = TypeVarTuple("Ts")
# Which data: where they lie, their origin and revision, then how much of them.
Key = tuple[Any, ...]
_MOMENT = slice(3)
_AHEAD = ContextVar("nobody has asked", default=False)
_VERSIONS = 3


@dataclass(frozen=True)
class _WasRead:
    """The frames that were read of some data, by table; not held here, so that no old ones stay.

    `found_in`: the `Frames` among which all of them have been found before; those never change.
    """

    data: Key
    tables: dict[str, ref[pd.DataFrame]] = field(default_factory=dict)
    found_in: WeakSet[Frames] = field(default_factory=WeakSet)

    def is_in(self, there: Frames) -> bool:
        if there not in self.found_in:
            for table, frame in self.tables.items():
                if (found := there.peek(table)) is None or found is not frame():
                    return False
            self.found_in.add(there)
        return True


@dataclass(frozen=True)
class _Result:
    """`of_the_moment`: it rests on more of the revision than frames; `lasting`: it may outlive it."""

    value: Any
    key: Key
    rests_on: tuple[_WasRead, ...]
    of_the_moment: bool
    lasting: bool


class KeptResults:
    """The results to the questions that were asked last, so many of them.

    `frames_of` gives the frames of data by their key.
    """

    def __init__(self, most: int, frames_of: Callable[[Key], Frames]) -> None:
        self._most = most
        self._frames_of = frames_of
        self._results: OrderedDict[tuple[Key, Any], tuple[_Result, ...]] = OrderedDict()
        self._asked: dict[Hashable, float] = {}
        self._turns: WeakValueDictionary[Hashable, Lock] = WeakValueDictionary()
        self._lock = Lock()

    def get(self, key: Key, asked: Hashable, make: Callable[[], Any]) -> Any:
        """What `make` gives for the data of that key, or gave before; `asked` names it among all."""
        name = (how_much(key), asked)
        if not _AHEAD.get():
            self._asked[name] = monotonic()
        found = self._found(name, key)
        if found is None:
            # After an edit every open browser asks for the same within seconds: the first has it made, the
            # others wait instead of slowing it down. What something is made of never needs that thing itself.
            with self._turn((name, key)):
                found = self._found(name, key)
                if found is None:
                    return self._made(name, key, make)
        return found.value

    def behind(self, moment: Key, since: float) -> list[tuple[Key, Any]]:
        """The questions that people have asked since then and to which no answer holds at that moment, each
        with the key of its data, the last one first.

        `since`: seconds as `time.monotonic` has them.
        """
        with self._lock:
            known = [each for each in self._results.items() if self._asked.get(each[0], 0.0) >= since]
        return [
            ((*moment, *much), asked)
            for (much, asked), kept in reversed(known)
            if not any(self._holds(each, (*moment, *much)) for each in kept)
        ]

    def clear(self) -> None:
        with self._lock:
            self._results.clear()
            self._asked.clear()

    def _turn(self, wanted: Hashable) -> Lock:
        """Whose turn it is to make something; the same for all who want it at the same time."""
        with self._lock:
            return self._turns.setdefault(wanted, Lock())

    def _found(self, name: tuple[Key, Any], key: Key) -> _Result | None:
        with self._lock:
            known = self._results.get(name, ())
            if known:
                self._results.move_to_end(name)
        return next((result for result in known if self._holds(result, key)), None)

    def _made(self, name: tuple[Key, Any], key: Key, make: Callable[[], Any]) -> Any:
        with reads.noted() as noted:
            value = make()
        made = _result(key, value, noted)
        with self._lock:
            others = [each for each in self._results.get(name, ()) if each.lasting]
            self._results[name] = (made, *others[: _VERSIONS - 1])
            self._results.move_to_end(name)
            while len(self._results) > self._most:
                self._asked.pop(self._results.popitem(last=False)[0], None)
        return value

    def _holds(self, known: _Result, key: Key) -> bool:
        """Whether a result is that of these data; what it rests on is read again, for whoever notes it."""
        if known.key != key and not known.lasting:
            return False
        # At the same revision too: its data may have been let go and read again since, later than the result.
        for each in known.rests_on:
            if not each.is_in(self._frames_of(at_moment(each.data, key))):
                return False
        if reads.is_noted():
            for each in known.rests_on:
                there = self._frames_of(at_moment(each.data, key))
                for table in each.tables:
                    there[table]
            if known.of_the_moment:
                reads.note_moment()
        return True


@contextmanager
def ahead() -> Iterator[None]:
    """What is asked for in here nobody has asked: it does not count as such."""
    token = _AHEAD.set(True)
    try:
        yield
    finally:
        _AHEAD.reset(token)


def made_once(most: int) -> Callable[[Callable[[*Ts], R]], Callable[[*Ts], R]]:
    """Keep what the function gave for the last arguments, so many of them; nobody makes what another does."""

    def kept(function: Callable[[*Ts], R]) -> Callable[[*Ts], R]:
        known = lru_cache(maxsize=most)(lambda *args: _Made())

        @wraps(function)
        def told(*args: *Ts) -> R:
            return known(*args).given(lambda: function(*args))

        return told

    return kept


class _Made:
    """A value that is made by who asks first."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._values: list[Any] = []

    def given(self, make: Callable[[], Any]) -> Any:
        if not self._values:
            with self._lock:
                if not self._values:
                    self._values.append(make())
        return self._values[0]


class Latest(Generic[T]):
    """What was put last, so much of it, each by its name; the latest first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._found: tuple[tuple[Hashable, T], ...] = ()

    def named(self, name: Hashable) -> tuple[T, ...]:
        """All of that name."""
        return tuple(found for known, found in self._found if known == name)

    def put(self, name: Hashable, found: T) -> None:
        self._found = ((name, found), *self._found[: self._most - 1])


def kept_with(function: Callable[Concatenate[T, P], R]) -> Callable[Concatenate[T, P], R]:
    """Keep what the function gives for a thing, by further arguments, as long as there is this very thing.

    For what never changes, as frames and drawings, so that it cannot go stale; what is given must rest on
    nothing but the arguments, and not hold the thing itself.
    """
    known: dict[int, tuple[ref[T], dict[Any, R]]] = {}

    @wraps(function)
    def told(thing: T, *args: P.args, **named: P.kwargs) -> R:
        held = known.get(id(thing))
        if held is None or held[0]() is not thing:
            held = known[id(thing)] = ref(thing, partial(_forget, known, id(thing))), {}
        key = (args, tuple(sorted(named.items())))
        if key not in held[1]:
            held[1][key] = function(thing, *args, **named)
        return held[1][key]

    return told


def _forget(known: dict[int, Any], key: int, gone: ref[pd.DataFrame]) -> None:
    """Something else may have taken the place since."""
    if key in known and known[key][0] is gone:
        del known[key]


def how_much(key: Key) -> Key:
    """How much of the data, whichever they are."""
    return key[_MOMENT.stop :]


def at_moment(key: Key, other: Key) -> Key:
    """As much of the data as the one says, at the moment of the other."""
    return (*other[_MOMENT], *how_much(key))


def _result(key: Key, value: Any, noted: reads.Reads) -> _Result:
    # By the very `Frames`: had some been let go and read again meanwhile, what was read would be of both.
    found: dict[Frames, _WasRead] = {}
    for (source, table), frame in noted.frames.items():
        if source.edition is not None:
            found.setdefault(source, _WasRead(source.edition)).tables[table] = ref(frame)
    rests_on = tuple(found.values())
    moment = noted.of_the_moment or any(each.data[_MOMENT] != key[_MOMENT] for each in rests_on)
    return _Result(value, key, rests_on, moment, not moment and reads.only_values(value))
