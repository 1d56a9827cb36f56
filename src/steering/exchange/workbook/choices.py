"""The hidden sheet of a workbook that its drop-downs take their entries from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter

from steering.analysis.portfolio import Portfolio
from steering.exchange.cells.written_cells import put
from steering.exchange.workbook.columns import CellKind, Column
from steering.exchange.workbook.reference_names import NamesByKey, same
from steering.exchange.workbook.sheets import NO, YES, RecordSheet
from steering.model.vocabulary import WORDS

TITLE = "Listen"
DATASET, DISTRICT = "Datenbestand", "Kreis"
KEYS = "Schlüssel: "
"""Before the name of a table: the column with the keys of the names to its left."""


def stamps(portfolio: Portfolio) -> dict[str, str]:
    """Which database, and which Kreis, a workbook of everything comes from."""
    return {DATASET: portfolio.dataset_id, DISTRICT: str(portfolio.settings["district_key"])}


@dataclass(frozen=True)
class _Listed:
    name: str
    entries: list[Any]

    def entry(self, row: int) -> Any:
        return self.entries[row] if row < len(self.entries) else None


class Choices:
    """A column for each closed list and each record type that the sheets refer to, names beside keys.

    `stamps`: what is to be found again in a file that comes back, such as the dataset. `names_of`: the names
    that may be chosen from a table; no others enter the file.
    """

    def __init__(
        self, stamps: Mapping[str, str], names_of: Callable[[str], NamesByKey], made: Iterable[RecordSheet]
    ) -> None:
        self._lists: list[_Listed] = []
        self._at: dict[str, int] = {}
        for name, entry in stamps.items():
            self._add(name, [entry])
        for column in (column for sheet in made for column in sheet.columns if not column.protected):
            if column.kind in (CellKind.REFERENCE, CellKind.LIST) and column.target not in self._at:
                known = sorted(names_of(column.target).items(), key=lambda pair: same(pair[1]))
                self._add(column.target, [name for _, name in known])
                self._add(KEYS + column.target, [key for key, _ in known])
            elif (own := _own_list(column)) and own not in self._at:
                self._add(own, _entries(column))

    def formula(self, column: Column) -> str | None:
        """Where a column's drop-down finds its entries; None for what has none."""
        name = column.target if column.kind is CellKind.REFERENCE else _own_list(column)
        if name not in self._at or not (many := len(self._lists[self._at[name]].entries)):
            return None
        letter = get_column_letter(self._at[name] + 1)
        return f"{TITLE}!${letter}$2:${letter}${many + 1}"

    def write(self, book: Workbook) -> None:
        """The sheet itself, hidden."""
        page = book.create_sheet(TITLE)
        page.sheet_state = "hidden"
        page.protection.sheet = True
        rows = max((len(listed.entries) for listed in self._lists), default=0)
        for row in range(-1, rows):
            cells = []
            for listed in self._lists:
                cell = WriteOnlyCell(page)
                put(cell, listed.name if row < 0 else listed.entry(row))
                cells.append(cell)
            page.append(cells)

    def _add(self, name: str, entries: list[Any]) -> None:
        self._at[name] = len(self._lists)
        self._lists.append(_Listed(name, entries))


def _own_list(column: Column) -> str:
    """The name of a closed list's column, which a table cannot have; "" for any other column."""
    if column.kind in (CellKind.YES_NO, CellKind.MARK):
        return "ja/nein"
    return column.choices.__name__ if column.choices is not None else ""


def _entries(column: Column) -> list[str]:
    return list(WORDS[column.choices].values()) if column.choices is not None else [YES, NO]
