"""Mein Fachbereich: the own unit as a filter in one press, there again on the next visit.

Whose sign-in has a unit has that one. Who has none, and who sits at the machine where nobody signs in, may
choose one, which is kept for them or for this installation.
"""

from __future__ import annotations

import streamlit as st

from steering.analysis.portfolio import Portfolio
from steering.storage import own_unit
from steering.storage.own_unit import Remembered
from steering.storage.problems import NotReadable, StorageError
from steering.storage.rights.table import Right
from steering.web import current, sessions
from steering.web.editing import choices
from steering.web.editing.widgets import NOTHING_CHOSEN
from steering.web.text import plain

FILTER = "traeger"
ON, CHOSEN = "own_unit_on", "own_unit_chosen"
_KEPT, _REFUSED = "own_unit_kept", "own_unit_refused"


def unit() -> int | None:
    """The id of the own unit, as long as it is kept; None for who has none."""
    own = current.mandate().unit
    if own is not None:
        return own if own in current.of(_units) else None
    wanted = _remembered().unit
    return next((key for key, slug in current.of(_units).items() if wanted and slug == wanted), None)


def slug() -> str:
    """Its short name in addresses; "" for who has none."""
    own = unit()
    return "" if own is None else current.of(_units)[own]


def name(key: int) -> str:
    """What a unit is called in short."""
    return str(current.of(_short_names)[key])


def begins_with() -> tuple[str, ...]:
    """The short names by which pages are filtered where an address names no view."""
    return (slug(),) if _remembered().filtering and slug() else ()


def switch() -> None:
    """In the sidebar: the filter on and off; nothing for who has no unit."""
    own = unit()
    if own is None:
        return
    st.session_state[ON] = list(st.session_state[FILTER]) == [slug()]
    st.toggle(
        f"Mein Fachbereich: {plain(name(own))}",
        key=ON,
        on_change=_switched,
        help=(
            "Filtert alle Seiten nach Ihrer Einheit als Träger, mit allem, was unter ihr steht. Das wird "
            "gemerkt: Beim nächsten Öffnen ohne Link ist es wieder so. Was Ihre Einheit nur vorbereitet, "
            "steht auf dem Lagebild unter »Meine Aufgaben«."
        ),
    )
    if st.session_state[ON]:
        st.caption(f"nach Träger gefiltert; was {plain(name(own))} nur vorbereitet, ist nicht dabei")
    if problem := st.session_state.pop(_REFUSED, None):
        st.caption(f":material/error: {plain(problem)} Der Filter gilt nur, bis Sie diese Seite schließen.")


def choice() -> None:
    """In the sidebar: which unit it is, for who has none by the sign-in and may keep one."""
    if current.mandate().unit is not None or not current.may(Right.VIEWS):
        return
    units = choices.units()
    st.session_state[CHOSEN] = unit() if unit() in units else None
    st.selectbox(
        "Mein Fachbereich",
        list(units),
        key=CHOSEN,
        format_func=units.__getitem__,
        on_change=_chosen,
        placeholder=NOTHING_CHOSEN,
        help=(
            "Für den Schalter »Mein Fachbereich« und für »Meine Aufgaben« auf dem Lagebild. Gemerkt wird "
            f"es {_for_whom()}."
        ),
    )


def follow() -> None:
    """Whoever ends the filter by another way than the switch has ended it for the next visit too."""
    kept = _remembered()
    if kept.filtering and list(st.session_state[FILTER]) != [slug()]:
        _remember(Remembered(kept.unit, filtering=False))


def _for_whom() -> str:
    if current.mandate().name:
        return "für Sie"
    return "für diese Installation, denn hier gibt es keine Anmeldung"


def _switched() -> None:
    on = bool(st.session_state[ON])
    st.session_state[FILTER] = [slug()] if on else []
    _remember(Remembered(_remembered().unit, on))


def _chosen() -> None:
    chosen = st.session_state[CHOSEN]
    filtered = list(st.session_state[FILTER]) == [slug()] != [""]
    _remember(Remembered(current.of(_units).get(chosen, ""), filtered and chosen is not None))
    if filtered:
        st.session_state[FILTER] = [slug()] if slug() else []


def _remembered() -> Remembered:
    """As it was when this browser opened, or as it was set in it since."""
    whose = current.mandate().key if current.may(Right.VIEWS) else 0
    if sessions.state().get(_KEPT, (None, None))[0] != str(whose):
        try:
            sessions.state()[_KEPT] = (str(whose), own_unit.remembered(current.reader()))
        except NotReadable:
            return Remembered()
    found: Remembered = sessions.state()[_KEPT][1]
    return found


def _remember(wanted: Remembered) -> None:
    """Keep it; where that is refused it holds for this session alone, and the screen says so."""
    whose = st.session_state[_KEPT][0]
    st.session_state[_KEPT] = (whose, wanted)
    try:
        own_unit.remember(current.engine(), wanted)
    except StorageError as refusal:
        st.session_state[_REFUSED] = str(refusal)


def _units(portfolio: Portfolio) -> dict[int, str]:
    rows = portfolio.organisations
    return dict(zip(rows["id"].tolist(), rows["slug"], strict=True))


def _short_names(portfolio: Portfolio) -> dict[int, str]:
    return {int(str(key)): str(each) for key, each in portfolio.short_names("organisation").items()}
