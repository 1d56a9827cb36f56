"""What a database says of itself at one moment, to who asks: what every run of a page begins with."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Engine, select

from steering.model import Dataset
from steering.storage import schema
from steering.storage.engine import place, reading
from steering.storage.rights import acting
from steering.storage.rights.acting import Mandate
from steering.storage.saving import Origin
from steering.storage.tables import table_of

_DATASET = table_of(Dataset).c
_STATE = select(_DATASET.dataset_id, _DATASET.revision, schema.WRITTEN_BY)


@dataclass(frozen=True)
class DatabaseState:
    """What who asks may do, which data lie there, dataset and revision, and whether the schema is still that
    of this program."""

    mandate: Mandate
    origin: Origin
    revision: tuple[str, int]
    schema_is_current: bool


def read(engine: Engine) -> DatabaseState:
    """All of it as of one transaction. Raises NotReadable."""
    with reading(engine) as connection:
        dataset_id, revision, written_by = connection.execute(_STATE).one()
        return DatabaseState(
            acting.mandate_in(connection),
            Origin(dataset_id, place(connection)),
            (dataset_id, revision),
            written_by == schema.program_revision(),
        )
