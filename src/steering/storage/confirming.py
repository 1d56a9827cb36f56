"""Stand bestätigen: somebody vouches that what is recorded is true as of a day."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Engine, or_, select

from steering.model import Funding, Record, Structure
from steering.storage.conflicts import check_version
from steering.storage.problems import Receipt
from steering.storage.provenance import as_fact
from steering.storage.tables import table_of
from steering.storage.transaction import Batch, transaction


def confirm(
    engine: Engine,
    record: type[Record],
    key: Any,
    version: int,
    *,
    actor: str,
    now: datetime,
    on: date,
) -> Receipt:
    """Note that a record is true as of the day `on`; an example becomes a fact.

    A structure is confirmed with all its fundings that have not ended before that day, since
    whoever looks at it sees them too, and an unknown end reaches no further than its confirmation.
    Raises Conflict.
    """
    with transaction(engine, actor, now) as batch:
        check_version(batch.connection, 0, record, key, batch.row(record, key), version)
        _confirm(batch, record, key, on)
        if record is Structure:
            for funding in _current_fundings(batch.connection, key, on):
                _confirm(batch, Funding, funding, on)
        return batch.receipt(key)


def _confirm(batch: Batch, record: type[Record], key: Any, on: date) -> None:
    before = batch.row(record, key) or {}
    day = {"confirmed_on": on} if "confirmed_on" in before else {}
    batch.update(record, key, day | as_fact(before, batch.actor, batch.now))


def _current_fundings(connection: Connection, structure_id: Any, on: date) -> list[int]:
    funding = table_of(Funding).c
    current = select(funding.id).where(
        funding.structure_id == structure_id,
        funding.archived_on.is_(None),
        or_(funding.end.is_(None), funding.end >= on),
    )
    return list(connection.execute(current).scalars())
