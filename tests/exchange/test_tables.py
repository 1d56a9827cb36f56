from datetime import date
from io import BytesIO

import numpy as np
import pandas as pd
import pytest
from openpyxl import load_workbook

from steering.exchange.cells.written_cells import WIDEST
from steering.exchange.tables import NARROWEST, xlsx


def workbook(frame, **options):
    return load_workbook(BytesIO(xlsx(frame, **({"title": "Strukturen"} | options))))


def cell(value, address="A2"):
    return workbook(pd.DataFrame({"Wert": [value]}))["Strukturen"][address]


def test_the_header_is_bold_and_stays_in_view_with_a_filter():
    sheet = workbook(pd.DataFrame({"Struktur": ["Familienbüro"], "VZÄ": [1.5]}))["Strukturen"]
    assert [head.value for head in sheet[1]] == ["Struktur", "VZÄ"]
    assert all(head.font.bold for head in sheet[1])
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:B2"


def test_days_are_days_as_they_are_written_here():
    found = cell(pd.Timestamp("2026-12-31"))
    assert found.value == pd.Timestamp("2026-12-31")
    assert found.number_format == "DD.MM.YYYY"
    assert cell(date(2026, 12, 31)).value == pd.Timestamp("2026-12-31")


def test_a_time_of_day_is_kept():
    found = cell(pd.Timestamp("2026-12-31 14:30"))
    assert found.value == pd.Timestamp("2026-12-31 14:30")
    assert found.number_format == "DD.MM.YYYY HH:MM"


@pytest.mark.parametrize(
    ("value", "form"),
    [(13000, "#,##0"), (np.int64(5), "#,##0"), (2.0, "#,##0"), (1.5, "#,##0.0"), (0.25, "#,##0.00")],
)
def test_numbers_stay_numbers(value, form):
    found = cell(value)
    assert found.value == value
    assert found.data_type == "n"
    assert found.number_format == form


@pytest.mark.parametrize("value", [None, np.nan, pd.NaT, pd.NA])
def test_nothing_is_an_empty_cell(value):
    assert cell(value).value is None


@pytest.mark.parametrize(("value", "words"), [(True, "ja"), (False, "nein"), (np.bool_(True), "ja")])
def test_yes_and_no_are_words(value, words):
    assert cell(value).value == words


@pytest.mark.parametrize(
    "text", ["=1+1", "+49 9561 1234", "-", "@SUM(A1)", '=HYPERLINK("http://x")', "\t=1", "\r=1"]
)
def test_text_never_becomes_a_formula(text):
    found = cell(text)
    assert found.data_type == "s"
    assert found.value.strip() == text.strip()
    assert found.quotePrefix


def test_a_municipality_key_keeps_its_zero():
    assert cell("09473120").value == "09473120"
    assert not cell("09473120").quotePrefix


def test_characters_that_no_workbook_takes_are_left_out():
    assert cell("Familien\x00büro").value == "Familienbüro"


def test_headers_are_text_too():
    sheet = workbook(pd.DataFrame({"=1+1": ["x"]}))["Strukturen"]
    assert sheet["A1"].data_type == "s"


def test_columns_are_as_wide_as_their_text_within_limits():
    sheet = workbook(pd.DataFrame({"a": ["x"], "b": ["y" * 500], "c": ["z" * 20]}))["Strukturen"]
    widths = [sheet.column_dimensions[letter].width for letter in "ABC"]
    assert widths == [NARROWEST, WIDEST, 22]
    assert sheet["B2"].alignment.wrap_text


def test_a_second_sheet_says_what_the_table_is():
    notes = ["Stichtag: 22.11.2026", "Szenario: gesichert"]
    about = workbook(pd.DataFrame({"a": [1]}), notes=notes)["Hinweise"]
    assert [row[0].value for row in about] == ["Strukturen", *notes]


@pytest.mark.parametrize("title", ["Karte: VZÄ/10.000 [neu]?", "x" * 60])
def test_any_title_is_a_possible_name_of_a_sheet(title):
    first = workbook(pd.DataFrame({"a": [1]}), title=title).sheetnames[0]
    assert len(first) <= 31
    assert not set(first) & set("[]:*?/\\")


def test_a_table_without_rows_has_its_header():
    sheet = workbook(pd.DataFrame({"Struktur": []}))["Strukturen"]
    assert [head.value for head in sheet[1]] == ["Struktur"]


def test_the_file_reads_back_as_the_frame_it_was():
    frame = pd.DataFrame(
        {"Struktur": ["Integrationslotsen", "Familienbüro"], "VZÄ": [1.5, np.nan], "Plätze": [10, 20]}
    )
    pd.testing.assert_frame_equal(
        pd.read_excel(BytesIO(xlsx(frame, title="Strukturen")), engine="openpyxl"), frame, check_dtype=False
    )


def test_what_no_cell_takes_is_left_out_and_nothing_is_computed():
    texts = ["=1+" + "9" * 40_000, "a\x0b\x00b\u202ec\ufffe", "\t=2", "+3\r\n-4"]
    book = load_workbook(BytesIO(xlsx(pd.DataFrame({"=a": texts}), title="=[:/x", notes=["@1"])))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [str(cell.value)[:9] for cell in cells] == [
        "=a", "=1+999999", "ab\u202ec", "\t=2", "+3\n-4", "=[:/x", "@1",
    ]  # fmt: skip
    assert max(len(str(cell.value)) for cell in cells) <= 32_767
