"""What is due on which day, and what the next calendar file says about it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd
import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given, settings
from hypothesis import strategies as st

from steering.analysis.dates import Audience, WantedDates, chosen, dated, of_rounds
from steering.analysis.dates.agreed import notice_by
from steering.analysis.dates.published import Entry, entries, scope_as_text, scope_from_text
from steering.analysis.structures.inventory import Selection
from tests.builders import (
    Tables,
    Values,
    action_item,
    agenda_item,
    agreement,
    agreement_organisation,
    agreement_task,
    area,
    area_municipality,
    assessment,
    committee,
    committee_date,
    funding,
    internal_finding,
    measure,
    meeting,
    milestone,
    municipality,
    organisation,
    outcome,
    portfolio,
    programme,
    records_of,
    responsibility,
    structure,
    task,
    task_field,
    wish,
)

TODAY = date(2026, 11, 25)
NOW = datetime(2026, 11, 25, 8, 30)  # noqa: DTZ001 - UTC without a zone, as stored
LOTSEN = structure(id=1, name="Lotsen", department_id=2, on_loss="unclear")
WORLD: Tables = {
    "organisations": [
        organisation(id=1, slug="landkreis", name="Landkreis"),
        organisation(id=2, slug="fb22", name="Fachbereich 22", short_name="FB 22", parent_id=1),
        organisation(id=3, slug="caritas", name="Caritas", level="welfare"),
    ],
    "municipalities": [municipality(ags="09473112")],
    "areas": [area()],
    "area_municipalities": [area_municipality()],
    "fields": [task_field(id=1, slug="sprache")],
    "tasks": [task(id=1, name="Sprachkurse")],
    "responsibilities": [responsibility(structure_id=1, task_id=1)],
}


def due(today: date = TODAY, **records: Any) -> dict[str, dict[str, Any]]:
    """The dates of a small Landkreis by key, with days as dates."""
    world = {"structures": [LOTSEN]} | WORLD | records
    rows = records_of(dated(portfolio(**world), today))
    return {
        row["key"]: row | {"day": row["day"].date(), "remind_on": row["remind_on"].date()} for row in rows
    }


def test_a_carrying_funding_ends_on_its_last_day_and_a_co_financing_is_none_of_the_calendar():
    found = due(
        fundings=[
            funding(id=1, name="BIR", end="2027-12-31", extension="applied", expected_until="2028-06-30"),
            funding(id=2, end="2027-12-31", part="co_financing"),
        ]
    )
    end = found["funding-1-end"]
    assert (end["day"], end["kind"], end["subject"]) == (date(2027, 12, 31), "end", "Lotsen")
    assert end["remind_on"] == date(2027, 10, 2)
    assert end["notes"] == (
        "Tragende Förderung: BIR.",
        "Verlängerung: beantragt, voraussichtlich bis 30.06.2028.",
        "Folge bei Wegfall: offen.",
    )
    assert "funding-2-end" not in found


@pytest.mark.parametrize("values", [{}, {"end_kind": "unknown"}, {"end_kind": "annual"}])
def test_an_end_that_is_open_or_unknown_is_absent(values):
    assert due(fundings=[funding(id=1, **values)]) == {}


def test_a_yearly_grant_ends_with_the_year_in_which_it_was_confirmed():
    end = due(fundings=[funding(id=1, end_kind="annual", confirmed_on="2026-02-01")])["funding-1-end"]
    assert end["day"] == date(2026, 12, 31)
    assert "Fristart: jährlich (Haushaltsvorbehalt)." in end["notes"]


def test_an_end_before_its_start_is_absent():
    assert due(fundings=[funding(id=1, start="2027-01-01", end="2026-12-31")]) == {}


def test_a_structure_that_no_funding_carries_ends_by_itself():
    own = structure(id=1, name="Netzwerk", valid_until="2028-03-31")
    assert due(structures=[own])["structure-1-expiry"]["day"] == date(2028, 3, 31)
    assert "structure-1-expiry" not in due(structures=[own], fundings=[funding(end="2027-12-31")])


@pytest.mark.parametrize(
    ("values", "paid", "told"),
    [
        ({}, {"end": "2029-12-31"}, True),
        ({}, {"end_kind": "open"}, True),
        ({}, {"end_kind": "unknown"}, True),
        ({"on_loss": "continues"}, {"end": "2027-12-31"}, True),
        ({}, {"end": "2028-03-31"}, False),
        ({}, {"start": "2027-02-01", "end": "2027-01-01"}, False),
    ],
)
def test_a_structure_that_its_money_would_carry_further_ends_by_itself_too(values, paid, told):
    own = structure(id=1, name="Netzwerk", valid_until="2028-03-31", **{"on_loss": "unclear", **values})
    assert ("structure-1-expiry" in due(structures=[own], fundings=[funding(**paid)])) is told


def test_deadlines_say_where_they_come_from():
    found = due(
        fundings=[funding(id=1, end="2028-12-31", programme_id=7)],
        programmes=[programme(id=7, deadline_day=15, deadline_month=11, deadline_years_before=1)],
        committees=[committee(id=1, short_name="KT")],
        committee_dates=[committee_date(id=1, day="2028-10-18", papers_due="2028-09-27")],
    )
    apply, decide = found["funding-1-apply"], found["funding-1-decide"]
    assert (apply["day"], apply["estimated"], apply["remind_on"]) == (
        date(2028, 11, 15), False, date(2028, 10, 18),
    )  # fmt: skip
    assert apply["notes"][-1] == "Frist des Programms."
    assert (decide["day"], decide["estimated"]) == (date(2028, 10, 18), False)
    assert decide["remind_on"] == date(2028, 9, 13), "a fortnight before the papers close"
    assert decide["notes"] == (
        "Die tragende Förderung endet am 31.12.2028.",
        "Vorbereitung: FB 22.",
        "Weg: Entwurf fertig 13.09.2028, Vorlagenschluss 27.09.2028, KT 18.10.2028 (beschließend), "
        "Antrag bis 15.11.2028. Handeln hilft noch bis 27.09.2028.",
    )


def test_deadlines_that_nothing_gives_are_estimated_and_say_so():
    found = due(fundings=[funding(id=1, end="2028-12-31")])
    for key, day in (("apply", date(2028, 6, 30)), ("decide", date(2028, 4, 30))):
        assert (found[f"funding-1-{key}"]["day"], found[f"funding-1-{key}"]["estimated"]) == (day, True)
        assert found[f"funding-1-{key}"]["notes"][-1].startswith("Geschätzt: ")


def test_a_deadline_in_a_year_without_sittings_names_the_year_in_a_whole_sentence():
    found = due(
        fundings=[funding(id=1, end="2028-12-31")],
        committees=[committee(id=1, short_name="KT")],
        committee_dates=[committee_date(id=1, day="2027-10-18", papers_due="2027-09-27")],
    )
    assert found["funding-1-decide"]["notes"][-1] == (
        "Geschätzt: acht Monate vor dem Ende, denn die Sitzungstermine 2028 sind noch nicht eingelesen."
    )


def test_where_nothing_is_to_be_decided_only_the_end_stands():
    assert set(due(fundings=[funding(id=1, end="2028-12-31", extension="not_needed")])) == {"funding-1-end"}


def test_what_others_decide_about_has_no_day_of_a_decision_and_its_end_says_so():
    theirs = structure(id=1, name="Beratung", organisation_id=3)
    found = due(structures=[theirs], fundings=[funding(id=1, end="2028-12-31")])
    assert set(found) == {"funding-1-end", "funding-1-apply"}
    assert "Die Entscheidung liegt nicht beim Landkreis." in found["funding-1-end"]["notes"]


def test_what_cannot_be_applied_for_yet_has_no_day_to_apply():
    found = due(fundings=[funding(id=1, end="2028-12-31", extension="not_yet_possible")])
    assert set(found) == {"funding-1-end", "funding-1-decide"}


def test_a_proof_is_due_also_for_a_co_financing():
    found = due(fundings=[funding(id=4, name="Eigenanteil", part="co_financing", proof_due="2027-06-30")])
    assert found["funding-4-proof"]["day"] == date(2027, 6, 30)


def test_an_agreement_ends_and_must_be_terminated_before():
    found = due(
        agreements=[
            agreement(id=5, name="Sprache", valid_until="2028-06-30", notice_months=3, kind="service")
        ],
        agreement_organisations=[
            agreement_organisation(agreement_id=5, organisation_id=one) for one in (2, 3)
        ],
        agreement_tasks=[agreement_task(agreement_id=5, task_id=1)],
    )
    assert found["agreement-5-agreement_end"]["day"] == date(2028, 6, 30)
    notice = found["agreement-5-notice"]
    assert notice["day"] == date(2028, 3, 31)
    assert notice["notes"] == (
        "Leistungsvereinbarung zwischen Fachbereich 22 und Caritas.",
        "Für das Ende am 30.06.2028.",
    )
    assert notice["scope"].fields == {"sprache"}
    assert notice["scope"].organisations == {"fb22", "caritas"}


def test_an_agreement_without_period_of_notice_only_ends():
    assert set(due(agreements=[agreement(id=5, valid_until="2028-06-30")])) == {"agreement-5-agreement_end"}


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)), st.integers(1, 36))
def test_notice_is_given_on_the_last_day_from_which_the_period_is_over_by_the_end(end, months):
    day = notice_by(end, months)
    assert day + relativedelta(months=months) <= end
    assert day + timedelta(days=1) + relativedelta(months=months) > end


def test_a_resubmission_names_what_the_finding_is_about_and_who_takes_part():
    found = due(
        assessments=[
            assessment(
                id=8, key="OVERLAP/t1/s1,s2", resubmit_on="2027-02-01", reason="Frau Muster fragt nach"
            ),
            assessment(id=9, key="OVERLAP/t1/s1", resubmit_on="2027-02-01", progress="done"),
            assessment(id=10, key="ENDING//s1", resubmit_on="2027-03-01"),
            assessment(id=11, key="GAP/t1//n99", resubmit_on="2027-03-01"),
            assessment(id=12, key="OVERLAP/t7/s1", resubmit_on="2027-03-01"),
        ],
        structures=[LOTSEN, structure(id=2, name="vhs", organisation_id=3)],
    )
    assert set(found) == {"assessment-8-resubmit", "assessment-10-resubmit"}
    first = found["assessment-8-resubmit"]
    assert first["subject"] == "Mehrfachzuständigkeit – Sprachkurse"
    assert first["notes"] == ("Beteiligt: Lotsen und vhs.",)
    assert first["scope"].levels == {"county", "welfare"}
    assert found["assessment-10-resubmit"]["subject"] == "läuft aus – Lotsen"


def test_what_rests_on_an_example_is_marked():
    found = due(
        fundings=[funding(id=1, end="2028-12-31")],
        committees=[committee(id=1)],
        committee_dates=[committee_date(day="2028-03-01", provenance="example")],
        agreements=[agreement(id=5, valid_until="2028-06-30", provenance="example")],
    )
    marked = {key for key, row in found.items() if row["example"]}
    assert marked == {"funding-1-decide", "agreement-5-agreement_end"}
    assert due(
        structures=[structure(id=1, provenance="example")], fundings=[funding(id=1, end="2028-12-31")]
    )["funding-1-end"]["example"]


def test_dates_are_filtered_as_the_structures_are():
    world = portfolio(
        structures=[LOTSEN, structure(id=2, name="Beratung", organisation_id=3)],
        fundings=[funding(id=1, end="2028-12-31", extension="not_needed"),
                  funding(id=2, structure_id=2, end="2028-12-31", extension="not_needed")],
        **WORLD,
    )  # fmt: skip
    rows = dated(world, TODAY)

    def keys(**values: frozenset[str]) -> set[str]:
        return set(chosen(rows, WantedDates(Selection(**values)))["key"])

    assert keys() == {"funding-1-end", "funding-2-end"}
    assert keys(organisations=frozenset(["caritas"])) == {"funding-2-end"}
    assert keys(levels=frozenset(["county"])) == {"funding-1-end"}
    assert keys(fields=frozenset(["sprache"])) == {"funding-1-end"}
    assert keys(municipalities=frozenset(["09473112"]), levels=frozenset(["welfare"])) == set()


def milestones(**values: Any) -> dict[str, dict[str, Any]]:
    return due(
        measures=[measure(id=3, name="Nachfolge", organisation_id=3, field_id=1, status="decided", **values)],
        milestones=[
            milestone(id=4, measure_id=3, name="Konzept", day="2027-03-01"),
            milestone(id=5, measure_id=3, day="2027-03-01", progress="reached"),
        ],
    )


def test_a_milestone_is_due_until_it_is_reached_and_concerns_who_is_responsible():
    found = milestones()
    assert set(found) == {"milestone-4-milestone"}
    step = found["milestone-4-milestone"]
    assert (step["day"], step["subject"], step["remind_on"]) == (
        date(2027, 3, 1), "Konzept", date(2027, 2, 15),
    )  # fmt: skip
    assert step["notes"] == ("Maßnahme: Nachfolge (beschlossen).", "Stand: offen.")
    assert (step["scope"].organisations, step["scope"].fields) == ({"caritas"}, {"sprache"})
    assert step["scope"].municipalities == {"09473112"}, "without an area it is about all of the Landkreis"
    assert not step["example"]


@pytest.mark.parametrize("status", ["completed", "discarded"])
def test_a_measure_that_is_over_has_no_milestones_ahead(status):
    assert milestones() | due(measures=[measure(id=3, status=status)]) == milestones()
    ended = due(
        measures=[measure(id=3, status=status)], milestones=[milestone(measure_id=3, day="2027-03-01")]
    )
    assert ended == {}


def test_a_milestone_of_an_example_is_one():
    assert milestones(provenance="example")["milestone-4-milestone"]["example"]


ROUND = {"id": 2, "day": "2026-12-10", "begins": "14:00", "ends": "15:30", "place": "Saal"}
SECRET = "geheim"


def round_world(**changed: Any) -> Tables:
    """A round about a finding with an Einschätzung, a free topic, and something internal."""
    return {
        "meetings": [meeting(**ROUND | {"status": "invited"})],
        "agenda_items": [
            agenda_item(id=1, meeting_id=2, position=1, name="Wer führt?", subject="finding",
                        subject_key="OVERLAP/t1/s1,s2"),
            agenda_item(id=2, meeting_id=2, position=2, name="Räume"),
            agenda_item(id=3, meeting_id=2, position=3, name=SECRET, internal=True),
        ],
        "outcomes": [
            outcome(id=6, agenda_item_id=1, status="recorded", resubmit_on="2027-02-01"),
            outcome(id=7, agenda_item_id=2, status="recorded", resubmit_on="2027-03-01"),
            outcome(id=8, agenda_item_id=3, status="recorded", resubmit_on="2027-03-01"),
        ],
        "action_items": [
            action_item(id=9, agenda_item_id=2, name="Saal suchen", organisation_id=2, function="Leitung",
                        due="2027-01-15"),
            action_item(id=10, agenda_item_id=2, name=SECRET, internal=True, due="2027-01-15"),
            action_item(id=11, agenda_item_id=2, due="2027-01-15", status="done"),
        ],
        "assessments": [assessment(id=8, key="OVERLAP/t1/s1,s2", resubmit_on="2027-02-01")],
        "structures": [LOTSEN, structure(id=2, name="vhs", organisation_id=3)],
    } | changed  # fmt: skip


def test_a_round_stands_with_its_hours_place_and_public_agenda():
    found = due(**round_world())["meeting-2-round"]
    assert (found["day"], found["subject"]) == (date(2026, 12, 10), "Koordinierungsrunde")
    assert (found["begins"], found["ends"], found["place"]) == ("14:00", "15:30", "Saal")
    assert found["remind_on"] == date(2026, 12, 9)
    assert found["notes"] == ("TOP 1: Wer führt?", "TOP 2: Räume")
    assert found["scope"].everyone
    draft = due(meetings=[meeting(id=2, day="2026-12-10")])["meeting-2-round"]
    assert draft["notes"] == ("Die Uhrzeit ist noch offen.", "Es ist noch nicht eingeladen.")


def test_the_calendar_says_what_every_round_has_and_who_proposed_the_rest():
    world = round_world()
    points = [
        agenda_item(id=30, meeting_id=2, name="Begrüßung", position=0, group="opening"),
        agenda_item(id=31, meeting_id=2, name="Wohnraum", position=9, group="wish"),
    ]
    wished = [wish(meeting_id=2, agenda_item_id=31, organisation_id=2)]
    found = due(**world | {"agenda_items": [*points, *world["agenda_items"]], "wishes": wished})
    notes = found["meeting-2-round"]["notes"]
    assert notes[0] == "TOP 1: Begrüßung (Standardpunkt)"
    assert notes[-1] == "TOP 4: Wohnraum (vorgeschlagen von FB 22)"


def test_a_round_that_is_called_off_is_gone():
    assert "meeting-2-round" not in due(meetings=[meeting(**ROUND | {"status": "cancelled"})])


def test_what_was_agreed_is_due_until_it_is_done():
    found = due(**round_world())
    action = found["action-9-agreed"]
    assert (action["day"], action["subject"], action["remind_on"]) == (
        date(2027, 1, 15), "Saal suchen", date(2027, 1, 8),
    )  # fmt: skip
    assert action["notes"] == ("Wer: FB 22, Leitung.", "Koordinierungsrunde am 10.12.2026: Räume")
    assert action["scope"].organisations == {"fb22", "landkreis"}
    assert "action-11-agreed" not in found


def test_what_was_agreed_is_due_where_its_point_was_struck():
    world = round_world()
    points = [point | {"status": "dropped"} if point["id"] == 2 else point for point in world["agenda_items"]]
    assert "action-9-agreed" in due(**world | {"agenda_items": points})


def test_a_resubmission_of_a_finding_stands_once_with_its_assessment():
    found = due(**round_world())
    again = {key for key, row in found.items() if row["kind"] == "resubmit"}
    assert again == {"assessment-8-resubmit", "outcome-7-resubmit", "outcome-8-resubmit"}
    assert found["outcome-7-resubmit"]["subject"] == "Räume"
    assert found["assessment-8-resubmit"]["scope"].meetings == {"2"}
    assert "outcome-6-resubmit" in due(**round_world(assessments=[]))


@pytest.mark.parametrize(
    ("held_on", "again", "stands"),
    [
        # Before its day and without another it stays; a day of its own, or a round after it, takes its place.
        ("2027-01-15", None, {"assessment-8-resubmit"}),
        ("2027-01-15", "2027-06-01", {"outcome-30-resubmit"}),
        ("2027-02-10", "2027-06-01", {"outcome-30-resubmit"}),
        ("2027-02-10", None, set()),
    ],
)
def test_a_later_round_moves_or_ends_the_resubmission_of_a_finding(held_on, again, stands):
    world = round_world(outcomes=[])
    world["assessments"] = [row | {"decided_on": "2026-12-02"} for row in world["assessments"]]
    world["meetings"].append(meeting(id=3, day=held_on))
    about = {"subject": "finding", "subject_key": "OVERLAP/t1/s1,s2"}
    world["agenda_items"].append(agenda_item(id=20, meeting_id=3, **about))
    world["outcomes"] = [outcome(id=30, agenda_item_id=20, status="recorded", resubmit_on=again)]
    found = due(**world)
    assert {key for key, row in found.items() if row["kind"] == "resubmit"} == stands


@pytest.mark.parametrize("changed", [{"status": "draft"}, {"progress": "done", "status": "recorded"}])
def test_a_result_that_is_a_draft_or_settled_is_not_resubmitted(changed):
    draft = outcome(id=7, agenda_item_id=2, resubmit_on="2027-03-01", **changed)
    assert "outcome-7-resubmit" not in due(**round_world(outcomes=[draft]))


def test_a_resubmission_ends_when_a_later_round_has_taken_it_up():
    world = round_world()
    later = agenda_item(id=20, meeting_id=3, previous_id=2)
    world["meetings"].append(meeting(id=3, day="2027-03-10"))
    world["agenda_items"].append(later)
    assert "outcome-7-resubmit" in due(**world)
    world["outcomes"].append(outcome(id=30, agenda_item_id=20, status="recorded"))
    assert "outcome-7-resubmit" not in due(**world)


def kept(wanted: WantedDates, **records: Any) -> set[str]:
    rows = dated(portfolio(**WORLD | round_world(**records)), TODAY)
    return set(chosen(rows, wanted)["key"])


def test_what_is_internal_is_left_out_unless_it_is_asked_for():
    for_all, whole = kept(WantedDates()), kept(WantedDates(internal=True))
    assert whole - for_all == {"action-10-agreed", "outcome-8-resubmit"}
    reserved = {"internal_findings": [internal_finding(key="OVERLAP/t1/s1,s2")]}
    assert "assessment-8-resubmit" not in kept(WantedDates(), **reserved)
    assert "assessment-8-resubmit" in kept(WantedDates(internal=True), **reserved)
    rows = chosen(dated(portfolio(**WORLD | round_world(**reserved)), TODAY), WantedDates())
    assert SECRET not in str(rows.to_dict("records"))
    assert "Wer führt?" not in str(rows.to_dict("records"))


def test_what_is_to_be_decided_about_an_internal_end_is_internal_and_the_end_itself_is_not():
    found = due(
        fundings=[funding(id=1, end="2028-12-31")], internal_findings=[internal_finding(key="ENDING//s1")]
    )
    internal = {key: row["scope"].internal for key, row in found.items()}
    assert internal == {"funding-1-end": False, "funding-1-apply": True, "funding-1-decide": True}


def test_the_dates_of_a_round_are_what_comes_from_it():
    other = meeting(id=3, day="2027-03-10")
    found = kept(
        WantedDates(meeting=2), meetings=[meeting(**ROUND), other], fundings=[funding(end="2028-12-31")]
    )
    assert found == {
        "meeting-2-round", "action-9-agreed", "outcome-7-resubmit", "assessment-8-resubmit",
    }  # fmt: skip
    assert kept(WantedDates(meeting=3), meetings=[meeting(**ROUND), other]) == {"meeting-3-round"}


def test_what_a_round_has_is_found_without_asking_for_money():
    known = portfolio(**WORLD | round_world() | {"fundings": [funding(end="2028-12-31")]})
    wanted = WantedDates(meeting=2)
    of_this, of_all = (chosen(rule(known, TODAY), wanted) for rule in (of_rounds, dated))
    assert len(of_this) > 1
    pd.testing.assert_frame_equal(of_this, of_all)


def test_what_was_agreed_passes_the_filters_of_who_is_to_do_it():
    def caritas(slug: str) -> WantedDates:
        return WantedDates(Selection(organisations=frozenset([slug])))

    assert "action-9-agreed" in kept(caritas("fb22"))
    assert "action-9-agreed" not in kept(caritas("caritas"))
    assert "meeting-2-round" in kept(caritas("caritas")), "a round concerns everyone"


@pytest.mark.parametrize(
    ("subject", "key"),
    [("finding", ""), ("finding", "x/y/z"), ("finding", "GAP/t99/"), ("measure", "99"), ("structure", "?")],
)
def test_a_point_about_something_that_is_not_there_has_its_dates_too(subject, key):
    point = agenda_item(id=2, meeting_id=2, name="Räume", subject=subject, subject_key=key)
    assert {"action-9-agreed", "outcome-7-resubmit"} <= set(due(**round_world(agenda_items=[point])))


# What the next file says.

EVERYTHING = WantedDates()


def remembered(found: list[Entry]) -> dict[str, dict[str, Any]]:
    """The ledger after a file."""
    return {
        entry.key: {name: getattr(entry, name) for name in
                    ("key", "digest", "sequence", "changed_at", "cancelled", "kind", "day", "subject")}
        | {"scope": scope_as_text(entry.scope)}
        for entry in found
    }  # fmt: skip


def issue(
    before: dict[str, dict[str, Any]] | None = None, *, today: date = TODAY, now: datetime = NOW,
    wanted: WantedDates = EVERYTHING, **records: Any,
) -> dict[str, Entry]:  # fmt: skip
    world = portfolio(**{"structures": [LOTSEN]} | WORLD | records)
    return {entry.key: entry for entry in entries(dated(world, today), wanted, before or {}, today, now)}


def ending(end: str, **values: Any) -> list[Values]:
    return [funding(id=1, name="BIR", end=end, extension="not_needed", **values)]


LATER = NOW + timedelta(days=30)


def test_the_same_said_again_keeps_its_sequence():
    first = issue(fundings=ending("2028-12-31"))
    again = issue(remembered([*first.values()]), fundings=ending("2028-12-31"), now=LATER)
    assert again == first


@pytest.mark.parametrize("after", [timedelta(0), timedelta(days=30)])
def test_what_has_moved_has_a_higher_sequence(after):
    first = issue(fundings=ending("2028-12-31"))["funding-1-end"]
    moved = issue(remembered([first]), fundings=ending("2029-03-31"), now=NOW + after)["funding-1-end"]
    assert moved.sequence > first.sequence
    assert (moved.day, moved.cancelled, moved.changed_at) == (date(2029, 3, 31), False, NOW + after)


def test_what_is_gone_is_cancelled_until_its_day_is_past_and_comes_back_when_it_is_back():
    first = issue(fundings=ending("2028-12-31"))
    gone = issue(remembered([*first.values()]), now=LATER)["funding-1-end"]
    assert gone.cancelled
    assert (gone.day, gone.remind_on) == (date(2028, 12, 31), None)
    assert gone.sequence > first["funding-1-end"].sequence
    assert issue(remembered([gone]), now=LATER + timedelta(days=1)) == {"funding-1-end": gone}
    assert issue(remembered([gone]), today=date(2029, 1, 1)) == {}
    back = issue(remembered([gone]), fundings=ending("2028-12-31"), now=LATER)["funding-1-end"]
    assert not back.cancelled
    assert back.sequence > gone.sequence


def test_what_was_never_handed_out_is_not_cancelled():
    assert issue() == {}


def test_what_the_filters_leave_out_is_neither_handed_out_nor_cancelled():
    caritas = WantedDates(Selection(organisations=frozenset(["caritas"])))
    first = issue(fundings=ending("2028-12-31"))
    assert issue(remembered([*first.values()]), fundings=ending("2028-12-31"), wanted=caritas) == {}
    assert issue(remembered([*first.values()]), wanted=caritas) == {}, "gone, but not of these filters"
    ours = WantedDates(Selection(organisations=frozenset(["fb22", "landkreis"])))
    assert issue(remembered([*first.values()]), wanted=ours)["funding-1-end"].cancelled


def test_what_is_past_is_not_handed_out_unless_it_was_when_it_lay_ahead():
    assert issue(fundings=ending("2026-11-24")) == {}
    assert set(issue(fundings=ending("2026-11-25"))) == {"funding-1-end"}
    first = issue(fundings=ending("2028-12-31"))
    moved = issue(remembered([*first.values()]), fundings=ending("2026-10-31"))["funding-1-end"]
    assert (moved.day, moved.cancelled) == (date(2026, 10, 31), False)
    assert issue(remembered([moved]), fundings=ending("2026-10-31")) == {}


def test_a_round_that_moves_or_is_called_off_moves_or_cancels_its_date():
    first = issue(meetings=[meeting(**ROUND)])["meeting-2-round"]
    again = issue(remembered([first]), meetings=[meeting(**ROUND)], now=LATER)["meeting-2-round"]
    assert again == first
    for moved in ({"day": "2026-12-17"}, {"begins": "15:00"}, {"place": "Rathaus"}):
        found = issue(remembered([first]), meetings=[meeting(**ROUND | moved)])["meeting-2-round"]
        assert found.sequence > first.sequence
        assert not found.cancelled
    off = issue(remembered([first]), meetings=[meeting(**ROUND | {"status": "cancelled"})])["meeting-2-round"]
    assert off.cancelled
    assert off.sequence > first.sequence


def test_an_agreed_action_that_is_gone_is_cancelled_in_the_file_of_its_round():
    first = issue(**round_world())
    gone = issue(remembered([*first.values()]), wanted=WantedDates(meeting=2), **round_world(action_items=[]))
    assert gone["action-9-agreed"].cancelled
    assert not gone["meeting-2-round"].cancelled
    assert "action-9-agreed" not in issue(remembered([*first.values()]), wanted=WantedDates(meeting=3))


def test_what_was_internal_and_is_gone_is_not_named_to_everyone():
    whole = issue(wanted=WantedDates(internal=True), **round_world())
    assert whole["action-10-agreed"].subject == SECRET
    without = round_world(action_items=[])
    for_all = issue(remembered([*whole.values()]), **without)
    assert SECRET not in {entry.subject for entry in for_all.values()}
    told = issue(remembered([*whole.values()]), wanted=WantedDates(internal=True), **without)
    assert told["action-10-agreed"].cancelled


def test_a_scope_that_was_remembered_before_there_were_rounds_is_read():
    old = '{"levels": ["county"], "organisations": [], "fields": [], "municipalities": [], "everyone": false}'
    assert scope_from_text(old) == Audience(frozenset(["county"]))


TEXTS = st.frozensets(st.text(max_size=8), max_size=3)


@settings(max_examples=50)
@given(st.builds(Audience, TEXTS, TEXTS, TEXTS, TEXTS, st.booleans(), TEXTS, st.booleans()))
def test_a_scope_is_remembered_as_it_was(scope):
    assert scope_from_text(scope_as_text(scope)) == scope
