"""Classes of values in one hue, light to dark, with their words and a colour that can be read on each."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from steering.charts.colour_meanings import (
    DARK_OPEN_RAMP,
    NOT_KNOWN,
    NOTHING_THERE,
    OPEN_RAMP,
    ColourMeaning,
)
from steering.charts.theme import DARK, DARK_RAMP, LIGHT, RAMP, Theme, ink_on
from steering.model.german import number


@dataclass(frozen=True)
class Step:
    """One class: its words for the legend, its fill, and the colour of texts on it; "": those of the page."""

    label: str
    fill: str = ""
    ink: str = ""


def _meant(meaning: ColourMeaning, theme: Theme = LIGHT) -> Step:
    fill = meaning.on(theme)
    return Step(meaning.word, fill, ink_on(fill))


UNKNOWN = replace(_meant(NOT_KNOWN), label="nicht bekannt")
_NOTHING_THERE = _meant(NOTHING_THERE)
NOTHING = -np.inf
_IN_THE_DARK = dict(zip((*RAMP, *OPEN_RAMP), (*DARK_RAMP, *DARK_OPEN_RAMP), strict=True))


@dataclass(frozen=True)
class Ramp:
    """Classes from low to high; `bounds` are the lower ends of all but the first.

    `unknown`: the class of a missing value; `nothing`: of `NOTHING`, where there is nothing to have a value.
    """

    steps: tuple[Step, ...]
    bounds: tuple[float, ...]
    unknown: Step = UNKNOWN
    nothing: Step = _NOTHING_THERE

    def steps_of(self, values: pd.Series) -> list[Step]:
        """The class of each value; a missing one is unknown, and neither that nor nothing is the lowest."""
        return [self._step_of(value) for value in values.to_numpy(dtype=float, na_value=np.nan)]

    def _step_of(self, value: float) -> Step:
        if np.isnan(value):
            return self.unknown
        if value == NOTHING:
            return self.nothing
        return self.steps[int(np.searchsorted(self.bounds, value, side="right"))]

    def on(self, theme: Theme) -> Ramp:
        """The same classes in the colours of a page."""
        if theme is not DARK:
            return self
        fills = [_IN_THE_DARK[step.fill] for step in self.steps]
        steps = [
            replace(step, fill=fill, ink=ink_on(fill)) for step, fill in zip(self.steps, fills, strict=True)
        ]
        return replace(self, steps=tuple(steps), nothing=_meant(NOTHING_THERE, theme))

    def legend(self, values: pd.Series) -> list[Step]:
        """What the page lists beside the map: all classes, and where they occur those without a value.

        Where no value is known there are those alone.
        """
        apart = ((values.isna(), self.unknown), (values == NOTHING, self.nothing))
        steps = self.steps if values.notna().any() else ()
        return [*steps, *(step for found, step in apart if found.any())]


def number_ramp(values: pd.Series, *, decimals: int = 0, unit: str = "", few: int = 0) -> Ramp:
    """Up to five classes that hold about as many municipalities each; zero is a class of its own.

    `few`: what lies above zero and below it is one class, too, which does not say how much.
    """
    known = np.sort(values.dropna().to_numpy(dtype=float).round(decimals))
    smallest = 10.0**-decimals
    apart = known[(known > 0) & (known >= few)]
    positive = np.unique(apart)
    lowest = [0.0] if (known <= 0).any() or not (known > 0).any() else []
    lowest += [smallest] if ((known > 0) & (known < few)).any() else []
    room = len(RAMP) - len(lowest)
    if len(positive) > room:
        cuts = np.quantile(apart, np.linspace(0, 1, room + 1)[:-1], method="lower")
        positive = np.unique(cuts)
    starts = [*lowest, *positive.tolist()]
    places = np.searchsorted(starts, known, side="right") - 1
    tops = [known[places == place].max(initial=start) for place, start in enumerate(starts)]
    labels = [
        f"unter {few}" if 0 < low < few else _span(low, top, decimals, unit)
        for low, top in zip(starts, tops, strict=True)
    ]
    # Half a unit below its first value: floats that were not rounded fall where their text says.
    return Ramp(_steps(labels), tuple(start - smallest / 2 for start in starts[1:]))


def count_ramp(values: pd.Series, colours: tuple[str, ...] = OPEN_RAMP) -> Ramp:
    """Classes for counts, of what is open if nothing else is said, from none on: a small count has one colour
    everywhere."""
    most = int(values.max()) if values.notna().any() else 0
    if most >= len(colours):
        found = number_ramp(pd.concat([pd.Series([0.0]), values], ignore_index=True))
        return Ramp(_steps([step.label for step in found.steps], colours), found.bounds)
    steps = tuple(Step(str(count), colours[count], ink_on(colours[count])) for count in range(most + 1))
    return Ramp(steps, tuple(count + 0.5 for count in range(most)))


NO_END = "kein Ende in Sicht"
# The soonest is the darkest; the last class also holds what has no end in sight (infinite days).
_DAY_CLASSES = (
    (0, "in den nächsten 6 Monaten"),
    (183, "in 6 bis 12 Monaten"),
    (366, "in 1 bis 2 Jahren"),
    (731, "später"),
    (np.inf, NO_END),
)


def day_ramp() -> Ramp:
    """Classes for days until the next ending: 0 today, infinite where no end is in sight.

    A missing one is »ungewiss«; `NOTHING` is a place where there is nothing that could end.
    """
    steps = _steps([label for _, label in reversed(_DAY_CLASSES)])
    bounds = tuple(float(start) for start, _ in _DAY_CLASSES[1:])
    return Ramp(tuple(reversed(steps)), bounds, unknown=_meant(NOT_KNOWN))


def _span(low: float, high: float, decimals: int, unit: str) -> str:
    words = number(low, decimals)
    if high > low:
        words = f"{words} bis {number(high, decimals)}"
    return f"{words} {unit}".strip()


def _steps(labels: list[str], colours: tuple[str, ...] = RAMP) -> tuple[Step, ...]:
    """Fewer classes than colours are spread over the whole ramp."""
    places = np.linspace(0, len(colours) - 1, len(labels)).round().astype(int)
    fills = [colours[place] for place in places]
    return tuple(Step(label, fill, ink_on(fill)) for label, fill in zip(labels, fills, strict=True))
