"""Where the points of a map stand: around their seat, beside each other, beside the names."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, pi, sin, sqrt

import numpy as np
import pandas as pd

from steering.charts import plane, typeface
from steering.charts.ground import Ground
from steering.charts.plane import Numbers, Shape
from steering.charts.theme import LEVEL_COLOUR, level_letter

RADIUS = 9
WHITE = "#ffffff"
LETTER_SIZE = 12
# Of no level: what stands for many.
MANY_COLOUR = "#2f3b48"
_REACH, _STEP = 72.0, 6.0


def placed_points(ground: Ground, points: pd.DataFrame) -> pd.DataFrame:
    """The points with a known seat, with x and y in pixels and how they look, seats in their first order.

    `points`: structure_id, seat, level, optionally `certain` and `number` (as `gathered` has it), and
    whatever else; those of one seat follow each other. Added with x and y: `letter` (or number) and `radius`,
    and as colours `fill`, `rim` and `ink` (of the letter).
    """
    names = [label.box for label in ground.labels]
    names += [label.name_box for label in ground.neighbour_labels]
    points = _looking(points)
    taken: list[Numbers] = []
    placed = []
    for seat, rows in points[points["seat"].notna()].groupby("seat", sort=False):
        shape = ground.shape(str(seat))
        if shape is None:
            continue
        radius = float(rows["radius"].max())
        spots = _spots(len(rows), radius, shape, names, taken, ground)
        taken.extend(plane.boxes_around(spots, 2 * radius, 2 * radius))
        placed.append(rows.assign(x=spots[:, 0], y=spots[:, 1]))
    empty = points.iloc[:0].assign(x=0.0, y=0.0)
    return pd.concat(placed or [empty], ignore_index=True)


def _looking(points: pd.DataFrame) -> pd.DataFrame:
    """Filled with the colour of the level, hollow where it is not certain that it is there."""
    colour = points["level"].map(LEVEL_COLOUR).fillna(MANY_COLOUR).astype(object)
    certain = points.get("certain", pd.Series(True, index=points.index)).astype(bool)
    numbers = points.get("number", pd.Series(1, index=points.index)).astype(int)
    letters = [
        level_letter(level) if number == 1 else str(number)
        for level, number in zip(points["level"], numbers, strict=True)
    ]
    return points.assign(
        number=numbers,
        letter=letters,
        radius=[max(float(RADIUS), ceil(typeface.width(each, LETTER_SIZE) / 2) + 3.0) for each in letters],
        fill=colour.where(certain, WHITE),
        rim=colour.mask(certain, WHITE),
        ink=colour.mask(certain, WHITE),
    )


def _spots(
    count: int, radius: float, shape: Shape, names: list[Numbers], taken: list[Numbers], ground: Ground
) -> Numbers:
    """The arrangement, and the place for it nearest to the seat, that are free and wholly inside.

    Else the one that leaves most points inside; where nothing is free they cover as little of names as they
    can, and only where that is not enough as little of all: better than standing where they do not belong.
    """
    every = [*names, *taken]
    nothing: list[Numbers] = []
    for avoided, spared in ((every, nothing), (taken, names), (nothing, every)):
        found = _free(count, radius, shape, avoided, spared, ground)
        if found is not None:
            return found
    return next(_clusters(count, radius)) + _anchor(ground, shape)


def _free(
    count: int,
    radius: float,
    shape: Shape,
    taken: list[Numbers],
    spared: list[Numbers],
    ground: Ground,
) -> Numbers | None:
    """A place where nothing `taken` is; what is `spared` is covered as little as can be."""
    anchor = _anchor(ground, shape)
    best, most = None, 0
    for cluster in _clusters(count, radius):
        half = np.abs(cluster).max(axis=0) + radius + 1
        centres = anchor + _OFFSETS
        boxes = plane.boxes_around(centres, *(2 * half))
        free = ~plane.overlapping(boxes, taken) & _in_view(boxes, ground)
        order = np.argsort(plane.covered(boxes[free], spared), kind="stable")
        centres, boxes = centres[free][order], boxes[free][order]
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


def _clusters(count: int, radius: float) -> Iterator[Numbers]:
    """Points around a centre: a few in a ring, more in rows, broad ones before narrow ones."""
    apart = 2 * radius + 2
    if count == 1:
        yield np.zeros((1, 2))
        return
    if count <= 4:
        # Two side by side from the left, and where that is too broad one below the other.
        for first in (pi, -pi / 2) if count == 2 else (-pi / 2,):
            angles = first + 2 * pi * np.arange(count) / count
            yield apart / 2 / sin(pi / count) * np.column_stack([np.cos(angles), np.sin(angles)])
    broad = ceil(sqrt(count * 1.6))
    for columns in dict.fromkeys((broad, max(2, broad - 1), max(2, broad - 2), broad + 2)):
        row, column = np.divmod(np.arange(count), columns)
        in_row = np.bincount(row)
        yield apart * np.column_stack([column - (in_row[row] - 1) / 2, row - (len(in_row) - 1) / 2])


def _offsets() -> Numbers:
    """From the seat outwards."""
    around = plane.grid((-_REACH, -_REACH, _REACH + 1, _REACH + 1), _STEP)
    distance = np.hypot(*around.T)
    return around[np.argsort(distance, kind="stable")][: int((distance <= _REACH).sum())]


_OFFSETS = _offsets()


def _in_view(boxes: Numbers, ground: Ground) -> plane.Flags:
    size = np.array([ground.projection.width, ground.projection.height])
    return np.asarray(((boxes[:, :2] >= 2) & (boxes[:, 2:] <= size - 2)).all(axis=1))
