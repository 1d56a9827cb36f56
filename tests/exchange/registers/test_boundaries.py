"""VG250 in every form in which it is published, and what is none of it."""

import json

import pytest
import shapely

from steering.exchange.incoming_files import FileRefused
from steering.exchange.registers import boundaries
from steering.exchange.registers.boundaries import NamedOutline
from tests.exchange.register_samples import KREIS, TOWN, VG250, collection, features, file_of, zipped

NAMES = {TOWN: ("Würzburg", "Kreisfreie Stadt")}


@pytest.fixture(scope="module")
def outlines() -> list[NamedOutline]:
    return boundaries.outlines(boundaries.read(VG250.read_bytes(), VG250.name), KREIS, NAMES)


def geometry(outline: NamedOutline) -> shapely.Geometry:
    return shapely.from_geojson(outline.text)


def own(found: list[NamedOutline]) -> list[NamedOutline]:
    return [outline for outline in found if len(outline.key) == 8]


def test_a_list_with_collections_inside_gives_the_kreis_and_its_neighbours(outlines):
    assert len(own(outlines)) == len(
        {row["properties"]["AGS"] for row in features() if row["properties"]["AGS"].startswith(KREIS)}
    )
    around = {outline.key: outline for outline in outlines if len(outline.key) == 5}
    assert {TOWN, "09675", "09677", "08128"} <= around.keys()
    assert (around[TOWN].name, around[TOWN].kind) == NAMES[TOWN]


def test_shared_borders_are_kept_and_the_town_stays_a_hole(outlines):
    shapes = [geometry(outline) for outline in outlines]
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)
    whole = shapely.union_all([geometry(outline) for outline in own(outlines)])
    town = next(geometry(outline) for outline in outlines if outline.key == TOWN)
    assert sum(len(part.interiors) for part in shapely.get_parts(whole)) >= 1
    assert not whole.contains(town.representative_point())


def test_labels_lie_inside_and_rings_run_as_geojson_wants_them(outlines):
    for outline in outlines:
        assert geometry(outline).contains(shapely.Point(outline.label)), outline.key
        for part in shapely.get_parts(geometry(outline)):
            assert part.exterior.is_ccw


@pytest.mark.parametrize(
    "content",
    [
        file_of("GPKG"),
        file_of("GPKG", epsg=4326, upper=True),
        file_of("ESRI Shapefile", upper=True),
        file_of("ESRI Shapefile", epsg=31468),
        zipped({"a/DE_VG250.gpkg": file_of("GPKG"), "a/aktualitaet.txt": b"31.12.2023"}),
        collection(),
    ],
    ids=["gpkg", "gpkg degrees", "shapefile", "shapefile gauss-krueger", "zipped gpkg", "collection"],
)
def test_every_form_gives_the_same_kreis(outlines, content):
    areas = boundaries.read(content, "vg250.zip")
    found = boundaries.outlines(areas, KREIS, NAMES)
    assert [outline.key for outline in found] == [outline.key for outline in outlines]
    for one, other in zip(own(found), own(outlines), strict=True):
        assert (one.name, one.kind) == (other.name, other.kind)
        assert geometry(one).symmetric_difference(geometry(other)).area < 0.01 * geometry(other).area


def test_the_year_stands_in_the_attribution():
    newest = boundaries.read(VG250.read_bytes(), "x")
    assert newest.attribution == "© GeoBasis-DE / BKG 2014 (Daten verändert)"
    assert boundaries.read(file_of("GPKG"), "x").year == 2023
    stated = zipped({"DE_VG250.gpkg": file_of("GPKG"), "aktualitaet.txt": b"31.12.2024"})
    assert boundaries.read(stated, "x").year == 2024


def test_water_is_left_out_and_several_features_of_a_municipality_are_one():
    rows = features()
    first = next(row for row in rows if row["properties"]["AGS"].startswith(KREIS))
    left, right = halves(first)
    water = {**first, "properties": {**first["properties"], "GF": 2}}
    rest = [row for row in rows if row is not first]
    whole = boundaries.outlines(boundaries.read(collection(rows), "x"), KREIS, {})
    parted = boundaries.outlines(boundaries.read(collection([left, water, *rest, right]), "x"), KREIS, {})
    key = first["properties"]["AGS"]
    one, two = (next(geometry(each) for each in found if each.key == key) for found in (whole, parted))
    assert one.symmetric_difference(two).area < 0.001 * one.area


def halves(feature: dict) -> list[dict]:
    shape = shapely.from_geojson(json.dumps(feature["geometry"]))
    left, bottom, right, top = shape.bounds
    middle = (left + right) / 2
    parts = [shape & shapely.box(left, bottom, middle, top), shape & shapely.box(middle, bottom, right, top)]
    return [{**feature, "geometry": json.loads(shapely.to_geojson(part))} for part in parts]


def test_a_kreis_that_is_not_in_the_file_is_said():
    with pytest.raises(FileRefused, match="enthält keine Grenzen des Kreises 01054"):
        boundaries.outlines(boundaries.read(VG250.read_bytes(), "x"), "01054", {})


def test_a_municipality_without_a_geometry_leaves_the_others():
    rows = features()
    lost = next(row for row in rows if row["properties"]["AGS"].startswith(KREIS))
    rows[rows.index(lost)] = {**lost, "geometry": None}
    found = boundaries.outlines(boundaries.read(collection(rows), "x"), KREIS, {})
    assert lost["properties"]["AGS"] not in {outline.key for outline in found}
    assert len(own(found)) > 50
