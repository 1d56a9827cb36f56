"""The mark that keeps a finding to the administration (nur Verwaltung)."""

from __future__ import annotations

import streamlit as st

from steering.analysis.portfolio import Portfolio
from steering.storage import rounds
from steering.web import current
from steering.web.editing import attempts


def show(finding: str, title: str) -> None:
    """Mark the finding with that key, or take the mark away; not while guests look on."""
    if current.discreet():
        return
    key = f"internal {finding}"
    st.session_state[key] = finding in marked()
    st.checkbox(
        "nur Verwaltung",
        key=key,
        on_change=_reserve,
        args=(finding, title, not st.session_state[key]),
        help=(
            "Der Hinweis verschwindet samt Einschätzung von allen Seiten und aus den Unterlagen für alle, "
            "solange »Nur Verwaltung« ausgeblendet ist, also auch in der Präsentation."
        ),
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
