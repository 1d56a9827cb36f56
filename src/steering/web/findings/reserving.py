"""The mark that keeps a finding to the administration (nur Verwaltung)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from steering.analysis.discretion import NOT_PUBLIC
from steering.analysis.portfolio import Portfolio
from steering.analysis.rounds import turned
from steering.model.german import day, listing
from steering.storage import rounds
from steering.storage.rights.table import Right
from steering.web import current
from steering.web.editing import asking, attempts
from steering.web.text import plain


def show(finding: str, title: str) -> None:
    """Mark the finding with that key, or take the mark away; not while guests look on."""
    if current.discreet() or not current.may(Right.EDIT_ALL):
        return
    key = f"internal {finding}"
    st.session_state[key] = finding in marked()
    known = () if st.session_state[key] else current.of(turned.known_as, finding)
    st.checkbox(
        "nur Verwaltung",
        key=key,
        on_change=asking.ask if known else _reserve,
        args=(key,) if known else (finding, title, not st.session_state[key]),
        help=(
            "Der Hinweis verschwindet samt Einschätzung von allen Seiten und aus den Unterlagen für alle, "
            "solange »Nur Verwaltung« ausgeblendet ist, also auch in der Präsentation."
        ),
    )
    if known:
        asking.question(key, becomes(known), "Ja, nur Verwaltung", partial(_reserve, finding, title, True))


def becomes(known: Sequence[turned.KnownPoint]) -> str:
    """What everybody will read of the points that they know, as a question."""
    told = listing([f"{number} der Runde vom {day(on)}" for number, on in known])
    number = known[0][0]
    return (
        f"Bekannt ist der Punkt schon, als {plain(told)}. Er behält seine Nummer; für alle steht dort dann "
        f"»{number}: {NOT_PUBLIC}«, auch in Einladung und Niederschrift. Soll er **nur für die Verwaltung** "
        "sein?"
    )


def marked() -> frozenset[str]:
    """The keys of the findings that are kept to the administration."""
    return current.of(_marked)


def _marked(portfolio: Portfolio) -> frozenset[str]:
    return frozenset(portfolio.internal_findings["key"])


def _reserve(finding: str, title: str, internal: bool) -> None:
    attempts.attempt(
        lambda: rounds.reserve(
            current.engine(), finding, internal=internal, actor=attempts.actor(), now=current.now()
        ),
        f"»{title}«: {'nur Verwaltung' if internal else 'für alle'}",
    )
