"""The settings: one part at a time, each with what it brings about."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from steering.web import address, pages, panels
from steering.web.settings import committees, costs, planning

PARTS: Mapping[str, Callable[[], None]] = {
    pages.SETTINGS_PARTS[pages.SETTINGS]: planning.show,
    pages.SETTINGS_PARTS[pages.COMMITTEES]: committees.show,
    pages.SETTINGS_PARTS[pages.PERSONNEL]: costs.show,
}
"""The parts in their order; each draws itself."""


def show() -> None:
    """Choose a part, and see it."""
    st.session_state.setdefault(address.SETTINGS_PART, next(iter(PARTS)))
    chosen = panels.switch("Was einstellen?", list(PARTS), key=address.SETTINGS_PART)
    PARTS[chosen]()
