"""The made-up examples among the facts: which there are, what hangs on them, and away with them."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Engine, select

from steering.analysis.portfolio import REFERENCES
from steering.model import Provenance, Record
from steering.storage.archiving import put_away
from steering.storage.engine import reading
from steering.storage.pointers import in_view, pointers, pointers_to_each
from steering.storage.problems import Receipt
from steering.storage.rights.table import Right
from steering.storage.tables import TYPES, key_of, table_of
from steering.storage.titles import title
from steering.storage.transaction import Batch, transaction

_GO_ALONG = {(each.child, each.column) for each in REFERENCES if each.goes_along}


def remaining(engine: Engine) -> pd.DataFrame:
    """The examples in view: record (table), id, title; by table."""
    with reading(engine) as connection:
        rows = [
            (table_of(record).name, key, title(connection, record, key)) for record, key in _all(connection)
        ]
    return pd.DataFrame(rows, columns=["record", "id", "title"])


def counts(engine: Engine) -> dict[str, int]:
    """How many examples are in view, by table, without those of which there are none."""
    return {str(table): int(number) for table, number in remaining(engine).groupby("record").size().items()}


def dependants(engine: Engine) -> list[str]:
    """A sentence for each fact that points to an example, saying what its removal does to it."""
    with reading(engine) as connection:
        examples = dict.fromkeys(_all(connection))
        of_type: dict[type[Record], list[Any]] = {}
        for record, key in examples:
            of_type.setdefault(record, []).append(key)
        return sorted(
            _sentence(connection, (record, key), (other.record, other.key), other.field)
            for record, keys in of_type.items()
            for key, other in pointers_to_each(connection, record, keys)
            if (other.record, other.key) not in examples and in_view(connection, other.record, other.key)
        )


def remove(engine: Engine, *, actor: str, now: datetime) -> Receipt:
    """Delete all examples, archive those to which a fact points; one batch, so that undo brings all back."""
    with transaction(engine, actor, now, needs=Right.SETTINGS) as batch:
        left = list(_all(batch.connection))[::-1]
        while removable := [example for example in left if _free(batch, *example)]:
            for record, key in removable:
                batch.delete(record, key)
            left = [example for example in left if example not in removable]
        for record, key in left:
            put_away(batch, record, key)
        return batch.receipt()


def _all(connection: Connection) -> Iterator[tuple[type[Record], Any]]:
    """The examples in view, parents' tables first."""
    for table in Record.metadata.sorted_tables:
        if "provenance" in table.c:
            record = TYPES[table.name]
            query = select(key_of(record)).where(
                table.c.provenance == Provenance.EXAMPLE, table.c.archived_on.is_(None)
            )
            yield from ((record, key) for key in connection.execute(query).scalars())


def _free(batch: Batch, record: type[Record], key: Any) -> bool:
    return next(pointers(batch.connection, record, key), None) is None


def _sentence(
    connection: Connection, example: tuple[type[Record], Any], other: tuple[type[Record], Any], field: str
) -> str:
    goes_along = (table_of(other[0]).name, field) in _GO_ALONG
    fate = "verschwindet mit aus der Ansicht" if goes_along else "bleibt ohne diese Angabe"
    return f"{title(connection, *other)} bezieht sich auf {title(connection, *example)} und {fate}."
