"""The presentation: what a room sees instead of the sidebar, how it begins and ends, and who looks on.

While it runs no form is drawn.
"""

from __future__ import annotations

import streamlit as st

from steering.model.german import count, day, listing
from steering.model.vocabulary import word
from steering.storage.rights.table import Right
from steering.web import address, current, filters, panels
from steering.web.current import DISCREET, PRESENTING
from steering.web.frame import examples

# The key that begins and ends it, from anywhere but a field in which somebody is typing.
KEY = "P"
# The switch shows what DISCREET says, under a key of its own: a browser that was interrupted sends its inputs
# once more, and an old "visible" must not undo what the beginning of a presentation has hidden.
SWITCH = "discreet_switch"


def switches() -> None:
    """In the sidebar: who looks on, and the way into the presentation."""
    if current.may(Right.INTERNAL):
        _discretion()
    st.button(
        f"Präsentation beginnen · Taste {KEY}",
        key="stage-begin",
        icon=":material/present_to_all:",
        shortcut=KEY,
        on_click=_begin,
        width="stretch",
    )


def _discretion() -> None:
    st.session_state[SWITCH] = bool(st.session_state.get(DISCREET))
    st.toggle(
        "»Nur Verwaltung« ausblenden",
        key=SWITCH,
        on_change=_switch,
        help=(
            "Nimmt alles, was nur für die Verwaltung bestimmt ist, von allen Seiten, aus Tooltips und "
            "Dateien. Was einen Träger betrifft, steht dann als Frage da. In der Präsentation ist das "
            "von Anfang an so."
        ),
    )
    st.caption(_kept_back())


def _kept_back() -> str:
    """What the switch is about: "Ausgeblendet: 2 Hinweise und 1 Notiz"."""
    found = listing(list(current.for_administration()), most=6)
    if not found:
        return "Als »nur Verwaltung« ist nichts vermerkt."
    return f"{'Ausgeblendet' if current.discreet() else 'Nur Verwaltung'}: {found}."


def head() -> None:
    """One line above everything: what is shown, and the way back."""
    with st.container(key="stage-head", horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(_line())
        if current.may(Right.INTERNAL):
            _turn_button()
        st.button(
            f"Präsentation beenden · Taste {KEY}",
            key="stage-end",
            shortcut=KEY,
            on_click=_end,
            type="tertiary",
        )


def _turn_button() -> None:
    st.button(
        panels.SHOW_INTERNAL if current.discreet() else "Internes ausblenden",
        key="stage-discreet",
        on_click=_turn,
        type="tertiary",
        help="Was nur für die Verwaltung bestimmt ist. Ohne Gäste im Raum lässt es sich zeigen.",
    )


def _line() -> str:
    state = st.session_state
    parts = [
        f"Stichtag {day(state['stichtag'])}",
        word(state["szenario"]),
        *([f"Zugang {word(variant)}"] if (variant := address.arrivals()) else []),
        _masterplan(),
        *([count(active, "Filter", "Filter")] if (active := filters.selection().active) else []),
        *([count(made_up, "Beispielangabe", "Beispielangaben")] if (made_up := examples.total()) else []),
        "nur Verwaltung ausgeblendet" if current.discreet() else "**auch Internes sichtbar**",
    ]
    return " · ".join(parts)


def _masterplan() -> str:
    if not st.session_state[address.MASTERPLAN]:
        return "ohne Masterplan"
    return "mit Masterplan und Ideen" if address.with_ideas() else "mit Masterplan"


def _begin() -> None:
    st.session_state[PRESENTING] = True
    st.session_state[DISCREET] = True
    _fall_silent()


def _end() -> None:
    st.session_state[PRESENTING] = False


def _switch() -> None:
    st.session_state[DISCREET] = st.session_state[SWITCH]
    _fall_silent()


def _turn() -> None:
    st.session_state[DISCREET] = not st.session_state.get(DISCREET)
    _fall_silent()


def _fall_silent() -> None:
    """Forget what was said about the last edit: it may name what is internal."""
    for name in ("saved", "refused", "announce"):
        st.session_state.pop(name, None)
