"""Who signs in and out has a line in the log: by the number of the entry, never by name."""

from __future__ import annotations

import streamlit as st

from steering.storage import journal
from steering.storage.journal import Happened
from steering.web import current

_TOLD = "sign-in is logged"


def let_in() -> None:
    """Once per session: somebody with an entry is here."""
    _once(Happened.SIGN_IN, person=current.mandate().key or 0)


def not_let_in() -> None:
    """Once per session: somebody is signed in and has no entry, or none that counts."""
    _once(Happened.REFUSAL, of="sign-in")


def passed_over() -> None:
    """Once per session: persons are entered, and nobody is asked to sign in."""
    _once(Happened.NO_SIGN_IN)


def sign_out() -> None:
    """End the sign-in of this browser."""
    journal.event(Happened.SIGN_OUT, person=current.mandate().key or 0)
    st.logout()


def _once(kind: Happened, **about: int | str) -> None:
    if st.session_state.get(_TOLD) != kind:
        st.session_state[_TOLD] = kind
        journal.event(kind, **about)
