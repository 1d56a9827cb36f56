"""Fundings of one programme that end within one half-year."""

from datetime import date

from steering.analysis.potentials.apply_together import apply_together
from steering.model import Extension
from tests.analysis.potentials.worlds import AREAS, AWO, CARITAS, MIDDLE, TODAY, WEST, doing, world
from tests.builders import funding, programme

DAY = date.fromisoformat(TODAY)


def found(*fundings, **more):
    acts = doing({"house": CARITAS, "place": AREAS[WEST]}, {"house": AWO, "place": AREAS[MIDDLE]})
    programmes = [programme(id=1, name="Beratungsrichtlinie", short_name="BIR"), programme(id=2)]
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
    due = [programme(id=1, short_name="BIR", deadline_on="2026-12-15")]
    acts = doing({"house": CARITAS, "place": AREAS[WEST]}, {"house": AWO, "place": AREAS[MIDDLE]})
    both = [money(1, "2027-03-31"), money(2, "2027-03-31")]
    (one,) = apply_together(world(**acts, programmes=due, fundings=both), DAY)
    assert "bis 15.12.2026" in one.reckoning
    (other,) = found(*both)
    assert "Bis wann Anträge zu stellen sind, ist nicht erfasst." in other.reckoning


def test_what_rests_on_an_example_says_so():
    made_up = {"house": CARITAS, "place": AREAS[WEST], "provenance": "example"}
    acts = doing(made_up, {"house": AWO, "place": AREAS[MIDDLE]})
    both = [money(1, "2027-03-31"), money(2, "2027-03-31")]
    (one,) = apply_together(world(**acts, programmes=[programme(id=1)], fundings=both), DAY)
    assert one.example
