"""Open tasks counted from findings: each once, on at least one day, and why it opens."""

from datetime import date

import pandas as pd

from steering.analysis import findings
from steering.analysis.findings.causes import Cause, CauseKind
from steering.analysis.needs import open_tasks
from steering.analysis.needs.open_tasks import MAYBE, NEED_BEGINS, OPEN
from steering.analysis.view import Horizon
from steering.model import FindingKind
from tests import builders

HORIZON = Horizon(date(2026, 1, 1), date(2027, 12, 31))
MEETS = "09473112"


def found(*given: dict) -> pd.DataFrame:
    """Findings of task 1 in one municipality, gaps of need 1 without end unless said otherwise."""
    default = {
        "key": "GAP/t1//n1",
        "kind": FindingKind.GAP.value,
        "task_id": 1,
        "need_id": 1,
        "start": None,
        "end": None,
        "causes": (),
        "municipalities": (MEETS,),
        "persons_least": pd.NA,
    }
    rows = pd.DataFrame([default | each for each in given], columns=list(default))
    for column in ("start", "end"):
        rows[column] = pd.to_datetime(rows[column]).astype("datetime64[s]")
    return rows.astype({"task_id": "Int64", "need_id": "Int64", "persons_least": "Int64"})


def unmet(*given: dict) -> pd.DataFrame:
    return open_tasks.unmet(found(*given))


def per_quarter(*given: dict) -> dict[str, str]:
    rows = open_tasks.per_quarter(unmet(*given), HORIZON)
    return {f"{day:%Y-%m}": state for day, state in zip(rows["quarter"], rows["state"], strict=True)}


def test_gaps_and_shortfalls_are_open_and_what_is_not_known_about_a_need_may_be():
    rows = unmet(
        {"kind": "GAP"},
        {"kind": "LEAD_ONLY"},
        {"kind": "SHORTFALL"},
        {"kind": "UNKNOWN"},
        {"kind": "UNKNOWN", "need_id": None},
        {"kind": "OVERLAP", "need_id": None},
    )
    assert rows["state"].tolist() == [OPEN, OPEN, OPEN, MAYBE]


def test_one_day_makes_a_quarter():
    assert per_quarter({"start": "2026-06-30", "end": "2026-07-01"}) == {"2026-04": OPEN, "2026-07": OPEN}


def test_open_sides_reach_to_the_ends_of_the_horizon():
    assert list(per_quarter({})) == [f"{year}-{month:02}" for year in (2026, 2027) for month in (1, 4, 7, 10)]


def test_a_task_counts_once_a_quarter_and_open_beats_uncertain():
    rows = open_tasks.per_quarter(
        unmet({"end": "2026-02-01"}, {"kind": "UNKNOWN"}, {"end": "2026-03-01"}), HORIZON
    )
    assert rows["state"].tolist() == [OPEN] + 7 * [MAYBE]


def test_a_task_counts_once_per_municipality():
    rows = open_tasks.per_municipality(
        unmet({"kind": "UNKNOWN", "municipalities": (MEETS, "09473120")}, {"municipalities": (MEETS,)})
    )
    assert dict(zip(rows["ags"], rows["state"], strict=True)) == {MEETS: OPEN, "09473120": MAYBE}


def test_nothing_found_is_nothing_open():
    assert open_tasks.per_quarter(unmet(), HORIZON).empty
    assert open_tasks.per_municipality(unmet()).empty


def opening(*given: dict, valid_from: date | None = None):
    portfolio = builders.portfolio(needs=[builders.need(id=1, valid_from=valid_from)])
    return open_tasks.next_opening(unmet(*given), portfolio, date(2026, 11, 22))


def test_the_next_opening_says_which_tasks_and_why():
    causes = (Cause(CauseKind.STRUCTURE, date(2026, 12, 31), ("BIR III",)),)
    first = opening(
        {"start": "2027-01-01", "causes": causes},
        {"start": "2027-01-01", "causes": causes, "task_id": 2},
        {"start": "2027-06-01", "task_id": 3},
    )
    assert first is not None
    assert (first.day, first.tasks) == (date(2027, 1, 1), (1, 2))
    assert first.reasons == (("BIR III endet", 2),)


def test_a_task_that_is_open_already_does_not_open_again():
    first = opening({"end": "2026-12-31"}, {"start": "2027-01-01"}, {"start": "2027-06-01", "task_id": 2})
    assert first is not None
    assert first.tasks == (2,)


def test_a_need_that_begins_is_a_reason_of_its_own():
    first = opening({"start": "2027-01-01"}, valid_from=date(2027, 1, 1))
    assert first is not None
    assert first.reasons == ((NEED_BEGINS, 1),)


def test_without_an_opening_ahead_there_is_none():
    assert opening({}) is None


def test_what_is_surveyed_is_all_but_what_is_not():
    portfolio = builders.portfolio(
        municipalities=[builders.municipality(ags=MEETS), builders.municipality(ags="09473120")],
        areas=[builders.area(id=1)],
        area_municipalities=[builders.area_municipality(area_id=1, ags=MEETS)],
        tasks=[builders.task(id=1), builders.task(id=2)],
        needs=[builders.need(id=1, task_id=1, area_id=1)],
    )
    known, unknown = open_tasks.surveyed(portfolio), findings.not_surveyed(portfolio)
    assert known.to_dict("records") == [{"task_id": 1, "ags": MEETS}]
    assert len(known) + len(unknown) == 4
