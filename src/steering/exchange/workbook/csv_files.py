"""All records as one zip of CSV files that a German Excel opens with a double click."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

from steering.analysis.portfolio import Portfolio
from steering.exchange.cells.separated_cells import said, separated
from steering.exchange.workbook.columns import CellKind, Lists
from steering.exchange.workbook.sheets import RecordSheet, sheets

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
    rows = [
        [
            said(value, money=column.kind is CellKind.MONEY)
            for column, value in zip(sheet.columns, row, strict=True)
        ]
        for row in sheet.rows
    ]
    return separated([[column.heading for column in sheet.columns], *rows])
