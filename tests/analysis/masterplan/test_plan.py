"""The scenario with the Masterplan: which measures act, in which order, and what does not act any more."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from steering.analysis.changes import AddStructure, DropFunding, EndFunding, ExtendFunding, SetOnLoss
from steering.analysis.findings import seen
from steering.analysis.lives import lifecycle
from steering.analysis.masterplan import plan
from steering.analysis.scenarios import scenario
from steering.analysis.view import Scenario
from steering.model import MeasureStatus, OnLoss, StructureKind
from tests.builders import funding, measure, organisation, portfolio, structure, view

EARLY, LATE = date(2026, 12, 31), date(2028, 12, 31)
HOUSE = AddStructure(name="Haus", kind=StructureKind.POST, organisation_id=1)


def known(*measures, **more):
    return portfolio(
        organisations=[organisation(id=1)],
        structures=[structure(id=1, name="Lotsen")],
        fundings=[funding(id=1, start="2024-01-01", end="2026-12-31")],
        measures=measures,
        **more,
    )


@pytest.mark.parametrize(
    ("status", "acts", "on_request"),
    [
        (MeasureStatus.IDEA, False, True),
        (MeasureStatus.PLANNED, True, True),
        (MeasureStatus.DECIDED, True, True),
        (MeasureStatus.RUNNING, True, True),
        (MeasureStatus.COMPLETED, False, False),
        (MeasureStatus.DISCARDED, False, False),
    ],
)
def test_planned_decided_and_running_measures_act_ideas_on_request(status, acts, on_request):
    data = known(measure(ExtendFunding(1, LATE), status=status))
    assert bool(plan.changes(data)) is acts
    assert bool(plan.changes(data, True)) is on_request


def test_measures_act_by_id_each_in_its_own_order_and_before_the_what_if():
    data = known(measure(DropFunding(1), id=7), measure(ExtendFunding(1, LATE), EndFunding(1, EARLY), id=2))
    assumed = SetOnLoss(1, OnLoss.ENDS)
    look = replace(view(), scenario=Scenario(changes=(assumed,)))
    found = plan.with_masterplan(data, look).scenario
    assert found.changes == (ExtendFunding(1, LATE), EndFunding(1, EARLY), DropFunding(1), assumed)
    assert found.planned == 3


def test_the_view_without_what_if_keeps_the_masterplan_and_the_one_without_changes_does_not():
    data = known(measure(ExtendFunding(1, LATE)))
    look = plan.with_masterplan(data, replace(view(), scenario=Scenario(changes=(DropFunding(1),))))
    assert look.without_what_if == plan.with_masterplan(data, view())
    assert look.without_changes == view()


def test_planning_twice_is_planning_once():
    data = known(measure(ExtendFunding(1, LATE)))
    once = plan.with_masterplan(data, view())
    assert plan.with_masterplan(data, once) == once


def test_the_masterplan_is_the_same_mechanism_as_the_what_if():
    effects = (ExtendFunding(1, LATE), HOUSE)
    data = known(measure(*effects))
    assumed = replace(view(), scenario=Scenario(changes=effects))
    with_plan = plan.with_masterplan(data, view())
    pd.testing.assert_frame_equal(lifecycle.lives(data, with_plan), lifecycle.lives(data, assumed))
    ends = lifecycle.endings(data, with_plan, EARLY, LATE)
    assert ends["last_day"].dt.date.tolist() == [LATE]


def test_what_an_assessment_sees_is_without_the_masterplan():
    with_plan, without = known(measure(DropFunding(1))), known()
    pd.testing.assert_frame_equal(seen(with_plan, EARLY), seen(without, EARLY))


def test_an_effect_on_something_archived_meanwhile_says_so_and_is_applied_to_nothing():
    data = known(measure(ExtendFunding(99, LATE), ExtendFunding(1, LATE), id=1))
    gone, works = plan.told(data, 1)
    assert "nicht mehr vorhanden" in gone.words
    assert "archiviert" in gone.problem
    assert works.problem == ""
    assert scenario.inapplicable(data, plan.changes(data)) == (ExtendFunding(99, LATE),)


def test_an_effect_nobody_can_read_is_shown_and_the_others_act():
    broken = measure(id=1) | {"effects": '[{"kind": "abolish"}, {"kind": "drop_funding", "funding_id": 1}]'}
    data = known(broken)
    unreadable, works = plan.told(data, 1)
    assert unreadable.words.startswith("Nicht lesbar: ")
    assert "abolish" in unreadable.problem
    assert works.problem == ""
    assert plan.changes(data) == (DropFunding(1),)


def test_an_effect_may_name_what_an_earlier_measure_adds():
    added = scenario.apply(known(), (HOUSE,)).structures["id"].min()
    data = known(measure(HOUSE, id=1), measure(SetOnLoss(int(added), OnLoss.ENDS), id=2))
    (told,) = plan.told(data, 2)
    assert told.problem == ""
    assert "Haus" in told.words


def test_a_measure_without_effects_and_one_that_is_gone_tell_none():
    assert plan.told(known(measure(id=1)), 1) == plan.told(known(), 1) == ()
