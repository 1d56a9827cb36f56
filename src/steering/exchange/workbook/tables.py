"""The sheets of a workbook of ours as tables: headings found, rows cut out, new records noted by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from steering.analysis.incoming import New
from steering.analysis.incoming.cells import Unreadable
from steering.analysis.incoming.lists.columns import REASON
from steering.analysis.portfolio import Portfolio
from steering.exchange.workbook import about, choices
from steering.exchange.workbook.cell_reading import as_words, is_empty
from steering.exchange.workbook.columns import Column, Lists, columns_of, table_of, title_of
from steering.exchange.workbook.grids import CellRows
from steering.exchange.workbook.name_reading import MeantRecords
from steering.exchange.workbook.reference_names import same
from steering.exchange.workbook.sheets import records
from steering.model import Record
from steering.model.german import listing

HEADER_WITHIN = 10
"""Rows in which the headings are looked for: somebody may have put a line above them."""
_OURS = {same(about.TITLE), same(choices.TITLE), same("LIESMICH")}
_NAMED = ("name", "title", "subject", "topic")


@dataclass(frozen=True)
class SheetRow:
    """A row of a sheet that holds something: its number, and its cells by column."""

    number: int
    cells: dict[str, Any]
    words: dict[str, str]


@dataclass(frozen=True)
class UnderstoodSheet:
    """A sheet that was understood: which records, which columns it has, and its rows."""

    record: type[Record]
    title: str
    columns: tuple[Column, ...]
    lines: tuple[SheetRow, ...]

    @property
    def key(self) -> Column:
        return next(column for column in self.columns if column.is_key)


def tables_of(
    found: Mapping[str, CellRows], portfolio: Portfolio, lists: Lists
) -> tuple[list[UnderstoodSheet], list[str]]:
    """The sheets that are understood, what others point to first, and a sentence on what is not read."""
    known = {same(title_of(record)): record for record in records(portfolio, lists)}
    order = [table.name for table in Record.metadata.sorted_tables]
    found_tables, notes = [], []
    for title, grid in found.items():
        record = known.get(same(title))
        if record is None:
            if same(title) not in _OURS and any(not is_empty(cell) for row in grid for cell in row):
                notes.append(f"Das Blatt »{title}« gehört nicht zur Arbeitsmappe und wurde nicht gelesen.")
            continue
        table, strange = understood(record, title, grid, columns_of(record, lists))
        notes += strange
        found_tables += [table] if table else []
    return sorted(found_tables, key=lambda table: order.index(table_of(table.record).name)), notes


def understood(
    record: type[Record], title: str, grid: CellRows, columns: Sequence[Column]
) -> tuple[UnderstoodSheet | None, list[str]]:
    """A sheet with its headings found and its rows cut out; None with a sentence where there are none."""
    known = {same(column.former): column for column in columns if column.former}
    known |= {same(column.field): column for column in columns} | {
        same(column.heading): column for column in columns
    }
    known |= {same(column.heading.removesuffix(" (EUR)")): column for column in columns}
    keys = {same(column.heading) for column in columns if column.is_key}
    for number, row in enumerate(grid[:HEADER_WITHIN]):
        headings = [same(as_words(cell)) for cell in row]
        if keys & set(headings):
            placed = _placed(headings, known)
            lines = tuple(_lines(grid, number, placed))
            strange = [as_words(row[at]) for at, heading in enumerate(headings) if heading not in known]
            left = [each for each in strange if each and same(each) != same(REASON)]
            notes = [f"Blatt »{title}«: Nicht gelesen wurde {listing(_quoted(left))}."] if left else []
            return UnderstoodSheet(record, title, tuple(placed.values()), lines), notes
    if not any(not is_empty(cell) for row in grid for cell in row):
        return None, []
    (key,) = (column.heading for column in columns if column.is_key)
    return None, [f"Das Blatt »{title}« hat keine Spalte »{key}« und wurde nicht gelesen. Bitte ergänzen."]


def _quoted(names: Sequence[str]) -> list[str]:
    return [f"»{name[:40]}«" for name in names]


def _placed(headings: Sequence[str], known: dict[str, Column]) -> dict[int, Column]:
    """Where each column stands; of two with one heading the first counts."""
    placed: dict[int, Column] = {}
    for at, heading in enumerate(headings):
        column = known.get(heading)
        if column is not None and column not in placed.values():
            placed[at] = column
    return placed


def _lines(grid: CellRows, header: int, placed: dict[int, Column]) -> Iterator[SheetRow]:
    for number, row in enumerate(grid[header + 1 :], start=header + 2):
        cells = {column.field: row[at] if at < len(row) else None for at, column in placed.items()}
        if any(not is_empty(cell) for cell in cells.values()):
            words = {column.heading: as_words(cells[column.field]) for column in placed.values()}
            yield SheetRow(number, cells, words)


def note_new(table: UnderstoodSheet, meant: MeantRecords) -> None:
    """Tell the names of a sheet's new records to whatever points to them."""
    naming = next((column for column in table.columns if column.field in _NAMED), None)
    for line in table.lines if naming else ():
        assert naming is not None
        named = line.cells[naming.field]
        if is_empty(line.cells[table.key.field]) and not (is_empty(named) or isinstance(named, Unreadable)):
            name = as_words(named)
            meant.add(table_of(table.record).name, name, New(table.record, new_key(table, line)))


def new_key(table: UnderstoodSheet, line: SheetRow) -> tuple[str, int]:
    """What a new record is known by before it has a number."""
    return table.title, line.number
