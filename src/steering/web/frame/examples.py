"""The strip that keeps made-up examples and facts apart: how many, hide, remove."""

from __future__ import annotations

import streamlit as st

from steering.analysis.portfolio import Portfolio
from steering.model import Provenance
from steering.model.german import count
from steering.model.labels import COUNTED_WORDS
from steering.storage import examples
from steering.storage.rights.table import Right
from steering.web import current
from steering.web.editing import attempts
from steering.web.text import plain


def total() -> int:
    """How many examples are in view."""
    return current.of(_told)[0]


def strip() -> None:
    """Say how many examples are in view, and offer to hide or remove them."""
    if st.session_state.get(current.EXAMPLES_HIDDEN):
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key="examples"):
            st.caption("Beispielangaben sind ausgeblendet.")
            st.button("Einblenden", on_click=_hide, args=(False,), type="tertiary")
        return
    number, listed = current.of(_told)
    if not number:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="examples"):
        st.caption(
            f":material/science: {count(number, 'Beispielangabe', 'Beispielangaben')} in Sicht", help=listed
        )
        st.button("Ausblenden", on_click=_hide, args=(True,), type="tertiary")
        if not current.may(Right.SETTINGS):
            return
        with st.popover("Entfernen", type="tertiary"):
            st.markdown(f"Entfernt {listed}. Das lässt sich im Verlauf rückgängig machen.")
            for line in current.derived(_dependants):
                st.markdown(f"- {plain(line)}")
            st.button("Alle Beispiele entfernen", type="primary", on_click=_remove)


def _count(portfolio: Portfolio) -> dict[str, int]:
    found = {
        table: int((frame["provenance"] == Provenance.EXAMPLE).sum())
        for table, frame in portfolio.frames.items()
        if "provenance" in frame
    }
    return {table: number for table, number in found.items() if number}


def _told(portfolio: Portfolio) -> tuple[int, str]:
    """How many there are, and how many of what."""
    found = _count(portfolio)
    listed = ", ".join(count(number, *COUNTED_WORDS[table]) for table, number in found.items())
    return sum(found.values()), listed


def _dependants() -> list[str]:
    return examples.dependants(current.engine())


def _hide(hidden: bool) -> None:
    st.session_state[current.EXAMPLES_HIDDEN] = hidden


def _remove() -> None:
    attempts.attempt(
        lambda: examples.remove(current.engine(), actor=attempts.actor(), now=current.now()),
        "Entfernen der Beispiele",
    )
