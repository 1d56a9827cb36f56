"""What is to be said of a sheet beside its cells: hidden and struck-out rows, umlauts that were garbled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from openpyxl.utils import get_column_letter

from steering.analysis.incoming.lists.sheet import SheetCells, text
from steering.exchange.cells import letters
from steering.exchange.cells.read_cells import ReadSheet
from steering.model.german import listing

RowNotes = Mapping[int, tuple[str, ...]]
_MOST = 12
_HIDDEN = "Die Zeile ist in der Datei ausgeblendet."
_STRUCK = (
    "Die Zeile ist durchgestrichen. Bitte weglassen, oder die Streichung aufheben, wenn sie gelten soll."
)


def with_notes(sheet: ReadSheet, notes: tuple[str, ...]) -> SheetCells:
    """A sheet with what is hidden or struck out in it said; a row that is struck out whole is refused."""
    where = f"Blatt »{sheet.name}«: "
    hidden = [
        at
        for at in sorted(sheet.marks.hidden_rows)
        if at < len(sheet.rows) and any(map(text, sheet.rows[at]))
    ]
    refused, struck = _struck(sheet)
    if hidden:
        notes = (*notes, f"{where}Ausgeblendete Zeilen wurden mitgelesen: {_numbers(hidden)}.")
    if refused:
        notes = (*notes, f"{where}Durchgestrichene Zeilen wurden nicht übernommen: {_numbers(refused)}.")
    if partly := [at for at in struck if at not in refused]:
        notes = (*notes, f"{where}Einzelnes ist durchgestrichen in Zeile {_numbers(partly)}; bitte prüfen.")
    if columns := _hidden_columns(sheet):
        notes = (*notes, f"{where}Ausgeblendete Spalten wurden mitgelesen: {listing(columns, _MOST)}.")
    row_notes = _together(dict.fromkeys(hidden, (_HIDDEN,)), struck)
    return SheetCells(sheet.name, sheet.rows, sheet.merged, notes, refused=refused, row_notes=row_notes)


def mended(grid: SheetCells) -> SheetCells:
    """A grid whose garbled umlauts (»MÃ¼ller«) are read as they were meant, with a note at each row."""
    found: dict[int, tuple[str, ...]] = {}
    rows = list(grid.rows)
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, str) and (meant := letters.ungarbled(cell)) != cell:
                rows[at] = [*rows[at][:column], meant, *rows[at][column + 1 :]]
                found[at] = (*found.get(at, ()), letters.mended_said(cell, meant))
    if not found:
        return grid
    numbers = [at + grid.above for at in found]
    where = f"Blatt »{grid.sheet}«: " if grid.sheet else ""
    note = f"{where}Falsch umgesetzte Umlaute wurden berichtigt in Zeile {_numbers(numbers)}; bitte prüfen."
    row_notes = _together(grid.row_notes, found)
    return replace(grid, rows=rows, notes=(*grid.notes, note), row_notes=row_notes)


def _struck(sheet: ReadSheet) -> tuple[dict[int, str], dict[int, tuple[str, ...]]]:
    """Why rows are refused that are struck out, and what is struck out in which row."""
    refused: dict[int, str] = {}
    notes: dict[int, tuple[str, ...]] = {}
    for at, columns in sorted(sheet.marks.struck.items()):
        row = sheet.rows[at] if at < len(sheet.rows) else []
        filled = [column for column, cell in enumerate(row) if text(cell)]
        struck = [column for column in filled if column in columns]
        if 2 * len(struck) > len(filled):
            refused[at] = _STRUCK
        if struck:
            said = listing([f"»{text(row[column])[:40]}«" for column in struck], 4)
            notes[at] = (f"Durchgestrichen ist {said}; bitte prüfen.",)
    return refused, notes


def _hidden_columns(sheet: ReadSheet) -> list[str]:
    """The letters of hidden columns in which something stands."""
    width = max(map(len, sheet.rows), default=0)
    return [
        get_column_letter(column + 1)
        for first, last in sheet.marks.hidden_columns
        for column in range(first, min(last + 1, width))
        if any(column < len(row) and text(row[column]) for row in sheet.rows)
    ]


def _together(one: RowNotes, other: RowNotes) -> RowNotes:
    return {at: (*one.get(at, ()), *other.get(at, ())) for at in {*one, *other}}


def _numbers(rows: Iterable[int]) -> str:
    return listing([str(at + 1) for at in rows], _MOST)
