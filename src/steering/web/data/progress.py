"""A bar for work that takes a while: no click interrupts writing half-way, but one may end reading."""

from __future__ import annotations

from types import TracebackType

import streamlit as st
from streamlit.runtime.scriptrunner_utils.exceptions import ScriptControlException

_A_WHILE = 3  # seconds


class Bar:
    """Shows how far a work has come, from 0 to 1 under changing words.

    A click meanwhile would stop the script wherever it next draws, in the midst of a transaction too. Here
    it is kept until the work is done, and carried out then; unless the work `may_stop`, since nothing is lost
    by it.
    """

    def __init__(self, text: str, *, may_stop: bool = False) -> None:
        self._text, self._may_stop, self._share = text, may_stop, 0.0
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
        self._share = min(1.0, max(0.0, share))
        self._draw(self._text)

    def waiting(self, seconds: float) -> None:
        """So long has it taken, whether or not more is done."""
        taken = f" Bisher {seconds:.0f} Sekunden." if seconds >= _A_WHILE else ""
        self._draw(self._text + taken)

    def _draw(self, text: str) -> None:
        if self._stop is None:
            try:
                self._bar.progress(self._share, text=text)
            except ScriptControlException as stop:
                if self._may_stop:
                    raise
                self._stop = stop

    def part(self, text: str, first: float, last: float) -> WorkShare:
        """A part of the work that takes the bar from one share to another under words of its own."""
        self._text = text
        self.tell(first)
        return WorkShare(self, first, last)


class WorkShare:
    """Takes shares of a part of the work."""

    def __init__(self, bar: Bar, first: float, last: float) -> None:
        self._bar, self._first, self._last = bar, first, last

    def __call__(self, share: float) -> None:
        self._bar.tell(self._first + share * (self._last - self._first))

    def waiting(self, seconds: float) -> None:
        """So long has this part taken."""
        self._bar.waiting(seconds)
