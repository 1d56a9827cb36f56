"""Haushaltsblatt: per budget year who pays what, Pflicht and freiwillig apart, by structure and measure."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from steering.analysis import budget
from steering.analysis.view import View
from steering.model.german import count, euro
from steering.web import address, current, panels
from steering.web.text import bold

HEADS = {
    "grant_cents": "Zuwendung",
    "own_cents": "Eigenanteil",
    "third_cents": "Dritte",
    "uncovered_cents": "ungedeckt (Haushaltsrisiko)",
}
KINDS = {budget.STRUCTURE: "Struktur", budget.MEASURE: "Maßnahme"}
YEAR = "budget_year"


def show(at: View, *, ideas: bool) -> None:
    """The sums of all years to come, then one year in detail."""
    with_plan = bool(st.session_state[address.MASTERPLAN])
    rows = current.of(budget.sheet, at, with_plan, ideas)
    rows = rows[rows["year"] >= at.today.year]
    if not with_plan:
        st.info(
            "Gezeigt wird der Stand ohne Masterplan. Mit »mit Masterplan« links kommen die Maßnahmen hinzu."
        )
    if rows.empty:
        st.info("Für die kommenden Haushaltsjahre sind keine Beträge erfasst.")
        return
    sums = budget.sums(rows)
    st.markdown(sentence(sums, at.today.year + 1))
    st.header("Je Haushaltsjahr", anchor=False)
    _table(sums, "Haushaltsblatt, Summen", "budget-sums")
    years = sorted(rows["year"].unique().tolist())
    if st.session_state.get(YEAR) not in years:
        st.session_state[YEAR] = years[min(1, len(years) - 1)]
    st.header("Je Struktur und Maßnahme", anchor=False)
    st.selectbox("Haushaltsjahr", years, key=YEAR, width=160)
    _table(rows[rows["year"] == st.session_state[YEAR]], "Haushaltsblatt", "budget-rows", of_all=rows)
    st.caption(
        "Kosten einer Maßnahme kommen zu den Förderungen hinzu, die ihre Wirkungen verlängern oder neu "
        "bringen; diese stehen bei der Struktur. »nicht bekannt« zählt in keiner Summe. "
        "Die Datei enthält alle Jahre."
    )


def sentence(sums: pd.DataFrame, year: int) -> str:
    """What the Landkreis itself pays and risks in a year, and for how many amounts that is not known."""
    rows = sums[sums["year"] == year]
    own, risk = (rows[column].sum(min_count=1) for column in ("own_cents", "uncovered_cents"))
    unknown = int(rows["unknown"].sum())
    paid = f"Eigenanteil {bold(_whole(own))}" if pd.notna(own) else "kein bekannter Eigenanteil"
    risked = f", ungedeckt {bold(_whole(risk))}" if pd.notna(risk) and risk else ""
    rest = f". Für {count(unknown, 'weiteren Posten', 'weitere Posten')} ist der Betrag **nicht bekannt**"
    return f"Im Haushaltsjahr {year}: {paid}{risked}{rest if unknown else ''}."


def _whole(cents: float) -> str:
    """Whole euros: what is spread over days is not known to the cent."""
    return euro(round(cents / 100) * 100)


def _table(rows: pd.DataFrame, name: str, key: str, of_all: pd.DataFrame | None = None) -> None:
    st.dataframe(_shown(rows), hide_index=True, key=key)
    panels.table_button(lambda: _numbers(rows if of_all is None else of_all), name, key=key)


def _lead(rows: pd.DataFrame) -> pd.DataFrame:
    lead = pd.DataFrame({"Jahr": rows["year"].astype(str), "Rechtscharakter": rows["legal"]})
    if "name" in rows:
        marks = [" (Beispiel)" if example and not name.startswith("Beispiel") else ""
                 for name, example in zip(rows["name"], rows["example"], strict=True)]  # fmt: skip
        lead = lead.assign(Wofür=rows["name"] + marks, Art=rows["of"].map(KINDS))
    return lead


def _shown(rows: pd.DataFrame) -> pd.DataFrame:
    told = _lead(rows)
    for column, head in HEADS.items():
        told[head] = ["–" if pd.isna(cents) else _whole(cents) for cents in rows[column]]
    told["nicht bekannt"] = [
        count(int(each), "Betrag", "Beträge") if each else "–" for each in rows["unknown"]
    ]
    return told


def _numbers(rows: pd.DataFrame) -> pd.DataFrame:
    told = _lead(rows)
    for column, head in HEADS.items():
        told[f"{head} (€)"] = (rows[column] / 100).round(2)
    return told.assign(**{"Beträge nicht bekannt": rows["unknown"]})
