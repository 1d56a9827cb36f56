"""What the Karte shows: values, classes and points of a day, and the map and the picture made of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from steering.analysis.structures import counted, local
from steering.analysis.structures.inventory import Selection
from steering.analysis.structures.local import PER_INHABITANTS, per_municipality
from steering.analysis.view import View
from steering.charts import map_picture
from steering.charts.colour_meanings import NOT_KNOWN, NOTHING_THERE
from steering.charts.drawing import Drawing
from steering.charts.map import CountyMap, county_map
from steering.charts.ramp import NO_END, NOTHING, Ramp, Step, day_ramp, number_ramp
from steering.charts.theme import Theme
from steering.model import Level
from steering.model.german import UNKNOWN, day, number
from steering.model.vocabulary import LEVEL_LETTER
from steering.web import current, filters, presets
from steering.web.map import ground, points
from steering.web.structures import rows as structure_rows

Words = Callable[[pd.Series], str]
# Where no day can be told: value for the colour, words, and the sign of them on the map.
_NO_DAY = {
    local.NOT_KNOWN: (np.nan, NOT_KNOWN.word, NOT_KNOWN.sign),
    local.NONE_IN_SIGHT: (np.inf, NO_END, "∞"),
    local.NOTHING_THERE: (NOTHING, NOTHING_THERE.word, NOTHING_THERE.sign),
}
_SIGNS = " · ".join(f"{sign} {words}" for _, words, sign in reversed(_NO_DAY.values()))


@dataclass(frozen=True)
class MapColouring:
    """What the colour says: a value per municipality, its classes, and its words on the map."""

    label: str
    column: str
    ramp: Callable[[pd.Series], Ramp]
    words: Words
    explained: str


def end(row: pd.Series) -> str:
    """The first end of a place in words, or why there is no day to tell."""
    return day(row["next_end"]) if row["outlook"] == local.DAY else _NO_DAY[row["outlook"]][1]


def _end_in_short(row: pd.Series) -> str:
    return day(row["next_end"]) if row["outlook"] == local.DAY else _NO_DAY[row["outlook"]][2]


MEASURES = {
    measure.label: measure
    for measure in (
        MapColouring(
            "Strukturen vor Ort", "on_the_spot", number_ramp, lambda row: str(row["on_the_spot"]),
            "Laufende Strukturen mit Sitz in der Gemeinde; kreisweite ohne Sitz stehen daneben.",
        ),
        MapColouring(
            f"VZÄ je {number(PER_INHABITANTS, 0)} Einwohner", "fte_per_10000",
            lambda values: number_ramp(values, decimals=1), lambda row: number(row["fte_per_10000"], 1, "?"),
            "Bekannte VZÄ der Strukturen, die die Gemeinde erreichen, nach Einwohnern verteilt.",
        ),
        MapColouring(
            "Nächstes Ende", "days_to_end", lambda _values: day_ramp(), _end_in_short,
            "Erstes Ende einer Struktur, die hier ihren Sitz hat oder nur diese Gemeinde erreicht, im "
            f"gewählten Szenario, vom Stichtag an. {_SIGNS}.",
        ),
    )
}  # fmt: skip


def counts(at: View, chosen: Selection) -> dict[presets.CountedRows, int]:
    """How many structures run, with their seat here, elsewhere and nowhere; and how many may run."""
    return current.derived(_counts, at, chosen)


def _counts(at: View, chosen: Selection) -> dict[presets.CountedRows, int]:
    wanted = (
        presets.RUNNING, presets.SEATED, presets.ELSEWHERE, presets.WITHOUT_SEAT, presets.UNCERTAIN
    )  # fmt: skip
    return {each: structure_rows.size(at, chosen, each) for each in wanted}


def without_seat(at: View, chosen: Selection) -> pd.DataFrame:
    """The structures that have no place on the map, with the letter of their level; those that run first."""
    rows = filters.selected(at, chosen)
    unsure = counted.uncertain(rows)
    rows = pd.concat([counted.without_seat(rows), unsure[unsure["seat_ags"].isna()]])
    letters = [LEVEL_LETTER[Level(level)] for level in rows["level"]]
    return pd.DataFrame(
        {
            "Struktur": rows["name"],
            "Ebene": letters,
            "Läuft": rows["state"].map({"running": "ja", "unknown": "ungewiss"}),
        }
    )


def without_seat_words(at: View, chosen: Selection) -> str:
    """How many of them run, and how many only may."""
    found = without_seat(at, chosen)["Läuft"].value_counts()
    unsure = f", {found['ungewiss']} ungewiss" if "ungewiss" in found else ""
    return f"{found.get('ja', 0)} laufen{unsure}" if len(found) else ""


def inhabited(at: View, chosen: Selection) -> pd.DataFrame:
    """The `places` that people live in."""
    rows = places(at, chosen)
    return rows[rows["inhabited"]]


def without_own(at: View, chosen: Selection) -> pd.DataFrame:
    """The inhabited municipalities in which nothing that runs or may run has its seat, with `served`."""
    rows = inhabited(at, chosen)
    rows = rows[rows["on_the_spot"] + rows["unknown_here"] == 0]
    running = counted.running(filters.selected(at, chosen))
    served = frozenset().union(*running["municipalities"])
    return rows.assign(served=rows["ags"].isin(served))


def places(at: View, chosen: Selection) -> pd.DataFrame:
    """`per_municipality` of what the filters let through, with days_to_end as `day_ramp` takes them."""
    return current.derived(_places, at, chosen).copy(deep=False)


def _places(at: View, chosen: Selection) -> pd.DataFrame:
    rows = per_municipality(current.portfolio(), filters.selected(at, chosen))
    days = (rows["next_end"] - pd.Timestamp(at.as_of)).dt.days.astype(float)
    without_day = rows["outlook"].map({outlook: value for outlook, (value, _, _) in _NO_DAY.items()})
    return rows.assign(days_to_end=days.fillna(without_day))


def _values(at: View, chosen: Selection, label: str) -> pd.DataFrame:
    measure, rows = MEASURES[label], inhabited(at, chosen)
    return pd.DataFrame(
        {
            "ags": rows["ags"],
            "value": rows[measure.column].astype(float),
            "text": [measure.words(row) for _, row in rows.iterrows()],
            "tooltip": [_tooltip(row) for _, row in rows.iterrows()],
        }
    )


def _tooltip(row: pd.Series) -> str:
    unknown = f"\ndavon ohne bekannte VZÄ: {row['fte_not_known']}" if row["fte_not_known"] else ""
    return (
        f"Einwohner: {people(row)}\n"
        f"Strukturen vor Ort: {row['on_the_spot']}, ungewiss: {row['unknown_here']}\n"
        f"VZÄ je {number(PER_INHABITANTS, 0)} Einwohner: {number(row['fte_per_10000'], 1)}{unknown}\n"
        f"Nächstes Ende: {end(row)}"
    )


def people(row: pd.Series) -> str:
    """The inhabitants of a place in words."""
    return number(row["population"], 0) if pd.notna(row["population"]) else UNKNOWN


def _points(at: View, chosen: Selection) -> pd.DataFrame:
    return current.derived(_every_point, at, chosen).copy(deep=False)


def _every_point(at: View, chosen: Selection) -> pd.DataFrame:
    return points.of(filters.selected(at, chosen), at.as_of)


def points_explained(at: View, chosen: Selection) -> str:
    """What the points say."""
    return points.explained(_points(at, chosen))


def foremost(places: pd.DataFrame, most: int = 3) -> pd.DataFrame:
    """The municipalities with the most structures on the spot; none of several that have equally many and of
    which not all find room."""
    seats = places[places["on_the_spot"] > 0].sort_values("on_the_spot", ascending=False, kind="stable")
    if len(seats) <= most:
        return seats
    return seats[seats["on_the_spot"] > seats["on_the_spot"].iloc[most]]


def classes(at: View, chosen: Selection, label: str, theme: Theme) -> list[Step]:
    """The classes that occur, for the legend."""
    values = _values(at, chosen, label)
    return _ramp(values, label).on(theme).legend(values["value"])


def _ramp(values: pd.DataFrame, label: str) -> Ramp:
    return MEASURES[label].ramp(values["value"])


def drawn(at: View, chosen: Selection, label: str, theme: Theme) -> CountyMap:
    """The map for the browser."""
    base = current.derived(ground.made)
    assert base is not None
    values = _values(at, chosen, label)
    ramp = _ramp(values, label).on(theme)
    return county_map(
        base,
        values,
        _points(at, chosen),
        ramp,
        measure=label,
        selected=chosen.municipalities,
        theme=theme,
    )


def picture(at: View, chosen: Selection, label: str, theme: Theme) -> Drawing:
    """The map for a file."""
    base = current.derived(ground.made)
    assert base is not None
    values = _values(at, chosen, label)
    return map_picture.picture(base, values, _points(at, chosen), _ramp(values, label), measure=label)


def table(at: View, chosen: Selection, preset: str = presets.ALL) -> pd.DataFrame:
    """The same as a table."""
    rows = without_own(at, chosen) if preset == presets.PLACES_WITHOUT.preset else inhabited(at, chosen)
    return pd.DataFrame(
        {
            "Gemeinde": rows["name"],
            "Gemeindeschlüssel": rows["ags"],
            "Einwohner": rows["population"],
            "Strukturen vor Ort": rows["on_the_spot"],
            "davon ungewiss (zusätzlich)": rows["unknown_here"],
            "VZÄ je 10.000 Einwohner": rows["fte_per_10000"].round(2),
            "Nächstes Ende": [end(row) for _, row in rows.iterrows()],
        }
    )
