"""The frame around every page: database, address, sidebar, strips, and the eye on others' edits."""

from __future__ import annotations

import streamlit as st

from steering.storage import reading, schema
from steering.storage.problems import DatabaseRefused
from steering.web import (
    address,
    beginning,
    current,
    editor,
    examples,
    filters,
    network,
    panels,
    plan_strip,
    stage,
    stylesheet,
    uploads,
    what_if,
)

LOOK_EVERY_SECONDS = 3


def open_page(title: str, *, offers_what_if: bool = False) -> None:
    """Everything before the page's own content; stops the run where there is no usable database.

    `offers_what_if`: whether assumptions can be added on this page; those in force stand on every one.
    """
    stylesheet.apply()
    st.session_state["page_now"] = title
    uploads.begin()
    try:
        current.refresh()
    except DatabaseRefused as refusal:
        st.title("Die Datenbank kann nicht geöffnet werden", anchor=False)
        st.error(str(refusal))
        st.stop()
    st.session_state["just_opened"] = True
    if "schema_is_current" not in st.session_state:
        st.session_state["schema_is_current"] = _state()
    address.read(filters.known(), current.today())
    if current.presenting():
        stylesheet.enlarge()
        stage.keep_choices()
        stage.head()
    else:
        with st.sidebar:
            filters.show()
            stage.switches()
            panels.keep_sidebar_place()
            editor.show()
    _strips(offers_what_if=offers_what_if and not current.presenting())
    _watch()


def close_page() -> None:
    """Everything after the page's own content."""
    address.write()
    uploads.end()
    st.session_state["page_before"] = st.session_state["page_now"]


def _strips(*, offers_what_if: bool) -> None:
    network.strip()
    if problem := st.session_state.pop("address_problem", None):
        st.info(problem)
    if not st.session_state["schema_is_current"]:
        st.warning(
            "Die Datenbank wurde von einer neueren Programmversion umgestellt. Es kann gelesen, aber "
            "nicht mehr gespeichert werden. Bitte das Programm aktualisieren und neu starten."
        )
    if not current.presenting():
        beginning.strip()
        examples.strip()
        plan_strip.strip()
    what_if.strip(offered=offers_what_if)


@st.fragment(run_every=LOOK_EVERY_SECONDS)
def _watch() -> None:
    """Rerun the page when somebody else has saved, or has moved the database on; reads nothing more."""
    # On a run of the whole page the revision has just been read.
    if st.session_state.pop("just_opened", False):
        return
    if (_state() != st.session_state["schema_is_current"]) or (
        reading.revision(current.engine()) != current.revision()
    ):
        st.session_state["schema_is_current"] = _state()
        st.rerun(scope="app")


def _state() -> bool:
    return schema.schema_is_current(current.engine())
