"""Forecasts by rule: against an oracle place by place, and what a rule leaves as it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steering.analysis import findings
from steering.analysis.findings import forecast_rules, forecast_ways
from steering.analysis.findings.forecasts import expected, foreseen, has_forecasts
from steering.analysis.needs import coverage as need_coverage
from steering.analysis.needs import reckoning
from steering.analysis.portfolio import Portfolio
from steering.analysis.view import Horizon
from steering.model import ForecastVariant
from tests import builders
from tests.analysis.findings.worlds import FIRST, TODAY, look, portfolio, worlds
from tests.analysis.needs.test_quantities import AHORN, RODACH, ruled, value
from tests.builders import Values
from tests.oracles import forecasts as oracle

LOW, MIDDLE, HIGH = ForecastVariant
AT = builders.view("2026-06-30")
EMPTY = "09473999"
DAYS = st.sampled_from(
    [date(2023, 12, 31), date(2024, 2, 29), date(2025, 6, 30), date(2025, 12, 31), date(2026, 5, 1)]
)
FIGURES = st.sampled_from([0.0, 3.5, 40.0, 100.0])
THREE = st.lists(st.sampled_from([-20.0, -1.5, 0.0, 2.5, 10.0, 100.0]), min_size=3, max_size=3).map(sorted)


@st.composite
def rules(draw: st.DrawFn) -> Values:
    kind = draw(st.sampled_from(["percent", "absolute", "arrivals", "arrivals", "yearly"]))
    if kind in ("percent", "absolute"):
        low, middle, high = draw(THREE)
        last = draw(st.sampled_from([date(2027, 6, 30), date(2029, 12, 31)]))
        return builders.forecast_rule(kind=kind, low=low, middle=middle, high=high, last_day=last)
    first = draw(st.sampled_from([2024, 2025, 2026, 2027]))
    lines = [
        f"{year}: {' / '.join(str(each).replace('.', ',') for each in draw(THREE))}"
        for year in range(first, 2030)
    ]
    key = draw(st.sampled_from(["population", "indicator", "typed"]))
    more: dict[str, Any] = {"share_key": key}
    if key == "indicator":
        more["share_indicator_id"] = 2
    if key == "typed":
        more |= {"shares": f"{AHORN}: 62,5\n{RODACH}: 37,5"}
    return builders.forecast_rule(kind=kind, arrivals="\n".join(lines), **more)


@st.composite
def counted(draw: st.DrawFn) -> oracle.World:
    """Two places in which somebody lives and one without, with values of two Kennzahlen, and a rule."""
    values = {
        (indicator, ags, draw(DAYS)): draw(FIGURES)
        for indicator in (1, 2)
        for ags in (AHORN, RODACH)
        for _ in range(draw(st.sampled_from([1, 2, 0])))
    }
    typed = {
        (draw(st.sampled_from([AHORN, RODACH])), draw(st.sampled_from(ForecastVariant)), on): draw(FIGURES)
        for on in draw(st.lists(st.sampled_from([date(2027, 12, 31), date(2028, 7, 1)]), max_size=2))
    }
    people = draw(st.sampled_from([3_000, 3_000, None, 0]))
    return {
        "municipalities": [
            builders.municipality(ags=AHORN, name="Ahorn", population=1_000),
            builders.municipality(ags=RODACH, name="Bad Rodach", population=people),
            builders.municipality(ags=EMPTY, name="Forst", population=0, inhabited=False),
        ],
        "indicators": [builders.indicator(id=1), builders.indicator(id=2)],
        "observations": [
            builders.observation(indicator_id=indicator, ags=ags, reference_date=on, value=of)
            for (indicator, ags, on), of in values.items()
        ],
        "forecasts": [
            builders.forecast(ags=ags, variant=variant, reference_date=on, value=of)
            for (ags, variant, on), of in typed.items()
        ],
        "forecast_rules": [draw(rules())],
    }


def held(known: Portfolio, at: date, variant: ForecastVariant) -> dict[str, float]:
    """The values of the first Kennzahl on a day."""
    rows = foreseen(known, replace(AT, arrivals=variant)).observations
    rows = rows[(rows["indicator_id"] == 1) & (rows["reference_date"] <= pd.Timestamp(at))]
    newest = rows.sort_values("reference_date").drop_duplicates("ags", keep="last")
    return dict(zip(newest["ags"], newest["value"], strict=True))


@settings(max_examples=30)
@given(counted(), st.sampled_from(ForecastVariant), st.dates(date(2023, 1, 1), date(2031, 1, 1)))
def test_the_values_are_those_of_the_oracle(world, variant, at):
    own = {**world, "observations": [each for each in world["observations"] if each["indicator_id"] == 1]}
    found = held(builders.portfolio(**world), at, variant)
    for place in (AHORN, RODACH, EMPTY):
        told = oracle_value(world, own, place, at, variant)
        assert (place in found) == (told is not None)
        if told is not None:
            assert found[place] == pytest.approx(float(told), abs=1e-6)


def oracle_value(world, own, place, at, variant):
    """The oracle asks for the values of one Kennzahl, but of both for the key."""
    chain = oracle.value({**world, "observations": own["observations"]}, place, at, AT.today, variant)
    if world["forecast_rules"][0].get("share_key") != "indicator":
        return chain
    key = oracle.share(world, world["forecast_rules"][0], place) if place != EMPTY else None
    typed = {"shares": f"{place}: {0 if key is None else key * 100}", "share_key": "typed"}
    rule = world["forecast_rules"][0] | typed
    rules_left = [] if key is None else [rule]
    known = {**own, "forecast_rules": rules_left}
    return oracle.value(known, place, at, AT.today, variant)


@settings(max_examples=30)
@given(counted(), st.sampled_from(ForecastVariant), st.dates(date(2023, 1, 1), AT.today))
def test_a_rule_changes_nothing_up_to_today_whatever_the_variant(world, variant, at):
    without = builders.portfolio(**world | {"forecast_rules": []})
    assert held(builders.portfolio(**world), at, variant) == held(without, at, variant)


@settings(max_examples=30)
@given(counted())
def test_a_rule_says_nothing_up_to_the_latest_recorded_value_and_orders_its_variants(world):
    known = builders.portfolio(**world)
    given_rows = forecast_rules.by_rule(known)
    latest = (
        known.observations[known.observations["indicator_id"] == 1].groupby("ags")["reference_date"].max()
    )
    if given_rows.empty:
        return
    assert (given_rows["reference_date"] > given_rows["ags"].map(latest)).all()
    three = given_rows.pivot_table(index=["ags", "reference_date"], columns="variant", values="value")
    assert (three["low"] <= three["middle"]).all()
    assert (three["middle"] <= three["high"]).all()


@settings(max_examples=30)
@given(worlds(), st.sampled_from(ForecastVariant))
def test_findings_before_today_are_the_same_with_a_rule(world, variant):
    rule = builders.forecast_rule(last_day="2035-12-31")
    past = replace(look(Horizon(FIRST, TODAY)), arrivals=variant)
    with_rule = portfolio(world | {"forecast_rules": [rule]})
    pd.testing.assert_frame_equal(
        findings.standing(with_rule, past), findings.standing(portfolio(world), past)
    )


RECORDED = (value(AHORN, "2025-12-31", 100.0), value(RODACH, "2025-12-31", 50.0))


def wanted(known: Portfolio, on: str, variant: ForecastVariant = MIDDLE) -> float:
    at = replace(AT, as_of=date.fromisoformat(on), arrivals=variant)
    return float(need_coverage.met(known, at)["wanted"].iloc[0])


def test_a_need_moves_with_a_rule_from_the_anniversary_on():
    known = ruled(*RECORDED, forecast_rules=[builders.forecast_rule(middle=100.0, high=100.0)])
    assert [wanted(known, on) for on in ("2026-12-30", "2026-12-31", "2027-12-31")] == [1.0, 2.0, 4.0]
    assert wanted(known, "2027-12-31", LOW) == 1.0
    assert wanted(known, "2040-01-01") == wanted(known, "2029-12-31") == 16.0


def test_a_new_recorded_value_moves_what_follows_at_once():
    rule = builders.forecast_rule(middle=100.0, high=100.0)
    more = (*RECORDED, value(AHORN, "2026-06-01", 250.0), value(RODACH, "2026-06-01", 50.0))
    assert wanted(ruled(*more, forecast_rules=[rule]), "2027-06-01") == 4.0


def test_a_typed_forecast_beats_the_rule_on_its_day_and_is_named():
    rule = builders.forecast_rule()
    typed = builders.forecast(ags=AHORN, variant=MIDDLE, reference_date="2026-12-31", value=7.0)
    known = ruled(*RECORDED, forecasts=[typed], forecast_rules=[rule])
    rows = expected(known)
    assert rows.loc[(rows["ags"] == AHORN) & (rows["variant"] == MIDDLE), "value"].tolist() == [
        7.0, 121.0, pytest.approx(133.1), pytest.approx(146.41),
    ]  # fmt: skip
    found = forecast_rules.reckon(known, known.forecast_rules.iloc[0].to_dict())
    beaten = forecast_ways.beaten(known, known.forecast_rules.iloc[0].to_dict(), found)
    assert beaten[["ags", "value"]].to_numpy().tolist() == [[AHORN, 7.0]]


def test_where_nothing_was_recorded_there_is_no_forecast_and_the_place_is_named():
    known = ruled(RECORDED[0], forecast_rules=[builders.forecast_rule()])
    assert set(forecast_rules.by_rule(known)["ags"]) == {AHORN}
    (said,) = forecast_rules.reckon(known, known.forecast_rules.iloc[0].to_dict()).lacking
    assert said.startswith("Ohne erhobenen Wert, deshalb ohne Prognose: ")
    assert pd.isna(wanted(known, "2028-01-01"))


def arrivals(**values: Any) -> Values:
    return builders.forecast_rule(
        **{"kind": "arrivals", "arrivals": "2027: 10 / 20 / 30", "share_key": "population"} | values
    )


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        (arrivals(), "Für das Jahr 2026 sind keine Zugänge angenommen"),
        (arrivals(arrivals="2028: 1 / 1 / 1"), "Für die Jahre 2026 bis 2027 sind keine Zugänge angenommen"),
        (arrivals(share_key="indicator", share_indicator_id=9), "Der Schlüssel ist nicht bekannt"),
    ],
)
def test_what_a_rule_lacks_is_said_and_gives_nothing(rule, told):
    known = ruled(*RECORDED, forecast_rules=[rule])
    found = forecast_rules.reckon(known, known.forecast_rules.iloc[0].to_dict())
    assert found.rows.empty
    assert any(told in each for each in found.lacking)
    assert not has_forecasts(known, AT.today)


def test_who_leaves_beyond_the_last_one_is_not_owed_by_the_years_that_follow():
    lines = "\n".join(
        f"{year}: {many} / {many} / {many}" for year, many in ((2026, -50), (2027, 30), (2028, 366))
    )
    few = value(AHORN, "2025-12-31", 10.0), value(RODACH, "2025-12-31", 10.0)
    known = ruled(*few, forecast_rules=[arrivals(arrivals=lines)])
    rows = forecast_rules.by_rule(known)
    rows = rows[(rows["ags"] == AHORN) & (rows["variant"] == MIDDLE)]
    assert rows["value"].tolist() == [0.0, 15.0, 198.0]


def test_of_a_hundred_there_are_never_more_than_all():
    known = ruled(*RECORDED, forecast_rules=[builders.forecast_rule(middle=30.0, high=30.0)])
    share = known.with_frames({**known.frames, "indicator": known.indicators.assign(unit="Prozent")})
    rows = forecast_rules.by_rule(share)
    assert rows["value"].max() == 100.0
    assert forecast_rules.by_rule(known)["value"].max() > 200.0
    stored = share.forecast_rules.iloc[0].to_dict()
    places = forecast_ways.by_place(stored, forecast_rules.reckon(share, stored), MIDDLE)
    assert any("= 285,61, begrenzt = 100 am 31.12.2029" in way for way in places["way"])


def test_the_reckoning_of_a_need_names_the_rule_and_its_source():
    rule = builders.forecast_rule(source="Beschluss vom 01.10.2026\nBegründung")
    known = ruled(*RECORDED, forecast_rules=[rule])
    later = replace(AT, as_of=date(2027, 1, 1), arrivals=HIGH)
    told = reckoning.way(known, known.needs.iloc[0].to_dict(), later)
    assert "Prognose »hoch«, nach Regel +20 % je Jahr (Beschluss vom 01.10.2026)" in told


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        (builders.forecast_rule(), "100 × 1,1⁴ = 146,41 am 31.12.2029"),
        (
            builders.forecast_rule(kind="absolute", middle=-5.0, low=-5.0),
            "100 −20 (−5 × 4) = 80 am 31.12.2029",
        ),
        (arrivals(arrivals="2026: 0/40/40\n2027: 0/8/8"), "100 + (40 + 8) × 50 % = 124 am 31.12.2027"),
        (arrivals(kind="yearly"), "20 × 50 % = 10 am 31.12.2027"),
    ],
)
def test_how_a_value_comes_about_is_told_place_by_place(rule, told):
    known = ruled(*RECORDED, forecast_rules=[rule])
    stored = known.forecast_rules.iloc[0].to_dict()
    places = forecast_ways.by_place(stored, forecast_rules.reckon(known, stored), MIDDLE)
    assert told in places["way"].tolist()


def test_the_course_parts_after_today_only():
    known = ruled(*RECORDED, forecast_rules=[builders.forecast_rule()])
    found = forecast_ways.course(known, known.forecast_rules.iloc[0].to_dict(), AT.today)
    assert found["day"].dt.year.tolist() == [2025, 2026, 2027, 2028, 2029]
    told = found[["low", "middle", "high"]].to_numpy().tolist()
    assert told[0] == [150.0] * 3
    assert told[1] == [150.0, pytest.approx(165.0), 180.0]
