"""What is proposed for rounds, the standing points they begin with, and a series of them."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine

from steering.analysis.rounds import Point, round_of
from steering.analysis.rounds.wishes import Wished, left_waiting, of_round, waiting
from steering.model import (
    AgendaGroup,
    AgendaItem,
    AgendaStatus,
    Meeting,
    MeetingStatus,
    Record,
    StandingPoint,
    Wish,
    WishStatus,
)
from steering.storage import planned_rounds, reading, rounds, wishes
from steering.storage.history.undoing import undo
from steering.storage.problems import Conflict, Invalid
from steering.storage.writing import Edit, write
from tests.storage.conftest import CARITAS, LANDRATSAMT, WHO
from tests.stored import batch_of, row_of

FIRST, SECOND, LAST = date(2026, 11, 25), date(2027, 1, 12), date(2027, 4, 6)
EARLY, LATE = date(2026, 11, 10), date(2026, 11, 20)
TOPIC = {"name": "Wohnraum", "reason": "Drei Familien.", "wanted": "Wer fragt?", "minutes": 15}
STANDING = (("Begrüßung", False), ("Offene Vereinbarungen", False), ("Verschiedenes", True))
VIEW = {"as_of": FIRST, "scenario": "secured", "masterplan": False, "revision": 1}


@pytest.mark.parametrize(
    ("actor", "said"),
    [
        ("Anna (Caritas)", "Caritas (Anna)"),
        ("Caritas", "Caritas"),
        ("Anna (Fachbereich 22)", "Caritas, Anna (Fachbereich 22)"),
        ("Anna", "Caritas (Anna)"),
    ],
)
def test_a_wish_names_its_unit_once(held: Engine, actor: str, said: str) -> None:
    wishes.propose(held, 1, [TOPIC | {"organisation_id": CARITAS}], on=EARLY, actor=actor, now=WHO["now"])
    assert of_round(reading.portfolio(held), 1)[-1].by == said


@pytest.fixture
def held(engine: Engine) -> Engine:
    """Two rounds, to the first of which points can be proposed in time until 15.11."""
    edits = [
        Edit(StandingPoint, {"name": name, "at_end": last, "position": place})
        for place, (name, last) in enumerate(STANDING, start=1)
    ]
    write(engine, edits, **WHO)
    days = [{"day": FIRST, "wishes_until": date(2026, 11, 15)}, {"day": SECOND}]
    planned_rounds.plan(engine, days, **WHO)
    return engine


def propose(engine: Engine, name: str = "Wohnraum", meeting: int = 1, on: date = EARLY, **more: Any) -> None:
    values = {**TOPIC, "name": name, "organisation_id": CARITAS, **more}
    wishes.propose(engine, meeting, [values], on=on, **WHO)


def standing_with(engine: Engine, meeting: int) -> tuple[Wished, ...]:
    return of_round(reading.portfolio(engine), meeting)


def points_of(engine: Engine, meeting: int = 1) -> tuple[Point, ...]:
    found = round_of(reading.portfolio(engine), meeting)
    assert found is not None
    return found.points


def agenda(engine: Engine, meeting: int = 1) -> list[str]:
    return [point.name for point in points_of(engine, meeting)]


def stored(engine: Engine, record: type[Record], key: int) -> dict[str, Any]:
    found = row_of(engine, record, key)
    assert found is not None
    return found


def test_a_round_begins_with_the_standing_points_each_once_and_new_points_come_before_the_last(held):
    assert agenda(held) == agenda(held, 2) == [name for name, _ in STANDING]
    propose(held)
    wishes.take(held, standing_with(held, 1)[0], 1, **WHO)
    assert agenda(held) == ["Begrüßung", "Offene Vereinbarungen", "Wohnraum", "Verschiedenes"]


def test_a_round_is_made_without_them_where_nobody_wants_them(held):
    (key,) = planned_rounds.plan(held, [{"day": LAST}], standing=False, **WHO).ids
    assert agenda(held, key) == []


def test_what_a_round_ends_with_stays_last_when_points_are_arranged_unless_one_was_put_behind_it(held):
    propose(held)
    wishes.take(held, standing_with(held, 1)[0], 1, **WHO)
    keys = {point.name: point.id for point in points_of(held)}
    order = ["Wohnraum", "Begrüßung", "Offene Vereinbarungen", "Verschiedenes"]
    rounds.arrange(held, 1, [keys[name] for name in order], **WHO)
    propose(held, "Sprachkurse")
    wishes.take(held, standing_with(held, 1)[0], 1, **WHO)
    assert agenda(held) == [*order[:3], "Sprachkurse", "Verschiedenes"]
    rounds.arrange(held, 1, [keys["Verschiedenes"], keys["Wohnraum"]], **WHO)
    propose(held, "Fahrten")
    wishes.take(held, standing_with(held, 1)[0], 1, **WHO)
    assert agenda(held)[0] == "Verschiedenes"
    assert agenda(held)[-1] == "Fahrten"


def test_a_standing_point_without_ergebnis_is_not_left_open(held):
    round_row = stored(held, Meeting, 1)
    rounds.close(held, 1, round_row["version"], '{"round": {}}', on=FIRST, view=VIEW, **WHO)
    points = reading.portfolio(held).agenda_items
    assert set(points.loc[points["meeting_id"] == 1, "status"]) == {AgendaStatus.DONE}


def test_a_standing_point_is_there_once(held):
    with pytest.raises(Invalid, match="schon Standardpunkt"):
        write(held, [Edit(StandingPoint, {"name": " verschiedenes. "})], **WHO)


def test_a_wish_says_whose_it_is_and_becomes_a_point_that_says_so(held):
    propose(held)
    (wish,) = standing_with(held, 1)
    assert (wish.unit, wish.person, wish.proposed_on) == ("Caritas", WHO["actor"], EARLY)
    assert wish.status == WishStatus.OPEN
    assert not wish.late
    receipt = wishes.take(held, wish, 1, **WHO)
    point = stored(held, AgendaItem, receipt.ids[0])
    assert point["group"] == AgendaGroup.WISH
    assert point["occasion"] == "Vorgeschlagen von Caritas am 10.11.2026. Drei Familien."
    assert point["note"] == "Gewünschtes Ergebnis: Wer fragt?\nDauer: etwa 15 Minuten."
    (taken,) = standing_with(held, 1)
    assert (taken.status, taken.taken_into, taken.waits) == (WishStatus.TAKEN, FIRST, False)
    assert [point.proposed_by for point in points_of(held)].count("Caritas") == 1


def test_taking_it_is_undone_as_one_and_a_second_press_finds_that_it_was_taken(held):
    propose(held)
    (wish,) = standing_with(held, 1)
    receipt = wishes.take(held, wish, 1, **WHO)
    with pytest.raises(Conflict):
        wishes.take(held, wish, 1, **WHO)
    undo(held, batch_of(receipt), **WHO)
    assert standing_with(held, 1)[0].status == WishStatus.OPEN
    assert "Wohnraum" not in agenda(held)


def test_a_wish_after_the_day_is_late_and_is_not_refused(held):
    propose(held, on=LATE)
    assert standing_with(held, 1)[0].late


def test_a_wish_that_is_put_off_stands_with_the_next_round_with_its_reason(held):
    propose(held)
    (wish,) = standing_with(held, 1)
    with pytest.raises(Invalid, match="begründen"):
        wishes.put_off(held, wish, 1, "  ", **WHO)
    wishes.put_off(held, wish, 1, "Erst nach dem Haushalt.", **WHO)
    here, there = standing_with(held, 1)[0], standing_with(held, 2)[0]
    assert (here.waits, here.answer, here.waits_for) == (False, "Erst nach dem Haushalt.", SECOND)
    assert (there.waits, there.origin, there.id) == (True, FIRST, here.id)
    assert waiting(reading.portfolio(held)) == {2: 1}
    wishes.take(held, there, 2, **WHO)
    assert "Wohnraum" in agenda(held, 2)
    assert not waiting(reading.portfolio(held))


def test_what_nobody_looked_at_goes_on_when_the_round_is_closed_or_called_off(held):
    propose(held)
    write(held, [Edit(Meeting, {"status": MeetingStatus.CANCELLED}, id=1, version=1)], **WHO)
    assert [wish.name for wish in standing_with(held, 2)] == ["Wohnraum"]
    write(held, [Edit(Meeting, {"status": MeetingStatus.CANCELLED}, id=2, version=1)], **WHO)
    assert left_waiting(reading.portfolio(held)) == 1


def test_a_wish_is_open_again_when_its_point_is_struck(held):
    propose(held)
    key = wishes.take(held, standing_with(held, 1)[0], 1, **WHO).ids[0]
    write(held, [Edit(AgendaItem, {"status": AgendaStatus.DROPPED}, id=key, version=1)], **WHO)
    assert standing_with(held, 1)[0].waits
    rounds.strike(held, AgendaItem, key, **WHO)
    assert stored(held, Wish, 1)["status"] == WishStatus.OPEN


def test_the_same_wish_twice_is_told_as_such_and_another_unit_may_have_it_too(held):
    propose(held)
    with pytest.raises(Invalid, match=r"schon vorgeschlagen \(am 10\.11\.2026: »Wohnraum«, offen\)"):
        propose(held, "wohnraum!")
    propose(held, organisation_id=LANDRATSAMT)
    assert len(standing_with(held, 1)) == 2


def test_a_wish_that_was_put_off_is_answered_though_the_unit_has_proposed_it_again(held):
    propose(held)
    wishes.put_off(held, standing_with(held, 1)[0], 1, "Später.", **WHO)
    propose(held, meeting=2)
    first, again = standing_with(held, 2)
    wishes.put_off(held, first, 2, "Steht schon da.", **WHO)
    wishes.take(held, again, 2, **WHO)
    assert not waiting(reading.portfolio(held))


def test_a_wish_needs_a_title_and_a_round_that_is_still_to_be_held(held):
    with pytest.raises(Invalid):
        propose(held, "")
    write(held, [Edit(Meeting, {"status": MeetingStatus.CANCELLED}, id=1, version=1)], **WHO)
    with pytest.raises(Invalid, match=r"25\.11\.2026 ist abgesagt"):
        propose(held)


def test_a_round_that_is_put_away_hands_its_wishes_to_the_next_and_comes_back_with_them(held):
    propose(held)
    wishes.take(held, standing_with(held, 1)[0], 1, **WHO)
    receipt = planned_rounds.put_away(held, 1, 1, **WHO)
    assert [(wish.name, wish.waits) for wish in standing_with(held, 2)] == [("Wohnraum", True)]
    undo(held, batch_of(receipt), **WHO)
    assert standing_with(held, 1)[0].status == WishStatus.TAKEN
    write(held, [Edit(Meeting, {"status": MeetingStatus.CANCELLED}, id=2, version=1)], **WHO)
    with pytest.raises(Invalid, match="zuerst die nächste Runde anlegen"):
        planned_rounds.put_away(held, 1, stored(held, Meeting, 1)["version"], **WHO)


def test_the_day_for_wishes_lies_before_the_round(held):
    with pytest.raises(Invalid, match="einen Tag davor"):
        write(held, [Edit(Meeting, {"wishes_until": SECOND}, id=1, version=1)], **WHO)


def test_a_series_makes_the_rounds_that_are_not_there_and_goes_as_one(held):
    days = [{"day": FIRST}, {"day": LAST}, {"day": LAST}, {"day": date(2027, 7, 6)}]
    guest = {"organisation_id": CARITAS, "function": "Leitung", "mailbox": ""}
    receipt = planned_rounds.plan(held, days, [guest], once_a_day=True, **WHO)
    portfolio = reading.portfolio(held)
    assert sorted(portfolio.meetings["day"].dt.date) == [FIRST, SECOND, LAST, date(2027, 7, 6)]
    assert len(portfolio.participants) == 2
    planned_rounds.put_away(held, 3, 1, **WHO)
    assert sorted(reading.portfolio(held).meetings["day"].dt.date) == [FIRST, SECOND, date(2027, 7, 6)]
    with pytest.raises(Invalid, match="schon Runden"):
        planned_rounds.plan(held, [{"day": FIRST}], once_a_day=True, **WHO)
    assert receipt.batch


def test_a_series_is_undone_as_one(held):
    receipt = planned_rounds.plan(held, [{"day": LAST}, {"day": date(2027, 7, 6)}], once_a_day=True, **WHO)
    undo(held, batch_of(receipt), **WHO)
    portfolio = reading.portfolio(held)
    assert (len(portfolio.meetings), len(portfolio.agenda_items)) == (2, 6)
