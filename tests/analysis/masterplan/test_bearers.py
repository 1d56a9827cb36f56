"""Who carries what in a period, and what measures still lack."""

from datetime import date

import pandas as pd

from steering.analysis.changes import AddStructure, DropFunding, ExtendFunding, NewResponsibility
from steering.analysis.masterplan import plan, reminders
from steering.analysis.masterplan.bearers import bearers
from steering.model import MeasureStatus, MilestoneProgress, Role, StructureKind
from tests.builders import (
    area,
    funding,
    measure,
    measure_cost,
    milestone,
    organisation,
    portfolio,
    responsibility,
    structure,
    task,
    view,
)

YEAR = (date(2027, 1, 1), date(2027, 12, 31))
LOOK = view("2026-11-25")
HOUSE = AddStructure(
    name="Haus",
    kind=StructureKind.POST,
    organisation_id=1,
    valid_from=date(2027, 7, 1),
    responsibilities=(NewResponsibility(task_id=1, area_id=1, role=Role.LEAD),),
)


def known(**more):
    return portfolio(
        organisations=[organisation(id=1)],
        areas=[area()],
        tasks=[task(id=1)],
        structures=[structure(id=1, name="A"), structure(id=2, name="B"), structure(id=3, name="C")],
        fundings=[
            funding(id=1, structure_id=1, end="2027-03-31"),
            funding(id=2, structure_id=2, end="2026-12-31"),
            funding(id=3, structure_id=3, end=None, end_kind="unknown"),
        ],
        responsibilities=[
            responsibility(structure_id=1, role=Role.LEAD),
            responsibility(structure_id=1),
            responsibility(structure_id=2),
            responsibility(structure_id=3),
            responsibility(structure_id=3, role=Role.SUPPORT),
        ],
        **more,
    )


def test_only_what_exists_in_the_period_carries_and_what_is_uncertain_says_so():
    rows = bearers(known(), LOOK, *YEAR).set_index("name")
    assert list(rows.index) == ["A", "C"]
    assert list(rows.loc["A", ["lead", "unknown", "added"]]) == [True, False, False]
    assert rows.loc["A", "until"] == pd.Timestamp("2027-03-31")
    assert list(rows.loc["C", ["lead", "unknown"]]) == [False, True]


def test_the_plan_adds_and_prolongs():
    data = known(measures=[measure(HOUSE, ExtendFunding(2, date(2030, 12, 31)))])
    rows = bearers(data, plan.with_masterplan(data, LOOK), *YEAR).set_index("name")
    assert set(rows.index) == {"A", "B", "C", "Haus"}
    assert list(rows.loc["Haus", ["added", "since"]]) == [True, pd.Timestamp("2027-07-01")]


def reasons(**more):
    found = reminders.reminders(portfolio(**more), date(2026, 11, 25))
    return found.set_index("reason")["since"].to_dict()


def test_a_measure_nobody_answers_for_that_costs_something_unknown_and_does_nothing_is_named():
    assert set(reasons(measures=[measure(id=1)])) == {
        reminders.NO_ONE,
        reminders.NO_MONEY,
        reminders.NO_EFFECT,
    }


def test_a_measure_with_all_of_it_is_not_named():
    whole = {
        "organisations": [organisation(id=1)],
        "fundings": [funding(id=1)],
        "measures": [measure(DropFunding(1), id=1, organisation_id=1, end="2026-11-25")],
        "measure_costs": [measure_cost(amount_cents=0)],
        "milestones": [
            milestone(day="2026-11-25"),
            milestone(day="2026-01-01", progress=MilestoneProgress.REACHED),
        ],
    }
    assert reasons(**whole) == {}


def test_what_is_late_says_since_when_and_an_effect_on_nothing_is_named():
    found = reasons(
        measures=[measure(DropFunding(9), id=1, end="2026-11-24")], milestones=[milestone(day="2026-11-01")]
    )
    assert found[reminders.LATE] == pd.Timestamp("2026-11-24")
    assert found[reminders.LATE_STEP] == pd.Timestamp("2026-11-01")
    assert reminders.GONE in found
    assert reminders.NO_EFFECT not in found


def test_a_completed_measure_is_named_until_its_effects_are_in_the_data_and_a_discarded_one_never():
    done = measure(DropFunding(1), status=MeasureStatus.COMPLETED)
    assert set(reasons(measures=[done])) == {reminders.TO_TAKE_OVER}
    assert reasons(measures=[done | {"taken_over_on": "2026-11-01"}]) == {}
    assert reasons(measures=[measure(status=MeasureStatus.DISCARDED, end="2020-01-01")]) == {}
