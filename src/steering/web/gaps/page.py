"""Lücken: which needs nobody meets, when, where and why; and of which nobody knows."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from steering.analysis.structures.inventory import Selection
from steering.analysis.view import View
from steering.charts.coinciding import coinciding
from steering.model.german import day
from steering.web import current, filters, pages, panels, places, presets
from steering.web.gaps import matrix, on_map, words
from steering.web.gaps import open_tasks as gap_open_tasks
from steering.web.gaps import rows as gap_rows

PICTURE = "gaps_picture"
TIME, PLACES, MAP = "Zeit", "Gemeinden", "Karte"


def answer() -> None:
    """What opens next and why, what is open, and of what nobody knows."""
    at, chosen = filters.view(), filters.selection()
    panels.answer(pages.GAPS, *current.derived(words.sentences, at, chosen))
    if note := current.derived(words.footing, at, chosen):
        st.caption(note)
    if not gap_rows.untouched():
        presets.ways(current.derived(_ways, at, chosen), key="gaps")


def body() -> None:
    """Everything below the answer; nothing where nothing has been entered yet."""
    if gap_rows.untouched():
        return
    places.in_order(picture, gap_open_tasks.table, gap_open_tasks.cascade, band)


def _ways(at: View, chosen: Selection) -> tuple[presets.FigureLink, ...]:
    survey = gap_rows.survey(chosen)
    if not survey.known:
        return ()
    return (
        *gap_rows.ways(at, chosen),
        (presets.NOT_SURVEYED, len(survey.unknown), "ohne erhobenen Bedarf"),
    )


def picture() -> None:
    """Over time, by municipality, or as a map."""
    heading, switch = st.columns([2.1, 1], vertical_alignment="center")
    with switch, st.container(horizontal=True, horizontal_alignment="right"):
        shown = panels.switch("Gezeigt wird", list(PICTURES), key=PICTURE, default=TIME)
    on_day = f"Offene Aufgaben am {day(filters.view().as_of)}"
    heading.header("Offene Aufgaben je Handlungsfeld" if shown == TIME else on_day, anchor=False)
    PICTURES[str(shown)]()


def _time() -> None:
    at, chosen = filters.view(), filters.selection()
    panels.chart(
        lambda: current.derived(matrix.time_matrix, at, chosen, panels.theme()), "Lücken je Quartal",
        key="gaps-time",
    )  # fmt: skip
    panels.legend(current.derived(matrix.legend, at, chosen, matrix.over_time, panels.theme()))
    st.caption(
        "Zahl: Aufgaben, deren Bedarf an mindestens einem Tag des Quartals nicht gedeckt ist. "
        "»erhoben«: zu wie vielen Aufgaben des Handlungsfelds ein Bedarf erfasst ist."
    )
    _sheet(matrix.time_sheet, "Lücken je Quartal", "gaps-time")


def _places() -> None:
    at, chosen = filters.view(), filters.selection()
    if len(gap_rows.places(chosen)) > matrix.MOST_COLUMNS:
        st.info(
            "Für so viele Gemeinden ist die Matrix zu breit. Bitte nach Gemeinden filtern; "
            "die Tabelle zeigt alle."
        )
    else:
        panels.chart(
            lambda: current.derived(matrix.place_matrix, at, chosen, panels.theme()), "Lücken je Gemeinde",
            key="gaps-places",
        )  # fmt: skip
        panels.legend(current.derived(matrix.legend, at, chosen, matrix.by_place, panels.theme()))
    _sheet(matrix.place_sheet, "Lücken je Gemeinde", "gaps-places")


def _sheet(made: Callable[[View, Selection], pd.DataFrame], title: str, key: str) -> None:
    panels.folded_table(
        lambda: current.derived(made, filters.view(), filters.selection()),
        title,
        key=f"{key}-sheet",
        empty="Kein Handlungsfeld in dieser Ansicht.",
    )


PICTURES = {TIME: _time, PLACES: _places, MAP: on_map.draw}


def band() -> None:
    """How many tasks are open in the three scenarios."""
    st.header("Zwischen gesichert und optimistisch", anchor=False)
    at, chosen = filters.view(), filters.selection()
    if not gap_rows.survey(chosen).known:
        st.info("Bedarf nicht erhoben: Ohne erfasste Bedarfe gibt es nichts zu vergleichen.")
        return
    panels.chart(
        lambda: current.derived(matrix.band, at, chosen, panels.theme()), "Offene Aufgaben je Szenario",
        key="gaps-band",
    )  # fmt: skip
    st.caption(
        "Fläche: auch im optimistischen Fall offen. Band: offen, wenn nicht verlängert wird. "
        "Ungewisses und nicht Erhobenes ist nicht mitgezählt. " + current.derived(_coinciding, at, chosen)
    )


def _coinciding(at: View, chosen: Selection) -> str:
    return coinciding(current.derived(matrix.per_scenario, at, chosen), "open")
