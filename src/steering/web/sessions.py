"""Where what somebody looks at is kept: in the session of a browser, or beside it where a program fetches."""

from __future__ import annotations

from collections.abc import Callable, Iterator, MutableMapping
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from typing import Any, cast

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.state import get_session_state

from steering.storage.rights.acting import Who

_STANDING_IN: ContextVar[dict[str, Any] | None] = ContextVar("standing in", default=None)
_FOR_EVERYONE = ContextVar("for everyone", default=False)
_OWNER = "standing in for"


class NobodyAsks(RuntimeError):
    """Something was asked of a session where no page runs and nobody stands in."""


def state() -> MutableMapping[str, Any]:
    """The session of who asks, or what stands for one. Raises NobodyAsks."""
    found = _standing_in()
    return cast("MutableMapping[str, Any]", st.session_state) if found is None else found


def owner() -> Who | None:
    """In whose name a program fetches; None where a browser asks. Raises NobodyAsks."""
    found = _standing_in()
    return None if found is None else cast("Who", found[_OWNER])


def _standing_in() -> dict[str, Any] | None:
    found = _STANDING_IN.get()
    # Outside a run Streamlit has one state for the whole server, and takes everybody for who sits at it.
    if found is None and get_script_run_ctx(suppress_warning=True) is None:
        raise NobodyAsks("A session was asked for outside a run of a page: see `sessions.held_fast`.")
    return found


def held_fast(asks: Who) -> Callable[[], AbstractContextManager[None]]:
    """The session as it is in this run, to be entered once the run is over, in any thread."""
    # Streamlit's own way through its state: a question for each key took two milliseconds a button.
    kept = dict(state()) if _STANDING_IN.get() is not None else get_session_state().filtered_state
    return lambda: standing_in(asks, **kept)


@contextmanager
def standing_in(asks: Who, /, **kept: object) -> Iterator[None]:
    """Have what pages are made of answer for somebody who has no browser open, with `kept` as their session.

    It holds in this thread, until it is left.
    """
    token = _STANDING_IN.set({_OWNER: asks, **kept})
    try:
        yield
    finally:
        _STANDING_IN.reset(token)


@contextmanager
def for_everyone() -> Iterator[None]:
    """Have what is made in here be made as everyone sees it, whoever makes it: all are shown it later."""
    token = _FOR_EVERYONE.set(True)
    try:
        yield
    finally:
        _FOR_EVERYONE.reset(token)


def is_for_everyone() -> bool:
    """Whether something is being made for everyone just now."""
    return _FOR_EVERYONE.get()
