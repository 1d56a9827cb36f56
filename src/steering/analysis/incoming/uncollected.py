"""While a large file becomes records, everything that is made stays: looking for garbage finds none."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_lock = Lock()
_state = {"pausing": 0, "was_on": False}


@contextmanager
def uncollected() -> Iterator[None]:
    """Pause Python's search for garbage, which else walks all rows again and again; threads may overlap."""
    with _lock:
        if _state["pausing"] == 0:
            _state["was_on"] = gc.isenabled()
            gc.disable()
        _state["pausing"] += 1
    try:
        yield
    finally:
        with _lock:
            _state["pausing"] -= 1
            if _state["pausing"] == 0 and _state["was_on"]:
                gc.enable()
