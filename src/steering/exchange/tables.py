"""A table of the screen as a workbook that Excel opens without a question, and as CSV that it fetches."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from io import BytesIO

import pandas as pd
from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from steering.exchange.cells.separated_cells import said, separated
from steering.exchange.cells.written_cells import WIDEST, font, put

NARROWEST = 9
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\]")


def xlsx(frame: pd.DataFrame, *, title: str, notes: Sequence[str] = ()) -> bytes:
    """One sheet with the frame, a second one, "Hinweise", with what is needed to read it later.

    Days become real dates, numbers stay numbers; text that looks like a formula stays text.
    """
    book = _book({title: frame})
    about = book.create_sheet("Hinweise")
    for row, note in enumerate([title, *notes], start=1):
        put(about.cell(row, 1), note)
    about["A1"].font = font(bold=True)
    about.column_dimensions["A"].width = WIDEST
    return _saved(book)


def sheets(frames: Mapping[str, pd.DataFrame]) -> bytes:
    """A sheet for each frame under its title."""
    return _saved(_book(frames))


def as_csv(frame: pd.DataFrame) -> bytes:
    """The frame with its headings: UTF-8 with a byte order mark, semicolons, decimal commas, TT.MM.JJJJ."""
    rows = frame.astype(object).itertuples(index=False, name=None)
    lines = [[said(str(name)) for name in frame.columns], *([said(cell) for cell in row] for row in rows)]
    return separated(lines).encode("utf-8-sig")


def _book(frames: Mapping[str, pd.DataFrame]) -> Workbook:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, frame in frames.items():
        sheet = book.create_sheet(_NOT_IN_SHEET_NAMES.sub(" ", title)[:31])
        _fill(sheet, frame)
    return book


def _saved(book: Workbook) -> bytes:
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _fill(sheet: Worksheet, frame: pd.DataFrame) -> None:
    for column, (name, values) in enumerate(frame.items(), start=1):
        cell = sheet.cell(1, column)
        put(cell, str(name))
        cell.font = font(bold=True)
        longest = len(str(name))
        for row, value in enumerate(values, start=2):
            cell = sheet.cell(row, column)
            put(cell, value)
            longest = max(longest, len(str(cell.value or "")))
        width = min(max(longest + 2, NARROWEST), WIDEST)
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
