"""What is first to be said of a task, and the day until which one is warned."""

from datetime import date

import pandas as pd
import pytest

from steering.analysis.findings import clarity
from steering.analysis.findings.clarity import Clarity
from steering.analysis.findings.endings import warned_until
from steering.analysis.findings.reasons import AGREEMENT
from steering.model import FindingKind, Role
from tests import builders

TASK = 1
LED = [(TASK, Role.LEAD, False)]
ACCOMPANIED = [(TASK, Role.SUPPORT, False)]
OVERLAP = (FindingKind.OVERLAP, "", False, False)
AGREED = (FindingKind.OVERLAP, "", False, True)
INTERNAL = (FindingKind.OVERLAP, "", True, False)
GAP = (FindingKind.GAP, "", False, False)


@pytest.mark.parametrize(
    ("held", "found", "said"),
    [
        ([], [], Clarity.NOTHING_OPEN),
        (LED, [], Clarity.IN_ORDER),
        ([(TASK, Role.LEAD, True)], [], Clarity.UNKNOWN),
        ([(TASK, Role.LEAD, True), *LED], [], Clarity.IN_ORDER),
        ([], [GAP], Clarity.NOBODY),
        (ACCOMPANIED, [GAP], Clarity.NOBODY),
        (LED, [GAP], Clarity.PARTLY_OPEN),
        (LED, [(FindingKind.UNKNOWN, AGREEMENT, False, False), GAP], Clarity.AGREEMENT_MISSING),
        (LED, [(FindingKind.UNKNOWN, "etwas anderes", False, False)], Clarity.IN_ORDER),
        (LED, [(FindingKind.LEAD_ONLY, "", False, False)], Clarity.LEAD_ONLY),
        (ACCOMPANIED, [(FindingKind.NO_LEAD, "", False, False)], Clarity.NO_LEAD),
        (ACCOMPANIED, [(FindingKind.NO_LEAD, "", False, True)], Clarity.IN_ORDER),
        (LED, [INTERNAL], Clarity.WITHIN_ONE_HOUSE),
        (LED, [INTERNAL, AGREED], Clarity.AGREED),
        (LED, [AGREED, OVERLAP, GAP], Clarity.DISPUTED),
    ],
)
def test_of_all_that_applies_to_a_task_the_most_pressing_is_said(held, found, said):
    rows = pd.DataFrame(
        [(TASK, *each) for each in found], columns=["task_id", "kind", "reason", "internal", "coordinated"]
    ).astype({"internal": bool, "coordinated": bool})
    rows = rows.assign(assessment_state="", assessed=False)
    duties = pd.DataFrame(held, columns=["task_id", "role", "unknown"]).astype({"unknown": bool})
    told = clarity.of_tasks(pd.Series([TASK, 2, 3]), duties, rows, not_surveyed={2})
    assert told == [said, Clarity.NOT_SURVEYED, Clarity.NOTHING_OPEN]


def test_every_clarity_has_its_word_and_says_whether_somebody_has_to_act():
    from steering.web.responsibilities.rows import STATUSES

    assert set(STATUSES) == set(Clarity)
    assert len({word for word, _ in STATUSES.values()}) == len(Clarity)


@pytest.mark.parametrize(
    ("months", "as_of", "last"),
    [
        (18, date(2026, 11, 22), "2028-05-22"),
        (1, date(2027, 1, 31), "2027-02-28"),
        (0, date(2027, 1, 31), "2027-01-31"),
    ],
)
def test_one_is_warned_for_as_many_months_as_the_landkreis_has_set(months, as_of, last):
    portfolio = builders.portfolio(settings={"warning_months": months})
    assert warned_until(portfolio, as_of) == pd.Timestamp(last)
