"""Quick edits in the sidebar: seen at once, checked at the field, nothing typed is lost."""

import re
from datetime import datetime, time, timedelta
from typing import Any

import pytest

from steering.model import Funding, Level, Measure, Need, Payer, Record, Structure
from steering.storage import archiving, reading, writing
from steering.storage.history import undoing
from steering.storage.writing import Edit
from steering.web.editing import choices, record_inputs, saved
from tests.conftest import TODAY
from tests.pages.conftest import Screen
from tests.stored import row_of

LOTSEN = "Integrationslotsen"


@pytest.fixture
def sidebar(screen) -> Screen:
    shown = screen("Zeitachse")
    shown.edit(LOTSEN)
    return shown


def funding_of(shown: Screen, name: str = "BIR III"):
    rows = reading.portfolio(shown.engine).fundings
    rows = rows[rows["structure_id"] == shown.id_of(LOTSEN)]
    return rows[rows["name"].str.contains(name)].iloc[0]


def somebody_else_sets(shown: Screen, **values) -> None:
    row = funding_of(shown)
    edit = Edit(Funding, values, id=int(row["id"]), version=int(row["version"]))
    writing.write(shown.engine, [edit], actor="Fachbereich 21", now=_now())


def _now():
    return datetime.combine(TODAY, time(10, 32))


def test_the_latest_funding_is_offered_first(sidebar):
    assert "BIR III" in sidebar.choice("Förderung").format_func(sidebar.choice("Förderung").value)


def test_a_new_end_is_saved_and_seen_on_the_open_page(sidebar):
    sidebar.type(Ende="31.12.2027")
    sidebar.click("Speichern")
    assert funding_of(sidebar)["end"].date().isoformat() == "2027-12-31"
    assert "Förderung von »Integrationslotsen« gespeichert" in sidebar.texts
    assert "Am 31.12.2026 endet »Flüchtlings" in sidebar.texts.replace("*", "")


def test_what_was_saved_can_be_taken_back_at_once(sidebar):
    sidebar.type(Ende="31.12.2027")
    sidebar.click("Speichern")
    sidebar.click("Rückgängig")
    assert funding_of(sidebar)["end"].date().isoformat() == "2026-12-31"
    assert "Zurückgenommen: Förderung von »Integrationslotsen« gespeichert." in sidebar.texts


def test_a_second_press_right_after_saving_takes_nothing_back(sidebar, monkeypatch):
    monkeypatch.setattr(saved, "TOO_SOON", timedelta(minutes=5))
    sidebar.type(Ende="31.12.2027")
    sidebar.click("Speichern")
    sidebar.click("Rückgängig")
    assert funding_of(sidebar)["end"].date().isoformat() == "2027-12-31"
    assert "Zurückgenommen" not in sidebar.texts


def test_what_was_saved_before_is_not_said_of_what_is_refused(sidebar):
    sidebar.type(Ende="31.12.2027")
    sidebar.click("Speichern")
    assert "gespeichert." in sidebar.texts
    sidebar.type(Ende="bald")
    sidebar.click("Speichern")
    assert "Bitte prüfen: »Ende«." in sidebar.texts
    assert "gespeichert." not in sidebar.texts


@pytest.mark.parametrize(
    ("label", "text", "sentence"),
    [
        ("Ende", "01.01.2023", "Das Ende (01.01.2023) liegt vor dem Beginn (01.01.2024)"),
        ("Ende", "31.12.0026", "Das Jahr 0026 liegt außerhalb von 1900 bis 2100"),
        ("Ende", "31.13.2026", "Den Tag »31.13.2026« gibt es nicht"),
        ("Ende", "", "Ein festes Ende braucht ein Datum"),
        ("Förderquote in %", "101", "höchstens 100"),
        ("Betrag in €", "viel", "ist kein Betrag"),
        ("VZÄ aus dieser Förderung", "1.5", "ist keine Zahl"),
        ("Bezeichnung", "x" * 10_000, "200"),
        ("Bezeichnung", "<b>BIR</b>", "spitzen Klammern"),
    ],
)
def test_bad_input_gets_a_sentence_and_stays_as_it_was_typed(sidebar, label, text, sentence):
    before = reading.revision(sidebar.engine)
    sidebar.input(label).set_value(text)
    sidebar.click("Speichern")
    assert sentence in sidebar.texts
    assert sidebar.input(label).value == text
    assert reading.revision(sidebar.engine) == before


def test_an_unknown_municipality_key_is_named(screen):
    shown = screen("Strukturen")
    shown.edit(LOTSEN, "Struktur")
    shown.input("Sitz (Gemeindeschlüssel)").set_value("01001000")
    shown.click("Speichern")
    assert "01001000" in shown.texts


def test_what_is_typed_survives_the_edit_of_somebody_else(sidebar):
    sidebar.type(Ende="31.12.2027")
    somebody_else_sets(sidebar, end="2028-12-31")
    sidebar.app.run()
    assert sidebar.input("Ende").value == "31.12.2027"
    assert "Inzwischen hat jemand anderes hier gespeichert" in sidebar.texts


def test_two_people_saving_the_same_record_see_both_states_and_overwrite_nothing(sidebar):
    sidebar.type(Ende="31.12.2027")
    somebody_else_sets(sidebar, end="2028-12-31")
    sidebar.click("Speichern")
    assert funding_of(sidebar)["end"].date().isoformat() == "2028-12-31"
    assert "Fachbereich 21 hat am 22.11.2026" in sidebar.texts
    told = next(each.value for each in sidebar.app.sidebar.markdown if "Ihre Eingabe" in each.value)
    assert told.replace("*", "").replace("\\", "").split("  \n") == [
        "Ende", "vorher: 31.12.2026", "dort gespeichert: 31.12.2028", "Ihre Eingabe: 31.12.2027",
    ]  # fmt: skip


def test_after_a_conflict_one_goes_on_from_the_new_state_with_ones_own_changes(sidebar):
    sidebar.type(Ende="31.12.2027")
    somebody_else_sets(sidebar, fte=2.0)
    sidebar.click("Speichern")
    sidebar.click("Auf dem neuen Stand weiterarbeiten")
    assert sidebar.input("Ende").value == "31.12.2027"
    assert sidebar.input("VZÄ aus dieser Förderung").value == "2"
    sidebar.click("Speichern")
    row = funding_of(sidebar)
    assert (row["end"].date().isoformat(), row["fte"]) == ("2027-12-31", 2.0)


def archived_by_somebody_else(shown: Screen, record: type[Record], key: int) -> str:
    row = row_of(shown.engine, record, key)
    done = archiving.archive(shown.engine, record, key, row["version"], actor="Fachbereich 21", now=_now())
    shown.app.run()
    assert not shown.app.exception
    return str(done.batch)


def test_what_is_typed_about_a_structure_that_somebody_archives_can_be_copied_and_comes_back(sidebar):
    structure = sidebar.id_of(LOTSEN)
    sidebar.type(Ende="31.12.2027")
    batch = archived_by_somebody_else(sidebar, Structure, structure)
    said = sidebar.texts.replace("*", "")
    assert re.search("Integrationslotsen wurde inzwischen am .+ von Fachbereich 21 archiviert.", said)
    assert "Ende: 31.12.2027" in said
    assert "Speichern" not in [each.label for each in sidebar.app.sidebar.button]
    undoing.undo(sidebar.engine, batch, actor="Fachbereich 21", now=_now())
    sidebar.app.run()
    assert sidebar.input("Ende").value == "31.12.2027"
    sidebar.click("Speichern")
    assert funding_of(sidebar)["end"].date().isoformat() == "2027-12-31"


@pytest.mark.parametrize(
    ("page", "box", "table", "record", "field"),
    [
        ("Bedarfe", "Welchen Bedarf?", "need", Need, "Was wird gebraucht?"),
        ("Masterplan", "Welche Maßnahme?", "measure", Measure, "Beginn der Maßnahme"),
    ],
)
def test_a_record_that_somebody_archives_is_no_empty_form_of_a_new_one(
    screen, page, box, table, record, field
):
    shown = screen(page)
    key = int(reading.portfolio(shown.engine).frame(table)["id"].iloc[0])
    shown.choice(box).set_value(key).run()
    shown.type(**{field: "getippt"})
    archived_by_somebody_else(shown, record, key)
    assert "von Fachbereich 21 archiviert." in shown.texts
    assert f"{field}: getippt" in shown.texts.replace("*", "")
    assert field not in [each.label for each in shown.app.text_input]
    shown.click("Eingaben verwerfen")
    assert shown.choice(box).value is None
    assert shown.input(field).value == ""


def test_who_archives_a_record_is_not_told_of_it_as_if_somebody_else_had(screen):
    shown = screen("Bedarfe")
    key = int(reading.portfolio(shown.engine).needs["id"].iloc[0])
    shown.choice("Welchen Bedarf?").set_value(key).run()
    shown.click("Bedarf archivieren")
    assert "wurde inzwischen" not in shown.texts
    assert shown.choice("Welchen Bedarf?").value is None


def test_a_draft_waits_while_another_structure_is_looked_at(sidebar):
    sidebar.type(Ende="31.12.2027")
    sidebar.app.run()
    sidebar.edit("Familienstützpunkt Familienzentrum Neustadt")
    sidebar.edit(LOTSEN)
    assert sidebar.input("Ende").value == "31.12.2027"


def test_six_inputs_make_a_structure_that_is_seen_at_once(screen):
    shown = screen("Strukturen")
    shown.click("Neue Struktur")
    shown.type(Name="Sprachcafé Rödental", Ende="31.12.2028")
    for label, wanted in (("Träger", "AWO"), ("Aufgabe", "Sprachförderung"), ("Gebiet", "Rödental")):
        box = shown.choice(label)
        box.set_value(_value(box, wanted))
    money = shown.choice("Förderung")
    money.set_value(_value(money))
    shown.click("Anlegen")
    portfolio = reading.portfolio(shown.engine)
    made = portfolio.structures[portfolio.structures["name"] == "Sprachcafé Rödental"].iloc[0]
    money = portfolio.fundings[portfolio.fundings["structure_id"] == made["id"]].iloc[0]
    duty = portfolio.responsibilities[portfolio.responsibilities["structure_id"] == made["id"]].iloc[0]
    assert made["end_kind"] == "unknown"
    assert (money["end_kind"], money["end"].date().isoformat()) == ("fixed", "2028-12-31")
    assert (money["part"], money["provenance"]) == ("carrying", "documented")
    assert duty["role"] == "deliver"
    # The table of all structures; those of the chosen one stand below it.
    listed = next(table.value for table in shown.app.main.dataframe if "Es fehlt" in table.value)
    assert "Sprachcafé Rödental" in list(listed["Struktur"])


def _value(box, wanted: str = "") -> Any:
    """The first value of a box whose words have those that are wanted."""
    of = {
        "Träger": choices.organisations, "Aufgabe": choices.tasks, "Gebiet": choices.areas,
        "Förderung": choices.programmes_or_none,
    }  # fmt: skip
    return next(value for value in of[box.label]() if value and wanted in box.format_func(value))


def test_a_new_carrier_is_made_on_purpose_only_after_the_known_ones_and_in_german(screen):
    shown = screen("Strukturen")
    shown.click("Neue Struktur")
    box = shown.choice("Träger")
    assert box.options[-1] == "Neuer Träger …"
    assert not any(each.proto.accept_new_options for each in shown.app.selectbox)
    box.set_value(record_inputs.NEW_CARRIER).run()
    shown.choice("Förderung").set_value(record_inputs.OTHER_MONEY).run()
    shown.type(Name="Sprachcafé", Ende="31.12.2028", Name_der_Förderung="Stiftung")
    for label in ("Aufgabe", "Gebiet"):
        shown.choice(label).set_value(_value(shown.choice(label)))
    shown.click("Anlegen")
    assert shown.texts.count("Bitte ausfüllen") == 1
    shown.type(Name_des_neuen_Trägers="Sprachverein")
    shown.click("Anlegen")
    portfolio = reading.portfolio(shown.engine)
    assert portfolio.organisations["name"].iloc[-1] == "Sprachverein"
    assert portfolio.fundings["name"].iloc[-1] == "Stiftung"


@pytest.mark.parametrize(
    ("carrier", "payer"), [("AWO Kreisverband Coburg", Payer.THIRD), ("Fachbereich 22", Payer.OWN)]
)
def test_the_budget_of_a_carrier_is_money_of_the_landkreis_only_where_the_carrier_stands_below_it(
    screen, carrier, payer
):
    shown = screen("Strukturen")
    shown.click("Neue Struktur")
    names = reading.portfolio(shown.engine).names("organisation")
    shown.choice("Träger").set_value(next(key for key, name in names.items() if name == carrier)).run()
    shown.choice("Förderung").set_value(record_inputs.OWN_MEANS).run()
    shown.type(Name="Sprachcafé", Ende="30.06.2027")
    for label in ("Aufgabe", "Gebiet"):
        shown.choice(label).set_value(_value(shown.choice(label)))
    shown.click("Anlegen")
    made = reading.portfolio(shown.engine).fundings.iloc[-1]
    assert (made["name"], made["payer"]) == ("Haushalt", payer)


@pytest.mark.parametrize(("level", "payer"), [(Level.MUNICIPAL, Payer.THIRD), (Level.COUNTY, Payer.OWN)])
def test_so_is_the_budget_of_a_new_carrier(screen, level, payer):
    shown = screen("Strukturen")
    shown.click("Neue Struktur")
    shown.click("Neuer Träger …")
    shown.choice("Förderung").set_value(record_inputs.OWN_MEANS).run()
    shown.choice("Ebene des neuen Trägers").set_value(level.value)
    shown.type(Name="Sprachcafé", Ende="30.06.2027", Name_des_neuen_Trägers="Neues Haus")
    for label in ("Aufgabe", "Gebiet"):
        shown.choice(label).set_value(_value(shown.choice(label)))
    shown.click("Anlegen")
    assert reading.portfolio(shown.engine).fundings.iloc[-1]["payer"] == payer


def test_the_way_to_a_new_carrier_and_another_funding_stands_beside_their_boxes(screen):
    shown = screen("Strukturen")
    shown.click("Neue Struktur")
    shown.click("Neuer Träger …")
    assert shown.choice("Träger").value == record_inputs.NEW_CARRIER
    assert shown.input("Name des neuen Trägers").value == ""
    assert "Neuer Träger …" not in [each.label for each in shown.app.button]
    shown.click("Andere Förderung …")
    assert shown.input("Name der Förderung").value == ""


def test_where_no_carrier_is_known_the_first_structure_asks_for_a_new_one(screen):
    shown = screen("Strukturen", kind="empty")
    shown.click("Neue Struktur")
    assert shown.choice("Träger").value == record_inputs.NEW_CARRIER


def test_a_new_structure_called_much_like_one_that_is_there_is_asked_about_and_can_be_made(screen):
    shown = screen("Strukturen")
    shown.click("Neue Struktur")
    shown.type(Name="Integrations-Lotsen")
    shown.app.run()
    assert "Ähnlich heißt schon: »Integrationslotsen« (" in shown.texts
    shown.type(Name="Nachhilfe am Abend")
    shown.app.run()
    assert "Ähnlich heißt schon" not in shown.texts


def test_what_is_missing_is_said_at_its_input(screen):
    shown = screen("Strukturen")
    shown.click("Neue Struktur")
    shown.type(Name="Nur ein Name", Ende="irgendwann")
    shown.click("Anlegen")
    assert shown.texts.count("Bitte ausfüllen") == 3
    assert "Bitte prüfen: »Träger«, »Aufgabe«, »Gebiet« und »Ende«." in shown.texts
    assert "»unbefristet«, »jährlich« und »nicht bekannt«" in shown.texts
    assert shown.input("Name").value == "Nur ein Name"


UNCOUNTED = "Dieser Betrag zählt in keiner Summe, bis gewählt ist, ob er je Jahr oder insgesamt gilt."


def test_an_amount_that_counts_nowhere_is_told_beside_it_and_with_its_saving(screen):
    shown = screen("Strukturen")
    shown.edit(LOTSEN)
    assert UNCOUNTED not in shown.texts
    shown.type(**{"Betrag in €": "55.000"})
    shown.app.run()
    assert UNCOUNTED in shown.texts
    shown.click("Speichern")
    assert f"gespeichert. {UNCOUNTED}" in shown.texts
    shown.click("Rückgängig")
    assert UNCOUNTED not in shown.texts


def test_an_end_a_lifetime_ago_is_stored_and_asked_about(screen):
    """1927, typed for 2027, was taken in silently."""
    asked = "Dieses Ende liegt 99 Jahre zurück. Bitte prüfen, ob das Jahr so gemeint ist."
    shown = screen("Strukturen")
    shown.edit(LOTSEN, part="Struktur")
    shown.choice("Fristart der Struktur selbst").set_value("fixed")
    shown.type(**{"Ende der Struktur selbst": "31.12.1927"})
    shown.app.run()
    assert asked in shown.texts
    shown.click("Speichern")
    assert f"gespeichert. {asked}" in shown.texts


def test_an_amount_that_counts_is_told_with_no_more_than_that_it_is_saved(screen):
    shown = screen("Strukturen")
    shown.edit(LOTSEN)
    shown.type(**{"Ende": "", "Betrag in €": "55.000"})
    shown.choice("Betrag bezieht sich auf").set_value("total").run()
    assert "bis Beginn und Ende der Förderung erfasst sind" in shown.texts
    shown.type(Ende="31.12.2027")
    shown.app.run()
    assert "zählt in keiner Summe" not in shown.texts
    shown.click("Speichern")
    assert "gespeichert." in shown.texts
    assert "zählt in keiner Summe" not in shown.texts


def test_confirming_keeps_the_day(screen):
    shown = screen("Strukturen")
    shown.edit("Zentrale Koordination der Flüchtlingshilfe", "Struktur")
    shown.click("Stand bestätigen")
    row = row_of(shown.engine, Structure, shown.id_of("Zentrale Koordination der Flüchtlingshilfe"))
    assert row["confirmed_on"] == TODAY


def test_removed_examples_come_back_with_undo(screen):
    shown = screen("Lagebild")
    shown.click("Alle Beispiele entfernen")
    assert reading.portfolio(shown.engine).committee_dates.empty
    shown.click("Rückgängig")
    assert len(reading.portfolio(shown.engine).committee_dates) == 26


def test_the_history_of_a_structure_offers_the_way_back(screen):
    shown = screen("Strukturen")
    shown.edit(LOTSEN)
    shown.type(Ende="31.12.2027")
    shown.click("Speichern")
    assert "von »Integrationslotsen« · Ende: 31.12.2026 → 31.12.2027" in shown.texts.replace("*", "")
    next(button for button in shown.app.main.button if button.label == "Rückgängig").click().run()
    assert funding_of(shown)["end"].date().isoformat() == "2026-12-31"


def test_merging_moves_what_hangs_on_the_duplicate(screen):
    shown = screen("Strukturen")
    keep, duplicate = "JaS Glockenbergschule", "JaS Mittelschule Am Moos"
    dropped = shown.id_of(duplicate)
    shown.edit(keep, "Struktur")
    shown.app.run()
    shown.app.selectbox(key="merge structure").set_value(dropped).run()
    shown.app.button(key="merge structure button").click().run()
    portfolio = reading.portfolio(shown.engine)
    assert duplicate not in set(portfolio.structures["name"])
    assert (portfolio.responsibilities["structure_id"] == shown.id_of(keep)).sum() == 2


def test_a_database_begun_empty_takes_the_documented_data_with_one_click(screen):
    shown = screen("Lagebild", kind="empty")
    shown.click("Daten des Landkreises Coburg laden")
    assert "Integrationslotsen" in shown.texts
    shown.click("Rückgängig")
    assert "noch keine Struktur erfasst" in shown.texts.replace("*", "")


def test_a_new_responsibility_without_target_groups_is_for_everyone(screen):
    shown = screen("Strukturen")
    shown.edit("JaS Glockenbergschule", "Zuständigkeit")
    box = shown.app.selectbox(key=f"edit_responsibility_of_{shown.id_of('JaS Glockenbergschule')}")
    box.select("Neue Zuständigkeit").run()
    for label, words in (("Aufgabe", "Hausaufgabenhilfe"), ("Gebiet", "Neustadt")):
        choice = shown.choice(label)
        choice.select(next(option for option in choice.options if words in option))
    shown.click("Speichern")
    rows = reading.portfolio(shown.engine)
    made = int(rows.responsibilities["id"].max())
    groups = rows.responsibility_groups
    reached = groups.loc[groups["responsibility_id"] == made, "target_group_id"]
    everyone = rows.target_groups.loc[rows.target_groups["everyone"], "id"]
    assert reached.tolist() == everyone.tolist()
