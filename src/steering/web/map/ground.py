"""The ground that every map of the own Landkreis stands on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd
import streamlit as st

from steering.charts.ground import Ground, ground
from steering.charts.map import CountyMap
from steering.charts.map_still import BEYOND
from steering.web import current

WIDTH, HEIGHT = 600, 470
PLACED = ["ags", "name", "inhabited", "longitude", "latitude"]


def found() -> Ground | None:
    """The ground, made once; None where no boundaries are known, with a sentence saying so."""
    base = of_stored()
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


def of_stored() -> Ground | None:
    """The ground, made once; None where no boundaries are known."""
    return current.derived(made)


def made() -> Ground | None:
    """The ground for the stored boundaries, if there are any."""
    boundaries = current.boundaries()
    if boundaries.empty:
        return None
    return _ground(_Inputs(boundaries, current.portfolio().municipalities[PLACED]))


@dataclass(frozen=True, eq=False)
class _Inputs:
    """What a ground is made of, compared by content: hardly an edit changes it, and to make it takes long."""

    boundaries: pd.DataFrame
    municipalities: pd.DataFrame

    def __hash__(self) -> int:
        return hash((*self.boundaries["key"], *self.municipalities["ags"]))

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, _Inputs)
            and self.boundaries.equals(other.boundaries)
            and self.municipalities.equals(other.municipalities)
        )


@lru_cache(maxsize=2)
def _ground(of: _Inputs) -> Ground:
    return ground(of.boundaries, of.municipalities, width=WIDTH, height=HEIGHT)
