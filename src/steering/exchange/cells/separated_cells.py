"""Cells of a CSV file as a German spreadsheet reads them: decimal commas, TT.MM.JJJJ, no text a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from steering.exchange.cells.written_cells import FORMULA

GUARD = "'"
"""Stands before a text that a spreadsheet would compute; reading takes one away again."""


def separated(rows: Iterable[Sequence[str]]) -> str:
    """Rows of cells, separated by semicolons."""
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(rows)
    return text.getvalue()


def said(value: Any, *, money: bool = False) -> str:
    """A value as a cell; `money`: with both places of its cents."""
    match value:
        case str():
            return guarded(value)
        case bool() | np.bool_():
            return "ja" if value else "nein"
        case _ if value is None or value is pd.NaT or value is pd.NA or value != value:
            return ""
        case datetime():
            return f"{value:%d.%m.%Y}" if _whole_day(value) else f"{value:%d.%m.%Y %H:%M:%S}"
        case date():
            return f"{value:%d.%m.%Y}"
        case time():
            return f"{value:%H:%M}"
        case float() if money:
            return f"{value:.2f}".replace(".", ",")
        case float():
            return f"{Decimal(repr(float(value))):f}".replace(".", ",")
    return str(value)


def _whole_day(value: datetime) -> bool:
    """A frame keeps days as moments; what a record keeps as a moment says its time, midnight too."""
    return isinstance(value, pd.Timestamp) and value == value.normalize()


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"{GUARD}{text}" if text.startswith((*FORMULA, GUARD)) else text
