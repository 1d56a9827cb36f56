"""Making one of two records that stand for the same thing."""

from datetime import datetime
from typing import Any

from sqlalchemy import Engine, select

from steering.analysis.incoming.names import plain_name
from steering.model import ClosedYear, Funding, Organisation, Person, Record, Responsibility, Structure
from steering.storage.archiving import put_away
from steering.storage.closed_rounds import closed_round_of
from steering.storage.pointers import Pointer, pointers
from steering.storage.problems import Invalid, Problem, Receipt
from steering.storage.rows import Row
from steering.storage.rules import relations, units_above
from steering.storage.tables import LINKS, table_of
from steering.storage.titles import title
from steering.storage.transaction import Batch, transaction

# What makes two records of the same structure one and the same; carrying fundings before those that
# accompany them.
_SAID_OF: dict[type[Record], tuple[str, ...]] = {
    Funding: (
        "programme_id",
        "payer",
        "part",
        "start",
        "end",
        "end_kind",
        "fte",
        "places",
        "amount_cents",
        "amount_basis",
        "accompanies_id",
        "archived_on",
    ),
    Responsibility: (
        "task_id",
        "area_id",
        "role",
        "delivers",
        "site",
        "valid_from",
        "valid_until",
        "target_groups",
        "archived_on",
    ),
}


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

    Fundings and responsibilities that say the same unite: what was captured twice is not counted twice.
    Raises Invalid for a record into itself, into a unit
    below it, or where one of the two is archived or gone.
    """
    with transaction(engine, actor, now) as batch:
        _check_pair(batch, record, keep_id, drop_id)
        if record is Structure:
            for owned in _SAID_OF:
                _unite(batch, owned, keep_id, drop_id)
        moved = [one for one in pointers(batch.connection, record, drop_id) if not _closed(batch, one)]
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


def _unite(batch: Batch, record: type[Record], keep_id: int, drop_id: int) -> None:
    kept = _owned(batch, record, keep_id)
    for key in _owned(batch, record, drop_id):
        mine = batch.row(record, key) or {}
        twin = next((other for other in kept if _same(record, batch.row(record, other) or {}, mine)), None)
        if twin is not None:
            for pointer in list(pointers(batch.connection, record, key)):
                # A closing stays with what it was about, which is archived with it.
                if pointer.record is ClosedYear:
                    continue
                _move(batch, pointer, twin, key)
            put_away(batch, record, key)


def _owned(batch: Batch, record: type[Record], structure_id: int) -> list[int]:
    """The structure's records of a type; fundings that accompany another come last."""
    columns = table_of(record).c
    order = [columns.accompanies_id.is_not(None)] if record is Funding else []
    found = select(columns.id).where(columns.structure_id == structure_id).order_by(*order, columns.id)
    return list(batch.connection.execute(found).scalars())


def _same(record: type[Record], one: Row, other: Row) -> bool:
    """Whether two records of a structure say the same; money of which little is known goes by its names."""
    if any(one[field] != other[field] for field in _SAID_OF[record]):
        return False
    if record is not Funding:
        return True
    payers = {plain_name(row["payer_name"]) for row in (one, other)} - {""}
    known = one["programme_id"] is not None or one["amount_cents"] is not None
    return len(payers) < 2 and (known or plain_name(one["name"]) == plain_name(other["name"]))


def _closed(batch: Batch, pointer: Pointer) -> bool:
    """Whether it belongs to a closed round, which keeps pointing to what it pointed to then."""
    row = batch.row(pointer.record, pointer.key) or {}
    return closed_round_of(batch.connection, pointer.record, row) is not None


def _move(batch: Batch, pointer: Pointer, keep_id: int, drop_id: int) -> None:
    value: Any = keep_id
    if pointer.field in {link.field for link in LINKS.get(pointer.record, ())}:
        members = (batch.row(pointer.record, pointer.key) or {})[pointer.field]
        value = sorted({keep_id, *members} - {drop_id})
    # Whoever may merge two units need not be one who gives out roles: who belonged to one belongs to both.
    move = batch.follow if pointer.record is Person else batch.update
    move(pointer.record, pointer.key, {pointer.field: value})


def _refused(message: str) -> Invalid:
    return Invalid(Problem(0, "", message))
