"""The open tasks of each municipality on the map, and beside it which they are."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from steering.analysis.needs import open_tasks
from steering.analysis.needs.open_tasks import MAYBE, OPEN
from steering.analysis.structures.inventory import Selection
from steering.analysis.view import View
from steering.charts import heat, map_picture
from steering.charts.drawing import Drawing
from steering.charts.map import CountyMap, county_map
from steering.charts.ramp import Ramp, Step, count_ramp
from steering.charts.theme import Theme
from steering.model.german import listing, number
from steering.web import current, filters, marks, panels
from steering.web.findings import words as finding_words
from steering.web.gaps import rows as gap_rows
from steering.web.gaps.matrix import BOTH, NOT_SURVEYED
from steering.web.map import ground as map_ground
from steering.web.text import bold, plain

MAP, MEASURE = "gaps_map", "offene Aufgaben"
NO_POINTS = pd.DataFrame(columns=["structure_id", "seat", "level", "title", "tooltip"])
MOST_NAMED = 8


def draw() -> None:
    """The map with its classes; beside it what is open everywhere and what only here and there."""
    left, right = st.columns([1.75, 1], gap="medium")
    with left:
        _map()
    with right:
        st.markdown(current.derived(_beside, filters.view(), filters.selection()))
        if filters.selection().municipalities:
            st.button("Alle Gemeinden zeigen", on_click=_show_all)
        else:
            st.caption("Eine Gemeinde anklicken filtert alle Seiten auf sie.")
    panels.folded_table(
        lambda: current.derived(_table, filters.view(), filters.selection()),
        "Offene Aufgaben je Gemeinde",
        key="gaps-map-table",
        empty="Für dieses Gebiet sind keine Gemeinden hinterlegt.",
    )


def _map() -> None:
    base = map_ground.found()
    if base is None:
        return
    args = (filters.view(), filters.selection(), panels.theme())
    drawn = current.derived(_drawn, *args)
    st.session_state["gaps_map_shown"] = args
    map_ground.show(drawn, key=MAP, on_select=_chosen)
    values = current.derived(_values, *args[:2])
    panels.legend(_legend(values, panels.theme()))
    st.caption(plain(base.attribution))
    panels.picture_buttons(lambda: _picture(*args), "Lücken je Gemeinde", key="gaps-map")


def _chosen() -> None:
    drawn = current.derived(_drawn, *st.session_state["gaps_map_shown"])
    hit = drawn.chosen(st.session_state[MAP]["selection"])
    if hit is not None and hit.ags in filters.known()["gemeinde"]:
        st.session_state["gemeinde"] = [hit.ags]


def _show_all() -> None:
    st.session_state["gemeinde"] = []


def _everywhere(chosen: Selection) -> Selection:
    """The map shows all municipalities; the chosen ones get an outline."""
    return Selection(chosen.levels, chosen.fields, frozenset(), chosen.organisations)


def _values(at: View, chosen: Selection) -> pd.DataFrame:
    """ags, value (open tasks; NaN where no need is recorded), text, tooltip; of inhabited municipalities."""
    wide = _everywhere(chosen)
    names = gap_rows.tasks(wide).set_index("task_id")["name"]
    unmet = gap_rows.on_day(at, wide)
    found = open_tasks.per_municipality(unmet)
    made_up = set(unmet.loc[finding_words.on_examples(unmet), "task_id"])
    of_state = {
        state: found[found["state"] == state]
        .assign(name=lambda rows: marks.names(rows["task_id"].map(names), rows["task_id"].isin(made_up)))
        .groupby("ags")["name"]
        .agg(list)
        for state in (OPEN, MAYBE)
    }
    known = set(gap_rows.surveyed(wide)["ags"])
    rows = []
    for ags in gap_rows.places(wide)["ags"]:
        is_open, maybe = (of_state[state].get(ags, []) for state in (OPEN, MAYBE))
        value = float(len(is_open)) if ags in known else None
        doubt = heat.DOUBT if maybe and value is not None else ""
        rows.append((ags, value, f"{number(value, 0, '?')}{doubt}", _tooltip(ags in known, is_open, maybe)))
    return pd.DataFrame(rows, columns=["ags", "value", "text", "tooltip"]).astype({"value": float})


def _tooltip(known: bool, is_open: list[str], maybe: list[str]) -> str:
    if not known:
        return NOT_SURVEYED
    lines = [
        f"Offene Aufgaben: {len(is_open) or 'keine erfasst'}",
        *(f"· {name}" for name in is_open[:MOST_NAMED]),
    ]
    if len(is_open) > MOST_NAMED:
        lines.append(f"· {len(is_open) - MOST_NAMED} weitere")
    if maybe:
        lines.append(f"Ungewiss: {listing(maybe)}")
    return "\n".join(lines)


def _ramp(values: pd.DataFrame) -> Ramp:
    return count_ramp(values["value"])


def _legend(values: pd.DataFrame, theme: Theme) -> list[Step]:
    """The classes that occur, and what a question mark behind a number says."""
    found = _ramp(values).on(theme)
    occur = set(found.steps_of(values["value"]))
    doubt = values["value"].notna() & values["text"].str.endswith(heat.DOUBT)
    steps = [step for step in found.legend(values["value"]) if step in occur]
    return [*steps, *([BOTH] if doubt.any() else [])]


def _drawn(at: View, chosen: Selection, theme: Theme) -> CountyMap:
    base, values = current.derived(map_ground.made), _values(at, chosen)
    assert base is not None
    return county_map(
        base,
        values,
        NO_POINTS,
        _ramp(values).on(theme),
        measure=MEASURE,
        selected=chosen.municipalities,
        theme=theme,
    )


def _picture(at: View, chosen: Selection, _theme: Theme) -> Drawing:
    base, values = current.derived(map_ground.made), _values(at, chosen)
    assert base is not None
    return map_picture.picture(base, values, NO_POINTS, _ramp(values), measure=MEASURE)


def _beside(at: View, chosen: Selection) -> str:
    """What is open in the whole Landkreis, and what only in some municipalities."""
    rows = gap_rows.on_day(at, chosen)
    rows = rows[rows["state"] == OPEN]
    names = gap_rows.tasks(chosen).set_index("task_id")["name"]
    where: dict[str, set[str]] = {}
    # A task is one, whether all or some of what opens it are examples.
    made_up = finding_words.on_examples(rows).groupby(rows["task_id"]).transform("any")
    called = marks.names(rows["task_id"].map(names), made_up)
    for task, municipalities in zip(called, rows["municipalities"], strict=True):
        where.setdefault(task, set()).update(municipalities)
    if not where:
        known = gap_rows.survey(chosen).known
        return "Zu den erhobenen Bedarfen ist hier **nichts offen**." if known else f"**{NOT_SURVEYED}.**"
    places = {task: gap_rows.where(found, most=3) for task, found in where.items()}
    wide = [plain(task) for task, place in places.items() if place == gap_rows.DISTRICT_WIDE]
    local = [
        f"{plain(task)}: {bold(place)}" for task, place in places.items() if place != gap_rows.DISTRICT_WIDE
    ]
    parts = []
    if wide:
        parts.append(f"**Kreisweit offen ({len(wide)})**\n" + "\n".join(f"- {task}" for task in sorted(wide)))
    if local:
        parts.append(
            f"**Nur in einzelnen Gemeinden ({len(local)})**\n"
            + "\n".join(f"- {task}" for task in sorted(local))
        )
    return "\n\n".join(parts)


def _table(at: View, chosen: Selection) -> pd.DataFrame:
    values = _values(at, chosen)
    values = values[values["ags"].isin(gap_rows.places(chosen)["ags"])]
    names = gap_rows.places(Selection()).set_index("ags")["name"]
    return pd.DataFrame(
        {
            "Gemeinde": values["ags"].map(names),
            "Gemeindeschlüssel": values["ags"],
            "Offene Aufgaben": [number(value, 0, NOT_SURVEYED) for value in values["value"]],
            "Welche": values["tooltip"].str.replace("\n", " "),
        }
    )
