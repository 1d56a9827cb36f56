"""Karte: what exists where on the Stichtag, by municipality and as points by level."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from steering.analysis.structures.inventory import Selection
from steering.analysis.view import View
from steering.charts.ramp import Step
from steering.charts.theme import Theme
from steering.model.german import count, day, listing
from steering.model.vocabulary import LEVEL_LETTER, word
from steering.web import current, filters, pages, panels, table_layout
from steering.web.editing import quick_edit
from steering.web.map import ground
from steering.web.map import rows as map_rows
from steering.web.text import bold, plain

MAP, MEASURE = "map", "map_measure"
# The list beside the map is about as long as the map; the rest is in its file.
MOST_LISTED = 12


def answer() -> None:
    """Where structures sit, and how many municipalities have none of their own.

    Before a room it stands beside the map, which then has the whole height.
    """
    if not current.presenting():
        _answer()


def _answer() -> None:
    panels.answer(pages.MAP, current.derived(_sentence, filters.view(), filters.selection()))


def _sentence(at: View, chosen: Selection) -> str:
    rows = filters.selected(at, chosen)
    if current.portfolio().structures.empty:
        return panels.NOTHING_YET
    places = map_rows.places(at, chosen)
    places = places[places["inhabited"]]
    local = int(places["on_the_spot"].sum())
    without = int((places["on_the_spot"] + places["unknown_here"] == 0).sum())
    first = places[places["on_the_spot"] > 0].nlargest(3, "on_the_spot")
    head = f"Am {day(at.as_of)} ist für **keine** Struktur dieser Ansicht ein Sitz in einer Gemeinde erfasst."
    if local:
        most = listing([bold(name) for name in first["name"]])
        share = f"{int(first['on_the_spot'].sum())} von {local}"
        head = f"In {most} sitzen {share} örtlichen Strukturen."
    wide = int(((rows["state"] == "running") & (rows["seat_ags"].isna())).sum())
    verb = "läuft" if wide == 1 else "laufen"
    served = f"; {count(wide, 'Struktur', 'Strukturen')} {verb} ohne Sitz vor Ort" if wide else ""
    if not without:
        return f"{head} Für **jede Gemeinde** ist eine eigene erfasst{served}."
    return f"{head} Für {bold(f'{without} von {len(places)} Gemeinden')} ist keine eigene erfasst{served}."


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
        st.session_state.setdefault(MEASURE, next(iter(map_rows.MEASURES)))
        return str(
            st.radio("Farbe zeigt", list(map_rows.MEASURES), key=MEASURE, label_visibility="collapsed")
        )
    chosen = st.segmented_control(
        "Farbe zeigt",
        list(map_rows.MEASURES),
        key=MEASURE,
        default=next(iter(map_rows.MEASURES)),
        required=True,
        label_visibility="collapsed",
    )
    return str(chosen)


def table() -> None:
    """The same as a table."""
    with st.expander("Als Tabelle"):
        panels.table(
            current.derived(map_rows.table, filters.view(), filters.selection()),
            "Karte",
            key="map-table",
            room=table_layout.FRAMED,
            empty="Für dieses Gebiet sind keine Gemeinden hinterlegt.",
        )


def _map(label: str) -> None:
    if ground.found() is None:
        return
    args = _args(label)
    drawn = current.derived(map_rows.drawn, *args)
    st.session_state["map_shown"] = args
    ground.show(drawn, key=MAP, on_select=_chosen)


def _explained(label: str) -> None:
    """What the colours and points say, where the outlines come from, and the picture as a file."""
    base = current.derived(ground.made)
    if base is None:
        return
    args = _args(label)
    _legend(current.derived(map_rows.classes, *args))
    st.caption(f"{map_rows.MEASURES[label].explained} {base.attribution}")
    panels.picture_buttons(lambda: map_rows.picture(*args), "Karte", key="map")


def _args(label: str) -> tuple[View, Selection, str, Theme]:
    return filters.view(), filters.selection(), label, panels.theme()


def _legend(steps: list[Step]) -> None:
    drawn = current.derived(map_rows.levels_drawn, filters.view(), filters.selection())
    levels = " · ".join(f"**{LEVEL_LETTER[level]}** {word(level)}" for level in drawn)
    panels.legend(steps)
    if levels:
        st.caption(f"Punkte nach Ebene: {levels}")


def _beside() -> None:
    if current.portfolio().structures.empty:
        return
    st.header("Ohne Sitz auf der Karte", anchor=False)
    wide = current.derived(map_rows.without_seat, filters.view(), filters.selection())
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
    places = current.derived(map_rows.places, filters.view(), filters.selection()).set_index("ags")
    for ags in chosen:
        st.markdown(_about(places.loc[ags]))
    st.button("Alle Gemeinden zeigen", on_click=_show_all)


def _about(place: pd.Series) -> str:
    people = f"Einwohner: {map_rows.people(place)}"
    here = count(int(place["on_the_spot"]), "laufende Struktur vor Ort", "laufende Strukturen vor Ort")
    unsure = f" · {place['unknown_here']} ungewiss" if place["unknown_here"] else ""
    return f"{bold(place['name'])} · {people} · {here}{unsure} · nächstes Ende: {map_rows.end(place)}"


def _show_all() -> None:
    st.session_state["gemeinde"] = []


def _chosen() -> None:
    drawn = current.derived(map_rows.drawn, *st.session_state["map_shown"])
    hit = drawn.chosen(st.session_state[MAP]["selection"])
    if hit is None:
        return
    if hit.structure_id is not None:
        quick_edit.choose(hit.structure_id)
    elif hit.ags in filters.known()["gemeinde"]:
        # Set, not toggled: the map reports a click anew when it is redrawn with the outline.
        st.session_state["gemeinde"] = [hit.ags]
