"""The whole official files of Germany, one test for each."""

import pytest
import shapely

from steering.exchange.incoming_files import FileRefused
from steering.exchange.registers import boundaries, municipalities, spatial_files
from steering.exchange.registers.rows import districts
from tests.exchange import official

COBURG, BITBURG = "09473", "07232"


def test_vg250_of_npm_gives_any_kreis():
    areas = boundaries.read(official.content(official.BOUNDARIES), "gemeinden.geo.json")
    assert (len(areas.ags), areas.year) == (11_299, 2016)
    for key, own, around in ((COBURG, 20, 7), (BITBURG, 235, 4)):
        found = boundaries.outlines(areas, key, districts())
        assert (len([each for each in found if len(each.key) == 8]), len(found)) == (own, own + around)
        shapes = [shapely.from_geojson(each.text) for each in found]
        assert shapely.coverage_is_valid(shapes)
        assert shapely.get_num_coordinates(shapes).sum() <= 9_000
    town = next(each for each in boundaries.outlines(areas, COBURG, districts()) if each.key == "09463")
    assert (town.name, town.kind) == ("Coburg", "Kreisfreie Stadt")


def test_the_gemeindeverzeichnis_is_read_without_a_refused_row():
    register = municipalities.read(official.content(official.MUNICIPALITIES), "AuszugGV2QAktuell.xlsx")
    assert (len(register.rows), len(register.districts)) == (10_959, 400)
    assert [row for row in register.rows if row.problems] == []
    assert sum(row.population or 0 for row in register.of_district(COBURG)) == 87_103
    assert register.districts == dict(districts())


def test_vg2500_is_read_and_refused_for_having_no_municipalities():
    content = official.content(official.GENERAL_BOUNDARIES)
    (kreise,) = [
        layer
        for layer in spatial_files.read(content, "vg2500.zip", ["ags", "gen"], [])
        if len(layer.rows) == 400
    ]
    assert (kreise.crs.to_epsg(), kreise.year) == (25832, 2022)
    with pytest.raises(FileRefused, match="enthält keine Gemeinden"):
        boundaries.read(content, "vg2500.zip")
