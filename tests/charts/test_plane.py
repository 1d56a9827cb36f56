"""Geometry against a slow and obvious second way."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from steering.charts import plane
from steering.charts.plane import PolygonRings, Projection

SQUARE = np.array([[0, 0], [10, 0], [10, 10], [0, 10], [0, 0]], dtype=float)
HOLE = np.array([[4, 4], [4, 6], [6, 6], [6, 4], [4, 4]], dtype=float)


def test_a_hole_is_outside():
    outline = PolygonRings((SQUARE, HOLE))
    assert outline.contains(np.array([[5.0, 5.0], [2.0, 2.0], [12.0, 2.0]])).tolist() == [False, True, False]


@pytest.mark.parametrize(
    ("box", "inside"),
    [
        ([1, 1, 3, 3], True),
        ([3, 3, 7, 7], False),
        ([8, 8, 12, 12], False),
        ([11, 11, 12, 12], False),
        ([-5, -5, 15, 15], False),
    ],
)
def test_a_box_is_inside_only_as_a_whole(box, inside):
    assert PolygonRings((SQUARE, HOLE)).holds(np.array([box], dtype=float)).tolist() == [inside]


coordinate = st.integers(-6, 6).map(float)


@given(st.tuples(coordinate, coordinate, coordinate, coordinate))
def test_an_edge_touches_a_box_when_one_of_its_points_is_in_it(edge):
    # An odd number of points on a grid of quarters never misses a box as large as this one.
    box = np.array([[-2.1, -1.1, 2.1, 1.1]])
    x1, y1, x2, y2 = edge
    shares = np.linspace(0, 1, 2001)
    x, y = x1 + shares * (x2 - x1), y1 + shares * (y2 - y1)
    walked = bool(((x >= -2.1) & (x <= 2.1) & (y >= -1.1) & (y <= 1.1)).any())
    assert plane.touched(box, np.array([edge]))[0] == walked


@given(st.lists(st.tuples(coordinate, coordinate), min_size=1, max_size=8))
def test_boxes_overlap_when_neither_is_beside_the_other(centres):
    boxes = plane.boxes_around(np.array(centres), 3, 2)
    one = boxes[:1]
    expected = any(
        not (other[2] <= one[0][0] or other[0] >= one[0][2] or other[3] <= one[0][1] or other[1] >= one[0][3])
        for other in boxes[1:]
    )
    assert plane.overlapping(one, boxes[1:]).tolist() == [expected]


@given(st.floats(-170, 170), st.floats(-70, 70))
def test_pixels_lead_back_to_the_place(longitude, latitude):
    projection = Projection(10.9, 50.2, 9.5, 620, 560)
    place = np.array([[longitude, latitude]])
    assert projection.degrees(projection.pixels(place)) == pytest.approx(place, abs=1e-6)


def test_the_view_shows_everything_as_large_as_the_margin_allows():
    corners = np.array([[10.7, 50.0], [11.2, 50.4]])
    projection = Projection.fitting(corners, 620, 560, 20)
    pixels = projection.pixels(corners)
    assert pixels.min() >= 20 - 1e-6
    assert (pixels <= np.array([600, 540]) + 1e-6).all()
    spans = np.abs(pixels[0] - pixels[1])
    assert np.isclose(spans, [580, 520]).any()


def test_the_common_border_of_two_is_no_outer_edge():
    right = SQUARE + np.array([10.0, 0.0])
    lines = plane.outer_edges([PolygonRings((SQUARE,)), PolygonRings((right,))])
    assert len(lines) == 1
    walked = {tuple(point) for point in lines[0].tolist()}
    assert walked == {(0, 0), (10, 0), (20, 0), (20, 10), (10, 10), (0, 10)}
    assert lines[0][0].tolist() == lines[0][-1].tolist()


def test_a_multipolygon_gives_all_its_rings():
    ring = [[0, 0, 1], [1, 0, 1], [0, 1, 1], [0, 0, 1]]
    assert len(plane.rings_of({"type": "MultiPolygon", "coordinates": [[ring, ring], [ring]]})) == 3
