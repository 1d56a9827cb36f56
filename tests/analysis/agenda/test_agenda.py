"""The agenda against a hand-made history: what earlier rounds left, what has changed, what is due."""

from dataclasses import replace
from datetime import date

import pytest

from steering.analysis.agenda import agenda
from steering.analysis.rounds import round_of, snapshot
from steering.model import (
    ActionStatus,
    AgendaGroup,
    AgendaStatus,
    AssessmentState,
    Extension,
    Level,
    MeasureStatus,
    MeetingStatus,
    PotentialState,
    Progress,
    Provenance,
    Role,
    Subject,
)
from tests.builders import (
    action_item,
    agenda_item,
    agreement,
    agreement_organisation,
    area,
    area_municipality,
    assessment,
    committee,
    committee_date,
    funding,
    internal_finding,
    measure,
    meeting,
    municipality,
    need,
    need_group,
    organisation,
    outcome,
    portfolio,
    potential,
    responsibility,
    responsibility_group,
    structure,
    target_group,
    task,
    task_field,
    view,
)

LAST, TODAY, NEXT = "2026-03-01", "2026-06-01", "2026-06-30"
THEN, NOW = (
    view(LAST, first="2025-01-01", last="2035-12-31"),
    view(TODAY, first="2025-01-01", last="2035-12-31"),
)
OVERLAP = "OVERLAP/t1/s1,s2"
GAP = "GAP/t2//n1"


def leads(structure_id, **values):
    return responsibility(
        id=structure_id, structure_id=structure_id, task_id=1, role=Role.LEAD, delivers=True, **values
    )


def world(**changed):
    """Two houses lead task 1; task 2 is needed and nobody does it; the Lotsen's money ends in 2030."""
    records = {
        "municipalities": [municipality(population=4_000, inhabited=True)],
        "areas": [area(id=1)],
        "area_municipalities": [area_municipality()],
        "target_groups": [target_group(id=1, slug="alle", everyone=True)],
        "fields": [task_field()],
        "tasks": [task(id=1, name="Ehrenamt begleiten"), task(id=2, name="Sprachmittlung")],
        "organisations": [
            organisation(id=1, name="Landratsamt"),
            organisation(id=2, name="AWO Coburg", short_name="AWO", level=Level.WELFARE),
        ],
        "structures": [
            structure(id=1, name="Koordinierungsstelle", organisation_id=1, fte=1.0, confirmed_on=TODAY),
            structure(id=2, name="Zentrale Koordination", organisation_id=2, fte=1.0, confirmed_on=TODAY),
        ],
        "fundings": [
            funding(
                id=7,
                structure_id=2,
                end="2030-12-31",
                confirmed_on=TODAY,
                amount_cents=1_000_00,
                amount_basis="per_year",
            )
        ],
        "responsibilities": [leads(1), leads(2)],
        "responsibility_groups": [
            responsibility_group(responsibility_id=1),
            responsibility_group(responsibility_id=2),
        ],
        "needs": [need(id=1, task_id=2)],
        "need_groups": [need_group()],
        "meetings": [
            meeting(id=1, day=LAST, status=MeetingStatus.CLOSED, closed_on=LAST),
            meeting(id=2, day=NEXT),
        ],
    }
    return portfolio(**records | changed)


def kept(known, at=THEN):
    found = round_of(known, 1)
    assert found is not None
    return snapshot.as_text(found, snapshot.state_of(known, at), {})


UNCHANGED = kept(world())


def proposed(known, before=UNCHANGED, at=NOW):
    return agenda.proposals(known, at, 2, before)


def names(found):
    return [one.name for one in found]


def held(**values):
    """A point of the closed round."""
    return agenda_item(**{"id": 1, "meeting_id": 1, "name": "Federführung klären"} | values)


def test_nothing_is_proposed_where_nothing_was_left_open_has_changed_or_is_due():
    assert proposed(world()) == ()


def test_before_the_first_round_everything_that_asks_for_something_is_proposed():
    found = proposed(world(meetings=[meeting(id=2, day=NEXT)]), before=None)
    assert names(found) == ["Lücke: Sprachmittlung", "Mehrfachzuständigkeit: Ehrenamt begleiten"]
    gap, overlap = found
    assert (gap.subject, gap.subject_key, gap.concerns) == (Subject.FINDING, GAP, ())
    assert gap.occasion == "Besteht bereits."
    assert (overlap.subject_key, overlap.concerns) == (OVERLAP, (1, 2))
    assert overlap.question.startswith("Wer übernimmt bei »Ehrenamt begleiten« die Federführung")


def test_what_is_alike_in_several_places_is_told_apart_by_its_place():
    apart = world(
        meetings=[meeting(id=2, day=NEXT)],
        municipalities=[
            municipality(ags="09473112", name="Ahorn", population=4_000, inhabited=True),
            municipality(ags="09473138", name="Itzgrund", population=4_000, inhabited=True),
        ],
        areas=[area(id=1, name="Ahorn"), area(id=2, name="Itzgrund")],
        area_municipalities=[area_municipality(), area_municipality(area_id=2, ags="09473138")],
        needs=[need(id=one, task_id=2, area_id=one) for one in (1, 2)],
        need_groups=[need_group(need_id=one) for one in (1, 2)],
    )
    gaps = [one for one in proposed(apart, before=None) if one.subject_key.startswith("GAP")]
    assert names(gaps) == ["Lücke: Sprachmittlung (Ahorn)", "Lücke: Sprachmittlung (Itzgrund)"]
    assert gaps[0].question == "Wie wird »Sprachmittlung (Ahorn)« künftig abgedeckt?"


def test_what_is_settled_for_now_asks_for_something_only_from_the_day_on_which_it_no_longer_is():
    agreed = world(
        meetings=[meeting(id=2, day=NEXT)],
        agreements=[agreement(id=5, valid_until="2028-12-31")],
        agreement_organisations=[
            agreement_organisation(agreement_id=5, organisation_id=one) for one in (1, 2)
        ],
        agreement_tasks=[{"agreement_id": 5, "task_id": int(one)} for one in world().tasks["id"]],
    )
    overlap = next(one for one in proposed(agreed, before=None) if one.subject_key == OVERLAP)
    assert overlap.occasion == "Ab 01.01.2029 bis 31.12.2030; vorher abgestimmt."
    assert overlap.by == date(2029, 1, 1)


def test_that_nobody_confirmed_who_leads_is_said_with_the_question_who_does():
    known = world(meetings=[meeting(id=2, day=NEXT)])
    rows = known.responsibilities.assign(provenance=Provenance.DERIVED.value)
    derived = replace(known, frames={**known.frames, "responsibility": rows})
    occasions = {one.subject_key: one.occasion for one in proposed(derived, before=None)}
    assert occasions[OVERLAP] == (
        "Besteht noch bis 31.12.2030. Die Zuständigkeiten sind abgeleitet, nicht bestätigt."
    )
    assert occasions[GAP] == "Besteht bereits."


@pytest.mark.parametrize("status", [AgendaStatus.OPEN, AgendaStatus.LATER])
def test_what_was_left_open_or_kept_for_later_comes_first_and_goes_on(status):
    changed = world(
        agenda_items=[held(status=status, question="Wer?", concerns="2")], needs=[], need_groups=[]
    )
    first, second = proposed(changed)
    assert (first.group, first.name, first.previous_id) == (AgendaGroup.OPEN, "Federführung klären", 1)
    assert (first.question, first.concerns) == ("Wer?", (2,))
    assert "In der Runde vom 01.03.2026" in first.occasion
    assert second.group == AgendaGroup.CHANGED


@pytest.mark.parametrize("status", [ActionStatus.DONE, ActionStatus.DROPPED])
def test_nobody_is_asked_again_about_something_agreed_that_is_done_or_void(status):
    asked = held(status=AgendaStatus.OPEN, subject=Subject.ACTION, subject_key="3")
    agreed = action_item(id=3, agenda_item_id=1, due="2026-12-10")
    assert names(proposed(world(agenda_items=[asked], action_items=[agreed]))) == ["Federführung klären"]
    assert proposed(world(agenda_items=[asked], action_items=[agreed | {"status": status}])) == ()


def test_what_was_noted_about_an_open_point_goes_along():
    left = held(status=AgendaStatus.LATER, note="Zahlen liegen vor", internal_note="vertraulich")
    (found,) = proposed(world(agenda_items=[left]))
    assert (found.values["note"], found.values["internal_note"]) == ("Zahlen liegen vor", "vertraulich")


CALLED_OFF = [
    meeting(id=1, day=LAST, status=MeetingStatus.CLOSED, closed_on=LAST),
    meeting(id=2, day=NEXT),
    meeting(id=3, day="2026-06-15", status=MeetingStatus.CANCELLED),
]


def test_what_a_round_that_was_called_off_had_taken_is_proposed_to_the_next():
    agreed = action_item(id=3, agenda_item_id=1, name="einladen", organisation_id=2, due="2026-06-10")
    records = [
        held(status=AgendaStatus.OPEN),
        agenda_item(id=2, meeting_id=3, group=AgendaGroup.OPEN, previous_id=1),
        agenda_item(id=3, meeting_id=3, group=AgendaGroup.CHANGED, subject=Subject.ACTION, subject_key="3"),
    ]
    found = proposed(world(meetings=CALLED_OFF, agenda_items=records, action_items=[agreed]))
    assert [(one.name, one.previous_id) for one in found] == [
        ("Federführung klären", 1), ("Vereinbart: einladen", None),
    ]  # fmt: skip


def test_an_own_point_of_a_round_that_was_called_off_is_proposed_until_it_stands_elsewhere():
    own = agenda_item(id=2, meeting_id=3, name="Schulung", note="n", internal=True)
    known = world(meetings=CALLED_OFF, agenda_items=[own])
    (found,) = proposed(known)
    assert (found.group, found.name, found.note) == (AgendaGroup.OPEN, "Schulung", "n")
    assert (found.previous_id, found.internal) == (2, True)
    assert found.occasion == "Stand auf der Tagesordnung der abgesagten Runde vom 15.06.2026."
    for other in (
        agenda_item(id=3, meeting_id=2, previous_id=2, status=AgendaStatus.DROPPED),
        agenda_item(id=3, meeting_id=2, name="schulung"),
    ):
        assert proposed(world(meetings=CALLED_OFF, agenda_items=[own, other])) == ()
    before = held(name="Schulung", status=AgendaStatus.DONE)
    assert names(proposed(world(meetings=CALLED_OFF, agenda_items=[own, before]))) == ["Schulung"]


@pytest.mark.parametrize(
    "of_another_kind",
    [
        {"group": AgendaGroup.WISH}, {"group": AgendaGroup.OPENING}, {"status": AgendaStatus.DROPPED},
        {"group": AgendaGroup.CHANGED, "subject": Subject.FINDING, "subject_key": GAP},
    ],
)  # fmt: skip
def test_of_a_round_that_was_called_off_only_own_points_need_to_be_carried_over(of_another_kind):
    point = agenda_item(id=2, meeting_id=3, **of_another_kind)
    assert proposed(world(meetings=CALLED_OFF, agenda_items=[point])) == ()


@pytest.mark.parametrize("status", [AgendaStatus.DONE, AgendaStatus.DROPPED])
def test_what_was_dealt_with_or_struck_does_not_come_back(status):
    assert proposed(world(agenda_items=[held(status=status)])) == ()


@pytest.mark.parametrize("status", [AgendaStatus.PLANNED, AgendaStatus.LATER, AgendaStatus.DROPPED])
def test_what_was_taken_or_struck_here_is_not_proposed_twice(status):
    left = held(status=AgendaStatus.OPEN)
    taken = agenda_item(id=2, meeting_id=2, previous_id=1, status=status)
    assert proposed(world(agenda_items=[left, taken])) == ()
    gap = agenda_item(id=3, meeting_id=2, subject=Subject.FINDING, subject_key=GAP, status=status)
    first = world(meetings=[meeting(id=2, day=NEXT)], agenda_items=[gap])
    assert names(proposed(first, before=None)) == ["Mehrfachzuständigkeit: Ehrenamt begleiten"]


def test_a_result_comes_back_on_its_day_unless_it_is_done():
    point = held(status=AgendaStatus.DONE)
    due = outcome(agenda_item_id=1, resubmit_on=NEXT)
    (found,) = proposed(world(agenda_items=[point], outcomes=[due]))
    assert (found.group, found.previous_id) == (AgendaGroup.RESUBMISSION, 1)
    assert found.occasion == "Wiedervorlage am 30.06.2026 nach der Runde vom 01.03.2026."
    for later in ({"resubmit_on": "2026-07-01"}, {"progress": Progress.DONE}, {"resubmit_on": None}):
        assert proposed(world(agenda_items=[point], outcomes=[due | later])) == ()


def test_an_assessment_comes_back_on_its_day():
    judged = assessment(key=GAP, state=AssessmentState.TO_CLARIFY, resubmit_on="2026-06-15")
    known = world(assessments=[judged])
    (found,) = proposed(known, kept(known))
    assert (found.group, found.name) == (AgendaGroup.RESUBMISSION, "Lücke: Sprachmittlung")
    spoken = held(status=AgendaStatus.DONE, subject=Subject.FINDING, subject_key=GAP)
    early = world(assessments=[judged | {"resubmit_on": "2026-02-15"}], agenda_items=[spoken])
    assert proposed(early, kept(early)) == ()


def test_a_subject_is_proposed_once_in_the_first_group_that_has_it():
    point = held(status=AgendaStatus.OPEN, subject=Subject.FINDING, subject_key=GAP)
    judged = assessment(key=GAP, resubmit_on=TODAY)
    known = world(agenda_items=[point], assessments=[judged])
    assert [one.group for one in proposed(known, kept(world(needs=[], need_groups=[])))] == [AgendaGroup.OPEN]


def test_a_new_finding_says_since_when_and_from_when():
    later = world(needs=[need(id=1, task_id=2, valid_from="2027-01-01")])
    (found,) = proposed(later, kept(world(needs=[], need_groups=[])))
    assert found.occasion == "Neu seit der Runde vom 01.03.2026: ab 01.01.2027."
    assert (found.group, found.by) == (AgendaGroup.CHANGED, date(2027, 1, 1))


def test_a_changed_finding_says_what_is_different():
    (found,) = proposed(world(needs=[need(id=1, task_id=2, valid_until="2028-12-31")]))
    assert found.occasion == "Verändert seit der Runde vom 01.03.2026: Ende bisher offen, jetzt 31.12.2028."


def test_a_closed_finding_is_reported_whether_gone_settled_or_over():
    (gone,) = proposed(world(needs=[], need_groups=[]))
    assert gone.occasion == "Geschlossen seit der Runde vom 01.03.2026: besteht nicht mehr."
    agreed = assessment(key=GAP, state=AssessmentState.AGREED, seen_municipalities="09473112")
    (settled,) = proposed(world(assessments=[agreed]))
    assert settled.occasion.endswith("ist jetzt abgestimmt.")
    over = world(needs=[need(id=1, task_id=2, valid_until="2026-04-30")])
    (past,) = proposed(over, kept(over))
    assert past.occasion.endswith("ist seit 30.04.2026 vorbei.")


def test_a_year_that_only_came_into_view_changes_nothing():
    later = view("2027-02-01", first="2026-01-01", last="2036-12-31")
    known = world(needs=[need(id=1, task_id=2, valid_from="2025-06-01", valid_until="2036-06-30")])
    settings = {"horizon_years_back": 1, "horizon_years_ahead": 9}
    known = replace(
        known, frames={**known.frames, "settings": portfolio(settings=settings).frames["settings"]}
    )
    assert proposed(known, kept(known), later) == ()


def test_a_changed_end_is_one_point_and_no_second_one_for_its_finding():
    sooner = world(fundings=[funding(id=7, structure_id=2, end="2026-12-31", extension=Extension.UNCLEAR)])
    found = [one for one in proposed(sooner) if one.subject == Subject.FUNDING]
    assert found[0].name == "Ende verändert: Zentrale Koordination"
    assert "Ende bisher 31.12.2030, jetzt 31.12.2026" in found[0].occasion
    assert not [one for one in proposed(sooner) if one.name.startswith("Läuft aus")]


def test_new_changed_and_late_measures_are_proposed():
    known = kept(world(measures=[measure(id=1, name="Alt", status=MeasureStatus.IDEA)]))
    now = [
        measure(id=1, name="Alt", status=MeasureStatus.PLANNED, end="2026-05-01"),
        measure(id=2, name="Neu", organisation_id=2),
    ]
    found = {one.name: one for one in proposed(world(measures=now), known)}
    assert found["Maßnahme: Alt"].occasion == "Das Ende am 01.05.2026 ist überschritten."
    assert found["Maßnahme: Neu"].concerns == (2,)


def test_a_new_agreement_is_proposed_with_its_parties():
    made = world(
        agreements=[agreement(id=5, name="Kooperation", valid_until="2027-12-31")],
        agreement_organisations=[agreement_organisation(agreement_id=5, organisation_id=2)],
    )
    found = next(one for one in proposed(made) if one.subject == Subject.AGREEMENT)
    assert found.occasion == "Neue Vereinbarung seit der Runde vom 01.03.2026: gilt bis 31.12.2027."
    assert found.concerns == (2,)


def test_what_was_agreed_and_is_still_open_is_asked_for_on_its_day():
    point = held(status=AgendaStatus.DONE, internal=True)
    agreed = action_item(id=3, agenda_item_id=1, name="einladen", organisation_id=2, due="2026-06-10")
    (found,) = proposed(world(agenda_items=[point], action_items=[agreed]))
    assert (found.subject, found.subject_key, found.internal) == (Subject.ACTION, "3", True)
    assert found.occasion == "In der Runde vom 01.03.2026 vereinbart, AWO bis 10.06.2026; noch offen."
    for other in ({"status": ActionStatus.DONE}, {"due": "2026-07-31"}):
        assert proposed(world(agenda_items=[point], action_items=[agreed | other])) == ()


@pytest.mark.parametrize(
    ("level", "extension", "said"),
    [
        (
            Level.COUNTY, Extension.UNCLEAR,
            "Beschluss vor dem 31.12.2026, Sitzungstermine 2026 noch nicht eingelesen; "
            "Antrag bis 30.06.2026 (geschätzt).",
        ),
        (
            Level.COUNTY, Extension.NOT_YET_POSSIBLE,
            "Beschluss vor dem 31.12.2026, Sitzungstermine 2026 noch nicht eingelesen.",
        ),
        (
            Level.WELFARE, Extension.UNCLEAR,
            "Die Entscheidung liegt nicht beim Landkreis; Antrag bis 30.06.2026 (geschätzt).",
        ),
    ],
)  # fmt: skip
def test_nobody_is_reproached_for_a_day_that_is_only_estimated(level, extension, said):
    known = world(
        organisations=[organisation(id=1, level=level), organisation(id=2, level=Level.WELFARE)],
        fundings=[funding(id=7, structure_id=1, end="2026-12-31", extension=extension)],
    )
    (found,) = [one for one in proposed(known, kept(known)) if one.group == AgendaGroup.DEADLINE]
    assert found.occasion == said


@pytest.mark.parametrize("first", [True, False])
def test_what_is_due_stands_before_what_is_only_new(first):
    """So that no deadline is folded away behind gaps that have been there for years."""
    money = {"fundings": [funding(id=7, structure_id=2, end="2027-01-31", extension=Extension.UNCLEAR)]}
    known = world(**money, **({"meetings": [meeting(id=2, day=NEXT)]} if first else {}))
    before = None if first else kept(world(**money, needs=[], need_groups=[]))
    groups = [one.group for one in proposed(known, before)]
    assert groups[0] == AgendaGroup.DEADLINE
    assert set(groups[1:]) == {AgendaGroup.CHANGED}


def test_deadlines_before_the_next_round_stand_together_by_funding():
    known = world(
        fundings=[
            funding(
                id=7, structure_id=2, end="2027-01-31", extension=Extension.UNCLEAR, proof_due="2026-09-01"
            )
        ],
        committees=[committee()],
        committee_dates=[committee_date(day="2026-07-15")],
    )
    found = [one for one in proposed(known, kept(known)) if one.group == AgendaGroup.DEADLINE]
    assert names(found) == ["Frist: Zentrale Koordination"]
    # As the Lagebild has it: the AWO's end has no Beschluss of the Landkreis.
    assert found[0].occasion == (
        "Die Entscheidung liegt nicht beim Landkreis; Antrag bis 31.07.2026 (geschätzt); "
        "Verwendungsnachweis bis 01.09.2026."
    )
    rounds = [meeting(id=2, day=NEXT), meeting(id=3, day="2026-07-10")]
    before_that = proposed(replace_meetings(known, rounds), kept(known))
    assert not [one for one in before_that if one.group == AgendaGroup.DEADLINE]


def replace_meetings(known, later):
    """The same with these rounds after the closed one."""
    closed = meeting(id=1, day=LAST, status=MeetingStatus.CLOSED, closed_on=LAST)
    meetings = portfolio(meetings=[closed, *later]).frames["meeting"]
    return replace(known, frames={**known.frames, "meeting": meetings})


def test_what_was_recorded_just_now_is_not_said_to_be_neglected_for_a_year():
    known = world(
        structures=[
            structure(id=1, name="Neu", end_kind="unknown"),
            structure(id=2, name="Alt", end_kind="unknown", confirmed_on="2025-05-01"),
        ],
        fundings=[],
        meetings=[meeting(id=2, day=NEXT)],
    )
    found = next(one for one in proposed(known, before=None) if one.name == "Angaben fehlen")
    assert "1 Struktur ist seit zwölf Monaten nicht bestätigt. 1 Struktur ist noch nie bestätigt." in (
        found.occasion
    )


def test_missing_data_is_one_point_for_all():
    known = world(
        structures=[structure(id=1, name="Ohne Aufgabe"), structure(id=2, name="Auch ohne")],
        responsibilities=[],
        responsibility_groups=[],
        needs=[],
        need_groups=[],
        meetings=[meeting(id=2, day=NEXT)],
    )
    (found,) = proposed(known, before=None)
    assert (found.name, found.subject) == ("Angaben fehlen", Subject.FREE)
    # Structures, as the Lagebild counts them, and not the several things that each of them lacks; what is
    # kept with a point says of which day it is, for the Lagebild moves on.
    assert found.occasion.startswith(
        "Stand vom 01.06.2026: 2 Strukturen sind unvollständig, gezählt wie auf dem Lagebild: "
    )
    taken = agenda_item(id=1, meeting_id=2, subject_key=found.subject_key, name="Angaben fehlen")
    again = world(
        structures=[structure(id=1), structure(id=2)],
        responsibilities=[],
        responsibility_groups=[],
        needs=[],
        need_groups=[],
        meetings=[meeting(id=2, day=NEXT)],
        agenda_items=[taken],
    )
    assert proposed(again, before=None) == ()


def test_a_finding_for_the_administration_only_is_proposed_as_such():
    known = world(meetings=[meeting(id=2, day=NEXT)], internal_findings=[internal_finding(key=GAP)])
    assert [one.internal for one in proposed(known, before=None)] == [True, False]


def test_what_is_proposed_fits_a_point_of_the_agenda():
    long = world(
        tasks=[task(id=1, name="x" * 200), task(id=2, name="y" * 200)], meetings=[meeting(id=2, day=NEXT)]
    )
    for one in proposed(long, before=None):
        assert len(one.values["name"]) <= 200
        assert len(one.values["question"]) <= 400


def test_the_news_count_findings_only():
    found = agenda.news(world(needs=[], need_groups=[]), NOW, UNCHANGED)
    assert (found.since, found.new, found.changed, found.closed) == (date(2026, 3, 1), 0, 0, 1)


SHOPS = {"id": 4, "name": "Leere Läden", "organisation_id": 2}


def test_a_potential_that_no_round_has_talked_about_is_proposed_with_who_looks_after_it():
    (found,) = proposed(world(potentials=[potential(**SHOPS)]))
    assert (found.name, found.group) == ("Potenzial: Leere Läden", AgendaGroup.CHANGED)
    assert (found.subject, found.subject_key, found.concerns) == (Subject.POTENTIAL, "4", (2,))
    assert found.occasion == "Erkannt, in keiner Runde besprochen."


@pytest.mark.parametrize("state", [PotentialState.USED, PotentialState.NOT_PURSUED])
def test_a_potential_that_is_used_or_put_aside_is_not_proposed(state):
    assert proposed(world(potentials=[potential(**SHOPS, state=state)])) == ()


def test_a_potential_is_proposed_once_and_not_again_after_a_round_that_dealt_with_it():
    about = {"subject": Subject.POTENTIAL, "subject_key": "4"}
    taken = [agenda_item(id=9, meeting_id=2, name="Läden", **about)]
    assert proposed(world(potentials=[potential(**SHOPS)], agenda_items=taken)) == ()
    done = [held(status=AgendaStatus.DONE, **about)]
    assert proposed(world(potentials=[potential(**SHOPS)], agenda_items=done)) == ()


@pytest.mark.parametrize("group", ["opening", "closing"])
def test_a_standing_point_is_not_proposed_again(group):
    point = held(id=5, name="Verschiedenes", group=group, status="later")
    assert "Verschiedenes" not in names(proposed(world(agenda_items=[point])))
    assert "Verschiedenes" in names(proposed(world(agenda_items=[{**point, "group": "own"}])))
