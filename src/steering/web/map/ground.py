"""The ground that every map of the own Landkreis stands on."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from steering.charts.ground import Ground, ground
from steering.charts.map import CountyMap
from steering.charts.map_still import BEYOND
from steering.web import current

WIDTH, HEIGHT = 600, 470


def found() -> Ground | None:
    """The ground, made once per revision; None where no boundaries are known, with a sentence saying so."""
    base = current.derived(made)
    if base is None:
        st.info(
            "Für diesen Landkreis sind noch keine Grenzen hinterlegt; "
            "die Tabelle unten zeigt dieselben Angaben."
        )
    return base


def show(drawn: CountyMap, *, key: str, on_select: Callable[[], None]) -> None:
    """The map. A picture of the same stands in its place until the browser has drawn it."""
    with st.container(key=f"map-place-{key}"):
        with st.container(key=f"map-still-{key}"):
            st.image(drawn.still, width=WIDTH + 2 * BEYOND)
        st.pydeck_chart(
            drawn.deck,
            height=HEIGHT,
            key=key,
            on_select=on_select,
            selection_mode="single-object",
            alt=drawn.alt,
        )


def made() -> Ground | None:
    """The ground for the stored boundaries, if there are any."""
    boundaries = current.boundaries()
    if boundaries.empty:
        return None
    return ground(boundaries, current.portfolio().municipalities, width=WIDTH, height=HEIGHT)
