"""Wer trägt was: the structures that carry each task in a planning period, by level."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from steering.analysis.bearers import bearers
from steering.analysis.inventory import Selection
from steering.analysis.periods import periods
from steering.analysis.view import View
from steering.model import Level
from steering.model.german import count, day
from steering.model.vocabulary import word
from steering.web import current, filters, panels
from steering.web.text import bold

CHOSEN = "plan_period"


def show(at: View) -> None:
    """Choose a period; then tasks against levels."""
    known = current.of(periods, at)
    if known.empty:
        st.info("Im Planungshorizont liegt kein Planungszeitraum.")
        return
    names = list(known["name"])
    if st.session_state.get(CHOSEN) not in names:
        st.session_state[CHOSEN] = names[min(1, len(names) - 1)]
    st.selectbox("Planungszeitraum", names, key=CHOSEN, width=240)
    row = known.iloc[names.index(st.session_state[CHOSEN])]
    days = (row["first"].date(), row["last"].date())
    found = current.of(bearers, at, *days)
    every = len(current.portfolio().tasks)
    carried = found.loc[~found["unknown"], "task_id"].nunique()
    plan = "Mit Masterplan" if at.scenario.planned else "Ohne Masterplan"
    st.markdown(
        f"{plan} wird {bold(str(row['name']))} für {bold(f'{carried} von {every} Aufgaben')} von "
        f"{count(found.loc[~found['unknown'], 'structure_id'].nunique(), 'Struktur', 'Strukturen')} "
        "gesichert geleitet oder durchgeführt."
    )
    panels.table(
        current.derived(_table, at, *days, filters.selection()),
        f"Wer trägt was {row['name']}",
        key="plan-bearers",
        empty="Zu dieser Auswahl ist keine Aufgabe im Katalog.",
        height=480,
    )
    st.caption(
        "(F) federführend · ? ob es die Struktur dann gibt, ist nicht bekannt · + durch den Masterplan oder "
        "eine Annahme · »ab« und »bis« nennen Tage innerhalb des Zeitraums."
    )


def _table(at: View, first: date, last: date, chosen: Selection) -> pd.DataFrame:
    found, portfolio = current.of(bearers, at, first, last), current.portfolio()
    fields = portfolio.fields.set_index("id")
    tasks = portfolio.tasks
    tasks = tasks.assign(rank=tasks["field_id"].map(fields["position"])).sort_values(["rank", "position"])
    if chosen.fields:
        tasks = tasks[tasks["field_id"].map(fields["slug"]).isin(chosen.fields)]
    levels = [level for level in Level if level.value in set(found["level"])]
    told = found.assign(words=[_words(row, first, last) for row in found.to_dict("records")])
    cells = told.groupby(["task_id", "level"])["words"].agg("; ".join).to_dict()
    rows = [
        [name, *(cells.get((key, level.value), "") for level in levels)]
        for key, name in zip(tasks["id"], tasks["name"], strict=True)
    ]
    table = pd.DataFrame(rows, columns=["Aufgabe", *(word(level) for level in levels)])
    nobody = ~tasks["id"].isin(found["task_id"]).to_numpy()
    table.insert(1, "Stand", ["niemand erfasst" if none else "" for none in nobody])
    return table


def _words(row: dict[Any, Any], first: date, last: date) -> str:
    since = f" ab {day(row['since'])}" if row["since"].date() > first else ""
    until = f" bis {day(row['until'])}" if row["until"].date() < last else ""
    signs = f"{'+ ' if row['added'] else ''}{'? ' if row['unknown'] else ''}"
    return f"{signs}{row['name']}{' (F)' if row['lead'] else ''}{since}{until}"
