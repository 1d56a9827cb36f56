"""Where people live: written, refused where it cannot be, put away, told in the Verlauf, as a sheet."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from sqlalchemy import Engine

from steering.analysis.discretion import for_everyone
from steering.exchange.import_kinds import KINDS, Options
from steering.exchange.incoming_files import IncomingFile
from steering.exchange.workbook.writing import workbook
from steering.model import Housing, Provenance
from steering.storage import archiving, examples, reading
from steering.storage.history import searching
from steering.storage.history.undoing import undo
from steering.storage.imports import importing
from steering.storage.problems import Invalid, UndoBlocked
from steering.storage.tables import LINKS
from steering.storage.writing import Edit, write
from tests.storage.conftest import AHORN, FOREST, NEUSTADT, WHO
from tests.stored import batch_of

ON = date(2026, 9, 30)
ONE = {"ags": AHORN, "kind": "decentral", "reference_date": ON, "persons": 34, "places": 40}


@pytest.fixture
def housed(engine: Engine) -> Engine:
    write(engine, [Edit(Housing, ONE)], **WHO)
    return engine


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        (ONE, r"Am 30.09.2026 hat »Ahorn« \(dezentral\) schon einen Wert"),
        (ONE | {"ags": FOREST}, "unbewohnt"),
        (ONE | {"ags": "09473999"}, "gibt es nicht"),
        (ONE | {"kind": "shared", "persons": -1}, "0"),
        (ONE | {"kind": "shared", "persons": None, "places": None}, "Weder Personen noch Plätze"),
    ],
)
def test_what_cannot_be_is_refused(housed: Engine, values, reason) -> None:
    with pytest.raises(Invalid, match=reason):
        write(housed, [Edit(Housing, values)], **WHO)


def test_it_is_told_in_the_history_and_put_away_and_its_day_is_free_again(housed: Engine) -> None:
    found = searching.find(housed, searching.Sought())
    assert found.writes[0].steps[0].title == "Unterbringung in Ahorn, dezentral (30.09.2026)"
    archived = archiving.archive(housed, Housing, 1, 1, **WHO)
    assert reading.portfolio(housed).housing.empty
    again = write(housed, [Edit(Housing, ONE | {"persons": 50})], **WHO)
    with pytest.raises(UndoBlocked, match="schon einen Wert"):
        undo(housed, batch_of(archived), **WHO)
    undo(housed, batch_of(again), **WHO)
    undo(housed, batch_of(archived), **WHO)
    assert list(reading.portfolio(housed).housing["persons"]) == [34]


def test_an_example_is_counted_and_removed_with_the_others(housed: Engine) -> None:
    made_up = ONE | {"ags": NEUSTADT, "provenance": Provenance.EXAMPLE}
    write(housed, [Edit(Housing, made_up)], **WHO)
    assert examples.counts(housed)["housing"] == 1
    examples.remove(housed, **WHO)
    assert list(reading.portfolio(housed).housing["ags"]) == [AHORN]


def test_a_whole_table_comes_in_with_the_workbook(housed: Engine) -> None:
    known = reading.portfolio(housed)
    name = known.municipalities.set_index("ags")["name"][NEUSTADT]
    book = openpyxl.load_workbook(BytesIO(workbook(known, LINKS)))
    sheet = book["Unterbringung"]
    row = {
        "Gemeinde": name, "Art der Unterkunft": "Gemeinschaftsunterkunft", "Stand": ON, "Personen": 70,
        "Plätze": 65, "Quelle": "Regierung",
    }  # fmt: skip
    sheet.append([row.get(cell.value) for cell in next(sheet.iter_rows())])
    out = BytesIO()
    book.save(out)
    file = IncomingFile("mappe.xlsx", out.getvalue())
    found = KINDS["workbook"].read(file, known, Options(lists=LINKS, today=ON))
    proposal = importing.propose(housed, known, found)
    importing.take_over(housed, proposal, **WHO)
    assert sorted(reading.portfolio(housed).housing["persons"]) == [34, 70]


def test_the_workbook_for_everyone_has_no_small_count(housed: Engine) -> None:
    write(housed, [Edit(Housing, ONE | {"ags": NEUSTADT, "persons": 2, "note": "2 Brüder"})], **WHO)
    book = openpyxl.load_workbook(BytesIO(workbook(for_everyone(reading.portfolio(housed)), LINKS)))
    cells = [cell.value for row in book["Unterbringung"].iter_rows() for cell in row]
    assert "(unter 3; hier nicht änderbar)" in cells
    assert "2 Brüder" not in cells
    assert 34 in cells
