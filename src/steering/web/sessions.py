"""Where what somebody looks at is kept: in the session of a browser, or beside it where a program fetches."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, cast

import streamlit as st

from steering.storage.rights.acting import Who

_STANDING_IN: ContextVar[dict[str, Any] | None] = ContextVar("standing in", default=None)
_FOR_EVERYONE = ContextVar("for everyone", default=False)
_OWNER = "standing in for"


def state() -> MutableMapping[str, Any]:
    """The session of who asks, or what stands for one."""
    found = _STANDING_IN.get()
    return cast("MutableMapping[str, Any]", st.session_state) if found is None else found


def owner() -> Who | None:
    """In whose name a program fetches; None where a browser asks."""
    found = _STANDING_IN.get()
    return None if found is None else cast("Who", found[_OWNER])


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
