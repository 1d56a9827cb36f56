"""Karte: what exists where on the Stichtag, by municipality and as points by level."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from steering.analysis.inventory import Selection
from steering.analysis.local import PER_INHABITANTS, per_municipality
from steering.analysis.view import View
from steering.charts import map_picture
from steering.charts.drawing import Drawing
from steering.charts.map import CountyMap, county_map
from steering.charts.ramp import Ramp, Step, day_ramp, number_ramp
from steering.charts.theme import Theme
from steering.model import Level
from steering.model.german import UNKNOWN, count, day, fte, listing, number
from steering.model.vocabulary import LEVEL_LETTER, STATE_WORDS, word
from steering.web import current, editor, filters, ground_view, panels, structure_list
from steering.web.text import bold, plain

MAP, MEASURE = "map", "map_measure"
# More points at one seat would hide the map; their tooltip names so many structures at most.
MOST_POINTS, MOST_NAMES = 8, 12
# The list beside the map is about as long as the map; the rest is in its file.
MOST_LISTED = 12
Words = Callable[[pd.Series], str]


@dataclass(frozen=True)
class Measure:
    """What the colour says: a value per municipality, its classes, and its words on the map."""

    label: str
    column: str
    ramp: Callable[[pd.Series], Ramp]
    words: Words
    explained: str


def _end(row: pd.Series) -> str:
    return day(row["next_end"], "kein Ende bekannt")


MEASURES = {
    measure.label: measure
    for measure in (
        Measure(
            "Strukturen vor Ort", "on_the_spot", number_ramp, lambda row: str(row["on_the_spot"]),
            "Laufende Strukturen mit Sitz in der Gemeinde; kreisweite ohne Sitz stehen daneben.",
        ),
        Measure(
            f"VZÄ je {number(PER_INHABITANTS, 0)} Einwohner", "fte_per_10000",
            lambda values: number_ramp(values, decimals=1), lambda row: number(row["fte_per_10000"], 1, "?"),
            "Bekannte VZÄ der Strukturen, die die Gemeinde erreichen, nach Einwohnern verteilt.",
        ),
        Measure(
            "Nächstes Ende", "days_to_end", lambda _values: day_ramp(), _end,
            "Erstes Ende einer Struktur vor Ort im gewählten Szenario, vom Stichtag an.",
        ),
    )
}  # fmt: skip


def answer() -> None:
    """Where structures sit, and how many municipalities have none of their own.

    Before a room it stands beside the map, which then has the whole height.
    """
    if not current.presenting():
        _answer()


def _answer() -> None:
    panels.answer("Karte", current.derived(_sentence, filters.view(), filters.selection()))


def _sentence(at: View, chosen: Selection) -> str:
    rows = filters.selected(at, chosen)
    if current.portfolio().structures.empty:
        return panels.NOTHING_YET
    places = _places(at, chosen)
    places = places[places["inhabited"]]
    local = int(places["on_the_spot"].sum())
    without = int((places["on_the_spot"] + places["unknown_here"] == 0).sum())
    first = places[places["on_the_spot"] > 0].nlargest(3, "on_the_spot")
    head = f"Am {day(at.as_of)} hat **keine** Struktur dieser Ansicht ihren Sitz in einer Gemeinde."
    if local:
        most = listing([bold(name) for name in first["name"]])
        share = f"{int(first['on_the_spot'].sum())} von {local}"
        head = f"In {most} sitzen {share} örtlichen Strukturen."
    wide = int(((rows["state"] == "running") & (rows["seat_ags"].isna())).sum())
    verb = "läuft" if wide == 1 else "laufen"
    served = f"; {count(wide, 'Struktur', 'Strukturen')} {verb} ohne Sitz vor Ort" if wide else ""
    if not without:
        return f"{head} **Jede Gemeinde** hat eine eigene{served}."
    verb = "hat" if without == 1 else "haben"
    return f"{head} {bold(f'{without} von {len(places)} Gemeinden')} {verb} keine eigene{served}."


def draw() -> None:
    """The map with its legend, and beside it what has no place on it."""
    if current.presenting():
        _before_a_room()
        return
    left, right = st.columns([1.75, 1], gap="medium")
    with left:
        measure = _measure()
        _map(measure)
        _explained(measure)
    with right:
        _beside()


def _before_a_room() -> None:
    """The map in the whole height, the words beside it."""
    left, right = st.columns([1.9, 1], gap="medium")
    with right:
        _answer()
        measure = _measure()
        _explained(measure)
    with left, st.container(key="stage-map"):
        _map(measure)
    _beside()


def _measure() -> str:
    if current.presenting():
        st.session_state.setdefault(MEASURE, next(iter(MEASURES)))
        return str(st.radio("Farbe zeigt", list(MEASURES), key=MEASURE, label_visibility="collapsed"))
    chosen = st.segmented_control(
        "Farbe zeigt",
        list(MEASURES),
        key=MEASURE,
        default=next(iter(MEASURES)),
        required=True,
        label_visibility="collapsed",
    )
    return str(chosen)


def table() -> None:
    """The same as a table."""
    with st.expander("Als Tabelle"):
        panels.table(
            current.derived(_table, filters.view(), filters.selection()),
            "Karte",
            key="map-table",
            empty="Für dieses Gebiet sind keine Gemeinden hinterlegt.",
        )


def _map(label: str) -> None:
    if ground_view.found() is None:
        return
    args = _args(label)
    drawn = current.derived(_drawn, *args)
    st.session_state["map_shown"] = args
    st.pydeck_chart(
        drawn.deck,
        height=ground_view.HEIGHT,
        key=MAP,
        on_select=_chosen,
        selection_mode="single-object",
        alt=drawn.alt,
    )


def _explained(label: str) -> None:
    """What the colours and points say, where the outlines come from, and the picture as a file."""
    base = current.derived(ground_view.made)
    if base is None:
        return
    args = _args(label)
    _legend(current.derived(_classes, *args))
    st.caption(f"{MEASURES[label].explained} {base.attribution}")
    panels.picture_buttons(lambda: _picture(*args), "Karte", key="map")


def _args(label: str) -> tuple[View, Selection, str, Theme]:
    return filters.view(), filters.selection(), label, panels.theme()


def _legend(steps: list[Step]) -> None:
    drawn = current.derived(_levels_drawn, filters.view(), filters.selection())
    levels = " · ".join(f"**{LEVEL_LETTER[level]}** {word(level)}" for level in drawn)
    panels.legend(steps)
    if levels:
        st.caption(f"Punkte nach Ebene: {levels}")


def _beside() -> None:
    if current.portfolio().structures.empty:
        return
    st.header("Ohne Sitz auf der Karte", anchor=False)
    wide = current.derived(_without_seat, filters.view(), filters.selection())
    if wide.empty:
        st.info("Jede Struktur dieser Ansicht hat einen Sitz.")
    else:
        st.table(wide.head(MOST_LISTED).map(plain), border="horizontal", hide_index=True)
        if len(wide) > MOST_LISTED:
            rest = count(len(wide) - MOST_LISTED, "weitere Struktur", "weitere Strukturen")
            st.caption(f"{rest} in der Datei und auf der Seite Strukturen.")
        panels.table_button(lambda: wide, "Ohne Sitz auf der Karte", key="map-wide")
    chosen = st.session_state["gemeinde"]
    if not chosen:
        st.caption(
            "Eine Gemeinde anklicken filtert alle Seiten auf sie; ein Punkt öffnet die Struktur links."
        )
        return
    st.header("Gewählte Gemeinde" if len(chosen) == 1 else "Gewählte Gemeinden", anchor=False)
    places = current.derived(_places, filters.view(), filters.selection()).set_index("ags")
    for ags in chosen:
        st.markdown(_about(places.loc[ags]))
    st.button("Alle Gemeinden zeigen", on_click=_show_all)


def _without_seat(at: View, chosen: Selection) -> pd.DataFrame:
    rows = filters.selected(at, chosen)
    rows = rows[(rows["state"] != "not_running") & rows["seat_ags"].isna()]
    letters = [LEVEL_LETTER[Level(level)] for level in rows["level"]]
    return pd.DataFrame({"Struktur": rows["name"], "Ebene": letters})


def _about(place: pd.Series) -> str:
    people = f"Einwohner: {_people(place)}"
    here = count(int(place["on_the_spot"]), "laufende Struktur vor Ort", "laufende Strukturen vor Ort")
    unsure = f" · {place['unknown_here']} ungewiss" if place["unknown_here"] else ""
    return f"{bold(place['name'])} · {people} · {here}{unsure} · nächstes Ende: {_end(place)}"


def _show_all() -> None:
    st.session_state["gemeinde"] = []


def _chosen() -> None:
    drawn = current.derived(_drawn, *st.session_state["map_shown"])
    hit = drawn.chosen(st.session_state[MAP]["selection"])
    if hit is None:
        return
    if hit.structure_id is not None:
        editor.choose(hit.structure_id)
    elif hit.ags in filters.known()["gemeinde"]:
        # Set, not toggled: the map reports a click anew when it is redrawn with the outline.
        st.session_state["gemeinde"] = [hit.ags]


def _places(at: View, chosen: Selection) -> pd.DataFrame:
    rows = per_municipality(current.portfolio(), filters.selected(at, chosen))
    days = (rows["next_end"] - pd.Timestamp(at.as_of)).dt.days.astype(float)
    running = rows["on_the_spot"] > 0
    return rows.assign(days_to_end=days.where(days.notna(), np.inf).where(running | days.notna()))


def _values(at: View, chosen: Selection, label: str) -> pd.DataFrame:
    measure, rows = MEASURES[label], _places(at, chosen)
    return pd.DataFrame(
        {
            "ags": rows["ags"],
            "value": rows[measure.column].astype(float),
            "text": [_short(measure, row) for _, row in rows.iterrows()],
            "tooltip": [_tooltip(row) for _, row in rows.iterrows()],
        }
    )


def _short(measure: Measure, row: pd.Series) -> str:
    if measure.column != "days_to_end":
        return measure.words(row)
    if row["on_the_spot"] == 0:
        return "–"
    return day(row["next_end"], "∞")


def _tooltip(row: pd.Series) -> str:
    unknown = f"\ndavon ohne bekannte VZÄ: {row['fte_not_known']}" if row["fte_not_known"] else ""
    return (
        f"Einwohner: {_people(row)}\n"
        f"Strukturen vor Ort: {row['on_the_spot']}, ungewiss: {row['unknown_here']}\n"
        f"VZÄ je {number(PER_INHABITANTS, 0)} Einwohner: {number(row['fte_per_10000'], 1)}{unknown}\n"
        f"Nächstes Ende: {_end(row)}"
    )


def _people(row: pd.Series) -> str:
    return number(row["population"], 0) if pd.notna(row["population"]) else UNKNOWN


def _points(at: View, chosen: Selection) -> pd.DataFrame:
    rows = filters.selected(at, chosen)
    rows = rows[(rows["state"] != "not_running") & rows["seat_ags"].notna()]
    neighbours = rows["seat_ags"].where(rows["seat_ags"].isin(current.portfolio().municipalities["ags"]))
    points = pd.DataFrame(
        {
            "structure_id": rows["structure_id"],
            "seat": neighbours.fillna(rows["seat_ags"].str[:5]),
            "level": rows["level"],
            "title": rows["name"],
            "tooltip": [_point_words(row) for row in rows.to_dict("records")],
        }
    )
    crowded = points.groupby("seat")["seat"].transform("size") > MOST_POINTS
    return pd.concat([points[~crowded], _one_per_level(points[crowded])], ignore_index=True)


def _one_per_level(points: pd.DataFrame) -> pd.DataFrame:
    """Where too many would stack: a point for all of a level at a seat, which opens the first of them."""
    groups = points.groupby(["seat", "level"], as_index=False)
    found = groups.agg(structure_id=("structure_id", "first"), title=("title", list))
    return found.assign(
        tooltip=["\n".join(names[:MOST_NAMES]) + _more(len(names)) for names in found["title"]],
        title=[count(len(names), "Struktur", "Strukturen") for names in found["title"]],
    )


def _more(names: int) -> str:
    return f"\nund {names - MOST_NAMES} weitere" if names > MOST_NAMES else ""


def _point_words(row: Mapping[Any, Any]) -> str:
    state = STATE_WORDS[str(row["state"])]
    return (
        f"{word(Level(str(row['level'])))}: {row['organisation']}\n{state}, {fte(row['effective_fte'])}\n"
        f"Ende: {structure_list.end_words(row)}"
    )


def _levels_drawn(at: View, chosen: Selection) -> list[Level]:
    drawn = set(_points(at, chosen)["level"])
    return [level for level in Level if level in drawn]


def _classes(at: View, chosen: Selection, label: str, theme: Theme) -> list[Step]:
    values = _inhabited(_values(at, chosen, label))
    return _ramp(values, label).on(theme).legend(values["value"])


def _ramp(values: pd.DataFrame, label: str) -> Ramp:
    return MEASURES[label].ramp(values["value"])


def _inhabited(values: pd.DataFrame) -> pd.DataFrame:
    places = current.portfolio().municipalities
    return values[values["ags"].isin(places.loc[places["inhabited"], "ags"])]


def _drawn(at: View, chosen: Selection, label: str, theme: Theme) -> CountyMap:
    base = current.derived(ground_view.made)
    assert base is not None
    values = _values(at, chosen, label)
    ramp = _ramp(_inhabited(values), label).on(theme)
    return county_map(
        base,
        values,
        _points(at, chosen),
        ramp,
        measure=label,
        selected=chosen.municipalities,
        theme=theme,
    )


def _picture(at: View, chosen: Selection, label: str, theme: Theme) -> Drawing:
    base = current.derived(ground_view.made)
    assert base is not None
    values = _values(at, chosen, label)
    return map_picture.picture(
        base, values, _points(at, chosen), _ramp(_inhabited(values), label), measure=label
    )


def _table(at: View, chosen: Selection) -> pd.DataFrame:
    rows = _places(at, chosen)
    return pd.DataFrame(
        {
            "Gemeinde": rows["name"],
            "Gemeindeschlüssel": rows["ags"],
            "Einwohner": rows["population"],
            "Strukturen vor Ort": rows["on_the_spot"],
            "davon ungewiss (zusätzlich)": rows["unknown_here"],
            "VZÄ je 10.000 Einwohner": rows["fte_per_10000"].round(2),
            "Nächstes Ende": [_end(row) for _, row in rows.iterrows()],
        }
    )
