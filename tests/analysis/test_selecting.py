"""What the filters of the sidebar let through: measures, and findings judged by the plan."""

from datetime import date

import pytest

from steering.analysis import selecting
from steering.analysis.changes import AddStructure, NewResponsibility
from steering.analysis.masterplan import budget
from steering.analysis.masterplan.proof import proof
from steering.analysis.structures.inventory import EVERYTHING, Selection
from steering.model import Level, Role, StructureKind
from tests import builders as b

LOOK = b.view("2026-06-30", first="2025-01-01", last="2027-12-31")
HERE, THERE = "09473111", "09473112"
NEW = AddStructure(
    name="Haus", kind=StructureKind.POST, organisation_id=2, valid_from=date(2027, 1, 1),
    responsibilities=(NewResponsibility(task_id=1, area_id=1, role=Role.LEAD),),
)  # fmt: skip


def known(*measures, **more):
    return b.portfolio(
        municipalities=[b.municipality(ags=HERE), b.municipality(ags=THERE)],
        areas=[b.area(id=1), b.area(id=2, kind="municipality")],
        area_municipalities=[
            b.area_municipality(area_id=1, ags=HERE), b.area_municipality(area_id=1, ags=THERE),
            b.area_municipality(area_id=2, ags=HERE),
        ],
        organisations=[
            b.organisation(id=1, slug="haus", level=Level.COUNTY),
            b.organisation(id=2, slug="amt", level=Level.COUNTY, parent_id=1),
            b.organisation(id=3, slug="awo", level=Level.WELFARE),
        ],
        fields=[b.task_field(id=1, slug="a"), b.task_field(id=2, slug="b")],
        tasks=[b.task(id=1, field_id=1), b.task(id=2, field_id=2)],
        target_groups=[b.target_group(everyone=True)],
        measures=measures, **more,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("chosen", "kept"),
    [
        (EVERYTHING, {1, 2, 3}),
        (Selection(fields=frozenset({"a"})), {1}),
        (Selection(fields=frozenset({"b"})), {2, 3}),
        (Selection(municipalities=frozenset({HERE})), {1, 2, 3}),
        (Selection(municipalities=frozenset({THERE})), {1, 3}),
        (Selection(levels=frozenset({Level.WELFARE.value})), {2, 3}),
        (Selection(organisations=frozenset({"haus"})), {1, 2}),
        (Selection(organisations=frozenset({"awo"})), {2, 3}),
    ],
)
def test_measures_are_let_through_by_field_place_level_and_carrier(chosen, kept):
    data = known(
        b.measure(id=1, field_id=1, area_id=1, organisation_id=2),
        b.measure(id=2, field_id=2, area_id=2),  # nobody is recorded: it could be anybody's
        b.measure(id=3, field_id=None, organisation_id=3),
        measure_tasks=[{"measure_id": 3, "task_id": 2}],
    )
    assert selecting.measures(data, chosen) == kept


def test_the_proof_counts_the_findings_of_the_chosen_field_without_and_with_the_plan():
    data = known(
        b.measure(NEW, id=1),
        needs=[b.need(id=1, task_id=1, quantity=5.0, unit="fte"), b.need(id=2, task_id=2)],
    )
    for slug, without, with_plan in (("a", 1, 0), ("b", 1, 1)):
        judged = proof(data, LOOK, chosen=Selection(fields=frozenset({slug}))).periods
        assert (judged["without"].iloc[1], judged["with_plan"].iloc[1]) == (without, with_plan)


def test_whom_the_plan_adds_is_of_a_level_too():
    """Two that lead one task: with the plan one of them is new, and of the chosen level."""
    leads = [b.responsibility(id=1, structure_id=1, task_id=1, role=Role.LEAD)]
    data = known(
        b.measure(NEW, id=1), structures=[b.structure(id=1, organisation_id=3)], responsibilities=leads
    )
    for level in (Level.COUNTY, Level.WELFARE):
        judged = proof(data, LOOK, chosen=Selection(levels=frozenset({level.value}))).periods
        assert (judged["without"].iloc[1], judged["with_plan"].iloc[1]) == (0, 1), level


def test_the_budget_lists_the_chosen_measures_only():
    data = known(
        b.measure(id=1, field_id=1), b.measure(id=2, field_id=2),
        measure_costs=[b.measure_cost(measure_id=1, year=2027), b.measure_cost(measure_id=2, year=2027)],
    )  # fmt: skip
    rows = budget.sheet(data, LOOK, True, False, Selection(fields=frozenset({"b"})))
    assert rows["id"].tolist() == [2]
