"""What people decide about a finding: one Einschätzung for each key, however often they change their mind."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, select

from steering.model import Assessment
from steering.storage.engine import reading
from steering.storage.problems import Receipt
from steering.storage.rows import Row, fetch_row
from steering.storage.tables import table_of
from steering.storage.transaction import Batch, transaction
from steering.storage.writing import Edit, write_in

# The version of what is not there yet.
_UNASSESSED = 0


def assess(
    engine: Engine,
    key: str,
    values: Mapping[str, Any],
    *,
    actor: str,
    now: datetime,
    version: int | None = None,
    base: Mapping[str, Any] | None = None,
) -> Receipt:
    """Write the Einschätzung of the finding with this key, the first one or a later one.

    `version` is the one that was looked at, None where there was none yet; `base` as in `Edit`. Who
    decides, and when (the day of `now`, in UTC), is added unless values name them; fields not in values
    stay. Raises Invalid, and Conflict where somebody else has assessed the finding in between.
    """
    decided = {"actor": actor, "decided_on": now.date()} | dict(values) | {"key": key}
    with transaction(engine, actor, now) as batch:
        stored = _stored(batch, key)
        if stored is None:
            return write_in(batch, [Edit(Assessment, decided)])
        if stored["archived_on"]:
            # Nobody sees it any more, so whoever assesses anew could not have looked at it.
            version, decided = stored["version"], decided | {"archived_on": None}
        elif version is None:
            version, base = _UNASSESSED, dict.fromkeys(values)
        return write_in(batch, [Edit(Assessment, decided, id=stored["id"], version=version, base=base)])


def as_edit(engine: Engine, key: str, values: Mapping[str, Any], *, actor: str, now: datetime) -> Edit:
    """The same as an edit of what is stored at this moment, to be written together with something else."""
    decided = {"actor": actor, "decided_on": now.date()} | dict(values) | {"key": key, "archived_on": None}
    columns = table_of(Assessment).c
    with reading(engine) as connection:
        found = connection.execute(select(columns.id).where(columns.key == key)).scalar()
        stored = None if found is None else fetch_row(connection, Assessment, found)
    if stored is None:
        return Edit(Assessment, decided)
    return Edit(Assessment, decided, id=stored["id"], version=stored["version"])


def _stored(batch: Batch, key: str) -> Row | None:
    columns = table_of(Assessment).c
    found = batch.connection.execute(select(columns.id).where(columns.key == key)).scalar()
    return None if found is None else batch.row(Assessment, found)
