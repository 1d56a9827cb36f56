"""How much is needed where that follows a Kennzahl: day by day, and in words."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steering.analysis import findings
from steering.analysis.needs import coverage as need_coverage
from steering.analysis.needs import reckoning
from steering.analysis.needs.coverage import MET, PARTLY, UNTOLD
from steering.analysis.portfolio import Portfolio
from steering.analysis.view import Horizon
from steering.model import NeedUnit
from tests import builders
from tests.analysis.findings.worlds import SEARCH, look, portfolio, worlds
from tests.analysis.needs.test_coverage import HERE, land, on_its_day
from tests.builders import Values, each_row
from tests.oracles.findings import World, days

RULE = {"quantity": 1.0, "unit": NeedUnit.FTE, "per": 150.0, "indicator_id": 1}
AHORN, RODACH = "09473112", "09473120"
SOURCE = {"name": "Asylsuchende", "unit": "Personen", "source": "AZR\nSeite 3"}


def value(ags: str, on: str, of: float) -> Values:
    return builders.observation(indicator_id=1, ags=ags, reference_date=on, value=of)


def ruled(*values: Values, need: Values | None = None, fte: float | None = 1.0, **more: object) -> Portfolio:
    return land(
        needs=[builders.need(id=1, **(need or RULE))],
        structures=[builders.structure(id=1, fte=fte, places=40)],
        responsibilities=[HERE],
        indicators=[builders.indicator(id=1, **SOURCE)],
        observations=values,
        **more,
    )


TWICE = (
    value(AHORN, "2025-12-31", 100.0),
    value(RODACH, "2025-06-30", 50.0),
    value(AHORN, "2026-12-31", 250.0),
)


def test_a_need_steps_with_the_values_of_its_kennzahl():
    found = need_coverage.courses(ruled(*TWICE), builders.view("2026-06-30"))
    told = [
        (
            row.start.date() if pd.notna(row.start) else None,
            row.state,
            None if pd.isna(row.wanted) else row.wanted,
        )
        for row in each_row(found)
    ]
    assert told == [
        (None, UNTOLD, None),
        (date(2025, 12, 31), MET, 1.0),
        (date(2026, 12, 31), PARTLY, 2.0),
    ]


def test_without_a_value_somewhere_nobody_knows_and_a_finding_says_so():
    known = ruled(value(AHORN, "2025-12-31", 100.0))
    assert on_its_day(known)["state"] == UNTOLD
    rows = findings.standing(known, builders.view("2026-06-30"))
    row = rows[rows["need_id"] == 1].iloc[0]
    assert (row["kind"], row["reason"]) == ("UNKNOWN", "Kennzahl ohne Wert")
    why = findings.why(known, builders.view("2026-06-30"), row["key"])
    assert why
    assert "richtet sich nach einer Kennzahl" in why.rule


def test_a_counselling_ratio_with_a_kennzahl_is_counted_in_full_time_equivalents():
    ratio = {"quantity": 150.0, "unit": NeedUnit.RATIO, "indicator_id": 1}
    row = on_its_day(ruled(*TWICE, need=ratio))
    assert (row["state"], row["wanted"], row["supply"]) == (MET, 1.0, 1.0)
    assert on_its_day(ruled(*TWICE, need=ratio), "2027-01-01")["state"] == PARTLY


def test_places_are_rounded_up():
    twelve = {"quantity": 12.0, "unit": NeedUnit.PLACES, "per": 100.0, "indicator_id": 1}
    whole = (value(AHORN, "2025-12-31", 100.0), value(RODACH, "2025-12-31", 150.0))
    assert on_its_day(ruled(*whole, need=twelve))["wanted"] == 30.0
    odd = (value(AHORN, "2025-12-31", 57.0), value(RODACH, "2025-12-31", 0.0))
    known = ruled(*odd, need=twelve)
    assert on_its_day(known)["wanted"] == 7.0
    said = reckoning.way(known, known.needs.iloc[0].to_dict(), builders.view("2026-06-30"))
    assert "57 Personen" in said
    assert "÷ 100 × 12 = 6,84, aufgerundet" in said


def test_a_rule_of_a_kennzahl_that_is_gone_is_no_fixed_figure():
    known = ruled(*TWICE).keeping({"indicator": pd.Series([False])})
    assert on_its_day(known)["state"] == UNTOLD
    assert reckoning.way(known, known.needs.iloc[0].to_dict(), builders.view("2026-06-30")) == reckoning.GONE


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (
            TWICE,
            "1 VZÄ je 150 Personen; 1 VZÄ: 150 Personen "
            "(30.06.2025 bis 31.12.2025, »Asylsuchende«, AZR) ÷ 150",
        ),
        (
            TWICE[:1],
            "1 VZÄ je 150 Personen; Menge nicht bekannt: zur Kennzahl »Asylsuchende« fehlt bis 30.06.2026 "
            "ein Wert für Bad Rodach.",
        ),
    ],
)
def test_the_reckoning_is_told_in_words(values: tuple[Values, ...], said: str):
    known = ruled(*values)
    towns = known.municipalities.assign(name=["Ahorn", "Bad Rodach"])
    known = known.with_frames({**known.frames, "municipality": towns})
    assert reckoning.way(known, known.needs.iloc[0].to_dict(), builders.view("2026-06-30")) == said


def wanted_by_day(world: World) -> dict[tuple[int, date], float]:
    """How much each need asks for on each day on which that is known."""
    found = need_coverage.courses(portfolio(world), look(Horizon(*SEARCH)))
    return {
        (row.need_id, day): row.wanted
        for row in each_row(found[found["wanted"].notna()])
        for day in days(
            SEARCH[0] if pd.isna(row.start) else row.start.date(),
            SEARCH[1] if pd.isna(row.end) else row.end.date(),
        )
    }


@settings(max_examples=25)
@given(worlds(), st.data())
def test_more_persons_never_lower_a_need(world, data):
    if not world["observations"]:
        return
    at = data.draw(st.integers(0, len(world["observations"]) - 1))
    more = [dict(each) for each in world["observations"]]
    more[at]["value"] += data.draw(st.sampled_from([0.5, 7.0, 400.0]))
    before, after = wanted_by_day(world), wanted_by_day(world | {"observations": more})
    assert before.keys() == after.keys()
    assert all(before[each] <= after[each] for each in before)


def short_days(world: World) -> set[date]:
    found = findings.standing(portfolio(world), look(Horizon(*SEARCH)))
    return {
        day
        for row in each_row(found[found["kind"] == "SHORTFALL"])
        for day in days(
            SEARCH[0] if pd.isna(row.start) else row.start.date(),
            SEARCH[1] if pd.isna(row.end) else row.end.date(),
        )
    }


@settings(max_examples=25)
@given(worlds())
def test_more_persons_never_end_a_shortfall(world):
    """Of one need, that is: what several share is shared out anew."""
    alone = world | {"needs": world["needs"][:1]}
    more = [each | {"value": each["value"] * 3 + 1} for each in alone["observations"]]
    assert short_days(alone) <= short_days(alone | {"observations": more})


@pytest.mark.parametrize(
    ("valid", "wanted"),
    [
        ({"valid_from": "2027-01-01"}, 2.0),
        ({"valid_until": "2026-03-31"}, 1.0),
        ({"valid_from": "2026-01-01", "valid_until": "2027-12-31"}, 1.0),
    ],
)
@pytest.mark.parametrize("as_of", ["2026-06-30", "2026-12-30"])
def test_a_need_that_is_not_valid_is_reckoned_of_the_day_of_its_quantity(valid, wanted, as_of):
    known = ruled(*TWICE, need={**RULE, **valid})
    at = builders.view(as_of)
    found = reckoning.reckoning(known, known.needs.iloc[0].to_dict(), at)
    assert found is not None
    assert found.quantity == need_coverage.met(known, at)["wanted"].iloc[0] == wanted
