"""A table of the screen as a workbook that Excel opens without a question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from io import BytesIO

import numpy as np
import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

WIDEST, NARROWEST = 60, 9
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\]")
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def xlsx(frame: pd.DataFrame, *, title: str, notes: Sequence[str] = ()) -> bytes:
    """One sheet with the frame, a second one, "Hinweise", with what is needed to read it later.

    Days become real dates, numbers stay numbers; text that looks like a formula stays text.
    """
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = _NOT_IN_SHEET_NAMES.sub(" ", title)[:31]
    _fill(sheet, frame)
    about = book.create_sheet("Hinweise")
    for row, note in enumerate([title, *notes], start=1):
        _put(about.cell(row, 1), note)
    about["A1"].font = Font(bold=True)
    about.column_dimensions["A"].width = WIDEST
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _fill(sheet: Worksheet, frame: pd.DataFrame) -> None:
    for column, (name, values) in enumerate(frame.items(), start=1):
        cell = sheet.cell(1, column)
        _put(cell, str(name))
        cell.font = Font(bold=True)
        longest = len(str(name))
        for row, value in enumerate(values, start=2):
            cell = sheet.cell(row, column)
            _put(cell, value)
            longest = max(longest, len(str(cell.value or "")))
        width = min(max(longest + 2, NARROWEST), WIDEST)
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions


def _put(cell: Cell, value: object) -> None:
    if value is None or value is pd.NaT or value is pd.NA or value != value:
        return
    if isinstance(value, (datetime, date)):
        timed = isinstance(value, datetime) and value.time() != time()
        cell.value = value
        cell.number_format = "DD.MM.YYYY HH:MM" if timed else "DD.MM.YYYY"
    elif isinstance(value, str):
        cell.value = _NOT_IN_XML.sub("", value)
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(_FORMULA)
        cell.alignment = Alignment(vertical="top", wrap_text=len(value) > WIDEST)
    elif isinstance(value, (bool, np.bool_)):
        cell.value = "ja" if value else "nein"
    else:
        cell.value = value.item() if hasattr(value, "item") else value
        cell.number_format = _number_format(cell.value)


def _number_format(value: object) -> str:
    """Excel writes points and commas as its own language has them; whole numbers get no lone comma."""
    if not isinstance(value, float) or value.is_integer():
        return "#,##0"
    return "#,##0.0" if round(value, 1) == value else "#,##0.00"
