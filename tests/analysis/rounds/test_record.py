"""A round read from the data, for all and for the administration, and kept as JSON."""

import json
from datetime import date
from typing import Any

import pytest

from steering.analysis.discretion import for_everyone, left_out
from steering.analysis.portfolio import Portfolio
from steering.analysis.rounds import Round, as_kept, read, round_of
from steering.analysis.rounds.snapshot import charts_in, state_in
from steering.analysis.rounds.wording import numbers
from steering.model import ActionStatus, AgendaStatus, Attendance, Level, MeetingStatus, Progress, Subject
from tests.builders import (
    action_item,
    addendum,
    agenda_item,
    internal_finding,
    meeting,
    organisation,
    outcome,
    participant,
    portfolio,
)
from tests.conftest import PROJECT

SECRET = "geheim"
CARITAS, FACHDIENST = 5, 6


def world(**changed):
    """An earlier round, and one in which the Caritas sits; everything internal says so."""
    records = {
        "organisations": [
            organisation(id=1, name="Landratsamt", short_name="LRA"),
            organisation(id=CARITAS, name="Caritas Coburg", level=Level.WELFARE),
            organisation(id=FACHDIENST, name="Fachdienst", level=Level.WELFARE, parent_id=CARITAS),
        ],
        "meetings": [
            meeting(id=1, day="2026-03-01", status=MeetingStatus.CLOSED),
            meeting(id=2, day="2026-06-30", status=MeetingStatus.RUNNING, internal_note=SECRET),
        ],
        "participants": [
            participant(meeting_id=2, organisation_id=1, function="FB 22"),
            participant(meeting_id=2, organisation_id=CARITAS, function="Kreisgeschäftsführung"),
        ],
        "agenda_items": [
            agenda_item(id=1, meeting_id=1, status=AgendaStatus.OPEN),
            agenda_item(
                id=2,
                meeting_id=2,
                position=2,
                previous_id=1,
                name="Zwei Federführende",
                question="Wer führt die Feder?",
                concerns=str(FACHDIENST),
                internal_note=SECRET,
            ),
            agenda_item(id=3, meeting_id=2, position=1, name=SECRET, internal=True),
            agenda_item(id=4, meeting_id=2, position=3, status=AgendaStatus.DROPPED),
        ],
        "outcomes": [
            outcome(id=1, agenda_item_id=1, text="AWO klärt das Ende"),
            outcome(
                id=2, agenda_item_id=2, text="Gespräch im Juli", internal_note=SECRET, progress=Progress.OPEN
            ),
        ],
        "action_items": [
            action_item(id=1, agenda_item_id=2, name="einladen", organisation_id=1, due="2026-07-10"),
            action_item(id=2, agenda_item_id=2, name=SECRET, internal=True, due="2026-07-01"),
        ],
    }
    return portfolio(**records | changed)


def round_in(data: Portfolio) -> Round:
    """The round with number 2."""
    found = round_of(data, 2)
    assert found is not None
    return found


def second(**changed: Any) -> Round:
    return round_in(world(**changed))


def test_a_round_has_its_points_in_order_without_struck_ones_and_with_what_came_of_them():
    found = second()
    assert [point.name for point in found.points] == [SECRET, "Zwei Federführende"]
    point = found.points[1]
    assert (point.text, point.progress) == ("Gespräch im Juli", Progress.OPEN)
    assert point.last is not None
    assert (point.last.day, point.last.text) == (date(2026, 3, 1), "AWO klärt das Ende")
    assert [action.due for action in point.actions] == [date(2026, 7, 1), date(2026, 7, 10)]
    assert [(guest.organisation, guest.outside) for guest in found.guests] == [
        ("LRA", False),
        ("Caritas Coburg", True),
    ]


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ({}, "noch offen"),
        ({"status": ActionStatus.DONE, "done_on": "2026-06-20"}, "erledigt am 20.06.2026"),
        ({"status": ActionStatus.DROPPED}, "hinfällig"),
    ],
)
def test_a_point_about_something_agreed_says_how_it_stands_now(state, said):
    agreed = action_item(id=7, agenda_item_id=1, organisation_id=CARITAS, due="2026-06-10") | state
    about = agenda_item(
        id=5, meeting_id=2, subject=Subject.ACTION, subject_key="7", occasion="AWO bis 1.1.; noch offen."
    )
    earlier = agenda_item(id=1, meeting_id=1)
    found = second(agenda_items=[earlier, about], action_items=[agreed], outcomes=[])
    assert found.points[0].occasion == (
        f"In der Runde vom 01.03.2026 vereinbart, Caritas Coburg bis 10.06.2026; {said}."
    )
    removed = second(agenda_items=[earlier, about], action_items=[], outcomes=[])
    assert removed.points[0].occasion == "AWO bis 1.1.; noch offen."


def test_nothing_came_last_time_of_a_point_whose_round_was_called_off():
    called_off = meeting(id=1, day="2026-03-01", status=MeetingStatus.CANCELLED)
    found = second(meetings=[called_off, meeting(id=2, day="2026-06-30")], outcomes=[])
    assert found.points[1].last is None


def test_nothing_internal_is_left_in_the_round_for_everyone():
    whole = second()
    assert json.dumps(whole.to_json()).count(SECRET) == 6
    assert SECRET not in json.dumps(whole.for_everyone().to_json())


def test_an_addendum_to_an_internal_point_is_internal_too():
    additions = [addendum(meeting_id=2, text=SECRET, agenda_item_id=3), addendum(meeting_id=2, text="offen")]
    found = second(addenda=additions)
    assert [one.text for one in found.for_everyone().additions] == ["offen"]


def test_what_is_about_a_unit_of_a_carrier_in_the_room_is_a_question():
    assert second().points[1].headline == "Wer führt die Feder?"


def test_it_is_a_statement_where_the_carrier_is_excused_or_not_invited():
    excused = participant(meeting_id=2, organisation_id=CARITAS, attendance=Attendance.EXCUSED)
    for participants in ([excused], []):
        assert second(participants=participants).points[1].headline == "Zwei Federführende"


def test_a_round_comes_back_from_json_as_it_was():
    found = second(addenda=[addendum(meeting_id=2)])
    assert read(json.loads(json.dumps(found.to_json()))) == found


def test_there_is_no_round_without_its_record():
    assert round_of(world(), 99) is None


def test_a_round_that_was_kept_in_2026_is_read_for_good():
    """What a closed round rested on is never written anew: a field added to a record finds nothing in it."""
    text = (PROJECT / "tests" / "data" / "rounds" / "kept_2026.json").read_text(encoding="utf-8")
    found = read(json.loads(text)["round"])
    assert [point.name for point in found.points] == [SECRET, "Zwei Federführende"]
    assert [guest.organisation for guest in found.guests] == ["LRA", "Caritas Coburg"]
    assert [action.due for action in found.points[1].actions] == [date(2026, 7, 1), date(2026, 7, 10)]
    assert (state_in(text).ends[0]["end"], charts_in(text)) == ("2026-12-31", {2: {"mark": "bar"}})


def test_what_an_older_program_did_not_keep_counts_as_unsaid():
    kept = second().to_json()
    del kept["closed_by"], kept["masterplan"], kept["as_of"], kept["points"][1]["actions"]
    found = read(kept)
    assert (found.closed_by, found.masterplan, found.as_of) == ("", False, None)
    assert found.points[1].actions == ()


def test_a_point_that_everybody_knew_keeps_its_number_and_nothing_else():
    points = [
        agenda_item(id=1, meeting_id=2, position=1, name="Eins", announced=True),
        agenda_item(id=2, meeting_id=2, position=2, name=SECRET, note=SECRET, question=SECRET,
                    internal=True, announced=True, subject="finding", subject_key="GAP/t1"),
        agenda_item(id=3, meeting_id=2, position=3, name=SECRET, internal=True),
        agenda_item(id=4, meeting_id=2, position=4, name="Drei", announced=True),
    ]  # fmt: skip
    outcomes = [outcome(agenda_item_id=2, text=SECRET)]
    agreed = [action_item(agenda_item_id=2, name=SECRET)]
    data = world(
        agenda_items=points, outcomes=outcomes, action_items=agreed,
        addenda=[addendum(meeting_id=2, text=SECRET, agenda_item_id=2)],
    )  # fmt: skip
    whole = round_in(data)
    assert list(numbers(whole.points).values()) == ["TOP 1", "TOP 2", "TOP intern 1", "TOP 3"]
    # As the round is shortened, and as the Portfolio is that a screen before guests is handed.
    for shown in (whole.for_everyone(), round_in(for_everyone(data)).for_everyone()):
        named = numbers(shown.points)
        assert [(named[point.id], point.headline) for point in shown.points] == [
            ("TOP 1", "Eins"), ("TOP 2", "nichtöffentlich"), ("TOP 3", "Drei"),
        ]  # fmt: skip
        assert [point.withheld for point in shown.points] == [False, True, False]
        assert SECRET not in json.dumps(shown.to_json())
    assert "2 Tagesordnungspunkte" in left_out(data)


def test_in_a_closed_round_a_finding_that_becomes_internal_leaves_the_numbers_as_they_were():
    points = [
        agenda_item(id=1, meeting_id=2, position=1, subject="finding", subject_key="GAP/t1"),
        agenda_item(id=2, meeting_id=2, position=2, name="Zwei"),
    ]
    data = world(agenda_items=points, outcomes=[], action_items=[])
    kept = json.dumps({"round": round_in(data).to_json()})
    marked = [internal_finding(key="GAP/t1")]
    since = world(agenda_items=points, outcomes=[], action_items=[], internal_findings=marked)
    found = as_kept(since, 2, kept)
    assert found is not None
    shown = found.for_everyone()
    assert [(numbers(shown.points)[point.id], point.name) for point in shown.points] == [
        ("TOP 1", "nichtöffentlich"), ("TOP 2", "Zwei"),
    ]  # fmt: skip
