"""Records which elements a page draws, and draws the same ones again without computing anything.

The replay makes the same outermost calls (`st.metric`, `column.dataframe`, …) with the very arguments that
the page passed: the same frames, specifications, options and keys. What remains is what Streamlit needs.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.navigation.page import StreamlitPage

# Widgets whose value may be set beforehand; buttons, tables and charts refuse that.
HOLD_A_VALUE = {
    "checkbox",
    "date_input",
    "multiselect",
    "number_input",
    "pills",
    "radio",
    "segmented_control",
    "select_slider",
    "selectbox",
    "slider",
    "text_area",
    "text_input",
    "toggle",
}
ROOTS = {id(root): root for root in (st._main, st.sidebar, st._bottom, st._event)}

# A container as the call that made it and its place among that call's results; or a root of the page.
Container = tuple[int, int] | DeltaGenerator


@dataclass
class Call:
    """One outermost call: `container.method(*args, **kwargs)`."""

    container: Container
    method: str
    args: tuple[Any, ...]
    kwargs: dict[str, Any]


@dataclass
class Recording:
    """The calls of one run, in order, and the values that their widgets had."""

    calls: list[Call] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    _containers: dict[int, Container] = field(default_factory=lambda: dict(ROOTS))
    _kept: list[Any] = field(default_factory=list)
    _depth: int = 0

    def note(self, method: Callable[..., Any], self_: DeltaGenerator, *args: Any, **kwargs: Any) -> Any:
        """Make the call, and write it down unless Streamlit made it within another one."""
        if self._depth:
            return method(self_, *args, **kwargs)
        call = Call(self._containers[id(self_._active_dg)], method.__name__, args, kwargs)
        if "format_func" in kwargs:
            call.kwargs = kwargs | {"format_func": Texts(kwargs["format_func"])}
        self.calls.append(call)
        self._depth += 1
        try:
            result = method(self_, *args, **call.kwargs)
        finally:
            self._depth -= 1
        for place, container in enumerate(containers(result)):
            self._containers[id(container)] = (len(self.calls) - 1, place)
        # What is no longer referred to could give its id to another container.
        self._kept.append(result)
        return result

    def play(self, pages: Mapping[str, StreamlitPage]) -> None:
        """Make all calls again; for the body of a page. Links to `pages`, named by file, go to those."""
        for key, value in self.values.items():
            st.session_state.setdefault(key, value)
        made: list[Any] = []
        for call in self.calls:
            target = call.container
            if isinstance(target, tuple):
                target = containers(made[target[0]])[target[1]]
            args = [pages[call.args[0]]] if call.method == "page_link" else call.args
            made.append(getattr(target, call.method)(*args, **call.kwargs))


class Texts:
    """A `format_func` that asks only once for each option: looking texts up is work of the page."""

    def __init__(self, ask: Callable[[Any], str]) -> None:
        self._ask = ask
        self._known: dict[Any, str] = {}

    def __call__(self, option: Any) -> str:
        if option not in self._known:
            self._known[option] = self._ask(option)
        return self._known[option]


def containers(result: Any) -> list[DeltaGenerator]:
    """The containers among what a call has returned."""
    several = result if isinstance(result, (list, tuple)) else [result]
    return [one for one in several if isinstance(one, DeltaGenerator)]


@contextmanager
def recording() -> Iterator[Recording]:
    """Notes every element that is drawn until the block ends."""
    noted = Recording()
    methods = inspect.getmembers(DeltaGenerator, inspect.isfunction)
    drawing = {name: method for name, method in methods if not name.startswith("_")}
    for name, method in drawing.items():
        setattr(DeltaGenerator, name, _noting(noted, method))
    _bind(drawing)
    try:
        yield noted
    finally:
        # The methods stand in Streamlit's mixins; ours only hid them.
        for name in drawing:
            delattr(DeltaGenerator, name)
        _bind(drawing)


def _noting(noted: Recording, method: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(method)
    def wrapped(self_: DeltaGenerator, *args: Any, **kwargs: Any) -> Any:
        return noted.note(method, self_, *args, **kwargs)

    return wrapped


def _bind(names: Iterable[str]) -> None:
    """Renew `st.title` and the like: they are methods of the main container, bound at import."""
    for name in names:
        container = getattr(getattr(st, name, None), "__self__", None)
        if isinstance(container, DeltaGenerator):
            setattr(st, name, getattr(container, name))
