"""What the findings say in a sentence or two: for the Lagebild."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from steering.analysis.findings.causes import said
from steering.analysis.findings.kinds import OPEN, UNSETTLED
from steering.analysis.structures.inventory import Selection
from steering.analysis.view import View
from steering.model.german import count, day
from steering.web import current, filters, marks, pages
from steering.web.findings import rows as finding_rows
from steering.web.findings import words as finding_words
from steering.web.text import bold


def show() -> None:
    """Overlaps and gaps on the Stichtag and what comes to them next, with the ways to both pages."""
    if not current.portfolio().needs.empty or not current.portfolio().responsibilities.empty:
        st.header("Zuständigkeiten und Lücken", anchor=False)
        st.markdown(current.derived(_sentences, filters.view(), filters.selection()))
        with st.container(horizontal=True, gap="medium"):
            for page in (pages.RESPONSIBILITIES, pages.GAPS):
                st.page_link(page.file, label=f"{page.title} ansehen", icon=":material/arrow_forward:")


def _sentences(at: View, chosen: Selection) -> str:
    rows = finding_rows.selected(finding_rows.standing(at), chosen)
    return f"{_overlaps(finding_rows.on_day(rows, at))} {_gaps(rows, at)}"


def _overlaps(today: pd.DataFrame) -> str:
    rows = today[today["kind"].isin(UNSETTLED) & ~today["coordinated"] & ~today["internal"]]
    tasks = rows["task_id"].nunique()
    if not tasks:
        return "Am Stichtag ist **keine** mehrfache oder ungeklärte Federführung **erfasst**."
    return (
        f"Am Stichtag ist bei {bold(count(tasks, 'Aufgabe', 'Aufgaben'))} die Federführung mehrfach "
        f"oder ungeklärt{marks.share(_made_up(rows), tasks)}; Abgestimmtes und Internes ist nicht gezählt."
    )


def _gaps(rows: pd.DataFrame, at: View) -> str:
    needs = current.portfolio().needs
    if needs.empty:
        return "Bedarfe sind nicht erhoben; über Lücken lässt sich deshalb nichts sagen."
    open_ones = rows[rows["kind"].isin(OPEN)]
    now = open_ones.merge(finding_rows.on_day(open_ones, at)[["key"]].drop_duplicates(), on="key")
    tasks = now["task_id"].nunique()
    are = _are(tasks)
    head = f"Von den Aufgaben mit erhobenem Bedarf {are} nicht oder nicht ganz gedeckt"
    head += marks.share(_made_up(now), tasks)
    later = open_ones[open_ones["start"] > pd.Timestamp(at.as_of)]
    later = later[~later["task_id"].isin(now["task_id"])]
    more = ""
    if len(later):
        first = later["start"].min()
        coming = later[later["start"] == first]
        cause = next((said(causes) for causes in coming["causes"] if causes), "")
        number = coming["task_id"].nunique()
        more = f"; ab {bold(day(first))} {'kommt' if number == 1 else 'kommen'} {bold(str(number))} hinzu"
        more += marks.share(_made_up(coming), number)
        more += f" ({cause})" if cause else ""
    return f"{head}{more}."


def _made_up(rows: pd.DataFrame) -> int:
    """To how many tasks of these findings an example leads."""
    return int(rows.loc[finding_words.on_examples(rows), "task_id"].nunique())


def _are(tasks: int) -> str:
    return f"{'ist' if tasks == 1 else 'sind'} {bold(str(tasks) if tasks else 'keine')}"
