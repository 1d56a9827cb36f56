"""The section of what is public: its answer, then deciding, looking at it as a whole, and its own words."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from steering.analysis.publication import confirming
from steering.analysis.publication.confirming import PublicTurn
from steering.analysis.publication.standing import potentials_standing, structures_standing
from steering.web import current, panels
from steering.web.publication import deciding, form, output, preview, rows, site_form, words

PART = "public part"
PARTS: Mapping[str, Callable[[], None]] = {
    "Auswählen": deciding.show,
    "Vorschau und Freigabe": preview.show,
    "Angaben zum Verzeichnis": site_form.show,
}
"""The parts in their order; each draws itself."""


def show() -> None:
    """How much is public and what waits; one part at a time; the form of an entry in the sidebar."""
    _answer()
    form.show()
    st.session_state.setdefault(PART, next(iter(PARTS)))
    chosen = panels.switch("Was möchten Sie tun?", list(PARTS), key=PART)
    PARTS[chosen]()
    output.show()


def _answer() -> None:
    known, found = rows.released(), rows.differences()
    out = confirming.confirmed_part(rows.wanted(), known[-1][1] if known else None)
    gone = sum(each.turn is PublicTurn.GONE for each in found)
    day = known[-1][0] if known else None
    waiting = len(confirming.awaiting(found))
    st.markdown(words.state(len(out.offers), len(out.potentials), day, waiting, gone))
    today = current.today()
    if told := words.left_out(current.of(structures_standing, today), current.of(potentials_standing)):
        st.caption(told)
