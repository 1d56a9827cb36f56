"""Sheets written from known records with quirks of every kind: each row is right or named."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.styles import Font

from steering.model import Funding, Structure
from tests.exchange.files import saved
from tests.exchange.lists_read import of, period, read

HEAD = ["Träger", "Projekt", "Gemeinde", "Ende", "Betrag", "Bemerkung"]
PLACES = ("Ahorn", "Meeder", "Lautertal")


@dataclass
class Record:
    carrier: str
    name: str
    place: str
    end: date
    cents: int
    note: str

    def cells(self) -> list[Any]:
        return [self.carrier, self.name, self.place, self.end, self.cents / 100, self.note]

    def texts(self) -> list[str]:
        euros = f"{self.cents / 100:.2f}".replace(".", ",")
        return [self.carrier, self.name, self.place, f"{self.end:%d.%m.%Y}", euros, self.note]


@dataclass
class Sheet:
    """Rows as they are written, and the record of each row; `spoilt`: rows that are not in order."""

    rows: list[list[Any]]
    at: dict[int, Record]
    spoilt: set[int] = field(default_factory=set)


@st.composite
def records(draw: Any) -> list[Record]:
    many = draw(st.integers(1, 5))
    return [
        Record(
            f"Verein {draw(st.sampled_from('ABÄ'))}",
            f"Treff {number} {draw(st.sampled_from(['Süd', 'für alle', 'Haus']))}",
            draw(st.sampled_from(PLACES)),
            draw(st.dates(date(2025, 1, 1), date(2040, 12, 31))),
            draw(st.integers(100, 10**9)),
            draw(st.sampled_from(["", "neu", "siehe Anlage"])),
        )
        for number in range(many)
    ]


def laid_out(found: list[Record], titles: int, *, texts: bool) -> Sheet:
    rows = [["Übersicht der Projekte", "", "", "", "", ""] for _ in range(titles)]
    rows.append(list(HEAD))
    at = {}
    for record in found:
        rows.append(record.texts() if texts else record.cells())
        at[len(rows)] = record
    return Sheet(rows, at)


def right_or_named(sheet: Sheet, found: Any) -> None:
    """Each record stands as it was written, or its row is refused or named."""
    rows = {row.place.row: row for row in found.rows}
    notes = "\n".join(found.notes)
    for number, record in sheet.at.items():
        row = rows.get(number)
        if row is None:
            assert f"Zeile {number} " in notes
            continue
        if row.refusals or row.outside:
            assert number in sheet.spoilt or row.outside, row.refusals
            continue
        assert row.title == record.name
        assert row.cells["Träger"] == record.carrier
        assert period(row)[1] == record.end
        if row.withheld is None and of(row, Funding):
            assert of(row, Funding)["amount_cents"] == record.cents
        else:
            assert "zusammen" in " ".join(row.notes)
    written = {of(row, Structure).get("name") for row in found.rows if not row.refusals}
    assert written <= {record.name for record in sheet.at.values()} | {None}


QUIRKS = ("error", "open quote", "wider", "sum", "second table", "bad byte", "garbled", "twice")


@settings(max_examples=60, deadline=None)
@given(records(), st.integers(0, 3), st.sets(st.sampled_from(QUIRKS)), st.data())
def test_a_text_file_with_quirks_is_right_or_named(known, titles, quirks, data):
    sheet = laid_out(known, titles, texts=True)
    numbers = sorted(sheet.at)
    if "error" in quirks:
        number, column = data.draw(st.sampled_from(numbers)), data.draw(st.integers(0, 4))
        sheet.rows[number - 1][column] = data.draw(st.sampled_from(["#REF!", "#NV", "#####", "Err:508"]))
        sheet.spoilt.add(number)
    if "open quote" in quirks:
        sheet.rows[data.draw(st.sampled_from(numbers)) - 1][5] = '"offen'
    if "wider" in quirks:
        number = data.draw(st.sampled_from(numbers))
        sheet.rows[number - 1].insert(data.draw(st.integers(0, 6)), "zu viel")
        sheet.rows[number - 1][-1] = sheet.rows[number - 1][-1] or "x"
        sheet.spoilt.add(number)
    if "garbled" in quirks:
        number = data.draw(st.sampled_from(numbers))
        garbled = sheet.rows[number - 1][0].encode().decode("cp1252", errors="ignore")
        sheet.rows[number - 1][0] = garbled
    if "twice" in quirks:
        number = data.draw(st.sampled_from(numbers))
        sheet.rows.append(list(sheet.rows[number - 1]))
        sheet.at[len(sheet.rows)] = sheet.at[number]
        sheet.spoilt.add(len(sheet.rows))
    if "second table" in quirks:
        other = Record("Verein Z", "Treff Z", "Ahorn", date(2030, 6, 30), 77_00, "")
        texts = dict(zip(HEAD, other.texts(), strict=True))
        order = ["Projekt", "Träger", "Betrag", "Gemeinde", "Ende"]
        sheet.rows += [[], ["Weitere"], order, [texts[heading] for heading in order]]
        sheet.at[len(sheet.rows)] = other
    if "sum" in quirks:
        sheet.rows.append(["", "Summe", "", "", "9999", ""])
    lines = [";".join(row).encode() for row in sheet.rows]
    if "bad byte" in quirks:
        number = data.draw(st.sampled_from(numbers))
        lines[number - 1] += b"\xfc"
    right_or_named(sheet, read(b"\n".join(lines)))


def test_a_shifted_row_says_nothing_against_the_heading_above_it():
    rows = [
        "Verein A;Treff Süd;Ahorn;#REF!;1,00;",
        "zu viel;Verein A;Treff Nord;Ahorn;31.12.2025;1,00;neu",
    ]
    found = read("\n".join([";".join(HEAD), *rows]))
    assert "»Ende« = Ende" in found.notes[0]
    assert [refusal.value for refusal in found.rows[0].refusals] == ["#REF!"]


@settings(max_examples=40, deadline=None)
@given(records(), st.integers(0, 3), st.data())
def test_a_workbook_with_quirks_is_right_or_named(known, titles, data):
    sheet = laid_out(known, titles, texts=False)
    numbers = sorted(sheet.at)
    first, last = numbers[0], numbers[-1]
    book = Workbook()
    page = book.active
    merge = data.draw(st.sets(st.sampled_from("AE"))) if first < last else set()
    if "A" in merge:
        for number in numbers:
            sheet.at[number].carrier = sheet.at[first].carrier
            sheet.rows[number - 1][0] = sheet.at[first].carrier if number == first else None
    if "E" in merge:
        for number in numbers[1:]:
            sheet.rows[number - 1][4] = None
    if data.draw(st.booleans()):
        number, column = data.draw(st.sampled_from(numbers)), data.draw(st.integers(1, 3))
        sheet.rows[number - 1][column] = data.draw(st.sampled_from(["#REF!", "=1/0", "#N/A"]))
        sheet.spoilt.add(number)
    for row in sheet.rows:
        page.append(row)
    if data.draw(st.booleans()):
        number = data.draw(st.sampled_from(numbers))
        for cell in page[number]:
            cell.font = Font(strike=True)
        sheet.spoilt.add(number)
    if data.draw(st.booleans()):
        page.row_dimensions[data.draw(st.sampled_from(numbers))].hidden = True
    for column in merge:
        page.merge_cells(f"{column}{first}:{column}{last}")
    found = read(saved(book), "liste.xlsx")
    right_or_named(sheet, found)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from("AB"), st.sampled_from(["FP", "FQ"]), st.integers(1, 4), st.sampled_from("12")
        ),
        min_size=1,
        max_size=7,
    )
)  # fmt: skip
def test_every_amount_is_in_the_data_or_among_the_refused(grants):
    head = "Träger;Projekt;Gemeinde;Beginn;Ende;Programm;Betrag;Aktenzeichen"
    rows = [
        f"V {who};Treff {who};Ahorn;01.01.2025;31.12.2027;{what};{much}00,00;{ref}"
        for who, what, much, ref in grants
    ]
    found = read("\n".join([head, *rows]))
    written: dict[Any, int] = {}
    for row in found.rows:
        for record in row.records:
            if record.record is Funding:
                written[record.key] = record.values["amount_cents"]
    refused = sum(row.amount for row in found.rows if row.refusals)
    assert sum(written.values()) + refused == sum(100_00 * much for _, _, much, _ in grants)
    assert sum(written.values()) == sum(100_00 * much for _, _, much, _ in set(grants))
