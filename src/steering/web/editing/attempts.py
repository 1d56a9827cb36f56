"""Writes that need no form: said when done, with a way back, or why not."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from steering.model.german import listing
from steering.model.labels import usual_word
from steering.storage import writing
from steering.storage.problems import Receipt, StorageError
from steering.storage.writing import Edit
from steering.web import current
from steering.web.editing import folded_form


def attempt(write: Callable[[], Receipt], what: str, *, quietly: bool = False) -> Receipt | None:
    """Do it and offer to take it back; None where it was refused, which the screen then says.

    `quietly`: for presses on the page, which shows what they did; nothing is said where nothing changes.
    """
    try:
        receipt = write()
    except StorageError as refusal:
        st.session_state["refused"] = str(refusal)
        return None
    if not quietly:
        done(what, receipt)
    else:
        note_cleaned(receipt)
        if receipt.batch:
            _announce(what, receipt.batch)
    return receipt


def edit(edits: list[Edit], what: str) -> Receipt | None:
    """Write edits in one go, quietly."""
    return attempt(
        lambda: writing.write(current.engine(), edits, actor=actor(), now=current.now()), what, quietly=True
    )


def done(what: str, receipt: Receipt, *, for_good: bool = False) -> None:
    """Say that something was saved, offer to take it back if that can be, and show it on the page."""
    note_cleaned(receipt)
    if receipt.batch is None:
        unchanged = "Es war nichts geändert, also wurde nichts gespeichert."
        st.session_state["refused"] = unchanged if current.discreet() else f"{what}: {unchanged}"
        return
    _announce(what, None if for_good else receipt.batch)
    folded_form.outdate_page()


def note_cleaned(receipt: Receipt) -> None:
    """Have the screen say that not every character was stored that came in."""
    if receipt.cleaned:
        st.session_state["cleaned"] = listing([f"»{usual_word(name)}«" for name in receipt.cleaned])


def actor() -> str:
    """Who writes: the person who is signed in, else the unit on whose behalf this browser writes."""
    return current.mandate().name or str(st.session_state.get("actor") or "Landratsamt")


def _announce(what: str, batch: str | None) -> None:
    st.session_state["saved"] = (what, batch)
    st.session_state["announce"] = True
