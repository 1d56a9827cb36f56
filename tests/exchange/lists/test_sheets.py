"""Sheets in every state they come in: what is written is what they say, or the row is named."""

from __future__ import annotations

import io
import time
import zipfile
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font

from steering.analysis.incoming.lists.meanings import Meaning
from steering.exchange.import_reports import refused_workbook
from steering.exchange.incoming_files import FileRefused
from steering.model import Funding, Structure
from tests.exchange.files import workbook, workbook_of
from tests.exchange.lists_read import cents, csv, of, period, periods, read

HEAD = ["Träger", "Projekt", "Gemeinde", "Ende", "Betrag"]
A = ["Verein A", "Treff A", "Ahorn", "31.12.2027", "1.000,00"]
B = ["Verein B", "Treff B", "Meeder", "31.12.2026", "2.500,00"]
C = ["Verein C", "Treff C", "Lautertal", "30.06.2027", "400,00"]


def names(found: Any) -> list[str]:
    return [row.title for row in found.rows if not row.refusals]


def refused(found: Any) -> dict[int, str]:
    return {row.place.row: row.refusals[0].reason for row in found.rows if row.refusals}


def noted(found: Any) -> str:
    return "\n".join([*found.notes, *(note for row in found.rows for note in row.notes)])


def packed_anew(content: bytes, renamed) -> bytes:
    """A workbook whose parts have other names."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(*renamed(name, old.read(name)))
    return made.getvalue()


# States of a cell


@pytest.mark.parametrize(
    "said", ["#REF!", "#NV", "#WERT!", "#DIV/0!", "Err:502", "####", "=1+1", "Gr\ufffdße"]
)
@pytest.mark.parametrize("column", range(5))
def test_a_cell_that_cannot_be_read_refuses_its_row_and_is_named(said, column):
    row = [*A[:column], said, *A[column + 1 :]]
    found = read(workbook([HEAD, row, B]))
    assert names(found) == ["Treff B"]
    (first, *_) = found.rows[0].refusals
    assert (first.place.row, first.column) == (2, HEAD[column])


def test_all_unreadable_cells_of_a_row_are_named_and_stay_unreadable_in_the_file_given_back():
    from steering.analysis.incoming import JudgedRow, Proposal, RowOutcome

    row = ["Verein A", "Treff A", "#N/A", "#VALUE!", "#REF!"]
    found = read(workbook([HEAD, row]))
    assert [each.column for each in found.rows[0].refusals] == ["Gemeinde", "Ende", "Betrag"]
    judged = [JudgedRow(each, RowOutcome.REFUSED, refusals=each.refusals) for each in found.rows]
    again = read(refused_workbook(Proposal("", 0, tuple(judged))), "abgewiesen.xlsx")
    assert [each.column for each in again.rows[0].refusals] == ["Gemeinde", "Ende", "Betrag"]


def test_an_unreadable_cell_in_a_column_that_is_not_read_changes_nothing():
    assert names(read(workbook([[*HEAD, "Telefon"], [*A, "#REF!"], [*B, ""]]))) == ["Treff A", "Treff B"]


def test_a_formula_whose_result_is_an_empty_text_is_empty():
    content = workbook([HEAD[:4], [*A[:3], ""]])

    def renamed(name: str, part: bytes):
        cell = b'<c r="D2" t="str"><f>IF(1=1,"","x")</f><v></v></c></row></sheetData>'
        return name, part.replace(b"</row></sheetData>", cell) if name.endswith("sheet1.xml") else part

    assert periods(read(packed_anew(content, renamed))) == [(None, None)]


@pytest.mark.parametrize(
    ("code", "end"),
    [("MM/YYYY", "2027-12-31"), ("YYYY", "2027-12-31"), ("MMM YY", "2027-12-31"),
     ("[$-407]mmmm yyyy;@", "2027-12-31"),
     ("DD.MM.YYYY", "2027-12-01"), ("yyyy-mm-dd", "2027-12-01"), ("d. mmm", "2027-12-01")],
)  # fmt: skip
def test_a_day_of_which_only_month_or_year_is_shown_is_what_is_seen(code, end):
    from datetime import date

    def shown(book: Workbook) -> None:
        book.active["D2"].number_format = code

    (row,) = read(workbook_of({"A": [HEAD, [*A[:3], date(2027, 12, 1), ""]]}, shown)).rows
    assert str(period(row)[1]) == end


def test_a_number_with_a_unit_in_its_format_is_what_is_seen():
    def shown(book: Workbook) -> None:
        book.active["E2"].number_format = '0.0" T€"'
        book.active["E3"].number_format = '0" DM"'
        book.active["E4"].number_format = '#,##0.0," T€"'

        book.active["E5"].number_format = '0.0" T€"'

    rows = [[*A[:4], 12.5], [*B[:4], 7], [*C[:4], 12_500], [*A[:4], 12.345]]
    found = cents(read(workbook_of({"A": [HEAD, *rows]}, shown)))
    assert found == [12_500_00, "refused", 12_500_00, 12_345_00]


# Structure of a sheet


def test_a_quotation_mark_that_is_never_closed_swallows_nothing():
    head = "Träger;Projekt;Gemeinde;Ende;Bemerkung\n"
    rows = [
        'Verein A;Treff A;Ahorn;31.12.2027;"Offen" bis 18 Uhr',
        'Verein B;Treff B;Ahorn;31.12.2027;"Treff ohne Anmeldung',
        "Verein C;Treff C;Meeder;31.12.2026;",
        'Verein D;"Treff D;Lautertal;31.12.2026;x',
        'Verein E;Treff E;Meeder;30.06.2027;siehe "Flyer"',
        'Verein F;Treff F;Meeder;30.06.2027;"zwei\nZeilen; mit ""Zeichen"""',
    ]
    found = read(head + "\n".join(rows))
    assert names(found) == ["Treff A", "Treff B", "Treff C", '"Treff D', "Treff E", "Treff F"]
    notes = [of(row, Structure)["note"] for row in found.rows[:2]]
    assert notes == ['"Offen" bis 18 Uhr', '"Treff ohne Anmeldung']
    assert of(found.rows[5], Structure)["note"] == 'zwei Zeilen; mit "Zeichen"'


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_row_with_more_cells_than_headings_is_refused(separator):
    lines = [
        HEAD,
        [*A[:4], "7"],
        ["Verein B", "Treff B", "Begegnung", "Meeder", "31.12.2026", "9"],
        [*C[:4], "4"],
    ]
    found = read("\n".join(separator.join(line) for line in lines))
    assert names(found) == ["Treff A", "Treff C"]
    assert "mehr Zellen" in refused(found)[3]


def test_in_a_workbook_too_unless_the_column_has_no_heading():
    wide = read(workbook([HEAD, A, [*B, "verschoben"], C]))
    assert list(refused(wide)) == [3]
    assert names(read(workbook([HEAD, [*A, "x"], [*B, "y"], C]))) == ["Treff A", "Treff B", "Treff C"]
    beside = read(workbook([HEAD, A, [*B, None, "Legende"], C]))
    assert names(beside) == ["Treff A", "Treff B", "Treff C"]
    assert "Legende" in noted(beside)


def test_a_row_broken_within_a_cell_is_refused_in_both_its_lines():
    found = read(csv(HEAD, A, ["Verein B", "Treff"], ["Haus B", "Meeder", "31.12.2026", "9"], C))
    assert names(found) == ["Treff A", "Treff C"]
    assert list(refused(found)) == [3, 4]


def test_sums_are_no_rows_and_that_is_said():
    head = ["Träger", "Angebot", "Gemeinde", "Plätze"]
    first = [["V A", "Kurs 1", "Ahorn", "15"], ["V A", "gesamt", "", "15"]]
    second = [["V B", "Kurs 2", "Meeder", "20"], ["V B", "gesamt", "", "20"]]
    found = read(csv(head, *first, *second, ["alle", "Summe", "", "35"]))
    assert names(found) == ["Kurs 1", "Kurs 2"]
    assert all(f"Zeile {number} " in noted(found) for number in (3, 5, 6))


@pytest.mark.parametrize("said", ["Summe", "Zwischensumme:", "Gesamt", "Insgesamt", "Total", "Σ"])
def test_a_sum_in_a_list_of_names_alone_is_no_structure(said):
    found = read(csv(["Träger", "Angebot", "Plätze"], ["V A", "Kurs 1", "15"], ["V A", said, "15"]))
    assert names(found) == ["Kurs 1"]
    assert said.rstrip(":") in noted(found) + str(refused(found))


@pytest.mark.parametrize(
    "name", ["Gesamtkoordination", "Summerjobs", "Gesamt-Netzwerk", "Totalverweigerer-Beratung"]
)
def test_a_name_that_only_begins_like_a_sum_is_a_structure(name):
    assert names(read(csv(HEAD, A, [B[0], name, *B[2:]]))) == ["Treff A", name]


def test_a_second_table_below_is_read_by_its_own_header():
    other = [["Projekt", "Träger", "Ende", "Gemeinde"], ["Treff D", "Verein D", "31.12.2028", "Ahorn"]]
    found = read(csv(HEAD, A, B, [], ["Zweite Förderrunde"], *other))
    assert names(found) == ["Treff A", "Treff B", "Treff D"]
    assert str(period(found.rows[2])[1]) == "2028-12-31"
    assert found.rows[2].place.row == 7


def merged(*ranges: str):
    def change(book: Workbook) -> None:
        for each in ranges:
            book.active.merge_cells(each)

    return change


def test_what_is_merged_downwards_holds_for_all_its_rows_but_an_amount_is_asked_about():
    rows: list[list[Any]] = [[*A[:4], 30_000], ["", *B[1:3], "", ""], ["", *C[1:3], "", ""]]
    found = read(workbook_of({"A": [HEAD, *rows]}, merged("A2:A4", "D2:D3", "E2:E4")))
    assert names(found) == ["Treff A", "Treff B", "Treff C"]
    assert len({of(row, Structure)["organisation_id"] for row in found.rows}) == 1
    assert [str(period(row)[1]) for row in found.rows] == ["2027-12-31", "2027-12-31", "None"]
    assert all(not of(row, Funding) for row in found.rows)
    assert [row.withheld for row in found.rows] == [30_000_00, None, None]
    assert noted(found).count("30000 steht für die Zeilen 2 bis 4 zusammen") == 3


def test_hidden_rows_and_columns_are_read_and_said():
    def hide(book: Workbook) -> None:
        book.active.row_dimensions[3].hidden = True
        book.active.column_dimensions["E"].hidden = True

    found = read(workbook_of({"A": [HEAD, A, B, C]}, hide))
    assert names(found) == ["Treff A", "Treff B", "Treff C"]
    assert "Ausgeblendete Zeilen wurden mitgelesen: 3." in noted(found)
    assert "Ausgeblendete Spalten wurden mitgelesen: E." in noted(found)


def test_a_row_struck_out_is_refused_and_a_cell_struck_out_is_said():
    def strike(book: Workbook) -> None:
        for column in "ABCDE":
            book.active[f"{column}3"].font = Font(strike=True)
        book.active["E4"].font = Font(strike=True)

    found = read(workbook_of({"A": [HEAD, A, B, C]}, strike))
    assert names(found) == ["Treff A", "Treff C"]
    assert "durchgestrichen" in refused(found)[3]
    assert "»400,00«" in noted(found)


# Letters


def test_one_bad_line_does_not_turn_the_file_into_another_alphabet():
    lines = [HEAD, [A[0], "Förderkreis Süd", *A[2:]], ["Verein für Hilfe", "Größe", *B[2:]]]
    content = csv(*lines).encode() + "Verein Nord;Café Übergang;Ahorn;31.12.2026;5\r\n".encode("cp1252")
    found = read(content)
    assert names(found) == ["Förderkreis Süd", "Größe", "Café Übergang"]
    assert "Zeile 4" in noted(found)


def test_a_letter_cut_in_half_refuses_its_row():
    found = read(csv(HEAD, ["Müller", *A[1:]]).encode() + b"Verein M\xc3;Treff B;Meeder;31.12.2026;5\r\n")
    assert names(found) == ["Treff A"]
    assert "unlesbares Zeichen" in refused(found)[3]


def test_garbled_umlauts_are_read_as_they_were_meant_and_said():
    found = read(csv(HEAD, ["Förderverein", *A[1:]], ["GrÃ¶ÃŸe fÃ¼r alle", "CafÃ©", *B[2:]]))
    assert names(found) == ["Treff A", "Café"]
    assert "»GrÃ¶ÃŸe fÃ¼r alle« als »Größe für alle« gelesen" in noted(found)


# Packaging


def backslashes(name: str, part: bytes):
    return name.replace("/", "\\"), part


def in_the_root(name: str, part: bytes):
    moved = part.replace(b'"/xl/', b'"/').replace(b'"xl/workbook.xml"', b'"workbook.xml"')
    return name.removeprefix("xl/"), moved


def numbered(name: str, part: bytes):
    """As the programs of the browser write it."""
    for said in ("workbook", "styles", "sharedStrings"):
        name = name.replace(f"{said}.xml", f"{said}2.xml")
        part = part.replace(f"{said}.xml".encode(), f"{said}2.xml".encode())
    return name, part


@pytest.mark.parametrize("renamed", [backslashes, in_the_root, numbered])
def test_a_workbook_is_read_whatever_its_parts_are_called(renamed):
    from datetime import date

    content = packed_anew(workbook([HEAD, [*A[:3], date(2027, 12, 31), 12_000.5]]), renamed)
    found = read(content)
    assert (names(found), cents(found)) == (["Treff A"], [12_000_50])
    assert str(period(found.rows[0])[1]) == "2027-12-31"


def test_links_to_other_files_are_no_reason_to_refuse_values_that_are_there():
    content = workbook([HEAD, A])
    links = {"xl/externalLinks/externalLink1.xml": b"<x/>"}
    from tests.exchange.files import with_members

    found = read(with_members(content, links))
    assert names(found) == ["Treff A"]
    assert "verknüpft" in noted(found)


@pytest.mark.parametrize("beginning", [b"", b"BM", b"II*\x00", b"\x00\x00\x00\x18ftypheic"])
def test_a_picture_called_xls_is_recognised_at_once(beginning):
    noise = bytes(range(256)) * 4_000
    start = time.process_time()
    with pytest.raises(FileRefused, match="Bild"):
        read(beginning + noise, "liste.xls")
    assert time.process_time() - start < 2


# Rows told apart


def test_a_second_grant_of_the_same_period_is_a_second_funding():
    head = [*HEAD, "Programm"]
    found = read(csv(head, [*A, "FP"], [*A[:4], "2.500,00", "FP"], [*A[:4], "400,00", "FQ"]))
    assert cents(found) == [1_000_00, 2_500_00, 400_00]
    assert len({record.key for row in found.rows for record in row.records if record.record is Funding}) == 3


def test_grants_that_differ_in_a_column_that_is_not_read_are_two_and_that_is_said():
    found = read(csv([*HEAD, "Aktenzeichen"], [*A, "X/1"], [*A, "X/2"]))
    assert len({record.key for row in found.rows for record in row.records if record.record is Funding}) == 2
    assert "verschieden in »Aktenzeichen«" in noted(found)


def test_a_row_that_stands_twice_is_refused_the_second_time():
    found = read(csv(HEAD, A, A))
    assert "genauso schon in Zeile 2" in refused(found)[3]


def test_the_same_money_for_two_tasks_counts_once_and_that_is_said():
    found = read(csv([*HEAD, "Aufgabe"], [*A, "Sprachkurse"], [*A, "Beratung"]))
    assert len({record.key for row in found.rows for record in row.records if record.record is Funding}) == 1
    assert [row.repeats for row in found.rows] == [False, True]


def test_one_sheet_per_year_keeps_all_amounts():
    head, row = [*HEAD[:3], "Betrag"], [*A[:3], 1_000]
    found = read(workbook_of({year: [head, row] for year in ("2024", "2025", "2026")}))
    assert cents(found) == [1_000_00] * 3
    assert {of(row, Funding)["amount_note"] for row in found.rows} == {
        f"laut Blatt »{year}«" for year in (2024, 2025, 2026)
    }


def test_sheets_that_contradict_each_other_are_named_at_both_rows():
    found = read(workbook_of({"eins": [HEAD[:4], A[:4]], "zwei": [HEAD[:4], [*A[:3], "31.12.2029"]]}))
    assert refused(found) == {2: found.rows[1].refusals[0].reason}
    assert "Zeile 2 von Blatt »eins«" in found.rows[1].refusals[0].reason
    assert "Zeile 2 von Blatt »zwei« nennt für dasselbe etwas anderes (Ende) und ist abgewiesen." in noted(
        found
    )


def test_what_a_later_row_adds_to_a_new_structure_is_not_lost():
    found = read(csv([*HEAD[:4], "Plätze", "Bemerkung"], [*A[:4], "", "eins"], [*A[:4], "12", "zwei"]))
    assert [of(row, Structure)["places"] for row in found.rows] == [12, 12]
    assert {of(row, Structure)["note"] for row in found.rows} == {"eins\nzwei"}


def test_a_long_name_is_shortened_and_stands_whole_in_the_remark():
    name = "Beratung und Begleitung " * 15
    (row,) = read(csv(HEAD, [A[0], name, *A[2:]])).rows
    assert len(row.title) <= 200
    assert of(row, Structure)["note"] == name.strip()
    assert "gekürzt" in " ".join(row.notes)


def test_a_cell_of_many_brackets_is_read_in_linear_time():
    start = time.process_time()
    read(csv(HEAD[:3], ["Verein A", "Treff A", "(" * 15_000]))
    assert time.process_time() - start < 3


def test_a_sheet_of_persons_beside_a_list_makes_no_structures():
    sheets = {
        "Liste": [["Projekt", "Träger", "Gemeinde"], ["Treff", "Verein", "Ahorn"]],
        "Intern": [["Name", "Funktion", "Ort"], ["Frau Muster", "Leitung", "Ahorn"]],
    }
    found = read(workbook_of(sheets), "a.xlsx", fixed={Meaning.ORGANISATION: "Verein"})
    assert [row.title for row in found.rows] == ["Treff"]
    assert "Blatt »Intern«: Nicht eingelesen." in found.notes


def test_the_sheet_that_lacks_a_carrier_is_named():
    sheets = {
        "2026": [["Projekt", "Träger", "Gemeinde"], ["Treff", "Verein", "Ahorn"]],
        "2027": [["Projekt", "Gemeinde"], ["Treff", "Ahorn"]],
    }
    with pytest.raises(FileRefused, match="auf Blatt »2027« keine Spalte für den Träger"):
        read(workbook_of(sheets), "a.xlsx")
