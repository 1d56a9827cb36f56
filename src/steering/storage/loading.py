"""The documented inventory for a database that was begun empty."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, func, select

from steering.model import Organisation, Record, Structure
from steering.storage import starter
from steering.storage.engine import reading
from steering.storage.problems import Invalid, Problem, Receipt
from steering.storage.rights.table import Right
from steering.storage.tables import LINKS, OWNER_OF, key_of, table_of
from steering.storage.transaction import Batch, transaction


def can_load(engine: Engine) -> bool:
    """Whether nobody has entered an organisation or a structure yet."""
    with reading(engine) as connection:
        return not any(
            connection.execute(select(func.count()).select_from(table_of(record))).scalar()
            for record in (Organisation, Structure)
        )


def load(engine: Engine, dataset: str, *, actor: str, now: datetime) -> Receipt:
    """Add what a starting dataset has and this database lacks, as one batch that can be undone.

    Raises Invalid where organisations or structures exist already: nothing is mixed.
    """
    if not can_load(engine):
        raise Invalid(
            Problem(0, "", "Es sind schon Träger oder Strukturen erfasst, daher wird nichts geladen.")
        )
    records = starter.records(dataset)
    lists = _lists(records)
    with transaction(engine, actor, now, needs=Right.SETTINGS) as batch:
        for record in records:
            _add(batch, record, lists)
        return batch.receipt()


def _add(batch: Batch, record: Any, lists: dict[tuple[type, Any], dict[str, list[Any]]]) -> None:
    kind: type[Record] = type(record)
    if table_of(kind).name in OWNER_OF:
        return
    key = getattr(record, key_of(kind).name)
    if batch.row(kind, key) is None:
        batch.insert(kind, record.model_dump() | lists[kind, key])


def _lists(records: list[Any]) -> dict[tuple[type, Any], dict[str, list[Any]]]:
    """The members of the lists that records own, by owner."""
    found: dict[tuple[type, Any], dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for record in records:
        for owner, links in LINKS.items():
            for link in links:
                if isinstance(record, link.record):
                    found[owner, getattr(record, link.owner)][link.field].append(getattr(record, link.member))
    return found
