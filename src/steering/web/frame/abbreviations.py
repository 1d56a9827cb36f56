"""Abkürzungen: what the short names on the screen stand for, in one place on every page."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd
import streamlit as st

from steering.analysis.portfolio import Portfolio
from steering.web import current, folded
from steering.web.text import bold, plain

# Two capitals in a row, or a lower letter between two, make an abbreviation; "Caritas" is none.
_SHORT = re.compile(r"[A-ZÄÖÜ]{2}|\b[A-Z][a-z][A-Z]")
OWN_WORDS = {
    "AsylbLG": "Asylbewerberleistungsgesetz",
    "FIB": "Flüchtlings- und Integrationsberatung",
    "JaS": "Jugendsozialarbeit an Schulen",
    "KoKi": "Koordinierende Kinderschutzstelle",
    "MBE": "Migrationsberatung für Erwachsene",
    "VG": "Verwaltungsgemeinschaft",
    "VZÄ": "Vollzeitäquivalente: volle Stellen, auf die Teilzeit umgerechnet ist",
    "TOP": "Tagesordnungspunkt",
}
# What a name is told with in full says it again ("AWO Kreisverband"): said where such a name is recorded.
OFTEN = {
    "AWO": "Arbeiterwohlfahrt",
    "BRK": "Bayerisches Rotes Kreuz",
    "DRK": "Deutsches Rotes Kreuz",
    "MORO": "Modellvorhaben der Raumordnung",
}


def panel() -> None:
    """Closed until asked for; the data say what a programme, a committee or a house is called in full."""
    folded.to_look_at("Abkürzungen", _list, key="abbreviations", icon=":material/abc:")


def _list() -> None:
    st.markdown(current.of(_lines))


def _lines(portfolio: Portfolio) -> str:
    return "  \n".join(f"{bold(short)} {plain(full)}" for short, full in known(portfolio).items())


def known(portfolio: Portfolio) -> dict[str, str]:
    """Abbreviation → what it stands for: of programmes that fund something, committees and organisations."""
    programmes = portfolio.programmes
    funding = programmes["id"].isin(portfolio.fundings["programme_id"])
    parts = (programmes[funding], portfolio.committees, portfolio.organisations)
    found = dict(each for part in parts for each in _of(part)) | OWN_WORDS
    recorded = {word for part in parts for name in part["short_name"] for word in str(name).split()}
    found |= {short: full for short, full in OFTEN.items() if short in recorded}
    return dict(sorted(found.items(), key=lambda each: each[0].casefold()))


def _of(rows: pd.DataFrame) -> Iterator[tuple[str, str]]:
    for short, name in zip(rows["short_name"], rows["name"], strict=True):
        full = str(name).replace(f" ({short})", "").strip()
        if _SHORT.search(short) and not full.startswith(str(short).split(maxsplit=1)[0]):
            yield str(short), full
