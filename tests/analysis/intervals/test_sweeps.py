"""Sweeping and joining intervals, and days as numbers, against the obvious."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steering.analysis.intervals import days
from steering.analysis.intervals.sweeps import merge, sweep, union
from tests.oracles.lives import months_later

INTERVAL = st.tuples(st.integers(0, 2), st.integers(0, 12), st.integers(0, 12), st.integers(-3, 3))


def columns(intervals: list[tuple[int, ...]]) -> list[np.ndarray]:
    return [np.array([row[n] for row in intervals], dtype=np.int64) for n in range(4)]


@settings(max_examples=150, deadline=None)
@given(st.lists(INTERVAL, max_size=8))
def test_a_sweep_sums_the_weights_of_each_day_and_joins_what_is_equal(intervals):
    key, start, end, weight = columns(intervals)
    found = merge(sweep(key, start, end, weight.reshape(-1, 1)))
    by_day = {
        (found.key[n], day): found.sums[n, 0]
        for n in range(len(found.key))
        for day in range(found.start[n], found.end[n] + 1)
    }
    expected: dict[tuple[int, int], int] = {}
    for one, first, last, weighs in intervals:
        for day in range(first, last + 1):
            expected[one, day] = expected.get((one, day), 0) + weighs
    assert by_day == expected
    for n in range(1, len(found.key)):
        assert (found.key[n - 1], found.start[n - 1]) < (found.key[n], found.start[n])
        touches = found.key[n] == found.key[n - 1] and found.start[n] == found.end[n - 1] + 1
        assert not (touches and found.sums[n, 0] == found.sums[n - 1, 0])


@settings(max_examples=100, deadline=None)
@given(st.lists(INTERVAL, max_size=8))
def test_a_union_covers_each_day_once(intervals):
    key, start, end, _ = columns(intervals)
    found = union(key, start, end)
    covered = [(k, day) for k, a, b in zip(*found[:3], strict=True) for day in range(a, b + 1)]
    assert sorted(covered) == sorted({(k, day) for k, a, b, _ in intervals for day in range(a, b + 1)})


def test_open_sides_come_back_as_no_date():
    column = pd.Series([pd.Timestamp("2026-12-31"), pd.NaT]).astype("datetime64[s]")
    found = days.numbers(column, days.DOOM)
    assert found.tolist() == [days.number(date(2026, 12, 31)), days.DOOM]
    assert pd.Series(days.dates(found)).equals(column)


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_days_are_read_in_any_unit(unit):
    column = pd.Series([pd.Timestamp("1900-01-01").as_unit(unit)])
    assert days.numbers(column, days.DAWN).tolist() == [days.number(date(1900, 1, 1))]


@settings(max_examples=200)
@given(st.dates(date(1950, 1, 1), date(2090, 12, 31)), st.integers(-24, 24))
def test_months_are_added_once_and_clamped_to_the_end_of_the_month(day, months):
    found = days.add_months(np.array([days.number(day)]), months)
    assert found.tolist() == [days.number(months_later(day, months))]
