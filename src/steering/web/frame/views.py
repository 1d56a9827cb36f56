"""Ansichten in the sidebar: what one looks at kept under a name, opened, renamed, deleted, shared."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from steering.model.base import NAME_LENGTH
from steering.model.german import day, read_day
from steering.storage import saved_views
from steering.storage.problems import NotReadable, StorageError
from steering.storage.rights.table import Right
from steering.storage.saved_views import StoredView
from steering.web import address, current, folded, pages
from steering.web.editing import folded_form
from steering.web.editing.widgets import NOTHING_CHOSEN
from steering.web.text import plain

NAME, SHARED, ROLLING, CHANGED = "view_name", "view_shared", "view_rolling", "view_changed"
_TOLD, _REFUSED = "view_told", "view_refused"
# The Stichtag for which it was last said by itself whether a view is to be of that day.
_ROLLING_FOR = "view_rolling_for"
STICHTAG = "stichtag"
NOTHING_YET = "Noch keine. Eine Ansicht ist diese Seite mit Filtern, Szenario und Stichtag unter einem Namen."
PAGE_GONE = "Die Seite der Ansicht »{name}« gibt es nicht mehr. Bitte die Ansicht löschen."


@st.fragment
def panel() -> None:
    """The views that one may open, and the way to keep the present one."""
    folded_form.follow()
    try:
        found = saved_views.listed(current.reader())
    except NotReadable:
        return
    if not found and not current.may(Right.VIEWS):
        return
    label = f"Ansichten · {len(found)}" if found else "Ansichten"
    folded.fold(label, partial(_offered, found), key="views", icon=":material/bookmarks:")
    # Outside: it stands there when the expander has been closed meanwhile.
    if said := st.session_state.pop(_TOLD, None):
        st.caption(f":material/check: {plain(said)}")
    if said := st.session_state.pop(_REFUSED, None):
        st.error(plain(said))


def _offered(found: Sequence[StoredView]) -> None:
    if not found:
        st.caption(NOTHING_YET)
    for each in found:
        _link(each)
    changeable = {each.id: each for each in found if each.changeable}
    with st.container(horizontal=True, gap="small"):
        if current.may(Right.VIEWS):
            _keeping()
        if changeable:
            _changing(changeable)


def _link(view: StoredView) -> None:
    if st.button(
        plain(view.name), key=f"open view {view.id}", type="tertiary", help=_help(view),
        icon=":material/group:" if view.shared else ":material/bookmark:",
    ):  # fmt: skip
        _open(view)


def _help(view: StoredView) -> str:
    page = next((each.title for each in pages.ALL if each.path == view.page), "Seite fehlt")
    stored = dict(parse_qsl(view.query)).get(STICHTAG)
    looked_at = "am jeweiligen Tag" if stored is None else f"Stichtag {_as_day(stored)}"
    whose = f" · geteilt von {view.by or 'diesem Rechner'}" if view.shared and not view.own else ""
    shared = " · mit allen geteilt" if view.shared and view.own else ""
    return f"{page} · {looked_at}{plain(whose)}{shared}"


def _as_day(stored: str) -> str:
    try:
        return day(read_day(stored))
    except ValueError:
        return stored


def _open(view: StoredView) -> None:
    page = next((each for each in pages.ALL if each.path == view.page), None)
    if page is None:
        st.info(PAGE_GONE.format(name=plain(view.name)))
        return
    kept = dict.fromkeys(name for name, _ in parse_qsl(view.query))
    today = {} if STICHTAG in kept else {STICHTAG: current.today().isoformat()}
    address.open_view(page.file, "&".join(filter(None, (view.query, urlencode(today)))), view.name)


def _changing(found: Mapping[int, StoredView]) -> None:
    with st.popover("Ändern", key="change views"):
        if st.session_state.get(CHANGED) not in found:
            st.session_state[CHANGED] = next(iter(found))
        chosen = found[st.selectbox(
            "Welche Ansicht?", list(found), key=CHANGED, format_func=lambda key: found[key].name,
            placeholder=NOTHING_CHOSEN,
        )]  # fmt: skip
        name = f"name of view {chosen.id}"
        st.session_state.setdefault(name, chosen.name)
        st.text_input("Neuer Name", key=name, max_chars=NAME_LENGTH)
        with st.container(horizontal=True, gap="small"):
            st.button("Umbenennen", key="rename view", on_click=_rename, args=(chosen, name))
            st.button("Löschen", key="remove view", icon=":material/delete:", on_click=_remove,
                      args=(chosen,))  # fmt: skip


def _keeping() -> None:
    """The form for the present view."""
    today, looked_at = current.today(), st.session_state[STICHTAG]
    with st.popover("Merken", icon=":material/bookmark_add:", key="keep view"):
        st.text_input("Diese Ansicht merken als", key=NAME, persist_state="session", max_chars=NAME_LENGTH)
        # As what it shows is looked at now: somebody who has moved the Stichtag means that day.
        if st.session_state.get(_ROLLING_FOR) != looked_at or ROLLING not in st.session_state:
            st.session_state[_ROLLING_FOR], st.session_state[ROLLING] = looked_at, looked_at == today
        st.toggle(
            "Immer am heutigen Tag öffnen", key=ROLLING, persist_state="session",
            help=f"Sonst öffnet sie immer mit dem Stichtag {day(looked_at)}.",
        )  # fmt: skip
        if current.may(Right.SHARE):
            st.toggle(
                "Mit allen teilen",
                key=SHARED,
                persist_state="session",
                help="Alle sehen sie dann unter »Ansichten«.",
            )
        st.button("Merken", key="save view", type="primary", on_click=_save)


def _save() -> None:
    state = st.session_state
    query = address.parameters()
    if state[ROLLING]:
        query = urlencode([(name, value) for name, value in parse_qsl(query) if name != STICHTAG])
    path = next(each.path for each in pages.ALL if each.title == state["page_now"])
    name, shared = state[NAME], bool(state.get(SHARED))

    def save() -> None:
        saved_views.save(current.engine(), name, path, query, shared=shared, now=current.now())
        state[NAME] = ""
        state.pop(ROLLING, None)

    _attempt(save, f"Gemerkt: »{name.strip()}«.")


def _rename(view: StoredView, key: str) -> None:
    name = st.session_state[key]
    _attempt(lambda: saved_views.rename(current.engine(), view.id, name), f"Umbenannt in »{name.strip()}«.")


def _remove(view: StoredView) -> None:
    _attempt(lambda: saved_views.remove(current.engine(), view.id), f"Gelöscht: »{view.name}«.")


def _attempt(write: Callable[[], None], done: str) -> None:
    try:
        write()
    except StorageError as refusal:
        st.session_state[_REFUSED] = str(refusal)
        return
    st.session_state[_TOLD] = done
    # The page may name them too.
    folded_form.outdate_page()
