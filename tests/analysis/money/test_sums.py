"""Money: the rule's examples, and all the rest against the oracle."""

import math
from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given, settings

from steering.analysis.intervals.falls import Fall
from steering.analysis.money import sums
from steering.analysis.view import Horizon, Scenario, View
from tests.analysis.strategies import DAYS, FIRST, LAST, RULES, SEARCH, inventories
from tests.builders import Values, each_row, funding, portfolio, structure, view
from tests.oracles import money as oracle

HUNDRED_A_DAY = {"amount_cents": 36_500, "amount_basis": "per_year"}


def years(structures: list[Values], fundings: list[Values], payer: str, **look: str) -> dict[int, tuple]:
    """Cents, known and unknown rows of one payer, by year."""
    found = sums.per_year(portfolio(structures=structures, fundings=fundings), view(**look))
    rows = found[found["payer"] == payer]
    return {
        row.first.year: (None if math.isnan(row.cents) else row.cents, row.known_rows, row.unknown_rows)
        for row in each_row(rows)
    }


def test_a_yearly_amount_is_paid_in_full_in_every_year_leap_or_not():
    found = years(
        [structure(id=1)], [funding(**HUNDRED_A_DAY)], "grant", first="2027-01-01", last="2028-12-31"
    )
    assert found == {2027: (36_500, 1, 0), 2028: (36_500, 1, 0)}


def test_a_total_is_spread_over_its_days():
    paid = funding(start="2026-12-01", end="2027-01-31", amount_cents=6_200, amount_basis="total")
    found = years([structure(id=1)], [paid], "grant", first="2026-01-01", last="2028-12-31")
    assert found == {2026: (3_100, 1, 0), 2027: (3_100, 1, 0), 2028: (0, 0, 0)}


def test_the_daily_rate_of_a_total_goes_on_where_the_scenario_runs_it_on():
    paid = funding(
        start="2026-12-01", end="2026-12-31", extension="applied", amount_cents=3_100, amount_basis="total"
    )
    look = {"first": "2027-01-01", "last": "2027-12-31", "rule": "expected"}
    assert years([structure(id=1)], [paid], "grant", **look) == {2027: (36_500, 1, 0)}


def test_an_unknown_amount_is_counted_and_never_zero():
    paid = [funding(id=1), funding(id=2, amount_cents=100), funding(id=3, **HUNDRED_A_DAY)]
    look = {"first": "2027-01-01", "last": "2027-12-31"}
    assert years([structure(id=1)], paid[:2], "grant", **look) == {2027: (None, 0, 2)}
    assert years([structure(id=1)], paid, "grant", **look) == {2027: (36_500, 1, 2)}


def test_a_funding_that_is_unknown_for_part_of_a_year_counts_as_unknown_once():
    paid = funding(end_kind="annual", end="2027-06-30", **HUNDRED_A_DAY)
    found = years([structure(id=1)], [paid], "grant", first="2027-01-01", last="2028-12-31")
    assert found == {2027: (181 * 100, 0, 1), 2028: (None, 0, 1)}


def test_co_financing_follows_the_funding_it_accompanies_on_both_sides():
    paid = [
        funding(id=1, start="2026-02-01", end="2026-02-28"),
        funding(
            id=2, part="co_financing", payer="own", accompanies_id=1, start="2020-01-01", **HUNDRED_A_DAY
        ),
    ]
    found = years([structure(id=1)], paid, "own", first="2025-01-01", last="2027-12-31")
    assert found == {2025: (0, 0, 0), 2026: (2_800, 1, 0), 2027: (0, 0, 0)}


def test_the_total_of_a_co_financing_without_days_is_spread_over_those_of_the_accompanied_one():
    paid = [
        funding(id=1, start="2026-02-01", end="2026-02-28"),
        funding(
            id=2, part="co_financing", payer="own", accompanies_id=1, amount_cents=56, amount_basis="total"
        ),
    ]
    found = sums.flows(portfolio(structures=[structure(id=1)], fundings=paid), view())
    assert found["cents_per_day"].to_list()[1] == 2.0


LOTSE = structure(id=1, fte=1.0, on_loss="continues", fte_after=0.5)


def test_going_on_costs_the_rates_of_the_last_carried_day_by_the_share_that_goes_on():
    paid = [
        funding(id=1, end="2026-12-31", **HUNDRED_A_DAY),
        funding(id=2, end="2026-12-31", part="co_financing", payer="own", **HUNDRED_A_DAY),
        funding(id=3, end="2025-12-31", **HUNDRED_A_DAY),
    ]
    found = years([LOTSE], paid, "uncovered", first="2026-01-01", last="2028-12-31")
    assert found == {2026: (0, 0, 0), 2027: (36_500, 1, 0), 2028: (36_500, 1, 0)}


def test_going_on_from_a_total_keeps_its_daily_rate():
    paid = [funding(start="2026-12-01", end="2026-12-31", amount_cents=3_100, amount_basis="total")]
    found = years([LOTSE], paid, "uncovered", first="2027-01-01", last="2028-12-31")
    assert found == {2027: (365 * 50, 1, 0), 2028: (366 * 50, 1, 0)}


@pytest.mark.parametrize(
    ("post", "paid"),
    [
        (LOTSE, [funding(end="2026-12-31")]),
        (LOTSE, [funding(end="2026-12-31", **HUNDRED_A_DAY), funding(part="co_financing")]),
        (LOTSE | {"fte_after": None}, [funding(end="2026-12-31", **HUNDRED_A_DAY)]),
        (LOTSE | {"fte": None}, [funding(end="2026-12-31", **HUNDRED_A_DAY)]),
        (LOTSE | {"fte": 0.0}, [funding(end="2026-12-31", **HUNDRED_A_DAY)]),
        (
            LOTSE,
            [
                funding(end="2026-12-31", fte=0.5, **HUNDRED_A_DAY),
                funding(end="2026-12-31", **HUNDRED_A_DAY),
            ],
        ),
    ],
    ids=[
        "an amount",
        "a co-financing",
        "the FTE afterwards",
        "the FTE",
        "no FTE to divide by",
        "one FTE of two",
    ],
)
def test_the_cost_of_going_on_is_unknown_if_any_part_of_it_is(post, paid):
    found = years([post], paid, "uncovered", first="2027-01-01", last="2027-12-31")
    assert found == {2027: (None, 0, 1)}


def test_what_ends_costs_nothing_more():
    ended = LOTSE | {"on_loss": "ends"}
    found = sums.flows(
        portfolio(structures=[ended], fundings=[funding(end="2026-12-31", **HUNDRED_A_DAY)]), view()
    )
    assert found["payer"].to_list() == ["grant"]
    assert found["end"].to_list() == [pd.Timestamp("2026-12-31")]


def fall(*paid: Values) -> Fall | None:
    posts = [structure(id=key) for key in {each["structure_id"] for each in paid}]
    return sums.largest_fall(portfolio(structures=posts, fundings=list(paid)), view())


@pytest.mark.parametrize("end", ["2028-02-15", "2028-03-14", "2028-03-31"])
def test_the_largest_fall_of_money_has_its_day_and_a_quarter_of_the_year(end):
    paid = [
        funding(id=1, end=end, amount_cents=8_000_000, amount_basis="per_year"),
        funding(id=2, structure_id=2, end="2028-12-31", amount_cents=6_000_000, amount_basis="per_year"),
        funding(id=3, structure_id=3, end="2027-12-31"),
    ]
    assert fall(*paid) == Fall(date.fromisoformat(end) + timedelta(days=1), -2_000_000.0)


def test_leap_years_and_what_follows_at_once_are_no_fall_of_money():
    year = {"amount_cents": 10_000_000, "amount_basis": "total"}
    ahead = [funding(id=n, start=f"{2026 + n}-01-01", end=f"{2026 + n}-12-31", **year) for n in range(1, 4)]
    last = funding(id=9, start="2030-01-01", end_kind="open", **HUNDRED_A_DAY | {"amount_cents": 10_000_000})
    assert fall(*ahead, last) is None


@settings(max_examples=60, deadline=None)
@given(inventories(), DAYS, RULES)
def test_money_per_period_is_what_the_oracle_tells(inventory, today, rule):
    listed, paid = inventory
    periods = [(FIRST, LAST), (date(2026, 1, 1), date(2026, 12, 31)), (date(2026, 12, 31), date(2027, 1, 1))]
    found = sums.per_period(
        portfolio(structures=listed, fundings=paid),
        View(FIRST, today, Horizon(FIRST, LAST), Scenario(rule)),
        pd.DataFrame(periods, columns=["first", "last"]).astype("datetime64[s]"),
    )
    costs = oracle.costs(listed, paid, today, rule, SEARCH)
    expected = [
        (first, last, payer, *oracle.in_period(costs, payer, first, last))
        for first, last in periods
        for payer in ("grant", "own", "third", "uncovered")
    ]
    assert len(found) == len(expected)
    for row, (first, last, payer, cents, known, unknown) in zip(each_row(found), expected, strict=True):
        assert (row.first.date(), row.last.date(), row.payer) == (first, last, payer)
        assert (row.known_rows, row.unknown_rows) == (known, unknown)
        assert row.cents == pytest.approx(math.nan if cents is None else float(cents), nan_ok=True, rel=1e-12)
