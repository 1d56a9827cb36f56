"""What-if on fundings, one sentence for each change, order and boundary."""

from datetime import date
from typing import Any

import pandas as pd
import pytest

from steering.analysis.changes import (
    AddStructure,
    DropFunding,
    DropProgramme,
    EndFunding,
    EndProgramme,
    ExtendFunding,
    ExtendProgramme,
    ScenarioChange,
    SetOnLoss,
)
from steering.analysis.lives import bars, capacity, lifecycle
from steering.analysis.money import sums
from steering.analysis.portfolio import Portfolio
from steering.analysis.view import Scenario, View
from steering.model import ExtensionRule, OnLoss, StructureKind
from tests.builders import Values, each_row, funding, organisation, portfolio, programme, structure, view

RULES = list(ExtensionRule)
# Two phases from one programme; today is 30.06.2026 and the second one's end is ahead.
FIRST = funding(id=1, start="2023-01-01", end="2024-12-31", programme_id=1)
SECOND = funding(id=2, start="2025-01-01", end="2026-12-31", programme_id=1, extension="ruled_out")


def look(*changes: ScenarioChange, rule: str = "secured", today: str = "2026-06-30") -> View:
    at = view(today, first="2023-01-01", last="2030-12-31")
    return View(at.as_of, at.today, at.horizon, Scenario(ExtensionRule(rule), changes))


def data(fundings: list[Values], **post: Any) -> Portfolio:
    return portfolio(
        structures=[structure(id=1, **post)],
        fundings=fundings,
        programmes=[programme(id=1), programme(id=2)],
    )


def spells(
    fundings: list[Values], *changes: ScenarioChange, rule: str = "secured", **post: Any
) -> list[tuple]:
    """First day, last day and state of each stretch of the life of the one structure."""
    found = lifecycle.lives(data(fundings, **post), look(*changes, rule=rule))
    return [
        (*(None if pd.isna(day) else str(day.date()) for day in (row.start, row.end)), row.state)
        for row in each_row(found)
    ]


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize(
    ("until", "last"),
    [("2026-12-30", "2026-12-31"), ("2026-12-31", "2026-12-31"), ("2027-01-01", "2027-01-01")],
)
def test_an_extension_reaches_its_day_and_takes_none(until, last, rule):
    extended = ExtendFunding(2, date.fromisoformat(until))
    assert spells([SECOND], extended, rule=rule) == [("2025-01-01", last, "running")]


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize(
    ("on", "last"),
    [("2026-12-30", "2026-12-30"), ("2026-12-31", "2026-12-31"), ("2027-01-01", "2026-12-31")],
)
def test_an_end_is_reached_at_most_and_never_later_than_before(on, last, rule):
    ended = EndFunding(2, date.fromisoformat(on))
    assert spells([SECOND], ended, rule=rule) == [("2025-01-01", last, "running")]


@pytest.mark.parametrize("rule", RULES)
def test_what_has_ended_is_revived_by_an_extension_and_by_nothing_else(rule):
    assert spells([FIRST], rule=rule) == [("2023-01-01", "2024-12-31", "running")]
    extended = ExtendFunding(1, date(2027, 6, 30))
    assert spells([FIRST], extended, rule=rule) == [("2023-01-01", "2027-06-30", "running")]


def test_an_extension_begins_with_the_fundings_own_start():
    later = funding(id=1, start="2028-01-01", end="2028-12-31", extension="ruled_out")
    assert spells([later], ExtendFunding(1, date(2027, 6, 30))) == [("2028-01-01", "2028-12-31", "running")]
    assert spells([later], ExtendFunding(1, date(2029, 6, 30))) == [("2028-01-01", "2029-06-30", "running")]


def test_an_end_before_the_start_leaves_no_day():
    assert spells([SECOND], EndFunding(2, date(2024, 12, 31)), on_loss="continues") == []
    assert spells([SECOND], EndFunding(2, date(2025, 1, 1))) == [("2025-01-01", "2025-01-01", "running")]


@pytest.mark.parametrize(
    ("record", "extended", "ended"),
    [
        (
            {"end_kind": "open"},
            [("2025-01-01", None, "running")],
            [("2025-01-01", "2027-12-31", "running")],
        ),
        (
            {"end_kind": "annual", "end": "2026-12-31"},
            [("2025-01-01", "2028-12-31", "running"), ("2029-01-01", None, "unknown")],
            [("2025-01-01", "2026-12-31", "running"), ("2027-01-01", "2027-12-31", "unknown")],
        ),
        (
            {"end_kind": "unknown", "confirmed_on": "2026-03-01"},
            [("2025-01-01", "2028-12-31", "running"), ("2029-01-01", None, "unknown")],
            [("2025-01-01", "2026-03-01", "running"), ("2026-03-02", "2027-12-31", "unknown")],
        ),
        (
            {"end_kind": "unknown"},
            [("2025-01-01", "2028-12-31", "running"), ("2029-01-01", None, "unknown")],
            [("2025-01-01", "2027-12-31", "unknown")],
        ),
    ],
    ids=["open", "yearly", "unknown, confirmed", "unknown"],
)
def test_what_is_unknown_stays_so_after_an_extension_and_up_to_an_end(record, extended, ended):
    paid = funding(id=1, start="2025-01-01", **record)
    assert spells([paid], ExtendFunding(1, date(2028, 12, 31))) == extended
    assert spells([paid], EndFunding(1, date(2027, 12, 31))) == ended


def test_the_extension_rule_comes_after_the_changes():
    hoped = SECOND | {"extension": "unclear"}
    extended = ExtendFunding(2, date(2027, 12, 31))
    assert spells([hoped], extended) == [("2025-01-01", "2027-12-31", "running")]
    assert spells([hoped], extended, rule="optimistic") == [("2025-01-01", None, "running")]
    ended = EndFunding(2, date(2027, 12, 31))
    assert spells([hoped], ended) == [("2025-01-01", "2026-12-31", "running")]
    assert spells([hoped], ended, rule="optimistic") == [("2025-01-01", "2027-12-31", "running")]


UNTIL_2029, UNTIL_2027 = ExtendFunding(2, date(2029, 12, 31)), EndFunding(2, date(2027, 12, 31))
DROPPED = DropFunding(2)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ((UNTIL_2029, UNTIL_2027), [("2025-01-01", "2027-12-31", "running")]),
        ((UNTIL_2027, UNTIL_2029), [("2025-01-01", "2029-12-31", "running")]),
        ((UNTIL_2029, DROPPED), []),
        ((DROPPED, UNTIL_2029), [("2025-01-01", "2029-12-31", "running")]),
        ((DROPPED, UNTIL_2027), []),
        ((UNTIL_2027, DROPPED), []),
        (
            (UNTIL_2029, ExtendFunding(2, date(2028, 12, 31))),
            [("2025-01-01", "2029-12-31", "running")],
        ),
        ((UNTIL_2027, EndFunding(2, date(2026, 6, 30))), [("2025-01-01", "2026-06-30", "running")]),
        ((EndFunding(2, date(2026, 6, 30)), UNTIL_2027), [("2025-01-01", "2026-06-30", "running")]),
    ],
)
def test_changes_apply_in_their_order_and_the_later_wins(changes, expected):
    assert spells([SECOND], *changes) == expected


def test_a_structure_whose_fundings_are_all_dropped_does_not_run():
    post: Values = {"on_loss": "continues", "fte_after": 0.5}
    assert spells([SECOND], DROPPED, **post) == []
    assert spells([FIRST, SECOND], DropProgramme(1), **post) == []


def test_a_structure_without_fundings_goes_on_by_its_own_validity():
    assert spells([], DropProgramme(1)) == [(None, None, "running")]


def test_own_means_follow_what_is_left():
    post: Values = {"on_loss": "continues", "fte_after": 0.5}
    found = lifecycle.lives(data([FIRST, SECOND], **post), look(DROPPED))
    assert list(found["support"]) == ["funded", "own_means"]
    assert found["start"].dt.date.to_list() == [date(2023, 1, 1), date(2025, 1, 1)]


def test_a_programme_extends_only_the_last_carrying_funding_of_each_structure():
    own = funding(id=3, part="co_financing", programme_id=1, start="2025-01-01", end="2026-12-31")
    found = lifecycle.funding_spans(
        data([SECOND, FIRST, own]), look(ExtendProgramme(1, date(2029, 12, 31)))
    ).set_index("funding_id")
    assert found["end"].dt.year.to_dict() == {1: 2024, 2: 2029, 3: 2026}


def test_the_last_funding_of_the_programme_is_extended_although_another_follows():
    other = funding(id=3, start="2027-01-01", end="2027-12-31", programme_id=2, extension="ruled_out")
    assert spells([SECOND, other], ExtendProgramme(1, date(2028, 12, 31))) == [
        ("2025-01-01", "2028-12-31", "running")
    ]


def test_each_structure_of_a_programme_is_extended():
    both = portfolio(
        structures=[structure(id=1), structure(id=2)],
        fundings=[FIRST, SECOND, funding(id=3, structure_id=2, end="2025-06-30", programme_id=1)],
        programmes=[programme(id=1)],
    )
    found = lifecycle.lives(both, look(ExtendProgramme(1, date(2029, 12, 31))))
    assert found["end"].dt.date.to_list() == [date(2029, 12, 31), date(2029, 12, 31)]


def test_a_programme_ends_all_its_fundings_of_every_part():
    own = funding(id=3, part="co_financing", programme_id=1, start="2025-01-01")
    found = lifecycle.funding_spans(data([FIRST, SECOND, own]), look(EndProgramme(1, date(2024, 6, 30))))
    assert found["funding_id"].to_list() == [1]
    assert found["end"].dt.date.to_list() == [date(2024, 6, 30)]


COMPANION = funding(
    id=9, part="co_financing", payer="own", accompanies_id=2, amount_cents=36_500, amount_basis="per_year"
)


def paid(
    fundings: list[Values], payer: str, *changes: ScenarioChange, rule: str = "secured", **post: Any
) -> dict:
    """Cents per year of one payer, only where there are any; None where they are not known."""
    found = sums.per_year(data(fundings, **post), look(*changes, rule=rule))
    rows = found[(found["payer"] == payer) & (found["known_rows"] + found["unknown_rows"] > 0)]
    return {row.first.year: None if pd.isna(row.cents) else round(row.cents) for row in each_row(rows)}


def test_co_financing_follows_the_funding_it_accompanies_through_every_change():
    both = [SECOND, COMPANION]
    assert paid(both, "own") == {2025: 36_500, 2026: 36_500}
    assert paid(both, "own", ExtendFunding(2, date(2027, 12, 31))) == {
        2025: 36_500,
        2026: 36_500,
        2027: 36_500,
    }
    assert paid(both, "own", EndFunding(2, date(2025, 12, 31))) == {2025: 36_500}
    assert paid(both, "own", DROPPED) == {}


def test_co_financing_can_be_ended_by_itself():
    both = [SECOND, COMPANION]
    assert paid(both, "own", EndFunding(9, date(2025, 12, 31))) == {2025: 36_500}
    assert spells(both, EndFunding(9, date(2025, 12, 31))) == [("2025-01-01", "2026-12-31", "running")]


def test_the_daily_rate_goes_on_through_an_extension_and_stops_at_an_end():
    month = funding(id=2, start="2026-12-01", end="2026-12-31", amount_cents=3_100, amount_basis="total")
    assert paid([month], "grant", ExtendFunding(2, date(2027, 12, 31))) == {2026: 3_100, 2027: 36_500}
    assert paid([month], "grant", EndFunding(2, date(2026, 12, 10))) == {2026: 1_000}


def test_going_on_by_own_means_costs_the_rates_of_the_last_day_that_is_left():
    rated = SECOND | {"amount_cents": 36_500, "amount_basis": "per_year"}
    post: Values = {"fte": 1.0, "on_loss": "continues", "fte_after": 0.5}
    ended = paid(
        [rated], "uncovered", EndFunding(2, date(2028, 12, 31)), EndFunding(2, date(2025, 12, 31)), **post
    )
    assert ended == dict.fromkeys(range(2026, 2031), 18_250)
    assert paid([rated], "uncovered", ExtendFunding(2, date(2029, 12, 31)), **post) == {2030: 18_250}
    assert paid([rated], "uncovered", DROPPED, **post) == {}


def test_setting_what_follows_the_loss_changes_what_follows():
    goes_on = SetOnLoss(1, OnLoss.CONTINUES, 0.25)
    found = lifecycle.lives(data([SECOND], fte=1.0), look(goes_on))
    assert found["support"].to_list() == ["funded", "own_means"]
    assert found["fte"].to_list() == [1.0, 0.25]
    assert spells([SECOND], goes_on, SetOnLoss(1, OnLoss.ENDS)) == [("2025-01-01", "2026-12-31", "running")]


def test_own_means_that_end_on_a_day_end_on_it_and_cost_nothing_after():
    rated = SECOND | {"amount_cents": 36_500, "amount_basis": "per_year"}
    bridged = SetOnLoss(1, OnLoss.CONTINUES, 1.0, date(2027, 12, 31))
    assert spells([SECOND], bridged) == [
        ("2025-01-01", "2026-12-31", "running"),
        ("2027-01-01", "2027-12-31", "running"),
    ]
    assert paid([rated], "uncovered", bridged, fte=1.0) == {2027: 36_500}
    longer = ExtendFunding(2, date(2029, 12, 31))
    assert spells([SECOND], bridged, longer) == [("2025-01-01", "2029-12-31", "running")]
    assert spells([SECOND], SetOnLoss(1, OnLoss.CONTINUES, 1.0, date(2026, 6, 30))) == spells([SECOND])


def test_the_capacity_follows_the_changes_under_every_rule():
    found = capacity.per_quarter(data([SECOND], fte=1.0), look(ExtendFunding(2, date(2027, 12, 31))))
    of_2027 = found[found["quarter"].dt.year == 2027]
    assert set(of_2027["rule"]) == {rule.value for rule in RULES}
    assert (of_2027["fte"] == 1.0).all()


def drawn(record: Values, *changes: ScenarioChange, rule: str = "secured") -> list[tuple]:
    found = bars.bars(data([record]), look(*changes, rule=rule))
    return [
        (
            *(None if pd.isna(day) else str(day.date()) for day in (row.start, row.end)),
            row.certainty,
            row.counted,
        )
        for row in each_row(found)
    ]


def test_an_extension_is_drawn_as_assumed_behind_what_is_granted_and_what_may_follow_after_it():
    hoped = SECOND | {"extension": "applied"}
    assert drawn(hoped, ExtendFunding(2, date(2028, 12, 31))) == [
        ("2025-01-01", "2026-12-31", "secured", True),
        ("2027-01-01", "2028-12-31", "assumed", True),
        ("2029-01-01", None, "applied", False),
    ]


def test_that_a_successor_is_missing_is_said_of_the_end_in_the_data_and_not_of_an_assumed_one():
    waiting = SECOND | {"extension": "not_yet_possible"}
    extended = ExtendFunding(2, date(2028, 12, 31))
    assert drawn(waiting, extended) == [
        ("2025-01-01", "2026-12-31", "secured", True),
        ("2027-01-01", "2028-12-31", "assumed", True),
    ]
    assert drawn(waiting, extended, rule="optimistic")[-1] == ("2029-01-01", None, "not_yet_possible", True)


def test_what_only_a_change_brings_in_is_drawn_as_assumed():
    new = AddStructure(name="Haus", kind=StructureKind.POST, organisation_id=1, valid_from=date(2027, 1, 1))
    (bar,) = each_row(bars.bars(portfolio(organisations=[organisation(id=1)]), look(new)))
    assert (bar.certainty, bar.counted) == ("assumed", True)
