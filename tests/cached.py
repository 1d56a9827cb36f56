"""Notices when something that is computed once for everybody looks into the session of one of them.

What `current.of` and `current.derived` keep is found again by its arguments: what a function reads from the
session beside them would be another user's, or yesterday's.
"""

import threading
from collections.abc import Callable
from functools import cache, wraps
from typing import Any

import pytest
from streamlit.runtime.state import SessionStateProxy

from steering.web import current, results

# What a result is kept by names these already: `current` asks for them on each call. Which data the browser
# has been working with ("origin") decides about writes alone.
KNOWN_TO_THE_CACHE = {"origin", "looked_up", current.EXAMPLES_HIDDEN, current.DISCREET}
_here = threading.local()
_ALREADY: set[Callable[..., Any]] = set()


def notice_what_is_read(patch: pytest.MonkeyPatch) -> None:
    """A read of the session raises while something is computed for the cache."""
    read = SessionStateProxy.__getitem__

    def watched_read(state: SessionStateProxy, key: Any) -> Any:
        inside: list[str] = getattr(_here, "inside", [])
        if inside and str(key) not in KNOWN_TO_THE_CACHE:
            raise AssertionError(f"{inside[-1]} is cached and reads »{key}« from the session: pass it.")
        return read(state, key)

    patch.setattr(SessionStateProxy, "__getitem__", watched_read)
    # What was looked up holds more than that.
    for name in ("mandate", "_asks"):
        patch.setattr(current, name, _refused_inside(name, getattr(current, name)))
    for name in ("result", "derived"):
        patch.setattr(results, name, _through(getattr(results, name)))


def _refused_inside(name: str, told: Callable[[], Any]) -> Callable[[], Any]:
    def watched() -> Any:
        if inside := getattr(_here, "inside", []):
            raise AssertionError(f"{inside[-1]} is cached and asks for the {name.strip('_')}: pass it.")
        return told()

    return watched


def _through(kept: Callable[..., Any]) -> Callable[..., Any]:
    return lambda function, key, *args, **named: kept(_watched(function), key, *args, **named)


@cache
def _watched(function: Callable[..., Any]) -> Callable[..., Any]:
    if function in _ALREADY:
        # What is worked out ahead is asked for as it was kept.
        return function

    @wraps(function, updated=())
    def computed(*args: Any, **named: Any) -> Any:
        _here.inside = [*getattr(_here, "inside", []), getattr(function, "__qualname__", repr(function))]
        try:
            return function(*args, **named)
        finally:
            _here.inside = _here.inside[:-1]

    _ALREADY.add(computed)
    return computed
