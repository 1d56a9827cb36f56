"""One cell of a workbook: values as Excel wants them, and text that stays the text it is."""

from __future__ import annotations

import re
from datetime import date, datetime, time

import numpy as np
import pandas as pd
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font

LONGEST = 32_767
"""The most characters that a cell of a workbook takes."""
WIDEST = 60
# A tab or a carriage return too: what follows is computed by some programs.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def font(*, bold: bool = False, size: float = 11, color: str | None = None) -> Font:
    """The one typeface of all workbooks; without a name each program would take another."""
    return Font(name="Calibri", bold=bold, size=size, color=color)


def put(cell: Cell, value: object) -> None:
    """Fill a cell: days become real dates, numbers stay numbers, text never becomes a formula."""
    if value is None or value is pd.NaT or value is pd.NA or value != value:
        return
    if isinstance(value, (datetime, date)):
        timed = isinstance(value, datetime) and value.time() != time()
        cell.value = value
        cell.number_format = "DD.MM.YYYY HH:MM" if timed else "DD.MM.YYYY"
    elif isinstance(value, time):
        cell.value = value
        cell.number_format = "HH:MM"
    elif isinstance(value, str):
        cell.value = written(value)
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(FORMULA)
        cell.alignment = Alignment(vertical="top", wrap_text=len(value) > WIDEST or "\n" in value)
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


def written(text: str) -> str:
    """Text as a workbook keeps it: without what XML forbids, and `_x0041_` protected from being an A."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _LOOKS_ESCAPED.sub("_x005F_", _NOT_IN_XML.sub("", lines))
