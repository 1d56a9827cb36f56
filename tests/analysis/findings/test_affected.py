"""How many persons a finding affects, where an indicator counts them."""

from datetime import date

import pandas as pd
import pytest

from steering.analysis import findings
from steering.analysis.discretion import for_everyone
from steering.analysis.findings.affected import persons, said
from tests.builders import (
    area,
    area_municipality,
    indicator,
    municipality,
    need,
    need_group,
    observation,
    organisation,
    portfolio,
    target_group,
    task,
    task_field,
    view,
)

TODAY = date(2026, 6, 30)
AHORN, NEUSTADT = "09473112", "09473151"
GROUPS = [
    target_group(id=1, slug="alle", name="alle", everyone=True),
    target_group(id=2, slug="asylsuchende"),
    target_group(id=3, slug="frauen"),
]
COUNTED = [indicator(id=1, target_group_id=2), indicator(id=2)]
VALUES = [observation(ags=AHORN, value=30.0), observation(ags=NEUSTADT, value=90.0)]


def counted(places=(AHORN, NEUSTADT), groups=("asylsuchende",), sites=(), **records):
    known = portfolio(**{"target_groups": GROUPS, "indicators": COUNTED, "observations": VALUES} | records)
    found = pd.DataFrame({"municipalities": [places], "target_groups": [groups], "sites": [sites]})
    (number,) = persons(known, TODAY, found)["persons"]
    return None if pd.isna(number) else number


def test_the_persons_of_the_group_are_summed_over_the_municipalities():
    assert counted() == 120
    assert counted(places=(AHORN,)) == 30


def test_the_newest_value_up_to_today_holds():
    older = observation(ags=AHORN, reference_date="2024-12-31", value=5.0)
    newer = observation(ags=AHORN, reference_date="2026-06-30", value=40.0)
    planned = observation(ags=AHORN, reference_date="2026-07-01", value=99.0)
    assert counted(observations=[*VALUES, older, newer, planned]) == 130


def test_of_two_equally_new_ones_the_first_indicator_holds():
    both = [indicator(id=1, target_group_id=2), indicator(id=5, target_group_id=2)]
    assert counted(indicators=both, observations=[*VALUES, observation(indicator_id=5, value=1.0)]) == 120


@pytest.mark.parametrize(
    "case",
    [
        {"observations": VALUES[:1]},
        {"groups": ("frauen",)},
        {"groups": ("asylsuchende", "frauen")},
        {"groups": ()},
        {"groups": ("alle",)},
        {"sites": ("Grundschule",)},
        {"places": ()},
        {"indicators": [indicator(id=1)]},
        {"indicators": []},
    ],
    ids=str,
)
def test_what_nobody_has_counted_is_unknown_and_never_all_inhabitants(case):
    assert counted(**case) is None


def test_an_indicator_of_all_groups_counts_for_what_concerns_all():
    everyone = [indicator(id=1, target_group_id=1)]
    assert counted(groups=("alle",), indicators=everyone) == 120


def test_nothing_of_a_person_is_a_value_too():
    assert counted(observations=[observation(ags=ags, value=0.0) for ags in (AHORN, NEUSTADT)]) == 0


def test_a_gap_says_whom_it_affects():
    known = portfolio(
        organisations=[organisation(id=1)],
        municipalities=[municipality(ags=AHORN, population=4_000), municipality(ags=NEUSTADT)],
        areas=[area(id=1)],
        area_municipalities=[area_municipality(area_id=1, ags=ags) for ags in (AHORN, NEUSTADT)],
        fields=[task_field(id=1)],
        tasks=[task(id=1)],
        target_groups=GROUPS,
        needs=[need(id=1, task_id=1, area_id=1)],
        need_groups=[need_group(need_id=1, target_group_id=2)],
        indicators=COUNTED,
        observations=VALUES,
    )
    (gap,) = findings.findings(known, view("2026-06-30")).to_dict("records")
    assert (gap["kind"], gap["persons"]) == ("GAP", 120)


def test_where_stands_with_the_persons_and_alone_without():
    assert said(120, 120, "3 Gemeinden") == "120 Personen, 3 Gemeinden"
    assert said(1, 1, "kreisweit") == "unter 3 Personen, kreisweit"
    assert said(pd.NA, pd.NA, "kreisweit") == "kreisweit"


def test_a_sum_with_few_in_it_is_said_to_everyone_within_its_bounds():
    def where(*values):
        known = portfolio(
            municipalities=[municipality(ags=ags) for ags in (AHORN, NEUSTADT)],
            target_groups=GROUPS,
            indicators=COUNTED,
            observations=[
                observation(ags=ags, value=value)
                for ags, value in zip((AHORN, NEUSTADT), values, strict=True)
            ],
        )
        found = pd.DataFrame(
            {"municipalities": [(AHORN, NEUSTADT)], "target_groups": [("asylsuchende",)], "sites": [()]}
        )
        (row,) = persons(for_everyone(known), TODAY, found).to_dict("records")
        return said(row["persons_least"], row["persons"], "2 Gemeinden")

    assert where(1.0, 1.0) == where(1.0, 2.0) == "2 bis 4 Personen, 2 Gemeinden"
    assert where(1.0, 8.0) == "9 bis 10 Personen, 2 Gemeinden"
    assert where(1.0, 0.0) == "unter 3 Personen, 2 Gemeinden"
    assert where(8.0, 8.0) == "16 Personen, 2 Gemeinden"
