"""What a map says of each municipality, however it is drawn: in the browser, as a still, or for a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from steering.charts.ground import Ground
from steering.charts.ramp import UNKNOWN, Ramp, Step
from steering.charts.theme import LIGHT, Theme


@dataclass(frozen=True)
class ShownMunicipality:
    """A municipality's class, the short text of its value, and what stands in its tooltip."""

    step: Step
    text: str
    tooltip: str


def shown_values(ground: Ground, values: pd.DataFrame, ramp: Ramp) -> dict[str, ShownMunicipality]:
    """Each municipality with its class; those without a row are unknown."""
    rows = zip(values["ags"], ramp.steps_of(values["value"]), values["text"], values["tooltip"], strict=True)
    shown = {ags: ShownMunicipality(step, text, tooltip) for ags, step, text, tooltip in rows}
    return {shape.key: shown.get(shape.key, ShownMunicipality(UNKNOWN, "?", "")) for shape in ground.own}


def ground_fill(theme: Theme) -> str:
    """What is not the own Landkreis, or belongs to no municipality."""
    return "#e9ecf0" if theme is LIGHT else "#222a34"


def alternative(ground: Ground, shown: Mapping[str, ShownMunicipality], points: int, measure: str) -> str:
    """The map in a sentence for those who do not see it."""
    known = [f"{shape.name} {shown[shape.key].text}" for shape in ground.own if shape.inhabited]
    seats = f"; {points} Strukturen als Punkte an ihrem Sitz" if points else ""
    return f"Karte, {measure}: {', '.join(known)}{seats}."
