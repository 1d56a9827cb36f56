"""What must not change findings, or may change them in one direction only."""

from __future__ import annotations

from datetime import date

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from steering.analysis import findings
from steering.analysis.findings import reasons
from steering.analysis.view import Horizon
from steering.model import EndKind, ExtensionRule, FundingPart, Role
from tests import builders
from tests.analysis.findings.worlds import RULES, SEARCH, horizons, look, portfolio, told, worlds
from tests.builders import Values, each_row
from tests.oracles.findings import World, days

SOME = settings(max_examples=15)
EVER = Horizon(*SEARCH)


def one_cell(world: World) -> World:
    """The same with one municipality and one target group only."""
    asylum = [each | {"everyone": False} for each in world["target_groups"] if each["slug"] == "asyl"]
    everyone = [each for each in world["target_groups"] if each["everyone"]]
    return world | {"municipalities": world["municipalities"][:1], "target_groups": [*everyone, *asylum]}


def gap_days(world: World, rule: str = ExtensionRule.SECURED) -> set[tuple[int, date]]:
    """Need and day of every GAP in one cell."""
    found = findings.standing(portfolio(one_cell(world)), look(EVER, rule))
    return {
        (row.need_id, day)
        for row in each_row(found[found["kind"] == "GAP"])
        for day in days(
            SEARCH[0] if pd.isna(row.start) else row.start.date(),
            SEARCH[1] if pd.isna(row.end) else row.end.date(),
        )
    }


def in_order(fundings: list[Values]) -> list[Values]:
    """Without those that end before they begin."""
    return [each for each in fundings if not each["end"] or not each["start"] or each["start"] <= each["end"]]


@SOME
@given(worlds(), st.sampled_from([1, 2, 3]))
def test_one_more_deliverer_never_adds_a_day_without_anybody(world, area):
    more = world | {
        "structures": [*world["structures"], builders.structure(id=99)],
        "responsibilities": [
            *world["responsibilities"],
            builders.responsibility(id=99, structure_id=99, area_id=area, role=Role.DELIVER),
        ],
    }
    assert gap_days(more) <= gap_days(world)


@SOME
@given(worlds(), RULES)
def test_a_funding_without_end_never_adds_a_gap(world, rule):
    known = world | {"fundings": in_order(world["fundings"])}
    longer = known | {
        "fundings": [each | {"end": None, "end_kind": EndKind.OPEN} for each in known["fundings"]]
    }
    assert gap_days(longer, rule) <= gap_days(known, rule)


@SOME
@given(worlds(), horizons(), RULES)
def test_co_financing_alone_never_carries(world, horizon, rule):
    known = [each | {"part": FundingPart.CO_FINANCING} for each in in_order(world["fundings"])]
    with_it = findings.standing(portfolio(world | {"fundings": known}), look(horizon, rule))
    without = findings.standing(portfolio(world | {"fundings": []}), look(horizon, rule))
    # Days that contradict those of the structure or of the programme are told of any funding.
    of_others = with_it[~with_it["reason"].isin([reasons.DATES, reasons.PROGRAMME])]
    expected = without[~without["reason"].isin([reasons.DATES, reasons.PROGRAMME])]
    pd.testing.assert_frame_equal(of_others.reset_index(drop=True), expected.reset_index(drop=True))


@SOME
@given(worlds(), horizons(), RULES)
def test_two_municipalities_with_the_same_data_are_one_finding(world, horizon, rule):
    twin = "09473888"
    original = next(each for each in world["municipalities"] if each["ags"] == "09473112")
    doubled = world | {
        "municipalities": [*world["municipalities"], original | {"ags": twin}],
        "area_municipalities": [
            *world["area_municipalities"],
            *(each | {"ags": twin} for each in world["area_municipalities"] if each["ags"] == "09473112"),
        ],
    }
    found = findings.standing(portfolio(doubled), look(horizon, rule))
    for places in found["municipalities"]:
        assert (twin in places) == ("09473112" in places)
    once = findings.standing(portfolio(world), look(horizon, rule))
    quantities = ["SHORTFALL", "UNKNOWN"]
    assert len(found[~found["kind"].isin(quantities)]) == len(once[~once["kind"].isin(quantities)])


@SOME
@given(worlds(), horizons(), RULES)
def test_keys_stay_over_a_moving_horizon(world, horizon, rule):
    within = findings.standing(portfolio(world), look(horizon, rule))
    ever = findings.standing(portfolio(world), look(EVER, rule))
    assert set(within["key"]) <= set(ever["key"])


@SOME
@given(worlds(), RULES)
def test_the_stichtag_moves_nothing_that_stands(world, rule):
    here, there = (look(EVER, rule, day) for day in SEARCH)
    pd.testing.assert_frame_equal(
        findings.standing(portfolio(world), here), findings.standing(portfolio(world), there)
    )


@SOME
@given(worlds(), RULES, st.randoms(use_true_random=False))
def test_the_order_of_the_records_does_not_matter(world, rule, chance):
    turned = {name: chance.sample(records, len(records)) for name, records in world.items()}
    assert told(findings.standing(portfolio(turned), look(EVER, rule))) == told(
        findings.standing(portfolio(world), look(EVER, rule))
    )


@SOME
@given(worlds())
def test_counts_count_each_task_and_municipality_once(world):
    found = findings.standing(portfolio(world), look(EVER))
    counted = found[~found["coordinated"] & ~found["internal"]]
    about_tasks = counted[counted["task_id"].notna()]
    cells = {(row.task_id, ags) for row in each_row(about_tasks) for ags in row.municipalities}
    structures = set(counted.loc[counted["task_id"].isna(), "key"])
    assert findings.count_cells(found) == len(cells) + len(structures)


def test_keys_stay_over_scenarios():
    world = builders.portfolio(
        municipalities=[builders.municipality()],
        areas=[builders.area()],
        area_municipalities=[builders.area_municipality()],
        organisations=[builders.organisation(id=1), builders.organisation(id=2)],
        tasks=[builders.task()],
        structures=[builders.structure(id=1), builders.structure(id=2, organisation_id=2)],
        fundings=[builders.funding(structure_id=1, end="2027-12-31", extension="applied")],
        responsibilities=[builders.responsibility(structure_id=n, role=Role.LEAD) for n in (1, 2)],
    )
    secured, expected = (
        findings.standing(world, builders.view(rule=rule))
        for rule in (ExtensionRule.SECURED, ExtensionRule.EXPECTED)
    )
    assert list(secured["key"]) == list(expected["key"]) == ["OVERLAP/t1/s1,s2"]
    assert list(secured["end"]) == [pd.Timestamp("2027-12-31")]
    assert expected["end"].isna().all()


def test_nothing_gives_an_empty_frame_with_the_columns_of_much():
    of_nothing = findings.findings(builders.portfolio(), builders.view())
    of_much = findings.findings(
        builders.portfolio(structures=[builders.structure(valid_until="2026-12-31")]), builders.view()
    )
    assert len(of_much) == 2
    assert of_nothing.dtypes.to_dict() == of_much.dtypes.to_dict()
