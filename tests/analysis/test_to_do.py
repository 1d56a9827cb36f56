"""Meine Aufgaben: what one unit has to see to, compared with the calendar and a slow walk up the tree."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Any

import pandas as pd
import pytest

from steering.analysis import discretion
from steering.analysis.confirmation import tracking
from steering.analysis.dates import dated
from steering.analysis.dates import to_do as rules
from steering.analysis.dates.to_do import ANSWER_BY, PAPERS_BY, TO_DO, ToDo, Urgency
from steering.analysis.portfolio import Portfolio
from steering.model import DateKind, SurveyRequest, SurveyRound
from tests.builders import (
    action_item,
    agenda_item,
    agreement,
    agreement_organisation,
    area,
    area_municipality,
    assessment,
    committee,
    committee_date,
    confirmation_request,
    confirmation_round,
    funding,
    measure,
    meeting,
    milestone,
    municipality,
    organisation,
    outcome,
    portfolio,
    programme,
    record,
    responsibility,
    structure,
    task,
    task_field,
)
from tests.generated import generated

TODAY = date(2026, 11, 25)
LANDKREIS, FB22, BUERO, CARITAS, FB21 = 1, 2, 3, 4, 5
WORLD: dict[str, Any] = {
    "organisations": [
        organisation(id=LANDKREIS, slug="landkreis", name="Landkreis"),
        organisation(id=FB22, slug="fb22", name="Fachbereich 22", parent_id=LANDKREIS),
        organisation(id=BUERO, slug="buero", name="Familienbüro", parent_id=FB22),
        organisation(id=CARITAS, slug="caritas", name="Caritas", level="welfare"),
        organisation(id=FB21, slug="fb21", name="Fachbereich 21", parent_id=LANDKREIS),
    ],
    "municipalities": [municipality(ags="09473112")],
    "areas": [area()],
    "area_municipalities": [area_municipality()],
    "fields": [task_field(id=1, slug="sprache")],
    "tasks": [task(id=1, name="Sprachkurse", legal_character="voluntary")],
    "structures": [
        structure(id=1, name="Lotsen", organisation_id=BUERO),
        structure(id=2, name="Beratung", organisation_id=CARITAS, department_id=FB22),
        structure(id=3, name="Ganz woanders", organisation_id=CARITAS),
    ],
    "responsibilities": [responsibility(structure_id=key, task_id=1) for key in (1, 2)],
    "programmes": [programme(id=1, slug="p", deadline_on="2027-03-31")],
    "committees": [committee(id=1, name="Kreistag")],
    "committee_dates": [committee_date(id=1, committee_id=1, day="2027-03-20", papers_due="2027-03-01")],
    "fundings": [
        funding(id=1, structure_id=1, programme_id=1, end="2027-12-31", proof_due="2028-06-30"),
        funding(id=2, structure_id=2, programme_id=1, end="2027-06-30", proof_due="2026-06-30"),
        funding(id=3, structure_id=3, programme_id=1, end="2027-06-30"),
    ],
    "agreements": [agreement(id=1, name="Vereinbarung", valid_until="2027-06-30", notice_months=3)],
    "agreement_organisations": [agreement_organisation(agreement_id=1, organisation_id=FB22)],
    "measures": [
        measure(id=1, name="Stelle", status="planned", organisation_id=BUERO),
        measure(id=2, name="Fremd", status="planned", organisation_id=CARITAS),
    ],
    "milestones": [
        milestone(id=1, measure_id=1, name="Stellenplan", day="2026-11-13"),
        milestone(id=2, measure_id=2, name="Fremder Schritt", day="2026-11-13"),
    ],
    "meetings": [meeting(id=1, day="2026-10-01", status="invited")],
    "agenda_items": [
        agenda_item(id=1, meeting_id=1, subject="structure", subject_key="1"),
        agenda_item(id=2, meeting_id=1, name="Frei"),
    ],
    "outcomes": [
        outcome(agenda_item_id=1, id=1, status="recorded", progress="open", resubmit_on="2026-11-26"),
        outcome(agenda_item_id=2, id=2, status="recorded", progress="open", resubmit_on="2026-11-26"),
    ],
    "action_items": [
        action_item(id=1, agenda_item_id=1, organisation_id=FB22, name="Anfragen", due="2026-12-31"),
        action_item(id=2, agenda_item_id=1, organisation_id=CARITAS, name="Antworten", due="2026-12-01"),
        action_item(id=3, agenda_item_id=2, organisation_id=FB22, name="Still", due="2026-12-01",
                    internal=True),
        action_item(id=4, agenda_item_id=2, organisation_id=FB22, name="Getan", due="2026-11-01",
                    status="done"),
    ],
    "assessments": [
        assessment(id=1, key="OVERLAP/t1/s1,s2", state="to_clarify", resubmit_on="2026-11-24"),
        assessment(id=2, key="OVERLAP/t1/s3", state="to_clarify", resubmit_on="2026-11-24"),
    ],
    "confirmation_rounds": [confirmation_round(id=1, due="2026-11-20")],
    "confirmation_requests": [
        confirmation_request(id=1, organisation_id=FB22),
        confirmation_request(id=2, organisation_id=BUERO, answered_on="2026-11-01"),
        confirmation_request(id=3, organisation_id=CARITAS),
    ],
    "survey_rounds": [
        record(SurveyRound, id=1, name="Bedarfe 2027", sent_on="2026-11-01", due="2026-12-20"),
    ],
    "survey_requests": [
        record(SurveyRequest, id=1, round_id=1, organisation_id=BUERO, token="a" * 16,
               reminded_on="2026-11-20"),
        record(SurveyRequest, id=2, round_id=1, organisation_id=FB22, token="b" * 16,
               refused_on="2026-11-20"),
        record(SurveyRequest, id=3, round_id=1, ags="09473112", token="c" * 16),
    ],
}  # fmt: skip


@cache
def whole() -> Portfolio:
    return portfolio(**WORLD)


def world(**records: Any) -> Portfolio:
    return portfolio(**WORLD | records) if records else whole()


def to_do(data: Portfolio, today: date, unit: int) -> tuple[ToDo, ...]:
    return rules.to_do(data, dates_of(data, today), today, unit)


@lru_cache(maxsize=8)
def dates_of(data: Portfolio, today: date) -> pd.DataFrame:
    return dated(data, today)


def found(unit: int = FB22, today: date = TODAY, **records: Any) -> dict[str, ToDo]:
    return {each.key: each for each in to_do(world(**records), today, unit)}


def test_a_unit_has_to_see_to_what_is_up_to_it_or_to_a_unit_below_it_and_to_nothing_else():
    assert set(found()) == {
        "milestone-1-milestone", "request-1", "survey-1", "assessment-1-resubmit", "outcome-1-resubmit",
        "action-1-agreed", "action-3-agreed", "funding-1-apply", "funding-1-decide", "funding-1-proof",
        "funding-2-apply",
    }  # fmt: skip


def test_urgent_things_come_first_each_with_how_late_it_is():
    told = to_do(world(), TODAY, FB22)
    late = [(each.key, each.late) for each in told if each.urgency is Urgency.OVERDUE]
    assert late == [("milestone-1-milestone", 12), ("request-1", 5), ("assessment-1-resubmit", 1)]
    rest = [each.urgency for each in told[len(late) :]]
    assert rest == sorted(rest, key=list(Urgency).index)
    for urgency in Urgency:
        days = [each.day for each in told if each.urgency is urgency]
        assert days == sorted(days)


def test_a_decision_is_due_when_its_papers_close():
    decision = found()["funding-1-decide"]
    assert (decision.kind, decision.day) == (PAPERS_BY, date(2027, 3, 1))
    assert decision.note.startswith("Beschluss am 20.03.2027.")


def test_without_a_sitting_a_decision_is_due_on_the_estimated_day():
    decision = found(committee_dates=[])["funding-1-decide"]
    assert (decision.kind, decision.estimated) == ("Beschluss bis", True)


def test_a_day_that_is_only_estimated_stands_to_be_done_and_is_never_overdue():
    """A unit was told to be late for a sitting that the program had made up."""
    soon = [funding(id=1, structure_id=1, end="2027-03-31")]
    told = found(fundings=soon, committee_dates=[])
    for key in ("funding-1-decide", "funding-1-apply"):
        assert (told[key].day < TODAY, told[key].estimated) == (True, True)
        assert (told[key].urgency, told[key].late) == (Urgency.NOW, 0)


def test_where_nothing_can_be_applied_for_no_decision_is_overdue():
    sitting = [
        committee_date(id=1, committee_id=1, day="2026-12-17", papers_due="2026-11-20", provenance="example")
    ]
    closed = [funding(id=1, structure_id=1, end="2027-03-31", extension="not_yet_possible")]
    decision = found(fundings=closed, committee_dates=sitting)["funding-1-decide"]
    assert (decision.urgency, decision.late) == (Urgency.NOW, 0)


def test_a_proof_that_is_past_is_nothing_to_do_for_nobody_knows_whether_it_was_handed_in():
    assert "funding-2-proof" not in found()
    assert found(today=date(2026, 6, 20))["funding-2-proof"].urgency is Urgency.NOW


def test_an_answer_that_has_come_is_none_any_more():
    assert found(BUERO).keys() & {"request-1", "request-2", "request-3"} == set()
    assert found(CARITAS)["request-3"].kind == ANSWER_BY["request"]


def test_an_older_round_is_not_owed_any_more_once_a_newer_one_has_asked():
    older = record(SurveyRound, id=2, name="Bedarfe 2025", sent_on="2025-09-01", due="2025-10-20")
    unanswered = record(SurveyRequest, id=4, round_id=2, organisation_id=BUERO, token="d" * 16)
    rounds, requests = WORLD["survey_rounds"], WORLD["survey_requests"]
    told = found(BUERO, survey_rounds=[*rounds, older], survey_requests=[*requests, unanswered])
    assert {"survey-1", "survey-4"} & told.keys() == {"survey-1"}
    told = found(BUERO, survey_rounds=[older], survey_requests=[unanswered])
    assert told["survey-4"].urgency is Urgency.OVERDUE
    before = confirmation_round(id=2, sent_on="2025-09-01", due="2025-10-20")
    told = found(
        BUERO,
        confirmation_rounds=[*WORLD["confirmation_rounds"], before],
        confirmation_requests=[
            *WORLD["confirmation_requests"], confirmation_request(id=4, round_id=2, organisation_id=BUERO)
        ],
    )  # fmt: skip
    assert "request-4" not in told, "the newer one is answered"


@pytest.mark.parametrize("unit", [0, 99])
def test_a_unit_that_is_not_there_has_nothing_to_do(unit: int):
    assert to_do(world(), TODAY, unit) == ()


def test_what_is_internal_is_not_among_what_everybody_may_see():
    everybody = discretion.for_everyone(world())
    keys = {each.key for each in to_do(everybody, TODAY, FB22)}
    assert not keys & {"action-3-agreed", "request-1"}
    assert "action-1-agreed" in keys
    assert found()["action-3-agreed"].internal
    assert found()["request-1"].internal


def carried_by(data: Portfolio, unit: int) -> set[int]:
    """A unit and those below it, by walking up from each."""
    parents = dict(zip(data.organisations["id"], data.organisations["parent_id"], strict=True))

    def above(key: Any) -> set[int]:
        seen: set[int] = set()
        while key in parents and key not in seen:
            seen.add(int(key))
            key = parents[key]
        return seen

    return {int(key) for key in parents if unit in above(key)}


def expected(data: Portfolio, unit: int, today: date) -> set[str]:
    """Slowly, record by record: the keys of the calendar's rows that are up to the unit."""
    own = carried_by(data, unit)
    structures = data.structures.to_dict("records")
    theirs = {row["id"] for row in structures if row["organisation_id"] in own}
    mine = theirs | {row["id"] for row in structures if row["department_id"] in own}
    fundings = dict(zip(data.fundings["id"], data.fundings["structure_id"], strict=True))
    measures = dict(zip(data.measures["id"], data.measures["organisation_id"], strict=True))
    steps = dict(zip(data.milestones["id"], data.milestones["measure_id"], strict=True))
    actions = dict(zip(data.action_items["id"], data.action_items["organisation_id"], strict=True))
    assessed = dict(zip(data.assessments["id"], data.assessments["key"], strict=True))
    keys = set()
    for row in dates_of(data, today).to_dict("records"):
        kind, number, what = row["key"].split("-")
        key, day = int(number), row["day"].date()
        up_to_us = {
            "funding": lambda key=key: fundings[key] in mine,
            "milestone": lambda key=key: measures[steps[key]] in own,
            "action": lambda key=key: actions[key] in own,
            "assessment": lambda key=key: any(f"s{one}" in assessed[key].split("/")[2].split(",")
                                              for one in theirs),
            "outcome": lambda key=key: key == 1 and 1 in theirs,
        }.get(kind, lambda: False)()  # fmt: skip
        done = what == DateKind.PROOF_DUE and day < today
        if DateKind(what) in TO_DO and up_to_us and not done:
            keys.add(row["key"])
    for held in data.confirmation_rounds["id"]:
        rows = tracking(data, int(held), today)
        rows = rows[rows["organisation_id"].isin(own) & rows["answered_on"].isna()]
        keys |= {f"request-{key}" for key in rows["request_id"]}
    asked = data.survey_requests
    open_ones = asked["answered_on"].isna() & asked["refused_on"].isna() & asked["organisation_id"].isin(own)
    keys |= {f"survey-{key}" for key in asked.loc[open_ones, "id"]}
    return keys


@pytest.mark.parametrize("days", [-170, 0, 40])
def test_the_rows_are_those_of_the_calendar_that_are_up_to_the_unit_and_nothing_twice(days: int):
    today = TODAY + timedelta(days)
    for unit in (LANDKREIS, FB22, BUERO, CARITAS, FB21):
        keys = [each.key for each in to_do(world(), today, unit)]
        assert len(keys) == len(set(keys))
        assert set(keys) == expected(world(), unit, today)


def test_in_a_large_inventory_too():
    data = generated(60)
    units = data.organisations["id"].tolist()
    told = {unit: [each.key for each in to_do(data, TODAY, unit)] for unit in units}
    assert any(told.values())
    for unit in units:
        assert set(told[unit]) == expected(data, unit, TODAY)
        assert len(told[unit]) == len(set(told[unit]))


def test_examples_that_are_hidden_are_gone_and_others_are_marked():
    made_up = replace(world(milestones=[milestone(id=1, measure_id=1, day="2026-11-13",
                                                  provenance="example")]))  # fmt: skip
    assert next(each for each in to_do(made_up, TODAY, FB22) if each.key.startswith("milestone")).example
    assert not any(
        each.key.startswith("milestone") for each in to_do(made_up.without_examples(), TODAY, FB22)
    )
