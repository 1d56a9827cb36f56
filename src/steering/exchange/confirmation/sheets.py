"""The sheets of a carrier's workbook: which columns they have, and which names may stand in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from steering.analysis.confirmation import FIELDS, RECORDS, AskedFile, Item
from steering.analysis.confirmation.shares import units_below
from steering.analysis.portfolio import Portfolio
from steering.exchange.workbook.columns import CellKind, Column, Lists, columns_of
from steering.exchange.workbook.reference_names import NamesByKey, names, unmistakable
from steering.exchange.workbook.sheets import RecordSheet, joined, shown
from steering.model import AreaKind, Record, Reply
from steering.model.vocabulary import WORDS

TITLES = {"structure": "Strukturen", "funding": "Förderungen", "responsibility": "Zuständigkeiten"}
REPLY = Column(
    "reply",
    "Stimmt so?",
    CellKind.CHOICE,
    choices=Reply,
    asks=True,
    about="bitte je Zeile wählen: " + ", ".join(f"»{word}«" for word in WORDS[Reply].values()),
)
REMARK = Column(
    "remark", "Bemerkung", CellKind.TEXT, about="alles, was Sie uns zu dieser Zeile sagen möchten"
)
_ABOUT = {
    "organisation_id": "Ihr Haus oder eine Einheit darin",
    "fte": "Stellenumfang in Vollzeitstellen, z. B. 1,5",
    "structure_id": "Name der Struktur, wie er auf dem Blatt »Strukturen« steht",
    "name": "wie es bei Ihnen heißt",
    "task_id": "Aufgabe; Auswahl aus der Liste",
    "area_id": "Gebiet, für das es gilt; Auswahl aus der Liste",
    "valid_until": "letzter Tag, z. B. 31.12.2026; leer, wenn es keinen gibt",
    "end": "letzter Tag, an dem das Geld trägt, z. B. 31.12.2026; leer, wenn es keinen gibt",
    "expected_until": "bis wann eine beantragte oder in Aussicht gestellte Verlängerung reichen würde",
}


class CarrierScope:
    """A carrier and its units, with the names that may enter its file."""

    def __init__(self, portfolio: Portfolio, carrier_id: int, asked: Iterable[Item], lists: Lists) -> None:
        everything = portfolio.without_examples()
        self.units = units_below(everything, carrier_id)
        masks = {"organisation": everything.organisations["id"].isin(self.units)}
        self.own = everything.keeping(masks)
        self._used = {item.sent.get("area_id") for item in asked}
        self._lists = lists

    @cached_property
    def columns(self) -> dict[type[Record], tuple[Column, ...]]:
        """The columns of each sheet in their order: key, what it is, the question, the fields, the remark."""
        return {record: tuple(_columns(record, self._lists)) for record in RECORDS.values()}

    def names_of(self, table: str) -> NamesByKey:
        """The names that may be chosen: own units and structures, the catalogue, public places."""
        if table != "area":
            return names(self.own, table)
        areas = self.own.areas
        offered = (areas["kind"] != AreaKind.GROUP) | areas["id"].isin(self._used)
        chosen = areas[offered]
        return unmistakable(zip(chosen["id"].tolist(), chosen["name"].tolist(), strict=True))


def sheets(asked: AskedFile, scope: CarrierScope) -> list[RecordSheet]:
    """The three sheets as they go out."""
    known: dict[str, NamesByKey] = {}

    def names_of(table: str) -> NamesByKey:
        if table not in known:
            known[table] = scope.names_of(table)
        return known[table]

    return [
        RecordSheet(
            record,
            TITLES[table],
            scope.columns[record],
            tuple(_row(item, scope.columns[record], names_of) for item in asked.of(record)),
        )
        for table, record in RECORDS.items()
    ]


def correctable(columns: Sequence[Column]) -> tuple[Column, ...]:
    """The columns that are fields of the record."""
    return tuple(column for column in columns if column.field not in (REPLY.field, REMARK.field))


def _columns(record: type[Record], lists: Lists) -> list[Column]:
    known = {column.field: column for column in columns_of(record, lists)}
    first, *rest = (_told(known[field]) for field in FIELDS[record])
    return [known["id"], first, REPLY, *rest, REMARK]


def _told(column: Column) -> Column:
    return replace(column, about=_ABOUT.get(column.field, ""))


def _row(item: Item, columns: Sequence[Column], names_of: Callable[[str], NamesByKey]) -> tuple[Any, ...]:
    return tuple(_cell(item, column, names_of) for column in columns)


def _cell(item: Item, column: Column, names_of: Callable[[str], NamesByKey]) -> Any:
    if column.is_key:
        return item.key
    value = item.sent.get(column.field)
    if value is None or value == "":
        return None
    if column.kind is CellKind.LIST:
        return joined(names_of(column.target).get(key, f"[{key}]") for key in value)
    if column.kind is CellKind.REFERENCE:
        return names_of(column.target).get(value, f"[{value}]")
    return shown(column, value)
