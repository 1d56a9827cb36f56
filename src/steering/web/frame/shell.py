"""The frame around every page: database, address, sidebar, strips, and the eye on others' edits."""

from __future__ import annotations

from functools import partial

import streamlit as st

from steering.analysis.portfolio import Portfolio
from steering.storage import database_state, journal
from steering.storage.problems import DatabaseRefused, NotReadable
from steering.storage.rights.acting import SignedOut
from steering.storage.rights.table import Right
from steering.storage.saving import Origin
from steering.web import address, current, filters, own_unit, pages, panels, places
from steering.web.browser import network, printing_script, reach_script, stylesheet, typing_script, uploads
from steering.web.editing import open_forms, quick_edit
from steering.web.frame import (
    abbreviations,
    account,
    beginning,
    entrance,
    examples,
    masterplan_strip,
    on_paper,
    presentation,
    sign_in_log,
    views,
    what_if,
)
from steering.web.text import plain

_DRAWN_IN = "theme drawn in"


def lets_in() -> bool:
    """Whether the pages are offered to who asks; as far as is known before anything was read."""
    before = current.known()
    found = not isinstance(current.who(), SignedOut) and (before is None or before.mandate.known)
    st.session_state["let_in"] = found
    return found


def open_page(title: str, *, offers_what_if: bool = False) -> None:
    """Everything before the page's own content; stops the run where there is no usable database.

    `offers_what_if`: whether assumptions can be added on this page; those in force stand on every one.
    """
    stylesheet.apply()
    st.session_state["page_now"] = title
    uploads.begin()
    open_forms.begin()
    try:
        current.refresh()
    except (DatabaseRefused, NotReadable) as refusal:
        st.title("Die Datenbank kann nicht geöffnet werden", anchor=False)
        st.error(str(refusal))
        journal.error(refusal)
        if isinstance(refusal, NotReadable):
            _wait()
        st.stop()
    if current.mandate().known != st.session_state.get("let_in", True):
        # The navigation above was drawn before anybody could know.
        st.rerun()
    if not current.mandate().known:
        entrance.show()
        # No field for files is left, nor what was sent through one.
        uploads.end()
        st.stop()
    st.session_state["just_opened"] = True
    st.session_state[_DRAWN_IN] = panels.theme()
    address.read(filters.known(), current.today(), own_unit.begins_with())
    acting = title not in {page.title for page in pages.WITHOUT_VIEW}
    on_paper.head(acting=acting)
    if current.presenting():
        stylesheet.enlarge()
        filters.forget_unknown()
        presentation.head()
    else:
        with st.sidebar:
            _brand()
            account.show()
            with places.sometimes():
                filters.show(acting=acting)
            with places.sometimes():
                views.panel()
            presentation.switches()
            panels.keep_sidebar_place()
            with places.sometimes():
                if current.may(Right.EDIT):
                    quick_edit.show()
            abbreviations.panel()
    _watch()
    _strips(offers_what_if=offers_what_if)


def close_page() -> None:
    """Everything after the page's own content."""
    panels.show_below_answer()
    address.write()
    typing_script.run()
    reach_script.run()
    printing_script.run()
    typing_script.drafts(would_be_lost=open_forms.would_be_lost_elsewhere())
    uploads.end()
    st.session_state["page_before"] = st.session_state["page_now"]


def _brand() -> None:
    """Which program this is, and whose."""
    with st.container(key="brand"):
        st.markdown(f"**Integrationssteuerung**  \n{plain(current.of(_district))}")


def _district(portfolio: Portfolio) -> str:
    return str(portfolio.settings["district_name"])


def _strips(*, offers_what_if: bool) -> None:
    network.strip()
    if current.mandate().passed_over:
        sign_in_log.passed_over()
    with places.sometimes():
        _troubles()
    if current.presenting():
        panels.keep_for_below_answer(None)
        what_if.strip(offered=False)
        return
    with places.sometimes():
        beginning.strip()
        masterplan_strip.strip()
    # Last: it shares the line of the page's title.
    examples.strip()
    panels.keep_for_below_answer(partial(what_if.strip, offered=offers_what_if))


def _troubles() -> None:
    if problem := st.session_state.pop("address_problem", None):
        st.info(problem)
    if trouble := current.unreadable():
        st.error(f"{trouble} Gezeigt wird, was zuletzt gelesen wurde; die Seite versucht es weiter.")
    elif current.replaced():
        _replaced()
    if not current.looked_up().schema_is_current:
        st.warning(
            "Die Datenbank wurde von einer neueren Programmversion umgestellt. Es kann gelesen, aber "
            "nicht mehr gespeichert werden. Bitte das Programm aktualisieren und neu starten."
        )


@st.fragment(run_every=current.LOOK_EVERY_SECONDS)
def _watch() -> None:
    """Rerun the page when somebody else has saved or has moved the database on, and when it is drawn in the
    colours of the other theme; reads nothing more.
    """
    # On a run of the whole page the revision has just been read.
    if st.session_state.pop("just_opened", False):
        return
    if isinstance(current.who(), SignedOut) or st.session_state[_DRAWN_IN] != panels.theme():
        st.rerun(scope="app")
    if _seen() != _known():
        st.rerun(scope="app")


@st.fragment(run_every=current.LOOK_EVERY_SECONDS)
def _wait() -> None:
    """Open the page as soon as the data can be read; somebody else may have them locked, or moved away."""
    st.caption("Die Seite versucht es von selbst wieder.")
    if _seen()[-1]:
        st.rerun(scope="app")


_Seen = tuple[bool, tuple[str, int] | None, Origin | None, bool]


def _seen() -> _Seen:
    """What the database says of itself now: its schema, its revision, which data these are (a copy in its
    place may have the same revision), and whether it can be read.
    """
    try:
        found = database_state.read(current.engine())
    except NotReadable:
        return (*_known()[:-1], False)
    return found.schema_is_current, found.revision, found.origin, True


def _known() -> _Seen:
    """The same as it was when this page was last drawn."""
    found = current.known()
    if found is None:
        return True, None, None, False
    return found.schema_is_current, found.revision, found.origin, found.unreadable is None


def _replaced() -> None:
    """What was begun before a backup took the place of the data goes nowhere until somebody has seen this."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.warning(
            "Die Daten wurden inzwischen durch eine Sicherung ersetzt. Was Sie eingegeben und noch nicht "
            "gespeichert haben, steht noch da; bitte vor dem Speichern prüfen.",
            icon=":material/settings_backup_restore:",
        )
        st.button("Mit den neuen Daten weiterarbeiten", key="accept restored", on_click=current.accept)
