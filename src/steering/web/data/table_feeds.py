"""»Für Excel und Power BI«: an address under which a program fetches the table of a saved view."""

from __future__ import annotations

import streamlit as st

from steering.model import SubscriptionKind
from steering.storage import saved_views, subscribing
from steering.storage.problems import NotReadable, StorageError
from steering.storage.saved_views import StoredView
from steering.storage.subscribing import WantedView
from steering.web import current, pages
from steering.web.browser import fetching
from steering.web.editing.widgets import NOTHING_CHOSEN
from steering.web.papers import held_subscriptions

KEY = "table-feed"
_WHAT_IT_IS = (
    "Excel (»Daten · Aus dem Web«), Power BI und andere Programme holen unter einer Adresse die Tabelle "
    "einer gemerkten Ansicht: jedes Mal den Stand von dann, und nur, was Sie dann sehen dürfen. Es ist eine "
    "CSV-Datei (UTF-8, Semikolon, Dezimalkomma, TT.MM.JJJJ); gelesen wird nur."
)
_NONE_YET = (
    "Es ist noch keine Ansicht mit einer Tabelle gemerkt. Auf einer Seite wie Strukturen oder Bedarfe die "
    "Filter setzen und sie links unter »Ansichten« merken; dann lässt sie sich hier wählen."
)


def show() -> None:
    """The form, then every address that one has."""
    st.header("Für Excel und Power BI", anchor=False)
    st.markdown(_WHAT_IT_IS)
    try:
        found = saved_views.listed(current.reader())
    except NotReadable as trouble:
        st.caption(str(trouble))
        return
    views = {each.id: each for each in found if each.page in {page.path for page in pages.WITH_TABLE}}
    if not held_subscriptions.just_made(key=KEY):
        if views:
            _form(views)
        else:
            st.info(_NONE_YET)
    held_subscriptions.show(key=KEY)


def _form(views: dict[int, StoredView]) -> None:
    key = f"{KEY}-view"
    if st.session_state.get(key) not in views:
        st.session_state[key] = next(iter(views))
    with st.container(width=600):
        st.selectbox(
            "Welche Ansicht?", list(views), key=key, format_func=lambda each: _called(views[each]),
            placeholder=NOTHING_CHOSEN,
        )  # fmt: skip
        if not current.discreet():
            st.checkbox(
                "auch, was nur für die Verwaltung ist",
                key=f"{KEY}-internal",
                help="Steht dann auch in jeder Datei, in die jemand diese Tabelle holt.",
            )
        st.button("Adresse erzeugen", key=f"{KEY}-make", type="primary", on_click=_make, args=(views,))


def _called(view: StoredView) -> str:
    page = next(each.title for each in pages.ALL if each.path == view.page)
    return f"{view.name} ({page})"


def _make(views: dict[int, StoredView]) -> None:
    view = views[st.session_state[f"{KEY}-view"]]
    wanted = WantedView(
        view.id, view.page, view.query,
        internal=not current.discreet() and bool(st.session_state.get(f"{KEY}-internal")),
        examples=not st.session_state.get(current.EXAMPLES_HIDDEN),
    )  # fmt: skip
    try:
        token = subscribing.subscribe(
            current.engine(), SubscriptionKind.EXPORT, view.name, wanted, now=current.now()
        )
    except StorageError as refusal:
        st.session_state["refused"] = str(refusal)
    else:
        held_subscriptions.show_once(view.name, fetching.table_path(token, view.id))
