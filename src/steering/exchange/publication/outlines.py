"""The municipalities as shapes of a picture, each leading to its page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians
from typing import Any

import pandas as pd
from shapely.geometry import LineString, box, shape

from steering.analysis.publication.content import PublicDirectory
from steering.model import BoundaryRole

WIDTH = 1000
# What a letter of a name takes on the map, and its line, of the size that `assets/verzeichnis.css` gives it;
# and how far below the middle of a line its letters stand.
_LETTER, _LINE, _BELOW = 13, 26, 8
_HEIGHTS = tuple(part / 20 for part in range(4, 17))
Ring = Sequence[Sequence[float]]


@dataclass(frozen=True)
class OutlinedPlace:
    """A municipality on the map. `path`: as SVG draws it; `ags`: "" for an area that nobody lives in.

    `label`: where its name is written, in units of the map; None where there is no room for it.
    """

    ags: str
    name: str
    path: str
    label: tuple[int, int] | None


@dataclass(frozen=True)
class Outlines:
    """The map. `attributions`: whose outlines these are, as their licence wants it said beside the map."""

    width: int
    height: int
    shapes: tuple[OutlinedPlace, ...]
    attributions: tuple[str, ...]


@dataclass(frozen=True)
class _Frame:
    """From degrees to units of the map: north is up, and a length is as long both ways."""

    west: float
    north: float
    across: float
    down: float

    def at(self, point: Sequence[float]) -> tuple[int, int]:
        return round((point[0] - self.west) * self.across), round((self.north - point[1]) * self.down)


def outlined(directory: PublicDirectory, boundaries: pd.DataFrame) -> Outlines | None:
    """The map of the Landkreis; None where no outline is known."""
    own = boundaries[boundaries["role"] == BoundaryRole.OWN].sort_values("key")
    points = [point for geometry in own["geometry"] for ring in _rings(geometry) for point in ring]
    if not points:
        return None
    west, east = (turn(point[0] for point in points) for turn in (min, max))
    south, north = (turn(point[1] for point in points) for turn in (min, max))
    narrow = cos(radians((south + north) / 2))
    down = WIDTH / max((east - west) * narrow, 1e-9)
    frame = _Frame(west, north, down * narrow, down)
    inhabited = dict(directory.places)
    shapes = [
        _shape(row["key"] if row["key"] in inhabited else "", row["name"], row["geometry"], frame)
        for row in own.to_dict("records")
    ]
    return Outlines(
        WIDTH,
        frame.at((west, south))[1],
        tuple(shapes),
        tuple(sorted(set(own["attribution"]) - {""})),
    )


def _shape(ags: str, name: str, geometry: Any, frame: _Frame) -> OutlinedPlace:
    drawn = [_coarse([frame.at(point) for point in ring]) for ring in _rings(geometry)]
    # What is smaller than a unit of the map is not to be seen.
    path = "".join(f"M{'L'.join(f'{x} {y}' for x, y in ring[:-1])}Z" for ring in drawn if len(ring) > 3)
    return OutlinedPlace(ags, name, path, _label(name, geometry, frame) if ags else None)


def _label(name: str, geometry: Any, frame: _Frame) -> tuple[int, int] | None:
    """In the middle of the widest of some lines across it on which the name stands within the outline.

    So that no two names ever touch: outlines do not.
    """
    area = shape(geometry)
    west, south, east, north = area.bounds
    half, up = len(name) * _LETTER / frame.across / 2, _LINE / frame.down / 2
    found: list[tuple[float, float, float]] = []
    for share in _HEIGHTS:
        height = south + share * (north - south)
        across = area.intersection(LineString([(west, height), (east, height)]))
        found += [(*part.bounds[::2], height) for part in getattr(across, "geoms", [across]) if part.length]
    for left, right, height in sorted(found, key=lambda line: line[0] - line[1]):
        middle = (left + right) / 2
        if area.contains(box(middle - half, height - up, middle + half, height + up)):
            x, y = frame.at((middle, height))
            return x, y + _BELOW
    return None


def _rings(geometry: Any) -> Iterator[Ring]:
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    for polygon in polygons:
        yield from polygon


def _coarse(ring: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Without points that the map's units do not tell apart, and without those on a straight line.

    Neighbours share their points, so that what both leave out leaves no gap between them.
    """
    points = list(ring)
    apart = [points[0], *(after for before, after in pairwise(points) if after != before)]
    return [
        point
        for place, point in enumerate(apart)
        if place in (0, len(apart) - 1) or not _straight(apart[place - 1], point, apart[place + 1])
    ]


def _straight(a: tuple[int, int], b: tuple[int, int], c: tuple[int, int]) -> bool:
    return (b[0] - a[0]) * (c[1] - b[1]) == (b[1] - a[1]) * (c[0] - b[0])
