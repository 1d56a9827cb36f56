"""The way into a write: by somebody who may, at this program's schema, and into the very data that they were
looking at."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, select

from steering.model import Dataset
from steering.storage import journal
from steering.storage.engine import place, reading, writing
from steering.storage.journal import Happened
from steering.storage.problems import DatasetReplaced, StorageError
from steering.storage.rights import acting
from steering.storage.rights.acting import Mandate
from steering.storage.rights.table import Right
from steering.storage.schema import check_current
from steering.storage.tables import table_of

_RESTS_ON = "steering_rests_on"
_DATASET_ID = select(table_of(Dataset).c.dataset_id)
_REVISION = select(table_of(Dataset).c.revision)


@dataclass(frozen=True)
class Origin:
    """Which data were looked at: the dataset, and the file it lay in (on a server, the tables).

    A restore makes a new dataset; a copy put in the place of the file by hand has the same one, and its own
    way from there. In both, the same number and version can be another record.
    """

    dataset_id: str
    file: tuple[int, int] | None


def origin(engine: Engine) -> Origin:
    """Which data lie there now. Raises NotReadable."""
    with reading(engine) as connection:
        return origin_in(connection)


def resting_on(engine: Engine, opened: Origin) -> Engine:
    """The engine for writes that rest on what was looked at: refused once other data lie there."""
    return engine.execution_options(**{_RESTS_ON: opened})


@contextmanager
def saving(engine: Engine, needs: Right) -> Iterator[tuple[Connection, Mandate]]:
    """One write transaction by a person who has the right that it `needs`, with what they may at this moment.

    It is told to the log. Raises RightMissing, SchemaChanged, DatasetReplaced, NotSaved.
    """
    try:
        with writing(engine) as connection:
            check_current(connection)
            mandate = acting.require(connection, needs)
            opened = connection.get_execution_options().get(_RESTS_ON)
            if opened is not None and opened != origin_in(connection):
                raise DatasetReplaced
            yield connection, mandate
            revision = connection.execute(_REVISION).scalar_one()
    except StorageError as refusal:
        journal.event(Happened.REFUSAL, of="write", why=type(refusal).__name__)
        raise
    journal.event(Happened.WRITE, revision=revision)


def origin_in(connection: Connection) -> Origin:
    """The same within a transaction."""
    return Origin(connection.execute(_DATASET_ID).scalar_one(), place(connection))
