"""Abkürzungen: what the short names on the screen stand for, in one place on every page."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd
import streamlit as st

from steering.analysis.portfolio import Portfolio
from steering.web import current
from steering.web.text import bold, plain

# Two capitals in a row, or a lower letter between two, make an abbreviation; "Caritas" is none.
_SHORT = re.compile(r"[A-ZÄÖÜ]{2}|\b[A-Z][a-z][A-Z]")
OWN_WORDS = {
    "VZÄ": "Vollzeitäquivalente: volle Stellen, auf die Teilzeit umgerechnet ist",
    "TOP": "Tagesordnungspunkt",
}


def panel() -> None:
    """Closed until asked for; the data say what a programme, a committee or a house is called in full."""
    with st.expander("Abkürzungen", icon=":material/abc:"):
        st.markdown("  \n".join(f"{bold(short)} {plain(full)}" for short, full in current.of(known).items()))


def known(portfolio: Portfolio) -> dict[str, str]:
    """Abbreviation → what it stands for: of programmes that fund something, committees and organisations."""
    programmes = portfolio.programmes
    funding = programmes["id"].isin(portfolio.fundings["programme_id"])
    parts = (programmes[funding], portfolio.committees, portfolio.organisations)
    found = dict(each for part in parts for each in _of(part)) | OWN_WORDS
    return dict(sorted(found.items(), key=lambda each: each[0].casefold()))


def _of(rows: pd.DataFrame) -> Iterator[tuple[str, str]]:
    for short, name in zip(rows["short_name"], rows["name"], strict=True):
        full = str(name).replace(f" ({short})", "").strip()
        if _SHORT.search(short) and full != short:
            yield str(short), full
