"""While a file is read: a way to stop it, and afterwards the sentence that it was stopped."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st


@contextmanager
def stoppable(key: str, what: object) -> Iterator[None]:
    """Offers to stop what is done within; nothing may be written there."""
    place = st.empty()
    place.button("Abbrechen", key=f"{key} stop", on_click=_stop, args=(key, what))
    yield
    place.empty()


def is_stopped(key: str, what: object) -> bool:
    """Whether somebody has stopped reading this, which the screen then says, with a way to begin again."""
    place = f"{key} stopped"
    if st.session_state.get(place) != what:
        return False
    st.info("Das Lesen wurde abgebrochen; geschrieben wurde nichts.")
    st.button("Noch einmal lesen", key=f"{key} again", on_click=st.session_state.pop, args=(place, None))
    return True


def _stop(key: str, what: object) -> None:
    st.session_state[f"{key} stopped"] = what
