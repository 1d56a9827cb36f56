"""The way from a structure to what the public directory says of it."""

from __future__ import annotations

import streamlit as st

from steering.storage.rights.table import Right
from steering.web import address, current, pages


def offer(structure_id: int) -> None:
    """A button that opens the entry, for those for whom the section of the directory is open."""
    if not current.offers(Right.EDIT) or current.discreet():
        return
    if st.button(
        "Eintrag im öffentlichen Verzeichnis", key="to public entry", type="tertiary",
        icon=":material/public:", on_click=_open, args=(structure_id,),
    ):  # fmt: skip
        address.go_to(pages.DATA.file)


def _open(structure_id: int) -> None:
    st.session_state[address.PUBLIC_ENTRY] = structure_id
    st.session_state[address.DATA_SECTION] = pages.DATA_SECTIONS[pages.DIRECTORY]
