"""What hangs on a record."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from steering.model import Record
from steering.storage.rows import fetch_row, in_parts
from steering.storage.tables import OWNER_OF, TYPES, key_of, pointing_to


@dataclass(frozen=True)
class Pointer:
    """A record that refers to another through `field`."""

    record: type[Record]
    key: Any
    field: str


def pointers(connection: Connection, record: type[Record], key: Any) -> Iterator[Pointer]:
    """The records, archived ones too, that refer to a record."""
    return (pointer for _, pointer in pointers_to_each(connection, record, [key]))


def pointers_to_each(
    connection: Connection, record: type[Record], keys: Sequence[Any]
) -> Iterator[tuple[Any, Pointer]]:
    """The same for many records of a type, asked for together; each with the key it refers to."""
    for column in pointing_to(record):
        table = column.table
        if table.name in OWNER_OF:
            other_type, link = OWNER_OF[table.name]
            own, field = table.c[link.owner], link.field
        else:
            other_type = TYPES[table.name]
            own, field = key_of(other_type), column.name
        for part in in_parts(keys):
            for to, other in connection.execute(select(column, own).where(column.in_(part))):
                yield to, Pointer(other_type, other, field)


def in_view(connection: Connection, record: type[Record], key: Any) -> bool:
    """Whether a record is there and not archived."""
    row = fetch_row(connection, record, key)
    return row is not None and not row.get("archived_on")
