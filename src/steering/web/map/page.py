"""Karte: what exists where on the Stichtag, by municipality and as points by level."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from steering.analysis.structures.inventory import Selection
from steering.analysis.view import View
from steering.charts.ramp import Step
from steering.charts.theme import Theme
from steering.model.german import count, day, listing
from steering.web import current, filters, pages, panels, presets, table_layout
from steering.web.editing import quick_edit
from steering.web.map import ground, housing, housing_form, housing_rows, housing_words
from steering.web.map import rows as map_rows
from steering.web.text import bold, plain

MAP, MEASURE = "map", "map_measure"
_LISTED = f"{MEASURE} before a room"
# The list beside the map is about as long as the map; the rest is in its file.
MOST_LISTED = 12


def answer() -> None:
    """Where structures sit, and how many municipalities have none of their own.

    Before a room it stands beside the map, which then has the whole height.
    """
    if not current.presenting():
        _answer()


def _shows_housing() -> bool:
    """Whether the colour is to say where people live."""
    return st.session_state.get(MEASURE) == housing_rows.MEASURE


def _answer() -> None:
    if _shows_housing():
        panels.answer(pages.MAP, *housing_words.sentences(housing.asked()))
        return
    panels.answer(pages.MAP, current.derived(_sentence, filters.view(), filters.selection()))
    if current.portfolio().has("structure"):
        presets.ways(current.derived(_ways, filters.view(), filters.selection()), key="map")


def _sentence(at: View, chosen: Selection) -> str:
    if not current.portfolio().has("structure"):
        return panels.NOTHING_YET
    counts = map_rows.counts(at, chosen)
    running = counts[presets.RUNNING]
    if not running:
        return f"Am {day(at.as_of)} läuft **keine** Struktur dieser Ansicht."
    places = map_rows.places(at, chosen)
    first = map_rows.foremost(places)
    here = f"{bold(str(counts[presets.SEATED]))} ihren Sitz in einer Gemeinde des Landkreises"
    if len(first):
        here += f" ({'vor allem ' if counts[presets.SEATED] > first['on_the_spot'].sum() else ''}"
        here += f"{listing([plain(name) for name in first['name']])})"
    beside = [
        f"{number} {words}"
        for number, words in (
            (counts[presets.ELSEWHERE], "außerhalb"),
            (counts[presets.WITHOUT_SEAT], "ohne erfassten Sitz"),
        )
        if number
    ]
    verb, have = ("läuft", "hat") if running == 1 else ("laufen", "haben")
    head = (
        f"Am {day(at.as_of)} {verb} {bold(count(running, 'Struktur', 'Strukturen'))}; davon {have} "
        f"{', '.join([here, *beside])}."
    )
    return f"{head} {_without(at, chosen)}".strip()


def _without(at: View, chosen: Selection) -> str:
    """In how many municipalities nothing has its seat, and how many of them are reached all the same."""
    without = map_rows.without_own(at, chosen)
    if without.empty:
        return "**Jede Gemeinde** ist Sitz einer Struktur."
    verb, every = ("ist", "Gemeinde") if len(without) == 1 else ("sind", "Gemeinden")
    of = len(map_rows.inhabited(at, chosen))
    reached = int(without["served"].sum())
    rest = f" {_reached(reached, len(without))} von anderswo erreicht." if reached else ""
    share = f"{len(without)} von {of} {every}"
    which = " dieser Auswahl" if chosen.active else ""
    return f"{bold(share)} {verb} nicht Sitz einer laufenden oder ungewissen Struktur{which}.{rest}"


def _reached(reached: int, without: int) -> str:
    if reached == without:
        return "Sie wird" if without == 1 else f"Alle {without} werden"
    return "Eine davon wird" if reached == 1 else f"{reached} davon werden"


def _ways(at: View, chosen: Selection) -> tuple[presets.FigureLink, ...]:
    words = {
        presets.SEATED: "mit Sitz im Landkreis",
        presets.ELSEWHERE: "außerhalb",
        presets.WITHOUT_SEAT: "ohne Sitz",
        presets.UNCERTAIN: "ungewiss",
    }
    counts = map_rows.counts(at, chosen)
    without = len(map_rows.without_own(at, chosen))
    return (
        *((each, counts[each], said) for each, said in words.items()),
        (presets.PLACES_WITHOUT, without, "ohne Sitz einer Struktur"),
    )


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
    if _shows_housing():
        housing_form.show()


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
    every = [*map_rows.MEASURES, housing_rows.MEASURE]
    st.session_state.setdefault(MEASURE, every[0])
    if current.presenting():
        # One list below the other, beside the map. Streamlit takes a value from no other kind of widget.
        st.session_state[_LISTED] = st.session_state[MEASURE]
        st.radio("Farbe zeigt", every, key=_LISTED, on_change=_take, label_visibility="collapsed")
    else:
        panels.switch("Farbe zeigt", every, key=MEASURE)
    chosen = str(st.session_state[MEASURE])
    if chosen == housing_rows.MEASURE:
        housing.boxes()
    return chosen


def _take() -> None:
    st.session_state[MEASURE] = st.session_state[_LISTED]


def table() -> None:
    """The same as a table."""
    if _shows_housing():
        housing.table()
        return
    chosen = presets.in_force(pages.MAP) != presets.ALL
    with st.expander("Als Tabelle", expanded=chosen):
        preset = presets.box(pages.MAP, "alle Gemeinden")
        panels.table(
            current.derived(map_rows.table, filters.view(), filters.selection(), preset),
            "Karte",
            key="map-table",
            room=table_layout.FRAMED,
            empty="Für dieses Gebiet sind keine Gemeinden hinterlegt.",
        )


def _map(label: str) -> None:
    if ground.found() is None:
        return
    if label == housing_rows.MEASURE:
        shown: tuple[Any, ...] = (housing_rows.drawn, housing.asked(), panels.theme())
    else:
        shown = (map_rows.drawn, *_args(label))
    drawn = current.derived(*shown)
    st.session_state["map_shown"] = shown
    ground.show(drawn, key=MAP, on_select=_chosen)


def _explained(label: str) -> None:
    """What the colours and points say, where the outlines come from, and the picture as a file."""
    if label == housing_rows.MEASURE:
        housing.explained()
        return
    base = current.derived(ground.made)
    if base is None:
        return
    args = _args(label)
    _legend(current.derived(map_rows.classes, *args))
    st.caption(f"{map_rows.MEASURES[label].explained} {plain(base.attribution)}")
    panels.picture_buttons(lambda: map_rows.picture(*args), "Karte", key="map")


def _args(label: str) -> tuple[View, Selection, str, Theme]:
    return filters.view(), filters.selection(), label, panels.theme()


def _legend(steps: list[Step]) -> None:
    panels.legend(steps)
    if said := current.derived(map_rows.points_explained, filters.view(), filters.selection()):
        st.caption(f"Punkte {said}")


def _beside() -> None:
    if not current.portfolio().has("structure"):
        return
    if _shows_housing():
        housing.beside()
    else:
        _without_seat()
    _chosen_places()


def _without_seat() -> None:
    st.header("Ohne Sitz auf der Karte", anchor=False)
    wide = current.derived(map_rows.without_seat, filters.view(), filters.selection())
    if told := current.derived(map_rows.without_seat_words, filters.view(), filters.selection()):
        st.caption(told)
    if wide.empty:
        st.info("Jede Struktur dieser Ansicht hat einen Sitz.")
    else:
        panels.in_full(current.derived(_in_sight, filters.view(), filters.selection()))
        if len(wide) > MOST_LISTED:
            rest = count(len(wide) - MOST_LISTED, "weitere Struktur", "weitere Strukturen")
            st.caption(f"{rest} in der Datei und auf der Seite Strukturen.")
        panels.table_button(lambda: wide, "Ohne Sitz auf der Karte", key="map-wide")


def _in_sight(at: View, chosen: Selection) -> pd.DataFrame:
    return current.derived(map_rows.without_seat, at, chosen).head(MOST_LISTED)


def _chosen_places() -> None:
    chosen = st.session_state["gemeinde"]
    if not chosen:
        st.caption(
            "Eine Gemeinde anklicken filtert alle Seiten auf sie"
            f"{panels.way('; ein Punkt mit Buchstabe öffnet die Struktur links')}."
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
    drawn = current.derived(*st.session_state["map_shown"])
    hit = drawn.chosen(st.session_state[MAP]["selection"])
    if hit is None:
        return
    if hit.structure_id is not None:
        quick_edit.choose(hit.structure_id)
    elif hit.ags in filters.known()["gemeinde"]:
        # Set, not toggled: the map reports a click anew when it is redrawn with the outline.
        st.session_state["gemeinde"] = [hit.ags]
