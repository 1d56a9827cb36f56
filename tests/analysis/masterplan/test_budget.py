"""The Haushaltsblatt, by hand and against the sums of the money rule."""

import math
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steering.analysis.changes import ExtendFunding
from steering.analysis.masterplan import budget, plan
from steering.analysis.money import county
from steering.analysis.money import sums as money_sums
from steering.analysis.structures.directory import UNCLASSIFIED
from steering.analysis.view import Horizon, Scenario, View
from steering.model import LegalCharacter, OnLoss, Payer
from steering.model.vocabulary import word
from tests.analysis.strategies import RULES, inventories
from tests.builders import (
    funding,
    measure,
    measure_cost,
    organisation,
    personnel_cost,
    portfolio,
    responsibility,
    structure,
    task,
    task_field,
    view,
)

VOLUNTARY, DUTY = word(LegalCharacter.VOLUNTARY), word(LegalCharacter.OWN_DUTY)
LOOK = view("2026-06-30", first="2026-01-01", last="2028-12-31")
GRANT = {"amount_cents": 6_000_000, "amount_basis": "per_year"}


def known(**more):
    return portfolio(
        organisations=[organisation(id=1)],
        fields=[task_field()],
        tasks=[
            task(id=1, legal_character=LegalCharacter.VOLUNTARY),
            task(id=2, legal_character=LegalCharacter.OWN_DUTY),
        ],
        structures=[structure(id=1, name="Lotsen", fte=1.0, on_loss=OnLoss.CONTINUES, fte_after=0.5)],
        responsibilities=[responsibility(structure_id=1, task_id=1)],
        fundings=[funding(id=1, end="2027-06-30", **GRANT)],
        **more,
    )


def told(rows, year, of=budget.STRUCTURE):
    return rows[(rows["year"] == year) & (rows["of"] == of)].iloc[0]


def test_a_structure_that_goes_on_without_money_is_uncovered_for_the_rest_of_the_year():
    rows = budget.sheet(known(), LOOK)
    assert told(rows, 2026)["grant_cents"] == pytest.approx(6_000_000)
    assert told(rows, 2027)["grant_cents"] == pytest.approx(6_000_000 * 181 / 365)
    assert told(rows, 2027)["uncovered_cents"] == pytest.approx(3_000_000 * 184 / 365)
    assert math.isnan(told(rows, 2028)["grant_cents"])
    assert told(rows, 2028)["uncovered_cents"] == pytest.approx(3_000_000)
    assert set(rows["legal"]) == {VOLUNTARY}


def test_an_amount_nobody_knows_is_counted_and_never_zero():
    data = known()
    data.frames["funding"]["amount_cents"] = data.frames["funding"]["amount_cents"].where([False])
    row = told(budget.sheet(data, LOOK), 2026)
    assert math.isnan(row["grant_cents"])
    assert row["unknown"] == 1


def test_measures_come_on_top_only_with_the_plan_and_by_year_and_payer():
    costs = [
        measure_cost(measure_id=1, year=2027, amount_cents=100),
        measure_cost(measure_id=1, year=2027, amount_cents=50),
        measure_cost(measure_id=1, year=2027, payer=Payer.GRANT),
        measure_cost(measure_id=1, year=2040, amount_cents=7),
        measure_cost(measure_id=2, year=2027, amount_cents=9),
    ]
    data = known(
        measures=[measure(id=1, name="Plan"), measure(id=2, status="idea")],
        measure_costs=costs,
        measure_tasks=[{"measure_id": 1, "task_id": 2}],
    )
    assert set(budget.sheet(data, LOOK)["of"]) == {budget.STRUCTURE}
    rows = budget.sheet(data, LOOK, True)
    row = told(rows, 2027, budget.MEASURE)
    assert (row["own_cents"], row["unknown"], row["legal"]) == (150, 1, DUTY)
    assert math.isnan(row["grant_cents"])
    assert (rows["of"] == budget.MEASURE).sum() == 1
    with_ideas = budget.sheet(data, LOOK, True, True)
    assert set(with_ideas.loc[with_ideas["of"] == budget.MEASURE, "legal"]) == {DUTY, UNCLASSIFIED}


def test_the_effects_of_measures_stand_with_the_structure():
    data = known(measures=[measure(ExtendFunding(1, date(2028, 12, 31)))])
    rows = budget.sheet(data, plan.with_masterplan(data, LOOK), True)
    assert told(rows, 2028)["grant_cents"] == pytest.approx(6_000_000)
    assert math.isnan(told(rows, 2028)["uncovered_cents"])


def test_sums_are_by_year_and_legal_footing():
    data = known(
        measures=[measure(id=1)],
        measure_costs=[measure_cost(year=2026, amount_cents=5)],
        measure_tasks=[{"measure_id": 1, "task_id": 2}],
    )
    found = budget.sums(budget.sheet(data, LOOK, True)).set_index(["year", "legal"])
    assert found.loc[(2026, DUTY), "own_cents"] == 5
    assert found.loc[(2026, VOLUNTARY), "grant_cents"] == pytest.approx(6_000_000)
    assert found["grant_cents"].isna()[(2026, DUTY)]


def test_nothing_costs_nothing():
    assert budget.sheet(portfolio(), LOOK, True).empty
    assert budget.sums(budget.sheet(portfolio(), LOOK)).empty


@settings(max_examples=25, deadline=None)
@given(inventories(), RULES, st.integers(2025, 2027))
def test_the_sheet_adds_up_to_the_money_rule(drawn, rule, today):
    listed, paid = drawn
    data = portfolio(organisations=[organisation(id=1)], structures=listed, fundings=paid)
    look = View(
        date(today, 6, 1), date(today, 6, 1), Horizon(date(2025, 3, 1), date(2028, 2, 1)), Scenario(rule)
    )
    rows, sums = budget.sheet(data, look), money_sums.per_year(data, look)
    for row in sums.to_dict("records"):
        mine = rows.loc[rows["year"] == row["first"].year]
        cents = mine[f"{row['payer']}_cents"].sum()
        assert cents == pytest.approx(0 if math.isnan(row["cents"]) else row["cents"])
    unknown = sums.groupby(sums["first"].dt.year)["unknown_rows"].sum()
    assert (
        rows.groupby("year")["unknown"].sum().reindex(unknown.index, fill_value=0).tolist()
        == unknown.tolist()
    )


def test_what_goes_on_at_a_cost_nobody_recorded_is_estimated_as_the_answers_are_and_in_no_sum():
    data = known(personnel_costs=[personnel_cost(year=2026, rate_cents=7_000_000)])
    data.frames["funding"]["amount_cents"] = data.frames["funding"]["amount_cents"].where([False])
    rows = budget.sheet(data, LOOK)
    row = told(rows, 2028)
    assert (row[budget.ESTIMATED], row[budget.BY_EXAMPLE]) == (3_500_000, False)
    assert math.isnan(row["uncovered_cents"])
    assert (row["uncovered_amounts"], row["uncovered_unknown"], row["unknown"]) == (1, 0, 0)
    assert told(rows, 2027)[budget.ESTIMATED] == pytest.approx(3_500_000 * 184 / 365)
    (years,) = county.per_year(county.reckoned(data, LOOK), LOOK.horizon, [2028])
    assert budget.in_year(row) == years
    summed = budget.sums(rows).set_index("year").loc[2028]
    assert (summed[budget.ESTIMATED], summed["uncovered_unknown"]) == (3_500_000, 0)
    assert summed[["uncovered_cents"]].isna().all()


def test_the_what_if_is_in_the_sheet_too():
    assumed = replace(LOOK, scenario=Scenario(changes=(ExtendFunding(1, date(2028, 12, 31)),)))
    assert told(budget.sheet(known(), assumed), 2028)["grant_cents"] == pytest.approx(6_000_000)
