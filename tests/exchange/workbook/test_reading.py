"""The workbook and the CSV zip read back: unchanged where nobody has changed anything."""

from __future__ import annotations

import contextlib
import csv
import io
import zipfile
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from steering.analysis.discretion import for_everyone
from steering.analysis.incoming import RowOutcome, compare
from steering.exchange.incoming_files import FileRefused, received
from steering.exchange.output import notes
from steering.exchange.workbook.cell_reading import members, value_of
from steering.exchange.workbook.columns import columns_of
from steering.exchange.workbook.csv_files import csv_zip
from steering.exchange.workbook.reading import read_workbook
from steering.exchange.workbook.sheets import WITHHELD, joined, sheets
from steering.exchange.workbook.writing import workbook
from steering.model import Funding, Municipality, OnLoss, Structure
from steering.storage.slugs import slug_of
from steering.storage.tables import LINKS
from steering.storage.validation import check, tidy
from tests import builders
from tests.conftest import TODAY

FLAT = {
    record: tuple((link.field, link.record, link.owner, link.member) for link in links)
    for record, links in LINKS.items()
}
# What the records' own rules let through, among it what spreadsheets, XML and CSV trip over.
TEXTS = st.one_of(
    st.sampled_from(
        ["=1+1", "+49", "-", "@x", "'=1", "''", "_x000D_", "_x005F_x000D_", "a\nb", 'x";y', "1.5", "0123",
         "ja", "31.12.2026", "\u2028", "\u00a0", "#N/A", "TRUE", "<b>&amp;", "😀", "e\u0301", "a\tb", "x [2]"]
    ),
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=12),
)  # fmt: skip
NOTES = TEXTS.map(str.strip)
NAMES = TEXTS.map(lambda text: "".join(text.split("\n")).replace("<", "(").replace(">", ")").strip() or "x")
DAYS = st.none() | st.dates(date(1900, 1, 1), date(2100, 12, 31))


def read(content, portfolio, name="mappe.xlsx"):
    return read_workbook(received(name, content), portfolio, LINKS, TODAY)


def proposal(content, portfolio, name="mappe.xlsx"):
    def judged(record, values):
        if "slug" in record.model_fields and not values.get("slug"):
            values = values | {"slug": slug_of(values["name"])}
        return check(record, tidy(record, values))

    return compare(read(content, portfolio, name), portfolio, judged, lists=FLAT)


@st.composite
def portfolios(draw):
    """A few records that point to each other, some of the same name."""
    names = [draw(NAMES) for _ in range(4)]
    carriers = [builders.organisation(id=n, slug=f"o{n}", name=names[n % 2]) for n in (1, 2)]
    groups = [builders.target_group(id=n, slug=f"g{n}", name=draw(NAMES)) for n in (1, 2, 3)]
    end = draw(DAYS)
    structures = [
        builders.structure(
            id=n,
            name=draw(st.sampled_from(names)),
            organisation_id=draw(st.sampled_from([1, 2])),
            note=draw(NOTES),
            valid_until=end,
            fte=draw(st.none() | st.floats(0, 999)),
            places=draw(st.none() | st.integers(0, 1_000_000)),
            on_loss=draw(st.sampled_from(list(OnLoss))),
        )
        for n in (1, 2)
    ]
    fundings = [
        builders.funding(
            id=n,
            structure_id=1,
            name=draw(st.sampled_from(names)),
            amount_cents=draw(st.none() | st.integers(0, 10**13)),
            early_start=draw(st.booleans()),
            amount_note=draw(NOTES),
        )
        for n in (1, 2)
    ]
    reached = draw(st.sets(st.sampled_from([1, 2, 3]), min_size=1))
    return builders.portfolio(
        settings={"district_key": "09473"},
        organisations=carriers,
        target_groups=groups,
        structures=structures,
        fundings=fundings,
        fields=[builders.task_field()],
        tasks=[builders.task(name=draw(NAMES))],
        areas=[builders.area()],
        municipalities=[builders.municipality(latitude=draw(st.floats(47, 55)))],
        area_municipalities=[builders.area_municipality()],
        responsibilities=[builders.responsibility(id=1)],
        responsibility_groups=[builders.responsibility_group(target_group_id=n) for n in sorted(reached)],
    )


@pytest.mark.parametrize("make", [workbook, csv_zip])
@given(portfolio=portfolios())
@settings(max_examples=40)
def test_what_goes_out_and_comes_back_changes_nothing(make, portfolio):
    found = proposal(make(portfolio, LINKS), portfolio)
    assert list(found.refusals()) == []
    assert [row.differences for row in found.rows if row.outcome != RowOutcome.UNCHANGED] == []
    assert len(found.rows) == sum(len(sheet.rows) for sheet in sheets(portfolio, LINKS))


@given(names=st.lists(NAMES, unique=True, max_size=4))
def test_a_list_in_one_cell_is_read_as_it_was_joined(names):
    assert members(joined(names)) == names


@pytest.fixture
def small():
    return builders.portfolio(
        settings={"district_key": "09473"},
        organisations=[builders.organisation(id=1, name="Caritas"), builders.organisation(id=2, name="AWO")],
        structures=[
            builders.structure(id=1, name="Lotsen", fte=1.5),
            builders.structure(id=2, name="Beratung"),
        ],
        fundings=[builders.funding(id=1, structure_id=1, end="2026-12-31")],
        municipalities=[builders.municipality(name="Ahorn")],
    )


@pytest.fixture
def edited(small):
    """`edited(change)` is the proposal after `change(book)` was done to the exported workbook."""

    def after(change):
        book = load_workbook(BytesIO(workbook(small, LINKS)))
        change(book)
        file = BytesIO()
        book.save(file)
        return proposal(file.getvalue(), small)

    return after


def cell(sheet, heading, row=2):
    return sheet.cell(row, next(head.column for head in sheet[1] if head.value == heading))


def set_cell(sheet, heading, value, row=2):
    cell(sheet, heading, row).value = value


def rows(found, *outcomes):
    return [judged for judged in found.rows if judged.outcome in outcomes]


def test_an_edit_is_a_change_of_that_field_only(edited):
    found = edited(lambda book: set_cell(book["Struktur"], "Plätze", 12))
    (changed,) = rows(found, RowOutcome.CHANGED)
    assert [(each.field, each.old, each.new) for each in changed.differences] == [("places", None, 12)]
    assert changed.row.place.words == "mappe.xlsx, Blatt »Struktur«, Zeile 2"
    assert changed.row.title == "Struktur: Lotsen"


def test_a_row_without_number_is_new_and_others_of_the_file_may_name_it(edited):
    def change(book):
        book["Struktur"].append([None, None, "Café International", "Projekt", "Neuer Träger"])
        book["Träger"].append([None, None, None, "Neuer Träger", None, "Freie Träger/Kirchen"])

    found = edited(change)
    assert [judged.row.title for judged in rows(found, RowOutcome.NEW)] == [
        "Träger: Neuer Träger",
        "Struktur: Café International",
    ]


def test_two_new_records_of_one_name_are_two(edited):
    def change(book):
        for structure in ("Lotsen", "Beratung"):
            book["Förderung"].append([None, None, structure, None, "BIR"])

    found = edited(change)
    keys = {judged.wanted[0].key for judged in rows(found, RowOutcome.NEW)}
    assert len(keys) == 2


def test_what_is_wrong_is_refused_with_row_column_value_and_remedy(edited):
    def change(book):
        set_cell(book["Struktur"], "Art", "Stele")
        set_cell(book["Struktur"], "Träger", "Carits", row=3)
        set_cell(book["Förderung"], "Ende", "Silvester")

    found = edited(change)
    said = {(each.place.sheet, each.place.row, each.column, each.value) for each in found.refusals()}
    assert said == {
        ("Struktur", 2, "Art", "Stele"),
        ("Struktur", 3, "Träger", "Carits"),
        ("Förderung", 2, "Ende", "Silvester"),
    }
    assert any("Gemeint sein könnte »Caritas«" in each.reason for each in found.refusals())


def test_a_year_in_a_cell_for_days_is_no_day_of_1905(edited):
    def change(book):
        set_cell(book["Förderung"], "Ende", 2027)
        set_cell(book["Struktur"], "gültig ab", date(1905, 7, 19))
        set_cell(book["Struktur"], "gültig ab", "19.07.1905", row=3)

    found = edited(change)
    assert [(each.place.sheet, each.column, each.reason) for each in found.refusals()] == [
        (sheet, column, "Hier steht die Zahl 2027, die Excel als 19.07.1905 versteht. Bitte den ganzen Tag "
         "eintragen, z. B. 31.12.2027.")
        for sheet, column in (("Struktur", "gültig ab"), ("Förderung", "Ende"))
    ]  # fmt: skip
    (changed,) = rows(found, RowOutcome.CHANGED)
    assert changed.wanted[0].values == {"valid_from": date(1905, 7, 19)}


def test_a_copied_row_that_kept_its_number_is_refused(edited):
    def change(book):
        sheet = book["Struktur"]
        sheet.append([head.value for head in sheet[2]])

    (refusal,) = edited(change).refusals()
    assert "steht schon in Zeile 2" in refusal.reason


def test_a_missing_row_is_no_deletion_and_a_marked_one_is(edited):
    def change(book):
        book["Struktur"].delete_rows(3)
        set_cell(book["Struktur"], "löschen/archivieren", "ja")

    found = edited(change)
    (changed,) = rows(found, RowOutcome.CHANGED)
    assert [(each.key, each.field, each.new) for each in changed.differences] == [(1, "archived_on", TODAY)]
    assert len(found.rows) == len(edited(lambda book: None).rows) - 1


def test_columns_may_be_missing_moved_or_added_and_sheets_too(edited):
    def change(book):
        sheet = book["Struktur"]
        sheet.delete_cols(cell(sheet, "VZÄ").column)
        sheet.move_range("C1:C3", cols=40)
        sheet.insert_rows(1)
        sheet["A1"] = "Bitte bis Freitag"
        sheet["AZ2"] = "Meine Spalte"
        book.create_sheet("Notizen")["A1"] = "x"

    found = edited(change)
    assert {judged.outcome for judged in found.rows} == {RowOutcome.UNCHANGED}
    assert "Blatt »Struktur«: Nicht gelesen wurde »Meine Spalte«." in found.notes
    assert any("»Notizen«" in note for note in found.notes)


def test_an_emptied_cell_empties_the_field(edited):
    found = edited(lambda book: set_cell(book["Struktur"], "VZÄ", None))
    (changed,) = rows(found, RowOutcome.CHANGED)
    assert [(each.field, each.old, each.new) for each in changed.differences] == [("fte", 1.5, None)]


def test_without_a_version_nothing_is_changed(edited):
    def change(book):
        set_cell(book["Struktur"], "Version", None)
        set_cell(book["Struktur"], "Plätze", 3)
        set_cell(book["Struktur"], "Version", None, row=3)

    found = edited(change)
    (refusal,) = found.refusals()
    assert (refusal.place.row, refusal.column) == (2, "Version")


def test_a_renamed_carrier_is_still_meant_by_its_name_at_the_export(small):
    content = workbook(small, LINKS)
    renamed = builders.portfolio(
        settings={"district_key": "09473"},
        organisations=[
            builders.organisation(id=1, name="Caritas Coburg"), builders.organisation(id=2, name="AWO")
        ],
        structures=[small.structures.iloc[0].to_dict()],
    )  # fmt: skip
    found = proposal(content, renamed)
    assert [each.row.place.sheet for each in found.rows if each.differences] == ["Träger"]
    assert [each for each in found.refusals() if each.column == "Träger"] == []


FOR_ADMINISTRATION = builders.portfolio(
    municipalities=[builders.municipality(ags="09473112")],
    indicators=[builders.indicator(id=1, unit="Kinder")],
    observations=[
        builders.observation(id=1, ags="09473112", value=1.0),
        builders.observation(id=2, ags="09473112", reference_date="2024-12-31", value=7.0),
    ],
    housing=[
        builders.housing(id=1, ags="09473112", persons=1, places=4, note="Frau A."),
        builders.housing(id=2, ags="09473112", reference_date="2024-12-31", persons=9, places=12),
    ],
    meetings=[builders.meeting(id=1)],
    agenda_items=[
        builders.agenda_item(id=1, meeting_id=1, name="Vertrauliches", internal=True, announced=True),
        builders.agenda_item(id=2, meeting_id=1, name="Offenes"),
    ],
    outcomes=[builders.outcome(id=1, agenda_item_id=2, internal_note="streng vertraulich")],
)


@pytest.mark.parametrize(("made", "name"), [(workbook, "mappe.xlsx"), (csv_zip, "tabellen.zip")])
def test_a_file_for_everyone_read_back_by_the_administration_proposes_nothing(made, name):
    content = made(for_everyone(FOR_ADMINISTRATION), LINKS)
    found = proposal(content, FOR_ADMINISTRATION, name)
    assert [each.differences for each in found.rows if each.outcome != RowOutcome.UNCHANGED] == []
    assert len(found.rows) >= 7


def test_a_file_for_everyone_says_where_a_count_was_taken_out_and_keeps_the_others():
    everyone = for_everyone(FOR_ADMINISTRATION)

    def cells(title, field):
        (sheet,) = (each for each in sheets(everyone, LINKS) if each.title == title)
        at = [each.field for each in sheet.columns].index(field)
        return [row[at] for row in sheet.rows]

    assert cells("Messwert", "value") == [WITHHELD, 7.0]
    assert cells("Unterbringung", "persons") == [WITHHELD, 9]
    assert "unter 3" in WITHHELD
    assert any("für alle bestimmt" in each for each in notes(everyone, builders.view()))
    assert not any("für alle bestimmt" in each for each in notes(FOR_ADMINISTRATION, builders.view()))


def test_a_workbook_of_another_kreis_is_refused_and_one_of_another_database_noted(small):
    content = workbook(small, LINKS)
    other = builders.portfolio(settings={"district_key": "09471"})
    with pytest.raises(FileRefused, match="gehört zum Kreis 09473, diese Datenbank zu 09471"):
        read(content, other)
    restored = builders.portfolio(settings={"district_key": "09473"}, dataset_id="other")
    found = read(content, restored)
    (note,) = found.notes
    assert "aus einer anderen Datenbank" in note
    assert "unter »Sicherung« eine Sicherung von dort" in note
    reasons = {row.place.sheet: said.reason for row in found.rows for said in row.refusals}
    assert "In dieser Datenbank nicht erfasst" in reasons["Struktur"]
    assert "die grauen Zellen leeren" in reasons["Struktur"]
    assert "leeren" not in reasons["Gemeinde"], "those come from the official register"


def test_a_row_whose_record_is_gone_from_its_own_database_is_left_out(small):
    emptied = builders.portfolio(settings=small.settings.to_dict(), dataset_id=small.dataset_id)
    reasons = {said.reason for row in read(workbook(small, LINKS), emptied).rows for said in row.refusals}
    assert reasons == {"Diesen Eintrag gibt es nicht (mehr). Bitte die Zeile weglassen."}


def test_a_file_that_is_no_workbook_of_ours_is_refused(small):
    book = Workbook()
    book.active["A1"] = "Name"
    file = BytesIO()
    book.save(file)
    with pytest.raises(FileRefused, match="enthält keines der Blätter"):
        read(file.getvalue(), small)


def test_a_csv_that_excel_has_saved_again_is_read(small):
    with zipfile.ZipFile(BytesIO(csv_zip(small, LINKS))) as packed:
        table = list(csv.reader(io.StringIO(packed.read("Struktur.csv").decode("utf-8-sig")), delimiter=";"))
    table[1][table[0].index("Plätze")] = "1.200"
    text = "\r\n".join(";".join(row) for row in table)
    found = proposal(text.encode("cp1252"), small, name="Struktur.csv")
    assert [[(each.field, each.new) for each in judged.differences] for judged in found.rows] == [
        [("places", 1_200)], []
    ]  # fmt: skip


def column(record, field):
    return next(each for each in columns_of(record, LINKS) if each.field == field)


@pytest.mark.parametrize(
    ("record", "field", "given", "meant"),
    [
        (Funding, "end", 46387.0, date(2026, 12, 31)),
        (Funding, "end", "31.12.2026 00:00", date(2026, 12, 31)),
        (Funding, "end", datetime(2026, 12, 31, tzinfo=UTC), date(2026, 12, 31)),
        (Funding, "end", " 2026-12-31 ", date(2026, 12, 31)),
        (Funding, "amount_cents", "13.000,50 €", 1_300_050),
        (Funding, "amount_cents", "13000.50", 1_300_050),
        (Funding, "amount_cents", 0.29, 29),
        (Funding, "early_start", True, True),
        (Funding, "early_start", "Nein", False),
        (Structure, "places", 12.0, 12),
        (Structure, "places", "1.200", 1_200),
        (Structure, "fte", "1,5", 1.5),
        (Structure, "seat_longitude", "-1.25", -1.25),
        (Structure, "kind", "stelle ", "post"),
        (Structure, "seat_ags", 9473112.0, "09473112"),
        (Structure, "note", 5.0, "5"),
        (Municipality, "postcode", 1067.0, "01067"),
        (Municipality, "latitude", "50,25", 50.25),
    ],
)
def test_cells_mean_what_they_meant_before_a_spreadsheet_touched_them(record, field, given, meant):
    assert value_of(column(record, field), given) == meant


@pytest.mark.parametrize(
    ("record", "field", "given"),
    [
        (Funding, "end", "32.01.2026"),
        (Funding, "end", 1e9),
        (Funding, "amount_cents", "viel"),
        (Structure, "places", 1.5),
        (Structure, "fte", date(2026, 5, 1)),
        (Structure, "kind", "Stele"),
        (Funding, "early_start", "vielleicht"),
    ],
)
def test_what_cannot_be_meant_is_said_in_german(record, field, given):
    with pytest.raises(ValueError, match=r"(Bitte|Möglich sind)"):
        value_of(column(record, field), given)


@given(content=st.data())
@settings(max_examples=60)
def test_a_damaged_file_is_refused_in_words(content):
    portfolio = builders.portfolio(structures=[builders.structure(id=1)])
    good = bytearray(content.draw(st.sampled_from([GOOD_BOOK, GOOD_ZIP])))
    if content.draw(st.booleans()):
        good = good[: content.draw(st.integers(5, len(good) - 1))]
    for _ in range(content.draw(st.integers(1, 8))):
        good[content.draw(st.integers(0, len(good) - 1))] = content.draw(st.integers(0, 255))
    found = None
    with contextlib.suppress(FileRefused):
        found = proposal(bytes(good), portfolio)
    assert found is None or len(found.rows) == sum(found.counts.values())


_GOOD = builders.portfolio(structures=[builders.structure(id=1)], fundings=[builders.funding(id=1)])
GOOD_BOOK, GOOD_ZIP = workbook(_GOOD, LINKS), csv_zip(_GOOD, LINKS)
