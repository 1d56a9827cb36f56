"""Capacity per quarter against the mean of the days, one by one."""

import pandas as pd
import pytest
from hypothesis import given, settings

from steering.analysis.lives.capacity import per_quarter
from steering.analysis.view import Horizon, View
from steering.model import ExtensionRule
from tests.analysis.strategies import DAYS, FIRST, LAST, SEARCH, inventories
from tests.builders import funding, portfolio, structure, view
from tests.oracles import lives as oracle


def test_a_post_that_ends_in_the_middle_of_a_quarter_counts_by_its_days():
    found = per_quarter(
        portfolio(structures=[structure(id=1, fte=1.0)], fundings=[funding(end="2026-02-14")]),
        view("2026-01-01", first="2026-01-01", last="2026-06-30"),
    )
    secured = found[found["rule"] == "secured"].set_index("quarter")
    assert secured["fte"].to_list() == [45 / 90, 0.0]
    assert secured["running"].to_list() == [45 / 90, 0.0]


def test_three_posts_of_a_tenth_make_exactly_three_tenths():
    posts = [structure(id=n, fte=0.1) for n in (1, 2, 3)]
    found = per_quarter(portfolio(structures=posts), view())
    assert set(found["fte"]) == {0.3}


def test_a_quarter_cut_by_the_horizon_counts_by_its_days_within_it():
    found = per_quarter(
        portfolio(structures=[structure(id=1, fte=1.0, valid_from="2026-03-01")]),
        view(first="2026-02-15", last="2026-04-30"),
    )
    secured = found[found["rule"] == "secured"]
    assert secured["quarter"].to_list() == [pd.Timestamp("2026-01-01"), pd.Timestamp("2026-04-01")]
    assert secured["fte"].to_list() == [31 / 45, 1.0]


def test_a_structure_that_is_unknown_twice_in_a_quarter_counts_once():
    fundings = [
        funding(end_kind="unknown", start="2026-01-01"),
        funding(start="2026-02-01", end="2026-02-10"),
    ]
    found = per_quarter(
        portfolio(structures=[structure(id=1)], fundings=fundings),
        view(first="2026-01-01", last="2026-03-31"),
    )
    assert found.set_index("rule")["maybe"].to_dict() == {"secured": 1, "expected": 1, "optimistic": 0}


@settings(max_examples=50, deadline=None)
@given(inventories(), DAYS)
def test_capacity_is_the_mean_over_the_days_of_what_the_oracle_tells(inventory, today):
    listed, paid = inventory
    found = per_quarter(portfolio(structures=listed, fundings=paid), View(FIRST, today, Horizon(FIRST, LAST)))
    assert list(found["rule"].unique()) == list(ExtensionRule)
    quarters = pd.period_range(FIRST, LAST, freq="Q")
    for rule in ExtensionRule:
        lives = [oracle.lives(one, paid, today, rule, SEARCH) for one in listed]
        rows = found[found["rule"] == rule].to_dict("records")
        assert [row["quarter"] for row in rows] == [quarter.start_time for quarter in quarters]
        for row, quarter in zip(rows, quarters, strict=True):
            span = oracle.days(max(FIRST, quarter.start_time.date()), min(LAST, quarter.end_time.date()))
            told = [[life[day] for day in span] for life in lives]
            running = [[each for each in life if each["state"] == "running"] for life in told]
            assert row["fte"] == pytest.approx(
                sum(each["fte"] or 0 for life in running for each in life) / len(span), abs=1e-9
            )
            assert row["running"] == pytest.approx(sum(map(len, running)) / len(span))
            assert row["fte_unknown"] == sum(any(e["fte"] is None for e in life) for life in running)
            assert row["maybe"] == sum(any(e["state"] == "unknown" for e in life) for life in told)
