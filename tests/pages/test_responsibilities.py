"""Zuständigkeiten: who is in charge twice, who overlaps, and what people think of it."""

from datetime import date, datetime, time

import pandas as pd
import pytest

from steering.model import Structure
from steering.storage import reading
from steering.storage.writing import Edit, write
from tests.pages.conftest import Screen
from tests.screens import drawn

PAGE = "Zuständigkeiten"


def plain(shown: Screen) -> str:
    return shown.texts.replace("*", "")


def tables(shown: Screen) -> list:
    return [table.value for table in shown.app.main.dataframe]


def listed(shown: Screen, title: str = "Hinweis"):
    """The first table with findings: what is to be clarified."""
    return next(table for table in tables(shown) if title in table.columns)


def turn_to(shown: Screen, picture: str) -> None:
    shown.app.button_group(key="responsibility_what").set_value(picture).run()


def assess(shown: Screen, state: str, reason: str = "") -> None:
    shown.choice("Einschätzung").set_value(state)
    if reason:
        shown.type(Begründung=reason)
    shown.click("Einschätzung speichern")


def test_it_says_how_many_tasks_have_several_houses_and_what_is_example(look):
    words = plain(look(PAGE))
    assert "Am 22.11.2026 sind bei 1 Aufgabe mehrere Stellen federführend (nach Beispielangaben)" in words
    assert "bei 1 Aufgabe ist die Federführung ungeklärt" in words


def test_without_the_examples_nobody_leads_twice(look):
    shown = look(PAGE)
    shown.click("Ausblenden")
    assert "sind bei keiner Aufgabe mehrere Stellen federführend erfasst" in plain(shown)


def test_the_answer_follows_the_stichtag(look):
    words = plain(look(PAGE, stichtag="2029-01-01"))
    assert "Am 01.01.2029 sind bei 2 Aufgaben" in words
    assert "Sprachmittlung (Beispiel)" in str(listed(look(PAGE, stichtag="2029-01-01"))["Aufgabe"].tolist())


def test_agreed_and_internal_overlaps_stand_apart(look):
    shown = look(PAGE)
    pending, settled = [table for table in tables(shown) if "Hinweis" in table.columns]
    assert set(settled["Einschätzung"]) == {"abgestimmt", "intern"}
    assert not set(pending["Aufgabe"]) & set(settled["Aufgabe"])


def test_the_list_names_kind_participants_place_and_period(look):
    row = listed(look(PAGE)).iloc[0]
    assert row["Hinweis"] == "Mehrfachzuständigkeit"
    assert row["Beteiligte"] == "Beispielverband und Beispielträger"
    assert (row["Wo"], row["Zeitraum"]) == ("kreisweit", "durchgehend")
    assert row["Einschätzung"] == "nicht eingeschätzt"
    assert row["Aufgabe"] == "Wohnraumakquise (Beispiel)"


def test_all_kinds_of_findings_are_one_switch_away(look):
    shown = look(PAGE)
    before = len(listed(shown))
    shown.app.toggle(key="findings_of_every_kind").set_value(True).run()
    kinds = set(listed(shown)["Hinweis"])
    assert len(listed(shown)) > before
    assert {"läuft aus", "Ende nicht bekannt"} <= kinds


def test_the_chosen_finding_answers_why(look):
    shown = look(PAGE)
    assert "Warum? Zwei oder mehr Strukturen derselben Planungsebene" in plain(shown)
    rows = shown.app.main.table[0].value
    assert {"Zuständigkeit", "Struktur"} <= set(rows["Angabe"])
    assert set(rows["Herkunft"]) == {"Beispiel"}


def test_another_finding_can_be_chosen(look):
    shown = look(PAGE)
    shown.app.session_state["finding"] = "UNKNOWN/t39/s28,s30/agreement"
    shown.app.run()
    assert "eine Vereinbarung darüber ist nicht erfasst" in plain(shown)


def test_an_assessment_is_saved_with_what_was_seen_and_shown(screen):
    shown = screen(PAGE)
    assess(shown, "to_clarify", reason="Termin mit beiden Trägern")
    stored = reading.portfolio(shown.engine).assessments.iloc[0]
    assert (stored["key"], stored["state"]) == ("OVERLAP/t41/s28,s29", "to_clarify")
    assert stored["seen_until"] is pd.NaT
    assert len(stored["seen_municipalities"].split()) == 17
    assert listed(shown)["Einschätzung"].iloc[0] == "zu klären · offen"
    assert "gespeichert" in plain(shown)


def test_an_assessment_can_be_taken_back(screen):
    shown = screen(PAGE)
    assess(shown, "to_clarify")
    shown.click("Rückgängig")
    assert listed(shown)["Einschätzung"].iloc[0] == "nicht eingeschätzt"


def test_an_assessment_without_a_choice_is_refused_at_its_input(screen):
    shown = screen(PAGE)
    shown.click("Einschätzung speichern")
    assert "Bitte eine Einschätzung wählen" in plain(shown)
    assert reading.portfolio(shown.engine).assessments.empty


def test_a_day_that_is_none_is_refused_at_its_input(screen):
    shown = screen(PAGE)
    shown.type(Wiedervorlage="31.02.2027")
    assess(shown, "accepted")
    assert "Den Tag »31.02.2027« gibt es nicht" in plain(shown)


def test_what_was_found_to_be_agreed_moves_to_what_is_settled(screen):
    shown = screen(PAGE)
    assess(shown, "agreed")
    pending, settled = [table for table in tables(shown) if "Hinweis" in table.columns]
    assert "Wohnraumakquise (Beispiel)" not in set(pending["Aufgabe"])
    assert "abgestimmt · offen" in set(settled["Einschätzung"])


def test_a_change_since_the_assessment_is_said(screen):
    shown = screen(PAGE)
    assess(shown, "agreed")
    shown.edit("Beispiel: Wohnhilfe", "Struktur")
    shown.choice("Fristart der Struktur selbst").set_value("fixed")
    shown.type(**{"Ende der Struktur selbst": "31.12.2027"})
    shown.click("Speichern")
    assert "verändert seit der Einschätzung" in set(listed(shown)["Einschätzung"])
    shown.app.session_state["finding"] = "OVERLAP/t41/s28,s29"
    shown.app.run()
    assert "Verändert seit der Einschätzung" in plain(shown)


@pytest.mark.parametrize("columns", ["Struktur", "Träger", "Ebene"])
def test_the_matrix_can_be_read_by_structure_carrier_and_level(look, columns):
    shown = look(PAGE)
    shown.app.button_group(key="responsibility_axis").set_value(columns).run()
    assert not shown.app.exception
    assert "Aufgaben ist am Stichtag keine Zuständigkeit erfasst" in plain(shown)


def test_tasks_without_anybody_and_any_need_are_folded(look):
    shown = look(PAGE)
    assert "davon ist auch kein Bedarf erhoben; sie sind eingeklappt" in plain(shown)
    shown.app.toggle(key="responsibility_every_task").set_value(True).run()
    assert "eingeklappt" not in plain(shown)


def test_a_chosen_task_shows_who_has_it_and_only_its_findings(look):
    shown = look(PAGE)
    shown.app.session_state["responsibility_task"] = 24
    shown.app.run()
    holders = next(table for table in tables(shown) if "Rolle" in table.columns)
    assert set(holders["Rolle"]) == {"federführend"}
    assert "Nur zu Sprachmittlung" in plain(shown)
    shown.click("Alle Aufgaben")
    assert "Nur zu Sprachmittlung" not in plain(shown)


def test_who_has_a_task_is_said_with_whom_it_is_for_and_until_when(look):
    """As Bedarfe and Lücken say it: a lead whose structure ends is none without an end."""
    shown = look(PAGE, stichtag="2026-11-25")
    tasks = reading.portfolio(shown.engine).tasks.set_index("slug")["id"]
    shown.app.session_state["responsibility_task"] = int(tasks["fluechtlings-und-integrationsberatung"])
    shown.app.run()
    (row,) = next(table for table in tables(shown) if "Rolle" in table.columns).to_dict("records")
    assert row["Für wen"] == "Asylsuchende, Geduldete, Schutzberechtigte"
    assert row["Läuft"] == "ja, bis 31.12.2026"
    assert row["Herkunft"] == "abgeleitet"


def test_what_is_only_concluded_bears_its_mark_in_the_matrix(look):
    shown = look(PAGE)
    assert any("○ abgeleitet" in str(each.proto) for each in shown.app.get("html"))
    body = next(each for each in shown.app.get("vega_lite_chart") if each.proto.selection_mode)
    cells = drawn(body, "cell")
    assert cells["derived"].any()
    assert cells.loc[cells["derived"], "detail"].str.contains("(abgeleitet)", regex=False).all()
    assert not (cells["derived"] & cells["example"]).any()


def test_an_overlap_of_real_houses_that_is_only_concluded_says_so(look):
    shown = look(PAGE, stichtag="2026-11-25", szenario="optimistisch")
    assert "davon 1 nach Beispielangaben, 1 nach abgeleiteten Angaben" in plain(shown)
    found = listed(shown, "Einschätzung")
    real = found[~found["Beteiligte"].str.contains("Beispiel")]
    assert set(real["Aufgabe"]) == {"Ehrenamtliche koordinieren (abgeleitet)"}


def test_the_findings_below_are_those_of_the_figure_that_led_here(look):
    shown = look(PAGE, stichtag="2026-11-25", auswahl="mehrfach")
    assert "Nur zu den Aufgaben der Auswahl oben." in plain(shown)
    assert list(listed(shown, "Einschätzung")["Aufgabe"]) == ["Wohnraumakquise (Beispiel)"]


def test_chosen_structures_leave_the_tasks_they_have(look):
    shown = look(PAGE)
    shown.choice("Nur diese Strukturen").set_value([shown.id_of("Integrationslotsen")]).run()
    assert "nur bei anderen" in plain(shown)


def test_who_overlaps_with_whom_lists_tasks_and_places(look):
    shown = look(PAGE)
    turn_to(shown, "Wer mit wem")
    found = listed(shown, "Stellen")
    assert "Beispielträger und Beispielverband" in set(found["Stellen"])
    shown.app.session_state["overlap_pair"] = ("Beispielträger", "Beispielverband")
    shown.app.run()
    assert list(listed(shown, "Stellen")["Aufgabe"]) == [
        "Sprachmittlung (Beispiel)",
        "Wohnraumakquise (Beispiel)",
    ]


def test_overlaps_over_time_are_drawn(look):
    shown = look(PAGE)
    turn_to(shown, "Über die Zeit")
    assert not shown.app.exception
    assert "Orange: Klärungspunkt" in plain(shown)


@pytest.mark.parametrize("picture", ["Wer macht was", "Wer mit wem", "Über die Zeit"])
@pytest.mark.parametrize("kind", ["empty", "large"])
def test_every_picture_with_nothing_and_with_500_structures(look, kind, picture):
    shown = look(PAGE, kind=kind)
    turn_to(shown, picture)
    assert not shown.app.exception


def test_many_columns_are_limited_and_said_to_be(look):
    assert "Gezeigt sind die 40 Spalten mit den meisten Aufgaben" in plain(look(PAGE, kind="large"))


def test_a_filter_narrows_answer_and_list(look):
    shown = look(PAGE, handlungsfeld="wohnen-und-mobilitaet")
    assert "sind bei 1 Aufgabe mehrere Stellen" in plain(shown)
    assert set(listed(shown)["Aufgabe"]) == {"Wohnraumakquise (Beispiel)"}


def test_without_responsibilities_the_list_says_why_it_is_empty(screen):
    shown = screen("Zuständigkeiten", kind="empty")
    assert "weil noch keine Zuständigkeit erfasst ist" in shown.texts
    assert "kein Klärungspunkt erfasst" not in shown.texts
    assert "»Liste einlesen«" in shown.texts, "else who has a list is not told of the way in"


def columns(shown: Screen) -> pd.DataFrame:
    """The columns of the matrix as they are drawn."""
    head = shown.app.get("vega_lite_chart")[0]
    return drawn(head, "column")


def test_a_structure_is_called_by_what_tells_it_apart(screen):
    shown = screen(PAGE)
    rows = reading.portfolio(shown.engine).structures.set_index("id")
    edits = [
        Edit(Structure, {"name": f"Sprachtreff ({place})"}, id=key, version=int(rows["version"][key]))
        for key, place in zip(columns(shown)["key"].astype(int)[:2], ("Ahorn", "Meeder"), strict=True)
    ]
    write(shown.engine, edits, actor="Planungsstab", now=datetime.combine(date(2026, 11, 22), time(9)))
    shown.app.run()
    assert {"Sprachtreff (Ahorn)", "Sprachtreff (Meeder)"} <= set(columns(shown)["label"])
