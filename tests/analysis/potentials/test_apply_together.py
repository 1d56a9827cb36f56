"""Fundings of one programme that end within one half-year."""

import random
import re
from collections import defaultdict
from datetime import date

import pytest

from steering.analysis.potentials.apply_together import apply_together
from steering.model import Extension
from tests.analysis.potentials.worlds import AREAS, AWO, CARITAS, MIDDLE, TODAY, WEST, doing, world
from tests.builders import funding, programme

DAY = date.fromisoformat(TODAY)


def found(*fundings, due=None, **more):
    acts = doing({"house": CARITAS, "place": AREAS[WEST]}, {"house": AWO, "place": AREAS[MIDDLE]})
    first = programme(id=1, name="Beratungsrichtlinie", short_name="BIR", deadline_on=due)
    programmes = [first, programme(id=2)]
    return apply_together(world(**acts, programmes=programmes, fundings=list(fundings), **more), DAY)


def money(structure, end, **values):
    return funding(**{"id": structure, "structure_id": structure, "programme_id": 1, "end": end} | values)


def test_two_structures_of_one_programme_and_half_year_are_one_proposal():
    (one,) = found(money(1, "2027-01-31"), money(2, "2027-06-30"))
    assert one.key == "together/p1/2027/1"
    assert one.facts == "f1 2027-01-31;f2 2027-06-30"
    assert one.name == "BIR: Anträge im 1. Halbjahr 2027 gemeinsam vorbereiten"
    assert "S1 (31.01.2027) und S2 (30.06.2027)" in one.reckoning
    assert one.municipalities == {WEST, MIDDLE}
    assert one.field_id == 1
    assert "nicht erfasst" in one.against


def test_the_first_of_july_is_another_half_year():
    assert found(money(1, "2027-06-30"), money(2, "2027-07-01")) == []


def test_another_programme_one_structure_alone_and_what_is_over_are_none():
    assert found(money(1, "2027-03-31"), money(2, "2027-03-31", programme_id=2)) == []
    assert found(money(1, "2027-03-31"), money(2, "2027-03-31", programme_id=None)) == []
    assert found(money(1, "2027-03-31")) == []
    assert found(money(1, "2026-10-31"), money(2, "2026-10-31")) == []


def test_what_is_ruled_out_is_not_applied_for_and_what_is_not_yet_possible_says_so():
    assert found(money(1, "2027-03-31"), money(2, "2027-03-31", extension=Extension.RULED_OUT)) == []
    closed = {"extension": Extension.NOT_YET_POSSIBLE}
    (one,) = found(money(1, "2027-03-31", **closed), money(2, "2027-03-31", **closed))
    assert "Folgeförderung ist noch nicht ausgeschrieben" in one.reckoning


def test_the_day_of_the_programme_is_named_and_an_estimate_is_not():
    both = [money(1, "2027-03-31"), money(2, "2027-03-31")]
    (one,) = found(*both, due="2026-12-15")
    assert "bis 15.12.2026" in one.reckoning
    (other,) = found(*both)
    assert "Bis wann Anträge zu stellen sind, ist nicht erfasst." in other.reckoning


def test_what_was_applied_for_or_can_no_longer_be_is_not_prepared_together():
    both = [money(1, "2027-03-31"), money(2, "2027-03-31")]
    applied = [{**one, "extension": Extension.APPLIED} for one in both]
    assert found(both[0], applied[1]) == []
    assert found(*applied) == []
    assert found(*both, due="2026-05-15") == []
    (one,) = found(*both, due=TODAY)
    assert "bis 27.11.2026 zu stellen" in one.reckoning


def test_what_rests_on_an_example_says_so():
    made_up = {"house": CARITAS, "place": AREAS[WEST], "provenance": "example"}
    acts = doing(made_up, {"house": AWO, "place": AREAS[MIDDLE]})
    both = [money(1, "2027-03-31"), money(2, "2027-03-31")]
    (one,) = apply_together(world(**acts, programmes=[programme(id=1)], fundings=both), DAY)
    assert one.example


@pytest.mark.parametrize("seed", range(40))
def test_it_finds_what_a_slow_look_at_every_funding_finds(seed):
    chance = random.Random(seed)
    due = {
        1: chance.choice([None, "2026-05-15", TODAY, "2027-01-15"]),
        2: chance.choice([None, "2026-11-26"]),
    }
    fundings = [
        money(
            key, chance.choice(["2026-10-31", "2027-01-31", "2027-06-30", "2027-07-01"]),
            programme_id=chance.choice([1, 1, 2, None]), extension=chance.choice([*Extension]),
        )
        for key in range(1, 6)
    ]  # fmt: skip
    together = defaultdict(set)
    for each in fundings:
        key, end, extension = each["programme_id"], str(each["end"]), each["extension"]
        never = extension in (Extension.NOT_NEEDED, Extension.RULED_OUT, Extension.APPLIED)
        # As long as nobody can apply, the programme's day is not that of the next application.
        over = key and (due[key] or TODAY) < TODAY and extension != Extension.NOT_YET_POSSIBLE
        if key and end >= TODAY and not never and not over:
            together[f"together/p{key}/2027/{1 if end < '2027-07' else 2}"].add(each["structure_id"])
    expected = {key for key, structures in together.items() if len(structures) > 1}
    acts = doing(*({"house": CARITAS, "place": AREAS[WEST]} for _ in fundings))
    programmes = [programme(id=key, deadline_on=on) for key, on in due.items()]
    proposed = apply_together(world(**acts, programmes=programmes, fundings=fundings), DAY)
    assert {one.key for one in proposed} == expected
    for one in proposed:
        for said in re.findall(r"bis (\d\d)\.(\d\d)\.(\d{4}) zu", one.reckoning):
            assert "-".join(reversed(said)) >= TODAY
