"""A bar for work that takes a while, which no click can interrupt half-way."""

from __future__ import annotations

from types import TracebackType

import streamlit as st
from streamlit.runtime.scriptrunner_utils.exceptions import ScriptControlException


class Bar:
    """Shows how far a work has come, from 0 to 1 under changing words.

    A click meanwhile would stop the script wherever it next draws, in the midst of a transaction too. Here
    it is kept until the work is done, and carried out then.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._stop: ScriptControlException | None = None
        self._bar = st.progress(0.0, text=text)

    def __enter__(self) -> Bar:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if error is None and self._stop is not None:
            raise self._stop
        if self._stop is None:
            self._bar.empty()

    def tell(self, share: float) -> None:
        """So much is done."""
        if self._stop is None:
            try:
                self._bar.progress(min(1.0, max(0.0, share)), text=self._text)
            except ScriptControlException as stop:
                self._stop = stop

    def part(self, text: str, first: float, last: float) -> Part:
        """A part of the work that takes the bar from one share to another under words of its own."""
        self._text = text
        self.tell(first)
        return Part(self, first, last)


class Part:
    """Takes shares of a part of the work."""

    def __init__(self, bar: Bar, first: float, last: float) -> None:
        self._bar, self._first, self._last = bar, first, last

    def __call__(self, share: float) -> None:
        self._bar.tell(self._first + share * (self._last - self._first))
