"""Addresses under which programs fetch for somebody: the one just made, those one has, how to end one."""

from __future__ import annotations

import os
from urllib.parse import urlsplit

import streamlit as st

from steering.analysis.portfolio import Portfolio
from steering.analysis.structures.inventory import Selection
from steering.exchange import links
from steering.exchange.links import AddressRefused
from steering.model import Level
from steering.model.german import count, day, listing, local
from steering.model.vocabulary import word
from steering.storage import saved_views, subscribing
from steering.storage.problems import StorageError
from steering.storage.subscribing import Held, WantedView
from steering.web import current
from steering.web.browser import fetching
from steering.web.text import bold, plain

# Session key: what the address that was made last is for and its path, until it is put away.
_MADE = "subscription_made"
_SECRET = (
    "**Diese Adresse ist nur jetzt zu sehen.** Wer sie kennt, liest ohne Anmeldung, was unter ihr steht; "
    "bitte nicht weitergeben. Widerrufen lässt sie sich hier jederzeit."
)
_UNKNOWN = "nicht mehr vorhanden"
_MOST_NAMED = 3


def show_once(name: str, path: str) -> None:
    """Have an address shown until it is put away."""
    st.session_state[_MADE] = name, path


def just_made(*, key: str) -> bool:
    """The address that was made last; whether there is one."""
    made = st.session_state.get(_MADE)
    if not made:
        return False
    name, path = made
    st.markdown(f"Adresse für {bold(name)}:")
    st.code(address() + path, language=None, wrap_lines=True)
    st.markdown(_SECRET)
    st.button("Adresse ist eingetragen", key=f"{key}-seen", on_click=st.session_state.pop, args=(_MADE, None))
    return True


def show(*, key: str) -> None:
    """Every address that one has, with ways to renew and to end it."""
    try:
        found = subscribing.mine(current.reader())
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
                    help="Das Programm bekommt ab sofort nichts mehr.",
                    on_click=_revoke,
                    args=(held,),
                )


def _about(held: Held) -> str:
    fetched = f"zuletzt abgerufen am {day(held.fetched_on)}" if held.fetched_on else "noch nie abgerufen"
    wanted = held.wanted
    about = _view(wanted) if isinstance(wanted, WantedView) else current.of(dates_in_words, wanted.selection)
    parts = [
        word(held.kind),
        about,
        *(["mit Internem"] if wanted.internal else []),
        *([] if wanted.examples else ["ohne Beispiele"]),
        f"angelegt am {day(local(held.made_at).date())}",
        fetched,
    ]
    return " · ".join(parts)


def _view(wanted: WantedView) -> str:
    view = saved_views.by_id(current.reader(), wanted.view)
    if view is None or (view.page, view.query) != (wanted.page, wanted.query):
        return "die Ansicht dazu gibt es nicht mehr"
    return f"Ansicht »{view.name}«"


def dates_in_words(portfolio: Portfolio, selection: Selection) -> str:
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


def address() -> str:
    """Where the program is, for other programs: as it is set, else as this browser reached it."""
    try:
        known = links.base(os.environ)
    except AddressRefused:
        known = ""
    here = urlsplit(st.context.url or "http://localhost:8501")
    return known or f"{here.scheme}://{here.netloc}"


def _renew(held: Held) -> None:
    try:
        token = subscribing.renew(current.engine(), held.id, now=current.now())
    except StorageError as refusal:
        st.session_state["refused"] = str(refusal)
    else:
        wanted = held.wanted
        show_once(
            held.name,
            fetching.table_path(token, wanted.view)
            if isinstance(wanted, WantedView)
            else fetching.calendar_path(token),
        )


def _revoke(held: Held) -> None:
    st.session_state.pop(_MADE, None)
    try:
        subscribing.revoke(current.engine(), held.id)
    except StorageError as refusal:
        st.session_state["refused"] = str(refusal)
