"""The Gemeindeverzeichnis in both forms, and what is none."""

import io
from datetime import date

import openpyxl
import pytest

from steering.exchange.registers import municipalities
from steering.exchange.registers.district_names import full_name
from steering.exchange.registers.municipalities import MunicipalityList
from tests.exchange.register_samples import GV, KREIS, TOWN, gv100ad


@pytest.fixture(scope="module")
def register() -> MunicipalityList:
    return municipalities.read(GV.read_bytes(), GV.name)


def test_the_workbook_is_read_by_position(register):
    (ochsenfurt,) = [row for row in register.rows if row.name == "Ochsenfurt"]
    assert (ochsenfurt.ags, ochsenfurt.ars, ochsenfurt.kind) == ("09679170", "096790170170", "Stadt")
    assert (ochsenfurt.postcode, ochsenfurt.population, ochsenfurt.inhabited) == ("97199", 11346, True)
    assert ochsenfurt.longitude == pytest.approx(10.07, abs=0.05)
    assert ochsenfurt.latitude == pytest.approx(49.66, abs=0.05)
    assert (register.as_of, register.counted_on) == (date(2024, 6, 30), date(2022, 12, 31))
    assert (
        municipalities.words_of(register) == "Destatis, Gemeindeverzeichnis GV-ISys, Gebietsstand 30.06.2024"
    )


def test_kreise_have_names_and_kinds(register):
    assert register.districts[KREIS] == ("Würzburg", "Landkreis")
    assert register.districts[TOWN] == ("Würzburg", "Kreisfreie Stadt")


def test_uninhabited_areas_are_marked(register):
    empty = [row for row in register.of_district(KREIS) if not row.inhabited]
    assert empty
    assert {row.kind for row in empty} == {"Gemeindefreies Gebiet"}
    assert {row.population for row in empty} == {0}


def test_fixed_width_says_the_same(register):
    found = municipalities.read(gv100ad(), "GV100AD3006.txt")
    assert found.districts == register.districts
    same = [
        (row.ags, row.ars, row.name, row.kind, row.population, row.area_km2, row.postcode)
        for row in found.rows
    ]
    assert same == [
        (row.ags, row.ars, row.name, row.kind, row.population, row.area_km2, row.postcode)
        for row in register.rows
    ]
    assert found.as_of == date(2024, 6, 30)


def test_a_lost_zero_comes_back_and_what_is_no_number_is_said():
    book = openpyxl.load_workbook(GV)
    sheet = book.worksheets[1]
    (place,) = [row for row in sheet.iter_rows() if row[7].value == "Ochsenfurt, St" and row[0].value == "60"]
    place[2].value, place[9].value = 9, "viele"
    row = next(row for row in municipalities.read(saved(book), "gv.xlsx").rows if row.name == "Ochsenfurt")
    assert row.ags == "09679170"
    assert [(column, value) for column, value, _ in row.problems] == [("Bevölkerung insgesamt", "viele")]


def saved(book: openpyxl.Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "kind", "full"),
    [
        ("Coburg", "Landkreis", "Landkreis Coburg"),
        ("Steinburg", "Kreis", "Kreis Steinburg"),
        ("Saalekreis", "Landkreis", "Saalekreis"),
        ("Landkreis Rostock", "Landkreis", "Landkreis Rostock"),
        ("Region Hannover", "Landkreis", "Region Hannover"),
        ("Regionalverband Saarbrücken", "Regionalverband", "Regionalverband Saarbrücken"),
        ("Eifelkreis Bitburg-Prüm", "Landkreis", "Eifelkreis Bitburg-Prüm"),
    ],
)
def test_a_kreis_is_called_as_people_call_it(name, kind, full):
    assert full_name(name, kind) == full
