"""Masterplan through the page: the proof, its parts, the forms, and measures kept from a what-if."""

import os
import re
from datetime import date
from io import BytesIO

import pandas as pd
import pytest
from openpyxl import load_workbook

from steering.analysis.changes import EndFunding, ExtendProgramme
from steering.analysis.masterplan import budget, plan
from steering.analysis.scenarios import stored_changes
from steering.analysis.view import Horizon, Scenario, View
from steering.exchange import tables
from steering.model import Measure
from steering.storage import reading, writing
from steering.storage.writing import Edit
from steering.web.findings import rows as finding_rows
from steering.web.masterplan import budget as plan_budget
from steering.web.masterplan import periods as plan_periods
from steering.web.measures import form as measure_form
from steering.web.panels import rows_of
from tests.pages.conftest import Screen
from tests.storage.conftest import NOW

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


def test_the_answer_says_how_many_findings_stay_open_and_who_answers_none(look):
    said = words(look("Masterplan", stichtag="2026-11-25"))
    assert "2027: Mit dem Masterplan bleiben" in said
    assert "1 von 3 Maßnahmen mit Wirkung wirkt sich darauf aus." in said
    assert "offenen Hinweise ist keine Maßnahme erfasst" in said
    assert "Alle Maßnahmen sind Beispiele" in said


def test_the_budget_sheet_speaks_of_the_year_after_the_day_that_is_looked_at(look):
    for on, year in (("2026-11-25", 2027), ("2027-06-30", 2028), ("2026-01-05", 2027)):
        shown = part(look("Masterplan", stichtag=on), "Haushaltsblatt")
        assert f"Im Haushaltsjahr {year}: " in words(shown)
        box = shown.app.selectbox(key="budget_year")
        assert box.value == year
        box.select(2026).run()
        assert shown.app.selectbox(key="budget_year").value == 2026


def test_what_is_left_says_of_which_periods(look):
    whole, named = (
        look("Masterplan", stichtag="2026-11-25"),
        look("Masterplan", stichtag="2026-11-25", auswahl="offen"),
    )
    assert "Was offen bleibt (alle Planungszeiträume)" in whole.texts
    assert "Was offen bleibt (2027)" in named.texts


def test_what_is_left_names_each_stretch_of_days(look):
    left = look("Masterplan", stichtag="2026-11-25").app.dataframe[2].value
    (said,) = left.loc[left["Aufgabe"].str.startswith("Integrationskonzept fortschreiben"), "Zeitraum"]
    assert said == "bis 30.06.2027 und ab 01.01.2032"


def test_the_proof_is_a_picture_with_its_tables_behind_it(look):
    shown = look("Masterplan", stichtag="2026-11-25")
    picture = shown.app.get("vega_lite_chart")[0].proto
    assert "bleibt mit dem Masterplan offen" in picture.spec
    assert "Beispiel: Nachfolge der BIR III sichern" in picture.spec
    kinds, contributions, left = (found.value for found in shown.app.dataframe[:3])
    assert all("→" in cell for cell in kinds.iloc[-1, 1:])
    # In words, a row for each measure and period, and no sum over periods of unequal length.
    assert list(contributions.columns[:3]) == ["Maßnahme", "Status", "Zeitraum"]
    cells = contributions.iloc[:, 3:].to_numpy().ravel()
    assert all(re.fullmatch(r"ändert nichts|(schließt|öffnet) \d+ Hinweise?", cell) for cell in cells)
    assert set(contributions["Zeitraum"]) <= set(kinds.columns[1:])
    assert set(left["Antwort"]) == {"keine Maßnahme erfasst", "Maßnahme erfasst"}


@pytest.mark.parametrize("kind", ["coburg", "empty", "large"])
@pytest.mark.parametrize("masterplan", ["ohne", "mit"])
def test_every_part_opens_with_much_and_with_nothing(look, kind, masterplan):
    shown = look("Masterplan", kind=kind, masterplan=masterplan)
    for name in PARTS:
        part(shown, name)
        assert shown.app.title[0].value == "Masterplan"


def carried(shown: Screen) -> pd.DataFrame:
    """Wer trägt was, without the signs that keep Markdown from reading it."""
    return part(shown, "Wer trägt was").app.table[0].value.map(lambda text: text.replace("\\", ""))


def test_the_tasks_of_a_period_show_what_the_plan_adds(look):
    without = carried(look("Masterplan"))
    with_plan = carried(look("Masterplan", masterplan="mit"))
    who = "Wer, nach Ebene"
    assert not without[who].str.contains("+ ", regex=False).any()
    assert with_plan[who].str.contains(r"\*\*Landkreis\*\*: .*\+ Beispiel: Integrationsplanung \(F\)").any()


@pytest.mark.parametrize("stichtag", ["2026-11-25", "2028-01-01", "2030-06-01"])
def test_who_carries_what_speaks_of_the_period_of_the_answer(look, stichtag):
    shown = part(look("Masterplan", stichtag=stichtag), "Wer trägt was")
    named = {"2026-11-25": "2027", "2028-01-01": "2028", "2030-06-01": "2029–2031"}[stichtag]
    assert f"{named}: Mit dem Masterplan" in words(shown)
    assert f"{named}: Ohne Masterplan" in words(shown)
    box = shown.app.selectbox(key="plan_period")
    assert box.value == named
    box.select("2026").run()
    assert shown.app.selectbox(key="plan_period").value == "2026"


@pytest.mark.parametrize("scenario", ["gesichert", "optimistisch"])
def test_who_carries_what_names_the_scenario_in_which_it_is_so(look, scenario):
    shown = part(look("Masterplan", szenario=scenario), "Wer trägt was")
    assert f": Ohne Masterplan werden im Szenario {scenario} " in words(shown)
    assert shown.texts.count("gesichert") == (scenario == "gesichert")


def test_the_budget_names_what_is_not_known_and_counts_measures_only_with_the_plan(look):
    without = part(look("Masterplan"), "Haushaltsblatt")
    assert "ohne Masterplan" in words(without)
    assert "nicht bekannt" in words(without)
    assert set(without.app.dataframe[1].value["Art"]) == {"Struktur"}
    with_plan = part(look("Masterplan", masterplan="mit"), "Haushaltsblatt")
    assert "Maßnahme" in set(with_plan.app.dataframe[1].value["Art"])


def test_what_is_missing_is_listed_by_reason(look):
    shown = part(look("Masterplan"), "Zu ergänzen")
    assert "1 ohne Verantwortliche, 1 ohne Angaben zum Geld, 1 Ende überschritten" in words(shown)
    assert {"ohne Wirkung", "Meilenstein überfällig"} <= set(shown.app.dataframe[0].value["Was fehlt"])


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


def test_costs_that_stand_there_already_are_asked_about_and_can_be_entered_again(screen):
    shown = screen("Masterplan")
    key = int(measures(shown)["id"].iloc[0])
    shown.app.session_state["edit_measure"] = key
    shown.app.session_state["edit_measure_part"] = "cost"
    shown.app.run()

    def entered(note: str, amount: str = "13.000,50") -> int:
        shown.type(Haushaltsjahr_der_Kosten="2027", Anmerkung_zu_den_Kosten=note)
        shown.input("Betrag der Kosten in €").set_value(amount)
        shown.app.button(key=f"save Kosten new for {key}").click().run()
        rows = reading.portfolio(shown.engine).measure_costs
        return int((rows["measure_id"] == key).sum())

    before = entered("Miete")
    assert (entered("Strom"), entered("Strom", "")) == (before + 1, before + 2)
    assert "stehen bei dieser Maßnahme schon" not in shown.texts
    assert entered("Miete ") == before + 2
    assert "Genau diese Angaben stehen bei dieser Maßnahme schon." in shown.texts
    shown.click("Ja, noch einmal eintragen")
    assert int((reading.portfolio(shown.engine).measure_costs["measure_id"] == key).sum()) == before + 3
    assert "stehen bei dieser Maßnahme schon" not in shown.texts
    assert entered("Strom", "") == before + 3


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


def prefilled(shown: Screen, page: str) -> dict:
    """Press »Maßnahme dazu anlegen«, then store what the form on the Masterplan page holds: the record."""
    before = set(measures(shown)["id"])
    shown.click("Maßnahme dazu anlegen")
    shown.open("Masterplan")
    assert not shown.app.exception
    shown.click("Maßnahme anlegen")
    made = measures(shown).set_index("id")
    (new,) = set(made.index) - before
    assert made["status"][new] == "idea"
    assert pd.notna(made["field_id"][new]), page
    return made.loc[new].to_dict() | {"id": new}


def linked(shown: Screen, table: str, made: dict, column: str) -> list[int]:
    rows = reading.portfolio(shown.engine).frame(table)
    return rows.loc[rows["measure_id"] == made["id"], column].tolist()


def test_a_gap_opens_a_measure_filled_in_with_task_need_and_finding(screen):
    shown = screen("Lücken", stichtag="2026-11-25")
    keys = shown.app.session_state[rows_of("gaps-table")]
    shown.app.session_state["gap_chosen"] = next(key for key in keys if key.startswith("LEAD_ONLY/"))
    shown.app.run()
    made = prefilled(shown, "Lücken")
    task, _, need = made["answers"].split("/")[1:4]
    assert made["name"] == "Federführung ohne Durchführung: Patenschaften vermitteln"
    assert linked(shown, "measure_task", made, "task_id") == [int(task[1:])]
    assert linked(shown, "measure_need", made, "need_id") == [int(need[1:])]
    assert pd.notna(made["area_id"])


def test_an_overlap_opens_a_measure_filled_in(screen):
    shown = screen("Zuständigkeiten", stichtag="2026-11-25")
    made = prefilled(shown, "Zuständigkeiten")
    assert made["name"].startswith("Mehrfachzuständigkeit: ")
    assert made["answers"].startswith("OVERLAP/")
    assert linked(shown, "measure_need", made, "need_id") == []


def test_a_need_opens_a_measure_filled_in(screen):
    shown = screen("Bedarfe")
    shown.app.session_state["edit_need"] = 10
    shown.app.run()
    made = prefilled(shown, "Bedarfe")
    assert made["name"] == "Fachstelle gegen Diskriminierung"
    assert linked(shown, "measure_need", made, "need_id") == [10]
    assert pd.notna(made["area_id"])


def test_a_finding_that_only_an_assumption_has_can_be_answered_all_the_same(screen):
    shown = screen("Masterplan")
    known = shown.choice("Antwortet auf Hinweise").options
    shown.app.session_state["forms"] = {}
    shown.app.session_state[measure_form.START] = {"name": "Vorsorge", "answers": "GAP/t1//n999"}
    shown.app.run()
    assert not shown.app.exception
    assert len(shown.choice("Antwortet auf Hinweise").options) == len(known) + 1
    shown.click("Maßnahme anlegen")
    assert measures(shown).set_index("name").loc["Vorsorge", "answers"] == "GAP/t1//n999"


def test_a_step_of_the_stichtag_leaves_the_findings_to_choose_from_as_they_are(look, monkeypatch):
    shown = look("Masterplan")
    asked: list[View] = []
    found = finding_rows.standing

    def asking(at: View) -> pd.DataFrame:
        asked.append(at)
        return found(at)

    monkeypatch.setattr(finding_rows, "standing", asking)
    shown.app.date_input(key="stichtag").set_value(date(2027, 3, 1)).run()
    assert not shown.app.exception
    assert asked == []


def test_an_effect_on_something_archived_is_shown_as_such_and_applied_to_nothing(screen):
    shown = screen("Masterplan", masterplan="mit")
    before = part(shown, "Wer trägt was").app.table[0].value
    key = int(measures(shown).set_index("status").loc["running", "id"])
    lost = stored_changes.as_text((EndFunding(99_999, date(2026, 12, 31)),))
    writing.write(
        shown.engine,
        [Edit(Measure, {"effects": lost}, id=key, version=1)],
        actor="Test",
        now=NOW,
    )
    shown.app.session_state["edit_measure"] = key
    shown.app.run()
    said = words(shown)
    assert "1 Wirkung nennt etwas, das es nicht mehr gibt, und ändert nichts." in said
    assert "Was sie nennt, gibt es nicht mehr oder ist archiviert; sie ändert nichts." in said
    pd.testing.assert_frame_equal(shown.app.table[0].value, before)
    part(shown, "Zu ergänzen")
    assert "Wirkung greift ins Leere" in set(shown.app.dataframe[0].value["Was fehlt"])


def periods(shown: Screen) -> list[tuple[str, str]]:
    rows = reading.portfolio(shown.engine).periods
    return sorted(zip(rows["first"].astype(str), rows["last"].astype(str), strict=True))


def test_the_usual_periods_are_taken_over_changed_one_by_one_and_taken_back(screen):
    shown = screen("Masterplan")
    assert "Es gelten die üblichen" in words(shown)
    shown.click("Übliche Zeiträume übernehmen und ändern")
    usual = periods(shown)
    assert usual[0] == ("2026-01-01", "2026-12-31")
    assert usual[3] == ("2029-01-01", "2031-12-31")
    key = reading.portfolio(shown.engine).periods.set_index("first")["id"].loc["2029-01-01"]
    shown.app.session_state[plan_periods.CHOSEN] = int(key)
    shown.app.run()
    shown.type(Letzter_Tag="31.12.2030")
    shown.click("Zeitraum speichern")
    assert ("2029-01-01", "2030-12-31") in periods(shown)
    assert "2029–2030" in shown.app.dataframe[0].value.columns
    shown.click("Rückgängig")
    assert periods(shown) == usual
    shown.app.session_state[plan_periods.CHOSEN] = int(key)
    shown.app.run()
    shown.click("Zeitraum entfernen")
    assert ("2029-01-01", "2031-12-31") not in periods(shown)


def test_a_period_that_ends_before_it_begins_is_refused_and_stays_standing(screen):
    shown = screen("Masterplan")
    shown.click("Übliche Zeiträume übernehmen und ändern")
    before = periods(shown)
    shown.type(Erster_Tag="01.01.2030", Letzter_Tag="31.12.2029")
    shown.click("Zeitraum speichern")
    assert "Das Ende (31.12.2029) liegt vor dem Beginn (01.01.2030)" in words(shown)
    assert shown.input("Letzter Tag").value == "31.12.2029"
    assert periods(shown) == before


def test_the_file_of_the_haushaltsblatt_holds_the_figures_of_the_screen_and_names_what_is_missing(look):
    shown = part(look("Masterplan", masterplan="mit", stichtag="2026-11-25"), "Haushaltsblatt")
    rows = budget_of(shown)
    book = load_workbook(BytesIO(tables.xlsx(plan_budget.numbers(rows), title="Haushaltsblatt")))
    head, *lines = book["Haushaltsblatt"].iter_rows(values_only=True)
    read = pd.DataFrame(lines, columns=head)
    assert len(read) == len(rows) > 20
    assert set(read["Art"]) == {"Struktur", "Maßnahme"}
    for payer, label in plan_budget.HEADS.items():
        euros = pd.to_numeric(read[f"{label} (€)"])
        assert euros.sum() == pytest.approx(rows[f"{payer}_cents"].sum() / 100, abs=0.5)
        unknown = read[f"{label}: nicht bekannt (Anzahl)"]
        assert unknown.tolist() == rows[f"{payer}_unknown"].tolist()
        # Nothing unknown looks like zero, neither in the file nor on the screen.
        assert euros[(unknown > 0) & rows[f"{payer}_cents"].isna().to_numpy()].isna().all()
    year = shown.app.session_state[plan_budget.YEAR]
    on_screen = shown.app.dataframe[1].value
    of_year = rows[rows["year"] == year].reset_index(drop=True)
    for payer, label in plan_budget.HEADS.items():
        named = on_screen[label].str.contains("nicht bekannt")
        assert named.tolist() == (of_year[f"{payer}_unknown"] > 0).tolist()
    assert on_screen["Zuwendung"].str.contains("nicht bekannt").any()


def budget_of(shown: Screen) -> pd.DataFrame:
    """The sheet with the plan, computed beside the page."""
    data = reading.portfolio(shown.engine)
    today = date.fromisoformat(os.environ["STEERING_TODAY"])
    look = View(today, today, Horizon.around(today, 1, 9), Scenario())
    rows = budget.sheet(data, plan.with_masterplan(data, look), True)
    return rows[rows["year"] >= today.year].reset_index(drop=True)


def test_without_a_need_nothing_says_that_nothing_is_left_open(look):
    shown = look("Masterplan", handlungsfeld="gesundheit")
    assert "Ohne erfasste Bedarfe lässt sich nicht sagen, was offen ist." in shown.texts
    assert "kein offener Hinweis" not in shown.texts
    assert "Was offen bleibt" not in shown.texts
