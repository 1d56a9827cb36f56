"""The proof of the Masterplan: periods, counts, and contributions that add up as documented."""

from datetime import date

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from steering.analysis.changes import AddResponsibility, EndResponsibility, ExtendFunding
from steering.analysis.findings import standing
from steering.analysis.findings.counted import holding, pending
from steering.analysis.findings.kinds import COUNTED
from steering.analysis.masterplan import counted, plan
from steering.analysis.masterplan.periods import periods
from steering.analysis.masterplan.proof import proof
from steering.model import MeasureStatus, Role
from tests.builders import (
    area,
    area_municipality,
    assessment,
    funding,
    measure,
    municipality,
    need,
    organisation,
    period,
    portfolio,
    responsibility,
    structure,
    target_group,
    task,
    task_field,
    view,
)

LOOK = view("2026-06-30", first="2025-01-01", last="2035-12-31")
LATE = date(2028, 12, 31)


def known(*measures, **more):
    """One structure that ends in 2026 and does task 1; nobody does task 2; both are needed."""
    records = {
        "municipalities": [municipality()],
        "areas": [area()],
        "area_municipalities": [area_municipality()],
        "organisations": [organisation(id=1), organisation(id=2)],
        "fields": [task_field()],
        "tasks": [task(id=1), task(id=2)],
        "target_groups": [target_group(everyone=True)],
        "structures": [structure(id=1), structure(id=2, organisation_id=2)],
        "fundings": [funding(id=1, start="2024-01-01", end="2026-12-31")],
        "responsibilities": [responsibility(id=1, role=Role.LEAD)],
        "needs": [need(id=1, task_id=1), need(id=2, task_id=2)],
    }
    return portfolio(**{**records, **more}, measures=measures)


PROLONG = ExtendFunding(1, LATE)
TAKE_ON = AddResponsibility(structure_id=2, task_id=2, area_id=1, role=Role.LEAD, valid_from=date(2028, 1, 1))
ALSO = AddResponsibility(structure_id=2, task_id=1, area_id=1, role=Role.LEAD, valid_from=date(2029, 1, 1))
TWICE = AddResponsibility(structure_id=2, task_id=1, area_id=1, role=Role.LEAD)
STOP = EndResponsibility(1, date(2026, 6, 30))


def test_periods_are_three_single_years_and_then_three_years_each_to_the_horizon():
    names = periods(known(), LOOK)["name"].tolist()
    assert names == ["2026", "2027", "2028", "2029–2031", "2032–2034", "2035"]
    short = view("2026-06-30", first="2025-01-01", last="2027-06-30")
    assert periods(known(), short)["name"].tolist() == ["2026", "01.01.2027–30.06.2027"]


def test_the_periods_of_the_landkreis_take_their_place_as_far_as_the_horizon_reaches():
    own = [
        period("2034-07-01", "2040-12-31"),
        period("2027-01-01", "2030-12-31"),
        period("2050-01-01", "2050-12-31"),
    ]
    found = periods(known(periods=own), LOOK)
    assert found["name"].tolist() == ["2027–2030", "01.07.2034–31.12.2035"]


def test_what_is_open_without_and_with_the_plan_in_each_period():
    found = proof(known(measure(PROLONG, TAKE_ON)), LOOK)
    assert found.periods["without"].tolist() == [1, 2, 2, 2, 2, 2]
    assert found.periods["with_plan"].tolist() == [1, 1, 0, 1, 1, 1]
    assert found.periods["closed"].tolist() == [0, 1, 2, 1, 1, 1]
    assert found.periods["opened"].tolist() == [0] * 6
    assert set(found.kinds["kind"]) == set(COUNTED)
    assert found.kinds.groupby("period")["without"].sum().tolist() == found.periods["without"].tolist()


def test_measures_for_different_findings_give_the_same_alone_and_as_the_last():
    found = proof(known(measure(PROLONG, id=1), measure(TAKE_ON, id=2)), LOOK).contributions
    totals = found.groupby("measure_id")[["alone", "last", "in_turn"]].sum()
    assert list(totals.loc[1]) == [2, 2, 2]
    assert list(totals.loc[2]) == [4, 4, 4]


def test_where_either_of_two_would_do_alone_is_more_than_last():
    again = AddResponsibility(structure_id=2, task_id=2, area_id=1, role=Role.LEAD)
    found = proof(known(measure(TAKE_ON, id=1), measure(again, id=2)), LOOK).contributions
    first = found[found["measure_id"] == 1]
    assert first["alone"].sum() > first["last"].sum() == 0


def test_a_measure_that_opens_something_contributes_less_than_nothing():
    found = proof(known(measure(TWICE, id=1)), LOOK)
    assert found.contributions["alone"].tolist()[0] == -1
    assert found.periods["opened"].tolist()[0] == 1


def test_a_plan_without_measures_proves_nothing_and_leaves_everything():
    found = proof(known(), LOOK)
    assert found.contributions.empty
    assert (found.periods["without"] == found.periods["with_plan"]).all()
    assert found.left["answered"].tolist() == [False, False]


def test_what_is_left_says_whether_a_measure_answers_it():
    named = measure(id=1, answers="GAP/t2//n2")
    left = proof(known(named), LOOK).left.set_index("key")["answered"]
    assert left["GAP/t2//n2"]
    assert not left["GAP/t1//n1"]
    by_need = known(measure(id=1), measure_needs=[{"measure_id": 1, "need_id": 1}])
    assert proof(by_need, LOOK).left.set_index("key")["answered"]["GAP/t1//n1"]
    idea = known(measure(id=1, answers="GAP/t2//n2", status=MeasureStatus.IDEA))
    assert not proof(idea, LOOK).left["answered"].any()
    assert proof(idea, LOOK, ideas=True).left["answered"].any()


def test_what_is_left_names_all_days_at_which_it_is_open():
    """A gap that the plan closes for two years is open before and after them."""
    for_two_years = AddResponsibility(
        structure_id=2, task_id=2, area_id=1, role=Role.LEAD,
        valid_from=date(2028, 1, 1), valid_until=date(2029, 12, 31),
    )  # fmt: skip
    found = proof(known(measure(for_two_years)), LOOK)
    told = counted.once(found.left).set_index("key")["stretches"]["GAP/t2//n2"]
    assert [tuple(map(shown, pair)) for pair in told] == [("", "2027-12-31"), ("2030-01-01", "")]
    later = counted.left(found.left, *found.periods.loc[4, ["first", "last"]])
    assert later.set_index("key")["stretches"]["GAP/t2//n2"] == told
    for _, row in found.periods.iterrows():
        assert len(counted.left(found.left, row["first"], row["last"])) == row["with_plan"]


def shown(day):
    return "" if pd.isna(day) else f"{day:%Y-%m-%d}"


def led_by_three(*measures, **more):
    """Three structures lead task 1, a fourth leads task 2."""
    return known(
        *measures,
        structures=[structure(id=key, organisation_id=min(key, 3)) for key in range(1, 5)],
        organisations=[organisation(id=key) for key in range(1, 4)],
        fundings=[],
        responsibilities=[
            *(responsibility(id=key, structure_id=key, role=Role.LEAD) for key in range(1, 4)),
            responsibility(id=4, structure_id=4, task_id=2, role=Role.LEAD),
        ],
        **more,
    )


ONE_LESS = EndResponsibility(3, date(2027, 3, 31))
OVERLAP = "OVERLAP/t1/s1,s2,s3"


def test_who_of_three_leads_gives_his_part_up_opens_nothing():
    found = proof(led_by_three(measure(ONE_LESS)), LOOK)
    assert found.periods["without"].tolist() == found.periods["with_plan"].tolist() == [1] * 6
    assert not found.periods[["closed", "opened"]].to_numpy().any()
    assert not counted.acting(found.contributions)
    left = counted.once(found.left)
    assert left["matter"].tolist() == [OVERLAP]
    assert len(left["stretches"][0]) == 1


def test_what_the_plan_takes_something_away_of_has_an_answer_and_what_it_adds_to_has_none():
    assert proof(led_by_three(measure(ONE_LESS)), LOOK).left["answered"].tolist() == [True, True]
    one_more = AddResponsibility(structure_id=4, task_id=1, area_id=1, role=Role.LEAD)
    assert not proof(led_by_three(measure(one_more)), LOOK).left["answered"].any()


def test_a_measure_answers_a_finding_though_others_take_part_by_now():
    named = measure(id=1, answers="OVERLAP/t1/s1,s2")
    assert proof(led_by_three(named), LOOK).left["answered"].tolist() == [True]
    other = measure(id=1, answers="OVERLAP/t1/s2,s4\nOVERLAP/t2/s1,s2")
    assert proof(led_by_three(other), LOOK).left["answered"].tolist() == [False]


def test_what_a_measure_closes_and_opens_is_told_though_it_is_equally_much():
    """A lead for the task that lacks one, and a second one for the task that has one."""
    both = (
        AddResponsibility(structure_id=2, task_id=2, area_id=1, role=Role.LEAD),
        AddResponsibility(structure_id=2, task_id=1, area_id=1, role=Role.LEAD),
    )
    found = proof(known(measure(*both, id=1), fundings=[]), LOOK)
    rows = found.contributions
    assert found.periods["without"].tolist() == found.periods["with_plan"].tolist()
    assert rows["alone"].tolist() == [0] * 6
    assert rows["alone_opened"].tolist() == rows["last_opened"].tolist() == [1] * 6
    assert counted.acting(rows, 1) == {1}


def test_what_people_have_agreed_upon_is_not_counted():
    data = known(assessments=[assessment(key="GAP/t2//n2", state="agreed", seen_municipalities="09473112")])
    assert proof(data, LOOK).periods["without"].tolist() == [0, 1, 1, 1, 1, 1]


EFFECTS = st.lists(st.sampled_from([PROLONG, TAKE_ON, ALSO, TWICE, STOP]), max_size=2)
MEASURES = st.lists(st.tuples(EFFECTS, st.sampled_from(list(MeasureStatus))), max_size=4)


@settings(max_examples=15, deadline=None)
@given(MEASURES)
def test_contributions_add_up_as_documented_and_counts_are_those_of_the_scenario(drawn):
    data = known(*(measure(*effects, id=10 - n, status=status) for n, (effects, status) in enumerate(drawn)))
    found = proof(data, LOOK)
    for which, look in (("without", LOOK), ("with_plan", plan.with_masterplan(data, LOOK))):
        rows = pending(standing(data, look))
        counted = [
            len({row["key"] for row in holding(rows, *bounds).to_dict("records")})
            for bounds in zip(found.periods["first"], found.periods["last"], strict=True)
        ]
        assert found.periods[which].tolist() == counted
    closed = found.periods["without"] - found.periods["with_plan"]
    assert (closed == found.periods["closed"] - found.periods["opened"]).all()
    if found.contributions.empty:
        assert (closed == 0).all()
        return
    assert found.contributions.groupby("period")["in_turn"].sum().tolist() == closed.tolist()
    first, last = found.contributions["measure_id"].min(), found.contributions["measure_id"].max()
    rows = found.contributions
    assert rows.loc[rows["measure_id"] == first, ["alone", "in_turn"]].nunique(axis=1).eq(1).all()
    assert rows.loc[rows["measure_id"] == last, ["last", "in_turn"]].nunique(axis=1).eq(1).all()
