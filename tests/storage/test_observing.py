"""The values of an indicator, written together, checked, and taken back."""

from datetime import date

import pytest
from sqlalchemy import Engine

from steering.model import Indicator, Observation
from steering.storage import archiving, observing, reading
from steering.storage.history.undoing import undo
from steering.storage.problems import Conflict, Invalid
from steering.storage.writing import Edit, write
from tests.storage.conftest import AHORN, FOREST, NEUSTADT, REFUGEES, WHO
from tests.stored import batch_of

ON = date(2025, 12, 31)


@pytest.fixture
def counted(engine: Engine) -> Engine:
    write(engine, [Edit(Indicator, {"name": "Asylsuchende", "target_group_id": REFUGEES})], **WHO)
    observing.observe(engine, 1, ON, {AHORN: 30.0, NEUSTADT: 90.0}, {}, **WHO)
    return engine


def stored(engine: Engine) -> dict[str, float]:
    rows = reading.portfolio(engine).observations
    return dict(zip(rows["ags"], rows["value"], strict=True))


def test_values_are_written_changed_and_taken_away_in_one_batch(counted: Engine) -> None:
    assert stored(counted) == {AHORN: 30.0, NEUSTADT: 90.0}
    receipt = observing.observe(counted, 1, ON, {AHORN: 31.0, NEUSTADT: None}, {AHORN: 1, NEUSTADT: 1}, **WHO)
    assert stored(counted) == {AHORN: 31.0}
    assert receipt.batch
    undo(counted, batch_of(receipt), **WHO)
    assert stored(counted) == {AHORN: 30.0, NEUSTADT: 90.0}


def test_a_value_that_somebody_else_has_changed_is_not_overwritten(counted: Engine) -> None:
    observing.observe(counted, 1, ON, {AHORN: 31.0}, {AHORN: 1}, **WHO)
    with pytest.raises(Conflict):
        observing.observe(counted, 1, ON, {AHORN: 50.0}, {AHORN: 1}, **WHO)
    with pytest.raises(Invalid, match="inzwischen geändert"):
        observing.observe(counted, 1, ON, {AHORN: None}, {AHORN: 1}, **WHO)
    assert stored(counted)[AHORN] == 31.0


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"ags": AHORN, "reference_date": ON, "value": 1.0}, "Am 31.12.2025 hat »Ahorn« schon einen Wert"),
        ({"ags": FOREST, "reference_date": ON, "value": 1.0}, "unbewohnt"),
        ({"ags": "09473999", "reference_date": ON, "value": 1.0}, "gibt es nicht"),
        ({"ags": AHORN, "reference_date": "2024-12-31", "value": -1.0}, "0"),
    ],
)
def test_a_value_that_cannot_be_is_refused(counted: Engine, values, reason) -> None:
    with pytest.raises(Invalid, match=reason):
        write(counted, [Edit(Observation, {"indicator_id": 1, **values})], **WHO)


def test_an_archived_indicator_takes_its_values_out_of_view(counted: Engine) -> None:
    archiving.archive(counted, Indicator, 1, 1, **WHO)
    assert stored(counted) == {}
