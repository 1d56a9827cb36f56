"""»Kalender abonnieren«: an address for the own calendar program, and those one has."""

from __future__ import annotations

import streamlit as st

from steering.analysis.dates import WantedDates
from steering.analysis.portfolio import Portfolio
from steering.analysis.structures.inventory import Selection
from steering.exchange import calendar
from steering.model import SubscriptionKind
from steering.storage import subscribing
from steering.storage.problems import StorageError
from steering.storage.rights.table import Right
from steering.web import current, filters
from steering.web.browser import fetching
from steering.web.papers import held_subscriptions
from steering.web.text import plain

_WHAT_IT_IS = (
    "Ihr Kalenderprogramm holt die Termine selbst und zeigt, was sich ändert. Dort wird die Adresse einmal "
    "eingetragen: in Outlook unter »Kalender hinzufügen · Aus dem Internet«, in Thunderbird unter »Neuer "
    "Kalender · Im Netzwerk«, in Nextcloud unter »Neues Abonnement«."
)


def offer(*, key: str) -> None:
    """The subscriptions of who looks, with a form for one more; nothing where they may not have any."""
    if not current.offers(Right.PUBLISH):
        return
    with (
        st.popover("Kalender abonnieren", type="tertiary", icon=":material/event_repeat:", key=f"{key}-all"),
        st.container(width=600),
    ):
        if not held_subscriptions.just_made(key=key):
            _form(key)
        held_subscriptions.show(key=key)


def _form(key: str) -> None:
    st.markdown(_WHAT_IT_IS)
    if unit := _unit():
        st.radio(
            "Welche Termine?",
            [False, True],
            format_func=lambda own: f"für {unit[1]}" if own else "zu den Filtern dieser Seite",
            key=f"{key}-own",
            horizontal=True,
        )
    wanted = current.of(held_subscriptions.dates_in_words, _wanted(key).selection)
    st.caption(f"Abonniert wird: {plain(wanted)}.")
    if not current.discreet():
        st.checkbox(
            "auch, was nur für die Verwaltung ist",
            key=f"{key}-internal",
            help="Steht dann auch in jedem Kalender, mit dem Sie diesen teilen.",
        )
    st.text_input("Name im Kalender", usual_name(), key=f"{key}-name", max_chars=100)
    st.button("Adresse erzeugen", key=f"{key}-make", type="primary", on_click=_make, args=(key,))


def _wanted(key: str) -> WantedDates:
    """What the form asks for at this moment: a press comes with what was typed just before it."""
    state, unit = st.session_state, _unit()
    own = Selection(organisations=frozenset([unit[0]])) if unit and state.get(f"{key}-own") else None
    return WantedDates(
        own or filters.selection(),
        internal=not current.discreet() and bool(state.get(f"{key}-internal")),
        examples=not state.get(current.EXAMPLES_HIDDEN),
    )


def usual_name() -> str:
    """What a calendar of this Landkreis is called."""
    return current.of(_file_name)


def _file_name(portfolio: Portfolio) -> str:
    return calendar.file_name(portfolio.settings)


def _unit() -> tuple[str, str] | None:
    """Short name and name of the unit of who is signed in."""
    own = current.mandate().unit
    return None if own is None else current.of(_units).get(own)


def _units(portfolio: Portfolio) -> dict[int, tuple[str, str]]:
    rows = portfolio.organisations
    return dict(zip(rows["id"].tolist(), zip(rows["slug"], rows["name"], strict=True), strict=True))


def _make(key: str) -> None:
    name, wanted = st.session_state[f"{key}-name"] or usual_name(), _wanted(key)
    try:
        token = subscribing.subscribe(
            current.engine(), SubscriptionKind.CALENDAR, name, wanted, now=current.now()
        )
    except StorageError as refusal:
        st.session_state["refused"] = str(refusal)
    else:
        held_subscriptions.show_once(name, fetching.calendar_path(token))
