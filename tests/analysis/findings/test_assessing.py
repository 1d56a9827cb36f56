"""An Einschätzung holds as long as the finding is what people saw; Warum? names rule and records."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from steering.analysis import findings
from steering.analysis.changes import EndFunding
from steering.analysis.portfolio import Portfolio
from steering.analysis.view import Scenario, View
from steering.model import AssessmentState, Extension, ExtensionRule, Role
from tests import builders
from tests.builders import view

KEY = "OVERLAP/t1/s1,s2"
TODAY = date(2026, 6, 30)


def two_leads(end: str = "2027-12-31", **records: Any) -> Portfolio:
    """Two houses in charge until the funding of one ends."""
    return builders.portfolio(
        municipalities=[builders.municipality()],
        areas=[builders.area()],
        area_municipalities=[builders.area_municipality()],
        organisations=[builders.organisation(id=1), builders.organisation(id=2)],
        tasks=[builders.task()],
        structures=[
            builders.structure(id=1, confirmed_on=TODAY),
            builders.structure(id=2, organisation_id=2, name="Caritas"),
        ],
        fundings=[
            builders.funding(id=9, structure_id=1, start="2020-01-01", end=end, extension=Extension.APPLIED)
        ],
        responsibilities=[builders.responsibility(structure_id=n, role=Role.LEAD) for n in (1, 2)],
        **records,
    )


def as_seen(portfolio: Portfolio) -> dict[str, Any]:
    """An Einschätzung of the overlap as it is now."""
    seen = findings.seen(portfolio, TODAY).set_index("key").loc[KEY]
    return builders.assessment(
        key=KEY, state=AssessmentState.ACCEPTED, **{str(field): value for field, value in seen.items()}
    )


def overlap(portfolio: Portfolio, looked: View) -> dict[str, Any]:
    found = findings.findings(portfolio, looked)
    (row,) = builders.records_of(found[found["key"] == KEY])
    return row


def test_what_is_seen_is_not_cut_to_the_horizon():
    seen = findings.seen(two_leads(), TODAY).set_index("key").loc[KEY]
    assert seen["seen_from"] == pd.Timestamp("2020-01-01")
    assert seen["seen_until"] == pd.Timestamp("2027-12-31")
    assert seen["seen_municipalities"] == "09473112"


@pytest.mark.parametrize("rule", list(ExtensionRule))
@pytest.mark.parametrize("last", ["2026-12-31", "2035-12-31"])
def test_it_holds_in_every_scenario_and_horizon(rule, last):
    assessed = two_leads(assessments=[as_seen(two_leads())])
    row = overlap(assessed, view(last=last, rule=rule))
    assert (row["assessment_state"], row["assessment_changed"], row["assessed"]) == ("accepted", False, True)


def test_it_holds_while_somebody_plays_what_if():
    assessed = two_leads(assessments=[as_seen(two_leads())])
    looked = view()
    played = Scenario(changes=(EndFunding(9, date(2026, 12, 31)),))
    row = overlap(assessed, View(looked.as_of, looked.today, looked.horizon, played))
    assert row["end"] == pd.Timestamp("2026-12-31")
    assert row["assessed"]


def test_it_has_changed_when_the_data_say_something_else():
    row = overlap(two_leads(end="2028-12-31", assessments=[as_seen(two_leads())]), view())
    assert (row["assessment_state"], row["assessment_changed"], row["assessed"]) == ("accepted", True, False)


def test_what_nobody_has_assessed_is_not_assessed():
    row = overlap(two_leads(), view())
    assert (row["assessment_state"], row["assessment_changed"], row["assessed"]) == ("", False, False)


def test_why_names_the_rule_and_the_records_with_their_sources():
    told = findings.why(two_leads(), view(), KEY)
    assert told is not None
    assert "federführend" in told.rule
    assert set(told.rows["record"]) == {"responsibility", "funding", "structure"}
    assert "Caritas" in set(told.rows["name"])
    assert {"provenance", "source"} <= set(told.rows.columns)


def test_why_knows_nothing_of_a_finding_that_is_not_there():
    assert findings.why(two_leads(), view(), "GAP/t1//n1") is None


@pytest.mark.parametrize(
    ("confirmed_on", "end_kind", "said"),
    [
        ("2025-06-30", "unknown", None),
        ("2025-06-29", "unknown", "seit zwölf Monaten nicht bestätigt"),
        (None, "unknown", "noch nie bestätigt"),
        (None, "open", None),
        ("2025-06-29", "open", "seit zwölf Monaten nicht bestätigt"),
    ],
)
def test_a_confirmation_holds_for_twelve_months_before_today(confirmed_on, end_kind, said):
    known = builders.portfolio(
        structures=[builders.structure(id=1, confirmed_on=confirmed_on, end_kind=end_kind)]
    )
    found = findings.standing(known, view("2026-06-30"))
    found = found[found["key"].str.endswith("confirmation")]
    assert list(found["reason"]) == ([said] if said else [])


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2025-01-01", "2026-12-31", []),
        ("2024-07-01", "2026-12-31", [(None, "2024-12-31")]),
        ("2025-01-01", "2027-03-31", [("2027-01-01", "2027-03-31")]),
    ],
)
def test_a_funding_beyond_its_programme_is_told_for_the_days_that_do_not_fit(start, end, days):
    known = builders.portfolio(
        structures=[builders.structure(id=1)],
        programmes=[builders.programme(id=5, valid_from="2025-01-01", valid_until="2026-12-31")],
        fundings=[builders.funding(programme_id=5, start=start, end=end)],
    )
    found = findings.standing(known, view(first="2024-12-31"))
    found = found[found["reason"] == "Laufzeit passt nicht zum Förderprogramm"]
    told = [
        tuple(None if pd.isna(row[side]) else str(row[side].date()) for side in ("start", "end"))
        for row in found.to_dict("records")
    ]
    assert told == days


def test_where_no_need_is_recorded_that_is_said_and_nothing_else():
    known = two_leads(needs=[builders.need()])
    assert findings.not_surveyed(known).empty
    missing = findings.not_surveyed(two_leads())
    assert missing.to_dict("records") == [{"task_id": 1, "ags": "09473112"}]
