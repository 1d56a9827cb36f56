"""Two houses with the same task close to each other."""

import random
import re
from itertools import combinations

import pytest

from steering.analysis.potentials.share import share
from steering.model import AgreementKind
from tests.analysis.potentials.worlds import (
    AREAS,
    AT,
    AWO,
    CAFE,
    CARE,
    CARITAS,
    EAST,
    EVERYWHERE,
    FAR,
    HOUSE,
    IN_A_ROW,
    MIDDLE,
    WEST,
    doing,
    world,
)
from tests.builders import agreement, agreement_organisation, agreement_task, organisation, task

HERE = ({"house": CARITAS, "place": AREAS[WEST]}, {"house": AWO, "place": AREAS[WEST]})
NEXT_DOOR = (HERE[0], {"house": AWO, "place": AREAS[MIDDLE]})


def found(*acts, **more):
    return share(world(**doing(*acts), **more), AT, IN_A_ROW)


def test_two_houses_in_one_municipality_are_proposed_without_a_reproach():
    (one,) = found(*HERE)
    assert one.key == f"share/t{CAFE}/o{CARITAS},o{AWO}"
    assert one.facts == f"s1 {WEST};s2 {WEST}"
    assert one.municipalities == {WEST}
    assert "Caritas mit »S1« (Westdorf); AWO mit »S2« (Westdorf)" in one.reckoning
    assert "kann gewollt sein" in one.against
    assert "doppelt" not in (one.name + one.reckoning + one.against).casefold()


def test_it_asks_both_and_claims_nothing_of_what_they_could_share():
    (one,) = found(*HERE)
    assert one.name == "Sprachcafé: Können Caritas und AWO etwas gemeinsam tun?"
    assert one.idea.endswith("?")
    told = " ".join([one.name, one.reckoning, one.against])
    assert not {"teilen", "Räume", "Material", "Termine", "dasselbe"} & set(re.findall(r"\w+", told))


def test_next_door_counts_and_further_away_does_not():
    (one,) = found(*NEXT_DOOR)
    assert one.municipalities == {WEST, MIDDLE}
    assert one.reckoning.endswith(" Sie sind in Gemeinden, die aneinandergrenzen.")
    assert found(HERE[0], {"house": AWO, "place": AREAS[EAST]}) == []


def test_several_structures_of_two_houses_are_one_proposal():
    (one,) = found(*HERE, {"house": AWO, "place": AREAS[MIDDLE]})
    assert "AWO mit »S2« (Westdorf) und »S3« (Mittelheim)" in one.reckoning
    assert one.reckoning.endswith("in derselben Gemeinde oder in Gemeinden, die aneinandergrenzen.")


def test_one_house_another_task_and_the_whole_landkreis_are_none():
    assert found(HERE[0], {"house": CARITAS, "place": AREAS[WEST]}) == []
    assert found(HERE[0], {**HERE[1], "task": CARE}) == []
    assert found(HERE[0], {"house": AWO, "place": EVERYWHERE}) == []
    below = [organisation(id=CARITAS, name="Caritas"), organisation(id=AWO, name="Stelle", parent_id=CARITAS)]
    assert found(*HERE, organisations=below) == []


def test_who_surely_runs_today_counts_and_who_may_does_not():
    assert found(HERE[0], {**HERE[1], "end_kind": "unknown"}) == []
    assert found(HERE[0], {**HERE[1], "valid_until": "2026-11-26"}) == []


def test_for_different_people_nothing_is_shared():
    assert found({**HERE[0], "group": 2}, {**HERE[1], "group": 3}) == []
    assert len(found({**HERE[0], "group": 2}, {**HERE[1], "group": 1})) == 1
    assert len(found({**HERE[0], "group": 2}, HERE[1])) == 1


def test_where_several_providers_are_wanted_or_an_agreement_stands_nothing_is_said():
    wanted = [task(id=CAFE, name="Sprachcafé", several_providers_wanted=True)]
    assert found(*HERE, tasks=wanted) == []
    bound = {
        "agreements": [agreement(id=1, kind=AgreementKind.COOPERATION, valid_until="2027-12-31")],
        "agreement_tasks": [agreement_task(agreement_id=1, task_id=CAFE)],
        "agreement_organisations": [agreement_organisation(agreement_id=1, organisation_id=one)
                                    for one in (CARITAS, AWO)],
    }  # fmt: skip
    assert found(*HERE, **bound) == []
    over = {"agreements": [agreement(id=1, kind=AgreementKind.COOPERATION, valid_until="2026-11-26")]}
    assert len(found(*HERE, **{**bound, **over})) == 1


ROW = {place: at for at, place in enumerate((AREAS[WEST], AREAS[MIDDLE], AREAS[EAST], AREAS[FAR]))}


@pytest.mark.parametrize("seed", range(40))
def test_it_finds_what_a_slow_look_at_every_pair_finds(seed):
    chance = random.Random(seed)
    acts = [
        {"house": chance.choice([HOUSE, CARITAS, AWO]), "task": chance.choice([CAFE, CARE]),
         "place": chance.choice([*ROW, EVERYWHERE])}
        for _ in range(chance.randrange(1, 8))
    ]  # fmt: skip
    expected = set()
    for one, other in combinations(acts, 2):
        local = EVERYWHERE not in (one["place"], other["place"])
        same = one["task"] == other["task"] and one["house"] != other["house"]
        if local and same and abs(ROW[one["place"]] - ROW[other["place"]]) <= 1:
            first, second = sorted((one["house"], other["house"]))
            expected.add(f"share/t{one['task']}/o{first},o{second}")
    assert {one.key for one in found(*acts)} == expected
