"""What a what-if brings: VZÄ per quarter, money per budget year, and what of it is not known."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from steering.analysis.changes import DropFunding, EndFunding, ExtendFunding, ScenarioChange, SetOnLoss
from steering.analysis.masterplan.effects import effect
from steering.analysis.money import sums
from steering.analysis.portfolio import Portfolio
from steering.analysis.view import View
from steering.model import OnLoss
from tests.builders import each_row, funding, portfolio, structure, view
from tests.generated import generated

YEARLY = {"start": "2024-01-01", "end": "2026-12-31", "amount_basis": "per_year"}
KNOWN = portfolio(
    structures=[structure(id=1, fte=2.0, on_loss="continues", fte_after=1.0), structure(id=2, fte=0.5)],
    fundings=[
        funding(id=1, amount_cents=100_000, **YEARLY),
        funding(id=2, part="co_financing", payer="own", accompanies_id=1, amount_cents=20_000, **YEARLY),
        funding(id=3, structure_id=2, **YEARLY),
    ],
)


def look(*changes: ScenarioChange, rule: str = "secured") -> View:
    at = view("2026-06-30", first="2026-01-01", last="2028-12-31", rule=rule)
    return replace(at, scenario=replace(at.scenario, changes=changes))


def more(known: Portfolio, *changes: ScenarioChange) -> dict[tuple[int, str], tuple]:
    """By year and payer what the changes add in cents, and how many amounts are not known."""
    found = effect(known, look(*changes)).money
    return {
        (row.first.year, row.payer): (None if pd.isna(row.cents) else round(row.cents), row.unknown_rows)
        for row in each_row(found)
        if row.unknown_rows or pd.isna(row.cents) or round(row.cents)
    }


def test_an_extension_is_paid_by_the_grant_and_the_own_share_and_no_longer_uncovered():
    assert more(KNOWN, ExtendFunding(1, date(2027, 12, 31))) == {
        (2027, "grant"): (100_000, 0),
        (2027, "own"): (20_000, 0),
        (2027, "uncovered"): (-60_000, 0),
    }


def test_an_end_saves_what_was_paid_and_leaves_the_cost_of_going_on():
    assert more(KNOWN, EndFunding(1, date(2025, 12, 31))) == {
        (2026, "grant"): (-100_000, 0),
        (2026, "own"): (-20_000, 0),
        (2026, "uncovered"): (60_000, 0),
    }


def test_an_amount_nobody_knows_is_counted_and_not_zero():
    assert more(KNOWN, ExtendFunding(3, date(2027, 12, 31))) == {(2027, "grant"): (None, 1)}
    both = ExtendFunding(3, date(2027, 12, 31)), ExtendFunding(1, date(2027, 12, 31))
    assert more(KNOWN, *both)[2027, "grant"] == (100_000, 1)


def test_what_the_changes_do_not_touch_is_no_difference():
    assert more(KNOWN, SetOnLoss(2, OnLoss.ENDS)) == {}


def test_the_capacity_is_what_is_gained_or_lost_per_quarter():
    found = effect(KNOWN, look(ExtendFunding(1, date(2027, 6, 30)), DropFunding(3))).capacity
    assert list(found["quarter"].dt.strftime("%Y-%m")[:2]) == ["2026-01", "2026-04"]
    by_quarter = found.set_index("quarter")
    assert list(by_quarter.loc["2026-01-01", ["fte_without", "fte_with", "fte", "running"]]) == [
        2.5,
        2.0,
        -0.5,
        -1.0,
    ]
    assert list(by_quarter.loc["2027-04-01", ["fte_without", "fte_with", "fte"]]) == [1.0, 2.0, 1.0]
    assert by_quarter.loc["2027-07-01", "fte"] == 0.0


def test_without_changes_there_is_no_effect():
    found = effect(generated(60), look())
    assert (found.money["cents"] == 0).all()
    assert (found.money["unknown_rows"] == 0).all()
    assert (found.capacity["fte"] == 0).all()


def test_where_all_is_known_the_difference_is_that_of_the_sums():
    known = generated(60)
    told = known.fundings["amount_cents"].fillna(100).astype("Int64")
    fundings = known.fundings.assign(amount_cents=told, amount_basis="per_year")
    known = Portfolio(known.dataset_id, known.revision, {**known.frames, "funding": fundings})
    ended = [EndFunding(identity, date(2026, 9, 30)) for identity in range(1, 60)]
    at = look(*ended, rule="optimistic")
    before, after = (sums.per_year(known, each) for each in (at.without_changes, at))
    found = effect(known, at).money
    sure = (before["unknown_rows"] == 0) & (after["unknown_rows"] == 0)
    assert (before["cents"] != after["cents"])[sure].any()
    assert found.loc[sure, "cents"].to_list() == pytest.approx(
        (after["cents"] - before["cents"])[sure].to_list()
    )
