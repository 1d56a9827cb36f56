"""Haushaltsblatt: per budget year who pays what, Pflicht and freiwillig apart, by structure and measure."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from steering.analysis.masterplan import budget
from steering.analysis.money import county, county_words, estimate_words
from steering.analysis.money import sums as money_sums
from steering.analysis.money.remarks import remarks
from steering.analysis.structures.inventory import Selection
from steering.analysis.view import View
from steering.model import Payer
from steering.model.german import count
from steering.web import address, current, marks, panels
from steering.web.editing.widgets import NOTHING_CHOSEN
from steering.web.text import bold, plain

HEADS = dict(
    zip(money_sums.PAYERS, ("Zuwendung", "Eigenanteil", "Dritte", "ungedeckt (Haushaltsrisiko)"), strict=True)
)
KINDS = {budget.STRUCTURE: "Struktur", budget.MEASURE: "Maßnahme"}
YEAR = "budget_year"
_NEXT = "budget_year_next"  # the year that the answer spoke of when one was chosen
NOT_KNOWN = county_words.NOT_KNOWN


def show(at: View, chosen: Selection, as_of: date, *, ideas: bool) -> None:
    """The sums of all years to come, then one year in detail: at first the one after the day looked at."""
    with_plan = bool(st.session_state[address.MASTERPLAN])
    rows = current.of(budget.sheet, at, with_plan, ideas, chosen)
    rows = rows[rows["year"] >= at.today.year]
    if not with_plan:
        st.info(
            "Gezeigt wird der Stand ohne Masterplan."
            f"{panels.way(' Mit »mit Masterplan« links kommen die Maßnahmen hinzu.')}"
        )
    if rows.empty:
        st.info("Für die kommenden Haushaltsjahre sind keine Beträge erfasst.")
        return
    sums = budget.sums(rows)
    next_year = max(at.today, as_of).year + 1
    st.markdown(sentence(sums, next_year))
    st.header("Je Haushaltsjahr", anchor=False)
    panels.table(
        shown(sums), "Haushaltsblatt, Summen", key="budget-sums", empty="", file=lambda: numbers(sums),
    )  # fmt: skip
    years = sorted(rows["year"].unique().tolist())
    if st.session_state.get(YEAR) not in years or st.session_state.get(_NEXT) != next_year:
        st.session_state[YEAR] = next((year for year in years if year >= next_year), years[-1])
        st.session_state[_NEXT] = next_year
    st.header("Je Struktur und Maßnahme", anchor=False)
    st.selectbox(
        "Haushaltsjahr", years, key=YEAR, persist_state="session", width=160, placeholder=NOTHING_CHOSEN
    )
    panels.table(
        shown(rows[rows["year"] == st.session_state[YEAR]]), "Haushaltsblatt", key="budget-rows", empty="",
        file=lambda: numbers(rows),
    )  # fmt: skip
    _reckoned(at, rows, years)
    structures = frozenset(rows.loc[rows["of"] == budget.STRUCTURE, "id"].astype(int))
    for words in current.of(remarks, at, structures):
        st.caption(plain(words))
    st.caption(
        "Leere Felder: dort fällt nichts an. »nicht bekannt« heißt: Es fällt etwas an, der Betrag fehlt; "
        "in einer Summe steht er mit + daneben. »geschätzt« ist, was ohne Förderung weiterläuft und keinen "
        "erfassten Betrag hat: nach dem Kostensatz wie auf dem Lagebild, in keiner Summe enthalten. Kosten "
        "einer Maßnahme kommen zu den Förderungen hinzu, die ihre Wirkungen verlängern oder neu bringen; "
        "diese stehen bei der Struktur. Die Datei enthält alle Jahre."
    )


def _reckoned(at: View, rows: pd.DataFrame, years: list[int]) -> None:
    """How what is estimated comes about, one click away."""
    estimated = rows[rows[budget.ESTIMATED].notna()]
    names = dict(zip(estimated["id"], estimated["name"], strict=True))
    if not names:
        return
    found = current.of(county.going_on, at)
    with st.popover("Rechnung", type="tertiary"):
        for key in sorted(names.keys() & found.keys(), key=names.__getitem__):
            st.markdown(plain(estimate_words.why(names[key], found[key], years)))


def sentence(sums: pd.DataFrame, year: int) -> str:
    """What the Landkreis itself pays and risks in a year, and for how many amounts that is not known."""
    rows = sums[sums["year"] == year]
    own, risk, grant, third = (
        (rows[f"{payer}_cents"].sum(min_count=1), int(rows[f"{payer}_unknown"].sum()))
        for payer in (Payer.OWN, money_sums.UNCOVERED, Payer.GRANT, Payer.THIRD)
    )
    told = [_said("Eigenanteil", *own) or "kein Eigenanteil"]
    if risked := _estimated(rows) or _said("ungedeckt", *risk):
        told.append(risked)
    beside = grant[1] + third[1]
    verb, amounts = "ist" if beside == 1 else "sind", bold(count(beside, "Betrag", "Beträge"))
    rest = f" Von den Mitteln anderer {verb} {amounts} nicht bekannt."
    return f"Im Haushaltsjahr {year}: {', '.join(told)}.{rest if beside else ''}"


def _estimated(rows: pd.DataFrame) -> str:
    """What is uncovered, where some of it is estimated; else ""."""
    found = budget.in_year(budget.together(rows)) if len(rows) else None
    return f"ungedeckt {bold(county_words.said(found))}" if found else ""


def _said(label: str, cents: float, unknown: int) -> str:
    """A sum in words: known, not known, or in part; "" where there is none."""
    if pd.isna(cents):
        posts = count(unknown, "Posten", "Posten")
        return f"{label} {bold(NOT_KNOWN)} (bei {posts})" if unknown else ""
    more = f" und {bold(count(unknown, 'nicht bekannter Betrag', 'nicht bekannte Beträge'))}"
    return f"{label} {bold(county_words.whole(cents))}{more if unknown else ''}"


def _lead(rows: pd.DataFrame) -> pd.DataFrame:
    lead = pd.DataFrame({"Jahr": rows["year"].astype(str), "Rechtscharakter": rows["legal"]})
    if "name" in rows:
        lead = lead.assign(Wofür=marks.names(rows["name"], rows["example"]), Art=rows["of"].map(KINDS))
    return lead


def shown(rows: pd.DataFrame) -> pd.DataFrame:
    """Sheet or sums as the screen shows them: what is not known in words, what there is not empty."""
    told = _lead(rows)
    if "Wofür" in told:
        told = told[["Wofür", "Art", "Rechtscharakter"]]
    for payer, head in HEADS.items():
        told[head] = [
            _cell(*pair) for pair in zip(rows[f"{payer}_cents"], rows[f"{payer}_unknown"], strict=True)
        ]
    guessed = [budget.in_year(row) for row in rows.to_dict("records")]
    head = HEADS[money_sums.UNCOVERED]
    told[head] = [
        county_words.said(each) if each else said for each, said in zip(guessed, told[head], strict=True)
    ]
    return told


def _cell(cents: float, unknown: int) -> str:
    if pd.isna(cents):
        return "" if not unknown else NOT_KNOWN if unknown == 1 else f"{unknown} {NOT_KNOWN}"
    return f"{county_words.whole(cents)} + {unknown} {NOT_KNOWN}" if unknown else county_words.whole(cents)


def numbers(rows: pd.DataFrame) -> pd.DataFrame:
    """The same for a file: euros as numbers, and beside each sum how many amounts are missing in it."""
    told = _lead(rows)
    for payer, head in HEADS.items():
        told[f"{head} (€)"] = (rows[f"{payer}_cents"] / 100).round(2)
        told[f"{head}: {NOT_KNOWN} (Anzahl)"] = rows[f"{payer}_unknown"]
    told[f"{HEADS[money_sums.UNCOVERED]}: geschätzt, nicht enthalten (€)"] = (
        rows[budget.ESTIMATED] / 100
    ).round(2)
    return told
