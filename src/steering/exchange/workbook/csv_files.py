"""All records as one zip of CSV files that a German Excel opens with a double click."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from steering.analysis.portfolio import Portfolio
from steering.exchange.cells.written_cells import FORMULA
from steering.exchange.workbook.columns import CellKind, Column, Lists
from steering.exchange.workbook.sheets import RecordSheet, sheets

GUARD = "'"
"""Stands before a text that a spreadsheet would compute; reading takes one away again."""
ABOUT = "LIESMICH.txt"


def csv_zip(portfolio: Portfolio, lists: Lists, *, notes: Sequence[str] = ()) -> bytes:
    """A file per record type: UTF-8 with a byte order mark, semicolons, decimal commas, TT.MM.JJJJ."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(ABOUT, "\ufeff" + "\r\n".join(notes) + "\r\n")
        for sheet in sheets(portfolio, lists):
            packed.writestr(f"{sheet.title}.csv", as_csv(sheet).encode("utf-8-sig"))
    return file.getvalue()


def as_csv(sheet: RecordSheet) -> str:
    """A sheet as CSV with the headings first."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([column.heading for column in sheet.columns])
    for row in sheet.rows:
        writer.writerow([_cell(column, value) for column, value in zip(sheet.columns, row, strict=True)])
    return text.getvalue()


def _cell(column: Column, value: Any) -> str:
    match value:
        case None:
            return ""
        case str():
            return guarded(value)
        case datetime():
            return f"{value:%d.%m.%Y %H:%M:%S}"
        case date():
            return f"{value:%d.%m.%Y}"
        case time():
            return f"{value:%H:%M}"
        case float() if column.kind is CellKind.MONEY:
            return f"{value:.2f}".replace(".", ",")
        case float():
            return f"{Decimal(repr(value)):f}".replace(".", ",")
    return str(value)


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"{GUARD}{text}" if text.startswith((*FORMULA, GUARD)) else text
