"""How many live where, who reaches them, and where many live whom nobody reaches."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steering.analysis.housing import people, reach
from steering.analysis.housing.unreached import unreached
from steering.analysis.small_counts import FEW, BoundedCount
from steering.analysis.structures.inventory import EVERYTHING, Selection
from steering.analysis.view import Horizon, View
from steering.model import AreaKind, EndKind, HousingKind, Role
from tests.builders import (
    area,
    area_municipality,
    housing,
    municipality,
    organisation,
    portfolio,
    responsibility,
    structure,
    task,
    task_field,
)
from tests.oracles import housing as oracle

TODAY = date(2026, 11, 27)
AT = View(TODAY, TODAY, Horizon.around(TODAY, 1, 9))
AHORN, RODACH, GRUB, FOREST = "09473112", "09473121", "09473132", "09473444"
DECENTRAL, SHARED = HousingKind.DECENTRAL, HousingKind.SHARED
PLACES = [
    municipality(ags=AHORN, name="Ahorn"),
    municipality(ags=RODACH, name="Bad Rodach"),
    municipality(ags=GRUB, name="Grub"),
    municipality(ags=FOREST, name="Forst", inhabited=False),
]
AREAS = {
    "areas": [area(id=1), area(id=2, name="Ahorn", kind=AreaKind.MUNICIPALITY)],
    "area_municipalities": [
        *(area_municipality(area_id=1, ags=ags) for ags in (AHORN, RODACH, GRUB)),
        area_municipality(area_id=2, ags=AHORN),
    ],
}
BASE: dict[str, Any] = {
    "municipalities": PLACES, "fields": [task_field()], "tasks": [task(id=1), task(id=2)],
    "organisations": [organisation(id=1)], **AREAS,
}  # fmt: skip


def of(*rows, **more):
    return portfolio(**BASE, housing=rows, **more)


def test_the_newest_count_up_to_the_day_holds_and_what_is_not_recorded_is_no_zero():
    known = of(
        housing(ags=AHORN, persons=10, places=12, reference_date="2025-01-31"),
        housing(ags=AHORN, persons=20, places=22, reference_date="2026-01-31"),
        housing(ags=AHORN, persons=90, places=90, reference_date="2027-01-31"),
        housing(ags=RODACH, persons=0, places=5),
    )
    found = people.by_municipality(known, TODAY)
    assert found.keys() == {AHORN, RODACH}
    assert (found[AHORN].persons, found[AHORN].free) == (BoundedCount(20, 20), BoundedCount(2, 2))
    assert found[AHORN].missing == (SHARED,)
    assert found[RODACH].persons.words == "0"
    assert people.by_municipality(known, TODAY, SHARED) == {}
    assert people.by_municipality(known, date(2025, 6, 1))[AHORN].persons == BoundedCount(10, 10)
    assert people.by_municipality(known, date(2024, 6, 1)) == {}
    assert people.by_municipality(of(), TODAY) == {}


def test_too_many_people_in_one_kind_fill_no_other_one_and_are_told():
    known = of(housing(persons=25, places=20), housing(kind=SHARED, persons=5, places=8))
    kinds = people.on_day(known, TODAY)[AHORN]
    assert (kinds[DECENTRAL].room, kinds[SHARED].room) == ("überbelegt um 5", "3")
    both = people.together(kinds)
    assert both is not None
    assert (both.persons.words, both.places.words, both.free.words) == ("30", "28", "3")
    assert both.room == "3, überbelegt um 5"


def test_what_is_not_known_stays_unknown_in_the_sum():
    known = of(housing(persons=None, places=20), housing(kind=SHARED, persons=5))
    both = people.by_municipality(known, TODAY)[AHORN]
    assert (both.persons.words, both.places.words) == ("mindestens 5", "mindestens 20")
    assert both.free.words == "nicht bekannt"
    alone = people.by_municipality(known, TODAY, DECENTRAL)[AHORN]
    assert (alone.persons.words, alone.free.words) == ("nicht bekannt", "nicht bekannt")


def test_who_delivers_the_task_reaches_its_municipalities_and_who_may_run_is_told_apart():
    known = of(
        structures=[
            structure(id=1),
            structure(id=2, end_kind=EndKind.UNKNOWN),
            structure(id=3, valid_until="2025-12-31"),
        ],
        responsibilities=[
            responsibility(structure_id=1, area_id=2),
            responsibility(structure_id=1, area_id=1, role=Role.SUPPORT),
            responsibility(structure_id=2, area_id=1, role=Role.LEAD, delivers=True),
            responsibility(structure_id=3, area_id=1),
            responsibility(structure_id=1, task_id=2, area_id=1, valid_until="2026-11-26"),
        ],
    )
    found = reach.reached(known, reach.serving(known, AT, 1))
    assert {ags: each.state for ags, each in found.items()} == {
        AHORN: reach.SURE, RODACH: reach.UNSURE, GRUB: reach.UNSURE
    }  # fmt: skip
    ended = reach.reached(known, reach.serving(known, AT, 2))
    assert {each.state for each in ended.values()} == {reach.NOBODY}
    anybody = reach.reached(known, reach.serving(known, AT))
    assert {each.state for each in anybody.values()} == {reach.SURE}, "whatever they do there"
    assert reach.unserved_tasks(known, AT) == {
        AHORN: ("Sprachkurse",), RODACH: ("Sprachkurse",) * 2, GRUB: ("Sprachkurse",) * 2
    }  # fmt: skip


def test_a_chosen_municipality_hides_nobody_who_reaches_others_and_other_filters_do():
    known = of(structures=[structure(id=1)], responsibilities=[responsibility()])
    chosen = Selection(municipalities=frozenset({AHORN}))
    assert list(reach.serving(known, AT, 1, chosen)["reaches"]) == [frozenset({AHORN, RODACH, GRUB})]
    assert reach.serving(known, AT, 1, Selection(levels=frozenset({"welfare"}))).empty
    assert len(reach.serving(known, AT, 1, EVERYTHING)) == 1


def test_many_is_never_so_few_that_somebody_could_be_recognised():
    few = people.by_municipality(of(housing(persons=2), housing(ags=RODACH, persons=1)), TODAY)
    assert people.many_from(few) == FEW
    assert unreached(few, {}, FEW).nobody == ()
    assert people.many_from({}) is None


COUNTS = st.none() | st.integers(0, 30)


@st.composite
def worlds(draw):
    rows = [
        housing(ags=ags, kind=kind, persons=draw(COUNTS), places=draw(st.integers(0, 30)), reference_date=on)
        for ags in (AHORN, RODACH, GRUB)
        for kind in HousingKind
        for on in (date(2025, 12, 31), date(2026, 11, 27), date(2026, 11, 28))
        if draw(st.booleans())
    ]
    ends = [("open", None), ("unknown", None), ("fixed", date(2026, 1, 1)), ("fixed", TODAY)]
    structures = [
        structure(id=key, end_kind=kind, valid_until=until)
        for key in (1, 2)
        for kind, until in [draw(st.sampled_from(ends))]
    ]
    answers = [
        responsibility(
            structure_id=draw(st.integers(1, 2)),
            area_id=draw(st.integers(1, 2)),
            role=draw(st.sampled_from([Role.LEAD, Role.DELIVER, Role.SUPPORT])),
            delivers=draw(st.booleans()),
            valid_until=draw(st.none() | st.sampled_from([date(2026, 11, 26), TODAY])),
        )
        for _ in range(draw(st.integers(0, 3)))
    ]
    return {**BASE, "housing": rows, "structures": structures, "responsibilities": answers}


@given(worlds())
@settings(max_examples=60)
def test_where_many_live_whom_nobody_reaches_is_what_the_oracle_says(world):
    known = portfolio(**world)
    rows = reach.inventory(known, AT)
    states = dict(zip(rows["structure_id"], rows["state"], strict=True))
    recorded = people.by_municipality(known, TODAY)
    assert {ags: each.persons.low for ags, each in recorded.items()} == oracle.persons(world, TODAY)
    found = unreached(recorded, reach.reached(known, reach.serving(known, AT, 1)), people.many_from(recorded))
    assert (set(found.nobody), set(found.unsure)) == oracle.unreached(world, TODAY, 1, states, FEW)
    assert set(found.uncounted) == oracle.uncounted(world, TODAY, 1, states, FEW)


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (0, 0, "0"),
        (1, 2, "unter 3"),
        (35, 36, "35 bis 36"),
        (0, 1, "0 bis 1"),
        (3, None, "mindestens 3"),
        (0, None, "nicht bekannt"),
        (1200, 1200, "1.200"),
    ],
)
def test_a_figure_says_as_much_as_may_be_known(low, high, words):
    assert BoundedCount(low, high).words == words
