"""Bedarfe: what is needed now and later, against what reaches it, and what nobody has asked about."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from steering.analysis.needs import directory as need_directory
from steering.analysis.needs.coverage import LATER, MAYBE, MET, OPEN, PARTLY, STATES, UNTOLD
from steering.analysis.structures.inventory import Selection
from steering.analysis.view import View
from steering.model import NeedKind, NeedUnit, Priority, Provenance
from steering.model.german import count, day, listing
from steering.model.vocabulary import word
from steering.web import current, filters, marks, pages, panels
from steering.web.editing.widgets import NOTHING_CHOSEN
from steering.web.needs import drawings, form
from steering.web.needs import rows as need_rows
from steering.web.text import bold, plain

NOTHING_YET = (
    "Es ist noch **kein Bedarf** erfasst. Unten unter »Bedarf erfassen oder ändern« lässt sich der erste "
    "eintragen."
)
NOTHING_HERE = "Zu diesen Filtern ist **kein Bedarf** erfasst. Bitte die Filter in der Seitenleiste ändern."
DAY, COURSE = "Stichtag", "Verlauf"
SWITCH, CHOSEN, TABLE = "needs_switch", "needs_chosen", "needs_table"
_WORDS = {MET: "gedeckt", PARTLY: "teilweise gedeckt", OPEN: "offen"}


def answer() -> None:
    """For how many tasks a need is recorded, how many are met, and whether all of it is made up."""
    at, chosen = filters.view(), filters.selection()
    panels.answer(pages.NEEDS, *current.derived(_sentences, at, chosen))
    if note := current.derived(_examples, at, chosen):
        st.caption(note)


def _sentences(at: View, chosen: Selection) -> tuple[str, ...]:
    rows = need_rows.selected(at, chosen)
    if rows.empty:
        if chosen.active:
            return (NOTHING_HERE,)
        nobody = current.portfolio().structures.empty
        return (NOTHING_YET, *([panels.NOTHING_YET] if nobody else []))
    every = len(current.portfolio().tasks)
    surveyed = rows["task_id"].nunique()
    valid = rows[rows["state"].isin(STATES)]
    told = [
        bold(f"{(valid['state'] == state).sum()}\N{NO-BREAK SPACE}{words}")
        for state, words in _WORDS.items()
        if (valid["state"] == state).any()
    ]
    known = f"Am {day(at.as_of)} sind davon {listing(told)}." if told else ""
    return (
        f"Für {bold(f'{surveyed} von {every} Aufgaben')} {'sind' if len(rows) > 1 else 'ist'} "
        f"{bold(count(len(rows), 'Bedarf', 'Bedarfe'))} erfasst. {known}{_unsure(valid)}{_later(rows)}",
    )


def _unsure(valid: pd.DataFrame) -> str:
    unknown = int(valid["state"].isin([MAYBE, UNTOLD]).sum())
    if not unknown:
        return ""
    return f" Bei {bold(str(unknown))} lässt sich das nicht sagen, weil Angaben fehlen."


def _later(rows: pd.DataFrame) -> str:
    later = int((rows["state"] == LATER).sum())
    return f" {later}\N{NO-BREAK SPACE}{'gilt' if later == 1 else 'gelten'} erst später." if later else ""


def _examples(at: View, chosen: Selection) -> str:
    rows = need_rows.selected(at, chosen)
    made_up = int(_made_up(rows).sum())
    if not made_up:
        return ""
    if made_up == len(rows):
        return (
            ":material/science: Alle gezeigten Bedarfe sind Beispiele, nicht erhoben. Wer einen davon unten "
            "ändert, macht ihn zur eigenen Angabe."
        )
    return f":material/science: {made_up} von {len(rows)} Bedarfen sind Beispiele, nicht erhoben."


def picture() -> None:
    """All needs on the Stichtag, or one of them over the horizon."""
    at, chosen = filters.view(), filters.selection()
    if need_rows.selected(at, chosen).empty:
        return
    st.segmented_control(
        "Darstellung", (DAY, COURSE), key=SWITCH, default=DAY, required=True, label_visibility="collapsed"
    )
    if st.session_state[SWITCH] == COURSE:
        _course(at, chosen)
        return
    drawing = current.derived(drawings.drawn, at, chosen, panels.theme())
    if drawing is None:
        st.info("Keiner dieser Bedarfe gilt am Stichtag oder danach.")
    else:
        panels.chart(drawing, "Bedarfe", key="needs")


def _course(at: View, chosen: Selection) -> None:
    """All needs over the horizon, and below it one of them with its amounts."""
    panels.chart(
        current.derived(drawings.all_courses_drawn, at, chosen, panels.theme()),
        "Bedarfe im Verlauf",
        key="courses",
    )
    rows = need_rows.selected(at, chosen)
    rows = rows[(rows["quantity"] > 0) & (rows["unit"] != NeedUnit.RATIO)]
    if rows.empty:
        return
    names = dict(zip(rows["need_id"], marks.names(rows["called"], _made_up(rows)), strict=True))
    if st.session_state.get(CHOSEN) not in names:
        # First what can be told, and of that what will change.
        order = rows.assign(told=rows["supply"].notna(), changing=rows["changes_on"].notna())
        order = order.sort_values(["told", "changing"], ascending=False, kind="stable")
        st.session_state[CHOSEN] = int(order["need_id"].iloc[0])
    st.selectbox(
        "Ein Bedarf im Einzelnen",
        list(names),
        key=CHOSEN,
        format_func=names.__getitem__,
        placeholder=NOTHING_CHOSEN,
    )
    row = rows[rows["need_id"] == st.session_state[CHOSEN]].iloc[0].to_dict()
    st.markdown(_summary(row))
    drawing = current.derived(drawings.course_drawn, at, int(st.session_state[CHOSEN]), panels.theme())
    panels.chart(drawing, f"Verlauf {row['called']}", key="need-course")


def _summary(row: dict[Any, Any]) -> str:
    who = listing([plain(name) for name in row["providers"]])
    there = f" · am Stichtag da: {who}" if who else ""
    return (
        f"{bold(row['state'])} · Bedarf: {plain(need_rows.quantity(row))} · "
        f"{plain(need_rows.where(row))} · für {plain(', '.join(row['groups']))}{there}"
    )


def table() -> None:
    """All needs; choosing a row opens it in the form."""
    at, chosen = filters.view(), filters.selection()
    rows = need_rows.selected(at, chosen)
    if rows.empty:
        return
    shown = current.derived(_table, at, chosen)
    st.header("Alle Bedarfe", anchor=False)
    panels.table(
        shown,
        "Bedarfe",
        key=TABLE,
        empty=NOTHING_HERE,
        choice=panels.RowChoice(rows["need_id"].tolist(), form.choose),
        most=11,
        hidden=shown.columns.difference(list(_IN_VIEW)),
    )


def _made_up(rows: pd.DataFrame) -> pd.Series:
    return rows["provenance"] == Provenance.EXAMPLE


# The rest is in the workbook, and in the form that a row opens.
_IN_VIEW = ("Bedarf", "Stand", "Angebot von Bedarf", "ändert sich", "Herkunft")


def _table(at: View, chosen: Selection) -> pd.DataFrame:
    rows = need_rows.selected(at, chosen)
    records = rows.to_dict("records")
    return pd.DataFrame(
        {
            "Bedarf": marks.names(rows["called"], _made_up(rows)),
            "Stand": rows["state"],
            "Angebot von Bedarf": [need_rows.amount(row) for row in records],
            "ändert sich": [need_rows.then(row) for row in records],
            "Gebiet": [need_rows.where(row) for row in records],
            "Was gebraucht wird": rows["name"],
            "Herkunft": [word(Provenance(value)) for value in rows["provenance"]],
            "Rechtscharakter": rows["legal"],
            "Priorität": [word(Priority(value)) for value in rows["priority"]],
            "Zielgruppen": [", ".join(groups) for groups in rows["groups"]],
            "Angebot durch": [", ".join(names) for names in rows["providers"]],
            "Menge": ["" if pd.isna(row["quantity"]) else need_rows.quantity(row) for row in records],
            "Art": [word(NeedKind(value)) for value in rows["kind"]],
            "Handlungsfeld": rows["field"],
            "nur Ebene": [need_rows.level(stored) for stored in rows["level"]],
            "gilt": [need_directory.period(row) for row in records],
        }
    )


def not_surveyed() -> None:
    """The tasks of which nobody has said what is needed, duties first."""
    chosen = filters.selection()
    rows, partly, duties = current.derived(_not_surveyed, chosen)
    st.header("Bedarf nicht erhoben", anchor=False)
    st.markdown(_survey_words(rows, partly, duties))
    panels.table(
        rows,
        "Bedarf nicht erhoben",
        key="not-surveyed",
        empty="Zu jeder Aufgabe ist ein Bedarf erfasst.",
    )


def _survey_words(rows: pd.DataFrame, partly: int, duties: int) -> str:
    if rows.empty:
        return "Zu jeder Aufgabe ist hier ein Bedarf erfasst."
    part = f", zu {bold(f'{partly} weiteren')} nur für einen Teil der Gemeinden" if partly else ""
    nowhere = count(len(rows) - partly, "Aufgabe", "Aufgaben")
    return (
        f"Zu {bold(nowhere)} ist kein Bedarf erfasst{part}; darunter "
        f"{'ist' if duties == 1 else 'sind'} {bold(count(duties, 'Pflichtaufgabe', 'Pflichtaufgaben'))}. Ob "
        "dort etwas fehlt, lässt sich ohne erhobenen Bedarf nicht sagen."
    )


def _not_surveyed(chosen: Selection) -> tuple[pd.DataFrame, int, int]:
    rows = current.of(need_directory.without_needs)
    places = current.portfolio().municipalities
    places = places[places["inhabited"]]
    here = chosen.municipalities or frozenset(places["ags"])
    missing = [found & here for found in rows["municipalities"]]
    keep = pd.Series([bool(found) for found in missing], index=rows.index, dtype=bool)
    if chosen.fields:
        keep &= rows["field_slug"].isin(chosen.fields)
    words = pd.Series([_where_missing(found, here) for found in missing], index=rows.index, dtype="str")
    partly = pd.Series([len(found) < len(here) for found in missing], index=rows.index, dtype=bool)
    shown = pd.DataFrame(
        {
            "Aufgabe": rows["task"],
            "Handlungsfeld": rows["field"],
            "Rechtscharakter": rows["legal"],
            "Grundlage": rows["legal_basis"],
            "nicht erhoben in": words,
        }
    )[keep]
    return shown.reset_index(drop=True), int((keep & partly).sum()), int((keep & rows["duty"]).sum())


def _where_missing(found: frozenset[str], here: frozenset[str]) -> str:
    if found == here:
        return "allen Gemeinden" if len(here) > 1 else "der Gemeinde"
    return f"{len(found)} von {len(here)} Gemeinden"
