"""Forecasts of Kennzahlen: they move needs after today, and nothing before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steering.analysis import findings
from steering.analysis.findings.forecasts import foreseen, has_forecasts
from steering.analysis.needs import coverage as need_coverage
from steering.analysis.needs import reckoning
from steering.analysis.view import Horizon
from steering.model import ForecastVariant
from tests import builders
from tests.analysis.findings.worlds import FIRST, TODAY, look, portfolio, worlds
from tests.analysis.needs.test_quantities import AHORN, RODACH, ruled, value
from tests.builders import Values

LOW, MIDDLE, HIGH = ForecastVariant
RECORDED = (value(AHORN, "2025-12-31", 100.0), value(RODACH, "2025-12-31", 50.0))
AT = builders.view("2026-06-30")


def expected(variant: str, on: str, of: float, ags: str = AHORN, **more: Any) -> Values:
    return builders.forecast(ags=ags, variant=variant, reference_date=on, value=of, **more)


def wanted(*forecasts: Values, variant: ForecastVariant = MIDDLE, on: str = "2029-01-01") -> float:
    known = ruled(*RECORDED, forecasts=forecasts)
    at = replace(AT, as_of=date.fromisoformat(on), arrivals=variant)
    return float(need_coverage.met(known, at)["wanted"].iloc[0])


@pytest.mark.parametrize(("variant", "of"), [(LOW, 1.0), (MIDDLE, 2.0), (HIGH, 3.0)])
def test_each_variant_moves_the_need_from_its_day_on(variant: ForecastVariant, of: float):
    three = [
        expected(each, "2028-12-31", total) for each, total in ((LOW, 100.0), (MIDDLE, 250.0), (HIGH, 400.0))
    ]
    assert wanted(*three, variant=variant) == of
    assert wanted(*three, variant=variant, on="2028-12-30") == 1.0


def test_without_its_own_forecast_the_middle_one_holds_and_without_any_the_last_value():
    middle = expected(MIDDLE, "2028-12-31", 250.0)
    assert wanted(middle, variant=HIGH) == 2.0
    assert wanted(variant=HIGH) == 1.0


def test_a_forecast_of_a_day_that_is_over_says_nothing():
    assert wanted(expected(MIDDLE, "2026-03-31", 900.0)) == 1.0
    assert not has_forecasts(ruled(*RECORDED, forecasts=[expected(MIDDLE, "2026-03-31", 900.0)]), AT.today)


def test_what_was_recorded_of_a_day_beats_what_was_expected_of_it():
    known = ruled(
        *RECORDED, value(AHORN, "2028-12-31", 100.0), forecasts=[expected(MIDDLE, "2028-12-31", 400.0)]
    )
    row = need_coverage.met(known, replace(AT, as_of=date(2029, 1, 1))).iloc[0]
    assert row["wanted"] == 1.0


def test_a_forecast_makes_no_value_where_another_municipality_has_none():
    known = ruled(forecasts=[expected(MIDDLE, "2028-12-31", 400.0)])
    assert pd.isna(need_coverage.met(known, replace(AT, as_of=date(2029, 1, 1)))["wanted"].iloc[0])


def test_the_reckoning_says_that_it_rests_on_a_forecast_or_that_there_is_none():
    source = {"source": "Vorausberechnung 2026"}
    known = ruled(*RECORDED, forecasts=[expected(HIGH, "2028-12-31", 400.0, **source)])
    need, later = known.needs.iloc[0].to_dict(), replace(AT, as_of=date(2029, 1, 1))
    told = reckoning.way(known, need, replace(later, arrivals=HIGH))
    assert "3 VZÄ: 450 Personen (31.12.2025 bis 31.12.2028, »Asylsuchende«, Prognose »hoch«, " in told
    assert f"Vorausberechnung 2026, {reckoning.NO_FORECAST} (" in told, "the other municipality has none"
    assert reckoning.NO_FORECAST in reckoning.way(known, need, later)
    assert reckoning.NO_FORECAST not in reckoning.way(known, need, AT)
    both = ruled(
        *RECORDED, forecasts=[expected(HIGH, "2028-12-31", 400.0, ags=ags) for ags in (AHORN, RODACH)]
    )
    assert reckoning.NO_FORECAST not in reckoning.way(both, need, replace(later, arrivals=HIGH))


def test_an_area_in_which_nobody_lives_is_told_in_a_whole_sentence():
    known = ruled(*RECORDED)
    known = known.keeping({"area_municipality": pd.Series(False, index=known.area_municipalities.index)})
    told = reckoning.way(known, known.needs.iloc[0].to_dict(), AT)
    assert told.endswith(f"{reckoning.NOT_KNOWN}: {reckoning.NOBODY_THERE}")


def test_a_municipality_without_any_value_is_told_beside_one_with_a_forecast():
    known = ruled(RECORDED[0], forecasts=[expected(MIDDLE, "2028-12-31", 400.0)])
    told = reckoning.way(known, known.needs.iloc[0].to_dict(), replace(AT, as_of=date(2029, 1, 1)))
    assert "fehlt bis 01.01.2029 ein Wert für " in told


@settings(max_examples=40)
@given(worlds(), st.sampled_from(ForecastVariant))
def test_a_variant_changes_nothing_before_today(world, variant):
    past = replace(look(Horizon(FIRST, TODAY)), arrivals=variant)
    without = portfolio(world | {"forecasts": []})
    pd.testing.assert_frame_equal(findings.standing(portfolio(world), past), findings.standing(without, past))


@settings(max_examples=20)
@given(worlds())
def test_the_values_themselves_stay_as_they_are(world):
    known = portfolio(world)
    before = known.observations.copy()
    foreseen(known, look(Horizon(FIRST, TODAY)))
    pd.testing.assert_frame_equal(known.observations, before)
