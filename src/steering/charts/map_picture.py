"""The map as a picture for files: the same ground, values and points, with legend and attribution."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from steering.charts import typeface
from steering.charts.drawing import EXACT, Drawing, named_source, only, without_data
from steering.charts.gathered_points import NUMBERED
from steering.charts.ground import Ground
from steering.charts.labels import LINE_HEIGHT, NAME_SIZE
from steering.charts.map_values import ShownMunicipality, alternative, ground_fill, shown_values
from steering.charts.plane import Numbers, Shape
from steering.charts.points import LETTER_SIZE, MANY_COLOUR, WHITE, placed_points
from steering.charts.ramp import Ramp
from steering.charts.theme import LEVEL_COLOUR, LIGHT, level_letter
from steering.model import Level
from steering.model.vocabulary import word

HOLLOW = "hohl: ungewiss, nicht mitgezählt"
_LEGEND_ROW, _SWATCH = 22, 16
# Where Source Sans is not installed a wider typeface stands in; the places were measured for the narrow one.
_NARROWER = 0.93


def picture(
    ground: Ground,
    values: pd.DataFrame,
    points: pd.DataFrame,
    ramp: Ramp,
    *,
    measure: str = "",
    notes: Sequence[str] = (),
) -> Drawing:
    """What `county_map` shows, with classes, letters of the levels, `notes` and the attribution below.

    Everything is already in pixels, so that neither a projection nor the direction of rings matters.
    """
    shown = shown_values(ground, values, ramp)
    placed = placed_points(ground, points)
    height = ground.projection.height
    legend = _legend(ground, values, ramp, placed, notes)
    rows = [_areas(ground, shown), _lines(ground), _points(placed), _names(ground, shown), legend]
    whole = int(legend["y"].max()) + 14
    spec = _spec(ground.projection.width, height, whole)
    alt_text = alternative(ground, shown, int(placed["number"].sum()), measure or "Werte je Gemeinde")
    return Drawing(spec, pd.concat(rows, ignore_index=True), alt_text, whole, ground.projection.width)


def _areas(ground: Ground, shown: dict[str, ShownMunicipality]) -> pd.DataFrame:
    grey = ground_fill(LIGHT)
    fills = [shown[shape.key].step.fill if shape.inhabited else grey for shape in ground.own]
    return pd.DataFrame(
        {
            "layer": ["neighbour"] * len(ground.neighbours) + ["own"] * len(ground.own),
            "type": "Feature",
            "geometry": [_polygon(shape) for shape in (*ground.neighbours, *ground.own)],
            "fill": [grey] * len(ground.neighbours) + fills,
        }
    )


def _polygon(shape: Shape) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [_path(ring) for ring in shape.outline.rings]}


def _path(line: Numbers) -> list[list[float]]:
    coordinates: list[list[float]] = line.round(1).tolist()
    return coordinates


def _lines(ground: Ground) -> pd.DataFrame:
    """The border of the Landkreis, and the lines from names outside to their place."""
    leaders = [label.line() for label in ground.labels if label.led]
    return pd.DataFrame(
        {
            "layer": ["rim"] * len(ground.rim) + ["leader"] * len(leaders),
            "type": "Feature",
            "geometry": [
                {"type": "LineString", "coordinates": _path(line)} for line in (*ground.rim, *leaders)
            ],
        }
    )


def _names(ground: Ground, shown: dict[str, ShownMunicipality]) -> pd.DataFrame:
    """Every line of text by itself."""
    rows: list[tuple[str, float, float, str, str, float]] = []
    for label in ground.labels:
        ink = LIGHT.text if label.led else shown[label.key].step.ink
        x, y = label.centre
        top = y - len(label.lines) * LINE_HEIGHT / 2
        for index, line in enumerate(label.lines):
            rows.append(("name", x, top + index * LINE_HEIGHT, line, ink, label.size * _NARROWER))
        below = y + len(label.lines) * LINE_HEIGHT / 2
        rows.append(("value", x, below, shown[label.key].text, ink, NAME_SIZE))
    for label in ground.neighbour_labels:
        x, y = label.name_centre
        rows.append(("value", x, y, label.lines[0], LIGHT.muted, NAME_SIZE))
    return pd.DataFrame(rows, columns=["layer", "x", "y", "text", "ink", "size"])


def _points(placed: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "layer": "point",
            "x": placed["x"],
            "y": placed["y"],
            "fill": placed["fill"],
            "rim": placed["rim"],
            "ink": placed["ink"],
            "text": placed["letter"],
            "area": (2 * placed["radius"]) ** 2,
        }
    )


def _legend(
    ground: Ground, values: pd.DataFrame, ramp: Ramp, placed: pd.DataFrame, notes: Sequence[str]
) -> pd.DataFrame:
    """Rows below the map: the classes, what occurs of levels and other points, the notes, the attribution."""
    steps = [("swatch", step.fill, LIGHT.line, "", step.label) for step in ramp.legend(values["value"])]
    levels = [level for level in Level if level in set(placed["level"])]
    dots = [("dot", LEVEL_COLOUR[level], WHITE, level_letter(level), word(level)) for level in levels]
    if (placed["number"] > 1).any():
        dots.append(("dot", MANY_COLOUR, WHITE, "", NUMBERED))
    if (placed["fill"] == WHITE).any():
        dots.append(("dot", WHITE, LIGHT.muted, "", HOLLOW))
    line = ground.projection.height + _LEGEND_ROW
    rows: list[dict[str, Any]] = []
    for entries in (steps, dots):
        x = 4.0
        for layer, fill, rim, letter, text in entries:
            wide = _SWATCH + 6 + typeface.width(text, NAME_SIZE) * 1.1 + 16
            if x + wide > ground.projection.width and x > 4:
                x, line = 4.0, line + _LEGEND_ROW
            place = {"layer": layer, "x": x + _SWATCH / 2, "y": line}
            look = {"fill": fill, "rim": rim, "ink": WHITE, "text": letter, "area": _SWATCH**2}
            rows.append(place | look)
            rows.append({"layer": "words", "x": x + _SWATCH + 6, "y": line, "text": text, "ink": LIGHT.text})
            x += wide
        line += _LEGEND_ROW if entries else 0
    for text, ink in (*((note, LIGHT.text) for note in notes), (ground.attribution, LIGHT.muted)):
        rows.append({"layer": "words", "x": 4.0, "y": line, "text": text, "ink": ink})
        line += _LEGEND_ROW
    return pd.DataFrame(rows)


def _spec(width: int, height: int, whole: int) -> dict[str, Any]:
    layers = [
        _shapes("neighbour", stroke=LIGHT.line).encode(fill=_own("fill")),
        _shapes("own", stroke=LIGHT.background, strokeWidth=1.2).encode(fill=_own("fill")),
        _shapes("rim", filled=False, stroke=LIGHT.muted, strokeWidth=1.6),
        _shapes("leader", filled=False, stroke=LIGHT.text, strokeWidth=1),
        _texts("name", 600),
        _texts("value", 400),
        _marks("point", "circle"),
        _letters("point"),
        _margin(width, height, whole),
        _marks("swatch", "square"),
        _marks("dot", "circle"),
        _letters("dot"),
        _at("words").mark_text(align="left", baseline="middle", fontSize=NAME_SIZE).encode(
            text="text:N", color=_own("ink")
        ),
    ]  # fmt: skip
    chart = alt.layer(*layers, data=named_source())
    padding = {"left": 0, "right": 0, "top": 0, "bottom": 0}
    return without_data(chart, height=whole, width=width, padding=padding, autosize=EXACT)


def _shapes(layer: str, **style: Any) -> Any:
    return (
        alt.Chart()
        .transform_filter(only(layer))
        .mark_geoshape(clip=True, **style)
        .project(type="identity", scale=1, translate=[0, 0], reflectY=False)
    )


def _own(field: str) -> Any:
    """The colour that stands in the row itself."""
    channel = {"fill": alt.Fill, "rim": alt.Stroke, "ink": alt.Color}[field]
    return channel(f"{field}:N", scale=None, legend=None)


def _at(layer: str) -> Any:
    return (
        alt.Chart()
        .transform_filter(only(layer))
        .encode(x=alt.X("x:Q", scale=None, axis=None), y=alt.Y("y:Q", scale=None, axis=None))
    )


def _texts(layer: str, weight: int) -> Any:
    size = alt.Size("size:Q", scale=None, legend=None)
    mark = _at(layer).mark_text(baseline="middle", align="center", fontWeight=weight)
    return mark.encode(text="text:N", color=_own("ink"), size=size)


def _marks(layer: str, shape: str) -> Any:
    mark = _at(layer).mark_point(shape=shape, strokeWidth=1.5, opacity=1)
    size = alt.Size("area:Q", scale=None, legend=None)
    return mark.encode(fill=_own("fill"), stroke=_own("rim"), size=size)


def _letters(layer: str) -> Any:
    return (
        _at(layer)
        .mark_text(baseline="middle", align="center", fontWeight=700, fontSize=LETTER_SIZE)
        .encode(text="text:N", color=_own("ink"))
    )


def _margin(width: int, height: int, whole: int) -> Any:
    """White below the map: what neighbours reach there belongs to the legend."""
    box = {"x": alt.value(0), "x2": alt.value(width), "y": alt.value(height), "y2": alt.value(whole)}
    return alt.Chart().transform_filter(only("rim")).mark_rect(color=LIGHT.background).encode(**box)
