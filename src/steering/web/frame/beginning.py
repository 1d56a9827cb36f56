"""An empty database: how to begin."""

from __future__ import annotations

import streamlit as st

from steering.storage import loading
from steering.storage.rights.table import Right
from steering.web import current, pages
from steering.web.data import district
from steering.web.editing import attempts

# The Landkreis whose documented inventory comes with the program.
DOCUMENTED = "09473"


def strip() -> None:
    """Offer the documented inventory where nothing has been entered yet."""
    portfolio = current.portfolio()
    begun = portfolio.has("organisation") or portfolio.has("structure")
    if begun or not current.may(Right.SETTINGS):
        return
    if portfolio.settings["district_key"] == DOCUMENTED:
        _offer_documented()
    # The page of the data has the form among its registers.
    if st.session_state["page_now"] == pages.DATA.title:
        return
    with st.expander(
        f"Eingerichtet ist »{portfolio.settings['district_name']}«. Anderen Landkreis einrichten"
    ):
        st.caption("Das geht, bis der erste Träger oder die erste Struktur erfasst ist.")
        district.section()


def _offer_documented() -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption("Noch ist nichts erfasst. Zum Landkreis Coburg gibt es belegte Daten:")
        st.button("Daten des Landkreises Coburg laden", on_click=_load)


def _load() -> None:
    attempts.attempt(
        lambda: loading.load(current.engine(), "coburg", actor=attempts.actor(), now=current.now()),
        "Die Daten des Landkreises Coburg",
    )
