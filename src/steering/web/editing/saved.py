"""What was last saved or refused, with the way back."""

from __future__ import annotations

import streamlit as st

from steering.storage.history import undoing
from steering.storage.problems import StorageError
from steering.web import current
from steering.web.editing import attempts, folded_form
from steering.web.editing.open_forms import close_untouched
from steering.web.text import plain


def last_saved() -> None:
    """What was last saved or refused, with the way back."""
    if refusal := st.session_state.pop("refused", None):
        st.warning(plain(refusal))
        st.toast(plain(refusal), icon=":material/error:")
    if cleaned := st.session_state.pop("cleaned", None):
        st.info(f"Unsichtbare Zeichen wurden entfernt: {plain(cleaned)}.")
    if saved := st.session_state.get("saved"):
        what, batch = saved
        # What was saved may be called by what a room is not to read; and there one message is enough.
        said = "Gespeichert." if current.discreet() else f"{plain(what)} gespeichert."
        if st.session_state.pop("announce", False) and not current.presenting():
            st.toast(said, icon=":material/check:")
        st.success(said, icon=":material/check:")
        with st.container(horizontal=True, gap="small"):
            if batch is not None:
                st.button("Rückgängig", key="undo last", on_click=undo, args=(batch,), type="tertiary")
            st.button("Ausblenden", key="hide saved", on_click=_hide_saved, type="tertiary")


def undo(batch: str) -> None:
    """Take a saved batch back, or say why that cannot be done."""
    try:
        undoing.undo(current.engine(), batch, actor=attempts.actor(), now=current.now())
    except StorageError as refusal:
        st.session_state["refused"] = str(refusal)
    else:
        close_untouched()
        _hide_saved()
        folded_form.outdate_page()


def _hide_saved() -> None:
    st.session_state.pop("saved", None)
