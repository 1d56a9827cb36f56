"""What people will ask is worked out before they ask, while nobody waits for a page: what they look at first,
and what open pages ask again after an edit.

Whoever looks is shown the same, only sooner: what is made here is what would be made then, by the same
functions, and kept in the same place. Somebody who asks meanwhile for what is just being made waits for that
alone.
"""

from __future__ import annotations

import logging
import math
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from typing import Any, TypeVar

from steering.storage.clock import NotADay
from steering.web import current, kept, results
from steering.web.browser import background

T = TypeVar("T")
logger = logging.getLogger(__name__)
# Who has not asked for so long may have closed the page; whoever only leafed through is not followed far.
LOOK_BACK, MOST = 900.0, 150
_START = 20.0  # seconds: a start is busy enough
# Seconds without anybody before what nobody has asked for yet is done: who has just been shown a page is
# likely to click again, and would wait beside it.
REST = 2.0
_LOOK_UP = 0.5  # seconds after which it looks whether the server ends
_PAUSE = 0.02  # seconds between two looks whether somebody still waits


class _Waiting:
    """How many wait for a page just now, and since when nobody does (seconds of `time.monotonic`)."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.number = 0
        self.since = -math.inf

    def add(self, one: int) -> None:
        with self._lock:
            self.number += one
            self.since = time.monotonic()

    def nobody_for(self, seconds: float) -> bool:
        return not self.number and time.monotonic() - self.since >= seconds


_waiting = _Waiting()


@contextmanager
def somebody_waits() -> Iterator[None]:
    """A page is being made in here."""
    _waiting.add(1)
    try:
        yield
    finally:
        _waiting.add(-1)


FirstLook = Callable[[], Iterable[Callable[[], object]]]


def begin(first: FirstLook, start: float = _START) -> Callable[[], None]:
    """Work ahead from now on; what is returned ends that, after a result that is under way.

    `first` tells the pieces of what people look at first: done `start` seconds from now, and on each new day.
    """
    return background.begin("working ahead", partial(_watch, first, start))


def _watch(first: FirstLook, start: float, ended: threading.Event) -> None:
    began, prepared_for = time.monotonic(), None
    while not ended.is_set():
        today = _today()
        if today != prepared_for and time.monotonic() - began >= start:
            prepare(first, ended)
            prepared_for = today
        if results.next_change(_LOOK_UP):
            catch_up(ended)


def _today() -> date | None:
    """The day; None where what is set is none, which the pages say."""
    try:
        return current.today()
    except NotADay:
        return None


def prepare(first: FirstLook, ended: threading.Event) -> None:
    """Do what people look at first, as nobody who counts as having asked."""

    def all_of_it() -> None:
        for piece in first():
            if not _nobody_waits(ended, rest=REST):
                return
            with kept.ahead():
                _left_to_whoever_asks(piece)

    _left_to_whoever_asks(all_of_it)


def catch_up(ended: threading.Event) -> None:
    """Work out what is behind the newest moment, until another one comes."""
    moment = results.newest()
    if not _at_leisure(ended, moment):
        return
    for make in _left_to_whoever_asks(partial(_behind, moment)) or ():
        if not _at_leisure(ended, moment):
            return
        _left_to_whoever_asks(make)


def _behind(moment: kept.Key) -> list[Callable[[], None]]:
    since = time.monotonic() - LOOK_BACK
    return [partial(_make, key, make) for key, make in results.behind(moment, since)[:MOST]]


def _make(key: kept.Key, make: Callable[[], Any]) -> None:
    with kept.ahead(), current.as_of(key):
        make()


def _left_to_whoever_asks(work: Callable[[], T]) -> T | None:
    """What comes of it; None where it fails: whoever asks next gets told, or has it made then."""
    try:
        return work()
    except Exception:
        logger.info("Something could not be worked out ahead", exc_info=True)
        return None


def _at_leisure(ended: threading.Event, moment: kept.Key) -> bool:
    """Wait until nobody waits; whether there is still something to be done for that moment."""
    return _nobody_waits(ended, lambda: results.newest() == moment)


def _nobody_waits(
    ended: threading.Event, wanted: Callable[[], bool] = lambda: True, rest: float = 0.0
) -> bool:
    """Wait until nobody has waited for `rest` seconds; whether there is still something to be done."""
    while not _waiting.nobody_for(rest) and not ended.is_set() and wanted():
        time.sleep(_PAUSE)
    return not ended.is_set() and wanted()
