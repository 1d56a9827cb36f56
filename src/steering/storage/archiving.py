"""Putting a record away: archived where others point to it, deleted where nothing does."""

from datetime import datetime
from typing import Any

from sqlalchemy import Engine

from steering.model import Record
from steering.storage.conflicts import check_version
from steering.storage.engine import reading
from steering.storage.pointers import in_view, pointers
from steering.storage.problems import Invalid, Problem, Receipt
from steering.storage.titles import title
from steering.storage.transaction import Batch, transaction


def archive(
    engine: Engine, record: type[Record], key: Any, version: int, *, actor: str, now: datetime
) -> Receipt:
    """Take a record, with what hangs on it, out of every view; it stays in the database.

    Raises Conflict, and Invalid where it is archived already.
    """
    with transaction(engine, actor, now) as batch:
        check_archivable(batch, record, key, version)
        batch.update(record, key, {"archived_on": now.date()})
        return batch.receipt(key)


def delete_or_archive(
    engine: Engine, record: type[Record], key: Any, version: int, *, actor: str, now: datetime
) -> Receipt:
    """Delete a record to which nothing points, archive any other. Raises as `archive` does."""
    with transaction(engine, actor, now) as batch:
        check_archivable(batch, record, key, version)
        put_away(batch, record, key)
        return batch.receipt(key)


def delete(
    engine: Engine, record: type[Record], key: Any, version: int, *, actor: str, now: datetime
) -> Receipt:
    """Delete a record that is never archived and to which nothing points. Raises Conflict and Invalid."""
    with transaction(engine, actor, now) as batch:
        check_version(batch.connection, 0, record, key, batch.row(record, key), version)
        batch.delete(record, key)
        return batch.receipt(key)


def restore_record(
    engine: Engine, record: type[Record], key: Any, version: int, *, actor: str, now: datetime
) -> Receipt:
    """Bring an archived record back, with what hangs on it.

    Raises Conflict, and Invalid where it is not archived.
    """
    with transaction(engine, actor, now) as batch:
        _check(batch, record, key, version, archived=True)
        batch.update(record, key, {"archived_on": None})
        return batch.receipt(key)


def dependants(engine: Engine, record: type[Record], key: Any) -> list[str]:
    """The records in view that point to a record, by name: to be shown before it is put away."""
    with reading(engine) as connection:
        found = {(other.record, other.key) for other in pointers(connection, record, key)}
        return sorted(title(connection, *other) for other in found if in_view(connection, *other))


def put_away(batch: Batch, record: type[Record], key: Any) -> None:
    """Within a transaction: delete a record to which nothing points, archive any other."""
    if next(pointers(batch.connection, record, key), None) is None:
        batch.delete(record, key)
    else:
        batch.update(record, key, {"archived_on": batch.now.date()})


def check_archivable(batch: Batch, record: type[Record], key: Any, version: int) -> None:
    """Refuse to put away what has moved on, or is archived already. Raises as `archive` does."""
    _check(batch, record, key, version, archived=False)


def _check(batch: Batch, record: type[Record], key: Any, version: int, *, archived: bool) -> None:
    stored = batch.row(record, key) or {}
    check_version(batch.connection, 0, record, key, stored or None, version)
    if bool(stored["archived_on"]) != archived:
        state = "nicht archiviert" if archived else "schon archiviert"
        raise Invalid(Problem(0, "archived_on", f"{title(batch.connection, record, key)} ist {state}."))
