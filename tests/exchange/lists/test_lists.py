"""Lists that nobody here wrote, in every form real ones have, read against the documented inventory."""

from __future__ import annotations

import io
from dataclasses import astuple
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from steering.analysis.incoming import JudgedRow, Proposal, RowOutcome
from steering.analysis.incoming.lists.columns import REASON, header_key
from steering.exchange.import_reports import refused_workbook
from steering.exchange.incoming_files import FileRefused, received
from steering.exchange.lists import lists
from steering.model import Area, Funding, Organisation, Responsibility, Structure
from tests.exchange.files import saved, workbook, workbook_of
from tests.exchange.lists_read import KNOWN, read

HEAD = ["Name", "Träger", "Gemeinde", "Beginn", "Ende", "Betrag"]
ROW = ["Treff", "AWO", "Ahorn", "01.01.2024", "31.12.2026", "100,50"]


def csv(*rows: list[str], delimiter: str = ";", end: str = "\r\n") -> str:
    return end.join(delimiter.join(row) for row in rows) + end


def of(row: Any, kind: type) -> dict[str, Any]:
    """The values of the first record of a type that a row wants."""
    return next(dict(record.values) for record in row.records if record.record is kind)


def one(content: bytes | str) -> Any:
    (row,) = read(content).rows
    assert row.refusals == ()
    return row


@pytest.mark.parametrize("delimiter", [";", ",", "\t"], ids=["semicolon", "comma", "tab"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"], ids=["CRLF", "LF", "CR"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "iso8859-15", "cp850", "utf-16"])
def test_any_delimiter_line_end_and_encoding_is_found(delimiter, end, encoding):
    rows = [["Name", "Träger", "Gemeinde"], ["Café für Mütter", "Büro Döring", "Ahorn"]]
    row = one(csv(*rows, delimiter=delimiter, end=end).encode(encoding))
    assert (row.title, row.cells["Träger"]) == ("Café für Mütter", "Büro Döring")


def test_signs_of_windows_and_the_euro_of_latin_9_are_told_apart():
    rows = [["Name", "Träger", "Betrag"], ["„Treff“ – für alle", "AWO", "5 €"]]
    assert one(csv(*rows).encode("cp1252")).title == "„Treff“ – für alle"
    rows = [["Name", "Träger", "Betrag"], ["Müllertreff", "AWO", "5 €"]]
    assert of(one(csv(*rows).encode("iso8859-15")), Funding)["amount_cents"] == 500


@pytest.mark.parametrize("titles", [0, 1, 3, 6])
def test_title_lines_stand_above_the_header(titles):
    above = [["Übersicht der Angebote im Landkreis"], [""], ["Stand: 12.11.2026"]] * 2
    (row,) = read(csv(*above[:titles], HEAD, ROW)).rows
    assert (row.title, row.place.row) == ("Treff", titles + 2)


def test_a_sum_below_is_no_row_and_that_is_said():
    found = read(csv(HEAD, ROW, ["Summe", "", "", "", "", "100,50"]))
    assert len(found.rows) == 1
    assert any("Zeile 3 (»Summe«) ist keine Datenzeile" in note for note in found.notes)


def test_a_header_over_merged_rows_is_one_heading_per_column():
    def merge(book: Any) -> None:
        sheet = book.active
        for cells in ("A1:G1", "A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:G2"):
            sheet.merge_cells(cells)

    rows: list[list[Any]] = [
        ["Angebote 2026"],
        ["Name", "Träger", "Gemeinde", "Laufzeit", None, "Förderung", None],
        [None, None, None, "von", "bis", "Programm", "Betrag (EUR)"],
        ["Treff", "AWO", "Ahorn", date(2024, 1, 1), date(2026, 12, 31), "BIR", 100.5],
    ]
    row = one(workbook_of({"Liste": rows}, merge))
    money = of(row, Funding)
    assert (money["start"], money["end"]) == (date(2024, 1, 1), date(2026, 12, 31))
    assert (money["programme_id"], money["amount_cents"]) == (1, 10_050)
    assert row.cells["Laufzeit – von"] == date(2024, 1, 1)


def test_a_header_in_two_languages_is_one():
    english = ["Name of project", "Organisation", "Municipality", "Start date", "End date", "Amount"]
    row = one(csv(HEAD, english, ROW))
    assert row.place.row == 3
    assert of(row, Structure)["name"] == "Treff"


def test_a_row_of_hxl_tags_decides_what_columns_mean():
    rows = [
        ["Who", "What", "Where", "Code"],
        ["#org +name", "#activity+name", "#adm3 +name", "#adm3+code"],
        ["AWO", "Treff", "Ahorn", "09473112"],
    ]
    row = one(csv(*rows, delimiter=","))
    assert (row.title, of(row, Organisation)["name"]) == ("Treff", "AWO")


HXL = ["#org +name", "#activity+name", "#adm2+name", "#adm2 +code", "#adm3+name", "#org+role", "#date +start",
       "#date+end", "#inneed", "#lat", "#lon"]  # fmt: skip


def test_hxl_says_kreis_and_municipality_and_the_narrower_counts():
    lines = [
        ["Who", "What", "Kreis", "Code", "Where", "Role", "From", "To", "Need", "Lat", "Lon"],
        HXL,
        ["AWO", "Treff", "Coburg", "9473", "Ahorn", "lead", "2024-01-01", "2026-12-31", "5", "50,2", "10,9"],
    ]
    assert of(one(csv(*lines)), Area)["municipalities"] == ["09473112"]
    without = [[cell for at, cell in enumerate(line) if at != 4] for line in lines]
    assert of(one(csv(*without)), Structure)["catchment_id"] == 1
    elsewhere = [*without[:2], ["AWO", "Treff", "Bamberg", "09471", *without[2][4:]]]
    assert one(csv(*elsewhere)).outside


def test_what_is_in_a_verwaltungsgemeinschaft_is_not_in_one_of_its_municipalities():
    (row,) = read(csv(["Name", "Träger", "Gemeinde"], ["Treff", "AWO", "VG Grub a.Forst"])).rows
    (refusal,) = row.refusals
    assert "ist eine Verwaltungsgemeinschaft. Bitte je Gemeinde angeben." in refusal.reason


@pytest.mark.parametrize("said", ["diverse", "verschiedene", "k.A.", "überregional"])
def test_a_place_that_says_nothing_leaves_the_area_open(said):
    row = one(csv(["Name", "Träger", "Gemeinde"], ["Treff", "AWO", said]))
    assert not row.outside
    assert "catchment_id" not in of(row, Structure)


def test_without_a_header_the_user_is_asked_for_the_columns():
    with pytest.raises(FileRefused, match=r"»liste.csv« hat keine Spalte.*»Spalte A«.*Bitte die Spalten"):
        read(csv(["Treff", "Verein X", "Ahorn", "01.01.2024"], ["Kurs", "Verein Y", "Ahorn", "01.01.2025"]))


@pytest.mark.parametrize(
    ("said", "ags"),
    [
        ("Neustadt b. Coburg", "09473151"),
        ("Neustadt b.Coburg, GKSt", "09473151"),
        ("Neustadt bei Coburg", "09473151"),
        ("NEUSTADT", "09473151"),
        ("Bad Rodach, St", "09473158"),
        ("Stadt Bad Rodach", "09473158"),
        ("Ahorn (Landkreis Coburg)", "09473112"),
        ("96482 Ahorn", "09473112"),
        ("Grub am Forst", "09473132"),
        ("9473112", "09473112"),
    ],
)
def test_a_municipality_is_found_however_it_is_written(said, ags):
    row = one(csv(["Name", "Träger", "Gemeinde"], ["Treff", "AWO", said]))
    assert of(row, Area)["municipalities"] == [ags]


@pytest.mark.parametrize(
    ("heading", "said", "wanted"),
    [
        ("AGS", "09473112", ["09473112"]),
        ("AGS", "9473112", ["09473112"]),
        ("AGS", "094730112112", ["09473112"]),
        ("AGS", "09473", 1),
        ("AGS", "9473", 1),
        ("PLZ", "96482", ["09473112"]),
        ("Gemeinde", "kreisweit", 1),
        ("Gemeinde", "Landkreis Coburg", 1),
        ("Gemeinde", "Ahorn, Bad Rodach", ["09473112", "09473158"]),
    ],
)
def test_keys_postcodes_and_whole_districts_are_places_too(heading, said, wanted):
    row = one(csv(["Name", "Träger", heading], ["Treff", "AWO", said]))
    if isinstance(wanted, int):
        assert of(row, Structure)["catchment_id"] == wanted
    else:
        assert of(row, Area)["municipalities"] == wanted


@pytest.mark.parametrize(
    ("heading", "said"), [("AGS", "09471111"), ("PLZ", "1067"), ("PLZ", "96047"), ("Gemeinde", "Bamberg")]
)
def test_places_elsewhere_are_outside_and_not_refused(heading, said):
    row = one(csv(["Name", "Träger", heading], ["Treff", "AWO", said]))
    assert row.outside
    assert of(row, Structure)["name"] == "Treff"


def test_a_misspelt_municipality_is_refused_with_the_likely_one():
    (row,) = read(csv(["Name", "Träger", "Gemeinde"], ["Treff", "AWO", "Ahron"])).rows
    (refusal,) = row.refusals
    assert (refusal.column, refusal.value) == ("Gemeinde", "Ahron")
    assert "gemeint »Ahorn«" in refusal.reason


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("14.09.2015", date(2015, 9, 14)),
        ("05.02.16", date(2016, 2, 5)),
        ("2015-09-14", date(2015, 9, 14)),
        ("01-01-2014", date(2014, 1, 1)),
        ("12/17/2015", date(2015, 12, 17)),
        ("2015", date(2015, 12, 31)),
        ("02/2016", date(2016, 2, 29)),
        ("März 2024", date(2024, 3, 31)),
        ("42369", date(2015, 12, 31)),
        ("bis zum 31.12.2026", date(2026, 12, 31)),
        ("bis einschl. 31.12.2026", date(2026, 12, 31)),
        ("bis Ende 2026", date(2026, 12, 31)),
    ],
)
def test_a_day_in_any_form_is_that_day(said, day):
    row = one(csv(["Name", "Träger", "Ende"], ["Treff", "AWO", said]))
    assert (of(row, Structure)["valid_until"], of(row, Structure)["end_kind"]) == (day, "fixed")


@pytest.mark.parametrize(
    ("said", "kind"),
    [("unbefristet", "open"), ("jährlich", "annual"), ("laufend", "unknown"), ("k.A.", "unknown"),
     ("o.A.", "unknown"), ("bis auf Weiteres", "unknown"), ("", "unknown")],
)  # fmt: skip
def test_words_for_an_end_are_kinds_of_end(said, kind):
    row = one(csv(["Name", "Träger", "Ende"], ["Treff", "AWO", said]))
    assert of(row, Structure)["end_kind"] == kind


def test_the_order_of_day_and_month_is_the_whole_columns_and_is_shown():
    found = read(csv(["Name", "Träger", "Ende"], ["A", "AWO", "03/04/2016"], ["B", "AWO", "12/17/2015"]))
    assert of(found.rows[0], Structure)["valid_until"] == date(2016, 3, 4)
    assert any("Spalte »Ende«: als Monat/Tag/Jahr gelesen" in note for note in found.notes)
    found = read(csv(["Name", "Träger", "Ende"], ["A", "AWO", "03/04/2016"]))
    assert of(found.rows[0], Structure)["valid_until"] == date(2016, 4, 3)
    assert any("ließe auch Monat/Tag zu" in note for note in found.notes)


@pytest.mark.parametrize(
    ("said", "cents"),
    [("100.715,41", 10_071_541), ("20.800,00 €", 2_080_000), ("4,156.00", 415_600), ("EUR 1.000", 100_000),
     ("1 000,50", 100_050), ("13.000,-", 1_300_000), ("12,5 TEUR", 1_250_000), ("800", 80_000)],
)  # fmt: skip
def test_amounts_in_any_form_are_cents(said, cents):
    assert (
        of(one(csv(["Name", "Träger", "Betrag"], ["Treff", "AWO", said])), Funding)["amount_cents"] == cents
    )


@pytest.mark.parametrize("said", ["k.A.", "0", "", "0,00"])
def test_an_amount_that_is_not_known_is_never_zero(said):
    row = one(csv(["Name", "Träger", "Förderprogramm", "Betrag"], ["Treff", "AWO", "BIR", said]))
    assert "amount_cents" not in of(row, Funding)


@pytest.mark.parametrize(("value", "percent"), [("45%", 45), ("45 v.H.", 45), (0.45, 45), (1, 100)])
def test_shares_are_percent(value, percent):
    row = one(workbook([["Name", "Träger", "Förderquote"], ["Treff", "AWO", value]]))
    assert of(row, Funding)["share_percent"] == percent


def test_cells_with_line_breaks_and_escaped_cells_are_what_they_mean():
    row = one('Name;Träger;AGS\r\n"Treff\nfür Frauen";"=""AWO""";="09473112"\r\n')
    assert row.title == "Treff für Frauen"
    assert of(row, Organisation)["name"] == "AWO"
    assert of(row, Area)["municipalities"] == ["09473112"]


def test_hidden_sheets_are_not_read_and_that_is_said():
    def hide(book: Any) -> None:
        book["Alt"].sheet_state = "hidden"

    found = read(workbook_of({"Alt": [HEAD, ROW], "Neu": [HEAD, ROW, ROW]}, hide))
    assert {row.place.sheet for row in found.rows} == {"Neu"}
    assert any("Ausgeblendete Blätter wurden nicht gelesen: Alt" in note for note in found.notes)


def test_a_formula_without_a_result_is_not_empty_but_refused():
    (row,) = read(workbook([HEAD[:3], ["Treff", "AWO", '="Ah"&"orn"']])).rows
    ((_, column, value, reason),) = [astuple(each) for each in row.refusals]
    assert (column, value) == ("Gemeinde", "(Formel ohne Ergebnis)")
    assert "kein gespeichertes Ergebnis" in reason


def test_a_workbook_called_xls_is_read():
    assert lists.read(received("liste.xls", workbook([HEAD, ROW])), KNOWN).rows[0].title == "Treff"


def test_known_carriers_programmes_tasks_and_groups_are_linked():
    head = ["Angebot", "Träger", "Gemeinde", "Aufgabe", "Zielgruppe", "Rolle", "Förderprogramm", "Ende"]
    line = [
        "Treff",
        "Caritasverband Coburg",
        "kreisweit",
        "Sprachkurse",
        "Frauen",
        "federführend",
        "bir",
        "2027",
    ]
    row = one(csv(head, line))
    assert of(row, Structure)["organisation_id"] == 1
    answers = of(row, Responsibility)
    assert (answers["task_id"], answers["target_groups"], answers["role"]) == (1, [2], "lead")
    assert of(row, Funding)["programme_id"] == 1
    assert of(row, Structure)["end_kind"] == "unknown"


def test_a_carrier_called_nearly_so_is_offered():
    row = one(csv(["Name", "Träger"], ["Treff", "Caritasverband Koburg"]))
    assert any("ähnlich heißt »Caritasverband Coburg e.V.«" in note for note in row.notes)


def test_rows_that_contradict_each_other_are_refused_with_the_first_one():
    found = read(csv(["Name", "Träger", "VZÄ"], ["Treff", "AWO", "1"], ["Treff", "AWO", "2"]))
    assert [len(row.refusals) for row in found.rows] == [0, 1]
    assert "Zeile 2 nennt" in found.rows[1].refusals[0].reason


def test_a_mapping_is_kept_as_toml_and_used(tmp_path):
    file = received("liste.csv", csv(["Was", "Wer"], ["Treff", "Verein X"]).encode())
    saved_mapping = tmp_path / "zuordnung.toml"
    columns = '[columns]\n"Was" = "name"\n"Wer" = "organisation"\n'
    saved_mapping.write_text(f'{columns}\n[names]\n"Verein X" = "Caritas Coburg"\n')
    mapping = lists.load_mapping(saved_mapping)
    saved_mapping.write_text(lists.mapping_text(mapping), encoding="utf-8")
    assert lists.load_mapping(saved_mapping) == mapping
    (row,) = lists.read(file, KNOWN, saved_mapping).rows
    assert of(row, Structure)["organisation_id"] == 1


def test_a_mapping_decided_before_is_proposed_again_for_that_header_whatever_its_order():
    file = received("liste.csv", csv(["Was", "Wer"], ["Treff", "Verein X"]).encode())
    decided = '[columns]\n"Was" = "name"\n"Wer" = "organisation"\n[names]\n"Verein X" = "Caritas Coburg"\n'
    before = {header_key(["wer ", "WAS", REASON]): decided}
    found = lists.read(file, KNOWN, remembered=before)
    assert of(found.rows[0], Structure)["organisation_id"] == 1
    assert any("wie beim letzten Mal" in note for note in found.notes)
    assert lists.read(file, KNOWN, remembered=found.decided) == found
    with pytest.raises(FileRefused, match="keine Spalte"):
        lists.read(file, KNOWN, remembered={header_key(["Was", "Wo"]): decided})


@pytest.mark.parametrize(("order", "day"), [("dmy", date(2016, 4, 3)), ("mdy", date(2016, 3, 4))])
def test_a_mapping_says_in_which_order_day_and_month_stand(order, day, tmp_path):
    file = received("liste.csv", csv(["Name", "Träger", "Ende"], ["A", "AWO", "03/04/2016"]).encode())
    mapping = tmp_path / "zuordnung.toml"
    columns = '[columns]\n"Name" = "name"\n"träger" = "organisation"\n"Ende" = "end"\n'
    mapping.write_text(f'{columns}[orders]\n"Ende" = "{order}"\n', encoding="utf-8")
    found = lists.read(file, KNOWN, mapping)
    assert of(found.rows[0], Structure)["valid_until"] == day


def test_what_a_column_decides_by_itself_counts_before_what_was_decided_about_another():
    head = ["Name", "Träger", "Ende"]
    american = csv(head, ["A", "AWO", "03/04/2016"], ["B", "AWO", "12/17/2015"]).encode()
    before = lists.read(received("a.csv", american), KNOWN).decided
    german = csv(head, ["A", "AWO", "03/04/2016"], ["B", "AWO", "17/12/2015"]).encode()
    found = lists.read(received("b.csv", german), KNOWN, remembered=before)
    assert of(found.rows[0], Structure)["valid_until"] == date(2016, 4, 3)
    alone = lists.read(received("c.csv", csv(head, ["A", "AWO", "03/04/2016"]).encode()), KNOWN, None, before)
    assert of(alone.rows[0], Structure)["valid_until"] == date(2016, 3, 4)


def test_refused_rows_keep_what_they_were_and_are_read_again_once_corrected():
    head = ["Name", "Träger", "Ende", "Förderquote"]
    sheets: dict[str, list[list[Any]]] = {
        "Nord": [["Übersicht"], head, ["A", None, "03/04/2016", 0.45], ["B", "AWO", "12/17/2015", 0.9]],
        "Süd": [head, ["C", "AWO", date(2027, 12, 31), 0.5], [None, "AWO", "31.12.2027", 0.5]],
    }
    found = lists.read(received("liste.xlsx", workbook_of(sheets)), KNOWN)
    judged = [JudgedRow(each, RowOutcome.REFUSED if each.refusals else RowOutcome.NEW, refusals=each.refusals)
              for each in found.rows]  # fmt: skip
    content = refused_workbook(Proposal("d", 1, tuple(judged)))
    book = load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Nord", "Süd"]
    assert [cell.value for cell in book["Nord"][2]][:4] == ["A", None, "03/04/2016", 0.45]
    assert "Der Träger fehlt" in book["Nord"].cell(2, 5).value
    book["Nord"].cell(2, 2).value = "AWO"
    book["Süd"].cell(2, 1).value = "D"
    again = lists.read(received("abgewiesen.xlsx", saved(book)), KNOWN, remembered=found.decided)
    first, second = again.rows
    assert first.refusals + second.refusals == ()
    assert of(first, Funding)["share_percent"] == 45
    assert of(first, Funding)["end"] == date(2016, 3, 4)
    assert (second.place.sheet, second.title) == ("Süd", "D")


def test_a_mapping_for_other_columns_is_refused(tmp_path):
    mapping = tmp_path / "andere.toml"
    mapping.write_text('[columns]\n"Projekt" = "name"\n', encoding="utf-8")
    with pytest.raises(FileRefused, match=r"»andere.toml« gehört zu anderen Spalten.*»Projekt«.*Bitte"):
        lists.read(received("liste.csv", csv(HEAD, ROW).encode()), KNOWN, mapping)


@settings(max_examples=60)
@given(st.binary(min_size=1, max_size=400))
def test_whatever_the_bytes_are_they_are_read_or_refused_in_words(content):
    _read_or_refused("liste.csv", content)


SOUND = {"csv": csv(HEAD, ROW, ROW).encode("cp1252"), "xlsx": workbook([HEAD, ROW])}


@settings(max_examples=60)
@given(st.sampled_from(sorted(SOUND)), st.data())
def test_a_real_list_damaged_anywhere_is_read_or_refused_in_words(kind, data):
    broken = bytearray(SOUND[kind])
    for _ in range(data.draw(st.integers(1, 6))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    _read_or_refused(f"liste.{kind}", bytes(broken))


def _read_or_refused(name: str, content: bytes) -> None:
    try:
        found = lists.read(received(name, content), KNOWN)
    except FileRefused as refusal:
        said = str(refusal)
        if f"»{name}«" not in said or not said.endswith("."):
            raise
        return
    assert all(row.records or row.refusals for row in found.rows)
