"""Masterplan through the page: the proof, its parts, the forms, and measures kept from a what-if."""

from datetime import date

import pandas as pd
import pytest

from steering.analysis.changes import ExtendProgramme
from steering.storage import reading
from tests.pages.conftest import Screen

PARTS = ("Nachweis", "Fahrplan", "Wer trägt was", "Haushaltsblatt", "Zu ergänzen")


def words(shown: Screen) -> str:
    return shown.texts.replace("*", "")


def part(shown: Screen, name: str) -> Screen:
    shown.app.session_state["masterplan_part"] = name
    shown.app.run()
    assert not shown.app.exception
    return shown


def measures(shown: Screen):
    return reading.portfolio(shown.engine).measures


def test_the_answer_says_how_many_findings_stay_open_and_who_answers_none(screen):
    said = words(screen("Masterplan", stichtag="2026-11-25"))
    assert "2027: Mit dem Masterplan bleiben" in said
    assert "3 Maßnahmen wirken." in said
    assert "davon beantwortet keine Maßnahme" in said
    assert "Alle Maßnahmen sind Beispiele" in said


def test_the_proof_compares_by_period_and_shows_what_each_measure_contributes(screen):
    shown = screen("Masterplan", stichtag="2026-11-25")
    kinds, contributions, left = (found.value for found in shown.app.dataframe[:3])
    assert all("→" in cell for cell in kinds.iloc[-1, 1:])
    assert len(contributions) == 4
    in_turn = [int(cell.replace("−", "-")) for cell in contributions.iloc[:, -1]]
    assert sum(in_turn[:-1]) == in_turn[-1] > 0
    assert set(left["Antwort"]) == {"keine Maßnahme", "Maßnahme erfasst"}


@pytest.mark.parametrize("kind", ["coburg", "empty", "large"])
@pytest.mark.parametrize("masterplan", ["ohne", "mit"])
def test_every_part_opens_with_much_and_with_nothing(screen, kind, masterplan):
    shown = screen("Masterplan", kind=kind, masterplan=masterplan)
    for name in PARTS:
        part(shown, name)
        assert shown.app.title[0].value == "Masterplan"


def test_the_tasks_of_a_period_show_what_the_plan_adds(screen):
    without = part(screen("Masterplan"), "Wer trägt was").app.dataframe[0].value
    with_plan = part(screen("Masterplan", masterplan="mit"), "Wer trägt was").app.dataframe[0].value
    assert not without.astype(str).apply(lambda column: column.str.contains("+ ", regex=False)).any().any()
    assert with_plan["Landkreis"].str.contains("+ Beispiel: Integrationsplanung (F)", regex=False).any()


def test_the_budget_names_what_is_not_known_and_counts_measures_only_with_the_plan(screen):
    without = part(screen("Masterplan"), "Haushaltsblatt")
    assert "ohne Masterplan" in words(without)
    assert "nicht bekannt" in words(without)
    assert set(without.app.dataframe[1].value["Art"]) == {"Struktur"}
    with_plan = part(screen("Masterplan", masterplan="mit"), "Haushaltsblatt")
    assert "Maßnahme" in set(with_plan.app.dataframe[1].value["Art"])


def test_what_is_missing_is_listed_by_reason(screen):
    shown = part(screen("Masterplan"), "Zu ergänzen")
    said = {found.value for found in shown.app.subheader}
    assert {"ohne Wirkung: 1", "ohne Verantwortliche: 1", "Ende überschritten: 1"} <= said


def test_a_measure_is_captured_corrected_and_taken_back(screen):
    shown = screen("Masterplan")
    shown.type(Maßnahme="Lotsen sichern", Beginn_der_Maßnahme="01.01.2027")
    shown.click("Maßnahme anlegen")
    assert "Lotsen sichern" in set(measures(shown)["name"])
    shown.click("Rückgängig")
    assert "Lotsen sichern" not in set(measures(shown)["name"])


def test_bad_input_stays_standing_with_a_sentence(screen):
    shown = screen("Masterplan")
    shown.type(Maßnahme="X", Beginn_der_Maßnahme="bald")
    shown.click("Maßnahme anlegen")
    assert "»bald« ist kein Datum" in words(shown)
    assert shown.input("Beginn der Maßnahme").value == "bald"
    assert "X" not in set(measures(shown)["name"])


def test_steps_and_costs_are_captured_with_their_measure(screen):
    shown = screen("Masterplan")
    key = int(measures(shown)["id"].iloc[0])
    shown.app.session_state["edit_measure"] = key
    shown.app.run()
    shown.app.radio(key="edit_measure_part").set_value("milestone").run()
    shown.input("Meilenstein, Bezeichnung").set_value("Antrag")
    shown.type(Termin="15.11.2027")
    shown.app.button(key=f"save Meilenstein new for {key}").click().run()
    assert "Antrag" in set(reading.portfolio(shown.engine).milestones["name"])
    shown.app.radio(key="edit_measure_part").set_value("cost").run()
    shown.input("Haushaltsjahr der Kosten").set_value("2028")
    shown.input("Betrag der Kosten in €").set_value("12.000")
    shown.app.button(key=f"save Kosten new for {key}").click().run()
    assert 1_200_000 in set(reading.portfolio(shown.engine).measure_costs["amount_cents"].dropna())


def test_a_what_if_is_kept_as_a_measure_with_its_effects(screen):
    shown = screen("Lücken")
    bir3 = int(reading.portfolio(shown.engine).programmes.set_index("slug")["id"]["bir3"])
    shown.app.session_state["what_if"] = (ExtendProgramme(bir3, date(2029, 12, 31)),)
    shown.app.run()
    shown.click("Als Maßnahme behalten")
    shown.open("Masterplan")
    shown.type(Maßnahme="Behalten")
    shown.click("Maßnahme anlegen")
    kept = measures(shown).set_index("name").loc["Behalten", "effects"]
    assert '"extend_programme"' in kept
    assert "2029-12-31" in kept


def test_an_effect_can_be_removed_again(screen):
    shown = screen("Masterplan")
    shown.app.session_state["edit_measure"] = 2
    shown.app.run()
    shown.app.button(key="remove effect 0 of 2").click().run()
    left = measures(shown).set_index("id").loc[2, "effects"]
    assert "merge_responsibilities" not in left
    assert "add_responsibility" in left


def test_a_completed_measure_is_taken_over_into_the_data_and_back(screen):
    shown = screen("Masterplan")
    shown.app.session_state["edit_measure"] = 1
    shown.app.run()
    shown.click("Abschließen und in die Daten übernehmen")
    assert measures(shown).set_index("id").loc[1, "status"] == "completed"
    assert "2029-12-31" in set(reading.portfolio(shown.engine).fundings["end"].astype(str))
    shown.click("Rückgängig")
    assert measures(shown).set_index("id").loc[1, "status"] == "planned"


def test_a_measure_begun_from_a_finding_keeps_its_key_and_need(screen):
    shown = screen("Masterplan")
    from steering.web import plan_form

    rows = {"kind": "GAP", "task_id": 55, "need_id": 10, "key": "GAP/t55//n10"}
    shown.app.session_state["edit_measure"] = None
    shown.app.session_state["forms"] = {}
    shown.app.session_state[plan_form.START] = {
        "name": "Lücke", "tasks": [rows["task_id"]], "needs": [rows["need_id"]], "answers": rows["key"],
    }  # fmt: skip
    shown.app.run()
    shown.click("Maßnahme anlegen")
    made = measures(shown).set_index("name").loc["Lücke"]
    assert made["answers"] == rows["key"]
    needs = reading.portfolio(shown.engine).measure_needs
    assert needs.loc[needs["measure_id"] == made["id"], "need_id"].tolist() == [10]


def test_a_need_opens_a_measure_filled_in(screen):
    shown = screen("Bedarfe")
    shown.app.session_state["edit_need"] = 10
    shown.app.run()
    shown.click("Maßnahme dazu anlegen")
    shown.open("Masterplan")
    shown.click("Maßnahme anlegen")
    made = measures(shown).set_index("name").loc["Fachstelle gegen Diskriminierung"]
    assert made["status"] == "idea"
    assert pd.notna(made["field_id"])
