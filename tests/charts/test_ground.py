"""The real Landkreis: every name has a place, on no border and on no other name."""

import json
from functools import cache
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from steering.charts import plane
from steering.charts.ground import Ground, ground
from steering.charts.points import RADIUS, placed_points

from .samples import points, small_ground

REFERENCE = Path(__file__).parents[2] / "db" / "reference"


@cache
def coburg() -> Ground:
    rows = [
        {
            "key": feature["properties"]["ags"],
            "role": role,
            "name": feature["properties"]["name"],
            "kind": feature["properties"]["kind"],
            "geometry": feature["geometry"],
            "label_longitude": feature["properties"]["rep_lon"],
            "label_latitude": feature["properties"]["rep_lat"],
            "attribution": "© GeoBasis-DE / BKG 2016 (Daten verändert)",
        }
        for role, name in (("own", "municipalities"), ("neighbour", "neighbours"))
        for feature in json.loads((REFERENCE / f"{name}.geojson").read_text("utf-8"))["features"]
    ]
    places = pd.read_csv(REFERENCE / "municipalities.csv", dtype={"ags": str})
    return ground(pd.DataFrame(rows), places.assign(inhabited=places["population"] > 0))


def name_boxes(found: Ground) -> list[tuple[str, plane.Numbers]]:
    boxes = [(label.key, label.box) for label in found.labels]
    return boxes + [(label.key, label.name_box) for label in found.neighbour_labels]


def test_every_inhabited_municipality_has_its_name_and_no_other():
    named = sorted(label.key for label in coburg().labels)
    assert named == sorted(shape.key for shape in coburg().own if shape.inhabited)
    assert len(named) == 17


def test_no_name_covers_another():
    for (one, box), (other, second) in combinations(name_boxes(coburg()), 2):
        assert not plane.overlapping(box[None], second[None])[0], (one, other)


def test_names_outside_their_municipality_stand_on_no_border():
    borders = np.concatenate([shape.outline.edges for shape in (*coburg().own, *coburg().neighbours)])
    led = [label for label in coburg().labels if label.led]
    assert led
    for label in led:
        assert not plane.touched(label.box[None], borders)[0], label.lines


def test_names_inside_their_municipality_stand_on_no_border():
    outlines = {shape.key: shape.outline for shape in coburg().own}
    for label in coburg().labels:
        if not label.led:
            assert outlines[label.key].holds(label.name_box[None])[0], label.lines


@pytest.mark.parametrize("ags", ["09473120", "09473153"])
def test_the_smallest_have_a_line_to_their_name(ags):
    shape = coburg().shape(ags)
    (label,) = [label for label in coburg().labels if label.key == ags]
    assert shape is not None
    assert label.led
    assert shape.outline.contains(label.line()[1][None])[0]


def test_a_long_name_is_set_on_two_lines():
    lines = {label.key: label.lines for label in coburg().labels}
    assert lines["09473121"] == ("Ebersdorf", "b.Coburg")


def test_names_stay_in_the_view():
    view = coburg().projection
    for key, box in name_boxes(coburg()):
        assert box.min() >= 0, key
        assert box[2] <= view.width, key
        assert box[3] <= view.height, key


def test_the_town_in_the_middle_is_a_neighbour_with_its_name():
    town = coburg().shape("09463")
    assert town is not None
    assert town.name == "Coburg"
    assert "09463" in {label.key for label in coburg().neighbour_labels}


def test_a_key_of_a_town_finds_the_town_it_lies_in():
    assert coburg().shape("09463000") is coburg().shape("09463")
    assert coburg().shape("09999") is None


def test_the_landkreis_has_an_outer_border_and_one_around_its_hole():
    assert len(coburg().rim) == 2
    for line in coburg().rim:
        assert line[0].tolist() == line[-1].tolist()


def test_points_of_one_seat_do_not_cover_each_other_nor_the_names():
    placed = placed_points(coburg(), points(*["09473151"] * 5, *["09473158"] * 2, "09473165", "09473120"))
    boxes = plane.boxes_around(placed[["x", "y"]].to_numpy(), 2 * RADIUS, 2 * RADIUS)
    for one, other in combinations(range(len(boxes)), 2):
        apart = np.hypot(*(placed[["x", "y"]].to_numpy()[one] - placed[["x", "y"]].to_numpy()[other]))
        assert apart >= 2 * RADIUS
    names = np.array([box for _, box in name_boxes(coburg())])
    assert not plane.overlapping(boxes, names).any()


def test_points_stand_in_their_municipality():
    placed = placed_points(coburg(), points(*["09473151"] * 6))
    neustadt = coburg().shape("09473151")
    assert neustadt is not None
    assert neustadt.outline.contains(placed[["x", "y"]].to_numpy()).all()


def test_points_of_a_neighbour_stand_where_it_can_be_seen():
    placed = placed_points(coburg(), points("09674"))
    view = coburg().projection
    assert placed["x"].between(0, view.width).all()
    assert placed["y"].between(0, view.height).all()


def test_points_without_a_seat_on_the_map_are_left_out():
    placed = placed_points(small_ground(), points(None, "09473001", "99999"))
    assert placed["structure_id"].tolist() == [12]


def test_no_points_at_all_are_an_empty_frame():
    assert placed_points(small_ground(), points()).empty


def test_a_seat_is_used_where_it_is_known():
    west = small_ground().shape("09473001")
    mitte = small_ground().shape("09473002")
    assert west is not None
    assert mitte is not None
    assert mitte.seat.tolist() == mitte.label_point.tolist()


def test_the_attribution_stands_once():
    assert coburg().attribution == "© GeoBasis-DE / BKG 2016 (Daten verändert)"
