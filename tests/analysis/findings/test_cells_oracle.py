"""OVERLAP, NO_LEAD, LEAD_ONLY and GAP against the day-by-day oracle."""

import pytest
from hypothesis import given, settings

from steering.analysis import findings
from tests.analysis.findings.worlds import RULES, SEARCH, TODAY, horizons, look, portfolio, told, worlds
from tests.oracles import findings as oracle

CASES = {
    "OVERLAP": oracle.overlap,
    "NO_LEAD": oracle.without_lead,
    "gaps": oracle.gap,
}


@settings(max_examples=150)
@given(worlds(), horizons(), RULES)
def test_findings_of_cells_are_what_the_oracle_tells(world, horizon, rule):
    found = findings.standing(portfolio(world), look(horizon, rule))
    found = found[
        found["kind"].isin(["OVERLAP", "NO_LEAD", "LEAD_ONLY", "GAP"])
        | (found["reason"] == "möglicherweise gedeckt")
    ]
    expected = oracle.findings(
        world, list(CASES.values()), TODAY, rule, SEARCH, (horizon.first, horizon.last)
    )
    assert told(found) == expected
