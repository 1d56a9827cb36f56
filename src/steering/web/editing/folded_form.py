"""A form behind an expander, which reruns by itself, without the page, until something was saved."""

from __future__ import annotations

from collections.abc import Callable, Hashable

import streamlit as st

from steering.web import folded


@st.fragment
def show(
    label: str,
    body: Callable[[], None],
    *,
    key: str,
    icon: str,
    wanted: Callable[[], Hashable] = lambda: None,
) -> None:
    """The form that `body` draws; `wanted` as `folded.fold` has it."""
    follow()
    folded.fold(label, body, key=key, icon=icon, wanted=wanted)


def follow() -> None:
    """Within a form's fragment: have the page drawn anew once something was saved."""
    if st.session_state.pop("page_is_old", False):
        st.rerun(scope="app")
