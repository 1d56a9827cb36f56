"""Zeitachse: every structure a row, grouped and sorted, with a click into the sidebar."""

from __future__ import annotations

import math

import pandas as pd
import streamlit as st

from steering.analysis.lives import bars, lifecycle
from steering.analysis.structures import counted
from steering.analysis.structures.inventory import Selection, inventory, only_prepared
from steering.analysis.view import View
from steering.charts import timeline as charts
from steering.charts.theme import Theme
from steering.charts.timeline import Timeline
from steering.model.german import count, day, listing, number
from steering.model.vocabulary import word
from steering.web import current, filters, held_choice, pages, panels, presets
from steering.web.editing import quick_edit
from steering.web.editing.widgets import NOTHING_CHOSEN
from steering.web.papers import calendar_file
from steering.web.structures import prepared
from steering.web.text import bold, plain
from steering.web.timeline import rows as timeline_rows

GROUPINGS = ("Ebene", "Handlungsfeld", "Träger", "Programm", "keine")
ORDERS = ("Ende", "Name")
NOTHING_HERE = "Zu diesen Filtern gibt es **keine Struktur**. Bitte die Filter in der Seitenleiste ändern."
GROUPING, ORDER, PART, BODY = "timeline_grouping", "timeline_order", "timeline_part", "timeline_body"
MOST = 250
"""Rows of one picture: more of them no browser draws while somebody waits."""


def answer() -> None:
    """What ends next in the chosen scenario."""
    args = filters.view(), filters.selection()
    panels.answer(
        pages.TIMELINE, current.derived(_sentence, *args), *filter(None, [current.derived(_prepared, *args)])
    )
    presets.ways(current.derived(_ways, filters.view(), filters.selection()), key="timeline")


def _ways(at: View, chosen: Selection) -> tuple[presets.FigureLink, ...]:
    return ((presets.UNCERTAIN, len(counted.uncertain(filters.selected(at, chosen))), "ungewiss"),)


def _sentence(at: View, chosen: Selection) -> str:
    rows = filters.selected(at, chosen)
    if rows.empty:
        return NOTHING_HERE if chosen.active else panels.NOTHING_YET
    ends = _endings(at)
    ends = ends[ends["structure_id"].isin(rows["structure_id"])]
    unsure = _unsure(at, rows)
    if ends.empty:
        scope = " in dieser Auswahl" if chosen.active else ""
        rule = word(at.scenario.rule)
        return f"Nach dem Stichtag ist{scope} im Szenario **{rule}** kein Ende bekannt.{unsure}"
    first = ends["last_day"].min()
    names = rows.set_index("structure_id")["name"].loc[ends.loc[ends["last_day"] == first, "structure_id"]]
    verb = "endet" if len(names) == 1 else "enden"
    return f"Am {bold(day(first))} {verb} {listing([bold(f'»{name}«') for name in names])}.{unsure}"


def _unsure(at: View, rows: pd.DataFrame) -> str:
    """Of how many nobody knows whether they run, and how many the scenario counts although nobody does."""
    said = ""
    if unknown := len(counted.uncertain(rows)):
        whose = bold(count(unknown, "Struktur", "Strukturen"))
        runs = "läuft" if unknown == 1 else "laufen"
        said += f" Bei {whose} ist nicht bekannt, ob und wie lange sie {runs}."
    if hoped := bars.counted_in_doubt(current.of(bars.bars, at), at.as_of) & set(rows["structure_id"]):
        whose = bold(count(len(hoped), "Struktur", "Strukturen"))
        counts = "zählt" if len(hoped) == 1 else "zählen"
        scenario = bold(word(at.scenario.rule))
        said += f" {whose}, deren Ende nicht bekannt ist, {counts} im Szenario {scenario} als laufend."
    return said


def _endings(at: View) -> pd.DataFrame:
    return current.of(lifecycle.endings, at, at.as_of, at.horizon.last)


def _prepared(at: View, chosen: Selection) -> str:
    """What ends and is only prepared by those whom the filter names."""
    rows = only_prepared(current.of(inventory, at), chosen)[["structure_id", "name", "department"]]
    ends = rows.merge(_endings(at), on="structure_id").rename(columns={"last_day": "end"})
    return prepared.left_out(ends.sort_values(["end", "name"]).drop_duplicates("structure_id"))


def controls() -> None:
    """How the rows are grouped and sorted, and which are shown where they are too many for one picture."""
    if filters.structures().empty:
        return
    left, right = st.columns([3, 1.3])
    left.segmented_control(
        "Gruppieren nach", GROUPINGS, key=GROUPING, persist_state="session", default="Ebene", required=True,
        wrap=True,
    )  # fmt: skip
    right.segmented_control(
        "Sortieren nach", ORDERS, key=ORDER, persist_state="session", default="Ende", required=True, wrap=True
    )
    _choose_part()


def _choose_part() -> None:
    many = current.derived(_how_many, filters.view(), filters.selection())
    if many <= MOST:
        return
    parts = {part: part_in_words(part, many) for part in range(math.ceil(many / MOST))}
    words = held_choice.hold(PART, parts)
    st.selectbox(
        "Gezeigt werden in dieser Reihenfolge",
        list(words),
        key=PART,
        persist_state="session",
        format_func=words.__getitem__,
        placeholder=NOTHING_CHOSEN,
        width=340,
    )


def part_in_words(part: int, many: int) -> str:
    """Which of so many structures one picture shows."""
    first, last = part * MOST + 1, min((part + 1) * MOST, many)
    shown = number(first) if first == last else f"{number(first)} bis {number(last)}"
    return f"{shown} von {count(many, 'Struktur', 'Strukturen')}"


def _in_the_picture() -> tuple[int, int]:
    """From which row up to which: the part that is chosen, the first where there are not so many."""
    many = current.derived(_how_many, filters.view(), filters.selection())
    first = int(st.session_state.get(PART) or 0) * MOST
    return (first, first + MOST) if first < many else (0, MOST)


def _how_many(at: View, chosen: Selection) -> int:
    return len(_drawable(at, chosen))


def _drawable(at: View, chosen: Selection) -> pd.DataFrame:
    """The structures that have a bar within the horizon."""
    rows = filters.selected(at, chosen)
    return rows[~rows["structure_id"].isin(timeline_rows.outside(at))]


def chart() -> None:
    """The years stay in view above the rows; a click on a bar opens it in the sidebar."""
    if filters.structures().empty:
        return
    drawn = current.derived(
        _drawn,
        filters.view(),
        filters.selection(),
        st.session_state[GROUPING],
        st.session_state[ORDER],
        _in_the_picture(),
        panels.theme(),
    )
    if drawn is None:
        return
    panels.chart_under_head(
        drawn.head, drawn.body, place="timeline", head_key="timeline-years", key=BODY, on_select=_chosen
    )
    panels.picture_buttons(drawn.picture, "Zeitachse", key="timeline")
    calendar_file.button(key="timeline-calendar")


def table() -> None:
    """The same as a table, with what lies outside the horizon."""
    left_out = current.derived(_left_out, filters.view(), filters.selection())
    if left_out:
        st.caption(left_out)
    if filters.structures().empty:
        return
    panels.folded_table(
        lambda: current.derived(timeline_rows.table, filters.view(), filters.selection()),
        "Zeitachse",
        key="timeline-table",
        empty="Keine Struktur in dieser Ansicht.",
    )


def _left_out(at: View, chosen: Selection) -> str:
    rows = filters.selected(at, chosen)
    names = rows.loc[rows["structure_id"].isin(timeline_rows.outside(at)), "name"]
    if names.empty:
        return ""
    years = f"{at.horizon.first.year} bis {at.horizon.last.year}"
    return f"Ohne Balken, weil außerhalb von {years}: {listing([plain(name) for name in names])}."


def _chosen() -> None:
    hit = charts.chosen(st.session_state[BODY]["selection"])
    if hit:
        quick_edit.choose(hit.structure_id, funding_id=hit.funding_id)


def _drawn(
    at: View, chosen: Selection, grouping: str, order: str, places: tuple[int, int], theme: Theme
) -> Timeline | None:
    rows = _drawable(at, chosen)
    if rows.empty:
        return None
    ordered = timeline_rows.ordered(rows, grouping, order).iloc[slice(*places)]
    drawn = current.of(bars.bars, at)
    drawn = drawn[drawn["structure_id"].isin(ordered["structure_id"])]
    drawn = drawn.assign(detail=timeline_rows.details(drawn, rows))
    return charts.timeline(
        ordered,
        drawn,
        timeline_rows.marks(at),
        at.horizon,
        at.as_of,
        theme=theme,
    )
