"""What a database says of itself at one moment, to who asks: what every run of a page begins with."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Engine

from steering.storage import reading, saving, schema
from steering.storage.engine import reading as reading_from
from steering.storage.rights import acting
from steering.storage.rights.acting import Mandate
from steering.storage.saving import Origin


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
    with reading_from(engine) as connection:
        return DatabaseState(
            acting.mandate_in(connection),
            saving.origin_in(connection),
            reading.revision_in(connection),
            schema.is_current_in(connection),
        )
