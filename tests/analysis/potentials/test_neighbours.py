"""Who lies beside whom, on squares and on the official outlines, against shapely."""

import json
from itertools import permutations

import pandas as pd
from shapely.geometry import shape

from steering.analysis.potentials.neighbours import around, neighbours
from steering.model import BoundaryRole
from steering.storage.starter import REFERENCE, _boundaries


def outlines(**corners: tuple[int, int]) -> pd.DataFrame:
    """Squares of side 1 by their lower left corner."""
    rings = {key: [[x, y], [x + 1, y], [x + 1, y + 1], [x, y + 1], [x, y]] for key, (x, y) in corners.items()}
    return pd.DataFrame(
        [
            {"key": key, "role": BoundaryRole.OWN, "geometry": {"type": "Polygon", "coordinates": [ring]}}
            for key, ring in rings.items()
        ]
    )


def test_a_common_side_makes_neighbours_and_a_common_corner_does_not():
    found = neighbours(outlines(a=(0, 0), b=(1, 0), c=(1, 1), d=(5, 5)))
    assert found == {("a", "b"), ("b", "a"), ("b", "c"), ("c", "b")}
    assert around(found) == {"a": {"b"}, "b": {"a", "c"}, "c": {"b"}}


def test_a_part_that_lies_apart_has_its_own_neighbours_and_other_kreise_are_none():
    rows = outlines(a=(0, 0), b=(4, 0), c=(1, 0))
    first, *others = rows["geometry"]
    apart = [[[3, 0], [4, 0], [4, 1], [3, 1], [3, 0]]]
    both = {"type": "MultiPolygon", "coordinates": [first["coordinates"], apart]}
    rows = rows.assign(geometry=pd.Series([both, *others], dtype=object))
    assert neighbours(rows) == {("a", "b"), ("b", "a"), ("a", "c"), ("c", "a")}
    rows.loc[rows["key"] == "c", "role"] = BoundaryRole.NEIGHBOUR
    assert neighbours(rows) == {("a", "b"), ("b", "a")}


def test_the_official_outlines_of_the_landkreis_against_shapely():
    rows = pd.DataFrame(_boundaries(REFERENCE / "municipalities.geojson"))
    rows = rows.assign(geometry=[json.loads(text) for text in rows["geometry"]], role=BoundaryRole.OWN)
    shapes = {key: shape(geometry) for key, geometry in zip(rows["key"], rows["geometry"], strict=True)}
    expected = {
        (one, other)
        for one, other in permutations(shapes, 2)
        if shapes[one].intersection(shapes[other]).length > 1e-9
    }
    assert neighbours(rows) == expected
    assert len(expected) > 40
