"""What hangs on a record."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from steering.model import Record
from steering.storage.rows import fetch_row
from steering.storage.tables import OWNER_OF, TYPES, key_of, pointing_to


@dataclass(frozen=True)
class Pointer:
    """A record that refers to another through `field`."""

    record: type[Record]
    key: Any
    field: str


def pointers(connection: Connection, record: type[Record], key: Any) -> Iterator[Pointer]:
    """The records, archived ones too, that refer to a record."""
    for column in pointing_to(record):
        table = column.table
        if table.name in OWNER_OF:
            owner, link = OWNER_OF[table.name]
            found = select(table.c[link.owner]).where(column == key)
            yield from (Pointer(owner, other, link.field) for other in connection.execute(found).scalars())
        else:
            other_type = TYPES[table.name]
            found = select(key_of(other_type)).where(column == key)
            yield from (
                Pointer(other_type, other, column.name) for other in connection.execute(found).scalars()
            )


def in_view(connection: Connection, record: type[Record], key: Any) -> bool:
    """Whether a record is there and not archived."""
    row = fetch_row(connection, record, key)
    return row is not None and not row.get("archived_on")
