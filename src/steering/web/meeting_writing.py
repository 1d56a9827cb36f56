"""Writes of the page Koordinierungsrunde that need no form: said when done, with a way back, or why not."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from steering.storage import writing
from steering.storage.problems import Receipt, StorageError
from steering.storage.writing import Edit
from steering.web import current, forms


def attempt(write: Callable[[], Receipt], what: str) -> Receipt | None:
    """Do it and offer to take it back; None where it was refused, which the screen then says."""
    try:
        receipt = write()
    except StorageError as refusal:
        st.session_state["refused"] = str(refusal)
        return None
    forms.note_cleaned(receipt)
    if receipt.batch:
        st.session_state["saved"] = (what, receipt.batch)
        st.session_state["announce"] = True
    return receipt


def edit(edits: list[Edit], what: str) -> Receipt | None:
    """Write edits in one go."""
    return attempt(
        lambda: writing.write(current.engine(), edits, actor=forms.actor(), now=current.now()), what
    )
