"""Assumptions in the address: there and back, and nothing else gets in."""

from datetime import date

import pytest

from steering.analysis.changes import (
    AddResponsibility,
    DropFunding,
    DropProgramme,
    EndFunding,
    EndProgramme,
    EndResponsibility,
    ExtendFunding,
    ExtendProgramme,
    MergeResponsibilities,
    MoveResponsibility,
    SetOnLoss,
)
from steering.analysis.scenarios.assumption_codes import change_of, code
from steering.model import OnLoss, Role
from steering.web.frame.assumptions import ASSUMPTIONS

DAY = date(2027, 6, 30)
CHANGES = (
    ExtendProgramme(4, DAY),
    EndProgramme(4, DAY),
    DropProgramme(4),
    ExtendFunding(17, DAY),
    EndFunding(17, DAY),
    DropFunding(17),
    AddResponsibility(structure_id=1, task_id=2, area_id=3, role=Role.LEAD, valid_from=DAY),
    EndResponsibility(5, DAY),
    MoveResponsibility(5, 6, DAY),
    MergeResponsibilities(5, 7, DAY),
    SetOnLoss(8, OnLoss.CONTINUES, 1.5),
    SetOnLoss(8, OnLoss.CONTINUES, 1.5, DAY),
)
UNKNOWN_SIZE = (SetOnLoss(8, OnLoss.CONTINUES), SetOnLoss(8, OnLoss.CONTINUES, None, DAY))


@pytest.mark.parametrize("change", CHANGES + UNKNOWN_SIZE, ids=lambda change: type(change).__name__)
def test_an_assumption_is_the_same_after_the_way_through_the_address(change):
    assert change_of(code(change)) == change
    assert len(code(change)) < 60


def test_every_assumption_of_the_form_has_a_code():
    assert len(ASSUMPTIONS) == len(CHANGES)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "programm-endet",
        "programm-endet~4",
        "programm-endet~4~gestern",
        "programm-endet~4~0026-01-01",
        "programm-endet~-4~2027-06-30",
        "programm-endet~٤~2027-06-30",
        "programm-endet~4~2027-06-30~5",
        "programm-verschwindet~4",
        "zustaendigkeit-neu~1~2~3~boss~2027-06-30",
        "eigenmittel~8~nan",
        "eigenmittel~8~1e9",
        "eigenmittel~8~viel",
        "programm-entfaellt~" + "9" * 200,
    ],
)
def test_what_is_no_assumption_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011
        change_of(text)
