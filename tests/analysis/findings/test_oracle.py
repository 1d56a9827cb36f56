"""Every kind of finding against the day-by-day oracle."""

from hypothesis import given, settings
from pandas.testing import assert_frame_equal

from steering.analysis import findings
from steering.analysis.findings.kinds import COUNTED
from steering.analysis.view import Horizon
from steering.model import FindingKind
from tests.analysis.findings.worlds import (
    INSIDE,
    LAST,
    RULES,
    SEARCH,
    TODAY,
    horizons,
    look,
    portfolio,
    told,
    worlds,
)
from tests.builders import each_row
from tests.oracles import findings as oracle

RULES_OF_CELLS = [oracle.overlap, oracle.without_lead, oracle.gap, oracle.unagreed, oracle.shortfall]
# Judged by today and not by the day: has examples of its own.
UNCONFIRMED = ["seit zwölf Monaten nicht bestätigt", "noch nie bestätigt"]


@settings(max_examples=200)
@given(worlds(), horizons(), RULES)
def test_all_that_stands_is_what_the_oracle_tells(world, horizon, rule):
    found = findings.standing(portfolio(world), look(horizon, rule))
    expected = oracle.findings(
        world,
        [*RULES_OF_CELLS, oracle.about_structures],
        TODAY,
        rule,
        SEARCH,
        (horizon.first, horizon.last),
    )
    assert told(found[~found["reason"].isin(UNCONFIRMED)]) == expected


@settings(max_examples=8)
@given(worlds(), horizons(), RULES)
def test_parts_of_what_stands_are_what_is_found_when_all_is_judged_together(world, horizon, rule):
    data, at = portfolio(world), look(horizon, rule)
    every = findings.findings(data, at)
    every = every[every["kind"] != FindingKind.ENDING].reset_index(drop=True)
    of_tasks = every[every["task_id"].notna()]
    assert_frame_equal(findings.standing(data, at), every)
    for part, expected in (
        (findings.of_tasks(data, at), of_tasks),
        (findings.of_structures(data, at), every[every["task_id"].isna()]),
        (findings.of_tasks(data, at, counted=True), of_tasks[of_tasks["kind"].isin(COUNTED)]),
    ):
        assert_frame_equal(part, expected.reset_index(drop=True))


@settings(max_examples=60)
@given(worlds(), INSIDE, RULES)
def test_endings_and_their_cascades_are_what_the_oracle_tells(world, as_of, rule):
    found = findings.ending(portfolio(world), look(Horizon(*SEARCH), rule, as_of))
    names = {each["name"]: each["id"] for each in world["tasks"]}
    rows = {
        oracle.Ending(
            int(row.participants[0][1:]),
            row.end.date(),
            row.reason,
            tuple((names[task], number) for task, number in row.cascade),
        )
        for row in each_row(found)
    }
    assert len(rows) == len(found)
    assert (found["start"] == found["end"]).all()
    assert rows == oracle.endings(world, as_of, LAST, TODAY, rule, SEARCH)
