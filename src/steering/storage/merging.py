"""Making one of two records that stand for the same thing."""

from datetime import datetime
from typing import Any

from sqlalchemy import Engine, select

from steering.model import Organisation, Record, Responsibility, Structure
from steering.storage.archiving import put_away
from steering.storage.pointers import Pointer, pointers, title
from steering.storage.problems import Invalid, Problem, Receipt
from steering.storage.rows import Row
from steering.storage.rules import relations, units_above
from steering.storage.tables import LINKS, table_of
from steering.storage.transaction import Batch, transaction

_SAID_OF_A_RESPONSIBILITY = (
    "task_id",
    "area_id",
    "role",
    "delivers",
    "site",
    "valid_from",
    "valid_until",
    "target_groups",
    "archived_on",
)


def merge(
    engine: Engine,
    record: type[Structure] | type[Organisation],
    keep_id: int,
    drop_id: int,
    *,
    actor: str,
    now: datetime,
) -> Receipt:
    """Let everything that hangs on `drop_id` hang on `keep_id`, and archive the former; one batch.

    Responsibilities that say the same unite. Raises Invalid for a record into itself, into a unit
    below it, or where one of the two is archived or gone.
    """
    with transaction(engine, actor, now) as batch:
        _check_pair(batch, record, keep_id, drop_id)
        if record is Structure:
            _unite_responsibilities(batch, keep_id, drop_id)
        moved = list(pointers(batch.connection, record, drop_id))
        for pointer in moved:
            _move(batch, pointer, keep_id, drop_id)
        for pointer in moved:
            for message in relations(batch.connection, pointer.record, pointer.key).values():
                raise Invalid(Problem(0, "", message))
        batch.update(record, drop_id, {"archived_on": now.date()})
        return batch.receipt(keep_id)


def _check_pair(batch: Batch, record: type[Record], keep_id: int, drop_id: int) -> None:
    if keep_id == drop_id:
        raise _refused("Das ist beide Male derselbe Eintrag. Bitte einen anderen wählen.")
    for key in (keep_id, drop_id):
        row = batch.row(record, key)
        if row is None or row["archived_on"]:
            raise _refused(
                f"{title(batch.connection, record, key)} ist nicht mehr da oder archiviert. Bitte neu wählen."
            )
    if record is Organisation and drop_id in units_above(batch.connection, keep_id):
        kept, dropped = (title(batch.connection, record, key) for key in (keep_id, drop_id))
        raise _refused(f"{kept} gehört zu {dropped}. Bitte andersherum zusammenführen.")


def _unite_responsibilities(batch: Batch, keep_id: int, drop_id: int) -> None:
    kept = [_said(row) for _, row in _responsibilities(batch, keep_id)]
    for key, row in _responsibilities(batch, drop_id):
        if _said(row) in kept:
            put_away(batch, Responsibility, key)


def _responsibilities(batch: Batch, structure_id: int) -> list[tuple[int, Row]]:
    columns = table_of(Responsibility).c
    keys = batch.connection.execute(select(columns.id).where(columns.structure_id == structure_id)).scalars()
    return [(key, batch.row(Responsibility, key) or {}) for key in keys.all()]


def _said(row: Row) -> Row:
    return {field: row[field] for field in _SAID_OF_A_RESPONSIBILITY}


def _move(batch: Batch, pointer: Pointer, keep_id: int, drop_id: int) -> None:
    value: Any = keep_id
    if pointer.field in {link.field for link in LINKS.get(pointer.record, ())}:
        members = (batch.row(pointer.record, pointer.key) or {})[pointer.field]
        value = sorted({keep_id, *members} - {drop_id})
    batch.update(pointer.record, pointer.key, {pointer.field: value})


def _refused(message: str) -> Invalid:
    return Invalid(Problem(0, "", message))
