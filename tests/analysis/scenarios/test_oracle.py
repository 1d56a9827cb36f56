"""Changes of fundings against the day-by-day oracle, and what must hold whatever the changes are."""

import math
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steering.analysis.changes import (
    DropFunding,
    DropProgramme,
    EndFunding,
    EndProgramme,
    ExtendFunding,
    ExtendProgramme,
    ScenarioChange,
    SetOnLoss,
)
from steering.analysis.lives import bars, lifecycle
from steering.analysis.money import sums
from steering.analysis.portfolio import Portfolio
from steering.analysis.scenarios import scenario
from steering.analysis.view import Horizon, Scenario, View
from steering.model import ExtensionRule, OnLoss
from tests.analysis.strategies import DAYS, FIRST, LAST, RULES, SEARCH, day_by_day, inventories
from tests.builders import Values, each_row, portfolio, programme
from tests.oracles import lives as oracle
from tests.oracles import money as money_oracle
from tests.oracles.changes import Told, with_changes

RUNS = settings(max_examples=25, deadline=None)
PROGRAMMES = (1, 2)
KINDS: dict[tuple[str, str], type] = {
    ("extend", "funding"): ExtendFunding,
    ("end", "funding"): EndFunding,
    ("drop", "funding"): DropFunding,
    ("extend", "programme"): ExtendProgramme,
    ("end", "programme"): EndProgramme,
    ("drop", "programme"): DropProgramme,
}


@st.composite
def assumptions(draw: st.DrawFn) -> tuple[list[Values], list[Values], list[Told]]:
    """Structures, fundings from two programmes, and a few changes of them."""
    listed, paid = draw(inventories())
    paid = [one | {"programme_id": draw(st.none() | st.sampled_from(PROGRAMMES))} for one in paid]
    ids = {"funding": [one["id"] for one in paid] or [999], "programme": list(PROGRAMMES)}
    told: list[Told] = []
    for _ in range(draw(st.integers(0, 4))):
        what, kind = draw(st.sampled_from(list(KINDS)))
        day = None if what == "drop" else draw(DAYS)
        told.append((what, kind, draw(st.sampled_from(ids[kind])), day))
    return listed, paid, told


def as_changes(told: list[Told]) -> tuple[ScenarioChange, ...]:
    return tuple(
        KINDS[what, kind](identity) if day is None else KINDS[what, kind](identity, day)
        for what, kind, identity, day in told
    )


def known(listed: list[Values], paid: list[Values]) -> Portfolio:
    return portfolio(
        structures=listed, fundings=paid, programmes=[programme(id=identity) for identity in PROGRAMMES]
    )


def look(today: date, rule: str, changes: tuple[ScenarioChange, ...] = ()) -> View:
    return View(FIRST, today, Horizon(FIRST, LAST), Scenario(ExtensionRule(rule), changes))


def running(data: Portfolio, view: View, identity: int) -> set[date]:
    found = lifecycle.lives(data, view)
    mine = found[(found["structure_id"] == identity) & (found["state"] == "running")]
    return {day for day, rows in day_by_day(mine, SEARCH).items() if rows}


@RUNS
@given(assumptions(), DAYS, RULES)
def test_fundings_are_active_on_the_days_the_oracle_tells(assumed, today, rule):
    listed, paid, told = assumed
    found = lifecycle.funding_spans(known(listed, paid), look(today, rule, as_changes(told)))
    paid = with_changes(paid, told)
    for funding in paid:
        mine = found[found["funding_id"] == funding["id"]]
        for day, rows in day_by_day(mine, SEARCH).items():
            expected = oracle.funding_state(funding, paid, day, today, rule)
            assert [row["state"] for row in rows] == ([expected] if expected else [])


@RUNS
@given(assumptions(), DAYS, RULES, st.sampled_from(list(OnLoss)), st.none() | DAYS)
def test_lives_are_what_the_oracle_tells_on_every_day(assumed, today, rule, on_loss, until):
    listed, paid, told = assumed
    changes = (*as_changes(told), SetOnLoss(listed[0]["id"], on_loss, 0.5, until))
    found = lifecycle.lives(known(listed, paid), look(today, rule, changes))
    paid = with_changes(paid, told)
    set_on_loss = {"on_loss": on_loss, "fte_after": 0.5, "goes_on_until": until}
    for structure in [listed[0] | set_on_loss, *listed[1:]]:
        rows = day_by_day(found[found["structure_id"] == structure["id"]], SEARCH)
        for day, life in oracle.lives(structure, paid, today, rule, SEARCH).items():
            if life["state"] == "not_running":
                assert rows[day] == []
                continue
            (row,) = rows[day]
            assert (row["state"], row["support"]) == (life["state"], life["support"])
            assert row["fte"] == pytest.approx(math.nan if life["fte"] is None else life["fte"], nan_ok=True)
            assert (None if pd.isna(row["places"]) else row["places"]) == life["places"]


@RUNS
@given(assumptions(), DAYS, RULES)
def test_the_bars_that_count_are_the_days_that_run(assumed, today, rule):
    listed, paid, told = assumed
    data, view = known(listed, paid), look(today, rule, as_changes(told))
    found = bars.bars(data, view)
    for one in listed:
        mine = found[(found["structure_id"] == one["id"]) & found["counted"]]
        counted = {day for day, rows in day_by_day(mine, SEARCH).items() if rows}
        assert counted == running(data, view, one["id"])


@RUNS
@given(assumptions(), DAYS, RULES)
def test_money_is_what_the_oracle_tells(assumed, today, rule):
    listed, paid, told = assumed
    periods = pd.DataFrame([(FIRST, LAST)], columns=["first", "last"]).astype("datetime64[s]")
    found = sums.per_period(known(listed, paid), look(today, rule, as_changes(told)), periods)
    costs = money_oracle.costs(listed, with_changes(paid, told), today, rule, SEARCH)
    for row in each_row(found):
        cents, sure, unsure = money_oracle.in_period(costs, row.payer, FIRST, LAST)
        assert (row.known_rows, row.unknown_rows) == (sure, unsure)
        assert row.cents == pytest.approx(math.nan if cents is None else float(cents), nan_ok=True, rel=1e-12)


@RUNS
@given(assumptions(), DAYS, RULES, DAYS)
def test_extending_a_funding_never_takes_a_running_day(assumed, today, rule, until):
    listed, paid, told = assumed
    data, before = known(listed, paid), look(today, rule, as_changes(told))
    for funding in [one for one in paid if one["part"] == "carrying"][:2]:
        more = (*before.scenario.changes, ExtendFunding(funding["id"], until))
        after = replace(before, scenario=Scenario(rule, more))
        # Own means that begin after the last carried day begin later, and a hole before that is a hole.
        for one in [one for one in listed if one["on_loss"] is not OnLoss.CONTINUES]:
            assert running(data, before, one["id"]) <= running(data, after, one["id"])


@RUNS
@given(assumptions(), DAYS, RULES, DAYS)
def test_ending_a_funding_never_adds_an_active_day(assumed, today, rule, on):
    listed, paid, told = assumed
    data, before = known(listed, paid), look(today, rule, as_changes(told))
    for funding in paid[:2]:
        more = (*before.scenario.changes, EndFunding(funding["id"], on))
        spans = [
            lifecycle.funding_spans(data, replace(before, scenario=Scenario(ExtensionRule(rule), changes)))
            for changes in (before.scenario.changes, more)
        ]
        active = [
            {
                day
                for day, rows in day_by_day(
                    found[(found["funding_id"] == funding["id"]) & (found["state"] == "active")], SEARCH
                ).items()
                if rows
            }
            for found in spans
        ]
        assert active[1] <= {day for day in active[0] if day <= on}


@RUNS
@given(assumptions(), DAYS, RULES, st.sampled_from(["end", "drop"]), DAYS)
def test_a_programme_is_all_its_fundings(assumed, today, rule, what, day):
    listed, paid, _ = assumed
    data = known(listed, paid)
    bound = () if what == "drop" else (day,)
    at_once = (KINDS[what, "programme"](1, *bound),)
    one_by_one = tuple(KINDS[what, "funding"](one["id"], *bound) for one in paid if one["programme_id"] == 1)
    pd.testing.assert_frame_equal(
        lifecycle.lives(data, look(today, rule, at_once)),
        lifecycle.lives(data, look(today, rule, one_by_one)),
    )


@RUNS
@given(assumptions())
def test_the_given_portfolio_stays_as_it_is(assumed):
    listed, paid, told = assumed
    data = known(listed, paid)
    before = {table: frame.copy(deep=True) for table, frame in data.frames.items()}
    scenario.apply(data, as_changes(told))
    for table, frame in data.frames.items():
        pd.testing.assert_frame_equal(frame, before[table])
