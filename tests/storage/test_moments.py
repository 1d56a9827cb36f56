"""Reading again after a write: only what was written to, and the same as reading all."""

from collections.abc import Sequence

from hypothesis import HealthCheck, given, settings
from sqlalchemy import Engine, delete, update

from steering.analysis.portfolio import Portfolio, alike
from steering.model import Change, Dataset, Need, Responsibility, Structure
from steering.storage import archiving, reading
from steering.storage.engine import writing
from steering.storage.history.undoing import undo
from steering.storage.tables import table_of
from steering.storage.writing import Edit, write
from tests.storage.conftest import EVERYONE, LOTSEN, REFUGEES, WHO
from tests.storage.days import Step, carried_out, days


def same(one: Portfolio, other: Portfolio) -> None:
    assert (one.dataset_id, one.number) == (other.dataset_id, other.number)
    assert list(one.frames) == list(other.frames)
    for table, frame in one.frames.items():
        assert alike(frame, other.frames[table]), table
        assert (frame.dtypes == other.frames[table].dtypes).all()


def new_tables(before: reading.Moment, after: reading.Moment) -> set[str]:
    return {table for table, frame in after.stored.items() if frame is not before.stored[table]}


def with_rows(moment: reading.Moment) -> set[str]:
    """The others have one frame for all: that of no rows."""
    return {table for table, frame in moment.stored.items() if not frame.empty}


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(day=days)
def test_what_is_read_again_after_any_writes_is_what_is_read_as_a_whole(
    engine: Engine, day: Sequence[Step]
) -> None:
    held = reading.moment(engine)
    batches = []
    for batch in carried_out(engine, list(day)):
        batches.append(batch)
        held = reading.moment(engine, held)
        same(held.portfolio, reading.portfolio(engine))
    early = held
    for batch in reversed(batches):
        undo(engine, batch, **WHO)
    same(reading.moment(engine, early).portfolio, reading.portfolio(engine))


def test_only_what_was_written_to_is_read_again(engine: Engine) -> None:
    held = reading.moment(engine)
    assert new_tables(held, reading.moment(engine, held)) == set()
    write(engine, [Edit(Structure, {"places": 3}, id=LOTSEN, version=1)], **WHO)
    after = reading.moment(engine, held)
    assert new_tables(held, after) == {"structure"}
    assert after.portfolio.frames["funding"] is held.portfolio.frames["funding"]


def test_the_lists_that_a_record_owns_are_read_again_with_it(engine: Engine) -> None:
    held = reading.moment(engine)
    write(engine, [Edit(Responsibility, {"target_groups": [EVERYONE, REFUGEES]}, id=1, version=1)], **WHO)
    after = reading.moment(engine, held)
    assert new_tables(held, after) == {"responsibility", "responsibility_group"}
    same(after.portfolio, reading.portfolio(engine))


def test_what_is_archived_takes_along_what_hangs_on_it_also_where_that_is_not_read_again(
    engine: Engine,
) -> None:
    held = reading.moment(engine)
    archiving.archive(engine, Structure, LOTSEN, 1, **WHO)
    after = reading.moment(engine, held)
    assert "responsibility" not in new_tables(held, after)
    assert after.portfolio.responsibilities.empty
    same(after.portfolio, reading.portfolio(engine))


def test_other_data_are_read_whole(engine: Engine) -> None:
    held = reading.moment(engine)
    with writing(engine) as connection:
        connection.execute(update(table_of(Dataset)).values(dataset_id="another"))
        connection.execute(delete(table_of(Need)))
    after = reading.moment(engine, held)
    assert new_tables(held, after) == with_rows(held)
    same(after.portfolio, reading.portfolio(engine))


def test_all_is_read_where_the_history_does_not_tell_of_every_revision(engine: Engine) -> None:
    held = reading.moment(engine)
    for version in (1, 2):
        write(engine, [Edit(Structure, {"places": version}, id=LOTSEN, version=version)], **WHO)
    changes = table_of(Change)
    with writing(engine) as connection:
        connection.execute(delete(changes).where(changes.c.revision == held.portfolio.number + 1))
    assert new_tables(held, reading.moment(engine, held)) == with_rows(held)


def test_an_older_state_in_the_same_place_is_read_whole(engine: Engine) -> None:
    write(engine, [Edit(Structure, {"places": 1}, id=LOTSEN, version=1)], **WHO)
    held = reading.moment(engine)
    with writing(engine) as connection:
        connection.execute(update(table_of(Dataset)).values(revision=1))
    assert new_tables(held, reading.moment(engine, held)) == with_rows(held)
