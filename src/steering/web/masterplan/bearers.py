"""Wer trägt was: the structures that carry each task in a planning period, by level."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from steering.analysis.masterplan import counted
from steering.analysis.masterplan.bearers import bearers
from steering.analysis.masterplan.periods import looked_at, periods
from steering.analysis.structures.inventory import Selection
from steering.analysis.view import View
from steering.model import Level
from steering.model.german import count, day
from steering.model.vocabulary import word
from steering.web import current, panels
from steering.web.editing.widgets import NOTHING_CHOSEN
from steering.web.text import bold, plain

CHOSEN = "plan_period"
_NAMED = "plan_period_named"  # the period that the answer spoke of when one was chosen
MOST_NAMES = 5
WHO = "Wer, nach Ebene"


def show(at: View, chosen: Selection, as_of: date) -> None:
    """Choose a period, at first the one that the answer is about; then tasks against levels."""
    known = current.of(periods, at)
    if known.empty:
        st.info("Im Planungshorizont liegt kein Planungszeitraum.")
        return
    names = list(known["name"])
    named = names[looked_at(known, at.today, as_of)]
    if st.session_state.get(CHOSEN) not in names or st.session_state.get(_NAMED) != named:
        st.session_state[CHOSEN] = st.session_state[_NAMED] = named
    st.selectbox(
        "Planungszeitraum", names, key=CHOSEN, persist_state="session", width=240, placeholder=NOTHING_CHOSEN
    )
    row = known.iloc[names.index(st.session_state[CHOSEN])]
    args = (at, row["first"].date(), row["last"].date(), chosen)
    st.markdown(current.derived(_sentence, *args, str(row["name"])))
    table, nobody = current.derived(_carried, *args)
    if table.empty:
        st.info("Zu keiner Aufgabe dieser Auswahl ist dann eine Struktur erfasst.")
    else:
        panels.in_full(table, marked=[WHO])
    panels.table_button(
        lambda: current.derived(_sheet, *args), f"Wer trägt was {row['name']}", key="plan-bearers"
    )
    st.caption(
        "(F) federführend · ? ungewiss, ob es die Struktur dann gibt · + durch den Masterplan oder "
        "eine Annahme · »ab« und »bis« nennen Tage innerhalb des Zeitraums. Die Datei enthält alle Aufgaben."
    )
    if nobody:
        narrowed = chosen.levels or chosen.municipalities or chosen.organisations
        whose = "Keine Struktur dieser Auswahl" if narrowed else "Keine Struktur"
        with st.expander(f"{whose} erfasst: {count(len(nobody), 'Aufgabe', 'Aufgaben')}"):
            st.markdown("\n".join(f"- {plain(name)}" for name in nobody))


def _sentence(at: View, first: date, last: date, chosen: Selection, name: str) -> str:
    found = current.of(bearers, at, first, last, chosen)
    told_in = f"im Szenario {word(at.scenario.rule)}"
    plan = f"{'Mit' if at.scenario.planned else 'Ohne'} Masterplan"
    carried, perhaps = len(counted.carried(found)), len(counted.perhaps_carried(found))
    verb = "wird" if carried == 1 else "werden"
    share = f"{carried} von {count(len(_tasks(chosen)), 'Aufgabe', 'Aufgaben')}"
    if carried:
        by = count(found.loc[~found["unknown"], "structure_id"].nunique(), "Struktur", "Strukturen")
        told = f"{plan} {verb} {told_in} {bold(share)} von {by} geleitet oder durchgeführt."
    else:
        told = f"{plan} ist {told_in} für {bold('keine Aufgabe')} gewiss, dass eine Struktur sie trägt."
    if perhaps:
        more = "einer weiteren" if perhaps == 1 else f"{perhaps} weiteren"
        told += f" Bei {bold(more if carried else more.split(' ')[0])} ist es ungewiss."
    return f"{bold(name)}: {told}"


def _tasks(chosen: Selection) -> pd.DataFrame:
    """The tasks of the chosen fields in the order of the catalogue."""
    fields, tasks = current.portfolio().fields.set_index("id"), current.portfolio().tasks
    tasks = tasks.assign(rank=tasks["field_id"].map(fields["position"])).sort_values(["rank", "position"])
    return tasks[tasks["field_id"].map(fields["slug"]).isin(chosen.fields)] if chosen.fields else tasks


def _carried(at: View, first: date, last: date, chosen: Selection) -> tuple[pd.DataFrame, list[str]]:
    """The tasks that somebody carries, as Markdown with few names a level, and the names of the others."""
    table = _table(at, first, last, chosen, most=MOST_NAMES)
    who = [
        " · ".join(f"{bold(str(level))}: {plain(names)}" for level, names in row.items() if names)
        for row in table.iloc[:, 1:].to_dict("records")
    ]
    found = pd.DataFrame({"Aufgabe": table["Aufgabe"], WHO: who})
    nobody = found[WHO] == ""
    return found[~nobody].reset_index(drop=True), list(table.loc[nobody, "Aufgabe"])


def _sheet(at: View, first: date, last: date, chosen: Selection) -> pd.DataFrame:
    """All tasks with all names, for the file."""
    table = _table(at, first, last, chosen)
    nobody = (table.iloc[:, 1:] == "").all(axis=1)
    table.insert(1, "Stand", nobody.map({True: "keine Struktur erfasst", False: ""}))
    return table


def _table(at: View, first: date, last: date, chosen: Selection, most: int = 1000) -> pd.DataFrame:
    """Tasks against the levels that carry any of them."""
    found, tasks = current.of(bearers, at, first, last, chosen), _tasks(chosen)
    levels = [level for level in Level if level.value in set(found["level"])]
    told = found.assign(words=[_words(row, first, last) for row in found.to_dict("records")])
    cells = told.groupby(["task_id", "level"])["words"].agg(list).to_dict()
    rows = [
        [name, *("; ".join(_few(cells.get((key, level.value), []), most)) for level in levels)]
        for key, name in zip(tasks["id"], tasks["name"], strict=True)
    ]
    return pd.DataFrame(rows, columns=["Aufgabe", *(word(level) for level in levels)])


def _few(names: list[str], most: int) -> list[str]:
    rest = len(names) - most
    return names if rest <= 0 else [*names[:most], f"{rest} weitere"]


def _words(row: dict[Any, Any], first: date, last: date) -> str:
    since = f" ab {day(row['since'])}" if row["since"].date() > first else ""
    until = f" bis {day(row['until'])}" if row["until"].date() < last else ""
    signs = f"{'+ ' if row['added'] else ''}{'? ' if row['unknown'] else ''}"
    return f"{signs}{row['name']}{' (F)' if row['lead'] else ''}{since}{until}"
