"""A task served all around a municipality, but not in it."""

import random

import pytest

from steering.analysis.potentials.neighbours import around
from steering.analysis.potentials.served_around import served_around
from steering.model import Role
from tests.analysis.potentials.worlds import (
    AREAS,
    AT,
    AWO,
    CAFE,
    CARE,
    CARITAS,
    EAST,
    EVERYWHERE,
    HOUSE,
    IN_A_ROW,
    MIDDLE,
    PLACES,
    WEST,
    beside,
    doing,
    world,
)
from tests.builders import need

BOTH_SIDES = ({"house": CARITAS, "place": AREAS[WEST]}, {"house": AWO, "place": AREAS[EAST]})


def found(*acts, pairs=IN_A_ROW, **more):
    return served_around(world(**doing(*acts), **more), AT, pairs)


def test_what_both_neighbours_have_is_proposed_with_who_does_it():
    (one,) = found(*BOTH_SIDES)
    assert one.key == f"around/t{CAFE}/{MIDDLE}"
    assert one.facts == f"{WEST} s1;{EAST} s2"
    assert one.municipalities == {MIDDLE}
    assert "Mittelheim grenzt im Landkreis an Ostbach und Westdorf" in one.reckoning
    assert "Ostbach (S2) und Westdorf (S1)" in one.reckoning
    assert one.against == "Ob in Mittelheim Bedarf besteht, ist nicht erhoben."


def test_one_neighbour_without_it_or_one_neighbour_alone_is_no_reason():
    assert found(BOTH_SIDES[0]) == []
    assert found(*BOTH_SIDES, pairs=beside((MIDDLE, WEST))) == []


@pytest.mark.parametrize(
    "here",
    [
        {"house": HOUSE, "place": AREAS[MIDDLE]},
        {"house": HOUSE, "place": EVERYWHERE},
        {"house": HOUSE, "place": AREAS[MIDDLE], "role": Role.SUPPORT},
        {"house": HOUSE, "place": AREAS[MIDDLE], "end_kind": "unknown"},
    ],
    ids=["delivered", "for the whole Landkreis", "supported", "perhaps"],
)
def test_where_somebody_is_at_it_or_may_be_nothing_is_said(here):
    assert found(*BOTH_SIDES, here) == []


def test_a_lead_that_does_not_deliver_itself_and_an_ended_one_do_not_serve():
    ended = {"house": HOUSE, "place": AREAS[MIDDLE], "valid_until": "2026-01-31"}
    assert len(found(*BOTH_SIDES, ended)) == 1
    led = {"house": AWO, "place": AREAS[EAST], "role": Role.LEAD}
    assert found(BOTH_SIDES[0], {**led, "delivers": False}) == []
    assert len(found(BOTH_SIDES[0], {**led, "delivers": True})) == 1


def test_what_is_not_known_to_run_next_door_serves_nobody():
    unsure = {"house": AWO, "place": AREAS[EAST], "end_kind": "unknown"}
    assert found(BOTH_SIDES[0], unsure) == []


def test_where_a_need_is_recorded_it_comes_first_and_is_told():
    acts = [{**act, "task": task} for task in (CARE, CAFE) for act in BOTH_SIDES]
    first, second = found(*acts, needs=[need(task_id=CAFE, area_id=AREAS[MIDDLE])])
    assert first.key == f"around/t{CAFE}/{MIDDLE}"
    assert "ist ein Bedarf dafür erfasst" in first.against
    assert "nicht erhoben" in second.against


def served_in(acts, task, ags):
    """Whether something that surely runs delivers the task there; slow and obvious."""
    return any(
        act["task"] == task and act["place"] in (EVERYWHERE, AREAS[ags]) and "end_kind" not in act
        for act in acts
    )


def perhaps_in(acts, task, ags):
    return any(act["task"] == task and act["place"] in (EVERYWHERE, AREAS[ags]) for act in acts)


@pytest.mark.parametrize("seed", range(40))
def test_it_finds_what_a_slow_look_at_every_municipality_finds(seed):
    chance = random.Random(seed)
    acts = [
        {"house": chance.choice([HOUSE, CARITAS, AWO]), "task": chance.choice([CAFE, CARE]),
         "place": chance.choice([*AREAS.values(), *AREAS.values(), EVERYWHERE]),
         **({"end_kind": "unknown"} if chance.random() < 0.2 else {})}
        for _ in range(chance.randrange(1, 7))
    ]  # fmt: skip
    every = [(one, other) for one in PLACES for other in PLACES if one < other]
    pairs = beside(*chance.sample(every, chance.randrange(1, 6)))
    expected = {
        f"around/t{task}/{ags}"
        for ags, others in around(pairs).items()
        for task in (CAFE, CARE)
        if len(others) > 1
        and all(served_in(acts, task, other) for other in others)
        and not perhaps_in(acts, task, ags)
    }
    assert {one.key for one in found(*acts, pairs=pairs)} == expected
