"""Koordinierungsrunde through the page, in each of its states."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time

import pytest

from steering.analysis.agenda import agenda
from steering.analysis.needs import coverage as need_coverage
from steering.analysis.rounds import round_of, snapshot
from steering.analysis.view import Horizon, Scenario, View
from steering.model import (
    AgendaGroup,
    AgendaItem,
    AgendaStatus,
    ExtensionRule,
    FindingKind,
    ForecastVariant,
    Funding,
    Indicator,
    Meeting,
    MeetingStatus,
    Need,
    OutcomeStatus,
    Participant,
    Responsibility,
    Structure,
    Subject,
)
from steering.model.german import count
from steering.storage import observing, reading, rounds
from steering.storage.writing import Edit, Made, write
from steering.web import current
from steering.web.editing import attempts, record_forms
from steering.web.rounds import chart, closing, proposals
from steering.web.rounds import choice as choice_of_round
from tests.conftest import TODAY
from tests.pages.conftest import Screen
from tests.screens import pressed_twice
from tests.stored import Who

PAGE = "Koordinierungsrunde"
PART = "meeting_part"
SOMEBODY: Who = {"actor": "Fachbereich 22", "now": datetime.combine(TODAY, time(9))}


@pytest.fixture
def seeded(screen) -> Callable[..., Screen]:
    """`seeded(status, {...}, {...})` opens the page on a round in that state with these points."""

    def opened(
        status: MeetingStatus, *points: dict, kind: str = "coburg", about: dict | None = None, **address: str
    ) -> Screen:
        shown = screen(kind=kind)
        edits = [Edit(Meeting, {"day": TODAY, "status": status, **(about or {})})]
        edits += [
            Edit(AgendaItem, {"meeting_id": Made(0), "position": place, **values})
            for place, values in enumerate(points, start=1)
        ]
        write(shown.engine, edits, **SOMEBODY)
        return screen(PAGE, kind=kind, **address)

    return opened


@pytest.fixture
def round_page(seeded) -> Screen:
    """A round on 25.11.2026 with two points of its own, the second chosen."""
    about = {"day": date(2026, 11, 25), "begins": "14:00", "place": "Sitzungssaal"}
    points = [{"name": "Erster Punkt"}, {"name": "Zweiter Punkt"}]
    return seeded(MeetingStatus.DRAFT, *points, about=about, runde="1", punkt="2")


def words(shown: Screen) -> str:
    return shown.texts.replace("*", "")


def headings(shown: Screen) -> list[str]:
    return [each.value for each in shown.app.header]


def stored(shown: Screen, table: str, row: int = -1):
    return reading.portfolio(shown.engine).frame(table).iloc[row]


def part(shown: Screen, name: str) -> None:
    shown.app.session_state[PART] = name
    shown.app.run()
    assert not shown.app.exception


def close(shown: Screen) -> None:
    part(shown, "Abschluss")
    shown.app.checkbox(key="meeting_close_sure").check().run()
    shown.click("Runde schließen")


ON_OVERLAP = {"name": "Wohnraum", "subject": Subject.FINDING, "subject_key": "OVERLAP/t41/s28,s29"}


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (MeetingStatus.DRAFT, "Nächste Runde: Sonntag, 22. November 2026 · 1 Punkt auf der Tagesordnung"),
        (MeetingStatus.INVITED, "Nächste Runde: Sonntag, 22. November 2026 · 1 Punkt auf der Tagesordnung"),
        (MeetingStatus.RUNNING, "Die Runde vom Sonntag, 22. November 2026 läuft: 0 von 1 Punkt sind"),
        (MeetingStatus.CANCELLED, "Es ist noch keine Koordinierungsrunde angelegt"),
    ],
)
def test_each_state_has_its_sentence_and_its_parts_open(seeded, status, said):
    shown = seeded(status, ON_OVERLAP)
    assert said in words(shown)
    for name in ("Punkte", "Vorschläge", "Rahmen und Teilnahme", "Vereinbart", "Abschluss"):
        part(shown, name)


def test_while_others_look_no_part_is_named_that_is_not_there(seeded):
    shown = seeded(MeetingStatus.RUNNING, runde="1")
    part(shown, "Punkte")
    assert "Unter »Vorschläge« stehen die Themen aus den Daten. Links lässt sich" in words(shown)
    shown.app.session_state[current.DISCREET] = True
    shown.app.run()
    part(shown, "Punkte")
    assert "Noch steht kein Punkt auf der Tagesordnung. Links lässt sich ein eigener anlegen." in words(shown)
    assert "Vorschläge" not in words(shown)


def test_how_many_points_are_recorded_is_said_alike_everywhere(seeded):
    shown = seeded(MeetingStatus.RUNNING, ON_OVERLAP, {"name": "Anderes"}, runde="1", punkt="2")
    shown.input("Ergebnis").set_value("Gut.").run()
    shown.click("Ergebnis festhalten")
    part(shown, "Abschluss")
    assert words(shown).count("1 von 2 Punkten ist festgehalten") == 2
    write(shown.engine, [Edit(AgendaItem, {"meeting_id": 1, "name": "V", "internal": True})], **SOMEBODY)
    shown.app.run()
    assert words(shown).count("1 von 3 Punkten ist festgehalten") == 2
    shown.app.toggle(key="discreet_switch").set_value(True).run()
    assert words(shown).count("1 von 2 Punkten ist festgehalten") == 2


def test_the_first_round_says_of_its_points_what_it_said_after_others_were_closed(seeded):
    changed = {**ON_OVERLAP, "group": AgendaGroup.CHANGED}
    shown = seeded(MeetingStatus.RUNNING, changed, runde="1", punkt="1")
    later = [
        Edit(Meeting, {"day": TODAY, "status": MeetingStatus.RUNNING}),
        Edit(AgendaItem, {"meeting_id": Made(0), **changed}),
    ]
    write(shown.engine, later, **SOMEBODY)
    close(shown)
    part(shown, "Punkte")
    captions = shown.app.radio(key="meeting_points").proto.captions
    assert captions[0].startswith("aus den Daten")
    close_by_somebody_else(shown, 2)
    shown.app.run()
    assert list(shown.app.radio(key="meeting_points").proto.captions) == list(captions)


def test_of_a_structure_that_is_nowhere_recorded_no_empty_place_is_told(seeded):
    shown = seeded(MeetingStatus.RUNNING, {"name": "Leer"}, runde="1", punkt="1")
    structure = {"name": "Wohnlotse Süd", "kind": "post", "organisation_id": 1}
    ends = {"structure_id": Made(0), "name": "Projekt", "end": date(2027, 3, 14), "end_kind": "fixed"}
    made = write(shown.engine, [Edit(Structure, structure), Edit(Funding, ends)], **SOMEBODY).ids
    about = {"subject": Subject.FINDING, "subject_key": f"ENDING//s{made[0]}"}
    write(shown.engine, [Edit(AgendaItem, about, id=1, version=1)], **SOMEBODY)
    shown.app.run()
    assert "Hinweis · Wohnlotse Süd · 14.03.2027" in words(shown)
    shown.app.session_state[current.PRESENTING] = True
    shown.app.run()
    assert "14.03.2027 · läuft aus" in shown.texts
    assert "****" not in shown.texts


def test_a_round_goes_from_draft_to_invited_to_running(seeded):
    shown = seeded(MeetingStatus.DRAFT, ON_OVERLAP)
    shown.click("Einladung vermerken")
    assert stored(shown, "meeting")["invited_on"].date() == TODAY
    shown.click("Runde beginnen")
    assert stored(shown, "meeting")["status"] == MeetingStatus.RUNNING


def test_a_large_round_on_many_structures_opens(seeded):
    points = [{"name": f"Punkt {number}"} for number in range(60)]
    shown = seeded(MeetingStatus.RUNNING, *points, kind="large")
    assert len(shown.app.radio(key="meeting_points").options) == 60
    part(shown, "Vorschläge")
    assert not shown.app.exception


def test_a_point_on_a_finding_shows_its_chart_and_the_finding(seeded):
    shown = seeded(MeetingStatus.RUNNING, ON_OVERLAP)
    assert len(shown.app.get("vega_lite_chart")) == 1
    assert "Mehrfachzuständigkeit: Wohnraumakquise" in words(shown)


def test_a_recorded_result_sets_the_assessment_in_one_step_with_what_was_seen(seeded):
    shown = seeded(MeetingStatus.RUNNING, ON_OVERLAP)
    shown.input("Ergebnis").set_value("Fachbereich 21 führt.").run()
    shown.choice("Einschätzung").set_value("agreed").run()
    shown.choice("Stand der Klärung").set_value("in_progress").run()
    shown.input("Wiedervorlage am").set_value("31.03.2027").run()
    assert reading.portfolio(shown.engine).assessments.empty
    shown.click("Ergebnis festhalten")
    judged = stored(shown, "assessment")
    assert (judged["state"], judged["progress"], judged["reason"]) == (
        "agreed",
        "in_progress",
        "Fachbereich 21 führt.",
    )
    assert judged["seen_municipalities"]
    assert judged["resubmit_on"].isoformat()[:10] == "2027-03-31"
    assert "als abgestimmt eingeschätzt" in words(shown)
    shown.click("Rückgängig")
    assert reading.portfolio(shown.engine).assessments.empty
    assert stored(shown, "outcome")["status"] == OutcomeStatus.DRAFT


def test_a_day_that_is_none_is_said_at_its_field_and_the_text_is_kept(seeded):
    shown = seeded(MeetingStatus.RUNNING, ON_OVERLAP)
    shown.input("Ergebnis").set_value("Text").run()
    shown.input("Wiedervorlage am").set_value("bald").run()
    assert "»bald« ist kein Datum" in words(shown)
    assert shown.input("Wiedervorlage am").value == "bald"
    assert stored(shown, "outcome")["text"] == "Text"


def test_a_text_is_stored_beside_a_day_that_is_none_which_waits_in_its_field_and_is_told_of(seeded):
    shown = seeded(MeetingStatus.RUNNING, ON_OVERLAP, {"name": "Anderes"}, runde="1", punkt="1")
    shown.input("Wiedervorlage am").set_value("im Mai").run()
    shown.input("Ergebnis").set_value("Die AWO fragt nach.").run()
    assert stored(shown, "outcome")["text"] == "Die AWO fragt nach."
    shown.click("Nächster Punkt")
    said = "Bei »Wohnraum« steht eine Angabe, die nicht gespeichert werden konnte"
    assert said in words(shown)
    assert "**etwas nicht gespeichert**" in shown.app.radio(key="meeting_points").proto.captions[0]
    part(shown, "Abschluss")
    assert said in words(shown)
    shown.app.checkbox(key="meeting_close_sure").check().run()
    assert next(each for each in shown.app.button if each.label == "Runde schließen").disabled
    part(shown, "Punkte")
    shown.click("Voriger Punkt")
    assert shown.input("Wiedervorlage am").value == "im Mai"
    assert "»im Mai« ist kein Datum" in words(shown)
    shown.input("Wiedervorlage am").set_value("31.05.2027").run()
    assert stored(shown, "outcome")["resubmit_on"].date() == date(2027, 5, 31)
    assert "nicht gespeichert" not in words(shown)


def test_of_what_is_refused_only_the_field_itself_waits(seeded):
    shown = seeded(MeetingStatus.RUNNING, ON_OVERLAP)
    shown.input("Wiedervorlage am").set_value("31.05.2027")
    shown.input("Ergebnis").set_value("x" * 20_000).run()
    assert stored(shown, "outcome")["resubmit_on"].date() == date(2027, 5, 31)
    assert shown.input("Ergebnis").value == "x" * 20_000
    assert "Zeichen" in words(shown)


def by_somebody_else(shown: Screen, key: int, status: AgendaStatus) -> None:
    version = int(reading.portfolio(shown.engine).agenda_items.set_index("id")["version"][key])
    write(shown.engine, [Edit(AgendaItem, {"status": status}, id=key, version=version)], **SOMEBODY)


def test_a_point_that_somebody_strikes_stays_with_who_writes_on_it(seeded):
    shown = seeded(MeetingStatus.RUNNING, {"name": "Erster"}, ON_OVERLAP, {"name": "Dritter"}, punkt="2")
    shown.input("Ergebnis").set_value("Die AWO").run()
    by_somebody_else(shown, 2, AgendaStatus.DROPPED)
    shown.input("Ergebnis").set_value("Die AWO fragt nach.").run()
    assert "Dieser Punkt wurde gestrichen" in words(shown)
    # The others have the numbers that everybody sees.
    assert list(shown.app.radio(key="meeting_points").options) == [
        "1 · Erster",
        "– · Wohnraum",
        "2 · Dritter",
    ]
    assert shown.address("punkt") == ["2"]
    assert stored(shown, "outcome")["text"] == "Die AWO fragt nach."
    assert "Was" in [each.label for each in shown.app.text_input], "the form of what is agreed stays too"
    shown.click("Wieder aufnehmen")
    assert "gestrichen" not in words(shown)
    assert stored(shown, "agenda_item", 1)["status"] == AgendaStatus.PLANNED
    shown.click("Streichen")
    assert shown.address("punkt") == ["1"], "who strikes it leaves it"


def test_a_point_stays_chosen_when_one_before_it_is_struck(seeded):
    shown = seeded(MeetingStatus.RUNNING, {"name": "Erster"}, ON_OVERLAP, {"name": "Dritter"}, punkt="3")
    by_somebody_else(shown, 1, AgendaStatus.DROPPED)
    shown.app.run()  # with the numbers that this browser still has
    assert shown.address("punkt") == ["3"]
    assert "Dritter" in headings(shown)


def test_a_point_that_is_not_there_is_said(seeded):
    shown = seeded(MeetingStatus.RUNNING, ON_OVERLAP, punkt="7", runde="1")
    assert choice_of_round.LOST_POINT in words(shown)


def close_by_somebody_else(shown: Screen, key: int = 1) -> None:
    data = reading.portfolio(shown.engine)
    found = round_of(data, key)
    assert found
    at = View(TODAY, TODAY, Horizon.around(TODAY, 1, 9))
    kept = snapshot.as_text(found, snapshot.state_of(data, at), {})
    view = {"as_of": TODAY, "scenario": "secured", "masterplan": False, "revision": 1}
    rounds.close(shown.engine, key, found.version, kept, on=TODAY, view=view, **SOMEBODY)


@pytest.mark.parametrize("presented", [{}, {"praesentation": "an"}])
def test_what_is_typed_while_somebody_closes_the_round_stays_until_it_is_left(seeded, presented):
    shown = seeded(MeetingStatus.RUNNING, {"name": "Erster"}, ON_OVERLAP, runde="1", punkt="2", **presented)
    write(shown.engine, [Edit(Meeting, {"day": date(2027, 2, 1)})], **SOMEBODY)
    close_by_somebody_else(shown)
    shown.input("Ergebnis").set_value("Die AWO fragt nach.").run()
    assert "Die Runde wurde gerade geschlossen durch Fachbereich 22" in words(shown)
    assert "Berichtigungen bitte als Nachtrag" in words(shown)
    assert shown.input("Ergebnis").value == "Die AWO fragt nach."
    assert shown.address("runde") == ["1"]
    shown.app.run()
    assert shown.input("Ergebnis").value == "Die AWO fragt nach."
    shown.click("Zur geschlossenen Runde")
    assert "Ergebnis" not in [each.label for each in shown.app.text_area]
    assert "offen geblieben, ohne Ergebnis" in words(shown)


def test_a_point_becomes_a_measure_that_answers_its_finding(seeded):
    shown = seeded(MeetingStatus.RUNNING, ON_OVERLAP)
    shown.click("Maßnahme anlegen")
    made = stored(shown, "measure")
    assert (made["name"], made["answers"]) == ("Wohnraum", ON_OVERLAP["subject_key"])
    tasks = reading.portfolio(shown.engine).measure_tasks
    assert tasks.loc[tasks["measure_id"] == made["id"], "task_id"].tolist() == [41]


def test_a_closed_round_stays_as_it_was_when_the_data_move_on(seeded):
    shown = seeded(MeetingStatus.RUNNING, ON_OVERLAP)
    close(shown)
    before = shown.app.get("vega_lite_chart")[0].proto.spec
    responsibilities = reading.portfolio(shown.engine).responsibilities
    row = responsibilities[responsibilities["structure_id"] == 24].iloc[0]
    edit = Edit(Responsibility, {"role": "inform"}, id=int(row["id"]), version=int(row["version"]))
    structure = Edit(Structure, {"name": "Umbenannt"}, id=24, version=1)
    write(shown.engine, [edit, structure], **SOMEBODY)
    shown.app.run()
    assert shown.app.get("vega_lite_chart")[0].proto.spec == before
    assert "Umbenannt" not in words(shown)


def test_what_is_kept_of_a_round_is_drawn_as_everyone_sees_it_whoever_closes_it(seeded, monkeypatch):
    """It is shown to everyone for years, so it must not rest on counts of few persons."""
    shown = seeded(MeetingStatus.RUNNING, ON_OVERLAP)
    drawn_for_everyone: list[bool] = []
    behind = chart.behind

    def noted(*about):
        drawn_for_everyone.append(current.discreet())
        return behind(*about)

    part(shown, "Abschluss")
    monkeypatch.setattr(closing.chart, "behind", noted)
    close(shown)
    assert drawn_for_everyone
    assert drawn_for_everyone[0]
    (kept,) = snapshot.charts_in(reading.snapshot(shown.engine, 1) or "", discreetly=True).values()
    assert kept[snapshot.FOR_EVERYONE]
    before = json.dumps({"charts": {"1": {**kept, snapshot.FOR_EVERYONE: False}}})
    assert snapshot.charts_in(before, discreetly=True), "bars of structures rest on no count"


def test_a_round_with_a_point_of_each_kind_is_closed_with_the_picture_of_each(seeded, screen):
    at = View(TODAY, TODAY, Horizon.around(TODAY, 1, 9))
    proposed = agenda.proposals(reading.portfolio(screen(kind="coburg").engine), at, -1, None)
    kinds = {(one.subject, one.subject_key.split("/")[0] if "/" in one.subject_key else ""): one.values
             for one in proposed}  # fmt: skip
    assert (Subject.FINDING, FindingKind.SHORTFALL) in kinds, "else no picture has a quantity"
    measure = {"name": "Maßnahme", "subject": Subject.MEASURE, "subject_key": "1"}
    shown = seeded(MeetingStatus.RUNNING, *kinds.values(), measure)
    close(shown)
    assert not shown.app.exception
    assert stored(shown, "meeting")["status"] == MeetingStatus.CLOSED
    kept = snapshot.charts_in(reading.snapshot(shown.engine, 1) or "")
    points = reading.portfolio(shown.engine).agenda_items.set_index("id")["subject_key"]
    assert "SHORTFALL" in {str(points[key]).split("/")[0] for key in kept}
    assert all("T00:00:00" in json.dumps(each["rows"]) for each in kept.values())


def test_a_missing_organisation_is_added_on_the_spot(seeded):
    shown = seeded(MeetingStatus.DRAFT, ON_OVERLAP)
    part(shown, "Rahmen und Teilnahme")
    shown.type(Name_der_Organisation="Kulturverein Rödental")
    shown.choice("Ebene der Organisation").set_value("volunteer")
    shown.click("Organisation anlegen")
    assert "Kulturverein Rödental" in shown.choice("Organisation").options


def test_while_others_look_nothing_is_proposed_and_no_internal_note_asked_for(seeded):
    shown = seeded(MeetingStatus.RUNNING, ON_OVERLAP, {"name": "Vertraulich", "internal": True})
    assert "Vertraulich" in str(shown.app.radio(key="meeting_points").options)
    shown.app.session_state[current.DISCREET] = True
    shown.app.run()
    assert "Vertraulich" not in str(shown.app.radio(key="meeting_points").options)
    labels = [each.label for each in [*shown.app.text_area, *shown.app.checkbox]]
    assert not [label for label in labels if "Verwaltung" in label]
    shown.app.session_state[PART] = "Vorschläge"
    shown.app.run()
    assert shown.app.session_state[PART] == "Punkte"


def test_moving_a_point_leaves_hidden_ones_where_they_are(seeded):
    points = [{"name": "A"}, {"name": "Vertraulich", "internal": True}, {"name": "B"}]
    shown = seeded(MeetingStatus.RUNNING, *points, verwaltung="ohne", runde="1", punkt="3")
    shown.click("Nach oben")
    rows = reading.portfolio(shown.engine).agenda_items.sort_values("position")
    assert list(rows["name"]) == ["A", "B", "Vertraulich"]


def test_without_a_round_the_page_says_what_to_do(screen):
    said = words(screen(PAGE))
    assert "Es ist noch keine Koordinierungsrunde angelegt. »Neue Runde« legt die erste an" in said


def test_the_answer_names_day_place_and_how_many_points(round_page):
    said = words(round_page)
    assert "Nächste Runde: Mittwoch, 25. November 2026, 14:00 Uhr, Sitzungssaal · 2 Punkte" in said
    assert round_page.address("runde") == ["1"]
    assert round_page.address("punkt") == ["2"]


def test_a_reload_lands_at_the_same_point(round_page, screen):
    again = screen(runde="1", punkt="1")
    again.open(PAGE)
    assert again.app.radio(key="meeting_points").value == 1
    lost = screen(runde="77", punkt="x")
    assert "Im Link war »punkt« nicht lesbar und wurde weggelassen." in words(lost)
    lost.open(PAGE)
    assert "Die Runde aus dem Link gibt es hier nicht" in words(lost)


def test_a_round_and_a_point_are_captured_through_the_page(screen):
    shown = screen(PAGE)
    shown.click("Neue Runde")
    shown.type(Termin_der_Sitzung="25.11.2026", Ort_der_Sitzung="Sitzungssaal")
    shown.input("Beginn (Uhrzeit)").set_value("14 Uhr")
    shown.click("Runde anlegen")
    part(shown, "Punkte")
    shown.type(Thema="Erster Punkt")
    shown.click("Punkt anlegen")
    assert "Mittwoch, 25. November 2026, 14:00 Uhr, Sitzungssaal · 1 Punkt auf" in words(shown)
    assert shown.address("punkt") == ["1"]


def test_bad_input_keeps_the_form_with_a_sentence(screen):
    shown = screen(PAGE)
    shown.click("Neue Runde")
    shown.type(Termin_der_Sitzung="bald")
    shown.input("Beginn (Uhrzeit)").set_value("nachmittags")
    shown.click("Runde anlegen")
    # All that is wrong is said at once, what cannot be read and what the record does not allow.
    assert "»bald« ist kein Datum" in words(shown)
    assert "»nachmittags« ist keine Uhrzeit" in words(shown)
    assert shown.input("Beginn (Uhrzeit)").value == "nachmittags"


def test_a_participant_without_organisation_is_refused_and_nothing_is_lost(round_page):
    part(round_page, "Rahmen und Teilnahme")
    round_page.type(Funktion="Leitung der Beratung")
    round_page.click("Teilnahme speichern")
    assert "Bitte ausfüllen" in words(round_page)
    assert round_page.input("Funktion").value == "Leitung der Beratung"
    organisations = reading.portfolio(round_page.engine).organisations
    caritas = organisations[organisations["name"].str.contains("Caritas")].iloc[0]
    round_page.choice("Organisation").set_value(int(caritas["id"]))
    round_page.click("Teilnahme speichern")
    assert "Leitung der Beratung · von außen" in words(round_page)


def test_a_result_is_kept_as_a_draft_when_the_field_is_left_and_then_recorded(round_page):
    round_page.input("Ergebnis").set_value("Wir klären das.").run()
    assert stored(round_page, "outcome")["status"] == OutcomeStatus.DRAFT
    assert "Entwurf, noch nicht festgehalten" in words(round_page)
    round_page.click("Ergebnis festhalten")
    assert stored(round_page, "outcome")["status"] == OutcomeStatus.RECORDED
    assert "Ergebnis zu »Zweiter Punkt« gespeichert" in words(round_page)


@pytest.mark.parametrize(
    ("label", "typed"), [("Ergebnis", "Wir klären das. "), ("Wiedervorlage am", "1.3.27")]
)
def test_what_is_recorded_stays_recorded_however_it_was_typed(round_page, label, typed):
    round_page.input("Ergebnis").set_value("Wir klären das.").run()
    round_page.input(label).set_value(typed).run()
    round_page.click("Ergebnis festhalten")
    round_page.app.run()
    assert stored(round_page, "outcome")["status"] == OutcomeStatus.RECORDED
    assert "Festgehalten. Eine Änderung macht es wieder zum Entwurf." in words(round_page)


@pytest.mark.parametrize(
    ("label", "typed"), [("Ergebnis", "Wir klären das.\n"), ("Wiedervorlage am", "1.3.27")]
)
def test_to_write_the_same_another_way_makes_no_draft_of_what_is_recorded(round_page, label, typed):
    round_page.input("Ergebnis").set_value("Wir klären das.").run()
    round_page.input("Wiedervorlage am").set_value("01.03.2027").run()
    round_page.click("Ergebnis festhalten")
    before = stored(round_page, "outcome")
    for text in (typed, before["text"] if label == "Ergebnis" else "01.03.2027"):
        round_page.input(label).set_value(text).run()
        round_page.app.run()
        assert stored(round_page, "outcome").equals(before)


def test_what_somebody_else_records_stays_recorded_where_it_was_typed(round_page):
    round_page.input("Ergebnis").set_value("Wir klären das. ").run()
    draft = stored(round_page, "outcome")
    recorded = {"status": OutcomeStatus.RECORDED}
    rounds.keep(round_page.engine, 2, recorded, version=int(draft["version"]), **SOMEBODY)
    for _ in range(2):
        round_page.app.run()
    assert stored(round_page, "outcome")["status"] == OutcomeStatus.RECORDED


def test_a_result_that_is_too_long_stays_in_the_field_with_a_sentence(round_page):
    round_page.input("Ergebnis").set_value("x" * 20_000).run()
    assert "Höchstens 5.000 Zeichen sind möglich, eingegeben sind 20.000" in words(round_page)
    assert len(round_page.input("Ergebnis").value) == 20_000
    round_page.click("Ergebnis festhalten")
    assert len(round_page.input("Ergebnis").value) == 20_000


def test_what_somebody_else_writes_on_the_point_appears(round_page):
    rounds.keep(round_page.engine, 2, {"text": "von nebenan"}, **SOMEBODY)
    round_page.app.run()
    assert round_page.input("Ergebnis").value == "von nebenan"


def test_two_texts_on_one_point_are_both_shown_and_can_be_united(round_page):
    rounds.keep(round_page.engine, 2, {"text": "von nebenan"}, **SOMEBODY)
    round_page.input("Ergebnis").set_value("meins").run()
    assert "Fachbereich 22 hat inzwischen an diesem Punkt geschrieben" in words(round_page)
    assert "von nebenan" in words(round_page)
    assert round_page.input("Ergebnis").value == "meins"
    round_page.click("Beide vereinen")
    assert stored(round_page, "outcome")["text"] == "von nebenan\nmeins"


@pytest.mark.parametrize(
    ("choice", "text"), [("Meinen Text behalten", "meins"), ("Den anderen übernehmen", "von nebenan")]
)
def test_of_two_texts_one_can_be_chosen(round_page, choice, text):
    rounds.keep(round_page.engine, 2, {"text": "von nebenan"}, **SOMEBODY)
    round_page.input("Ergebnis").set_value("meins").run()
    round_page.click(choice)
    assert stored(round_page, "outcome")["text"] == text
    assert round_page.input("Ergebnis").value == text


def test_fields_that_only_one_has_touched_do_not_stand_against_each_other(round_page):
    round_page.input("Ergebnis").set_value("Text").run()
    version = int(stored(round_page, "outcome")["version"])
    rounds.keep(round_page.engine, 2, {"resubmit_on": date(2027, 3, 1)}, version=version, **SOMEBODY)
    round_page.input("Ergebnis").set_value("Text, ergänzt").run()
    row = stored(round_page, "outcome")
    assert (row["text"], row["resubmit_on"].date()) == ("Text, ergänzt", date(2027, 3, 1))
    assert round_page.input("Wiedervorlage am").value == "01.03.2027"


def test_text_typed_before_the_other_one_appeared_does_not_overwrite_it(round_page):
    rounds.keep(round_page.engine, 2, {"text": "von nebenan"}, **SOMEBODY)
    round_page.app.run()
    round_page.input("Ergebnis").set_value("meins").run()
    assert stored(round_page, "outcome")["text"] == "von nebenan"
    assert "Beide Texte stehen noch" in words(round_page)


def test_points_are_moved_kept_for_later_and_struck(round_page):
    round_page.click("Nach oben")
    assert list(reading.portfolio(round_page.engine).agenda_items["position"]) == [2, 1]
    round_page.click("Für später")
    assert stored(round_page, "agenda_item")["status"] == AgendaStatus.LATER
    round_page.click("Streichen")
    assert "1 Punkt auf der Tagesordnung" in words(round_page)


def test_an_agreed_action_needs_a_date_and_who(round_page):
    round_page.type(Was="zum Gespräch einladen")
    round_page.click("Vereinbaren")
    assert words(round_page).count("Bitte ausfüllen") == 2
    assert round_page.input("Was").value == "zum Gespräch einladen"
    round_page.choice("Wer").set_value(1)
    round_page.type(Bis_wann="31.01.2027")
    round_page.click("Vereinbaren")
    assert "zum Gespräch einladen · bis 31.01.2027 · offen" in words(round_page)
    part(round_page, "Vereinbart")
    assert "1 Absprache offen" in words(round_page)


def test_an_open_draft_keeps_the_round_from_being_closed(round_page):
    round_page.input("Ergebnis").set_value("halb").run()
    part(round_page, "Abschluss")
    assert "1 Ergebnis ist noch Entwurf: »Zweiter Punkt«" in words(round_page)
    button = next(each for each in round_page.app.button if each.label == "Runde schließen")
    assert button.disabled


def test_a_closed_round_shows_what_was_kept_and_takes_addenda_only(round_page, monkeypatch):
    monkeypatch.setenv("STEERING_TODAY", "2026-11-25")
    round_page.input("Ergebnis").set_value("abgestimmt").run()
    round_page.click("Ergebnis festhalten")
    close(round_page)
    said = words(round_page)
    assert "Geschlossen am 25.11.2026" in said
    assert "abgestimmt" in said
    assert "Die letzte Runde war am Mittwoch, 25. November 2026" in said
    assert stored(round_page, "meeting")["status"] == MeetingStatus.CLOSED
    assert list(reading.portfolio(round_page.engine).agenda_items["status"]) == ["open", "done"]
    labels = {button.label for button in round_page.app.button}
    assert not {"Ergebnis festhalten", "Streichen", "Nach oben", "Rückgängig"} & labels
    round_page.type(Nachtrag="Die Frist ist der 31.12.")
    round_page.click("Nachtrag speichern")
    assert "Die Frist ist der 31.12." in words(round_page)


def test_a_new_round_takes_over_place_and_participants(round_page):
    part(round_page, "Rahmen und Teilnahme")
    round_page.choice("Organisation").set_value(1)
    round_page.click("Teilnahme speichern")
    round_page.click("Neue Runde")
    assert round_page.input("Ort der Sitzung").value == "Sitzungssaal"
    round_page.type(Termin_der_Sitzung="24.02.2027")
    round_page.click("Runde anlegen")
    assert list(reading.portfolio(round_page.engine).participants["meeting_id"]) == [1, 2]
    assert round_page.address("runde") == ["2"]


def test_a_second_round_on_a_day_is_asked_about_and_can_be_made(round_page):
    round_page.click("Neue Runde")
    round_page.type(Termin_der_Sitzung="25.11.2026")
    round_page.click("Runde anlegen")
    assert len(reading.portfolio(round_page.engine).meetings) == 1
    assert "Am 25.11.2026 gibt es schon eine Runde." in words(round_page)
    round_page.type(Termin_der_Sitzung="26.11.2026")
    round_page.app.run()
    assert "gibt es schon eine Runde" not in words(round_page)
    round_page.type(Termin_der_Sitzung="25.11.2026")
    round_page.click("Runde anlegen")
    round_page.click("Ja, eine zweite anlegen")
    days = reading.portfolio(round_page.engine).meetings["day"].dt.date
    assert days.tolist() == [date(2026, 11, 25)] * 2
    assert round_page.choice("Runde").options == [
        "25.11.2026, 2. Runde des Tages · Koordinierungsrunde · Entwurf",
        "25.11.2026, 1. Runde des Tages · Koordinierungsrunde · Entwurf",
    ]
    assert round_page.choice("Runde").value == 2


def test_a_second_press_on_the_button_of_a_form_saves_nothing_more(round_page, monkeypatch):
    press = record_forms._pressed
    monkeypatch.setattr(record_forms, "_pressed", lambda *about: [press(*about), press(*about)])
    part(round_page, "Punkte")
    round_page.type(Thema="Dritter Punkt")
    round_page.click("Punkt anlegen")
    names = reading.portfolio(round_page.engine).agenda_items["name"].tolist()
    assert names == ["Erster Punkt", "Zweiter Punkt", "Dritter Punkt"]


def test_a_round_that_lies_ahead_is_not_closed(round_page, monkeypatch):
    part(round_page, "Abschluss")
    round_page.app.checkbox(key="meeting_close_sure").check().run()
    assert "für den 25.11.2026 angesetzt und lässt sich erst dann schließen" in words(round_page)
    button = next(each for each in round_page.app.button if each.label == "Runde schließen")
    assert button.disabled
    monkeypatch.setenv("STEERING_TODAY", "2026-11-25")
    close(round_page)
    assert stored(round_page, "meeting")["status"] == MeetingStatus.CLOSED


@pytest.mark.parametrize(
    ("label", "typed"), [("Wiedervorlage am", "01.03.2027"), ("Notiz nur Verwaltung zum Ergebnis", "heikel")]
)
def test_what_stands_beside_an_empty_ergebnis_is_asked_about_before_closing_and_can_be_recorded(
    round_page, monkeypatch, label, typed
):
    monkeypatch.setenv("STEERING_TODAY", "2026-11-25")
    round_page.input(label).set_value(typed).run()
    part(round_page, "Abschluss")
    assert "1 Ergebnis ist noch Entwurf: »Zweiter Punkt«. Bitte festhalten oder leeren" in words(round_page)
    part(round_page, "Punkte")
    round_page.click("Ergebnis festhalten")
    close(round_page)
    assert stored(round_page, "agenda_item")["status"] == AgendaStatus.DONE
    assert "Ergebnis\nbehandelt\n" in words(round_page)


def test_a_round_that_is_called_off_says_why_it_is_not_closed(round_page):
    off = {"status": MeetingStatus.CANCELLED}
    write(round_page.engine, [Edit(Meeting, off, id=1, version=1)], **SOMEBODY)
    part(round_page, "Abschluss")
    assert "Diese Runde ist abgesagt und wird nicht geschlossen" in words(round_page)
    assert not [button for button in round_page.app.button if button.label == "Runde schließen"]


def test_a_round_that_is_over_and_not_closed_is_not_called_the_next(round_page, monkeypatch):
    assert "Nächste Runde: Mittwoch, 25. November 2026" in words(round_page)
    monkeypatch.setenv("STEERING_TODAY", "2026-12-04")
    round_page.app.run()
    assert (
        "Die Runde vom Mittwoch, 25. November 2026, 14:00 Uhr, Sitzungssaal ist noch nicht abgeschlossen · "
        "2 Punkte auf der Tagesordnung." in words(round_page)
    )
    assert "Nächste Runde" not in words(round_page)


def test_the_data_propose_points_that_are_taken_or_left_out(screen):
    shown = screen(PAGE)
    shown.click("Neue Runde")
    shown.type(Termin_der_Sitzung="25.11.2026")
    shown.click("Runde anlegen")
    said = words(shown)
    assert "Vorschläge aus den Daten für die erste Runde" in said
    assert "Gerechnet im Szenario »gesichert« ohne Masterplan; die Wahl links ändert daran nichts." in said
    assert "Fristen bis zur nächsten Runde: 2" in headings(shown)
    boxes = proposed(shown)
    assert not [name for name in boxes if "*" in name]
    # Only what is due is chosen before anybody has.
    assert {name for name, box in boxes.items() if box.value} == {
        name for name in boxes if name[:5] == "Frist"
    }
    boxes["Frist: Integrationslotsen"].uncheck()
    shown.app.run()
    assert shown.app.button(key="proposals-take").label == "1 Punkt auf die Tagesordnung"
    shown.app.button(key="proposals-take").click().run()
    points = reading.portfolio(shown.engine).agenda_items
    assert list(points["subject"]) == ["funding"]
    assert points["question"].iloc[0].startswith("Wie geht es mit »Flüchtlings-")
    shown.click("Alle wählen")
    shown.app.button(key="proposals-drop").click().run()
    assert "gibt es nichts weiter vorzuschlagen" in words(shown)
    assert "1 Punkt auf der Tagesordnung" in words(shown)


def test_a_second_press_puts_no_proposal_on_the_agenda_twice(seeded, monkeypatch):
    shown = seeded(MeetingStatus.DRAFT)
    part(shown, "Vorschläge")
    monkeypatch.setattr(proposals, "_take", pressed_twice(proposals._take))
    before = len(reading.portfolio(shown.engine).agenda_items)
    many = int(shown.app.button(key="proposals-take").label.split()[0])
    shown.app.button(key="proposals-take").click().run()
    assert many > 0
    assert len(reading.portfolio(shown.engine).agenda_items) == before + many


def test_of_hundreds_of_proposals_a_portion_is_drawn_and_all_are_chosen(seeded):
    shown = seeded(MeetingStatus.DRAFT, kind="large")
    part(shown, "Vorschläge")
    at_first = boxes(shown)
    more = [each for each in shown.app.button if str(each.key).endswith(" more")]
    groups = [int(each.split(": ")[1].replace(".", "")) for each in headings(shown)]
    assert max(groups) > proposals.MOST + proposals.PORTION, "else this shows nothing"
    assert at_first == sum(min(each, proposals.MOST + proposals.PORTION) for each in groups)
    assert "noch nicht da. »Alle wählen« und »Keinen wählen« gelten auch für sie." in words(shown)
    more[0].click().run()
    assert boxes(shown) > at_first
    shown.click("Alle wählen")
    assert shown.app.button(key="proposals-take").label.startswith(count(sum(groups), "Punkt", "Punkte"))
    part(shown, "Themenwünsche")
    part(shown, "Vorschläge")
    assert shown.app.button(key="proposals-take").label.startswith(count(sum(groups), "Punkt", "Punkte"))
    assert all(each.value for each in shown.app.checkbox if str(each.key).startswith("proposal "))
    shown.click("Keinen wählen")
    box = next(each for each in shown.app.checkbox if str(each.key).startswith("proposal "))
    box.check().run()
    part(shown, "Themenwünsche")
    part(shown, "Vorschläge")
    assert shown.app.button(key="proposals-take").label == "1 Punkt auf die Tagesordnung"
    assert shown.app.checkbox(key=box.key).value


def test_without_a_round_a_portion_of_what_the_data_propose_is_drawn(screen):
    shown = screen(PAGE, kind="large")
    before = len(shown.app.markdown)
    assert "noch nicht da." in words(shown)
    assert "wählen« gelten" not in words(shown)
    next(each for each in shown.app.button if str(each.key).endswith(" more")).click().run()
    assert len(shown.app.markdown) > before


def boxes(shown: Screen) -> int:
    """How many proposals can be chosen on the screen; several may be called the same."""
    return sum(str(each.key).startswith("proposal ") for each in shown.app.checkbox)


def proposed(shown) -> dict:
    """The boxes of the proposals by the name of the point."""
    return {
        each.label.replace("\\", ""): each
        for each in shown.app.checkbox
        if str(each.key).startswith("proposal ")
    }


def test_the_same_participant_sits_at_the_table_once(round_page):
    round_page.app.session_state["meeting_part"] = "Rahmen und Teilnahme"
    round_page.app.run()
    for function in ("Leitung", " leitung", "Beratung"):
        round_page.choice("Organisation").set_value(1)
        round_page.type(Funktion=function)
        round_page.click("Teilnahme speichern")
        assert ("schon eingetragen" in words(round_page)) is (function == " leitung")
    assert list(reading.portfolio(round_page.engine).participants["function"]) == ["Leitung", "Beratung"]


def test_what_is_typed_about_a_participant_that_somebody_removes_can_be_copied(round_page):
    write(round_page.engine, [Edit(Participant, {"meeting_id": 1, "organisation_id": 1})], **SOMEBODY)
    part(round_page, "Rahmen und Teilnahme")
    next(each for each in round_page.app.button if each.key == "edit guest 1").click().run()
    round_page.type(Funktion="Leitung der Beratungsstelle")
    rounds.strike(round_page.engine, Participant, 1, **SOMEBODY)
    round_page.app.run()
    assert "von Fachbereich 22 entfernt." in words(round_page)
    assert "Funktion: Leitung der Beratungsstelle" in words(round_page)
    assert "Teilnahme hinzufügen" not in words(round_page)
    round_page.click("Eingaben verwerfen")
    assert "Teilnahme hinzufügen" in words(round_page)


def test_what_was_saved_is_not_named_before_a_room(round_page):
    done = attempts.Done("Mehrfachzuständigkeit: Sprachkurse", attempts.SAVED, "none", SOMEBODY["now"])
    round_page.app.session_state["saved"] = done
    round_page.app.session_state["announce"] = True
    round_page.app.run()
    assert "Mehrfachzuständigkeit: Sprachkurse gespeichert." in words(round_page)
    round_page.app.session_state[current.DISCREET] = True
    round_page.app.run()
    assert [each.value for each in round_page.app.success] == ["Gespeichert."]


def test_choosing_none_is_said(screen):
    shown = screen(PAGE)
    shown.click("Neue Runde")
    shown.type(Termin_der_Sitzung="25.11.2026")
    shown.click("Runde anlegen")
    shown.click("Keinen wählen")
    shown.app.button(key="proposals-take").click().run()
    assert "Es ist kein Vorschlag gewählt" in words(shown)


def test_the_next_round_is_told_what_has_changed_and_gets_what_stayed_open(round_page, monkeypatch):
    monkeypatch.setenv("STEERING_TODAY", "2026-11-25")
    close(round_page)
    round_page.click("Alle Beispiele entfernen")
    round_page.click("Neue Runde")
    round_page.type(Termin_der_Sitzung="24.02.2027")
    round_page.click("Runde anlegen")
    said = words(round_page)
    assert "Hinweise seit der Runde vom 25.11.2026:" in said
    assert "geschlossen" in said
    assert "Offen aus früheren Runden: 2" in headings(round_page)
    left = [each.value for each in round_page.app.caption if "offen geblieben" in each.value]
    assert len(left) == 2
    assert re.search(r"Hinweis(en)? (stehen hier \d+|steht hier (1|keiner))(; |\. Alles Übrige)", said)


def test_a_round_is_kept_in_the_middle_variant_whichever_is_looked_at(seeded):
    shown = seeded(MeetingStatus.DRAFT, {"name": "Punkt"}, zugang="hoch")
    known = reading.portfolio(shown.engine)
    ahead, back = (int(known.settings[f"horizon_years_{way}"]) for way in ("ahead", "back"))
    at = View(TODAY, TODAY, Horizon.around(TODAY, back, ahead), Scenario(ExtensionRule.SECURED))
    met = need_coverage.met(known, at)
    need = int(met.loc[(met["state"] == need_coverage.MET) & (met["supply"] > 0), "need_id"].iloc[0])
    version = int(known.needs.set_index("id")["version"][need])
    (key,) = write(shown.engine, [Edit(Indicator, {"name": "Schutzberechtigte"})], **SOMEBODY).ids
    rule = {"indicator_id": key, "quantity": 1.0, "per": 1000.0}
    write(shown.engine, [Edit(Need, rule, id=need, version=version)], **SOMEBODY)
    places = known.municipalities
    few, many = (dict.fromkeys(places.loc[places["inhabited"], "ags"], each) for each in (1.0, 1e6))
    observing.observe(shown.engine, key, date(2025, 12, 31), few, {}, **SOMEBODY)
    observing.observe(
        shown.engine,
        key,
        date(2027, 12, 31),
        many,
        {},
        expected=observing.Expectation(ForecastVariant.HIGH, "R", TODAY),
        **SOMEBODY,
    )
    part(shown, "Abschluss")
    assert "Szenario gesichert, Zugang mittel, ohne Masterplan" in words(shown)
    close(shown)
    known = reading.portfolio(shown.engine)
    middle, high = (
        snapshot.state_of(known, each).findings for each in (at, replace(at, arrivals=ForecastVariant.HIGH))
    )
    assert snapshot.state_in(reading.snapshot(shown.engine, 1) or "").findings == middle != high


def turn_internal(shown: Screen) -> None:
    box = next(each for each in shown.app.checkbox if each.label.startswith("nur für die Verwaltung (gew"))
    box.check().run()
    shown.click("Punkt speichern")


def test_a_point_that_turns_internal_while_the_round_runs_is_asked_about_and_keeps_its_number(seeded):
    points = [{"name": "A"}, {"name": "B"}, {"name": "C"}]
    shown = seeded(MeetingStatus.RUNNING, *points, runde="1", punkt="2")
    shown.click("Nach oben")
    shown.click("Nach unten")  # where it stands has moved on since the form was opened; that is no conflict
    turn_internal(shown)
    assert "»TOP 2: nichtöffentlich«" in words(shown)
    assert not reading.portfolio(shown.engine).agenda_items["internal"].any()
    shown.click("Ja, nur Verwaltung")
    assert list(reading.portfolio(shown.engine).agenda_items["internal"]) == [False, True, False]
    assert list(shown.app.radio(key="meeting_points").options) == ["1 · A", "2 · B", "3 · C"]
    part(shown, "Abschluss")
    assert "TOP 2 »B« wurde nur von der Verwaltung behandelt" in words(shown)
    shown.app.session_state[current.DISCREET] = True
    shown.app.run()
    assert "TOP 2 wurde nur von der Verwaltung behandelt" in words(shown)
    part(shown, "Punkte")
    assert list(shown.app.radio(key="meeting_points").options) == ["1 · A", "2 · nichtöffentlich", "3 · C"]
    assert "Dieser Punkt wird nur von der Verwaltung behandelt" in words(shown)
    assert "Ergebnis" not in [each.label for each in shown.app.text_area]


def test_a_finding_on_a_known_agenda_is_asked_about_before_it_becomes_internal(seeded):
    shown = seeded(MeetingStatus.INVITED, {"name": "A"}, ON_OVERLAP, runde="1", punkt="2")
    box = f"internal {ON_OVERLAP['subject_key']}"
    shown.app.checkbox(key=box).check().run()
    assert "als TOP 2 der Runde vom 22.11.2026" in words(shown)
    shown.click("Abbrechen")
    assert not shown.app.checkbox(key=box).value
    shown.app.checkbox(key=box).check().run()
    shown.click("Ja, nur Verwaltung")
    assert list(reading.portfolio(shown.engine).internal_findings["key"]) == [ON_OVERLAP["subject_key"]]
    assert shown.app.checkbox(key=box).value


def test_before_anybody_is_invited_nothing_is_asked(seeded):
    shown = seeded(MeetingStatus.DRAFT, {"name": "A"}, runde="1", punkt="1")
    turn_internal(shown)
    assert reading.portfolio(shown.engine).agenda_items["internal"].all()
