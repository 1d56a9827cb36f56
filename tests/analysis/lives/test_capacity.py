"""Capacity per quarter against the mean of the days, one by one."""

from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given, settings

from steering.analysis.intervals.falls import Fall
from steering.analysis.lives.capacity import largest_fall, per_quarter
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


def ending(**posts: tuple[float, str]):
    """Structures with so many FTE and the last day of their money."""
    structures, paid = [], []
    for key, (fte, end) in enumerate(posts.values(), start=1):
        structures.append(structure(id=key, fte=fte))
        paid.append(funding(id=key, structure_id=key, end=end))
    return portfolio(structures=structures, fundings=paid)


@pytest.mark.parametrize("last_day", ["2028-02-15", "2028-03-14", "2028-03-31"])
def test_the_largest_fall_is_that_of_a_day_wherever_in_its_quarter_it_lies(last_day):
    known = ending(large=(6.0, last_day), small=(4.0, "2028-12-31"))
    assert largest_fall(known, view()) == Fall(date.fromisoformat(last_day) + timedelta(days=1), -6.0)


def test_what_ends_on_one_day_falls_together_and_what_takes_its_place_is_no_fall():
    together = ending(one=(2.0, "2027-06-30"), other=(2.5, "2027-06-30"), alone=(4.0, "2028-12-31"))
    assert largest_fall(together, view()) == Fall(date(2027, 7, 1), -4.5)
    replaced = portfolio(
        structures=[structure(id=1, fte=6.0), structure(id=2, fte=6.0, valid_from="2027-07-01")],
        fundings=[funding(end="2027-06-30")],
    )
    assert largest_fall(replaced, view()) is None


def test_what_has_fallen_by_the_stichtag_is_past():
    known = ending(past=(6.0, "2026-06-29"), ahead=(1.0, "2027-12-31"))
    assert largest_fall(known, view("2026-06-30")) == Fall(date(2028, 1, 1), -1.0)


@settings(max_examples=50, deadline=None)
@given(inventories(most=3), DAYS, DAYS)
def test_the_largest_fall_is_what_the_oracle_tells_day_by_day(inventory, today, as_of):
    listed, paid = inventory
    look = View(as_of, today, Horizon(FIRST, LAST))
    found = largest_fall(portfolio(structures=listed, fundings=paid), look)
    lives = [oracle.lives(one, paid, today, ExtensionRule.SECURED, SEARCH) for one in listed]

    def on(day):
        return sum(round(10 * (life[day]["fte"] or 0)) for life in lives if life[day]["state"] == "running")

    changes = {
        day: on(day) - on(day - timedelta(days=1)) for day in oracle.days(as_of + timedelta(days=1), LAST)
    }
    least = min(changes.values(), default=0)
    if least >= 0:
        assert found is None
    else:
        first = next(day for day, change in changes.items() if change == least)
        assert found == Fall(first, least / 10)
