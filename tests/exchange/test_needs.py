"""Lists of needs: task, area, for whom and how much; what is recorded is changed, what is wrong is named."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from steering.analysis.incoming import New
from steering.analysis.portfolio import Portfolio
from steering.exchange.incoming_files import FileRefused, received
from steering.exchange.needs import reading
from steering.model import Area, Need, NeedKind, NeedUnit, Priority
from tests.builders import (
    area,
    area_municipality,
    municipality,
    need,
    need_group,
    portfolio,
    target_group,
    task,
    task_field,
)
from tests.exchange.files import workbook
from tests.exchange.lists_read import PLACES

TODAY = date(2026, 11, 27)
AHORN, RODACH = "09473112", "09473158"
WORLD: dict[str, Any] = {
    "settings": {"district_key": "09473", "district_name": "Landkreis Coburg", "horizon_years_ahead": 9},
    "municipalities": [
        municipality(ags=ags, name=name, postcode=code, population=5_000)
        for ags, (name, code) in PLACES.items()
    ],
    "areas": [area(id=1), area(id=2, name="Ahorn", kind="municipality")],
    "area_municipalities": [
        *(area_municipality(area_id=1, ags=ags) for ags in PLACES), area_municipality(area_id=2, ags=AHORN),
    ],
    "fields": [task_field(), task_field(id=2, slug="strategische-steuerung", name="Steuerung")],
    "tasks": [task(id=1, name="Sprachkurse"), task(id=2, name="Akteure koordinieren", field_id=2)],
    "target_groups": [target_group(id=1, name="alle", everyone=True), target_group(id=2, name="Frauen")],
}  # fmt: skip


def recorded(*needs: dict[str, Any]) -> Portfolio:
    """These needs of language courses in Ahorn are recorded."""
    rows = [need(task_id=1, area_id=2, quantity=20.0, unit="places", **each) for each in needs]
    groups = [need_group(need_id=each["id"], target_group_id=1) for each in needs]
    return portfolio(**WORLD, needs=rows, need_groups=groups)


KNOWN = recorded({"id": 7, "name": "Kurse in Ahorn"})
HEAD = "Aufgabe;Gemeinde;Für wen;Menge;Einheit;von;bis;Priorität\n"


def read(content: str | bytes, /, *, known: Portfolio = KNOWN, name: str = "bedarfe.csv", **said: str) -> Any:
    raw = content.encode() if isinstance(content, str) else content
    return reading.read(received(name, raw), known, {}, TODAY, said)


def reasons(found: Any) -> list[str]:
    return [refusal.reason for row in found.rows for refusal in row.refusals]


def test_a_row_becomes_a_need_with_its_area():
    found = read(f"{HEAD}Sprachkurse;Bad Rodach, St;Frauen;1,5;VZÄ;2027;31.12.2029;hoch\n")
    wanted, made = found.rows[0].records
    assert wanted.record is Need
    assert wanted.values == {
        "name": "Sprachkurse: Bad Rodach, St", "source": "Liste »bedarfe.csv«", "task_id": 1,
        "kind": NeedKind.SERVICE, "area_id": New(Area, (RODACH,)), "target_groups": [2], "quantity": 1.5,
        "unit": NeedUnit.FTE, "valid_from": date(2027, 1, 1), "valid_until": date(2029, 12, 31),
        "priority": Priority.HIGH,
    }  # fmt: skip
    assert made.values["municipalities"] == [RODACH]


@pytest.mark.parametrize("place", ["Ahorn", "09473112", "9473112", "Ahorn (Landkreis Coburg)"])
def test_what_is_recorded_is_changed_and_not_doubled(place):
    heading = "AGS" if place.isdecimal() else "Gemeinde"
    found = read(f"Aufgabe;{heading};Plätze\nSprachkurse;{place};25\n")
    (wanted,) = found.rows[0].records
    assert (wanted.id, wanted.values["quantity"], wanted.values["unit"]) == (7, 25.0, NeedUnit.PLACES)
    assert not {"name", "valid_from", "priority"} & set(wanted.values)


def test_the_whole_landkreis_a_group_of_places_and_steering_are_understood():
    lines = "Sprachkurse;ganzer Landkreis;;2 VZÄ;;;;\nSprachkurse;Ahorn, Meeder;;3;VZÄ;;;\n"
    found = read(f"{HEAD}{lines}Akteure koordinieren;kreisweit;;0,5;VZÄ;;;\n")
    assert [row.records[0].values["area_id"] for row in found.rows] == [1, New(Area, (AHORN, "09473144")), 1]
    assert [row.records[0].values["quantity"] for row in found.rows] == [2.0, 3.0, 0.5]
    assert found.rows[2].records[0].values["kind"] == NeedKind.STEERING


def test_two_periods_of_one_need_are_two_needs_and_the_same_twice_is_one():
    lines = "Sprachkurse;Meeder;;{};VZÄ;{};;\n"
    found = read(HEAD + lines.format(1, "2027") + lines.format(2, "2029"))
    assert len({row.records[0].key for row in found.rows}) == 2
    found = read(HEAD + lines.format(1, "2027") * 2)
    assert len({row.records[0].key for row in found.rows}) == 1


def test_of_two_rows_that_contradict_each_other_neither_is_taken():
    found = read(f"{HEAD}Sprachkurse;Meeder;;1;VZÄ;;;\nSprachkurse;Meeder;alle;2;VZÄ;;;\n")
    assert [row.refusals[0].reason.split(" sagt")[0] for row in found.rows] == ["Zeile 3", "Zeile 2"]


@pytest.mark.parametrize(
    ("first", "last", "line", "meant"),
    [
        (None, date(2029, 12, 31), "2030;2031", None),
        (date(2026, 1, 1), date(2029, 12, 31), "2030;2031", None),
        (date(2032, 1, 1), None, "2030;2031", None),
        (date(2028, 1, 1), None, "2030;2031", 7),
        (date(2026, 1, 1), None, "2026;2031", 7),
        (date(2020, 1, 1), date(2021, 1, 1), ";", 7),
        (date(2020, 1, 1), date(2021, 1, 1), ";2031", 7),
    ],
)
def test_only_a_need_of_the_same_time_is_changed(first, last, line, meant):
    known = recorded({"id": 7, "valid_from": first, "valid_until": last})
    found = read(f"Aufgabe;Gemeinde;Plätze;von;bis\nSprachkurse;Ahorn;40;{line}\n", known=known)
    assert reasons(found) == []
    assert found.rows[0].records[0].id == meant


@pytest.mark.parametrize("first", [None, date(2026, 1, 1)])
def test_a_need_that_holds_today_is_not_put_off_by_the_period_that_follows(first):
    known = recorded({"id": 7, "name": "Kurse", "valid_from": first})
    head = "Aufgabe;Gemeinde;Plätze;von;bis\n"
    later = "Sprachkurse;Ahorn;40;2030;2031\n"
    found = read(head + later, known=known)
    assert not found.rows[0].records
    assert (
        "»Kurse«, der heute schon gilt; mit dieser Zeile begänne er erst am 01.01.2030" in reasons(found)[0]
    )
    both = read(f"{head}{later}Sprachkurse;Ahorn;20;2026;2029\n", known=known)
    assert [row.records[0].id for row in both.rows] == [None, 7]


NAMED = "Bezeichnung;Aufgabe;Gemeinde;Plätze;Priorität;Anmerkung\n"
COURSES = f"{NAMED}Kurs A;Sprachkurse;Ahorn;20;hoch;a\nKurs B;Sprachkurse;Ahorn;20;niedrig;b\n"


def test_needs_of_different_names_are_different_needs_also_when_read_again():
    found = read(COURSES)
    assert [(row.records[0].id, row.records[0].values["name"]) for row in found.rows] == [
        (None, "Kurs A"), (None, "Kurs B"),
    ]  # fmt: skip
    assert len({row.records[0].key for row in found.rows}) == 2
    again = read(COURSES, known=recorded({"id": 8, "name": "Kurs B"}, {"id": 9, "name": "Kurs A"}))
    assert [row.records[0].id for row in again.rows] == [9, 8]


def test_of_two_rows_on_one_need_neither_note_nor_priority_is_lost():
    rows = "Kurs A;Sprachkurse;Ahorn;20;hoch;a\nKurs A;Sprachkurse;Ahorn;20;hoch;{}\n"
    assert reasons(read(NAMED + rows.format("a"))) == []
    assert len(reasons(read(NAMED + rows.format("b")))) == 2


@pytest.mark.parametrize(
    ("line", "column", "reason"),
    [
        ("Sprachkursse;Meeder;;1;VZÄ;;;", "Aufgabe", "Gemeint sein könnte »Sprachkurse«"),
        (";Meeder;alle;1;VZÄ;;;", "Aufgabe", "Die Aufgabe fehlt"),
        ("Sprachkurse;;alle;1;VZÄ;;;", "Gemeinde", "Das Gebiet fehlt"),
        ("Sprachkurse;Meder;;1;VZÄ;;;", "Gemeinde", "gemeint »Meeder«"),
        ("Sprachkurse;Meeder;Riesen;1;VZÄ;;;", "Für wen", "keine Zielgruppe"),
        ("Sprachkurse;Meeder;;viel;VZÄ;;;", "Menge", "keine Zahl"),
        ("Sprachkurse;Meeder;;20 %;VZÄ;;;", "Menge", "ist ein Anteil"),
        ("Sprachkurse;Meeder;;1;Meter;;;", "Einheit", "keine Einheit eines Bedarfs"),
        ("Sprachkurse;Meeder;;1;VZÄ;neulich;;", "von", "kein Datum"),
        ("Sprachkurse;Meeder;;1;VZÄ;2050;;", "von", "liegt nach dem Planungshorizont"),
        ("Sprachkurse;Meeder;;1;VZÄ;1950;;", "von", "liegt vor 1990"),
        ("Sprachkurse;Meeder;;1;VZÄ;;;quer", "Priorität", "keine Priorität"),
        ("Sprachkurse;Ahorn;;20000;Plätze;;;", "Menge", "das 1.000-Fache des Üblichen"),
        ("Sprachkurse;Meeder;;1;VZÄ;;;;zu viel", "", "Spalte|Zelle"),
    ],
)
def test_what_nobody_can_mean_is_refused_at_its_cell_and_the_rest_is_read(line, column, reason):
    found = read(f"{HEAD}{line}\nSprachkurse;Lautertal;;1;VZÄ;;;\n")
    (refused,) = [row for row in found.rows if row.refusals]
    assert refused.refusals[0].column == column
    assert any(part in reasons(found)[0] for part in reason.split("|"))
    assert [len(row.records) for row in found.rows if not row.refusals] == [2]


@pytest.mark.parametrize("said", ["VG Grub a.Forst", "Grub a.Forst (VGem)", "Meeder, VG Grub a.Forst"])
def test_a_verwaltungsgemeinschaft_is_not_the_municipality_of_its_name(said):
    (reason,) = reasons(read(f"{HEAD}Sprachkurse;{said};;1;VZÄ;;;\n"))
    assert reason.endswith("ist eine Verwaltungsgemeinschaft. Bitte je Gemeinde angeben.")


def test_another_landkreis_is_set_apart_and_an_unknown_amount_is_no_zero():
    found = read(f"{HEAD}Sprachkurse;Kronach;;1;VZÄ;;;\nSprachkurse;Meeder;;k.A.;VZÄ;;;\n")
    assert found.rows[0].outside
    assert "quantity" not in found.rows[1].records[0].values
    assert "Menge nicht bekannt" in found.rows[1].notes[0]


@pytest.mark.parametrize(
    ("heading", "cells", "amount"),
    [
        ("Menge;Einheit", "1.500;VZÄ", (1.5, NeedUnit.FTE)),
        ("Menge;Einheit", "1.500 VZÄ;VZÄ", (1.5, NeedUnit.FTE)),
        ("Menge", "1.500 VZÄ", (1.5, NeedUnit.FTE)),
        ("Menge", "1.5 VZÄ", (1.5, NeedUnit.FTE)),
        ("Menge", "ca. 1,25 Stellen", (1.25, NeedUnit.FTE)),
        ("Menge", "mindestens 1.200 Plätze", (1200.0, NeedUnit.PLACES)),
        ("Plätze", "1.200", (1200.0, NeedUnit.PLACES)),
        ("VZÄ", "1.200", (1.2, NeedUnit.FTE)),
        ("Plätze;VZÄ", "20;-", (20.0, NeedUnit.PLACES)),
        ("Plätze;VZÄ", "k. A.;1,5", (1.5, NeedUnit.FTE)),
    ],
)
def test_a_number_means_the_same_wherever_its_unit_stands(heading, cells, amount):
    found = read(f"Aufgabe;Gemeinde;{heading}\nSprachkurse;Meeder;{cells}\n")
    assert reasons(found) == []
    values = found.rows[0].records[0].values
    assert (values["quantity"], values["unit"]) == amount
    assert any("Drei Ziffern" in note for note in found.notes) == ("00" in cells)


def test_a_unit_said_of_the_whole_file_yields_to_that_of_a_cell():
    found = read("Aufgabe;Gemeinde;Menge\nSprachkurse;Meeder;10 Plätze\nSprachkurse;Ahorn;2\n", einheit="VZÄ")
    assert [row.records[0].values["unit"] for row in found.rows] == [NeedUnit.PLACES, NeedUnit.FTE]


@pytest.mark.parametrize(
    ("heading", "cells", "reason"),
    [
        ("Menge;Einheit", "10 Plätze;VZÄ", "Die Zelle sagt Plätze und die Spalte »Einheit« sagt VZÄ"),
        ("VZÄ", "10 Plätze", "Die Zelle sagt Plätze und die Überschrift »VZÄ« sagt VZÄ"),
        ("Plätze;Einheit", "10;VZÄ", "die Spalte »Einheit« sagt VZÄ"),
        ("Plätze;VZÄ", "20;1,5", "»Plätze« und »VZÄ« nennen beide eine Menge"),
        ("Menge;VZÄ", "20;1,5", "»Menge« und »VZÄ« nennen beide eine Menge"),
        ("Menge;Einheit", "20 Personen;Plätze", "»Personen« ist keine Einheit eines Bedarfs"),
        ("Menge", "20 € im Monat", "keine Einheit eines Bedarfs"),
    ],
)
def test_a_row_that_says_two_amounts_or_two_units_is_refused(heading, cells, reason):
    (said,) = reasons(read(f"Aufgabe;Gemeinde;{heading}\nSprachkurse;Meeder;{cells}\n"))
    assert reason in said


def test_a_workbook_with_numbers_and_days_is_read():
    rows: list[list[Any]] = [
        ["Bedarfsliste 2026"],
        ["Aufgabe", "Gebiet", "VZÄ", "von"],
        ["Sprachkurse", "Meeder", 1.5, date(2027, 2, 1)],
    ]
    (row,) = read(workbook(rows), name="bedarfe.xlsx").rows
    values = row.records[0].values
    assert (values["quantity"], values["unit"], values["valid_from"]) == (1.5, NeedUnit.FTE, date(2027, 2, 1))


def test_a_file_that_is_no_list_of_needs_is_a_sentence_and_what_holds_for_all_rows_can_be_said():
    with pytest.raises(FileRefused, match="noch eine Liste von Bedarfen"):
        read("Name;Ort\nA;B\n")
    with pytest.raises(FileRefused, match="sagt nicht, wo"):
        read("Aufgabe;VZÄ\nSprachkurse;1\n")
    (row,) = read("Aufgabe;VZÄ\nSprachkurse;1\n", gebiet="Meeder").rows
    assert row.title == "Sprachkurse: Meeder"


def test_a_task_is_found_by_the_abbreviation_that_it_alone_bears_and_that_is_said():
    tasks = [task(id=1, name="Migrationsberatung für Erwachsene (MBE)")]
    (row,) = read(HEAD + "MBE;Ahorn;alle;20;Plätze;;;\n", known=portfolio(**WORLD | {"tasks": tasks})).rows
    assert not row.refusals
    assert row.records[0].values["task_id"] == 1
    assert "»MBE« ist als »Migrationsberatung für Erwachsene (MBE)« gelesen." in row.notes
