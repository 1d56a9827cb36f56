"""The zip of CSV files."""

import csv
import io
import zipfile

import pytest

from steering.exchange.cells.separated_cells import guarded
from steering.exchange.workbook.csv_files import ABOUT, csv_zip
from steering.storage.tables import LINKS
from tests import builders


@pytest.fixture(scope="module")
def files():
    made = builders.portfolio(
        structures=[builders.structure(id=1, name="=1+1", fte=1.5, note='\'=x\n2. Zeile; "wichtig"')],
        fundings=[builders.funding(id=1, amount_cents=1_300_050, end="2026-12-31")],
        municipalities=[builders.municipality(longitude=10.96, latitude=50.25)],
    )
    with zipfile.ZipFile(io.BytesIO(csv_zip(made, LINKS, notes=["Stand: 25.11.2026"]))) as packed:
        return {name: packed.read(name).decode("utf-8") for name in packed.namelist()}


def rows(text):
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))


def test_each_file_opens_in_a_german_excel(files):
    assert files[ABOUT].splitlines() == ["\ufeffStand: 25.11.2026"]
    assert all(text.startswith("\ufeff") for text in files.values())
    (funding,) = rows(files["Förderung.csv"])
    assert funding["Betrag (EUR)"] == "13000,50"
    assert funding["Ende"] == "31.12.2026"
    assert rows(files["Struktur.csv"])[0]["VZÄ"] == "1,5"
    assert rows(files["Gemeinde.csv"])[0]["Länge"] == "10.96".replace(".", ",")


def test_a_text_that_would_be_computed_gets_an_apostrophe_and_so_does_one_that_has_one(files):
    (structure,) = rows(files["Struktur.csv"])
    assert structure["Name"] == "'=1+1"
    assert structure["Anmerkung"] == "''=x\n2. Zeile; \"wichtig\""


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t=1", "\r=1", "'=1"])
def test_no_spreadsheet_computes_what_is_guarded(text):
    assert guarded(text) == f"'{text}"


def test_other_text_is_left_alone():
    assert guarded("a=1") == "a=1"
    assert guarded("") == ""
