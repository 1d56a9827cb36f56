"""Lists as they really come, kind by kind: what is written is what the sheet says, or the row is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steering.analysis.incoming.lists.columns import Assignment
from steering.analysis.incoming.lists.known import guessed_level
from steering.analysis.incoming.lists.meanings import Meaning
from steering.exchange.incoming_files import FileRefused
from steering.exchange.lists import lists
from steering.model import AmountBasis, Area, Funding, Level, Organisation, Responsibility, Structure
from steering.model.vocabulary import word
from tests.builders import organisation, portfolio, task
from tests.exchange.files import workbook
from tests.exchange.lists_read import CASES, WORLD, case, cents, csv, figures, of, period, periods, read


def day(said: str) -> date:
    return date.fromisoformat(said)


def test_other_days_are_no_period():
    assert periods(case("stand.csv")) == periods(case("gruendung.csv")) == [(None, None)] * 2
    assert periods(case("bescheid.csv")) == [(None, day("2027-12-31")), (None, day("2026-12-31"))]


def test_what_was_granted_counts_not_what_was_asked_for_nor_a_single_year():
    assert cents(case("soll_ist.csv")) == [600_000]
    found = case("years_wide.csv")
    assert cents(found) == [None, None]
    assert any("»2026« und »2027« nennen Beträge einzelner Jahre" in note for note in found.notes)


@pytest.mark.parametrize("name", ["teur.csv", "teur2.csv"])
def test_thousands_of_euros_are_thousands(name):
    assert cents(case(name)) == [1_250_000, 12_000_000]


def test_hours_a_week_are_posts_and_the_full_week_is_said():
    found = case("stunden.csv")
    assert figures(found, "fte") == [0.5, 1]
    assert any("39 Stunden sind eine Stelle" in note for note in found.notes)


def test_three_decimals_of_posts_and_shares_are_decimals():
    assert figures(case("fte3.csv"), "fte") == [1.125, 2.625, 0.875, 1.282]
    assert figures(case("quota.csv"), "share_percent") == [33.333, 66.667]


@pytest.mark.parametrize(
    ("heading", "said", "wanted"),
    [
        ("Betrag", "1,234 Mio. €", 123_400_000),
        ("Betrag in Mio. €", "1,234", 123_400_000),
        ("Betrag (Tsd. €)", "1.234,5", 123_450_000),
        ("Betrag in TEUR", "12,5 TEUR", 1_250_000),
        ("Betrag in TEUR", "12,5 €", "refused"),
        ("Betrag in DM", "1.000,00", None),
        ("Betrag in CHF", "1.000,00", None),
        ("Betrag", "1.000 DM", "refused"),
        ("Betrag pro Monat", "1.000,00", None),
        ("Betrag je Platz", "1.000,00", None),
    ],
)
def test_units_count_wherever_they_stand(heading, said, wanted):
    found = read(csv(["Träger", "Projekt", "Programm", heading], ["A", "Treff", "BIR", said]))
    assert cents(found) == [wanted]
    if wanted is None:
        assert any(f"»{heading}«" in note for note in found.notes)


@pytest.mark.parametrize(
    ("heading", "said", "wanted"),
    [
        ("Betrag in Tsd. €", ["20", "1.250", "12,5"], [20_000_00, 1_250_000_00, 12_500_00]),
        ("Betrag (T€)", ["1,250", "0,5"], [1_250_00, 500_00]),
        ("Betrag (T€)", ["1,250", "0.5"], [1_250_000_00, 500_00]),
        ("Betrag", ["20.000,00", "1.250 T€", "1.500 Tsd. Euro"], [20_000_00, 1_250_000_00, 1_500_000_00]),
        ("Betrag in T€", ["20", "1.250", "0.750"], [20_000_00, "refused", 750_00]),
        ("Betrag", ["20000", "1,250 T€"], [20_000_00, "refused"]),
        ("Betrag in T€", ["1.250", "12,5", "12.5"], ["refused", 12_500_00, 12_500_00]),
    ],
)
def test_three_digits_behind_a_mark_are_thousands_of_thousands_where_the_file_says_so(heading, said, wanted):
    rows = [["A", f"Treff {number}", "BIR", cell] for number, cell in enumerate(said)]
    found = read(csv(["Träger", "Projekt", "Programm", heading], *rows))
    assert cents(found) == wanted
    for row in found.rows:
        assert all("Bitte 1250 oder 1,2500 schreiben." in refusal.reason for refusal in row.refusals)


@pytest.mark.parametrize(("said", "wanted"), [("1250", 1_250_000_00), ("1,2500", 1_250_00)])
def test_what_the_refusal_asks_for_is_read(said, wanted):
    assert cents(read(csv(["Träger", "Projekt", "Betrag in T€"], ["A", "Treff", said]))) == [wanted]


def test_the_numbers_of_a_file_are_decided_together():
    head = ["Träger", "Projekt", "Betrag", "VZÄ"]
    found = read(csv(head, ["A", "Eins", "1.234", "1,5"], ["A", "Zwei", "1,234", "2"]))
    assert cents(found) == [123_400, "refused"]
    assert "kann 1234 oder 1,234 heißen" in found.rows[1].refusals[0].reason
    assert cents(read(csv(head, ["A", "Eins", "1,234", "1.5"]))) == [123_400]


def test_percent_cells_beside_plain_ones():
    head = ["Träger", "Projekt", "Programm", "Förderquote"]
    found = read(csv(head, ["A", "Eins", "P", "45 %"], ["A", "Zwei", "P", "90"], ["A", "Drei", "P", "0,9"]))
    assert figures(found, "share_percent") == [45, 90, "refused"]
    found = read(csv(head, ["A", "Eins", "P", "45 %"], ["A", "Zwei", "P", "0,9"]))
    assert figures(found, "share_percent") == [45, 90]
    posts = [["Träger", "Projekt", "Stellenanteil"], ["A", "Eins", "50 %"], ["A", "Zwei", "75"]]
    assert figures(read(csv(*posts)), "fte") == [0.5, "refused"]
    assert figures(read(csv(["Träger", "Projekt", "Stelle (in %)"], ["A", "Eins", "75"])), "fte") == [None]
    assert figures(read(csv(["Träger", "Projekt", "Stellenanteil (%)"], ["A", "E", "75"])), "fte") == [0.75]


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("dmony.csv", [("2012-07-01", "2027-06-30"), ("2025-07-01", "2027-12-31")]),
        ("time.csv", [("2025-01-01", "2027-12-31")] * 2),
        ("timestamps.csv", [("2025-01-01", "2026-12-31"), ("2025-07-01", "2026-06-30")]),
        ("year2.csv", [("1998-09-01", ""), ("1995-04-01", ""), ("2030-04-01", "2049-12-31")]),
        ("max.csv", [("2020-09-01", ""), ("2015-04-01", "2099-12-31"), ("1900-01-01", "")]),
        (
            "laufzeit.csv",
            [("2024-01-01", "2026-12-31")] * 2 + ["refused", ("2025-01-01", "2027-12-31"), "refused"],
        ),
    ],
)
def test_days_in_odd_forms_are_those_days(name, wanted):
    plain = [
        each if isinstance(each, str) else tuple(part.isoformat() if part else "" for part in each)
        for each in periods(case(name))
    ]
    assert plain == wanted


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [("2026", "2026-01-01", "2026-12-31"), ("bis 2026", "", "2026-12-31"), ("ab 2026", "2026-01-01", "")],
)
def test_a_year_alone_is_a_period_from_its_first_day_to_its_last(said, first, last):
    head = ["Träger", "Projekt", "Gemeinde", "Laufzeit"]
    found = read(csv(head, ["AWO", "A", "Ahorn", said], ["AWO", "B", "Ahorn", "2024-2026"]))
    assert periods(found)[0] == tuple(day(each) if each else None for each in (first, last))


def test_a_day_beyond_every_calendar_is_no_end_and_that_is_said():
    first, _, third = case("max.csv").rows
    assert (of(first, Structure)["end_kind"], of(third, Structure)["end_kind"]) == ("open", "open")
    assert "Ende: »31.12.9999« als unbefristet gelesen." in first.notes


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        (datetime.fromisoformat("2026-12-30T23:00"), "2026-12-31"),
        (datetime.fromisoformat("2026-06-29T22:00"), "2026-06-30"),
        (datetime.fromisoformat("2026-06-30T14:30"), "2026-06-30"),
        (date(1905, 7, 18), "2026-12-31"),
        (2027, "2027-12-31"),
        ("12/2027", "2027-12-31"),
        ("2026", "2026-12-31"),
        ("Jun 26", "2026-06-30"),
        ("31.12.55", "refused"),
        ("31.12.2027 00:00:00", "2027-12-31"),
        ("2027-12-31T00:00:00+01:00", "2027-12-31"),
        ("01.01.2025 - 31.12.2027", "refused"),
    ],
)
def test_an_end_is_the_day_that_was_meant(said, wanted):
    (found,) = periods(read(workbook([["Träger", "Projekt", "Ende"], ["A", "Treff", said]])))
    assert found == ("refused" if wanted == "refused" else (None, day(wanted)))


def test_day_and_month_are_in_one_order_in_a_whole_table():
    head = ["Träger", "Projekt", "Beginn", "Ende"]
    found = read(csv(head, ["A", "Treff", "03/04/2025", "12/17/2027"]))
    assert periods(found) == [(day("2025-03-04"), day("2027-12-17"))]
    assert any("Spalte »Beginn«: als Monat/Tag/Jahr gelesen, wie »Ende«" in note for note in found.notes)


@pytest.mark.parametrize("name", ["plz_gemeinde.csv", "plz_ort.csv"])
def test_a_postcode_outweighs_a_name(name):
    inside = {row.cells["PLZ"] for row in case(name).rows if not row.outside}
    assert inside == ({"96482", "96472"} if name == "plz_ort.csv" else set())
    assert case(name).rows[0].outside == "Ort »97953 Ahorn«"


def test_a_kreis_in_the_row_outweighs_a_name_and_never_makes_one_outside():
    head = ["Träger", "Projekt", "Ort", "Landkreis"]
    rows = [["A", "Eins", "Ahorn", "Main-Tauber-Kreis"], ["A", "Zwei", "Ahorn", "Coburg"],
            ["A", "Drei", "Witzmannsberg", "Coburg"], ["A", "Vier", "", "Lkr. Coburg"]]  # fmt: skip
    found = read(csv(head, *rows)).rows
    assert [bool(row.outside) for row in found] == [True, False, False, False]
    assert of(found[1], Area)["municipalities"] == ["09473112"]
    assert of(found[3], Structure)["catchment_id"] == 1


def test_words_for_the_whole_kreis_are_understood_or_asked_about():
    rows = {row.title[-1]: row for row in case("gebiet.csv").rows}
    assert all(of(rows[each], Structure)["catchment_id"] == 1 for each in "ABCDEGJK")
    assert of(rows["I"], Area)["municipalities"] == ["09473112", "09473144"]
    assert of(rows["M"], Area)["municipalities"] == ["09473159"]
    assert [rows[each].outside for each in "FHL"] == ["Ort »Coburg«", "Ort »Bayern«", "Ort »bundesweit«"]
    assert all(rows[each].refusals for each in "NOP")


@pytest.mark.parametrize(
    ("said", "inside"),
    [("Hauptstr. 5, 96482 Ahorn", True), ("Hauptstraße 12a, Ahorn", True), ("Weg 3, 64686 Lautertal", False)],
)
def test_a_full_address_is_a_place(said, inside):
    (row,) = read(csv(["Träger", "Projekt", "Anschrift"], ["A", "Treff", said])).rows
    assert (row.refusals, bool(row.outside)) == ((), not inside)


def test_attributes_of_hashtags_are_a_set():
    (row,) = case("hxl_attrorder.csv").rows
    assert (of(row, Organisation)["name"], row.title) == ("Help Org", "Treff A")
    assert of(row, Area)["municipalities"] == ["09473112"]
    assert (period(row), row.outside) == ((day("2025-01-01"), day("2027-12-31")), "")
    tags = [
        "#org+name",
        "#activity+name",
        "#adm3+name+de",
        "#date+end+project",
        "#date+reported",
        "#value+requested",
    ]
    (row,) = read(csv(list("ABCDEF"), tags, ["A", "T", "Ahorn", "2027-12-31", "2024-01-01", "9"])).rows
    assert period(row) == (None, day("2027-12-31"))
    assert of(row, Funding) == {}


@pytest.mark.parametrize(
    ("name", "level"),
    [("Bundesverband Wohnen e. V.", Level.WELFARE), ("Stadtmission gGmbH", Level.WELFARE),
     ("Kreisverband Coburg der AWO", Level.WELFARE), ("Evang. Kirche in Bayern", Level.WELFARE),
     ("Kirchengemeinde Meeder", Level.WELFARE), ("Landratsamt Coburg", Level.COUNTY),
     ("Stadt Rödental", Level.MUNICIPAL), ("Helferkreis Ahorn", Level.VOLUNTEER),
     ("Stadt Pfarrkirchen", Level.MUNICIPAL), ("IHK zu Coburg", Level.BUSINESS)],
)  # fmt: skip
def test_what_makes_a_carrier_free_counts_before_the_rest_of_its_name(name, level):
    assert guessed_level(name) == (level, f"Ebene »{word(level)}« aus dem Namen vermutet")


@pytest.mark.parametrize("name", ["KoJa", "TSV Grub", "Kreisjugendring", "Stadtjugendamt"])
def test_a_level_that_no_name_tells_is_called_an_assumption(name):
    (row,) = read(csv(["Träger", "Projekt"], [name, "Treff"])).rows
    said = "Ebene nicht erkennbar, »Freie Träger/Kirchen« angenommen"
    assert row.notes == (f"Neuer Träger »{name}«: {said}, bitte prüfen.",)
    assert of(row, Organisation)["provenance_note"] == f"{said}."


_HOUSE = portfolio(**WORLD | {"organisations": [
    organisation(id=1, name="Landkreis Coburg", short_name="Landkreis"),
    organisation(id=2, name="Landratsamt Coburg", parent_id=1),
]})  # fmt: skip


def test_the_landratsamt_is_known_by_its_abbreviation_and_that_is_said():
    head = ["Träger", "Projekt"]
    rows = [["LRA Coburg", "A"], ["Landratsamt Coburg", "B"], ["LRA Bamberg", "C"]]
    short, whole, another = read(csv(head, *rows), known=_HOUSE).rows
    assert [of(row, Structure)["organisation_id"] for row in (short, whole)] == [2, 2]
    assert short.notes == ("»LRA Coburg« ist als »Landratsamt Coburg« gelesen.",)
    assert whole.notes == ()
    assert of(another, Organisation)["level"] == Level.COUNTY


@pytest.mark.parametrize(
    ("name", "level", "parent"),
    [("Jugendamt", Level.COUNTY, 2), ("Kreisjugendamt Coburg", Level.COUNTY, 2),
     ("Amt für Jugend und Familie Coburg", Level.COUNTY, 2), ("Gesundheitsamt", Level.STATE_OFFICE, 2),
     ("Ausländerbehörde Coburg", Level.STATE_OFFICE, 2),
     ("Staatliches Gesundheitsamt", Level.STATE_OFFICE, 2),
     ("Jugendamt Bamberg", Level.COUNTY, None), ("Jugendamt der Stadt Coburg", Level.MUNICIPAL, None),
     ("Evang. Jugendamt", Level.WELFARE, None), ("Landkreis Bamberg", Level.COUNTY, None)],
)  # fmt: skip
def test_parts_of_the_landratsamt_are_put_below_it_and_that_is_said(name, level, parent):
    (row,) = read(csv(["Träger", "Projekt"], [name, "Treff"]), known=_HOUSE).rows
    made = of(row, Organisation)
    assert (made["level"], made.get("parent_id")) == (level, parent)
    said = "dem »Landratsamt Coburg« zugeordnet, bitte prüfen"
    assert any(said in note for note in row.notes) == bool(parent)


def test_a_guessed_level_is_shown_as_a_guess():
    head, line = ["Träger", "Ebene", "Projekt"], ["Stadt Rödental", "", "Treff"]
    first, second = read(csv(head, line, [*line[:2], "Kurs"])).rows
    assert "Ebene »Gemeinde/VG« aus dem Namen vermutet" in first.notes[0]
    assert not second.notes
    assert of(first, Organisation)["provenance_note"]
    (said,) = read(csv(head, ["Treffpunkt", "Ehrenamt", "Treff"])).rows
    assert not said.notes


def test_a_column_of_sentences_is_refused_once_and_not_row_by_row():
    rows = [["A", f"Treff {number}", "Mittel für die Arbeit"] for number in range(30)]
    found = read(csv(["Träger", "Projekt", "Betrag"], *rows))
    assert all(not row.refusals for row in found.rows)
    assert (
        sum(
            "Die Spalte »Betrag« wird nicht als »Betrag« gelesen: Nur 0 von 30" in note
            for note in found.notes
        )
        == 1
    )


def test_a_mapping_that_cannot_be_is_refused_in_one_sentence(tmp_path):
    mapping = tmp_path / "z.toml"
    mapping.write_text('[columns]\n"T" = "organisation"\n"P" = "name"\n"B" = "amount"\n', encoding="utf-8")
    with pytest.raises(FileRefused, match=r"»z.toml« passt nicht: Die Spalte »B« wird nicht als »Betrag«"):
        read(csv(["T", "P", "B"], *[["A", "Treff", "viel"]] * 5), mapping=mapping)


def test_two_columns_that_say_different_things_are_asked_about():
    head = ["Träger", "Projekt", "Projektende", "Bewilligt bis"]
    found = read(csv(head, ["A", "Treff", "31.12.2026", "31.12.2027"]))
    assert periods(found) == [(None, None)]
    assert any("»Projektende« und »Bewilligt bis« können »Ende« sein" in note for note in found.notes)
    assert periods(read(csv(head, ["A", "Treff", *["31.12.2026"] * 2]))) == [(None, day("2026-12-31"))]


def test_a_number_column_that_is_called_like_a_programme_is_no_programme():
    found = read(csv(["Träger", "Projekt", "Förderprogramm"], ["A", "Treff", "1.000,00"]))
    assert of(found.rows[0], Funding) == {}
    assert any("»Förderprogramm«" in note and "Nicht gelesen" in note for note in found.notes)
    assert cents(read(csv(["Träger", "Projekt", "Förderung"], ["A", "Treff", "1.000,00 €"]))) == [100_000]


def test_a_carrier_that_holds_for_the_whole_file_is_said_once():
    rows = csv(["Projekt", "Gemeinde"], ["Treff", "Ahorn"], ["Kurs", "Meeder"])
    with pytest.raises(FileRefused, match=r"Spalte für den Träger .*--set traeger="):
        read(rows)
    found = read(rows, fixed={Meaning.ORGANISATION: "Verein A"})
    assert [of(row, Organisation)["name"] for row in found.rows] == ["Verein A"] * 2
    assert any("Für alle Zeilen: Träger = »Verein A«" in note for note in found.notes)
    both = csv(["Projekt", "Träger"], ["Treff", "Verein B"], ["Kurs", ""])
    found = read(both, fixed={Meaning.ORGANISATION: "Verein A"})
    assert [of(row, Organisation)["name"] for row in found.rows] == ["Verein B", "Verein A"]


def test_a_row_whose_words_are_headings_elsewhere_stays_a_row():
    head = ["Projekt", "Träger", "Gemeinde", "Programm"]
    found = read(csv(head, ["Kurs", "Verein", "Ahorn", "Projekt"], ["Treff", "Verband", "Meeder", ""]))
    assert [row.title for row in found.rows] == ["Kurs", "Treff"]


AMOUNTS: dict[str, Callable[[float], str]] = {
    "german": lambda number: f"{number:,.2f}".replace(",", " ").replace(".", ",").replace(" ", "."),
    "euro": lambda number: AMOUNTS["german"](number) + " €",
    "english": lambda number: f"{number:,.2f}",
    "plain": lambda number: f"{number:.2f}".replace(".", ","),
    "thousand": lambda number: f"{number / 1000:.5f}".replace(".", ",") + " T€",
}  # fmt: skip
DAYS = {
    "german": "{:%d.%m.%Y}", "short": "{:%d.%m.%y}", "iso": "{:%Y-%m-%d}", "clock": "{:%d.%m.%Y 00:00:00}",
    "slash": "{:%d/%m/%Y}", "american": "{:%m/%d/%Y}",
}  # fmt: skip
ROW = st.tuples(
    st.integers(1, 5_000_000),
    st.dates(date(2020, 1, 1), date(2049, 12, 31)),
    st.sampled_from(
        ["Ahorn", "97953 Ahorn", "Meeder, Ahorn", "kreisweit", "Bayern", "Meder", "alle außer Ahorn"]
    ),
)


@settings(max_examples=40)
@given(
    st.lists(ROW, min_size=1, max_size=6),
    st.sampled_from(sorted(AMOUNTS)),
    st.lists(st.sampled_from(sorted(DAYS)), min_size=2, max_size=2),
    st.booleans(),
)
def test_what_a_sheet_says_is_what_is_read_or_the_row_is_named(rows, amount, forms, beside):
    head = ["Träger", "Projekt", "Gemeinde", "Beginn", "Ende", "Betrag"]
    extra = ["Beantragt", "Geprüft am"] if beside else []
    lines = []
    for number, (euros, end, place) in enumerate(rows):
        days = [DAYS[form].format(each) for form, each in zip(forms, (date(2020, 1, 1), end), strict=True)]
        lines.append(["A", f"Treff {number}", place, *days, AMOUNTS[amount](euros / 100)])
        lines[-1] += ["9.999,99", "24.12.2019"] if beside else []
    found = read(csv([*head, *extra], *lines))
    named = {row.title for row in found.rows if row.refusals or row.outside}
    read_rows = [row for row in found.rows if row.title not in named]
    wanted = [each for number, each in enumerate(rows) if f"Treff {number}" not in named]
    assert {row.title for row in found.rows} == {f"Treff {number}" for number in range(len(rows))}
    assert sum(of(row, Funding)["amount_cents"] for row in read_rows) == sum(each[0] for each in wanted)
    undecided = any("ließe auch Monat/Tag zu" in note for note in found.notes)
    ends = [of(row, Funding)["end"] for row in read_rows]
    assert undecided or ends == [each[1] for each in wanted]


def test_every_odd_list_is_read_by_a_test():
    text = Path(__file__).read_text(encoding="utf-8")
    assert [each.name for each in CASES.iterdir() if each.name not in text] == []


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("Ende", "ab 2027"), ("Ende", "ab 01.01.2027"), ("Ende", "seit 2019"), ("Ende", "von Mai 2026"),
        ("Beginn", "bis 2027"), ("Beginn", "bis 31.12.2027"), ("Beginn", "bis zum 31.12.2027"),
        ("Ende", "ab dem 01.01.2027"),
    ],
)  # fmt: skip
def test_a_begin_in_the_column_of_ends_is_no_end_and_the_other_way_round(heading, said):
    found = read(csv(["Träger", "Projekt", heading], ["A", "Treff", said]))
    assert periods(found) == ["refused"]
    assert f"»{said}« sagt, wann etwas" in found.rows[0].refusals[0].reason


@pytest.mark.parametrize("said", ["bis 31.12.2027", "bis Ende 2027", "bis 2027"])
def test_an_end_may_say_bis(said):
    assert periods(read(csv(["Träger", "Projekt", "Ende"], ["A", "B", said])))[0][1] == date(2027, 12, 31)


@pytest.mark.parametrize("heading", ["Stellenanteil", "Stellenumfang", "Personalumfang"])
def test_how_much_of_a_post_is_never_taken_for_many_posts(heading):
    found = read(csv(["Träger", "Projekt", heading], ["A", "B", "0,5"], ["A", "C", "50"], ["A", "D", "19,5"]))
    assert figures(found, "fte") == [0.5, "refused", "refused"]
    assert "Stellen, Prozent einer Stelle oder Wochenstunden?" in found.rows[1].refusals[0].reason
    assert figures(read(csv(["Träger", "Projekt", "VZÄ"], ["A", "Amt", "19,5"])), "fte") == [19.5]


@pytest.mark.parametrize("said", ["30.000,00 Euro", "30 Tsd. Euro", "30.000 EUR", "30.000,- Euro"])
def test_euros_may_be_written_out(said):
    assert cents(read(csv(["Träger", "Projekt", "Programm", "Betrag"], ["A", "B", "BIR", said]))) == [
        3_000_000
    ]


@pytest.mark.parametrize("last", [["Erstellt am", "01.01.2026"], ["Anzahl Projekte", "2"]])
def test_a_remark_below_a_list_is_no_structure(last):
    found = read(
        csv(["Träger", "Projekt", "Gemeinde"], ["A", "B", "Ahorn"], ["A", "C", "Ahorn"], [*last, ""])
    )
    assert ["refused" if row.refusals else row.title for row in found.rows] == ["B", "C", "refused"]
    assert "ist eine Zahl oder ein Tag und kein Name" in found.rows[2].refusals[0].reason


_HEAD = ["Träger", "Projekt", "Gemeinde", "Programm", "Betrag"]
_TWO = [["A", "Treff", "Ahorn", "BIR", 30], ["A", "Café", "Ahorn", "BIR", 20]]


@pytest.mark.parametrize(
    "rows",
    [
        [["Förderliste 2026"], ["Alle Beträge in T€"], [], _HEAD, *_TWO],
        [["Projekte und Zuschüsse (TEUR)"], _HEAD, *_TWO],
        [["", "", "", "", "Angaben in Tsd. €"], _HEAD, *_TWO],
        [_HEAD, ["", "", "", "", "T€"], *_TWO],
        [_HEAD, ["", "", "", "", "(in Tsd. EUR)"], *_TWO],
        [_HEAD, *_TWO, [], ["Beträge in Tausend Euro"]],
    ],
)
def test_thousands_said_beside_the_heading_are_thousands_and_that_is_said(rows):
    found = read(workbook(rows), "a.xlsx")
    assert cents(found) == [3_000_000, 2_000_000]
    assert any("gelesen in Tausend Euro" in note for note in found.notes)


@pytest.mark.parametrize(
    "title",
    ["Volumen rund 1,5 Mio. Euro", "30 Projekte, T€ 500 im Jahr", "Beträge in Euro", "Stand in Coburg", "T"],
)
def test_a_title_that_names_a_sum_is_no_unit(title):
    assert cents(read(workbook([[title], _HEAD, *_TWO]), "a.xlsx")) == [3_000, 2_000]


@pytest.mark.parametrize("said", ["keine", "ohne Förderung", "entfällt", "Keine Zuwendung"])
def test_that_nothing_is_paid_is_no_programme(said):
    found = read(csv(["Träger", "Projekt", "Förderprogramm", "Ende"], ["A", "B", said, "31.12.2027"]))
    assert of(found.rows[0], Funding) == {}
    assert period(found.rows[0])[1] == day("2027-12-31")


def test_a_text_among_thousands_is_not_taken_for_a_thousandth_of_it():
    rows: list[list[Any]] = [["Angaben in T€"], _HEAD, *_TWO, ["A", "Kurs", "Ahorn", "BIR", "1.234"]]
    assert cents(read(workbook(rows), "a.xlsx")) == [3_000_000, 2_000_000, "refused"]


def test_a_cell_in_euros_contradicts_a_title_in_thousands():
    rows = [["Beträge in T€"], _HEAD, ["A", "Treff", "Ahorn", "BIR", "30.000,00 €"]]
    assert cents(read(workbook(rows), "a.xlsx")) == ["refused"]


@pytest.mark.parametrize(
    "below", [["gesamt", "pro Jahr"], ["pro Jahr", "gesamt"], [2026, 2027], ["2026", "2027"]]
)
def test_what_stands_below_a_heading_of_several_columns_belongs_to_it(below):
    head = [*_HEAD[:4], "Fördersumme", ""]
    found = read(workbook([head, ["", "", "", "", *below], ["A", "B", "Ahorn", "BIR", 30, 90]]), "a.xlsx")
    assert [row.title for row in found.rows] == ["B"]
    assert cents(found) == [None]
    assert any(f"»Fördersumme – {below[0]}«" in note for note in found.notes)


def test_a_row_below_a_missing_heading_stays_a_row():
    found = read(workbook([["Träger", "Projekt", ""], ["A", "B", "x"], ["A", "C", "y"]]), "a.xlsx")
    assert [row.title for row in found.rows] == ["B", "C"]


@pytest.mark.parametrize(
    ("title", "basis"),
    [
        ("Zuwendungen pro Jahr", AmountBasis.UNKNOWN),
        ("Alle Beträge monatlich", AmountBasis.UNKNOWN),
        ("Angaben je Haushaltsjahr in Euro", AmountBasis.UNKNOWN),
        ("Jährliche Fortschreibung", AmountBasis.TOTAL),
        ("Förderliste 2026", AmountBasis.TOTAL),
    ],
)
def test_amounts_are_no_totals_by_their_heading_where_a_title_speaks_of_years(title, basis):
    rows = [[title], [*_HEAD[:4], "Fördersumme"], *_TWO]
    found = read(workbook(rows), "a.xlsx")
    assert [of(row, Funding)["amount_basis"] for row in found.rows] == [basis, basis]


_TASKS = portfolio(**WORLD | {"tasks": [
    task(id=1, name="Migrationsberatung für Erwachsene (MBE)"), task(id=2, name="Frühe Hilfen (FH)"),
    task(id=3, name="Fachhilfe (FH)"),
]})  # fmt: skip


@pytest.mark.parametrize(
    ("said", "wanted"), [("MBE", 1), ("mbe", 1), ("Migrationsberatung für Erwachsene", 1), ("FH", None),
                         ("Mobile Beratung Ehrenamt (MBE)", None)],
)  # fmt: skip
def test_an_abbreviation_is_the_one_task_that_bears_it_and_that_is_said(said, wanted):
    head = ["Träger", "Projekt", "Aufgabe", "Gemeinde"]
    (row,) = read(csv(head, ["A", "Treff", said, "Ahorn"]), known=_TASKS).rows
    assert of(row, Responsibility).get("task_id") == wanted
    read_as = f"»{said}« ist als »Migrationsberatung für Erwachsene (MBE)« gelesen."
    assert (read_as in row.notes) == (wanted is not None)


def test_an_abbreviation_that_somebody_says_is_something_else_is_not_read_as_the_task(tmp_path):
    columns = {"Träger": Meaning.ORGANISATION, "Projekt": Meaning.NAME, "Aufgabe": Meaning.TASK,
               "Gemeinde": Meaning.MUNICIPALITY}  # fmt: skip
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(lists.mapping_text(Assignment(columns, {"MBE": ""})), encoding="utf-8")
    head = ["Träger", "Projekt", "Aufgabe", "Gemeinde"]
    (row,) = read(csv(head, ["A", "Treff", "MBE", "Ahorn"]), known=_TASKS, mapping=mapping).rows
    assert of(row, Responsibility) == {}
