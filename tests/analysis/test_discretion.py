"""What everybody may see: the Portfolio without what is for the administration only."""

import pandas as pd
import pytest

from steering.analysis import findings
from steering.analysis.discretion import for_everyone, left_out, withheld_ends, withheld_needs
from steering.analysis.needs import directory as need_directory
from steering.analysis.portfolio import Portfolio
from steering.analysis.structures.decisions import upcoming
from steering.analysis.structures.handed_in import Standing, about_end
from steering.analysis.view import Horizon, View
from steering.model import Consultation, PotentialState, Role, Subject, Submission
from tests.builders import (
    action_item,
    addendum,
    agenda_item,
    area,
    area_municipality,
    assessment,
    committee,
    confirmation_item,
    confirmation_request,
    confirmation_round,
    funding,
    internal_finding,
    measure,
    meeting,
    municipality,
    need,
    organisation,
    outcome,
    portfolio,
    potential,
    record,
    responsibility,
    structure,
    task,
    task_field,
    wish,
)

SECRET = "GEHEIM"
TODAY = pd.Timestamp("2026-11-25").date()
VIEW = View(TODAY, TODAY, Horizon.around(TODAY, 1, 9))


def words(found: Portfolio) -> str:
    return "\n".join(frame.to_csv() for frame in found.frames.values())


def round_with(**more) -> Portfolio:
    return portfolio(
        organisations=[organisation(id=1)],
        meetings=[meeting(id=1, internal_note=SECRET)],
        agenda_items=[
            agenda_item(id=1, meeting_id=1, name=SECRET, internal=True, note=SECRET),
            agenda_item(id=2, meeting_id=1, name="offen", internal_note=SECRET),
            *more.pop("points", []),
        ],
        outcomes=[
            outcome(id=1, agenda_item_id=1, text=SECRET),
            outcome(id=2, agenda_item_id=2, text="offen", internal_note=SECRET),
        ],
        action_items=[
            action_item(id=1, agenda_item_id=1, organisation_id=1, name=SECRET),
            action_item(id=2, agenda_item_id=2, organisation_id=1, name=SECRET, internal=True),
            action_item(id=3, agenda_item_id=2, organisation_id=1, name="offen"),
        ],
        addenda=[
            addendum(meeting_id=1, text=SECRET, internal=True),
            addendum(meeting_id=1, text=SECRET, agenda_item_id=1),
            addendum(meeting_id=1, text="offen"),
        ],
        **more,
    )


def test_nothing_internal_of_a_round_is_left_and_everything_else_is():
    whole = round_with()
    assert words(whole).count(SECRET) == 10
    found = for_everyone(whole)
    assert SECRET not in words(found)
    assert list(found.agenda_items["name"]) == ["offen"]
    assert list(found.outcomes["text"]) == list(found.addenda["text"]) == ["offen"]
    assert list(found.action_items["name"]) == ["offen"]
    assert SECRET in words(whole)


def test_a_wish_that_became_an_internal_point_is_left_out_and_of_no_other_who_wrote_it_down():
    wishes = [
        wish(id=1, name=SECRET, agenda_item_id=1, status="taken"),
        wish(id=2, name="offen", agenda_item_id=2, status="taken", person=SECRET),
        wish(id=3, name="neu", person=SECRET),
    ]
    found = for_everyone(round_with(wishes=wishes))
    assert SECRET not in words(found)
    assert list(found.wishes["name"]) == ["offen", "neu"]


def test_how_much_is_left_out_is_counted_by_what_it_is():
    whole = round_with(internal_findings=[internal_finding(key="OVERLAP/t1/s1,s2")])
    assert left_out(whole) == (
        "1 Hinweis", "3 Notizen", "1 Tagesordnungspunkt", "2 Absprachen", "2 Nachträge"
    )  # fmt: skip
    assert left_out(for_everyone(portfolio())) == ()


@pytest.mark.parametrize(
    ("subject", "key"), [(Subject.FINDING, "OVERLAP/t1/s1,s2"), (Subject.ACTION, "2"), (Subject.ACTION, "1")]
)
def test_a_point_about_something_internal_is_internal(subject, key):
    point = agenda_item(id=3, meeting_id=1, name=SECRET, subject=subject, subject_key=key)
    whole = round_with(points=[point], internal_findings=[internal_finding(key="OVERLAP/t1/s1,s2")])
    assert list(for_everyone(whole).agenda_items["name"]) == ["offen"]


def test_a_point_about_an_agreed_action_of_an_internal_point_that_is_about_another_is_internal():
    points = [
        agenda_item(id=3, meeting_id=1, name="A", subject=Subject.ACTION, subject_key="9"),
        agenda_item(id=4, meeting_id=1, name="B", subject=Subject.ACTION, subject_key="2"),
    ]
    whole = round_with(points=points)
    frames = dict(whole.frames)
    chained = action_item(id=9, agenda_item_id=4, organisation_id=1, name="C")
    frames["action_item"] = pd.concat(
        [frames["action_item"], portfolio(action_items=[chained]).frames["action_item"]], ignore_index=True
    )
    assert list(for_everyone(whole.with_frames(frames)).agenda_items["name"]) == ["offen"]


def twice_in_charge(*keys: str) -> Portfolio:
    """Task 1 with two leads, task 2 needed and done by nobody, and structure 1 ending."""
    return portfolio(
        organisations=[organisation(id=1), organisation(id=2)],
        municipalities=[municipality(ags="09473112")],
        areas=[area(id=1)],
        area_municipalities=[area_municipality(area_id=1, ags="09473112")],
        fields=[task_field(id=1)],
        tasks=[task(id=1, field_id=1), task(id=2, field_id=1)],
        structures=[structure(id=1, organisation_id=1), structure(id=2, organisation_id=2)],
        fundings=[funding(id=1, structure_id=1, start="2024-01-01", end="2026-12-31")],
        responsibilities=[
            responsibility(structure_id=1, task_id=1, area_id=1, role=Role.LEAD),
            responsibility(structure_id=2, task_id=1, area_id=1, role=Role.LEAD),
        ],
        needs=[need(id=7, task_id=2, area_id=1)],
        assessments=[assessment(key=key, reason=SECRET) for key in keys],
        measures=[measure(id=1, answers="\n".join([*keys, "OVERLAP/t9/s9"]))],
        internal_findings=[internal_finding(key=key) for key in keys],
    )


def test_an_internal_finding_is_withheld_wherever_findings_are_computed():
    every = set(findings.findings(twice_in_charge(), VIEW)["key"])
    assert {"OVERLAP/t1/s1,s2", "GAP/t2//n7", "ENDING//s1"} <= every
    for rule in (findings.findings, findings.standing, findings.ending):
        for key in every:
            found = for_everyone(twice_in_charge(key))
            assert set(rule(found, VIEW)["key"]) == set(rule(twice_in_charge(key), VIEW)["key"]) - {key}
            assert findings.why(found, VIEW, key) is None
            assert SECRET not in words(found)
            assert list(found.measures["answers"]) == ["OVERLAP/t9/s9"]


def test_what_would_say_the_same_in_other_words_is_withheld_too():
    found = for_everyone(twice_in_charge("GAP/t2//n7", "ENDING//s1"))
    assert withheld_needs(found) == {7}
    assert need_directory.needs(found).empty
    assert withheld_ends(found) == {1}
    assert upcoming(found, VIEW).empty
    assert len(upcoming(twice_in_charge(), VIEW)) == len(need_directory.needs(twice_in_charge())) == 1


def test_a_key_that_no_rule_makes_withholds_nothing_else():
    found = for_everyone(twice_in_charge("GAP", "ENDING//?", "unsinn"))
    assert withheld_needs(found) == withheld_ends(found) == frozenset()


def test_without_a_mark_nothing_is_withheld():
    assert not for_everyone(twice_in_charge()).withheld


def test_the_answers_of_carriers_are_for_the_administration_only() -> None:
    known = portfolio(
        organisations=[organisation(id=1)],
        confirmation_rounds=[confirmation_round(letter=SECRET)],
        confirmation_requests=[confirmation_request()],
        confirmation_items=[confirmation_item(remark=SECRET)],
    )
    assert SECRET not in words(for_everyone(known))
    assert for_everyone(known).confirmation_items.empty


def test_why_a_proposal_came_to_nothing_is_for_the_administration_and_other_potentials_are_not() -> None:
    aside = {"state": PotentialState.NOT_PURSUED, "reason": SECRET}
    whole = portfolio(
        potentials=[
            potential(id=1, proposal="share/t1/o1,o2", **aside),
            potential(id=2, proposal="share/t1/o1,o3"),
            potential(id=3, state=PotentialState.NOT_PURSUED, reason="Gibt es schon."),
        ]
    )
    found = for_everyone(whole)
    assert found.potentials["id"].tolist() == [2, 3]
    assert SECRET not in words(found)
    assert "1 verworfener Vorschlag" in left_out(whole)


def test_of_a_vorlage_everybody_reads_how_it_ended_and_neither_which_it_is_nor_who_voted_how() -> None:
    paper = {
        "handed_in_on": TODAY, "file_name": SECRET, "digest": "a" * 64, "wording": "b" * 64, "name": SECRET,
        "number": SECRET, "link": f"https://{SECRET}.example/",
    }  # fmt: skip
    votes = {"votes_for": 187, "votes_against": 0, "abstentions": 7, "unanimous": True}
    whole = portfolio(
        organisations=[organisation(id=1)],
        structures=[structure(id=1, organisation_id=1)],
        fundings=[funding(id=1, structure_id=1, end="2026-12-31")],
        measures=[measure(id=4, paper_number=SECRET), measure(id=5, paper_number="3/2019")],
        committees=[committee(id=1, short_name="KT")],
        submissions=[
            record(Submission, id=1, about="whole", ends="1 2026-12-31", **paper),
            record(Submission, id=2, about="measure", subject_key="4", **paper),
        ],
        consultations=[
            record(
                Consultation, id=1, submission_id=1, committee_id=1, day=TODAY, result="decided", note=SECRET,
                reference=SECRET, **votes,
            ),
        ],
    )  # fmt: skip
    found = for_everyone(whole)
    assert SECRET not in words(found)
    assert SECRET.lower() not in words(found)
    assert "187" not in words(found)
    assert "a" * 64 not in words(found)
    assert found.measures["paper_number"].tolist() == ["", "3/2019"]
    told = about_end(found, 1, TODAY)
    assert told is not None
    assert (told.standing, told.called) == (Standing.PASSED, "Vorlage vom 25.11.2026")
    assert told.words == "beschlossen am 25.11.2026 (KT)"
    for table in ("submission", "consultation", "measure"):
        assert found.frame(table).dtypes.equals(whole.frame(table).dtypes)
    assert for_everyone(found).frame("submission").equals(found.frame("submission"))
