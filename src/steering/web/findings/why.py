"""Warum? The rule behind one finding, and the records that it rests on with their sources."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

import pandas as pd
import streamlit as st

from steering.analysis import findings as rules
from steering.analysis.view import View
from steering.charts import wording
from steering.model import Provenance
from steering.model.german import count
from steering.model.labels import RECORD_WORDS
from steering.model.vocabulary import WORDS
from steering.web import current, panels
from steering.web.kept import kept_with
from steering.web.text import plain

MOST_RECORDS, MOST_SOURCES = 12, 3
NOT_RECORDED = "Zu dieser Aufgabe ist dort nichts erfasst, weder eine Zuständigkeit noch ein Bedarf."


def show(at: View, finding: str, *, key: str) -> None:
    """The rule in a sentence and the records below it; `finding` is a finding's key."""
    found = current.of(rules.why, at, finding)
    if found is None:
        st.caption("Diesen Hinweis gibt es in der gewählten Ansicht nicht mehr.")
        return
    st.markdown(f"**Warum?** {plain(found.rule)}")
    if found.rows.empty:
        st.caption(NOT_RECORDED)
        return
    panels.in_full(_table(found.rows), marked=["Bezeichnung", "Herkunft"])
    if len(found.rows) > MOST_RECORDS:
        rest = count(len(found.rows) - MOST_RECORDS, "weitere Angabe", "weitere Angaben")
        st.caption(f"{rest} in der Arbeitsmappe.")
    panels.table_button(lambda: _sheet(found.rows), "Warum", key=key)


@kept_with
def _table(records: pd.DataFrame) -> pd.DataFrame:
    """The first of the records, as the page lists them."""
    rows = records.head(MOST_RECORDS)
    return pd.DataFrame(
        {
            "Angabe": rows["record"].map(RECORD_WORDS),
            "Bezeichnung": [_name(*each) for each in zip(rows["name"], rows["role"], strict=True)],
            "Zeitraum": _periods(rows),
            "Herkunft": [_origin(*each) for each in zip(rows["provenance"], rows["source"], strict=True)],
        }
    )


def _name(name: str, role: str) -> str:
    return f"{plain(name)} ({role})" if role else plain(name)


def _periods(rows: pd.DataFrame) -> list[str]:
    return [wording.period(*each) for each in zip(rows["start"], rows["end"], strict=True)]


def _origin(provenance: str, source: str) -> str:
    """Documented, derived or example, and where it can be looked up."""
    lines = [line.strip() for line in source.splitlines() if line.strip()]
    more = f" … ({len(lines) - MOST_SOURCES} weitere)" if len(lines) > MOST_SOURCES else ""
    looked_up = ", ".join(_link(line, place) for place, line in enumerate(lines[:MOST_SOURCES]))
    word = WORDS[Provenance][Provenance(provenance)]
    return f"{word}: {looked_up}{more}" if lines else word


def _link(source: str, place: int) -> str:
    """A web address as a link that shows the site's name, later ones a number; anything else as it is."""
    try:
        address = urlsplit(source)
    except ValueError:
        return plain(source)
    if address.scheme not in ("http", "https") or not address.hostname:
        return plain(source)
    # What would end the link in Markdown is written as the address itself would escape it.
    target = quote(source, safe=":/?#@!&,;=%~+-._")
    shown = f"({place + 1})" if place else address.hostname.removeprefix("www.")
    return f"[{plain(shown)}]({target})"


def _sheet(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Angabe": rows["record"].map(RECORD_WORDS),
            "Bezeichnung": rows["name"],
            "Rolle": rows["role"],
            "von": rows["start"],
            "bis": rows["end"],
            "Herkunft": [WORDS[Provenance][Provenance(value)] for value in rows["provenance"]],
            "Quelle": rows["source"],
        }
    )
