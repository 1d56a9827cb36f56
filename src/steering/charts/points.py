"""Where the points of a map stand: around their seat, beside each other, beside the names."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, pi, sin, sqrt

import numpy as np
import pandas as pd

from steering.charts import plane
from steering.charts.ground import Ground
from steering.charts.plane import Numbers, Shape
from steering.charts.theme import LEVEL_COLOUR, level_letter

RADIUS = 9
WHITE = "#ffffff"
_APART = 2 * RADIUS + 2
_REACH, _STEP = 72.0, 6.0


def placed_points(ground: Ground, points: pd.DataFrame) -> pd.DataFrame:
    """The points with a known seat, with x and y in pixels and how they look, seats in their first order.

    `points`: structure_id, seat, level, optionally `certain`, and whatever else; those of one seat follow
    each other. Added with x and y: `letter`, and as colours `fill`, `rim` and `ink` (of the letter).
    """
    taken = [label.box for label in ground.labels]
    taken += [label.name_box for label in ground.neighbour_labels]
    placed = []
    for seat, rows in points[points["seat"].notna()].groupby("seat", sort=False):
        shape = ground.shape(str(seat))
        if shape is None:
            continue
        spots = _spots(len(rows), shape, taken, ground)
        taken.extend(plane.boxes_around(spots, 2 * RADIUS, 2 * RADIUS))
        placed.append(rows.assign(x=spots[:, 0], y=spots[:, 1]))
    empty = points.iloc[:0].assign(x=0.0, y=0.0)
    return _looking(pd.concat(placed or [empty], ignore_index=True))


def _looking(placed: pd.DataFrame) -> pd.DataFrame:
    """Filled with the colour of the level, hollow where it is not certain that it is there."""
    colour = placed["level"].map(LEVEL_COLOUR).astype(object)
    certain = placed.get("certain", pd.Series(True, index=placed.index)).astype(bool)
    return placed.assign(
        letter=[level_letter(level) for level in placed["level"]],
        fill=colour.where(certain, WHITE),
        rim=colour.mask(certain, WHITE),
        ink=colour.mask(certain, WHITE),
    )


def _spots(count: int, shape: Shape, taken: list[Numbers], ground: Ground) -> Numbers:
    """The arrangement, and the place for it nearest to the seat, that are free and wholly inside.

    Else the one that leaves most points inside; where nothing is free they cover a name: better than
    standing where they do not belong.
    """
    anchor = _anchor(ground, shape)
    best, most = next(_clusters(count)) + anchor, 0
    for cluster in _clusters(count):
        half = np.abs(cluster).max(axis=0) + RADIUS + 1
        centres = anchor + _OFFSETS
        boxes = plane.boxes_around(centres, *(2 * half))
        free = ~plane.overlapping(boxes, taken) & _in_view(boxes, ground)
        centres, boxes = centres[free], boxes[free]
        inside = shape.outline.holds(boxes)
        if inside.any():
            return cluster + centres[int(inside.argmax())]
        spots = (centres[:, None] + cluster[None]).reshape(-1, 2)
        at_home = shape.outline.contains(spots).reshape(len(centres), count).sum(axis=1)
        if len(centres) and at_home.max() > most:
            best, most = cluster + centres[int(at_home.argmax())], int(at_home.max())
    return best


def _anchor(ground: Ground, shape: Shape) -> Numbers:
    """The seat; for a neighbour its name on the map, since its own centre may be far outside the view."""
    for label in ground.neighbour_labels:
        if label.key == shape.key:
            return label.below_centre if label.below else label.centre
    return shape.seat


def _clusters(count: int) -> Iterator[Numbers]:
    """Points around a centre: a few in a ring, more in rows, broad ones before narrow ones."""
    if count == 1:
        yield np.zeros((1, 2))
        return
    if count <= 4:
        first = 0.0 if count == 2 else -pi / 2
        angles = first + 2 * pi * np.arange(count) / count
        yield _APART / 2 / sin(pi / count) * np.column_stack([np.cos(angles), np.sin(angles)])
    broad = ceil(sqrt(count * 1.6))
    for columns in dict.fromkeys((broad, max(2, broad - 1), max(2, broad - 2), broad + 2)):
        row, column = np.divmod(np.arange(count), columns)
        in_row = np.bincount(row)
        yield _APART * np.column_stack([column - (in_row[row] - 1) / 2, row - (len(in_row) - 1) / 2])


def _offsets() -> Numbers:
    """From the seat outwards."""
    around = plane.grid((-_REACH, -_REACH, _REACH + 1, _REACH + 1), _STEP)
    distance = np.hypot(*around.T)
    return around[np.argsort(distance, kind="stable")][: int((distance <= _REACH).sum())]


_OFFSETS = _offsets()


def _in_view(boxes: Numbers, ground: Ground) -> plane.Flags:
    size = np.array([ground.projection.width, ground.projection.height])
    return np.asarray(((boxes[:, :2] >= 2) & (boxes[:, 2:] <= size - 2)).all(axis=1))
