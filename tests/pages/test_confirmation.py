"""The section Rückmeldung of the page Daten: nothing yet, a round, answers, overdue, taken back."""

import os
from datetime import datetime

import pytest

from steering.analysis import confirmation
from steering.exchange.confirmation.files import carrier_workbook
from steering.model import Structure
from steering.storage import reading
from steering.storage.tables import LINKS
from steering.storage.writing import Edit, write
from tests.exchange.confirmation.filling import filled
from tests.pages.test_working_ahead import rename
from tests.stored import row_of

NOW = datetime(2026, 11, 22, 10)  # noqa: DTZ001
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CARITAS, AWO = "Caritasverband Coburg", "AWO Kreisverband Coburg"


@pytest.fixture
def section(screen):
    """The page at this section, in a database of the kind."""

    def open_section(kind="coburg"):
        shown = screen("Daten und Einstellungen", kind=kind)
        shown.app.session_state["data section"] = "Rückmeldung"
        shown.app.run()
        assert not shown.app.exception
        return shown

    return open_section


@pytest.fixture
def begun(section):
    """The same with a round begun."""
    shown = section()
    shown.input("Rückantwort an (Funktionspostfach)").set_value("integration@landkreis-coburg.example").run()
    shown.click("Runde mit 15 Trägern beginnen")
    assert not shown.app.exception
    return shown


def part(shown, name):
    shown.app.session_state["confirmation part"] = name
    shown.app.run()
    assert not shown.app.exception


def sent(shown, carrier):
    portfolio = reading.portfolio(shown.engine)
    asked = next(each for each in confirmation.asked(portfolio) if each.carrier == carrier)
    return carrier_workbook(portfolio, asked, LINKS)


def upload(shown, **files):
    part(shown, "Antworten einlesen")
    shown.app.file_uploader[0].set_value([(f"{name}.xlsx", content, XLSX) for name, content in files.items()])
    shown.app.run()
    assert not shown.app.exception


def state(shown):
    return shown.app.dataframe[0].value.set_index("Träger")


def leave_the_first_out(shown):
    """Untick the first carrier that is offered."""
    shown.fill_in("confirmation carriers", {0: {"fragen": False}})
    shown.app.run()


def test_before_the_first_round_the_section_says_what_one_is_and_offers_it(section):
    shown = section()
    assert "Es gibt noch keine Rückmelderunde" in shown.texts
    assert shown.input("Bezeichnung").value == "Rückmeldung 2026"
    assert shown.input("Antwort erbeten bis").value == "20.12.2026"
    assert "Der Landkreis Coburg führt eine Übersicht" in shown.input("Anschreiben").value
    assert "Beispielverband" not in str(shown.app.main)


def test_without_structures_there_is_nobody_to_ask(section):
    assert "noch keine Struktur erfasst, deren Träger" in section("empty").texts


def test_a_round_begins_with_the_carriers_that_are_ticked(section):
    shown = section()
    leave_the_first_out(shown)
    shown.click("Runde mit 14 Trägern beginnen")
    assert "Von **14 Trägern** hat noch keiner geantwortet." in shown.texts
    assert AWO not in state(shown).index
    assert state(shown).loc[CARITAS, ["Stand", "offen"]].tolist() == ["versandt", 5]


def test_who_is_not_to_be_asked_outlasts_edits_of_others_and_other_sections(section):
    shown = section()
    leave_the_first_out(shown)
    assert "Runde mit 14 Trägern beginnen" in [each.label for each in shown.app.button]
    rename(shown.engine, "Umbenannt")
    for _ in range(2):
        shown.app.run()
        assert "Runde mit 14 Trägern beginnen" in [each.label for each in shown.app.button]
    rename(shown.engine, "Noch einmal umbenannt")
    shown.app.run()
    assert "Runde mit 14 Trägern beginnen" in [each.label for each in shown.app.button]


def test_a_wrong_day_or_mailbox_is_said_at_its_input_and_nothing_begins(section):
    shown = section()
    shown.type(Antwort_erbeten_bis="1.1.2020")
    shown.input("Rückantwort an (Funktionspostfach)").set_value("Sekretariat")
    shown.click("Runde mit 15 Trägern beginnen")
    assert "keine E-Mail-Adresse" in shown.texts
    assert reading.portfolio(shown.engine).confirmation_rounds.empty
    assert shown.input("Rückantwort an (Funktionspostfach)").value == "Sekretariat"


def test_the_beginning_of_a_round_can_be_taken_back(begun):
    assert "Rückmeldung 2026: Von **15 Trägern** hat noch keiner geantwortet" in begun.texts
    begun.click("Rückgängig")
    assert reading.portfolio(begun.engine).confirmation_rounds.empty
    assert "Es gibt noch keine Rückmelderunde" in begun.texts


def test_after_the_day_who_is_silent_is_overdue(begun, monkeypatch):
    monkeypatch.setenv("STEERING_TODAY", "2027-01-05")
    begun.app.run()
    assert "**15** sind seit dem 20.12.2026 überfällig." in begun.texts
    assert set(state(begun)["Stand"]) == {"ohne Antwort, 16 Tage überfällig"}
    assert os.environ["STEERING_TODAY"] == "2027-01-05"


def test_several_answers_are_shown_taken_over_and_taken_back(begun):
    answer = filled(
        sent(begun, CARITAS),
        ("Strukturen", 2, "Stimmt so?", "ja"),
        ("Strukturen", 3, "VZÄ", 1.5),
        ("Zuständigkeiten", 2, "Stimmt so?", "gibt es nicht mehr"),
        ("Zuständigkeiten", 2, "Bemerkung", "seit Sommer"),
        ("Zuständigkeiten", 3, "Stimmt so?", "vielleicht"),
    )
    upload(begun, caritas=answer, awo=filled(sent(begun, AWO), reply="ja"))
    assert "13 Zeilen, davon **0 neu**, **1 geändert**, **9 bestätigt**, **1 nur vermerkt**" in begun.texts
    assert "1 abgewiesen" in begun.texts
    assert "Caritasverband Coburg: 2 Zeilen bleiben offen." in begun.texts
    assert "AWO Kreisverband Coburg:" not in begun.texts
    assert "Gibt es laut Träger nicht mehr (1)" in [each.value for each in begun.app.subheader]
    assert begun.app.dataframe[0].value.iloc[0].tolist()[1:] == ["nicht genannt", "seit Sommer"]
    begun.click("11 Zeilen übernehmen")
    assert "11 Zeilen aus »Rückmeldung von Caritas und AWO« übernommen" in begun.texts
    part(begun, "Stand")
    assert "**2 von 15 Trägern** haben geantwortet, 1 davon erst teilweise." in begun.texts
    assert state(begun).loc[AWO, ["Stand", "Antwort am", "bestätigt"]].tolist() == [
        "beantwortet",
        "22.11.2026",
        8,
    ]
    assert state(begun).loc[CARITAS, ["bestätigt", "berichtigt", "entfallen", "offen"]].tolist() == [
        1,
        1,
        1,
        2,
    ]
    assert begun.app.dataframe[1].value["Bemerkung"].tolist() == ["seit Sommer"]
    part(begun, "Antworten einlesen")
    begun.click("Einlesen rückgängig machen")
    part(begun, "Stand")
    assert "Von **15 Trägern** hat noch keiner geantwortet" in begun.texts


def test_an_end_is_entered_only_where_somebody_chooses_it(begun):
    upload(begun, caritas=filled(sent(begun, CARITAS), ("Strukturen", 2, "Stimmt so?", "gibt es nicht mehr")))
    assert "**0 geändert**, **1 nur vermerkt**" in begun.texts
    chosen = begun.choice("Ende eintragen für")
    chosen.set_value([_first_id(begun)]).run()
    assert "**1 geändert**" in begun.texts
    begun.click("1 Zeile übernehmen")
    structures = reading.portfolio(begun.engine).structures
    assert f"{structures['valid_until'].max():%d.%m.%Y}" == "22.11.2026"


def _first_id(shown):
    portfolio = reading.portfolio(shown.engine)
    asked = next(each for each in confirmation.asked(portfolio) if each.carrier == CARITAS)
    return asked.items[0].id


def test_where_both_sides_have_changed_something_somebody_decides(begun):
    answer = filled(sent(begun, CARITAS), ("Strukturen", 2, "VZÄ", 3), ("Förderungen", 2, "Stimmt so?", "ja"))
    structure = row_of(begun.engine, Structure, 12)
    edit = Edit(Structure, {"fte": 2.0}, id=12, version=structure["version"])
    write(begun.engine, [edit], actor="Fachbereich 22", now=NOW)
    upload(begun, caritas=answer)
    assert "Beide Seiten haben geändert (1)" in [each.value for each in begun.app.subheader]
    clash = begun.app.dataframe[0].value.iloc[0]
    assert clash.tolist()[1:] == ["VZÄ", "0,5", "2", "3"]
    assert "**0 geändert**, **1 bestätigt**" in begun.texts
    assert "1 abgewiesen" in begun.texts
    begun.choice("Angabe des Trägers gilt für").set_value([_first_id(begun)]).run()
    assert "**1 geändert**, **1 bestätigt**" in begun.texts
    begun.click("2 Zeilen übernehmen")
    assert row_of(begun.engine, Structure, 12)["fte"] == 3.0


def test_files_that_are_none_are_refused_in_words_and_the_others_are_read(begun):
    upload(
        begun,
        alt=b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        caritas=filled(sent(begun, CARITAS), reply="ja"),
        kaputt=b"PK\x03\x04kaputt",
        nochmal=sent(begun, CARITAS),
    )
    assert "»alt.xlsx« hat das alte Excel- oder Word-Format" in begun.texts
    assert "»kaputt.xlsx« ist beschädigt" in begun.texts
    assert "schon die zweite Datei von »Caritasverband Coburg«" in begun.texts
    assert "**5 bestätigt**" in begun.texts


def test_a_day_in_the_future_is_no_day_of_an_answer(begun):
    part(begun, "Antworten einlesen")
    begun.input("Eingegangen am").set_value("01.02.2027").run()
    assert "liegt nicht in der Zukunft" in begun.texts
    begun.input("Eingegangen am").set_value("gestern").run()
    assert "ist kein Datum" in begun.texts


def test_a_round_gets_another_day_or_is_put_away(begun):
    begun.type(Antwort_erbeten_bis="31.01.2027")
    begun.click("Speichern")
    assert "Erbeten sind die Antworten bis zum 31.01.2027." in begun.texts
    begun.click("Rückmelderunde archivieren")
    assert "Es gibt noch keine Rückmelderunde" in begun.texts
    begun.click("Wiederherstellen")
    assert "Erbeten sind die Antworten bis zum 31.01.2027." in begun.texts


def test_of_two_rounds_the_latest_is_looked_at_first(begun):
    part(begun, "Neue Runde")
    assert begun.input("Rückantwort an (Funktionspostfach)").value == "integration@landkreis-coburg.example"
    begun.type(Bezeichnung="Rückmeldung 2027")
    begun.click("Runde mit 15 Trägern beginnen")
    assert "Rückmeldung 2027: Von **15 Trägern**" in begun.texts
    begun.choice("Rückmelderunde").set_value(1).run()
    assert "**Rückmeldung 2026**, versandt am 22.11.2026" in begun.texts


def test_who_has_answered_is_not_shown_to_a_room(begun):
    begun.app.session_state["discreet"] = True
    begun.app.run()
    assert not begun.app.exception
    assert "Rückmeldung 2026" not in begun.texts
    assert "nur für die Verwaltung" in begun.texts


def test_five_hundred_structures_are_offered_with_their_carriers(section):
    shown = section("large")
    assert any(button.label.startswith("Runde mit ") for button in shown.app.button)
