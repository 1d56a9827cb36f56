"""A question before something is done that others will notice."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

ASKED = "asked"


def ask(key: str) -> None:
    """From now on the question of that key stands on the screen, until it is answered."""
    st.session_state[ASKED] = key


def is_asked(key: str) -> bool:
    """Whether it does."""
    return bool(st.session_state.get(ASKED) == key)


def question(key: str, sentence: str, yes: str, do: Callable[[], object]) -> None:
    """The question, if it is asked, and its two answers; `do` is called for the one that says `yes`."""
    if not is_asked(key):
        return
    with st.container(border=True):
        st.markdown(sentence)
        with st.container(horizontal=True, gap="small"):
            st.button(yes, key=f"yes {key}", type="primary", on_click=_answered, args=(do,))
            st.button("Abbrechen", key=f"no {key}", on_click=_answered)


def _answered(do: Callable[[], object] | None = None) -> None:
    st.session_state.pop(ASKED, None)
    if do:
        do()
