"""GeoJSON as RFC 7946 has it, from the data the program comes with."""

import itertools
import json
from datetime import date

import pytest

from steering.analysis.view import Horizon, View
from steering.exchange.geojson import geojson
from steering.storage import reading, schema
from tests.conftest import sqlite_url


@pytest.fixture(scope="module")
def collection(tmp_path_factory):
    engine = schema.prepare(sqlite_url(tmp_path_factory.mktemp("geojson") / "steering.db"), "coburg")
    today = date(2026, 11, 22)
    view = View(date(2027, 1, 1), today, Horizon.around(today, 1, 9))
    made = geojson(reading.portfolio(engine), reading.boundaries(engine), view)
    engine.dispose()
    return json.loads(made)


def of_kind(collection, kind):
    return [each for each in collection["features"] if each["properties"]["art"] == kind]


def turn(ring):
    """Twice the signed area: positive where a ring runs counter-clockwise."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in itertools.pairwise(ring))


def rings(geometry):
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [(ring, number == 0) for polygon in polygons for number, ring in enumerate(polygon)]


def test_it_is_one_collection_without_a_reference_system_of_its_own(collection):
    assert collection["type"] == "FeatureCollection"
    assert "crs" not in collection
    assert collection["attribution"].startswith("© GeoBasis-DE / BKG 2016 (Daten verändert)")
    assert (collection["stichtag"], collection["szenario"]) == ("2027-01-01", "gesichert")
    assert len({feature["id"] for feature in collection["features"]}) == len(collection["features"])


def test_outlines_are_closed_and_run_against_the_clock_with_holes_the_other_way(collection):
    places = of_kind(collection, "Gemeinde")
    found = [ring for place in places for ring in rings(place["geometry"])]
    assert len(found) >= 20
    assert all(ring[0] == ring[-1] for ring, _ in found)
    assert all((turn(ring) > 0) == outer for ring, outer in found)


def test_municipalities_bring_their_figures(collection):
    (ahorn,) = [each for each in of_kind(collection, "Gemeinde") if each["properties"]["name"] == "Ahorn"]
    assert ahorn["properties"]["einwohner"] == 4141
    assert ahorn["properties"]["einwohner_am"] == "2022-12-31"
    empty = [
        each["properties"] for each in of_kind(collection, "Gemeinde") if not each["properties"]["einwohner"]
    ]
    assert {each["bewohnt"] for each in empty} == {False}


def test_structures_stand_at_their_seats_length_before_width(collection):
    structures = of_kind(collection, "Struktur")
    placed = [each for each in structures if each["geometry"]]
    assert placed
    assert all(each["properties"]["lage"] == "nicht bekannt" for each in structures if not each["geometry"])
    assert all(
        9 < each["geometry"]["coordinates"][0] < 13 and 49 < each["geometry"]["coordinates"][1] < 52
        for each in placed
    )


def test_the_state_is_that_of_the_stichtag_and_examples_say_what_they_are(collection):
    (lotsen,) = [
        each for each in of_kind(collection, "Struktur") if each["properties"]["name"] == "Integrationslotsen"
    ]
    assert lotsen["properties"]["am_stichtag"] == "läuft nicht"
    assert {each["properties"]["beleg"] for each in of_kind(collection, "Struktur")} >= {"belegt", "Beispiel"}
