"""Effects taken over into the data: afterwards the data say by themselves what the scenario said."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from sqlalchemy import Engine

from steering.analysis.changes import SetOnLoss
from steering.analysis.findings import standing
from steering.analysis.lives import lifecycle
from steering.analysis.masterplan import plan
from steering.analysis.scenarios import stored_changes
from steering.analysis.view import Horizon, Scenario, View
from steering.model import ExtensionRule, Measure, MeasureStatus, OnLoss
from steering.storage import examples, reading, schema
from steering.storage.history.undoing import undo
from steering.storage.problems import Invalid
from steering.storage.taking_over import take_over
from steering.storage.writing import Edit, write
from tests.storage.conftest import WHO
from tests.stored import batch_of, row_of

DAY = date(2026, 11, 25)
LOOK = View(DAY, DAY, Horizon.around(DAY, 1, 9))
SAID = ["kind", "task_id", "municipalities", "target_groups", "start", "end", "coordinated"]


@pytest.fixture
def coburg(url: str):
    engine = schema.prepare(url, "coburg")
    yield engine
    engine.dispose()


def said(rows: pd.DataFrame) -> list[tuple]:
    rows = rows[rows["kind"] != "UNKNOWN"][SAID].astype(str)
    return sorted(map(tuple, rows.to_numpy().tolist()), key=str)


@pytest.mark.parametrize("measure_id", [1, 2, 3, 4])
def test_the_data_then_say_what_the_scenario_said(coburg: Engine, measure_id: int) -> None:
    before = reading.portfolio(coburg)
    expected = plan.planned(LOOK, plan.in_force(before, ideas=True)[measure_id])
    take_over(coburg, measure_id, 1, **WHO)
    after = reading.portfolio(coburg)
    assert said(standing(after, LOOK)) == said(standing(before, expected))
    ends = [lifecycle.lives(data, look)[["start", "end", "state", "fte"]].astype(str).to_numpy().tolist()
            for data, look in ((after, LOOK), (before, expected))]  # fmt: skip
    assert sorted(map(str, ends[0])) == sorted(map(str, ends[1]))


def test_it_happens_once_completes_the_measure_and_is_undone_as_a_whole(coburg: Engine) -> None:
    before = reading.portfolio(coburg)
    done = take_over(coburg, 3, 1, **WHO)
    row = reading.portfolio(coburg).measures.set_index("id").loc[3]
    assert (row["status"], pd.notna(row["taken_over_on"])) == (MeasureStatus.COMPLETED, True)
    with pytest.raises(Invalid, match="schon"):
        take_over(coburg, 3, row_of(coburg, Measure, 3)["version"], **WHO)
    undo(coburg, batch_of(done), **WHO)
    after = reading.portfolio(coburg)
    assert said(standing(after, LOOK)) == said(standing(before, LOOK))
    assert len(after.structures) == len(before.structures)


def test_what_is_taken_over_is_a_fact_that_stays_when_examples_go(coburg: Engine) -> None:
    take_over(coburg, 1, 1, **WHO)
    examples.remove(coburg, **WHO)
    fundings = reading.portfolio(coburg).fundings
    assert (fundings["end"] == "2029-12-31").sum() >= 2


def test_an_effect_that_would_do_nothing_is_refused_and_nothing_is_written(coburg: Engine) -> None:
    [key] = write(
        coburg,
        [Edit(Measure, {"name": "x", "effects": '[{"kind": "drop_funding", "funding_id": 999}]'})],
        **WHO,
    ).ids
    before = reading.revision(coburg)
    with pytest.raises(Invalid, match="nicht mehr gibt"):
        take_over(coburg, key, 1, **WHO)
    assert reading.revision(coburg) == before


@pytest.mark.parametrize("rule", ["secured", "expected"])
def test_bridging_up_to_a_day_becomes_the_end_of_the_structure(coburg: Engine, rule: str) -> None:
    bridged = stored_changes.as_text([SetOnLoss(1, OnLoss.CONTINUES, 1.5, date(2027, 6, 30))])
    write(coburg, [Edit(Measure, {"effects": bridged}, id=3, version=1)], **WHO)
    before = reading.portfolio(coburg)
    look = replace(LOOK, scenario=Scenario(ExtensionRule(rule)))
    expected = plan.planned(look, plan.in_force(before, ideas=True)[3])
    take_over(coburg, 3, 2, **WHO)
    after = reading.portfolio(coburg)
    assert after.structures.set_index("id").loc[1, "valid_until"] == pd.Timestamp(2027, 6, 30)
    pd.testing.assert_frame_equal(lifecycle.lives(after, look), lifecycle.lives(before, expected))
