"""Writes that need no form: said when done, with a way back, or why not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import streamlit as st

from steering.model.german import listing
from steering.model.labels import usual_word
from steering.storage import writing
from steering.storage.problems import Receipt, StorageError
from steering.storage.writing import Edit
from steering.web import current
from steering.web.editing import folded_form

SAVED = "gespeichert"


@dataclass(frozen=True)
class Done:
    """What was done last: `what` is `state` since; `batch` takes it back, None where it is for good.

    `remark`: what is still to be said of it.
    """

    what: str
    state: str
    batch: str | None
    at: datetime
    undone: bool = False
    remark: str = ""

    @property
    def sentence(self) -> str:
        """What was done, or that it was taken back."""
        return f"{'Zurückgenommen: ' if self.undone else ''}{self.what} {self.state}."

    @property
    def discreetly(self) -> str:
        """The same without what it was done to."""
        return "Zurückgenommen." if self.undone else f"{self.state.capitalize()}."


def attempt(
    write: Callable[[], Receipt], what: str, *, state: str = SAVED, quietly: bool = False
) -> Receipt | None:
    """Do it and offer to take it back; None where it was refused, which the screen then says.

    `state`: what becomes of it, in a word. `quietly`: for presses on the page, which shows what they did;
    nothing is said where nothing changes.
    """
    try:
        receipt = write()
    except StorageError as refusal:
        st.session_state["refused"] = str(refusal)
        return None
    if not quietly:
        done(what, receipt, state=state)
    else:
        note_cleaned(receipt)
        if receipt.batch:
            announce(what, receipt.batch, state=state)
    return receipt


def edit(edits: list[Edit], what: str) -> Receipt | None:
    """Write edits in one go, quietly."""
    return attempt(
        lambda: writing.write(current.engine(), edits, actor=actor(), now=current.now()), what, quietly=True
    )


def done(
    what: str, receipt: Receipt, *, state: str = SAVED, for_good: bool = False, remark: str = ""
) -> None:
    """Say that something was saved, offer to take it back if that can be, and show it on the page."""
    note_cleaned(receipt)
    if receipt.batch is None:
        unchanged = "Es war nichts geändert, also wurde nichts gespeichert."
        st.session_state["refused"] = unchanged if current.discreet() else f"{what}: {unchanged}"
        return
    announce(what, None if for_good else receipt.batch, state=state, remark=remark)
    folded_form.outdate_page()


def note_cleaned(receipt: Receipt) -> None:
    """Have the screen say that not every character was stored that came in."""
    if receipt.cleaned:
        st.session_state["cleaned"] = listing([f"»{usual_word(name)}«" for name in receipt.cleaned])


def actor() -> str:
    """Who writes: the person who is signed in, else the unit on whose behalf this browser writes."""
    return current.mandate().name or str(st.session_state.get("actor") or "Landratsamt")


def hide() -> None:
    """Say no more of what was done last."""
    st.session_state.pop("saved", None)


def announce(
    what: str, batch: str | None, *, state: str = SAVED, undone: bool = False, remark: str = ""
) -> None:
    """Have the screen say what was done, in the place of what it has said before."""
    st.session_state["saved"] = Done(what, state, batch, current.now(), undone, remark)
    st.session_state["announce"] = True
