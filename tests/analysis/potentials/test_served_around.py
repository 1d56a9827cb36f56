"""A task served all around a municipality, but not in it."""

import random

import pytest

from steering.analysis.potentials.neighbours import around
from steering.analysis.potentials.served_around import served_around
from steering.model import Needed, NeedKind, Role, SurveyAnswer, SurveyRequest, SurveyRound
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
    TODAY,
    WEST,
    beside,
    doing,
    world,
)
from tests.builders import need, record

ON = "2026-11-20"

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


def asked(*answered):
    """A survey of the Landkreis: who said what (`needed`) about which task, each in its own place."""
    return {
        "survey_rounds": [
            record(SurveyRound, id=1, name="Erhebung", sent_on=ON, due=ON, mailbox="", letter="")
        ],
        "survey_requests": [
            record(SurveyRequest, id=key, round_id=1, ags=answer["ags"], token=f"kennung-{key:08}")
            for key, answer in enumerate(answered, start=1)
        ],
        "survey_answers": [
            record(
                SurveyAnswer, id=key, request_id=key, task_id=answer.pop("task_id", CAFE),
                area_id=AREAS[answer.pop("ags")], received_on=ON, digest=f"{key:064}", **answer,
            )
            for key, answer in enumerate(map(dict, answered), start=1)
        ],
    }  # fmt: skip


def test_where_who_was_asked_needs_nothing_nothing_is_proposed():
    assert found(*BOTH_SIDES, **asked({"ags": MIDDLE, "needed": Needed.NO})) == []
    elsewhere = {"ags": WEST, "needed": Needed.NO}, {"ags": MIDDLE, "needed": Needed.NO, "task_id": CARE}
    assert len(found(*BOTH_SIDES, **asked(*elsewhere))) == 1


def test_a_need_that_was_reported_and_not_recorded_yet_is_told_as_such():
    (one,) = found(*BOTH_SIDES, **asked({"ags": MIDDLE, "needed": Needed.YES}))
    assert "ist ein Bedarf dafür gemeldet, aber noch nicht übernommen" in one.against
    (one,) = found(*BOTH_SIDES, **asked({"ags": MIDDLE, "needed": Needed.YES, "valid_until": "2026-11-26"}))
    assert one.against == "Ob in Mittelheim Bedarf besteht, ist nicht erhoben."


@pytest.mark.parametrize(
    "values",
    [{"valid_until": "2020-12-31"}, {"valid_from": "2026-11-28"}, {"kind": NeedKind.STEERING}],
    ids=["ended", "not begun", "of steering"],
)
def test_a_need_of_another_day_or_of_steering_is_none_here(values):
    (one,) = found(*BOTH_SIDES, needs=[need(task_id=CAFE, area_id=AREAS[MIDDLE], **values)])
    assert one.against == "Ob in Mittelheim Bedarf besteht, ist nicht erhoben."


def served_in(acts, task, ags):
    """Whether something that surely runs delivers the task there; slow and obvious."""
    return any(
        act["task"] == task and act["place"] in (EVERYWHERE, AREAS[ags]) and "end_kind" not in act
        for act in acts
    )


def perhaps_in(acts, task, ags):
    return any(act["task"] == task and act["place"] in (EVERYWHERE, AREAS[ags]) for act in acts)


def needed_in(needs, task, ags):
    return any(
        each["task_id"] == task and each["area_id"] in (EVERYWHERE, AREAS[ags])
        and each["kind"] == NeedKind.SERVICE
        and (each["valid_from"] or TODAY) <= TODAY <= (each["valid_until"] or TODAY)
        for each in needs
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(40))
def test_it_finds_what_a_slow_look_at_every_municipality_finds(seed):
    chance = random.Random(seed)
    acts = [
        {"house": chance.choice([HOUSE, CARITAS, AWO]), "task": chance.choice([CAFE, CARE]),
         "place": chance.choice([*AREAS.values(), *AREAS.values(), EVERYWHERE]),
         **({"end_kind": "unknown"} if chance.random() < 0.2 else {})}
        for _ in range(chance.randrange(3, 9))
    ]  # fmt: skip
    every = [(one, other) for one in PLACES for other in PLACES if one < other]
    pairs = beside(*chance.sample(every, chance.randrange(1, 6)))
    refused = {(task, ags) for task in (CAFE, CARE) for ags in PLACES if chance.random() < 0.4}
    periods = [(None, None), ("2020-01-01", "2020-12-31"), ("2026-11-27", None), ("2026-11-28", None)]
    needs = [
        {"task_id": chance.choice([CAFE, CARE]), "area_id": chance.choice([*AREAS.values(), EVERYWHERE]),
         "valid_from": first, "valid_until": last, "kind": chance.choice([*NeedKind])}
        for first, last in chance.choices(periods, k=chance.randrange(6))
    ]  # fmt: skip
    expected = {
        f"around/t{task}/{ags}": needed_in(needs, task, ags)
        for ags, others in around(pairs).items()
        for task in (CAFE, CARE)
        if len(others) > 1
        and all(served_in(acts, task, other) for other in others)
        and not perhaps_in(acts, task, ags)
        and (task, ags) not in refused
    }
    said = asked(*({"ags": ags, "task_id": task, "needed": Needed.NO} for task, ags in sorted(refused)))
    proposed = found(*acts, pairs=pairs, needs=[need(**each) for each in needs], **said)
    assert {one.key: "Bedarf dafür erfasst" in one.against for one in proposed} == expected
