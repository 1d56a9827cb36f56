"""The map as a still picture in SVG: what stands there at once, until the interactive one can be drawn.

Made of the same rows as the map itself, pixel upon pixel, so that the one takes the other's place unseen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import TYPE_CHECKING

import pandas as pd

from steering.charts.ground import Ground
from steering.charts.labels import LINE_HEIGHT, NAME_SIZE
from steering.charts.plane import Numbers
from steering.charts.points import RADIUS
from steering.charts.theme import LEVEL_COLOUR, Theme, level_letter

if TYPE_CHECKING:
    from steering.charts.map import ShownMunicipality

# A picture has no typeface of the page: what stands in for it is a little wider.
_NARROWER = 0.93
_FONT = "'Source Sans 3', 'Source Sans Pro', sans-serif"
# Pixels of land to the left and right, for columns that are wider than the map.
BEYOND = 400


def svg(
    ground: Ground, shown: Mapping[str, ShownMunicipality], placed: pd.DataFrame, theme: Theme, *, grey: str
) -> str:
    """The areas with their classes, names and values, and the points; `grey`: what is not the Landkreis."""
    size, whole = ground.projection, ground.projection.width + 2 * BEYOND
    parts = [
        f'<rect x="{-BEYOND}" width="{whole}" height="{size.height}" fill="{grey}"/>',
        *(_area(shape.outline.rings, grey, theme.line) for shape in ground.neighbours),
        *(
            _area(
                shape.outline.rings,
                shown[shape.key].step.fill if shape.inhabited else grey,
                theme.background,
            )
            for shape in ground.own
        ),
        *(_line(ring, theme.muted, 1.6) for ring in ground.rim),
        *(_line(label.line(), theme.text, 1.0) for label in ground.labels if label.led),
        *_names(ground, shown, theme),
        *_points(placed, theme),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{whole}" height="{size.height}" '
        f'viewBox="{-BEYOND} 0 {whole} {size.height}" font-family="{_FONT}" '
        f'text-anchor="middle" dominant-baseline="central">{"".join(parts)}</svg>'
    )


def _area(rings: Iterable[Numbers], fill: str, stroke: str) -> str:
    path = "".join(f"M{_corners(ring)}Z" for ring in rings)
    return f'<path d="{path}" fill="{fill}" fill-rule="evenodd" stroke="{stroke}"/>'


def _line(line: Numbers, stroke: str, width: float) -> str:
    return f'<path d="M{_corners(line)}" fill="none" stroke="{stroke}" stroke-width="{width}"/>'


def _corners(line: Numbers) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in line)


def _names(ground: Ground, shown: Mapping[str, ShownMunicipality], theme: Theme) -> Iterable[str]:
    for label in ground.labels:
        ink = theme.text if label.led else shown[label.key].step.ink
        x, y = label.centre
        top = y - len(label.lines) * LINE_HEIGHT / 2
        for index, line in enumerate(label.lines):
            yield _text(x, top + index * LINE_HEIGHT, line, ink, label.size * _NARROWER, 600)
        below = y + len(label.lines) * LINE_HEIGHT / 2
        yield _text(x, below, shown[label.key].text, ink, NAME_SIZE, 400)
    for label in ground.neighbour_labels:
        x, y = label.name_centre
        yield _text(x, y, label.lines[0], theme.muted, NAME_SIZE, 400)


def _points(placed: pd.DataFrame, theme: Theme) -> Iterable[str]:
    for x, y, level in zip(placed["x"], placed["y"], placed["level"], strict=True):
        yield (
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{RADIUS}" fill="{LEVEL_COLOUR[level]}" '
            f'stroke="{theme.background}" stroke-width="1.5"/>'
        )
        yield _text(x, y, level_letter(level), "#ffffff", NAME_SIZE, 700)


def _text(x: float, y: float, words: str, ink: str, size: float, weight: int) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" fill="{ink}" font-size="{size:.1f}" font-weight="{weight}">'
        f"{escape(words)}</text>"
    )
