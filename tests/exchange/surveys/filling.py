"""A body's workbook as somebody in a town hall fills it in."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook

from tests.exchange.confirmation.filling import at, edited

NEED, STEERING = "Bedarf", "Strategische Steuerung"


def answered(content: bytes, *rows: tuple[str, int, dict[str, Any]]) -> bytes:
    """The workbook with cells filled in: sheet, row, and what is typed under which heading."""

    def fill(book: Workbook) -> None:
        for title, row, cells in rows:
            for heading, value in cells.items():
                at(book[title], row, heading).value = value

    return edited(content, fill)


def row_of_task(content: bytes, task: str) -> int:
    """The row of the sheet »Bedarf« that asks about a task."""
    sheet = load_workbook(BytesIO(content))[NEED]
    return next(row for row in range(2, sheet.max_row + 1) if at(sheet, row, "Aufgabe").value == task)
