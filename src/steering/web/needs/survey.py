"""Bedarf nicht erhoben: the tasks of which nobody has said what is needed."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from steering.analysis.needs import counted
from steering.analysis.needs import directory as need_directory
from steering.analysis.structures.inventory import Selection
from steering.model.german import count
from steering.web import current, filters, pages, panels, presets
from steering.web.gaps import rows as gap_rows
from steering.web.needs import matrix
from steering.web.text import bold

OF_TASKS: dict[str, Callable[[counted.Survey], frozenset[int]]] = {
    presets.NOT_SURVEYED.preset: lambda survey: survey.unknown,
    presets.PARTLY_SURVEYED.preset: lambda survey: survey.partly,
}


def show() -> None:
    """The tasks of which nobody has said what is needed, duties first."""
    chosen = filters.selection()
    st.header("Bedarf nicht erhoben", anchor=False)
    st.markdown(current.derived(_survey_words, chosen))
    survey = gap_rows.survey(chosen)
    ways = (
        (presets.NOT_SURVEYED, len(survey.unknown), "nirgends erhoben"),
        (presets.PARTLY_SURVEYED, len(survey.partly), "nur zum Teil erhoben"),
    )
    presets.ways(ways, key="not-surveyed")
    if presets.in_force(pages.NEEDS) not in OF_TASKS:
        table(chosen, presets.ALL)
    matrix.show()


def table(chosen: Selection, preset: str) -> None:
    """The tasks that a preset lists."""
    panels.table(
        current.derived(tasks, chosen, preset),
        "Bedarf nicht erhoben",
        key="not-surveyed",
        empty="Zu jeder Aufgabe ist bekannt, ob etwas gebraucht wird.",
        # The workbook has it; here it would take the room in which rows are of one line.
        hidden=("Grundlage",),
    )


def _survey_words(chosen: Selection) -> str:
    survey = gap_rows.survey(chosen)
    if not survey.unknown and not survey.partly:
        return "Zu jeder Aufgabe ist hier bekannt, ob etwas gebraucht wird."
    tasks = current.of(need_directory.tasks)
    duties = int(tasks.loc[tasks["task_id"].isin(survey.unknown), "duty"].sum())
    part = f"; zu {bold(str(len(survey.partly)))} nur für einen Teil der Gemeinden" if survey.partly else ""
    nowhere = count(len(survey.unknown), "Aufgabe", "Aufgaben")
    among = f", darunter {bold(count(duties, 'Pflichtaufgabe', 'Pflichtaufgaben'))}" if survey.unknown else ""
    return (
        f"Zu {bold(nowhere)} ist kein Bedarf erhoben{among}{part}. Ob "
        "dort etwas fehlt, lässt sich ohne erhobenen Bedarf nicht sagen."
    )


def tasks(chosen: Selection, preset: str) -> pd.DataFrame:
    """The tasks without a recorded need: nowhere, or only for a part of the municipalities."""
    survey = gap_rows.survey(chosen)
    kept = OF_TASKS.get(preset, _either)(survey)
    rows = current.of(need_directory.without_needs)
    rows = rows[rows["task_id"].isin(kept)]
    here = chosen.municipalities or frozenset(gap_rows.places(chosen)["ags"])
    return pd.DataFrame(
        {
            "Aufgabe": rows["task"],
            "Handlungsfeld": rows["field"],
            "Rechtscharakter": rows["legal"],
            "Grundlage": rows["legal_basis"],
            "nicht erhoben in": [_where_missing(found & here, here) for found in rows["municipalities"]],
        }
    ).reset_index(drop=True)


def _where_missing(found: frozenset[str], here: frozenset[str]) -> str:
    if found == here:
        return "allen Gemeinden" if len(here) > 1 else "der Gemeinde"
    return f"{len(found)} von {len(here)} Gemeinden"


def _either(survey: counted.Survey) -> frozenset[int]:
    return survey.unknown | survey.partly
