"""What every rule owes its callers: the same types for nothing as for much, and an untouched Portfolio."""

from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest

from steering.analysis.lives import bars, capacity, lifecycle
from steering.analysis.money import sums
from steering.analysis.portfolio import Portfolio
from steering.analysis.structures import deadlines
from tests.builders import portfolio, view
from tests.generated import generated

VIEW = view("2026-06-30")
RULES: dict[str, Callable[[Portfolio], pd.DataFrame]] = {
    "funding spans": lambda known: lifecycle.funding_spans(known, VIEW),
    "lives": lambda known: lifecycle.lives(known, VIEW),
    "clipped lives": lambda known: lifecycle.clip(lifecycle.lives(known, VIEW), VIEW.horizon),
    "a day": lambda known: lifecycle.on_day(known, VIEW),
    "endings": lambda known: lifecycle.endings(known, VIEW, date(2025, 1, 1), date(2035, 12, 31)),
    "turning points": lambda known: lifecycle.turning_points(known, VIEW),
    "bars": lambda known: bars.bars(known, VIEW),
    "capacity": lambda known: capacity.per_quarter(known, VIEW),
    "flows": lambda known: sums.flows(known, VIEW),
    "money per year": lambda known: sums.per_year(known, VIEW),
    "money per quarter": lambda known: sums.per_quarter(known, VIEW),
    "deadlines": lambda known: deadlines.deadlines(known, VIEW.today),
}


@pytest.fixture(scope="module")
def large() -> Portfolio:
    return generated(500)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_nothing_gives_a_frame_of_the_same_types_as_500_structures(rule, large):
    of_much, of_nothing = rule(large), rule(portfolio())
    assert of_much.dtypes.to_dict() == of_nothing.dtypes.to_dict()
    assert len(of_much)
    assert list(of_much.index) == list(range(len(of_much)))


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_the_portfolio_is_as_it_was(rule, large):
    before = {table: frame.copy() for table, frame in large.frames.items()}
    rule(large)
    for table, frame in large.frames.items():
        pd.testing.assert_frame_equal(frame, before[table])


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_the_result_does_not_depend_on_the_order_of_the_fundings(rule, large):
    turned = Portfolio(
        large.dataset_id,
        large.revision,
        {**large.frames, "funding": large.fundings.iloc[::-1].reset_index(drop=True)},
    )
    columns = list(rule(large).columns)
    expected, found = (rule(each).sort_values(columns, ignore_index=True) for each in (large, turned))
    pd.testing.assert_frame_equal(found, expected)


def test_the_same_seed_makes_the_same_inventory():
    again = generated(20, seed=3)
    for table, frame in generated(20, seed=3).frames.items():
        pd.testing.assert_frame_equal(frame, again.frame(table))
