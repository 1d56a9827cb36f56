"""The fields of a record as columns of a sheet, read off the model: no record needs code here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Protocol, get_args

import sqlalchemy as sa

from steering.model import Kept, Record
from steering.model.labels import RECORD_WORDS, field_word, usual_word

KEY_HEADING, VERSION_HEADING = "Nr.", "Version"
MARK, MARK_HEADING = "archived_on", "löschen/archivieren"
"""Nobody types a day of archiving: whoever writes "ja" there wants the record put away."""


class CellKind(StrEnum):
    """What a cell of a column holds."""

    TEXT = "text"
    WHOLE = "whole"
    NUMBER = "number"
    MONEY = "money"
    YES_NO = "yes_no"
    DAY = "day"
    MOMENT = "moment"
    TIME = "time"
    CHOICE = "choice"
    REFERENCE = "reference"
    LIST = "list"
    MARK = "mark"
    FOREIGN = "foreign"
    """Written for other programs only, such as JSON; shown and never read back."""


_KINDS: dict[type, CellKind] = {
    str: CellKind.TEXT,
    bool: CellKind.YES_NO,
    int: CellKind.WHOLE,
    float: CellKind.NUMBER,
    date: CellKind.DAY,
    datetime: CellKind.MOMENT,
    time: CellKind.TIME,
}


class OwnedList(Protocol):
    """A list that a record owns, as `storage.tables.Link` describes it."""

    @property
    def field(self) -> str: ...
    @property
    def record(self) -> type[Record]: ...
    @property
    def owner(self) -> str: ...
    @property
    def member(self) -> str: ...


Lists = Mapping[type[Record], Sequence[OwnedList]]


@dataclass(frozen=True)
class Column:
    """A column of a sheet. `target`: the table whose records are named in it; `choices`: its closed list.

    `asks`: it is what somebody is asked to fill in, and stands out.
    """

    field: str
    heading: str
    kind: CellKind
    required: bool = False
    longest: int | None = None
    target: str = ""
    choices: type[StrEnum] | None = None
    owned: OwnedList | None = None
    is_key: bool = False
    is_version: bool = False
    asks: bool = False
    about: str = ""
    """What belongs into it, where its kind does not say so."""

    former: str = ""
    """Its heading in workbooks of earlier versions, which are still read."""

    @property
    def protected(self) -> bool:
        """Whether people must leave it alone: it says which record, and which state of it, a row is."""
        return self.is_key or self.is_version or self.kind is CellKind.FOREIGN


def table_of(record: type[Record]) -> sa.Table:
    """The table of a record type."""
    return Record.metadata.tables[str(record.__tablename__)]


def title_of(record: type[Record]) -> str:
    """The German name of a record type, which is its sheet's and its file's."""
    name = table_of(record).name
    return RECORD_WORDS.get(name, name)


def columns_of(record: type[Record], lists: Lists) -> list[Column]:
    """All columns of a record's sheet: its key and version, its own fields, its lists, what it inherits."""
    table = table_of(record)
    owned = [_list_column(table.name, each) for each in lists.get(record, ())]
    own = [name for name in vars(record).get("__annotations__", {}) if name in table.c]
    inherited = [
        name
        for base in reversed(record.__bases__)
        for name in getattr(base, "model_fields", {})
        if name in table.c and name not in own
    ]
    key = [column.name for column in table.primary_key.columns]
    fields = [
        name for name in dict.fromkeys([*own, *inherited]) if name not in {*key, "version", "archived_on"}
    ]
    front = key + (["version"] if "version" in table.c else [])
    cut = sum(name in own for name in fields)
    made = [_column(record, table.c[name]) for name in front + fields[:cut]]
    made += owned + [_column(record, table.c[name]) for name in fields[cut:]]
    return made + ([Column(MARK, MARK_HEADING, CellKind.MARK)] if issubclass(record, Kept) else [])


def _list_column(table: str, owned: OwnedList) -> Column:
    (key,) = table_of(owned.record).c[owned.member].foreign_keys
    heading = field_word(table, owned.field)
    return Column(owned.field, heading, CellKind.LIST, target=key.column.table.name, owned=owned)


def _column(record: type[Record], column: sa.Column) -> Column:
    name = column.name
    info = record.model_fields[name]
    enum = _enum(info.annotation)
    targets = [key.column.table.name for key in column.foreign_keys]
    key, version = bool(column.primary_key), name == "version"
    kind = CellKind.REFERENCE if targets and not key else CellKind.CHOICE if enum else _kind(column)
    heading = field_word(column.table.name, name)
    if name == "id":
        heading = KEY_HEADING
    elif version:
        heading = VERSION_HEADING
    elif kind is CellKind.MONEY:
        heading = f"{heading} (EUR)"
    return Column(
        name,
        heading,
        kind,
        required=not column.nullable and info.is_required(),
        longest=getattr(column.type, "length", None),
        target=targets[0] if targets else "",
        choices=enum,
        is_key=key,
        is_version=version,
        former=usual_word(name),
    )


def _enum(annotation: object) -> type[StrEnum] | None:
    for part in (annotation, *get_args(annotation)):
        if isinstance(part, type) and issubclass(part, StrEnum):
            return part
    return None


def _kind(column: sa.Column) -> CellKind:
    stored = column.type
    if isinstance(stored, sa.types.TypeDecorator):
        stored = stored.impl_instance
    try:
        kind = _KINDS.get(stored.python_type, CellKind.FOREIGN)
    except NotImplementedError:
        return CellKind.FOREIGN
    return CellKind.MONEY if kind is CellKind.WHOLE and column.name.endswith("_cents") else kind
