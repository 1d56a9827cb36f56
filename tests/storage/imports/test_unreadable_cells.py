"""A cell that cannot be read is never empty: what is recorded stays, in workbook, answer and list alike."""

from functools import cache
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from steering.analysis.incoming import RowOutcome
from steering.exchange.import_reports import refused_workbook
from steering.exchange.incoming_files import received
from steering.exchange.lists import lists
from steering.exchange.workbook.reading import read_workbook
from steering.exchange.workbook.writing import workbook
from steering.model import Funding
from steering.storage import reading
from steering.storage.imports import importing
from steering.storage.tables import LINKS
from tests.exchange.confirmation.filling import at, filled
from tests.storage.conftest import NOW, OTHER_CARRYING, WHO, without_versions
from tests.storage.test_confirmation import file, propose, stored

__all__ = ["file"]

UNREADABLE = st.sampled_from(["#REF!", "#N/A", "#VALUE!", "#NV", "=1+1", "#####"])
SHEETS = ("Struktur", "Förderung", "Zuständigkeit", "Träger")
QUICK = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def with_cell(content, sheet, row, heading, value):
    book = load_workbook(BytesIO(content))
    at(book[sheet], row, heading).value = value
    made = BytesIO()
    book.save(made)
    return made.getvalue()


@cache
def headings(content, sheet, left_out=()):
    return [cell.value for cell in load_workbook(BytesIO(content))[sheet][1] if cell.value not in left_out]


@pytest.fixture
def mappe(engine):
    """The workbook of the data, and the data."""
    portfolio = reading.portfolio(engine)
    return workbook(portfolio, LINKS), portfolio


@QUICK
@given(data=st.data())
def test_in_the_workbook_whatever_the_column(engine, mappe, data):
    content, portfolio = mappe
    sheet = data.draw(st.sampled_from(SHEETS))
    heading = data.draw(st.sampled_from(headings(content, sheet, ("Version",))))
    content = with_cell(content, sheet, 2, heading, data.draw(UNREADABLE))
    found = read_workbook(received("mappe.xlsx", content), portfolio, LINKS, NOW.date())
    proposal = importing.propose(engine, portfolio, found)
    refused = [proposal.rows[number].row.place for number in proposal.numbers(RowOutcome.REFUSED)]
    assert [(place.sheet, place.row) for place in refused] == [(sheet, 2)]
    assert proposal.takeable() == []


@QUICK
@given(data=st.data())
def test_in_an_answer_whatever_was_chosen(engine, file, data):
    sheet = data.draw(st.sampled_from(["Strukturen", "Förderungen", "Zuständigkeiten"]))
    heading = data.draw(st.sampled_from(headings(file, sheet)))
    reply = data.draw(st.sampled_from(["ja", "nein, geändert", None]))
    changed = filled(file, (sheet, 2, heading, data.draw(UNREADABLE)), reply=reply)
    proposal = propose(engine, changed)
    assert [(each.place.sheet, each.place.row) for each in proposal.refusals()] == [(sheet, 2)]
    assert not any(row.differences for row in proposal.rows if row.outcome == RowOutcome.REFUSED)


def test_amount_and_end_stay_where_yes_was_chosen(engine, file):
    before = stored(engine, Funding, OTHER_CARRYING)
    content = filled(file, ("Förderungen", 2, "Ende", "#VALUE!"), reply="ja")
    importing.take_over(engine, propose(engine, content), **WHO)
    after = stored(engine, Funding, OTHER_CARRYING)
    assert after == before


def test_refused_rows_of_the_workbook_come_back_per_sheet_and_are_read_in_again(engine):
    portfolio = reading.portfolio(engine)
    content = with_cell(workbook(portfolio, LINKS), "Struktur", 2, "Plätze", "#REF!")
    content = with_cell(content, "Förderung", 2, "Betrag (EUR)", "viel")

    def proposed(sheets, name):
        found = read_workbook(received(name, sheets), portfolio, LINKS, NOW.date())
        return importing.propose(engine, portfolio, found)

    back = refused_workbook(proposed(content, "mappe.xlsx"))
    assert sorted(load_workbook(BytesIO(back)).sheetnames) == ["Förderung", "Struktur"]
    again = proposed(back, "abgewiesen.xlsx")
    assert len(again.numbers(RowOutcome.REFUSED)) == len(again.rows) == 2
    mended = with_cell(back, "Struktur", 2, "Plätze", 12)
    mended = with_cell(mended, "Förderung", 2, "Betrag (EUR)", "1.234,50")
    proposal = proposed(mended, "berichtigt.xlsx")
    changes = {(each.field, each.new) for row in proposal.rows for each in row.differences}
    assert changes == {("places", 12), ("amount_cents", 123_450)}
    importing.take_over(engine, proposal, **WHO)


LIST = """Träger;Projekt;Gemeinde;Beginn;Ende;Programm;Betrag;Aktenzeichen
Verein A;Treff A;Ahorn;01.01.2025;31.12.2027;FP;1.000,00;1
Verein A;Treff A;Ahorn;01.01.2025;31.12.2027;FP;2.500,00;2
Verein A;Treff A;Ahorn;01.01.2025;31.12.2027;FP;2.500,00;3
Verein A;Treff A;Ahorn;01.01.2025;31.12.2027;FQ;400,00;4
Verein B;Treff B;Ahorn;;;;;5
"""


def listed(engine, content):
    portfolio = reading.portfolio(engine)
    return importing.propose(
        engine, portfolio, lists.read(received("liste.csv", content.encode()), portfolio)
    )


def test_a_list_read_twice_changes_nothing_the_second_time(engine):
    importing.take_over(engine, listed(engine, LIST), **WHO)
    before = without_versions(reading.portfolio(engine))
    fundings = reading.portfolio(engine).fundings
    amounts = fundings.loc[fundings["name"].isin(["FP", "FQ"]), "amount_cents"]
    assert sorted(amounts) == [400_00, 1_000_00, 2_500_00, 2_500_00]
    again = listed(engine, LIST)
    assert {row.outcome for row in again.rows} == {RowOutcome.UNCHANGED}
    assert again.takeable() == []
    assert without_versions(reading.portfolio(engine)) == before


def test_names_that_begin_alike_for_200_letters_are_known_again(engine):
    long = "Treff " * 40
    content = f"Träger;Projekt;Gemeinde\nVerein A;{long}Nord;Ahorn\nVerein A;{long}Süd;Ahorn\n"
    importing.take_over(engine, listed(engine, content), **WHO)
    assert {row.outcome for row in listed(engine, content).rows} == {RowOutcome.UNCHANGED}


def test_one_amount_changed_in_the_list_changes_that_funding(engine):
    importing.take_over(engine, listed(engine, LIST), **WHO)
    proposal = listed(engine, LIST.replace("1.000,00", "1.200,00"))
    (change,) = (each for row in proposal.rows for each in row.differences)
    assert (change.field, change.old, change.new) == ("amount_cents", 1_000_00, 1_200_00)


def test_two_amounts_changed_at_once_are_asked_about(engine):
    importing.take_over(engine, listed(engine, LIST), **WHO)
    proposal = listed(engine, LIST.replace("1.000,00", "1.200,00").replace("2.500,00;2", "2.600,00;2"))
    assert [proposal.rows[number].row.place.row for number in proposal.numbers(RowOutcome.REFUSED)] == [2, 3]
    assert proposal.takeable() == []


def test_an_error_in_a_list_leaves_what_is_recorded(engine):
    importing.take_over(engine, listed(engine, LIST), **WHO)
    before = without_versions(reading.portfolio(engine))
    proposal = listed(engine, LIST.replace("400,00", "#REF!").replace("31.12.2027;FP;1", "#WERT!;FP;1"))
    assert [proposal.rows[number].row.place.row for number in proposal.numbers(RowOutcome.REFUSED)] == [2, 5]
    assert proposal.takeable() == []
    assert without_versions(reading.portfolio(engine)) == before


GARBLED, MEANT = "FlÃ¼chtlingscafÃ©", "Flüchtlingscafé"


def test_garbled_letters_are_mended_in_the_workbook_and_said(engine):
    portfolio = reading.portfolio(engine)
    content = with_cell(workbook(portfolio, LINKS), "Struktur", 2, "Name", GARBLED)
    found = read_workbook(received("mappe.xlsx", content), portfolio, LINKS, NOW.date())
    _mended(importing.propose(engine, portfolio, found))


def test_garbled_letters_are_mended_in_an_answer_and_said(engine, file):
    content = filled(file, ("Strukturen", 2, "Name", GARBLED), reply="nein, geändert")
    _mended(propose(engine, content))


def _mended(proposal):
    (row,) = [row for row in proposal.rows if any(each.field == "name" for each in row.differences)]
    assert [each.new for each in row.differences if each.field == "name"] == [MEANT]
    assert any(f"»{GARBLED}« als »{MEANT}« gelesen" in note for note in row.row.notes)
