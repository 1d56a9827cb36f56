"""What was last saved or refused, with the way back."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from steering.storage.history import undoing
from steering.storage.problems import StorageError
from steering.web import current
from steering.web.editing import attempts, folded_form
from steering.web.editing.open_forms import close_untouched
from steering.web.text import plain

# Whoever presses a form's button twice hits the way back with the second press: it stands there by then.
TOO_SOON = timedelta(seconds=2)


def last_saved() -> None:
    """What was last saved or refused, with the way back."""
    if refusal := st.session_state.pop("refused", None):
        st.warning(plain(refusal))
        st.toast(plain(refusal), icon=":material/error:")
    if cleaned := st.session_state.pop("cleaned", None):
        st.info(f"Unsichtbare Zeichen wurden entfernt: {plain(cleaned)}.")
    if saved := st.session_state.get("saved"):
        # What was saved may be called by what a room is not to read; and there one message is enough.
        said = saved.discreetly if current.discreet() else plain(saved.sentence)
        remark = "" if current.discreet() else plain(saved.remark)
        icon = ":material/undo:" if saved.undone else ":material/check:"
        if st.session_state.pop("announce", False) and not current.presenting():
            st.toast(said, icon=icon)
            if remark:
                st.toast(remark, icon=":material/info:")
        st.success(f"{said} {remark}".rstrip(), icon=icon)
        with st.container(horizontal=True, gap="small"):
            if saved.batch is not None:
                st.button("Rückgängig", key="undo last", on_click=_undo, args=(saved,), type="tertiary")
            st.button("Ausblenden", key="hide saved", on_click=attempts.hide, type="tertiary")


def _undo(saved: attempts.Done) -> None:
    if saved.batch is not None and current.now() - saved.at >= TOO_SOON and undo(saved.batch):
        attempts.announce(saved.what, None, state=saved.state, undone=True)


def undo(batch: str) -> bool:
    """Take a saved batch back, or say why that cannot be done; whether it was."""
    try:
        undoing.undo(current.engine(), batch, actor=attempts.actor(), now=current.now())
    except StorageError as refusal:
        st.session_state["refused"] = str(refusal)
        return False
    close_untouched()
    attempts.hide()
    folded_form.outdate_page()
    return True
