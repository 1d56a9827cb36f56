"""Where the names of municipalities stand on the map."""

import re

import pytest
from shapely.geometry import Polygon, box

from steering.exchange.publication.outlines import outlined
from tests.exchange.publication.directories import PLACES, boundaries, rich

# A roof, wide enough for the name only near its foot; a bar that is too low, and one that is too narrow.
ROOF = [[11, 50], [11.07, 50], [11.035, 50.05], [11, 50]]
LOW = [[11, 50], [11.4, 50], [11.4, 50.001], [11, 50.001], [11, 50]]
NARROW = [[11, 50], [11.02, 50], [11.02, 50.2], [11, 50.2], [11, 50]]


def drawn(ring):
    """A municipality with this outline, beside one that takes the whole map."""
    rows = boundaries().iloc[:2].copy()
    whole = [[11, 50], [11.4, 50], [11.4, 50.25], [11, 50.25], [11, 50]]
    rows["geometry"] = [{"type": "Polygon", "coordinates": [each]} for each in (ring, whole)]
    found = outlined(rich().directory, rows)
    assert found is not None
    return found.shapes[0]


def test_all_letters_of_a_name_stand_within_its_outline_and_so_on_no_other_name():
    shown = drawn(ROOF)
    assert shown.label is not None
    x, y = shown.label
    half = 6.5 * len(PLACES[0][1])
    outline = Polygon([tuple(map(int, point)) for point in re.findall(r"(\d+) (\d+)", shown.path)])
    assert outline.buffer(1).contains(box(x - half, y - 18, x + half, y + 5))


@pytest.mark.parametrize("ring", [LOW, NARROW], ids=["too low", "too narrow"])
def test_where_there_is_no_room_there_is_no_name(ring):
    assert drawn(ring).label is None
