"""Where people live, on the Karte: as colour, against structures as points, for one task or for all."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from steering.model import HousingKind
from steering.model.german import count
from steering.model.vocabulary import word
from steering.web import current, filters, held_choice, panels
from steering.web.editing import choices
from steering.web.map import ground, housing_rows
from steering.web.map.housing_rows import HousingAsked
from steering.web.text import plain

KIND, TASK = "map_housing_kind", "map_housing_task"
ALL_KINDS, ALL_TASKS = "alle Unterkünfte", "alle Aufgaben"
EVERY_TASK = 0
MOST_LISTED = 12


def asked() -> HousingAsked:
    """What is looked at, as the boxes beside the map say."""
    kind, task = st.session_state.get(KIND), st.session_state.get(TASK)
    return HousingAsked(
        filters.view(),
        filters.selection(),
        HousingKind(kind) if kind else None,
        task if task in choices.tasks() else None,
    )


def boxes() -> None:
    """Which accommodation and which task."""
    tasks = held_choice.hold(TASK, choices.tasks())
    if st.session_state.get(TASK) not in tasks:
        st.session_state[TASK] = EVERY_TASK
    left, right = panels.beside(1, 1.8)
    with left:
        st.selectbox(
            "Unterkunft",
            ["", *[kind.value for kind in HousingKind]],
            key=KIND,
            persist_state="session",
            format_func=lambda kind: word(HousingKind(kind)) if kind else ALL_KINDS,
            placeholder=ALL_KINDS,
        )
    with right:
        st.selectbox(
            "Wer wird von wo erreicht?",
            [EVERY_TASK, *tasks],
            key=TASK,
            persist_state="session",
            format_func=lambda key: tasks.get(key, ALL_TASKS),
            placeholder=ALL_TASKS,
        )


def explained() -> None:
    """What colours, points and marks say, where the outlines come from, and the picture as a file."""
    base = current.derived(ground.made)
    if base is None:
        return
    wanted = asked()
    panels.legend(current.derived(housing_rows.classes, wanted, panels.theme()))
    st.caption(housing_rows.KEY_TO_MARKS)
    if said := current.derived(housing_rows.points_explained, wanted):
        st.caption(f"Punkte, die jemanden erreichen, {said}")
    st.caption(
        "Summe der erfassten Arten von Unterkünften; was nicht erfasst ist, zählt nicht mit. "
        f"{plain(base.attribution)}"
    )
    panels.picture_buttons(lambda: housing_rows.picture(wanted), housing_rows.MEASURE, key="map-housing")


def beside() -> None:
    """Who reaches whom."""
    st.header("Wer erreicht wen", anchor=False)
    rows = current.derived(housing_rows.who_reaches_whom, asked())
    if rows.empty:
        st.info("Keine Struktur dieser Ansicht erreicht eine Gemeinde.")
        return
    panels.in_full(rows.head(MOST_LISTED))
    if len(rows) > MOST_LISTED:
        rest = count(len(rows) - MOST_LISTED, "weitere Struktur", "weitere Strukturen")
        st.caption(f"{rest} in der Datei.")
    panels.table_button(lambda: rows, "Wer erreicht wen", key="map-housing-reach")


def table() -> None:
    """Unterkünfte against structures, municipality by municipality."""
    wanted = asked()
    st.header("Unterkünfte und Strukturen je Gemeinde", anchor=False)
    st.caption(
        "Strukturen, die die Gemeinde erreichen; Aufgaben, die dort keine laufende Struktur durchführt. "
        "Die Namen stehen in der Datei."
    )
    panels.table(
        _shown(wanted),
        "Unterkünfte und Strukturen",
        key="map-housing-table",
        empty="Für dieses Gebiet sind keine Gemeinden hinterlegt.",
        file=lambda: housing_rows.table(wanted, True),
    )


def _shown(wanted: HousingAsked) -> pd.DataFrame:
    return current.derived(housing_rows.table, wanted)
