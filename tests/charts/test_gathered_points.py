"""Where many structures have their seat in one place, every map shows their number in one point."""

from itertools import combinations
from xml.etree import ElementTree

import numpy as np
import pytest

from steering.charts import plane
from steering.charts.gathered_points import MOST, NUMBERED, gathered
from steering.charts.map import ClickedPlace, county_map
from steering.charts.map_picture import picture
from steering.charts.points import placed_points
from steering.charts.ramp import number_ramp
from tests.charts.test_ground import coburg, name_boxes

from .samples import points, small_ground, values

WEST, MITTE = "09473001", "09473002"


def crowd(*seats: str, unsure: int = 0):
    """As many at each seat; of all the last ones may not be there."""
    found = points(*seats)
    names = [f"S{key}" for key in found["structure_id"]]
    return found.assign(title=names, certain=[at < len(seats) - unsure for at in range(len(seats))])


def test_a_few_stay_by_themselves_and_more_become_numbers():
    few = gathered(crowd(*[WEST] * MOST))
    assert few["number"].tolist() == [1] * MOST
    many = gathered(crowd(MITTE, *[WEST] * 15, unsure=2))
    assert many[["seat", "number", "certain", "title"]].to_numpy().tolist() == [
        [MITTE, 1, True, "S11"],
        [WEST, 13, True, "13 Strukturen"],
        [WEST, 2, False, "2 Strukturen"],
    ]
    assert many["tooltip"].tolist()[1:] == [
        "\n".join(f"S{key}" for key in range(12, 24)) + "\nund 1 weitere",
        "S25\nS26",
    ]


def test_one_by_itself_keeps_its_letter_beside_a_number():
    found = gathered(crowd(*[WEST] * 5, unsure=1))
    assert found[["number", "level"]].to_numpy().tolist() == [[4, ""], [1, "county"]]


def test_every_drawing_shows_the_number_and_the_legend_says_what_it_is():
    known = values(m1=13)
    where = gathered(crowd(MITTE, *[WEST] * 15, unsure=2))
    made = county_map(small_ground(), known, where, number_ramp(known["value"]), measure="Strukturen")
    letters = next(layer for layer in made.deck.layers if layer.id == "letters").data
    assert [each["text"] for each in letters] == ["K", "13", "2"]
    still = ElementTree.fromstring(made.still).iter("{http://www.w3.org/2000/svg}text")
    assert [each.text for each in still][-3:] == ["K", "13", "2"]
    drawn = picture(small_ground(), known, where, number_ramp(known["value"]))
    rows = drawn.data
    assert rows.loc[rows["layer"] == "point", "text"].tolist() == ["K", "13", "2"]
    assert NUMBERED in set(rows["text"])
    for told in (made.alt, drawn.alt):
        assert told.endswith("16 Strukturen als Punkte an ihrem Sitz.")
    without = picture(small_ground(), known, gathered(crowd(WEST)), number_ramp(known["value"])).data
    assert NUMBERED not in set(without["text"])


def test_a_number_leads_to_its_municipality_and_a_letter_to_its_structure():
    known = values(m1=13)
    where = gathered(crowd(MITTE, *[WEST] * 15))
    made = county_map(small_ground(), known, where, number_ramp(known["value"]), measure="Strukturen")
    assert made.points == (ClickedPlace(structure_id=11), ClickedPlace(ags=WEST))


@pytest.mark.parametrize("each", [5, 30, 60])
def test_with_hundreds_of_structures_no_point_covers_another_and_hardly_one_a_name(each):
    seats = [shape.key for shape in coburg().own if shape.inhabited]
    every = crowd(*[seat for seat in seats for _ in range(each)])
    every["certain"] = [at % 3 > 0 for at in range(len(every))]
    placed = placed_points(coburg(), gathered(every))
    assert len(placed) == 2 * len(seats)
    centres, radius = placed[["x", "y"]].to_numpy(), placed["radius"].to_numpy()
    for one, other in combinations(range(len(placed)), 2):
        assert np.hypot(*(centres[one] - centres[other])) >= radius[one] + radius[other]
    boxes = np.vstack(
        [plane.boxes_around(centre[None], 2 * r, 2 * r) for centre, r in zip(centres, radius, strict=True)]
    )
    names = np.array([box for _, box in name_boxes(coburg())])
    assert plane.overlapping(boxes, names).sum() <= 2
