"""A place for every name on a map: inside its municipality, or outside with a line to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from steering.charts import plane, typeface
from steering.charts.plane import Numbers, Projection, Shape

NAME_SIZE, LINE_HEIGHT = 12, 14
# Around the texts, and around the seat, where the points will stand.
_AIR, _SEAT_ROOM = 1.0, 24.0
_STEP, _VALUE_WIDTH, _AIRY = 2.0, 18.0, 5.0
# Size of the name, air around it, and how finely places are searched: first generous, then tight.
_ATTEMPTS = (
    (NAME_SIZE, _AIRY, 3.0),
    (NAME_SIZE, 0.0, 2.0),
    (NAME_SIZE - 1, 0.0, 2.0),
    (NAME_SIZE - 2, 0.0, 1.0),
)
_MOST_OUTSIDE = 16
# Width and height kept free for points below a neighbour's name, the roomier the better.
_POINT_ROOMS = ((84.0, 42.0), (44.0, 22.0), (0.0, 0.0))


@dataclass(frozen=True, eq=False)
class Label:
    """A name in its lines around a centre in pixels, with room kept free below it.

    `below` is the height of that room: for the value, or beside a neighbour's name for points.
    `leader` is where a line from the label must point to, None for a name on its place.
    """

    key: str
    lines: tuple[str, ...]
    centre: Numbers
    size: int
    extent: tuple[float, float]
    below: float = 0.0
    leader: Numbers | None = None

    @property
    def led(self) -> bool:
        return self.leader is not None

    @property
    def name_centre(self) -> Numbers:
        return self.centre - np.array([0, self.below / 2])

    @property
    def below_centre(self) -> Numbers:
        return self.centre + np.array([0, (self.extent[1] - self.below) / 2])

    @property
    def box(self) -> Numbers:
        """Left, top, right, bottom of name and room, with air around the text."""
        return plane.boxes_around(self.centre[None], *self.extent)[0]

    @property
    def name_box(self) -> Numbers:
        """The same of the name alone."""
        width = _extent(self.lines, self.size, 0)[0]
        return plane.boxes_around(self.name_centre[None], width, self.extent[1] - self.below)[0]

    def line(self) -> Numbers:
        """From the box's edge to where the leader points, two points in pixels."""
        assert self.leader is not None
        way = self.leader - self.centre
        half = np.array(self.extent) / 2
        share = min(1.0, *(half[axis] / abs(way[axis]) for axis in (0, 1) if abs(way[axis]) > 1e-9))
        return np.array([self.centre + way * share, self.leader])


def inside_labels(own: Sequence[Shape]) -> list[Label]:
    """Names inside their municipality, where they fit."""
    found = [_inside(shape) for shape in own if shape.inhabited]
    return [label for label in found if label is not None]


def _inside(shape: Shape) -> Label | None:
    """The place nearest to the label point where the name fits and leaves room for the points."""
    for size, air, step in _ATTEMPTS:
        centres = np.concatenate([shape.label_point[None], plane.grid(shape.outline.bounds, step)])
        centres = centres[shape.outline.contains(centres)]
        for lines in _settings(shape.name):
            extent = _extent(lines, size, LINE_HEIGHT)
            fits = _holds_text(shape, centres, extent, air)
            if fits.any():
                centre = _nearest(shape, centres[fits], extent)
                return Label(shape.key, lines, centre, size, extent, LINE_HEIGHT)
    return None


def _nearest(shape: Shape, centres: Numbers, extent: tuple[float, float]) -> Numbers:
    """The one nearest to the label point, beside the seat rather than on it."""
    room = plane.boxes_around(shape.seat[None], _SEAT_ROOM, _SEAT_ROOM)
    covers = plane.overlapping(plane.boxes_around(centres, *extent), room)
    away = np.hypot(*(centres - shape.label_point).T) + 300 * covers
    nearest: Numbers = centres[int(away.argmin())]
    return nearest


def _holds_text(shape: Shape, centres: Numbers, extent: tuple[float, float], air: float) -> plane.Flags:
    """Where name and value both lie inside; the value is short, so the place may be narrower there."""
    width, height = extent
    up, down = np.array([0, -LINE_HEIGHT / 2]), np.array([0, (height - LINE_HEIGHT) / 2])
    name = plane.boxes_around(centres + up, width + 2 * air, height - LINE_HEIGHT + 2 * air)
    value = plane.boxes_around(centres + down, _VALUE_WIDTH + 2 * air, LINE_HEIGHT - 2 + 2 * air)
    fits = shape.outline.holds(name)
    fits[fits] = shape.outline.holds(value[fits])
    return fits


def _settings(name: str) -> Iterator[tuple[str, ...]]:
    """A name on one line, and on two where it has a place to break."""
    yield (name,)
    for sign in (" ", "-"):
        before, found, after = name.partition(sign)
        if found and after:
            yield (before + found.strip(), after)


def neighbour_labels(
    neighbours: Sequence[Shape], placed: Sequence[Label], projection: Projection
) -> list[Label]:
    """The names of the neighbours where the view shows enough of them, with room for points if possible."""
    taken = [label.box for label in placed]
    labels = []
    for shape in neighbours:
        for room in _POINT_ROOMS:
            label = _neighbour_label(shape, room, taken, projection)
            if label is not None:
                labels.append(label)
                taken.append(label.box)
                break
    return labels


def _neighbour_label(
    shape: Shape, room: tuple[float, float], taken: list[Numbers], projection: Projection
) -> Label | None:
    """The name in the middle of what can be seen of a neighbour; None where it does not fit."""
    width, height = _extent((shape.name,), NAME_SIZE, room[1])
    extent = max(width, room[0]), height
    half = np.array(extent) / 2 + 2
    frame = np.array([*half, projection.width - half[0], projection.height - half[1]])
    left, top = np.maximum(shape.outline.bounds[:2], frame[:2])
    right, bottom = np.minimum(shape.outline.bounds[2:], frame[2:])
    centres = plane.grid((left, top, right, bottom), 3 * _STEP)
    centres = centres[shape.outline.contains(centres)]
    boxes = plane.boxes_around(centres, *extent)
    fits = ~plane.overlapping(boxes, taken)
    fits[fits] = ~plane.touched(boxes[fits], shape.outline.edges)
    if not fits.any():
        return None
    middle = centres.mean(axis=0)
    best = int(np.where(fits, np.hypot(*(centres - middle).T), np.inf).argmin())
    return Label(shape.key, (shape.name,), centres[best], NAME_SIZE, extent, room[1])


def outside_labels(
    own: Sequence[Shape], neighbours: Sequence[Shape], placed: list[Label], projection: Projection
) -> list[Label]:
    """The names that do not fit into their municipality: outside the Landkreis, with a line.

    Where they are many, lines would cross the whole picture: then pointing at a place tells its name.
    """
    outer = plane.grid((0, 0, projection.width, projection.height), 2 * _STEP)
    for shape in own:
        outer = outer[~shape.outline.contains(outer)]
    borders = np.concatenate([shape.outline.edges for shape in (*own, *neighbours)])
    named = {label.key for label in placed}
    labels: list[Label] = []
    nameless = [shape for shape in own if shape.inhabited and shape.key not in named]
    if len(nameless) > _MOST_OUTSIDE:
        return []
    for shape in nameless:
        labels.append(_outside(shape, outer, borders, [*placed, *labels], projection))
    return labels


def _outside(
    shape: Shape, outer: Numbers, borders: Numbers, placed: Sequence[Label], projection: Projection
) -> Label:
    """The free place with the shortest line among the `outer` points, on no border and on no other name.

    Without one the name stands on its municipality all the same: better across a border than missing.
    """
    found = [
        label
        for lines in _settings(shape.name)
        if (label := _led(shape, lines, outer, borders, placed, projection)) is not None
    ]
    if found:
        return min(found, key=lambda label: float(np.hypot(*(label.centre - shape.label_point))))
    extent = _extent((shape.name,), NAME_SIZE, LINE_HEIGHT)
    return Label(shape.key, (shape.name,), shape.label_point, NAME_SIZE, extent, LINE_HEIGHT)


def _led(
    shape: Shape,
    lines: tuple[str, ...],
    outer: Numbers,
    borders: Numbers,
    placed: Sequence[Label],
    projection: Projection,
) -> Label | None:
    extent = _extent(lines, NAME_SIZE, LINE_HEIGHT)
    edge = 4 + np.array(extent) / 2
    frame = [edge, np.array([projection.width, projection.height]) - edge]
    centres = outer[((outer >= frame[0]) & (outer <= frame[1])).all(axis=1)]
    centres = centres[np.argsort(np.hypot(*(centres - shape.label_point).T), kind="stable")]
    boxes = plane.boxes_around(centres, *extent)
    taken = np.array([label.box for label in placed]).reshape(-1, 4)
    for index in np.flatnonzero(~plane.overlapping(boxes, taken)):
        leader = np.concatenate([centres[index], shape.label_point])[None]
        if not plane.touched(taken, leader).any() and not plane.touched(boxes[[index]], borders).any():
            place = centres[index]
            return Label(shape.key, lines, place, NAME_SIZE, extent, LINE_HEIGHT, shape.label_point)
    return None


def _extent(lines: Sequence[str], size: int, below: float) -> tuple[float, float]:
    """Width and height of a label with air around it; a line's own height has some above and below."""
    width = max(typeface.width(line, size, bold=True) for line in lines)
    return width + 2 * _AIR, len(lines) * (size + 1.5) + below
