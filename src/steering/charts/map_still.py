"""The map as a still picture in SVG: what stands there at once, until the interactive one can be drawn.

Made of the same rows as the map itself, pixel upon pixel, so that the one takes the other's place unseen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.etree.ElementTree import Element, SubElement, tostring

import pandas as pd

from steering.charts.ground import Ground
from steering.charts.labels import LINE_HEIGHT, NAME_SIZE
from steering.charts.map_values import ShownMunicipality
from steering.charts.plane import Numbers
from steering.charts.points import LETTER_SIZE
from steering.charts.theme import Theme

# A picture has no typeface of the page: what stands in for it is a little wider.
_NARROWER = 0.93
# Pixels of land to the left and right, for columns that are wider than the map.
BEYOND = 400


def svg(
    ground: Ground, shown: Mapping[str, ShownMunicipality], placed: pd.DataFrame, theme: Theme, *, grey: str
) -> str:
    """The areas with their classes, names and values, and the points; `grey`: what is not the Landkreis."""
    size, whole = ground.projection, ground.projection.width + 2 * BEYOND
    picture = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"{-BEYOND} 0 {whole} {size.height}",
            "font-family": "'Source Sans 3', 'Source Sans Pro', sans-serif",
            "text-anchor": "middle",
            "dominant-baseline": "central",
            **_texts(width=whole, height=size.height),
        },
    )
    SubElement(picture, "rect", _texts(x=-BEYOND, width=whole, height=size.height, fill=grey))
    for shape in ground.neighbours:
        _area(picture, shape.outline.rings, grey, theme.line)
    for shape in ground.own:
        fill = shown[shape.key].step.fill if shape.inhabited else grey
        _area(picture, shape.outline.rings, fill, theme.background)
    for ring in ground.rim:
        _line(picture, ring, theme.muted, 1.6)
    _names(picture, ground, shown, theme)
    _points(picture, placed)
    return tostring(picture, encoding="unicode")


def _texts(**values: object) -> dict[str, str]:
    """Attributes; numbers to a tenth of a pixel, `_` for `-`."""
    return {
        name.replace("_", "-"): f"{value:.1f}" if isinstance(value, float) else str(value)
        for name, value in values.items()
    }


def _area(picture: Element, rings: Iterable[Numbers], fill: str, stroke: str) -> None:
    path = "".join(f"M{_corners(ring)}Z" for ring in rings)
    SubElement(picture, "path", _texts(d=path, fill=fill, fill_rule="evenodd", stroke=stroke))


def _line(picture: Element, line: Numbers, stroke: str, width: float) -> None:
    SubElement(
        picture, "path", _texts(d=f"M{_corners(line)}", fill="none", stroke=stroke, stroke_width=width)
    )


def _corners(line: Numbers) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in line)


def _names(picture: Element, ground: Ground, shown: Mapping[str, ShownMunicipality], theme: Theme) -> None:
    for label in ground.labels:
        if label.led:
            _line(picture, label.line(), theme.text, 1.0)
        ink = theme.text if label.led else shown[label.key].step.ink
        x, y = label.centre
        top = y - len(label.lines) * LINE_HEIGHT / 2
        for index, line in enumerate(label.lines):
            _words(picture, (x, top + index * LINE_HEIGHT), line, ink, label.size * _NARROWER, 600)
        below = y + len(label.lines) * LINE_HEIGHT / 2
        _words(picture, (x, below), shown[label.key].text, ink, NAME_SIZE, 400)
    for label in ground.neighbour_labels:
        _words(
            picture,
            label.name_centre,
            label.lines[0],
            theme.muted,
            NAME_SIZE,
            400,
        )


def _points(picture: Element, placed: pd.DataFrame) -> None:
    for point in placed.to_dict("records"):
        x, y = float(point["x"]), float(point["y"])
        drawn = {"r": point["radius"], "fill": point["fill"], "stroke": point["rim"], "stroke_width": 1.5}
        SubElement(picture, "circle", _texts(cx=x, cy=y, **drawn))
        _words(picture, (x, y), point["letter"], point["ink"], LETTER_SIZE, 700)


def _words(picture: Element, place: Iterable[float], words: str, ink: str, size: float, weight: int) -> None:
    x, y = map(float, place)
    told = _texts(x=x, y=y, fill=ink, font_size=float(size), font_weight=weight)
    SubElement(picture, "text", told).text = words
