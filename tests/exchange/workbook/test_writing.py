"""The workbook of everything: what is in it, and what Excel lets people do with it."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from steering.exchange.cells.written_cells import FORMULA
from steering.exchange.workbook.about import TITLE as ABOUT
from steering.exchange.workbook.choices import TITLE as LISTS
from steering.exchange.workbook.columns import KEY_HEADING, MARK_HEADING, VERSION_HEADING, columns_of
from steering.exchange.workbook.sheets import records, sheets
from steering.exchange.workbook.writing import TOO_LONG, workbook
from steering.model import Kept, Record, Structure
from steering.model.labels import RECORD_WORDS
from steering.storage.tables import LINKS, OWNER_OF, TYPES
from tests import builders

NASTY = ["=1+1", "+49 9561", "-", "@SUM(A1)", '=HYPERLINK("http://x")', "'quoted", "_x000D_", 'a;b\n"c"']
INTERNAL = {
    "boundary", "calendar_entry", "change", "dataset", "list_mapping", "own_unit", "paper_file", "paper_text",
    "person", "release", "saved_view", "snapshot", "subscription", "told_fact",
}  # fmt: skip


@pytest.fixture(scope="module")
def everything():
    structures = [builders.structure(id=number, name=name) for number, name in enumerate(NASTY, start=1)]
    return builders.portfolio(
        settings={"district_key": "09473", "district_name": "Landkreis Coburg"},
        structures=[*structures, builders.structure(id=90, name="Lang", note="x" * 5_000)],
        organisations=[
            builders.organisation(id=1, name="Caritas"),
            builders.organisation(id=2, name="caritas "),
        ],
        responsibilities=[builders.responsibility(id=1)],
        responsibility_groups=[
            builders.responsibility_group(target_group_id=1),
            builders.responsibility_group(target_group_id=2),
        ],
        target_groups=[
            builders.target_group(id=1, name="Frauen"),
            builders.target_group(id=2, name="Alt; jung"),
        ],
        fields=[builders.task_field()],
        tasks=[builders.task()],
        areas=[builders.area()],
        fundings=[builders.funding(id=1, amount_cents=1_300_050, start="2024-01-01", end="2026-12-31")],
    )


@pytest.fixture(scope="module")
def book(everything):
    return load_workbook(BytesIO(workbook(everything, LINKS, notes=["Stand der Daten: 25.11.2026"])))


def column(sheet, heading):
    """The letter of a column."""
    return next(cell.column_letter for cell in sheet[1] if cell.value == heading)


def test_every_record_type_is_in_it_but_what_the_program_keeps_for_itself(everything):
    kinds = {record.__tablename__ for record in records(everything, LINKS)}
    assert kinds == set(everything.frames) - set(OWNER_OF)
    assert set(TYPES) - kinds - set(OWNER_OF) == INTERNAL


@pytest.mark.parametrize("record", [TYPES[name] for name in sorted(set(TYPES) - INTERNAL - set(OWNER_OF))])
def test_every_record_that_goes_out_speaks_german(record):
    columns = columns_of(record, LINKS)
    assert record.__tablename__ in RECORD_WORDS
    assert [each.field for each in columns if each.heading == each.field] == []
    assert len({each.heading for each in columns}) == len(columns)
    assert {each.field for each in columns} == set(record.model_fields) | {
        link.field for link in LINKS.get(record, ())
    }
    assert (columns[-1].heading == MARK_HEADING) == issubclass(record, Kept)


def test_it_opens_with_explanations_and_hides_the_lists(book):
    assert book.sheetnames[0] == ABOUT
    assert book.sheetnames[1:4] == ["Struktur", "Förderung", "Zuständigkeit"]
    assert book[LISTS].sheet_state == "hidden"
    said = [[cell.value for cell in row] for row in book[ABOUT].iter_rows()]
    assert said[0][0] == "Arbeitsmappe Landkreis Coburg"
    assert ["Struktur", "Art", "eines von: Stelle, Einrichtung, Projekt, Angebot, Netzwerk/Gremium, "
            "Ehrenamt, Unterkunft (Pflicht)"] in said  # fmt: skip
    assert ["Förderung", "1 Eintrag", None] in said


def test_keys_and_versions_are_locked_and_nothing_else(book):
    sheet = book["Struktur"]
    locked = {head.value for head in sheet[1] if sheet.cell(2, head.column).protection.locked}
    assert sheet.protection.sheet
    assert not sheet.protection.password
    assert locked == {KEY_HEADING, VERSION_HEADING}
    assert not sheet.column_dimensions[column(sheet, "Name")].protection.locked
    assert sheet.column_dimensions["A"].protection.locked


def test_headings_stand_on_every_printed_sheet_and_libreoffice_opens_it_soon(book):
    for page in book.worksheets:
        if page.title not in {"Erläuterungen", "Listen"}:
            assert page.print_title_rows == "$1:$1"
        # Each sheet that repeats columns costs LibreOffice a third of a second.
        assert not page.print_title_cols


def test_text_stays_text_whatever_it_begins_with(book):
    sheet = book["Struktur"]
    cells = [sheet[f"{column(sheet, 'Name')}{row}"] for row in range(2, 2 + len(NASTY))]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in cells if cell.quotePrefix] == [
        name for name in NASTY if name.startswith(FORMULA)
    ]


def test_no_cell_of_any_sheet_is_a_formula(book):
    assert [
        cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
    ] == []


def test_closed_lists_and_names_are_drop_downs(book):
    sheet, lists = book["Struktur"], book[LISTS]
    rules = {str(rule.sqref).split(":")[0]: rule for rule in sheet.data_validations.dataValidation}
    kind, carrier = rules[f"{column(sheet, 'Art')}2"], rules[f"{column(sheet, 'Träger')}2"]
    assert (kind.errorStyle, carrier.errorStyle) == ("stop", "warning")

    def entries(rule):
        return [cell.value for (cell,) in lists[rule.formula1.split("!")[1].replace("$", "")]]

    assert entries(kind)[:2] == ["Stelle", "Einrichtung"]
    assert entries(carrier) == ["Caritas [1]", "caritas  [2]"]


def test_references_are_names_and_lists_stand_in_one_cell(book):
    sheet = book["Zuständigkeit"]
    assert sheet[f"{column(sheet, 'Struktur')}2"].value == NASTY[0]
    assert sheet[f"{column(sheet, 'Zielgruppen')}2"].value == 'Frauen; "Alt; jung"'


def test_money_is_in_euros_and_days_are_days(book):
    sheet = book["Förderung"]
    assert sheet[f"{column(sheet, 'Betrag (EUR)')}2"].value == 13_000.50
    end = sheet[f"{column(sheet, 'Ende')}2"]
    assert f"{end.value:%d.%m.%Y}" == "31.12.2026"
    assert end.number_format == "DD.MM.YYYY"


def test_a_text_too_long_for_a_cell_is_replaced_by_a_sentence(everything, monkeypatch):
    monkeypatch.setattr("steering.exchange.workbook.writing.LONGEST", 4_000)
    sheet = load_workbook(BytesIO(workbook(everything, LINKS)))["Struktur"]
    assert sheet[f"{column(sheet, 'Anmerkung')}{1 + len(NASTY) + 1}"].value == TOO_LONG


def test_a_record_that_nobody_has_written_a_line_for_comes_out_too(everything):
    made = {sheet.record: sheet for sheet in sheets(everything, LINKS)}
    assert len(made) == len(records(everything, LINKS))
    assert len(made[Structure].rows) == len(NASTY) + 1
    assert all(issubclass(record, Record) for record in made)
