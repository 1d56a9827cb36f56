"""What hangs on a record, and what people call it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from steering.model import CommitteeDate, MeasureCost, Period, PersonnelCost, Record, Responsibility
from steering.model.german import day
from steering.model.labels import RECORD_WORDS
from steering.storage.rows import fetch_row
from steering.storage.tables import OWNER_OF, TYPES, key_of, pointing_to, table_of


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


def title(connection: Connection, record: type[Record], key: Any) -> str:
    """What a record is called in a sentence: Struktur »Integrationslotsen«."""
    table = table_of(record)
    word = RECORD_WORDS.get(table.name, table.name)
    row = connection.execute(select(table).where(key_of(record) == key)).mappings().first()
    if row is None:
        return f"{word} Nr. {key}"
    if record is Responsibility:
        parts = (("structure", row["structure_id"]), ("task", row["task_id"]))
        structure, task = (_name(connection, other, number) for other, number in parts)
        return f"{word} von »{structure}« für »{task}«"
    if record is CommitteeDate:
        return f"{word} {_name(connection, 'committee', row['committee_id'])} am {day(row['day'])}"
    if record is MeasureCost:
        return f"{word} {row['year']} von »{_name(connection, 'measure', row['measure_id'])}«"
    if record is PersonnelCost:
        return f"{word} »{row['name']}« ({row['year']})"
    if record is Period:
        return f"{word} {day(row['first'])}–{day(row['last'])}"
    return f"{word} »{row['name']}«" if "name" in row else word


def _name(connection: Connection, table: str, key: Any) -> str:
    names = Record.metadata.tables[table].c
    return str(connection.execute(select(names.name).where(names.id == key)).scalar())
