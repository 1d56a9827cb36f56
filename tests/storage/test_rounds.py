"""Rounds in the database: results two people write at once, closing for good, addenda, and undo."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from steering.model import (
    ActionItem,
    ActionStatus,
    Addendum,
    AgendaItem,
    AgendaStatus,
    ExtensionRule,
    InternalFinding,
    Meeting,
    MeetingStatus,
    Organisation,
    Outcome,
    OutcomeStatus,
    Participant,
    Record,
    Snapshot,
    Subject,
)
from steering.storage import archiving, merging, reading, rounds
from steering.storage.history.searching import Sought, find
from steering.storage.history.undoing import undo
from steering.storage.problems import Conflict, Invalid, UndoBlocked
from steering.storage.writing import Edit, Made, write
from tests.storage.conftest import CARITAS, LANDRATSAMT, NOW, WHO
from tests.stored import batch_of, row_of

ON = date(2026, 11, 25)
VIEW = {"as_of": ON, "scenario": ExtensionRule.SECURED, "masterplan": False, "revision": 1}
AGREED = {"name": "einladen", "organisation_id": LANDRATSAMT, "due": ON}


@pytest.fixture
def held(engine: Engine) -> Engine:
    """A round with the Caritas and two points, the first with a recorded Ergebnis and an agreed action."""
    recorded = {"text": "abgestimmt", "status": OutcomeStatus.RECORDED}
    write(
        engine,
        [
            Edit(Meeting, {"day": ON, "begins": "14 Uhr", "ends": "15:30"}),
            Edit(Participant, {"meeting_id": Made(0), "organisation_id": CARITAS}),
            Edit(AgendaItem, {"meeting_id": Made(0), "name": "Erster", "position": 1}),
            Edit(AgendaItem, {"meeting_id": Made(0), "name": "Zweiter", "position": 2}),
            Edit(Outcome, {"agenda_item_id": Made(2), **recorded}),
            Edit(ActionItem, {"agenda_item_id": Made(2), **AGREED}),
        ],
        **WHO,
    )
    return engine


@pytest.fixture
def closed(held: Engine) -> Engine:
    close(held)
    return held


def test_a_round_that_lies_ahead_is_not_closed(held: Engine) -> None:
    version = row(held, Meeting)["version"]
    with pytest.raises(Invalid, match=r"für den 25\.11\.2026 angesetzt"):
        rounds.close(held, 1, version, "{}", on=ON - timedelta(days=1), view=VIEW, **WHO)
    assert row(held, Meeting)["status"] != MeetingStatus.CLOSED


def test_a_round_that_is_called_off_is_not_closed(held: Engine) -> None:
    write(held, [Edit(Meeting, {"status": MeetingStatus.CANCELLED}, id=1, version=1)], **WHO)
    with pytest.raises(Invalid, match="abgesagt und wird nicht geschlossen"):
        close(held)
    assert row(held, Meeting)["status"] == MeetingStatus.CANCELLED


def close(engine: Engine) -> str:
    version = row(engine, Meeting)["version"]
    receipt = rounds.close(engine, 1, version, '{"round": {}}', on=ON, view=VIEW, **WHO)
    assert receipt.batch
    return receipt.batch


def row(engine: Engine, record: type[Record], key: int = 1) -> dict[str, Any]:
    found = row_of(engine, record, key)
    assert found is not None
    return found


def everything(engine: Engine) -> list[Any]:
    records = (Meeting, Participant, AgendaItem, Outcome, ActionItem, Snapshot)
    return [row_of(engine, record, 1) for record in records]


def test_times_are_written_in_one_way_and_nonsense_is_refused(engine: Engine, held: Engine) -> None:
    assert (row(held, Meeting)["begins"], row(held, Meeting)["ends"]) == ("14:00", "15:30")
    with pytest.raises(Invalid, match="keine Uhrzeit"):
        write(engine, [Edit(Meeting, {"day": ON, "begins": "25:00"})], **WHO)
    with pytest.raises(Invalid, match="liegt nicht nach dem Beginn"):
        write(engine, [Edit(Meeting, {"day": ON, "begins": "15:00", "ends": "14:00"})], **WHO)


def test_bad_input_is_refused_at_its_field(held: Engine) -> None:
    edits = [
        Edit(Participant, {"meeting_id": 1, "organisation_id": None}),
        Edit(ActionItem, {"agenda_item_id": 1, **AGREED, "due": None}),
        Edit(Participant, {"meeting_id": 1, "organisation_id": CARITAS, "mailbox": "Frau Muster"}),
    ]
    with pytest.raises(Invalid) as refused:
        write(held, edits, **WHO)
    assert [(one.index, one.field) for one in refused.value.problems] == [
        (0, "organisation_id"),
        (1, "due"),
        (2, "mailbox"),
    ]
    with pytest.raises(Invalid, match=r"Höchstens 5\.000 Zeichen sind möglich, eingegeben sind 20\.000"):
        rounds.keep(held, 2, {"text": "x" * 20_000}, **WHO)


def test_the_first_word_on_a_point_makes_its_result_and_the_next_changes_it(held: Engine) -> None:
    key = rounds.keep(held, 2, {"text": "Erster Satz"}, **WHO).ids[0]
    assert row(held, Outcome, key)["status"] == OutcomeStatus.DRAFT
    rounds.keep(held, 2, {"text": "Zwei Sätze"}, version=1, **WHO)
    assert row(held, Outcome, key)["text"] == "Zwei Sätze"


def test_two_who_begin_on_the_same_point_do_not_overwrite_each_other(held: Engine) -> None:
    key = rounds.keep(held, 2, {"text": "meins"}, **WHO).ids[0]
    with pytest.raises(Conflict) as conflict:
        rounds.keep(held, 2, {"text": "deins"}, actor="Fachbereich 22", now=NOW)
    differing = {field.field: (field.base, field.theirs, field.mine) for field in conflict.value.fields}
    assert differing["text"] == ("", "meins", "deins")
    assert row(held, Outcome, key)["text"] == "meins"


def test_two_who_go_on_from_the_same_draft_do_not_overwrite_each_other(held: Engine) -> None:
    base = row(held, Outcome)
    rounds.keep(held, 1, {"text": "abgestimmt, ab Januar"}, version=1, base=base, **WHO)
    with pytest.raises(Conflict) as conflict:
        rounds.keep(held, 1, {"text": "vertagt"}, version=1, base=base, **WHO)
    assert [(one.base, one.theirs, one.mine) for one in conflict.value.fields] == [
        ("abgestimmt", "abgestimmt, ab Januar", "vertagt")
    ]


def test_points_are_put_in_order_in_one_step_that_can_be_undone(held: Engine) -> None:
    batch = batch_of(rounds.arrange(held, 1, [2], **WHO))
    assert (row(held, AgendaItem, 2)["position"], row(held, AgendaItem, 1)["position"]) == (1, 2)
    undo(held, batch, **WHO)
    assert row(held, AgendaItem, 1)["position"] == 1


def test_closing_keeps_what_the_round_rested_on_and_leaves_points_without_a_word_open(closed: Engine) -> None:
    meeting = row(closed, Meeting)
    assert (meeting["status"], meeting["closed_on"], meeting["as_of"]) == (MeetingStatus.CLOSED, ON, ON)
    assert (meeting["closed_by"], meeting["revision"]) == (WHO["actor"], 1)
    assert reading.snapshot(closed, 1) == '{"round": {}}'
    assert row(closed, AgendaItem, 1)["status"] == AgendaStatus.DONE
    assert row(closed, AgendaItem, 2)["status"] == AgendaStatus.OPEN


@pytest.mark.parametrize(
    ("status", "becomes"),
    [
        (ActionStatus.OPEN, AgendaStatus.OPEN),
        (ActionStatus.DONE, AgendaStatus.DONE),
        (ActionStatus.DROPPED, AgendaStatus.DONE),
    ],
)
def test_a_point_about_something_agreed_is_left_open_only_while_that_is_open(
    held: Engine, status: ActionStatus, becomes: AgendaStatus
) -> None:
    about = {"subject": Subject.ACTION, "subject_key": "1"}
    write(held, [Edit(AgendaItem, about, id=2, version=1)], **WHO)
    write(held, [Edit(ActionItem, {"status": status}, id=1, version=1)], **WHO)
    close(held)
    assert row(held, AgendaItem, 2)["status"] == becomes


def test_a_round_with_a_draft_is_not_closed_and_the_point_is_named(held: Engine) -> None:
    rounds.keep(held, 2, {"text": "noch nicht fertig"}, **WHO)
    with pytest.raises(Invalid, match="Noch nicht festgehalten: »Zweiter«"):
        close(held)
    assert row(held, Meeting)["status"] == MeetingStatus.DRAFT
    assert reading.snapshot(held, 1) is None


@pytest.mark.parametrize(
    "beside", [{"internal_note": "heikel"}, {"assessment": "agreed"}, {"progress": "open"},
               {"resubmit_on": date(2027, 1, 1)}],
)  # fmt: skip
def test_what_is_written_beside_the_words_and_not_recorded_keeps_a_round_open(held: Engine, beside) -> None:
    rounds.keep(held, 2, beside, **WHO)
    with pytest.raises(Invalid, match="Noch nicht festgehalten: »Zweiter«"):
        close(held)


def test_a_draft_on_a_point_that_was_struck_keeps_no_round_open(held: Engine) -> None:
    rounds.keep(held, 2, {"text": "noch nicht fertig"}, **WHO)
    write(held, [Edit(AgendaItem, {"status": AgendaStatus.DROPPED}, id=2, version=1)], **WHO)
    close(held)
    assert row(held, Meeting)["status"] == MeetingStatus.CLOSED
    assert row(held, Outcome, 2)["text"] == "noch nicht fertig"


def test_a_round_is_closed_once(closed: Engine) -> None:
    with pytest.raises(Invalid, match="geschlossen"):
        close(closed)


CHANGES = [
    Edit(Meeting, {"place": "anderswo"}, id=1, version=2),
    Edit(Meeting, {"status": MeetingStatus.RUNNING}, id=1, version=2),
    Edit(Participant, {"function": "anders"}, id=1, version=1),
    Edit(Participant, {"meeting_id": 1, "organisation_id": LANDRATSAMT}),
    Edit(AgendaItem, {"name": "anders"}, id=1, version=2),
    Edit(AgendaItem, {"meeting_id": 1, "name": "noch einer"}),
    Edit(Outcome, {"text": "anders"}, id=1, version=1),
    Edit(Outcome, {"agenda_item_id": 2, "text": "anders"}),
    Edit(ActionItem, {"due": ON + timedelta(days=1)}, id=1, version=1),
    Edit(ActionItem, {"status": ActionStatus.DONE, "name": "anders"}, id=1, version=1),
    Edit(ActionItem, {"agenda_item_id": 1, **AGREED}),
]


@pytest.mark.parametrize("edit", CHANGES, ids=lambda edit: f"{edit.record.__name__} {edit.values}"[:60])
def test_nothing_in_a_closed_round_can_be_added_or_changed(closed: Engine, edit: Edit) -> None:
    before = everything(closed)
    with pytest.raises(Invalid, match=r"25\.11\.2026 ist geschlossen"):
        write(closed, [edit], **WHO)
    assert everything(closed) == before


def test_nothing_in_a_closed_round_can_be_removed_or_taken_in_from_another_round(closed: Engine) -> None:
    for record in (Participant, AgendaItem, Outcome, ActionItem, Snapshot):
        with pytest.raises(Invalid, match="ist geschlossen"):
            rounds.strike(closed, record, 1, **WHO)
    with pytest.raises(Invalid, match="ist geschlossen"):
        archiving.archive(closed, Meeting, 1, row(closed, Meeting)["version"], **WHO)
    write(closed, [Edit(Meeting, {"day": ON}), Edit(AgendaItem, {"meeting_id": Made(0), "name": "X"})], **WHO)
    with pytest.raises(Invalid, match="ist geschlossen"):
        write(closed, [Edit(AgendaItem, {"meeting_id": 1}, id=3, version=1)], **WHO)


def test_closing_and_what_came_before_it_cannot_be_undone(held: Engine) -> None:
    edit = Edit(Outcome, {"text": "anders"}, id=1, version=1)
    earlier = batch_of(write(held, [edit], **WHO))
    closing = close(held)
    before = everything(held)
    for batch in (closing, earlier):
        with pytest.raises(UndoBlocked, match="ist geschlossen"):
            undo(held, batch, **WHO)
    assert everything(held) == before


def test_the_verlauf_knows_what_stays_with_a_closed_round(held: Engine) -> None:
    agreed = batch_of(write(held, [Edit(ActionItem, {"due": date(2027, 1, 4)}, id=1, version=1)], **WHO))
    before = find(held, Sought())
    assert not any(found.kept or any(step.kept for step in found.steps) for found in before.writes)
    closing = close(held)
    done = {"status": ActionStatus.DONE, "done_on": ON}
    going_on = batch_of(write(held, [Edit(ActionItem, done, id=1, version=2)], **WHO))
    added = batch_of(rounds.add(held, 1, "Die Frist ist der 31.12.", on=ON, **WHO))
    found = {each.signature.batch: each for each in find(held, Sought(), steps=1).writes}
    assert {batch: found[batch].kept for batch in (agreed, closing, going_on, added)} == {
        agreed: True, closing: True, going_on: False, added: True,
    }  # fmt: skip
    assert all(step.kept for step in (*found[closing].steps, *found[agreed].steps))


def test_how_an_agreed_action_stands_goes_on_after_the_round(closed: Engine) -> None:
    done = {"status": ActionStatus.DONE, "done_on": ON}
    batch = batch_of(write(closed, [Edit(ActionItem, done, id=1, version=1)], **WHO))
    assert row(closed, ActionItem)["status"] == ActionStatus.DONE
    undo(closed, batch, **WHO)
    assert row(closed, ActionItem)["status"] == ActionStatus.OPEN


def test_a_closed_round_keeps_its_participant_when_that_organisation_is_merged_into_another(
    closed: Engine,
) -> None:
    merging.merge(closed, Organisation, LANDRATSAMT, CARITAS, **WHO)
    assert row(closed, Participant)["organisation_id"] == CARITAS


def test_an_addendum_comes_after_closing_and_stays(closed: Engine) -> None:
    batch = batch_of(rounds.add(closed, 1, "Die Frist ist der 31.12.", on=ON, agenda_item_id=1, **WHO))
    assert row(closed, Addendum)["text"] == "Die Frist ist der 31.12."
    with pytest.raises(UndoBlocked, match="bleibt stehen"):
        undo(closed, batch, **WHO)
    with pytest.raises(Invalid, match="bleibt stehen"):
        write(closed, [Edit(Addendum, {"text": "anders"}, id=1)], **WHO)
    with pytest.raises(Invalid, match="bleibt stehen"):
        rounds.strike(closed, Addendum, 1, **WHO)


def test_an_open_round_takes_no_addendum_and_an_empty_one_is_refused(held: Engine) -> None:
    with pytest.raises(Invalid, match="noch nicht geschlossen"):
        rounds.add(held, 1, "zu früh", on=ON, **WHO)
    close(held)
    with pytest.raises(Invalid, match="Bitte ausfüllen"):
        rounds.add(held, 1, "  ", on=ON, **WHO)


def test_a_finding_is_marked_as_internal_once_and_unmarked(engine: Engine) -> None:
    for _ in range(2):
        rounds.reserve(engine, "GAP/t1//n1", internal=True, **WHO)
    assert list(reading.portfolio(engine).internal_findings["key"]) == ["GAP/t1//n1"]
    batch = batch_of(rounds.reserve(engine, "GAP/t1//n1", internal=False, **WHO))
    assert reading.record(engine, InternalFinding, 1) is None
    undo(engine, batch, **WHO)
    assert len(reading.portfolio(engine).internal_findings) == 1


def test_a_round_prepared_by_mistake_is_taken_back_whole(engine: Engine) -> None:
    edits = [Edit(Meeting, {"day": ON}), Edit(AgendaItem, {"meeting_id": Made(0), "name": "Erster"})]
    undo(engine, batch_of(write(engine, edits, **WHO)), **WHO)
    assert reading.portfolio(engine).meetings.empty
    assert reading.portfolio(engine).agenda_items.empty


def announced(engine: Engine) -> list[bool]:
    return [bool(row(engine, AgendaItem, key)["announced"]) for key in (1, 2)]


@pytest.mark.parametrize("status", [MeetingStatus.INVITED, MeetingStatus.RUNNING])
def test_with_the_invitation_everybody_knows_the_points_but_the_internal_ones(
    held: Engine, status: MeetingStatus
) -> None:
    secret = {"internal": True}
    write(held, [Edit(AgendaItem, secret, id=2, version=row(held, AgendaItem, 2)["version"])], **WHO)
    assert announced(held) == [False, False]
    receipt = write(held, [Edit(Meeting, {"status": status}, id=1, version=1)], **WHO)
    assert announced(held) == [True, False]
    undo(held, str(receipt.batch), **WHO)
    assert announced(held) == [False, False]


def test_what_comes_onto_a_known_agenda_is_known_and_so_is_what_is_opened_to_all(held: Engine) -> None:
    rounds.reserve(held, "GAP/t1", internal=True, **WHO)
    write(held, [Edit(Meeting, {"status": MeetingStatus.RUNNING}, id=1, version=1)], **WHO)
    about = {"subject": Subject.FINDING, "subject_key": "GAP/t1"}
    new: list[dict[str, Any]] = [
        {"name": "Dritter"},
        {"name": "Vierter", "internal": True},
        {"name": "Fünfter", **about},
    ]
    keys = write(held, [Edit(AgendaItem, {"meeting_id": 1, **values}) for values in new], **WHO).ids
    assert [row(held, AgendaItem, key)["announced"] for key in keys] == [True, False, False]
    rounds.reserve(held, "GAP/t1", internal=False, **WHO)
    write(held, [Edit(AgendaItem, {"internal": False}, id=keys[1], version=1)], **WHO)
    assert all(row(held, AgendaItem, key)["announced"] for key in keys)
