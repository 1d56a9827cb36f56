"""One mechanism for all rules: each judges the Portfolio as the changes leave it, and leaves no trace."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from steering import analysis
from steering.analysis import findings
from steering.analysis.changes import (
    AddResponsibility,
    AddStructure,
    DropFunding,
    DropProgramme,
    EndProgramme,
    EndResponsibility,
    ExtendProgramme,
    MergeResponsibilities,
    MoveResponsibility,
    NewFunding,
    ScenarioChange,
    SetOnLoss,
)
from steering.analysis.lives import bars, capacity, lifecycle
from steering.analysis.money import sums
from steering.analysis.needs import coverage as need_coverage
from steering.analysis.portfolio import Portfolio
from steering.analysis.scenarios import scenario
from steering.analysis.structures import completeness, decisions
from steering.analysis.structures.inventory import inventory
from steering.analysis.view import View
from steering.model import Need, OnLoss, Role, StructureKind
from tests import builders
from tests.builders import view
from tests.generated import generated

AT = view("2026-06-30")
CHANGES: tuple[ScenarioChange, ...] = (
    DropFunding(5),
    DropProgramme(1),
    EndProgramme(2, date(2027, 6, 30)),
    ExtendProgramme(3, date(2029, 12, 31)),
    SetOnLoss(4, OnLoss.CONTINUES, 0.5),
    AddResponsibility(structure_id=9, task_id=1, area_id=1, role=Role.LEAD, target_group_ids=(1, 2)),
    EndResponsibility(3, date(2027, 1, 1)),
    MoveResponsibility(6, 1, date(2027, 1, 1)),
    MergeResponsibilities(8, 11, date(2027, 1, 1)),
    AddStructure(
        name="Neu",
        kind=StructureKind.POST,
        organisation_id=1,
        fundings=(NewFunding(name="Neu", start=date(2027, 1, 1), end=date(2028, 12, 31)),),
    ),
)
WITH = replace(AT, scenario=replace(AT.scenario, changes=CHANGES))

RULES: dict[str, Callable[[Portfolio, View], pd.DataFrame]] = {
    "funding spans": lifecycle.funding_spans,
    "lives": lifecycle.lives,
    "a day": lifecycle.on_day,
    "endings": lambda known, at: lifecycle.endings(known, at, date(2025, 1, 1), date(2035, 12, 31)),
    "turning points": lifecycle.turning_points,
    "bars": bars.bars,
    "capacity": capacity.per_quarter,
    "flows": sums.flows,
    "money per year": sums.per_year,
    "money per quarter": sums.per_quarter,
    "inventory": inventory,
    "completeness": completeness.completeness,
    "findings": findings.findings,
    "findings but endings": findings.standing,
    "findings about tasks": findings.of_tasks,
    "findings about structures": findings.of_structures,
    "findings that are endings": findings.ending,
    "courses of needs": need_coverage.courses,
    "needs on a day": need_coverage.met,
}
# What the others are made of, what is about the data as they are, and why, which is no frame.
# The periods are the Landkreis's own; the Masterplan makes a view, and its proof compares two of them.
NOT_IN_SCENARIO = {"fundings", "segments", "upcoming", "effect", "why", "periods", "with_masterplan", "proof"}


def with_needs() -> Portfolio:
    """Sixty structures, and each of the first tasks needed in the whole Landkreis."""
    plain = generated(60)
    needs = [builders.need(id=task, task_id=task, area_id=1) for task in range(1, 11)]
    frames = {**plain.frames, "need": builders.frame(Need, needs)}
    return Portfolio(plain.dataset_id, plain.revision, frames)


@pytest.fixture(scope="module")
def known() -> Portfolio:
    return with_needs()


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_judges_the_portfolio_as_the_changes_leave_it(rule, known):
    pd.testing.assert_frame_equal(rule(known, WITH), rule(scenario.apply(known, CHANGES), AT))


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_changes_that_are_taken_back_leave_no_trace(rule, known):
    before = rule(known, AT)
    changed = rule(known, WITH)
    pd.testing.assert_frame_equal(rule(known, replace(AT, scenario=replace(AT.scenario, changes=()))), before)
    assert not changed.equals(before)
    assert changed[list(before)].dtypes.equals(before.dtypes)


@pytest.mark.parametrize("left_out", range(len(CHANGES)))
def test_without_one_of_the_changes_the_others_do_what_they_do_alone(left_out, known):
    others = CHANGES[:left_out] + CHANGES[left_out + 1 :]
    scenario.apply(known, CHANGES)
    expected = scenario.apply(with_needs(), others)
    found = scenario.apply(known, others)
    for table, frame in expected.frames.items():
        pd.testing.assert_frame_equal(found.frame(table), frame)


def test_the_given_portfolio_stays_as_it_is(known):
    before = {table: frame.copy() for table, frame in known.frames.items()}
    changed = scenario.apply(known, CHANGES)
    for table in changed.frames:
        frame = changed.frame(table)
        frame.iloc[:, 0] = frame.iloc[::-1, 0].to_numpy()
    for table, frame in known.frames.items():
        pd.testing.assert_frame_equal(frame, before[table])


def test_without_changes_nothing_is_copied(known):
    assert scenario.apply(known, ()) is known
    untouched = scenario.apply(known, (SetOnLoss(1, OnLoss.ENDS),))
    assert untouched.frames["responsibility"] is known.frames["responsibility"]


def test_decisions_are_about_the_data_as_they_are(known):
    pd.testing.assert_frame_equal(decisions.upcoming(known, WITH), decisions.upcoming(known, AT))


def test_a_view_without_its_changes_is_the_same_view():
    assert WITH.without_changes == AT
    assert hash(WITH) != hash(AT)


def asks_for_portfolio_and_view(function: object) -> bool:
    return inspect.isfunction(function) and list(inspect.signature(function).parameters)[:2] == [
        "portfolio",
        "view",
    ]


def test_every_rule_that_takes_a_portfolio_and_a_view_judges_in_the_scenario():
    """Apply `scenario.in_scenario` to it, or name it above, best among the rules that are compared."""
    modules = [
        importlib.import_module(f"{analysis.__name__}.{found.name}")
        for found in pkgutil.iter_modules(analysis.__path__)
    ]
    forgetful = {
        f"{module.__name__}.{name}"
        for module in modules
        for name, function in vars(module).items()
        if asks_for_portfolio_and_view(function) and function.__module__ == module.__name__
        if not name.startswith("_") and name not in NOT_IN_SCENARIO
        if not hasattr(function, "__wrapped__") and function not in RULES.values()
    }
    assert forgetful == set()
