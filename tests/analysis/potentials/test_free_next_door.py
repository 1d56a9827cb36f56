"""More than is needed beside a municipality that has too little."""

import random

import pytest

from steering.analysis.findings import rules
from steering.analysis.findings.situation import Situation
from steering.analysis.potentials.free_next_door import free_next_door
from steering.model import Level, NeedKind, NeedUnit, Role
from tests.analysis.potentials.worlds import (
    AREAS,
    AWO,
    CARE,
    CARITAS,
    EAST,
    EVERYWHERE,
    FAR,
    HOUSE,
    IN_A_ROW,
    MIDDLE,
    ON_THE_DAY,
    PLACES,
    WEST,
    doing,
    world,
)  # fmt: skip
from tests.builders import municipality, need, need_group, organisation, target_group, task

PEOPLE = {WEST: 4_000, MIDDLE: 2_000, EAST: 1_000, FAR: 1_000}
TOWNS = [municipality(ags=ags, name=name, population=PEOPLE[ags]) for ags, name in PLACES.items()]


def wants(key, ags, quantity, **more):
    place = AREAS.get(ags, ags)
    return need(**{"id": key, "area_id": place, "quantity": quantity, "unit": NeedUnit.PLACES} | more)


def found(needs, *acts, pairs=IN_A_ROW, **more):
    known = world(**{"municipalities": TOWNS, "needs": needs, **doing(*acts)} | more)
    situation = Situation.of(known, ON_THE_DAY)
    return free_next_door(situation, rules.unmet(situation), pairs)


ROOMY = {"house": CARITAS, "place": AREAS[WEST], "places": 20}
SMALL = {"house": AWO, "place": AREAS[MIDDLE], "places": 4}
NEEDS = [wants(1, WEST, 8), wants(2, MIDDLE, 10)]


def test_more_next_door_is_told_with_its_reckoning_and_what_is_not_known():
    (one,) = found(NEEDS, ROOMY, SMALL)
    assert (one.key, one.facts) == ("free/n2", "n2;n1")
    assert one.name == "Sprachcafé: nebenan gibt es mehr als gebraucht, in Mittelheim zu wenig"
    assert "Gebraucht werden 10 Plätze, nach Einwohnern gerechnet gibt es 4." in one.reckoning
    assert one.options == ("Westdorf: 20 Plätze, gebraucht werden 8, also 12 mehr (S1)",)
    assert one.against.startswith("Belegte Plätze sind nicht erfasst")
    assert one.municipalities == {MIDDLE}
    assert one.field_id == 1
    assert not one.example


def test_where_nobody_does_it_at_all_all_of_it_is_lacking():
    (one,) = found(NEEDS, ROOMY)
    assert "Gebraucht werden 10 Plätze, und dort ist keine Durchführung erfasst." in one.reckoning


def test_an_offer_for_several_municipalities_counts_by_inhabitants():
    wide = {"house": HOUSE, "place": EVERYWHERE, "places": 16}
    (one,) = found([wants(1, WEST, 3), wants(2, MIDDLE, 10)], wide, SMALL, {**ROOMY, "places": 1})
    assert one.options[0].startswith("Westdorf: 9 Plätze, gebraucht werden 3, also 6 mehr")
    assert "gibt es 8." in one.reckoning


@pytest.mark.parametrize(
    ("needs", "acts"),
    [
        ([wants(1, WEST, 19.5), wants(2, MIDDLE, 10)], [ROOMY, SMALL]),
        ([wants(1, WEST, 8), wants(2, MIDDLE, 4)], [ROOMY, SMALL]),
        ([wants(1, WEST, 8), wants(2, EAST, 10)], [ROOMY]),
        ([wants(1, WEST, 8), wants(2, MIDDLE, 10, task_id=CARE)], [ROOMY, SMALL]),
        ([wants(1, WEST, 8), wants(2, MIDDLE, 10, unit=NeedUnit.FTE)], [ROOMY, {**SMALL, "fte": 4}]),
        ([wants(1, WEST, 8), wants(2, MIDDLE, None)], [ROOMY]),
        ([wants(1, WEST, 8), wants(2, MIDDLE, 10, site="Schule")], [ROOMY, SMALL]),
        ([wants(1, WEST, 8), wants(2, MIDDLE, 10, kind=NeedKind.STEERING)], [ROOMY, SMALL]),
        ([wants(1, WEST, 8), wants(2, MIDDLE, 10, valid_from="2026-11-28")], [ROOMY, SMALL]),
        (NEEDS, [ROOMY, {**SMALL, "places": None}]),
        (NEEDS, [{**ROOMY, "places": None}, SMALL]),
        (NEEDS, [ROOMY, SMALL, {**SMALL, "places": None}]),
        (NEEDS, [ROOMY, {**SMALL, "end_kind": "unknown"}]),
        (NEEDS, [ROOMY, {**SMALL, "role": Role.LEAD}]),
        (NEEDS, [SMALL]),
        ([wants(1, WEST, 8), wants(2, MIDDLE, 10), wants(3, WEST, 90, site="Schule")], [ROOMY]),
        ([wants(2, MIDDLE, 10)], [ROOMY, SMALL]),
    ],
    ids=[
        "less than a place more", "enough here", "not side by side", "another task", "another unit",
        "nobody knows how much", "at a site", "steering", "not needed yet", "size here unknown",
        "size next door unknown", "perhaps enough here", "perhaps somebody here", "led, not delivered here",
        "nothing next door", "shared with what is at a site", "next door nobody has said what is needed",
    ],
)  # fmt: skip
def test_where_something_is_missing_or_not_known_nothing_is_said(needs, acts):
    assert found(needs, *acts) == []


def test_who_reaches_both_already_is_no_offer_next_door():
    wide = {"house": HOUSE, "place": EVERYWHERE, "places": 16}
    assert found([wants(1, WEST, 3), wants(2, MIDDLE, 10)], wide) == []


def test_what_next_door_lacks_for_others_comes_first_there():
    groups = {"need_groups": [need_group(need_id=3, target_group_id=2)]}
    acts = [ROOMY, SMALL]
    assert len(found([*NEEDS, wants(3, WEST, 1)], *acts, **groups)) == 1
    assert found([*NEEDS, wants(3, WEST, 60)], *acts, **groups) == []


def test_other_target_groups_are_another_need():
    slugs = ("alle", "frauen", "kinder")
    groups = [target_group(id=key, slug=slug, everyone=key == 1) for key, slug in enumerate(slugs, start=1)]
    one = [need_group(need_id=2, target_group_id=2)]
    assert found(NEEDS, ROOMY, SMALL, target_groups=groups, need_groups=one) == []
    both = [need_group(need_id=key, target_group_id=2) for key in (1, 2)]
    assert len(found(NEEDS, ROOMY, SMALL, target_groups=groups, need_groups=both)) == 1


def test_a_level_is_kept():
    houses = [organisation(id=key, name=f"H{key}", level=Level.WELFARE) for key in (HOUSE, CARITAS, AWO)]
    limited = {**NEEDS[1], "level": Level.WELFARE}
    assert found([NEEDS[0], limited], ROOMY, SMALL, organisations=houses) == []
    assert (
        len(found([{**NEEDS[0], "level": Level.WELFARE}, limited], ROOMY, SMALL, organisations=houses)) == 1
    )
    assert (
        len(found([{**NEEDS[0], "level": Level.WELFARE}, NEEDS[1]], ROOMY, SMALL, organisations=houses)) == 1
    )


def test_without_a_population_nothing_is_said():
    unknown = [town if town["ags"] != WEST else {**town, "population": None} for town in TOWNS]
    assert found(NEEDS, ROOMY, SMALL, municipalities=unknown) == []


def test_posts_count_in_tenths():
    needs = [wants(1, WEST, 0.5, unit=NeedUnit.FTE), wants(2, MIDDLE, 1, unit=NeedUnit.FTE)]
    (one,) = found(needs, {**ROOMY, "fte": 0.6}, {**SMALL, "fte": 0.5})
    assert one.options == ("Westdorf: 0,6 VZÄ, gebraucht werden 0,5, also 0,1 mehr (S1)",)
    assert found(needs, {**ROOMY, "fte": 0.55}, {**SMALL, "fte": 0.5}) == []


@pytest.mark.parametrize(
    ("needs", "act"),
    [
        ([{**NEEDS[0], "provenance": "example"}, NEEDS[1]], ROOMY),
        ([NEEDS[0], {**NEEDS[1], "provenance": "example"}], ROOMY),
        (NEEDS, {**ROOMY, "provenance": "example"}),
    ],
)
def test_what_rests_on_examples_is_one(needs, act):
    assert found(needs, act, SMALL)[0].example


def supply_of(acts, ags):
    """What a town has of the first task: its part of each offer by inhabitants; slow and obvious."""
    total = 0.0
    for act in acts:
        reached = list(PEOPLE) if act["place"] == EVERYWHERE else [
            town for town, key in AREAS.items() if key == act["place"]
        ]  # fmt: skip
        if ags in reached:
            total += act["places"] * PEOPLE[ags] / sum(PEOPLE[town] for town in reached)
    return total


def test_the_rule_told_again_by_hand_finds_the_same():
    chance = random.Random(3)
    tasks, needs, acts, told = [], [], [], set()
    for key in range(1, 81):
        tasks.append(task(id=key, name=f"Aufgabe {key}"))
        doers = [
            {"house": chance.choice([CARITAS, AWO]), "places": chance.choice([3, 8, 20]), "task": key,
             "place": chance.choice([*AREAS.values(), *AREAS.values(), EVERYWHERE])}
            for _ in range(chance.randint(1, 5))
        ]  # fmt: skip
        wanted = {ags: chance.choice([2, 5, 12]) for ags in PLACES if chance.random() < 0.8}
        ids = {ags: 10 * key + n for n, ags in enumerate(wanted)}
        needs += [wants(ids[ags], ags, quantity, task_id=key) for ags, quantity in wanted.items()]
        acts += doers
        there = {
            ags: {n for n, act in enumerate(doers) if act["place"] in (area, EVERYWHERE)}
            for ags, area in AREAS.items()
        }
        over = {ags: supply_of(doers, ags) - wanted[ags] for ags in wanted}
        told |= {
            (ids[here], ids[other])
            for here, other in IN_A_ROW
            if over.get(here, 0) < -1e-6 and over.get(other, 0) >= 1 - 1e-6
            and not there[other] <= there[here]
        }  # fmt: skip
    named = {
        (int(one.key.removeprefix("free/n")), int(fact.removeprefix("n")))
        for one in found(needs, *acts, tasks=tasks)
        for fact in one.facts.split(";")[1:]
    }
    assert named == told
    assert len(told) > 20
