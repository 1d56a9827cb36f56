"""Lives, spans, days, endings and turning points against the day-by-day oracle."""

from datetime import date, timedelta
from itertools import pairwise

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from steering.analysis.lives import lifecycle
from steering.analysis.view import Horizon, Scenario, View
from steering.model import ExtensionRule
from tests.analysis.strategies import DAYS, FIRST, LAST, RULES, SEARCH, day_by_day, inventories
from tests.builders import Values, each_row, portfolio, records_of
from tests.oracles import lives as oracle

NOTHING = {"state": "not_running", "support": "", "fte": None, "places": None}
ONE_DAY = timedelta(days=1)
RUNS = settings(max_examples=50, deadline=None)


def look(today: date, rule: str, as_of: date = FIRST) -> View:
    return View(as_of, today, Horizon(FIRST, LAST), Scenario(ExtensionRule(rule)))


def life_of(row: Values) -> Values:
    return {
        "state": row["state"],
        "support": row["support"],
        "fte": None if pd.isna(row["fte"]) else row["fte"],
        "places": None if pd.isna(row["places"]) else int(row["places"]),
    }


def all_lives(listed: list[Values], paid: list[Values], today: date, rule: str) -> dict[int, dict]:
    return {one["id"]: oracle.lives(one, paid, today, rule, SEARCH) for one in listed}


@RUNS
@given(inventories(), DAYS, RULES)
def test_lives_are_what_the_oracle_tells_on_every_day(inventory, today, rule):
    listed, paid = inventory
    found = lifecycle.lives(portfolio(structures=listed, fundings=paid), look(today, rule))
    for identity, told in all_lives(listed, paid, today, rule).items():
        rows = day_by_day(found[found["structure_id"] == identity], SEARCH)
        assert all(len(held) <= 1 for held in rows.values())
        assert {day: life_of(held[0]) if held else NOTHING for day, held in rows.items()} == told


@RUNS
@given(inventories(), DAYS, RULES)
def test_lives_are_sorted_disjoint_and_as_few_rows_as_possible(inventory, today, rule):
    listed, paid = inventory
    found = lifecycle.lives(portfolio(structures=listed, fundings=paid), look(today, rule))
    for _, mine in found.groupby("structure_id"):
        rows = records_of(mine)
        for before, row in pairwise(rows):
            assert before["end"] < row["start"]
            if before["end"] + ONE_DAY == row["start"]:
                assert life_of(before) != life_of(row)
    assert found["structure_id"].is_monotonic_increasing
    assert ((found["start"] <= found["end"]) | found["start"].isna() | found["end"].isna()).all()


@RUNS
@given(inventories(), DAYS, RULES)
def test_spans_of_fundings_are_what_the_oracle_tells(inventory, today, rule):
    listed, paid = inventory
    found = lifecycle.funding_spans(portfolio(structures=listed, fundings=paid), look(today, rule))
    for funding in paid:
        mine = found[found["funding_id"] == funding["id"]]
        assert not mine["state"].duplicated().any()
        for day, rows in day_by_day(mine, SEARCH).items():
            expected = oracle.funding_state(funding, paid, day, today, rule)
            assert [row["state"] for row in rows] == ([expected] if expected else [])


@RUNS
@given(inventories(), DAYS, RULES, DAYS)
def test_a_day_shows_the_state_and_the_last_day_of_the_running_stretch_around_it(
    inventory, today, rule, as_of
):
    listed, paid = inventory
    found = lifecycle.on_day(portfolio(structures=listed, fundings=paid), look(today, rule, as_of))
    lives = all_lives(listed, paid, today, rule)
    assert list(found["structure_id"]) == [one["id"] for one in listed]
    for row in records_of(found):
        told = lives[row["structure_id"]]
        assert life_of(row) == told[as_of]
        following = [day for day in told if day >= as_of and told[day]["state"] != "running"]
        if told[as_of]["state"] == "running" and following:
            assert row["until"].date() == following[0] - ONE_DAY
            assert row["after"] == told[following[0]]["state"]
        else:
            assert pd.isna(row["until"])
            assert row["after"] == ""


@RUNS
@given(inventories(), DAYS, RULES, st.tuples(DAYS, DAYS))
def test_endings_are_all_running_days_followed_by_one_that_is_not(inventory, today, rule, bounds):
    listed, paid = inventory
    found = lifecycle.endings(portfolio(structures=listed, fundings=paid), look(today, rule), *bounds)
    expected = [
        (day, identity, told[day + ONE_DAY]["state"], told[day]["fte"])
        for identity, told in all_lives(listed, paid, today, rule).items()
        for day in oracle.days(*bounds)
        if told[day]["state"] == "running" and told[day + ONE_DAY]["state"] != "running"
    ]
    rows = [
        (row.last_day.date(), row.structure_id, row.after, None if pd.isna(row.fte) else row.fte)
        for row in each_row(found)
    ]
    assert rows == sorted(expected, key=lambda row: row[:2])


@RUNS
@given(inventories(), DAYS, RULES)
def test_turning_points_are_the_days_of_the_horizon_on_which_running_begins_or_has_stopped(
    inventory, today, rule
):
    listed, paid = inventory
    found = lifecycle.turning_points(portfolio(structures=listed, fundings=paid), look(today, rule))
    expected: dict[date, list[int]] = {}
    for told in all_lives(listed, paid, today, rule).values():
        for day in oracle.days(FIRST, LAST):
            before, now = (told[each]["state"] == "running" for each in (day - ONE_DAY, day))
            if now != before:
                expected.setdefault(day, [0, 0])[0 if now else 1] += 1
    rows = {row.day.date(): [row.starts, row.ends] for row in each_row(found)}
    assert rows == expected
    assert found["day"].is_monotonic_increasing
