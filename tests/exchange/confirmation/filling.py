"""A carrier's workbook as somebody in an office fills it in."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

SHEETS = ("Strukturen", "Förderungen", "Zuständigkeiten")
Change = tuple[str, int, str, Any]
"""Sheet, row, heading, and what is typed there."""


def at(sheet: Worksheet, row: int, heading: str) -> Any:
    """The cell of a row under a heading."""
    column = next(cell.column for cell in sheet[1] if cell.value == heading)
    return sheet.cell(row, column)


def filled(content: bytes, *changes: Change, reply: str | None = None) -> bytes:
    """The workbook with cells changed, and before that the same reply in every row that went out."""
    return edited(content, lambda book: _fill(book, changes, reply))


def edited(content: bytes, change: Callable[[Workbook], None]) -> bytes:
    book = load_workbook(BytesIO(content))
    change(book)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _fill(book: Workbook, changes: tuple[Change, ...], reply: str | None) -> None:
    for title in SHEETS if reply else ():
        for row in range(2, book[title].max_row + 1):
            if book[title].cell(row, 1).value is not None:
                at(book[title], row, "Stimmt so?").value = reply
    for title, row, heading, value in changes:
        at(book[title], row, heading).value = value
