"""What is computed from the data, kept by what was asked.

The only cache of the program, but for the ground of the map (`map.ground`), which is kept by its content. A
result is kept by (database, dataset, function, arguments) and the frames that were read for it; since
functions in `analysis` depend on nothing else, it never goes stale, nothing is recomputed between two edits,
and after one only what has read what it changed (`kept`). Nothing here looks into a session.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from threading import Event
from typing import Any, cast

import pandas as pd

from steering.analysis import discretion, reads
from steering.analysis.frames import Frames
from steering.analysis.portfolio import Portfolio, alike
from steering.storage import reading
from steering.storage.saving import Origin
from steering.web import opened
from steering.web.kept import KeptResults, Key, Latest, how_much, made_once


@made_once(8)
def portfolio(url: str, origin: Origin, at: int, hidden: bool, discreetly: bool) -> Portfolio:
    """The data at a revision, without the examples and without what is internal where they are left out."""
    key = url, origin, at, hidden, discreetly
    with reads.apart():
        found = _moment(url, origin, at).portfolio
        found = found.without_examples() if hidden else found
        found = discretion.for_everyone(found) if discreetly else found
        # What an edit leaves as it is stays the very same frame, also where it was made of others.
        found = found.sharing(_before.named(how_much(key)))
        found = replace(found, frames=Frames(found.frames, edition=key))
    _before.put(how_much(key), found)
    return found


@made_once(3)
def _moment(url: str, origin: Origin, at: int) -> reading.Moment:
    before = _moments.named((url, origin))
    found = reading.moment(opened.database(), before[0] if before else None)
    _moments.put((url, origin), found)
    return found


@made_once(3)
def outlines(url: str, origin: Origin, at: int) -> Frames:
    """The outlines to draw, as table `boundary`, see `reading.boundaries`."""
    read = reading.boundaries(opened.database())
    found = next((before for before in _drawn.named("outlines") if alike(read, before)), read)
    _drawn.put("outlines", found)
    return Frames({"boundary": found}, edition=(url, origin, at))


_before: Latest[Portfolio] = Latest(8)
_moments: Latest[reading.Moment] = Latest(2)
_drawn: Latest[pd.DataFrame] = Latest(2)


def _frames_of(key: Key) -> Frames:
    """The frames of data by what `kept` has noted of them."""
    return cast("Frames", portfolio(*key).frames) if len(key) > 3 else outlines(*key)


_results, _pieces = KeptResults(256, _frames_of), KeptResults(256, _frames_of)


def result(function: Callable[..., Any], key: Key, *args: Any, **named: Any) -> Any:
    """`function(portfolio, …)` for the data of that key."""
    asked = function, args, tuple(sorted(named.items()))
    return _results.get(key, asked, lambda: function(portfolio(*key), *args, **named))


def derived(function: Callable[..., Any], key: Key, *args: Any) -> Any:
    """`function(*args)` for the data of that key, which it asks for by itself."""
    return _pieces.get(key, (function, args), lambda: function(*args))


class _Newest:
    """The moment of the data that anybody has seen last."""

    def __init__(self) -> None:
        self.moment: Key = ()
        self.changed = Event()


_newest = _Newest()


def seen(moment: Key) -> None:
    """Somebody looks at the data of that moment."""
    if moment != _newest.moment:
        _newest.moment = moment
        _newest.changed.set()


def newest() -> Key:
    """The moment of the data that anybody has seen last; () before the first."""
    return _newest.moment


def next_change(seconds: float) -> bool:
    """Wait for another moment than the last one that was waited for; whether one came."""
    if not _newest.changed.wait(seconds):
        return False
    _newest.changed.clear()
    return True


def behind(moment: Key, since: float) -> list[tuple[Key, Callable[[], Any]]]:
    """What was asked since then and has no answer yet at that moment, the last question first.

    Each the key of its data with what finds the answer. `since`: seconds as `time.monotonic` has them.
    """
    found: list[tuple[Key, Callable[[], Any]]] = []
    for key, (function, args, named) in _results.behind(moment, since):
        found.append((key, partial(result, function, key, *args, **dict(named))))
    for key, (function, args) in _pieces.behind(moment, since):
        found.append((key, partial(derived, function, key, *args)))
    return found
