"""How far needs are met, case by case."""

from datetime import date, timedelta

import pandas as pd
import pytest

from steering.analysis.needs import coverage as need_coverage
from steering.analysis.needs.coverage import LATER, MAYBE, MET, OPEN, PARTLY, PAST, UNTOLD
from steering.model import EndKind, Level, NeedKind, NeedUnit, Role
from tests import builders


def land(*, needs, structures=(), responsibilities=(), people=1_000, **more):
    return builders.portfolio(
        municipalities=[
            builders.municipality(ags="09473112", population=people),
            builders.municipality(ags="09473120", population=people),
        ],
        areas=[builders.area(id=1), builders.area(id=2)],
        area_municipalities=[
            builders.area_municipality(area_id=1, ags="09473112"),
            builders.area_municipality(area_id=1, ags="09473120"),
            builders.area_municipality(area_id=2, ags="09473112"),
        ],
        target_groups=[builders.target_group(id=1)],
        fields=[builders.task_field()],
        tasks=[builders.task(id=1)],
        organisations=[builders.organisation(id=1, level=Level.COUNTY)],
        needs=needs,
        structures=structures,
        responsibilities=responsibilities,
        **more,
    )


def on_its_day(found, day="2026-06-30"):
    return need_coverage.met(found, builders.view(day)).iloc[0]


PLACES = {"quantity": 10.0, "unit": NeedUnit.PLACES}
HERE = builders.responsibility()


@pytest.mark.parametrize(("size", "state"), [(10, MET), (12, MET), (6, PARTLY), (0, OPEN), (None, UNTOLD)])
def test_places_are_compared_with_what_is_needed(size, state):
    row = on_its_day(
        land(
            needs=[builders.need(id=1, **PLACES)],
            structures=[builders.structure(id=1, places=size)],
            responsibilities=[HERE],
        )
    )
    assert row["state"] == state
    assert (row["supply"] == size) if size is not None else pd.isna(row["supply"])


def test_nobody_there_is_open_with_nothing_given():
    row = on_its_day(land(needs=[builders.need(id=1, **PLACES)]))
    assert (row["state"], row["supply"]) == (OPEN, 0)


def test_a_need_without_quantity_is_met_by_whoever_is_there():
    row = on_its_day(
        land(needs=[builders.need(id=1)], structures=[builders.structure(id=1)], responsibilities=[HERE])
    )
    assert row["state"] == MET
    assert pd.isna(row["supply"])


def test_one_of_two_municipalities_is_partly_met():
    row = on_its_day(
        land(
            needs=[builders.need(id=1)],
            structures=[builders.structure(id=1)],
            responsibilities=[builders.responsibility(area_id=2)],
        )
    )
    assert row["state"] == PARTLY


def test_a_lead_that_does_not_deliver_leaves_a_service_open_and_meets_steering():
    lead = builders.responsibility(role=Role.LEAD, delivers=False)
    for kind, state in ((NeedKind.SERVICE, OPEN), (NeedKind.STEERING, MET)):
        found = land(
            needs=[builders.need(id=1, kind=kind)],
            structures=[builders.structure(id=1)],
            responsibilities=[lead],
        )
        assert on_its_day(found)["state"] == state


def test_a_structure_of_which_nobody_knows_may_meet_it():
    row = on_its_day(
        land(
            needs=[builders.need(id=1, **PLACES)],
            structures=[builders.structure(id=1, places=10, end_kind=EndKind.UNKNOWN)],
            responsibilities=[HERE],
        )
    )
    assert row["state"] == MAYBE
    assert pd.isna(row["supply"])


def test_a_counselling_ratio_cannot_be_told():
    row = on_its_day(
        land(
            needs=[builders.need(id=1, quantity=150.0, unit=NeedUnit.RATIO)],
            structures=[builders.structure(id=1, fte=1.0)],
            responsibilities=[HERE],
        )
    )
    assert row["state"] == UNTOLD


def test_the_end_of_the_money_is_the_next_change():
    found = land(
        needs=[builders.need(id=1)],
        structures=[builders.structure(id=1)],
        fundings=[builders.funding(structure_id=1, end="2026-12-31")],
        responsibilities=[HERE],
    )
    row = on_its_day(found)
    assert (row["state"], row["changes_on"].date(), row["then"]) == (MET, date(2027, 1, 1), OPEN)
    assert on_its_day(found, "2027-01-01")["state"] == OPEN


def test_before_and_after_its_period_a_need_is_later_or_past():
    found = land(needs=[builders.need(id=1, valid_from="2026-01-01", valid_until="2026-12-31")])
    before, after = on_its_day(found, "2025-12-31"), on_its_day(found, "2027-01-01")
    assert (before["state"], before["then"]) == (LATER, OPEN)
    assert (after["state"], after["then"]) == (PAST, "")
    assert on_its_day(found)["changes_on"] == pd.Timestamp("2026-12-31") + timedelta(days=1)


def test_providers_are_those_who_reach_a_need():
    found = land(
        needs=[builders.need(id=1)],
        structures=[builders.structure(id=1), builders.structure(id=2)],
        responsibilities=[HERE, builders.responsibility(structure_id=2, role=Role.SUPPORT)],
    )
    rows = need_coverage.providers(found, builders.view())
    assert list(rows["structure_id"]) == [1]


def test_without_needs_there_is_nothing_to_tell():
    found = land(needs=[])
    assert need_coverage.met(found, builders.view()).empty
    assert need_coverage.courses(found, builders.view()).empty
    assert need_coverage.providers(found, builders.view()).empty
