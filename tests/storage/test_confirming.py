"""Stand bestätigen: what a confirmation reaches."""

from datetime import date

import pytest
from sqlalchemy import Engine

from steering.model import Funding, Municipality, Organisation, Provenance, Structure
from steering.storage import archiving, confirming
from steering.storage.history.undoing import undo
from steering.storage.problems import Conflict
from steering.storage.writing import Edit, write
from tests.storage.conftest import (
    AHORN,
    BERATUNG,
    CARITAS,
    CARRYING,
    LOTSEN,
    NOW,
    OTHER_CARRYING,
    OWN_SHARE,
    WHO,
)
from tests.stored import batch_of, row_of

TODAY = NOW.date()


def confirmed(engine: Engine, record: type, key: int) -> date | None:
    """The day of the last confirmation."""
    return (row_of(engine, record, key) or {})["confirmed_on"]


def test_a_structure_is_confirmed_with_its_fundings(engine: Engine) -> None:
    confirming.confirm(engine, Structure, LOTSEN, 1, on=TODAY, **WHO)
    assert confirmed(engine, Structure, LOTSEN) == TODAY
    assert confirmed(engine, Funding, CARRYING) == confirmed(engine, Funding, OWN_SHARE) == TODAY
    assert confirmed(engine, Funding, OTHER_CARRYING) is None
    assert confirmed(engine, Structure, BERATUNG) is None


@pytest.mark.parametrize(("on", "reached"), [(date(2026, 12, 31), True), (date(2027, 1, 1), False)])
def test_a_funding_is_confirmed_up_to_its_last_day(engine: Engine, on: date, reached: bool) -> None:
    confirming.confirm(engine, Structure, LOTSEN, 1, on=on, **WHO)
    assert (confirmed(engine, Funding, CARRYING) == on) == reached


def test_an_archived_funding_is_left_alone(engine: Engine) -> None:
    archiving.archive(engine, Funding, OWN_SHARE, 1, **WHO)
    confirming.confirm(engine, Structure, LOTSEN, 1, on=TODAY, **WHO)
    assert confirmed(engine, Funding, OWN_SHARE) is None


def test_a_funding_can_be_confirmed_alone(engine: Engine) -> None:
    confirming.confirm(engine, Funding, CARRYING, 1, on=TODAY, **WHO)
    assert confirmed(engine, Funding, CARRYING) == TODAY
    assert confirmed(engine, Structure, LOTSEN) is None


def test_a_confirmed_example_becomes_a_fact(engine: Engine) -> None:
    example = {"provenance": Provenance.EXAMPLE}
    for record, key in ((Structure, LOTSEN), (Funding, CARRYING), (Organisation, CARITAS)):
        write(engine, [Edit(record, example, id=key, version=1)], **WHO)
    confirming.confirm(engine, Structure, LOTSEN, 2, on=TODAY, **WHO)
    confirming.confirm(engine, Organisation, CARITAS, 2, on=TODAY, **WHO)
    for record, key in ((Structure, LOTSEN), (Funding, CARRYING), (Organisation, CARITAS)):
        stored = row_of(engine, record, key)
        assert stored["provenance"] == Provenance.DOCUMENTED
        assert stored["source"] == "Angabe Planungsstab, 22.11.2026"


def test_what_has_nothing_to_confirm_stays_as_it_is(engine: Engine) -> None:
    assert confirming.confirm(engine, Municipality, AHORN, 1, on=TODAY, **WHO).batch is None


def test_a_confirmation_of_what_somebody_has_changed_since_is_refused(engine: Engine) -> None:
    write(engine, [Edit(Structure, {"fte": 1}, id=LOTSEN, version=1)], **WHO)
    with pytest.raises(Conflict):
        confirming.confirm(engine, Structure, LOTSEN, 1, on=TODAY, **WHO)


def test_a_confirmation_is_one_batch_that_can_be_undone(engine: Engine) -> None:
    receipt = confirming.confirm(engine, Structure, LOTSEN, 1, on=TODAY, **WHO)
    undo(engine, batch_of(receipt), **WHO)
    assert confirmed(engine, Structure, LOTSEN) is confirmed(engine, Funding, CARRYING) is None
