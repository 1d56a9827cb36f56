"""The workbook's way back into a database: what others saved meanwhile stays, all of it can be undone."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from steering.analysis.incoming import RowOutcome
from steering.exchange.incoming_files import received
from steering.exchange.workbook.reading import read_workbook
from steering.exchange.workbook.writing import workbook
from steering.model import Indicator, Structure
from steering.storage import observing, reading
from steering.storage.history import undoing
from steering.storage.imports import importing
from steering.storage.tables import LINKS
from steering.storage.writing import Edit, write
from tests.storage.conftest import AHORN, LOTSEN, NEUSTADT, NOW, REFUGEES, WHO, without_versions
from tests.stored import batch_of


@pytest.fixture
def returned(engine):
    """`returned(change)` exports now; the function it gives imports the changed workbook later."""

    def export(*changes):
        book = load_workbook(BytesIO(workbook(reading.portfolio(engine), LINKS)))
        for sheet, heading, row, value in changes:
            head = next(cell for cell in book[sheet][1] if cell.value == heading)
            book[sheet].cell(row, head.column).value = value
        file = BytesIO()
        book.save(file)

        def propose():
            now = reading.portfolio(engine)
            found = read_workbook(received("mappe.xlsx", file.getvalue()), now, LINKS, NOW.date())
            return importing.propose(engine, now, found)

        return propose

    return export


def test_changes_are_taken_over_and_undone_as_one(engine, returned):
    before = without_versions(reading.portfolio(engine))
    proposal = returned(("Struktur", "Plätze", 2, 12), ("Struktur", "löschen/archivieren", 3, "ja"))()
    done = importing.take_over(engine, proposal, **WHO)
    structures = reading.portfolio(engine).structures
    assert structures["places"].tolist() == [12]
    undoing.undo(engine, batch_of(done.receipt), **WHO)
    assert without_versions(reading.portfolio(engine)) == before


def test_what_somebody_else_has_saved_since_is_a_conflict_and_not_overwritten(engine, returned):
    propose = returned(("Struktur", "Plätze", 2, 12))
    write(engine, [Edit(Structure, {"fte": 2.0}, id=LOTSEN, version=1)], actor="Fachbereich 22", now=NOW)
    proposal = propose()
    (refusal,) = proposal.refusals()
    assert (refusal.place.row, refusal.column, refusal.value) == (2, "Plätze", "12")
    assert "hat Fachbereich 22 diesen Eintrag am 22.11.2026 geändert (»VZÄ«)" in refusal.reason
    assert proposal.takeable() == []


def test_a_row_nobody_touched_in_the_file_is_unchanged_however_old_it_is(engine, returned):
    propose = returned()
    write(engine, [Edit(Structure, {"fte": 2.0}, id=LOTSEN, version=1)], **WHO)
    assert {row.outcome for row in propose().rows} == {RowOutcome.UNCHANGED}


def test_new_records_that_point_to_each_other_come_in_together(engine, returned):
    proposal = returned(
        ("Struktur", "Name", 4, "Café International"),
        ("Struktur", "Art", 4, "Projekt"),
        ("Struktur", "Träger", 4, "Neuer Träger"),
        ("Träger", "Name", 5, "Neuer Träger"),
        ("Träger", "Ebene", 5, "Freie Träger/Kirchen"),
    )()
    importing.take_over(engine, proposal, **WHO)
    found = reading.portfolio(engine)
    new = found.structures.set_index("name").loc["Café International"]
    assert found.organisations.set_index("id").loc[new["organisation_id"], "name"] == "Neuer Träger"


NEW_ROWS = (
    *(("Förderung", heading, 5, said) for heading, said in (
        ("Struktur", "Integrationslotsen"), ("Name", "Zuschuss"), ("Mittelherkunft", "Eigenmittel"),
        ("tragend oder Kofinanzierung", "Kofinanzierung"), ("Fristart", "fest"), ("Ende", "31.12.2026"),
        ("Betrag (EUR)", 12345), ("Bezug des Betrags", "insgesamt"),
    )),
    *(("Bedarf", heading, 4, said) for heading, said in (
        ("Name", "Neuer Bedarf"), ("Art", "Versorgung"), ("Aufgabe", "Sprache"),
        ("Gebiet", "Landkreis"), ("Menge", 12), ("Einheit", "Plätze"),
    )),
)  # fmt: skip


def test_rows_without_a_number_make_nothing_twice(engine, returned):
    propose = returned(*NEW_ROWS)
    once = propose()
    assert list(once.refusals()) == []
    assert once.counts[RowOutcome.NEW] == 2
    importing.take_over(engine, once, **WHO)
    again = propose()
    assert {row.outcome for row in again.rows} == {RowOutcome.UNCHANGED}


def test_the_values_of_an_indicator_go_out_and_come_back(engine, returned):
    write(engine, [Edit(Indicator, {"name": "Asylsuchende", "target_group_id": REFUGEES})], **WHO)
    observing.observe(engine, 1, NOW.date(), {AHORN: 30.0}, {}, **WHO)
    proposal = returned(
        ("Messwert", "Wert", 2, 31),
        ("Messwert", "Kennzahl", 3, "Asylsuchende"),
        ("Messwert", "Amtlicher Gemeindeschlüssel", 3, "Neustadt"),
        ("Messwert", "Stand", 3, "22.11.2026"),
        ("Messwert", "Wert", 3, 90),
    )()
    assert list(proposal.refusals()) == []
    importing.take_over(engine, proposal, **WHO)
    rows = reading.portfolio(engine).observations
    assert dict(zip(rows["ags"], rows["value"], strict=True)) == {AHORN: 31.0, NEUSTADT: 90.0}
