"""Geometry in pixels: the projection of a map, and tests of boxes against outlines.

Points are arrays (n, 2) of x to the right and y down; boxes are arrays (n, 4) of left, top, right, bottom.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log2
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]

_TILE = 512


@dataclass(frozen=True)
class Projection:
    """Web Mercator as deck.gl uses it: the map's centre in degrees, its zoom, and its size in pixels."""

    longitude: float
    latitude: float
    zoom: float
    width: int
    height: int

    @classmethod
    def fitting(cls, degrees: Numbers, width: int, height: int, margin: int) -> Projection:
        """The one that shows all the points as large as the margin allows."""
        world = _world(degrees)
        low, high = world.min(axis=0), world.max(axis=0)
        spans = (high - low) * _TILE
        zoom = min(log2((width - 2 * margin) / spans[0]), log2((height - 2 * margin) / spans[1]))
        longitude, latitude = _degrees(((low + high) / 2)[None])[0]
        return cls(float(longitude), float(latitude), float(zoom), width, height)

    @property
    def scale(self) -> float:
        """Pixels around the whole earth."""
        return float(_TILE * 2.0**self.zoom)

    def pixels(self, degrees: Numbers) -> Numbers:
        """Longitudes and latitudes as pixels from the top left corner."""
        centre = _world(np.array([[self.longitude, self.latitude]]))
        return (_world(degrees) - centre) * self.scale + [self.width / 2, self.height / 2]

    def degrees(self, pixels: Numbers) -> Numbers:
        """Pixels back as longitudes and latitudes."""
        centre = _world(np.array([[self.longitude, self.latitude]]))
        return _degrees((pixels - [self.width / 2, self.height / 2]) / self.scale + centre)


def _world(degrees: Numbers) -> Numbers:
    """The earth as a square from 0 to 1, north up."""
    latitude = np.radians(degrees[:, 1])
    y = 0.5 - np.log(np.tan(np.pi / 4 + latitude / 2)) / (2 * np.pi)
    return np.column_stack([degrees[:, 0] / 360 + 0.5, y])


def _degrees(world: Numbers) -> Numbers:
    latitude = 2 * np.arctan(np.exp((0.5 - world[:, 1]) * 2 * np.pi)) - np.pi / 2
    return np.column_stack([(world[:, 0] - 0.5) * 360, np.degrees(latitude)])


_STRIP = 50  # boxes that are held against edges at once


@dataclass(frozen=True, eq=False)
class PolygonRings:
    """The rings of a polygon or of several, holes included; each ring ends where it begins."""

    rings: tuple[Numbers, ...]

    @cached_property
    def edges(self) -> Numbers:
        """All edges (n, 4): from x, y to x, y."""
        return np.concatenate([np.hstack([ring[:-1], ring[1:]]) for ring in self.rings])

    @cached_property
    def bounds(self) -> Numbers:
        corners = np.concatenate(self.rings)
        return np.concatenate([corners.min(axis=0), corners.max(axis=0)])

    def contains(self, points: Numbers) -> Flags:
        """Which points lie inside; in a hole is outside."""
        inside: Flags = np.all((points >= self.bounds[:2]) & (points <= self.bounds[2:]), axis=1)
        x, (heights, of_height) = points[inside, 0], np.unique(points[inside, 1], return_inverse=True)
        x1, y1, x2, y2 = self.edges.T
        odd = np.zeros(len(x), dtype=bool)
        # Points of a grid share few heights: where the edges cross one is found once for all of its points.
        for number, y in enumerate(heights):
            spans = (y1 <= y) != (y2 <= y)
            at = x1[spans] + (y - y1[spans]) * (x2[spans] - x1[spans]) / (y2[spans] - y1[spans])
            here = of_height == number
            odd[here] = (len(at) - np.searchsorted(np.sort(at), x[here], side="right")) % 2 == 1
        inside[inside] = odd
        return inside

    def holds(self, boxes: Numbers) -> Flags:
        """Which boxes lie wholly inside."""
        centres = (boxes[:, :2] + boxes[:, 2:]) / 2
        inside = self.contains(centres)
        inside[inside] = ~touched(boxes[inside], self.edges)
        return inside


def rings_of(geometry: dict[str, Any]) -> list[Numbers]:
    """All rings of a GeoJSON polygon or multipolygon, in degrees."""
    coordinates = geometry["coordinates"]
    polygons = [coordinates] if geometry["type"] == "Polygon" else coordinates
    return [np.asarray(ring, dtype=float)[:, :2] for polygon in polygons for ring in polygon]


def rounded(geometry: dict[str, Any], digits: int = 5) -> dict[str, Any]:
    """A GeoJSON geometry to the metre: what goes to the browser should be short."""

    def shortened(part: Any) -> Any:
        return round(part, digits) if isinstance(part, float | int) else [shortened(each) for each in part]

    return geometry | {"coordinates": shortened(geometry["coordinates"])}


def touched(boxes: Numbers, edges: Numbers) -> Flags:
    """Which boxes at least one edge enters."""
    found: Flags = np.zeros(len(boxes), dtype=bool)
    # Boxes side by side have few edges near them: held against these alone, strip by strip.
    from_the_top = np.argsort(boxes[:, 1], kind="stable")
    for strip in np.array_split(from_the_top, len(boxes) // _STRIP + 1):
        found[strip] = _entered(boxes[strip], _near(boxes[strip], edges))
    return found


def _entered(boxes: Numbers, edges: Numbers) -> Flags:
    """Liang and Barsky: the edge is clipped to the box."""
    start, step = edges[:, :2], edges[:, 2:] - edges[:, :2]
    enters = np.zeros((len(boxes), len(edges)))
    leaves = np.ones_like(enters)
    for axis in (0, 1):
        with np.errstate(divide="ignore", invalid="ignore"):
            one = (boxes[:, axis, None] - start[None, :, axis]) / step[None, :, axis]
            other = (boxes[:, axis + 2, None] - start[None, :, axis]) / step[None, :, axis]
        # An edge that stands still on this axis is inside all along, or never.
        still = step[:, axis] == 0
        within = (start[:, axis] >= boxes[:, axis, None]) & (start[:, axis] <= boxes[:, axis + 2, None])
        one[:, still] = np.where(within[:, still], -np.inf, np.inf)
        other[:, still] = np.inf
        enters = np.maximum(enters, np.minimum(one, other))
        leaves = np.minimum(leaves, np.maximum(one, other))
    return np.asarray((enters <= leaves).any(axis=1))


def _near(boxes: Numbers, edges: Numbers) -> Numbers:
    """The edges that lie in the room that all boxes take together: no other can enter one of them."""
    if not len(boxes):
        return edges[:0]
    one, other = edges[:, :2], edges[:, 2:]
    reaches = np.maximum(one, other) >= boxes[:, :2].min(axis=0)
    begins = np.minimum(one, other) <= boxes[:, 2:].max(axis=0)
    near: Numbers = edges[(reaches & begins).all(axis=1)]
    return near


def overlapping(boxes: Numbers, others: Sequence[Numbers] | Numbers) -> Flags:
    """Which boxes overlap at least one of the others."""
    if not len(others):
        return np.zeros(len(boxes), dtype=bool)
    other = np.asarray(others)[None]
    box = boxes[:, None]
    sideways = (box[..., 2] <= other[..., 0]) | (box[..., 0] >= other[..., 2])
    updown = (box[..., 3] <= other[..., 1]) | (box[..., 1] >= other[..., 3])
    return np.asarray((~(sideways | updown)).any(axis=1))


def covered(boxes: Numbers, others: Sequence[Numbers]) -> Numbers:
    """How much of the others each box covers."""
    if not len(others):
        return np.zeros(len(boxes))
    box, other = boxes[:, None], np.asarray(others)[None]
    sides = np.minimum(box[..., 2:], other[..., 2:]) - np.maximum(box[..., :2], other[..., :2])
    areas: Numbers = sides.clip(min=0).prod(axis=-1).sum(axis=1)
    return areas


def boxes_around(centres: Numbers, width: float, height: float) -> Numbers:
    """Boxes of one size around their centres."""
    half = np.array([width / 2, height / 2])
    return np.hstack([centres - half, centres + half])


def grid(bounds: Iterable[float], step: float) -> Numbers:
    """Points at regular distances within a box."""
    left, top, right, bottom = bounds
    x, y = np.meshgrid(np.arange(left, right, step), np.arange(top, bottom, step))
    return np.column_stack([x.ravel(), y.ravel()])


def outer_edges(outlines: Sequence[PolygonRings]) -> list[Numbers]:
    """The common outline of neighbouring shapes as lines: the edges that only one of them has."""
    seen: dict[tuple[float, ...], int] = {}
    for outline in outlines:
        for edge in outline.edges.round(3).tolist():
            ends = sorted([tuple(edge[:2]), tuple(edge[2:])])
            key = (*ends[0], *ends[1])
            seen[key] = seen.get(key, 0) + 1
    return _joined([key for key, times in seen.items() if times == 1])


def _joined(edges: list[tuple[float, ...]]) -> list[Numbers]:
    """Single edges as long lines, so that there are few of them."""
    ways: dict[tuple[float, ...], list[tuple[float, ...]]] = {}
    for edge in edges:
        one, other = edge[:2], edge[2:]
        ways.setdefault(one, []).append(other)
        ways.setdefault(other, []).append(one)
    lines = []
    for start in list(ways):
        while ways[start]:
            line = [start]
            while ways[line[-1]]:
                following = ways[line[-1]].pop()
                ways[following].remove(line[-1])
                line.append(following)
            lines.append(np.array(line))
    return lines


@dataclass(frozen=True, eq=False)
class Shape:
    """A municipality or a neighbouring Kreis: outline in pixels, geometry in degrees as it came.

    `seat` is where its points stand, in pixels: the centre of the place, or the label point.
    """

    key: str
    name: str
    inhabited: bool
    geometry: dict[str, object]
    outline: PolygonRings
    label_point: Numbers
    seat: Numbers
