"""»Kalender abonnieren«: an address for the own calendar program, those one has, and how to end one."""

from __future__ import annotations

import os
from urllib.parse import urlsplit

import streamlit as st

from steering.analysis.dates import WantedDates
from steering.analysis.portfolio import Portfolio
from steering.analysis.structures.inventory import Selection
from steering.exchange import calendar, links
from steering.exchange.links import AddressRefused
from steering.model import Level, SubscriptionKind
from steering.model.german import count, day, listing, local
from steering.model.vocabulary import word
from steering.storage import subscribing
from steering.storage.problems import StorageError
from steering.storage.rights.table import Right
from steering.storage.subscribing import Held
from steering.web import current, filters
from steering.web.browser import calendar_feed
from steering.web.text import bold, plain

# Session key: what the address that was made last is for and its secret, until it is put away.
MADE = "subscription_made"
_WHAT_IT_IS = (
    "Ihr Kalenderprogramm holt die Termine selbst und zeigt, was sich ändert. Dort wird die Adresse einmal "
    "eingetragen: in Outlook unter »Kalender hinzufügen · Aus dem Internet«, in Thunderbird unter »Neuer "
    "Kalender · Im Netzwerk«, in Nextcloud unter »Neues Abonnement«."
)
_SECRET = (
    "**Diese Adresse ist nur jetzt zu sehen.** Wer sie kennt, liest die Termine ohne Anmeldung; bitte nicht "
    "weitergeben. Widerrufen lässt sie sich hier jederzeit."
)
_UNKNOWN = "nicht mehr vorhanden"
_MOST_NAMED = 3


def offer(*, key: str) -> None:
    """The subscriptions of who looks, with a form for one more; nothing where they may not have any."""
    if not current.offers(Right.PUBLISH):
        return
    made = st.session_state.get(MADE)
    with (
        st.popover("Kalender abonnieren", type="tertiary", icon=":material/event_repeat:", key=f"{key}-all"),
        st.container(width=600),
    ):
        if made:
            _just_made(*made, key=key)
        else:
            _form(key)
        _held(key)


def _just_made(name: str, token: str, *, key: str) -> None:
    st.markdown(f"Adresse für {bold(name)}:")
    st.code(address() + calendar_feed.path(token), language=None, wrap_lines=True)
    st.markdown(_SECRET)
    st.button("Adresse ist eingetragen", key=f"{key}-seen", on_click=st.session_state.pop, args=(MADE, None))


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
    st.caption(f"Abonniert wird: {plain(in_words(current.portfolio(), _wanted(key).selection))}.")
    if not current.discreet():
        st.checkbox(
            "auch, was nur für die Verwaltung ist",
            key=f"{key}-internal",
            help="Steht dann auch in jedem Kalender, mit dem Sie diesen teilen.",
        )
    st.text_input("Name im Kalender", _usual_name(), key=f"{key}-name", max_chars=100)
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


def _usual_name() -> str:
    return calendar.file_name(current.portfolio().settings)


def _held(key: str) -> None:
    try:
        found = subscribing.mine(current.engine())
    except StorageError as trouble:
        st.caption(str(trouble))
        return
    if not found:
        return
    st.markdown(f"**{count(len(found), 'Abonnement', 'Abonnements')}**")
    for held in found:
        with st.container(border=True):
            st.markdown(f"{bold(held.name)}  \n{plain(_about(held))}")
            with st.container(horizontal=True, gap="small"):
                st.button(
                    "Neue Adresse",
                    key=f"{key}-renew-{held.id}",
                    type="tertiary",
                    help="Falls die alte verloren ging oder bekannt wurde; sie gilt dann nicht mehr.",
                    on_click=_renew,
                    args=(held,),
                )
                st.button(
                    "Widerrufen",
                    key=f"{key}-revoke-{held.id}",
                    type="tertiary",
                    help="Das Kalenderprogramm bekommt ab sofort nichts mehr.",
                    on_click=_revoke,
                    args=(held,),
                )


def _about(held: Held) -> str:
    fetched = f"zuletzt abgerufen am {day(held.fetched_on)}" if held.fetched_on else "noch nie abgerufen"
    parts = [
        in_words(current.portfolio(), held.wanted.selection),
        *(["mit Internem"] if held.wanted.internal else []),
        *([] if held.wanted.examples else ["ohne Beispiele"]),
        f"angelegt am {day(local(held.made_at).date())}",
        fetched,
    ]
    return " · ".join(parts)


def in_words(portfolio: Portfolio, selection: Selection) -> str:
    """Which dates a selection lets through, as names; what is no longer there says so."""
    named = {
        "Handlungsfeld": (portfolio.fields.set_index("slug")["name"], selection.fields),
        "Gemeinde": (portfolio.municipalities.set_index("ags")["name"], selection.municipalities),
        "Träger": (portfolio.organisations.set_index("slug")["name"], selection.organisations),
    }
    levels = [word(Level(level)) for level in sorted(selection.levels)]
    parts = [f"Ebene {listing(levels, most=_MOST_NAMED)}"] if levels else []
    for what, (names, chosen) in named.items():
        words = sorted(str(names.get(one, _UNKNOWN)) for one in chosen)
        parts += [f"{what} {listing(words, most=_MOST_NAMED)}"] if words else []
    return ", ".join(parts) or "alle Termine"


def _unit() -> tuple[str, str] | None:
    """Short name and name of the unit of who is signed in."""
    units = current.portfolio().organisations.set_index("id")
    own = current.mandate().unit
    return (str(units.at[own, "slug"]), str(units.at[own, "name"])) if own in units.index else None


def address() -> str:
    """Where the program is, for other programs: as it is set, else as this browser reached it."""
    try:
        known = links.base(os.environ)
    except AddressRefused:
        known = ""
    here = urlsplit(st.context.url or "http://localhost:8501")
    return known or f"{here.scheme}://{here.netloc}"


def _make(key: str) -> None:
    name, wanted = st.session_state[f"{key}-name"] or _usual_name(), _wanted(key)
    try:
        token = subscribing.subscribe(
            current.engine(), SubscriptionKind.CALENDAR, name, wanted, now=current.now()
        )
    except StorageError as refusal:
        st.session_state["refused"] = str(refusal)
    else:
        st.session_state[MADE] = name, token


def _renew(held: Held) -> None:
    try:
        token = subscribing.renew(current.engine(), held.id, now=current.now())
    except StorageError as refusal:
        st.session_state["refused"] = str(refusal)
    else:
        st.session_state[MADE] = held.name, token


def _revoke(held: Held) -> None:
    st.session_state.pop(MADE, None)
    try:
        subscribing.revoke(current.engine(), held.id)
    except StorageError as refusal:
        st.session_state["refused"] = str(refusal)
