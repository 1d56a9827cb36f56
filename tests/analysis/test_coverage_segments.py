"""Runs of constant numbers of leads and deliverers, against a walk through every day."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from unittest import mock

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from steering.analysis import coverage
from tests.oracles.coverage import Assignment
from tests.oracles.coverage import segments as day_by_day

FIRST, LAST = date(2024, 2, 20), date(2024, 3, 10)  # with a leap day
SMALLEST, LARGEST = -(2**63), 2**63 - 1
TYPES = {
    "task": "int64",
    "municipality": "int64",
    "start": "datetime64[s]",
    "end": "datetime64[s]",
    "leads": "int64",
    "deliverers": "int64",
}
COLUMNS = list(Assignment._fields)

DAYS = st.none() | st.dates(FIRST - timedelta(days=5), LAST + timedelta(days=5))
KEYS = st.integers(0, 2) | st.sampled_from([SMALLEST, SMALLEST + 1, -1, 9_473_112, LARGEST])
ASSIGNMENTS = st.lists(
    st.builds(Assignment, KEYS, KEYS, KEYS, st.sampled_from([0, 1, 1, 2, 2, 3]), DAYS, DAYS), max_size=12
)
CROWDED = st.lists(  # few cells and structures, so that much overlaps
    st.builds(Assignment, st.just(7), st.integers(1, 2), st.integers(1, 3), st.integers(1, 2), DAYS, DAYS),
    max_size=14,
)
UNITS = st.sampled_from(["s", "ms", "us", "ns"])


def frame(assignments: list[Assignment], start_unit: str = "s", end_unit: str = "s") -> pd.DataFrame:
    made = pd.DataFrame(assignments, columns=COLUMNS)
    return made.astype(
        dict.fromkeys(COLUMNS[:3], "int64")
        | {"role": "int8", "start": f"datetime64[{start_unit}]", "end": f"datetime64[{end_unit}]"}
    )


def found(assignments: list[Assignment], first: date = FIRST, last: date = LAST) -> list[tuple]:
    return listed(coverage.segments(frame(assignments), first, last))


def listed(runs: pd.DataFrame) -> list[tuple]:
    plain = runs.assign(start=runs["start"].dt.date, end=runs["end"].dt.date)
    return list(plain.itertuples(index=False, name=None))


def one(structure: int, role: int, start: str | None, end: str | None, municipality: int = 1) -> Assignment:
    days = [None if day is None else date.fromisoformat(day) for day in (start, end)]
    return Assignment(7, municipality, structure, role, *days)


def run(start: str, end: str, leads: int, deliverers: int, municipality: int = 1) -> tuple:
    return (7, municipality, date.fromisoformat(start), date.fromisoformat(end), leads, deliverers)


@given(ASSIGNMENTS | CROWDED, UNITS, UNITS, st.sampled_from([1, 2, 5, coverage._BLOCK]))
@example([Assignment(SMALLEST, LARGEST, SMALLEST, 1, FIRST, FIRST)] * 2, "ns", "s", 1)
def test_as_counted_day_by_day(assignments, start_unit, end_unit, block):
    with mock.patch.object(coverage, "_BLOCK", block):
        runs = coverage.segments(frame(assignments, start_unit, end_unit), FIRST, LAST)
    assert listed(runs) == day_by_day(assignments, FIRST, LAST)
    assert runs.dtypes.astype(str).to_dict() == TYPES
    assert runs.index.equals(pd.RangeIndex(len(runs)))


@given(CROWDED, st.dates(FIRST, LAST), st.dates(FIRST, LAST))
def test_any_horizon(assignments, first, last):
    assert found(assignments, first, last) == day_by_day(assignments, first, last)


@given(ASSIGNMENTS | CROWDED, st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_matter(assignments, chance):
    shuffled = list(assignments)
    chance.shuffle(shuffled)
    assert found(shuffled) == found(assignments)


@given(CROWDED, st.permutations([SMALLEST, -40, 0, 2**40, LARGEST]))
def test_other_keys_only_rename(assignments, names):
    renamed = [
        row._replace(task=names[0], municipality=names[row.municipality], structure=names[row.structure])
        for row in assignments
    ]
    back = {names[key]: key for key in (1, 2)}
    assert sorted((7, back[row[1]], *row[2:]) for row in found(renamed)) == found(assignments)


@given(CROWDED)
def test_saying_it_twice_changes_nothing(assignments):
    assert found(assignments + assignments) == found(assignments)


@given(ASSIGNMENTS)
def test_cells_do_not_touch_each_other(assignments):
    apart = [
        run
        for cell in sorted({row[:2] for row in assignments})
        for run in found([row for row in assignments if row[:2] == cell])
    ]
    assert apart == found(assignments)


@given(CROWDED)
def test_the_input_is_left_as_it_was(assignments):
    given_frame = frame(assignments)
    before = given_frame.copy(deep=True)
    coverage.segments(given_frame, FIRST, LAST)
    pd.testing.assert_frame_equal(given_frame, before)


def test_writing_into_the_result_leaves_the_input_as_it_was():
    given_frame = frame([one(1, 1, "2024-02-25", "2024-02-26")])
    before = given_frame.copy(deep=True)
    runs = coverage.segments(given_frame, FIRST, LAST)
    runs.loc[:, ["task", "municipality"]] = 99
    runs.loc[:, "start"] = pd.Timestamp("1999-01-01")
    pd.testing.assert_frame_equal(given_frame, before)


def test_two_leads_overlap_on_the_day_both_run():
    assert found([one(1, 1, "2024-02-21", "2024-02-29"), one(2, 1, "2024-02-29", "2024-03-05")]) == [
        run("2024-02-21", "2024-02-28", 1, 0),
        run("2024-02-29", "2024-02-29", 2, 0),
        run("2024-03-01", "2024-03-05", 1, 0),
    ]


def test_a_successor_from_the_next_day_on_continues_the_run():
    assert found([one(1, 2, "2024-02-21", "2024-02-29"), one(2, 2, "2024-03-01", "2024-03-05")]) == [
        run("2024-02-21", "2024-03-05", 0, 1)
    ]


def test_a_day_without_anybody_parts_two_runs():
    assert found([one(1, 2, "2024-02-21", "2024-02-28"), one(2, 2, "2024-03-01", "2024-03-05")]) == [
        run("2024-02-21", "2024-02-28", 0, 1),
        run("2024-03-01", "2024-03-05", 0, 1),
    ]


def test_a_structure_counts_once_in_a_role_and_once_in_the_other():
    overlapping = [one(1, 1, "2024-02-21", "2024-02-25"), one(1, 1, "2024-02-23", "2024-02-29")]
    assert found([*overlapping, one(1, 2, "2024-02-29", "2024-02-29")]) == [
        run("2024-02-21", "2024-02-28", 1, 0),
        run("2024-02-29", "2024-02-29", 1, 1),
    ]


def test_an_interval_within_an_earlier_one_of_the_same_structure_does_not_end_it():
    inner = [one(1, 1, "2024-02-21", "2024-03-05"), one(1, 1, "2024-02-23", "2024-02-24")]
    assert found(inner) == [run("2024-02-21", "2024-03-05", 1, 0)]


def test_open_sides_reach_to_the_horizon():
    assert found([one(1, 1, None, "2024-02-29"), one(2, 2, "2024-03-01", None)]) == [
        run(FIRST.isoformat(), "2024-02-29", 1, 0),
        run("2024-03-01", LAST.isoformat(), 0, 1),
    ]


def test_what_lies_outside_the_horizon_or_ends_before_it_starts_is_left_out():
    assert found([one(1, 1, None, "2024-02-19"), one(1, 1, "2024-03-11", None)]) == []
    assert found([one(1, 1, "2024-03-02", "2024-03-01")]) == []


def test_other_roles_are_no_assignments():
    assert found([one(1, role, None, None) for role in (-128, -1, 0, 3, 127)]) == []


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2024, 2, 29), date(2024, 3, 1)),
        (datetime.fromisoformat("2024-02-29T15:30"), datetime.fromisoformat("2024-03-01")),
        (pd.Timestamp("2024-02-29"), pd.Timestamp("2024-03-01 23:59")),
        (np.datetime64("2024-02-29"), np.datetime64("2024-03-01T00:00", "ns")),
    ],
)
def test_the_horizon_may_be_given_in_any_form(first, last):
    assert found([one(1, 1, None, None)], first, last) == [run("2024-02-29", "2024-03-01", 1, 0)]


def test_a_horizon_of_one_day_and_one_that_ends_before_it_starts():
    assert found([one(1, 1, None, None)], FIRST, FIRST) == [run("2024-02-20", "2024-02-20", 1, 0)]
    assert found([one(1, 1, None, None)], LAST, FIRST) == []


@pytest.mark.parametrize("nothing", [pd.NaT, np.datetime64("NaT"), np.datetime64("20000-01-01")])
def test_a_horizon_needs_two_days(nothing):
    with pytest.raises(ValueError, match="Not a day"):
        coverage.segments(frame([]), FIRST, nothing)


def test_all_the_days_a_calendar_has():
    ages = [
        one(1, 1, "0001-01-01", "9999-12-31"),
        one(2, 1, None, "0001-01-01"),
        one(3, 2, "9999-12-31", None),
    ]
    assert found(ages, date.min, date.max) == [
        run("0001-01-01", "0001-01-01", 2, 0),
        run("0001-01-02", "9999-12-30", 1, 0),
        run("9999-12-31", "9999-12-31", 1, 1),
    ]


def test_days_no_calendar_has():
    never = frame([one(1, 1, None, None)])
    extremes = np.array([SMALLEST + 1, LARGEST]).astype("datetime64[s]")
    never["start"], never["end"] = extremes[:1], extremes[1:]
    assert listed(coverage.segments(never, FIRST, LAST)) == [run(FIRST.isoformat(), LAST.isoformat(), 1, 0)]


@pytest.mark.parametrize("structures", [1, 30_000])
def test_keys_and_days_too_wide_to_lie_side_by_side(structures):
    """Each row a cell, a structure and two days of its own, over all the days a calendar has."""
    chance = np.random.default_rng(5)
    count = 30_000
    start = np.sort(chance.integers(-719_162, 2_932_895, count))
    wide = pd.DataFrame(
        {
            "task": chance.integers(SMALLEST, LARGEST, count),
            "municipality": chance.integers(SMALLEST, LARGEST, count),
            "structure": chance.integers(SMALLEST, LARGEST, structures)[np.arange(count) % structures],
            "role": np.ones(count, dtype=np.int8),
            "start": start.astype("datetime64[D]").astype("datetime64[s]"),
            "end": (start + 1).astype("datetime64[D]").astype("datetime64[s]"),
        }
    )
    expected = wide[["task", "municipality", "start", "end"]].assign(leads=1, deliverers=0)
    expected = expected.sort_values(["task", "municipality"], ignore_index=True)
    pd.testing.assert_frame_equal(coverage.segments(wide, date.min, date.max), expected)


def test_a_frame_of_another_make():
    """Columns in another order and beside others, an index of its own, pandas' own whole numbers."""
    assignments = [one(2, 2, "2024-03-01", None), one(1, 1, None, "2024-02-29")]
    made = frame(assignments)[COLUMNS[::-1]].assign(note="egal")
    made = made.astype({"task": "Int64", "municipality": "Int64", "structure": "Int64", "role": "Int8"})
    made.index = pd.Index(["b", "b"])
    assert listed(coverage.segments(made, FIRST, LAST)) == day_by_day(assignments, FIRST, LAST)


def test_a_part_of_a_frame():
    assignments = [one(n, 1 + n % 2, None, None, municipality=n % 3) for n in range(12)]
    assert listed(coverage.segments(frame(assignments)[::3], FIRST, LAST)) == day_by_day(
        assignments[::3], FIRST, LAST
    )


@pytest.mark.parametrize("empty", [frame([]), pd.DataFrame(columns=COLUMNS)], ids=["typed", "untyped"])
def test_from_nothing_comes_an_empty_frame_of_the_same_types(empty):
    runs = coverage.segments(empty, FIRST, LAST)
    assert runs.dtypes.astype(str).to_dict() == TYPES
    assert runs.index.equals(pd.RangeIndex(0))
    assert list(runs.columns) == list(TYPES)


def test_a_key_is_needed():
    missing = frame([one(1, 1, None, None)]).astype({"task": "Int64"})
    missing.loc[0, "task"] = pd.NA
    with pytest.raises(ValueError, match="missing values"):
        coverage.segments(missing, FIRST, LAST)
