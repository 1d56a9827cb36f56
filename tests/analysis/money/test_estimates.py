"""Costs that nobody recorded: estimated by a rule, told with their reckoning, never instead of a fact."""

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steering.analysis.changes import DropFunding
from steering.analysis.money import county_words, estimate_words, sums
from steering.analysis.money.county import YearMoney
from steering.analysis.money.estimates import Basis, Missing, yearly
from steering.analysis.view import Horizon, Scenario, View
from steering.model import EndKind, ExtensionRule, FundingPart, Payer, Provenance, StructureKind
from tests.analysis.strategies import DAYS, FIRST, LAST, RULES, SEARCH, inventories
from tests.builders import (
    Tables,
    each_row,
    funding,
    organisation,
    personnel_cost,
    portfolio,
    programme,
    structure,
    view,
)
from tests.oracles import estimates as oracle

UNTIL_2026 = {"start": "2024-01-01", "end": "2026-12-31"}
YEARLY = {"amount_basis": "per_year"}
BIR = programme(
    id=7, name="Richtlinie", short_name="BIR III", rate_cents=6_900_000, rate_kind=StructureKind.SERVICE,
    rate_at_most=True, source="https://example.org",
)  # fmt: skip


def estimated(*, view_of=None, **records) -> dict[int, tuple]:
    """Cents and basis of what is estimated, by structure."""
    found = yearly(portfolio(**records), view_of or view())
    return {
        row.structure_id: (None if pd.isna(row.cents) else int(row.cents), row.basis)
        for row in each_row(found)
    }


def test_a_post_without_a_recorded_cost_is_estimated_by_the_rule_of_the_house() -> None:
    grant = funding(id=4, fte=1.5, **UNTIL_2026)
    records: Tables = {"structures": [structure(id=1)], "personnel_costs": [personnel_cost(name="S 12")]}
    found = yearly(portfolio(fundings=[grant], **records), view()).iloc[0]
    assert (found["structure_id"], found["funding_id"], found["cents"]) == (1, 4, 10_500_000)
    assert found["basis"] == Basis.HOUSE
    assert estimate_words.reckoned(found["reckoning"], [2026]) == (
        "1,5 VZÄ × 70.000 € je VZÄ und Jahr (»S 12«, Satz von 2026)"
    )


def test_own_money_beside_a_grant_of_unknown_amount_is_not_the_full_cost() -> None:
    own = funding(
        id=5, accompanies_id=4, part=FundingPart.CO_FINANCING, payer=Payer.OWN, amount_cents=1_300_000,
        **UNTIL_2026, **YEARLY,
    )  # fmt: skip
    records: Tables = {
        "structures": [structure(id=1, fte=2.0)],
        "fundings": [funding(id=4, **UNTIL_2026), own],
        "personnel_costs": [personnel_cost()],
    }
    assert estimated(**records) == {1: (14_000_000, "house")}


def test_a_recorded_cost_is_never_replaced() -> None:
    records: Tables = {"structures": [structure(id=1, fte=2.0)], "personnel_costs": [personnel_cost()]}
    for kind in ({"end": "2026-12-31"}, {}, {"end_kind": EndKind.UNKNOWN}, {"end_kind": EndKind.ANNUAL}):
        assert estimated(fundings=[funding(amount_cents=5_000_000, **YEARLY, **kind)], **records) == {}


def test_the_rate_of_the_programme_stands_before_the_rule_of_the_house() -> None:
    records: Tables = {
        "structures": [structure(id=1, kind=StructureKind.SERVICE)],
        "fundings": [funding(fte=1.0, programme_id=7, **UNTIL_2026)],
        "programmes": [BIR],
        "personnel_costs": [personnel_cost()],
    }
    assert estimated(**records) == {1: (6_900_000, "programme")}
    rule = yearly(portfolio(**records), view())["reckoning"].iloc[0].rule(2026)
    assert estimate_words.rate(rule) == "höchstens 69.000 € je Stelle und Jahr (»BIR III«)"
    assert rule.source == "https://example.org"


def test_a_rate_for_one_kind_says_nothing_about_another() -> None:
    lotsen = structure(id=1, kind=StructureKind.POST, fte=1.0)
    records: Tables = {"structures": [lotsen], "fundings": [funding(programme_id=7, **UNTIL_2026)]}
    assert estimated(programmes=[BIR], **records) == {1: (None, "")}
    assert estimated(programmes=[{**BIR, "rate_kind": None}], **records) == {1: (6_900_000, "programme")}


def test_fundings_of_two_programmes_leave_no_programme_to_name_a_rate() -> None:
    both = [funding(programme_id=key, fte=1.0, **UNTIL_2026) for key in (7, None)]
    records: Tables = {"structures": [structure(id=1, kind=StructureKind.SERVICE)], "programmes": [BIR]}
    assert estimated(fundings=both, **records) == {1: (None, "")}
    assert estimated(fundings=[both[0], both[0] | {"id": 99}], **records) == {1: (13_800_000, "programme")}


def test_of_several_rules_the_one_for_the_kind_counts() -> None:
    rules = [
        personnel_cost(rate_cents=1_000_000),
        personnel_cost(rate_cents=2_000_000, structure_kind=StructureKind.PROJECT),
    ]
    two = [structure(id=1, kind=StructureKind.PROJECT, fte=1.0), structure(id=2, fte=1.0)]
    assert estimated(structures=two, personnel_costs=rules) == {
        1: (2_000_000, "house"),
        2: (1_000_000, "house"),
    }


@pytest.mark.parametrize(
    ("year", "cents"),
    [(2024, 1_000_000), (2025, 1_000_000), (2026, 1_000_000), (2027, 2_000_000), (2030, 2_000_000)],
)
def test_a_budget_year_takes_its_own_rate_or_the_nearest_before(year: int, cents: int) -> None:
    rules = [personnel_cost(rate_cents=2_000_000, year=2027), personnel_cost(rate_cents=1_000_000, year=2025)]
    made = portfolio(structures=[structure(id=1, fte=1.0)], personnel_costs=rules)
    (reckoning,) = yearly(made, view())["reckoning"]
    assert reckoning.cents(year) == cents
    assert yearly(made, view("2028-01-01"))["cents"].tolist() == [2_000_000]


def test_it_is_said_which_years_rate_counts_in_which_budget_year() -> None:
    rules = [personnel_cost(name="S 12", year=2027, rate_cents=7_200_000), personnel_cost(name="S 12")]
    made = portfolio(structures=[structure(id=1, fte=1.5)], personnel_costs=rules)
    (reckoning,) = yearly(made, view())["reckoning"]
    assert estimate_words.reckoned(reckoning, [2026, 2027, 2028]) == (
        "1,5 VZÄ × 70.000 € je VZÄ und Jahr (»S 12«, Satz von 2026) für 2026 und 72.000 € je VZÄ und Jahr "
        "(»S 12«, Satz von 2027) für 2027 bis 2028"
    )


def test_what_the_house_has_entered_beats_every_example() -> None:
    made_up = personnel_cost(
        structure_kind=StructureKind.POST, year=2026, rate_cents=9_000_000, provenance=Provenance.EXAMPLE
    )
    own = personnel_cost(year=2025, rate_cents=6_000_000)
    post = [structure(id=1, kind=StructureKind.POST, fte=1.0)]
    assert estimated(structures=post, personnel_costs=[made_up, own]) == {1: (6_000_000, "house")}
    assert estimated(structures=post, personnel_costs=[made_up]) == {1: (9_000_000, "house")}


def test_what_is_missing_is_named() -> None:
    made = portfolio(structures=[structure(id=1)], personnel_costs=[personnel_cost()])
    (reckoning,) = yearly(made, view())["reckoning"]
    assert reckoning.missing == (Missing.FTE,)
    assert estimate_words.reckoned(reckoning, [2026]) == "nicht zu schätzen: VZÄ nicht erfasst"
    (reckoning,) = yearly(portfolio(structures=[structure(id=1)]), view())["reckoning"]
    assert reckoning.missing == (Missing.FTE, Missing.RULE)
    assert estimate_words.reckoned(reckoning, [2026]) == (
        "nicht zu schätzen: VZÄ nicht erfasst und kein Kostensatz erfasst"
    )


def test_an_example_says_that_it_is_one_and_goes_with_the_examples() -> None:
    rule = personnel_cost(name="Stelle", provenance=Provenance.EXAMPLE)
    made = portfolio(
        organisations=[organisation(id=1)], structures=[structure(id=1, fte=1.0)], personnel_costs=[rule]
    )
    (reckoning,) = yearly(made, view())["reckoning"]
    assert estimate_words.reckoned(reckoning, [2026]).endswith("(»Stelle«, Satz von 2026, Beispielwert)")
    assert yearly(made.without_examples(), view())["basis"].tolist() == [Basis.NONE]


def test_a_funding_that_an_assumption_drops_does_not_say_what_it_costs() -> None:
    known = funding(id=4, amount_cents=5_000_000, **UNTIL_2026, **YEARLY)
    records: Tables = {"structures": [structure(id=1, fte=1.0)], "personnel_costs": [personnel_cost()]}
    without = replace(view(), scenario=Scenario(ExtensionRule.SECURED, (DropFunding(4),)))
    assert estimated(fundings=[known], **records) == {}
    assert estimated(fundings=[known], view_of=without, **records) == {1: (7_000_000, "house")}


@settings(max_examples=25)
@given(made=inventories(), rule=RULES, today=DAYS, cents=st.integers(0, 10**9))
def test_estimates_follow_vzae_and_rate_and_leave_recorded_amounts_alone(made, rule, today, cents) -> None:
    look = View(today, today, Horizon(FIRST, LAST), Scenario(rule))
    records: Tables = {"structures": made[0], "fundings": made[1]}
    ruled = portfolio(personnel_costs=[personnel_cost(rate_cents=cents)], **records)
    expected = oracle.to_estimate(made[0], made[1], today, rule, SEARCH)
    found = yearly(ruled, look)
    assert {row.structure_id: row.reckoning.fte for row in each_row(found)} == pytest.approx(expected)
    for row in each_row(found):
        fte = expected[row.structure_id]
        assert pd.isna(row.cents) if fte is None else row.cents == pytest.approx(fte * cents, abs=0.51)
    assert sums.per_year(portfolio(**records), look).equals(sums.per_year(ruled, look))


def test_the_mark_of_an_estimate_stands_beside_it_where_more_is_not_known():
    year = YearMoney(2026, recorded=0.0, estimated=3_528_792.0, example=False, unknown=1)
    assert county_words.said(year) == "rund 35.300 € (geschätzt) und 1 Betrag nicht bekannt"
    assert county_words.said(replace(year, unknown=0)) == "rund 35.300 € (geschätzt)"
