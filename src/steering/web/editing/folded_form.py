"""A form behind an expander, which reruns by itself, without the page, until something was saved."""

from __future__ import annotations

from collections.abc import Callable, Hashable

import streamlit as st

from steering.web import folded

_PAGE_IS_OLD = "page_is_old"


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


def outdate_page() -> None:
    """Have the page follow what was done in a fragment: it shows what was there before."""
    st.session_state[_PAGE_IS_OLD] = True


def follow() -> None:
    """At the start of a form's fragment: have the page drawn anew where it is old."""
    if st.session_state.pop(_PAGE_IS_OLD, False):
        st.rerun(scope="app")
