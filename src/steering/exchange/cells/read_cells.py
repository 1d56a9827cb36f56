"""The sheets of any Excel workbook as cells in their states, with what is merged, hidden or struck out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum, ZipError

from steering.analysis.incoming.cells import in_state
from steering.exchange.cells import packages
from steering.exchange.cells.number_formats import Styles, styles_of
from steering.exchange.cells.sheet_marks import Marks, marks_of
from steering.exchange.incoming_files import IncomingFile, check_workbook

_BROKEN = "ist beschädigt und lässt sich nicht lesen. Bitte in Excel öffnen und neu als XLSX speichern."


@dataclass(frozen=True)
class ReadSheet:
    """A sheet: `merged` are (top, left, bottom, right) from 0, `marks` what its cells say beside values."""

    name: str
    visible: bool
    rows: list[list[Any]]
    merged: tuple[tuple[int, int, int, int], ...]
    marks: Marks


def sheets(file: IncomingFile, *, as_seen: bool = False) -> list[ReadSheet]:
    """The sheets of a workbook in their order. Raises FileRefused.

    `as_seen`: days of which only the month or year is shown, and numbers that are shown with a unit, are the
    texts that people see. Otherwise their values count: whoever edits our own workbook may format it at will.
    """
    file = packages.usual(file)
    check_workbook(file)
    try:
        return list(_read(file, as_seen))
    except (CalamineError, ZipError, ValueError, OSError, OverflowError, KeyError, IndexError):
        raise file.refused(_BROKEN) from None
    except BaseException as panic:
        # The reader is written in Rust; where it gives up, that is no Exception.
        if type(panic).__name__ != "PanicException":
            raise
        raise file.refused(_BROKEN) from None


def links_elsewhere(file: IncomingFile) -> bool:
    """Whether a workbook holds links to other files, whose last values it keeps."""
    with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
        return any("externalLinks/" in packages.plain(name) for name in archive.namelist())


def _read(file: IncomingFile, as_seen: bool) -> Iterator[ReadSheet]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(file.content))
    with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
        names = set(archive.namelist())
        relations = archive.read(packages.MAIN_RELATIONS) if packages.MAIN_RELATIONS in names else b""
        parts = dict(packages.sheet_parts(archive.read(packages.MAIN), relations))
        styles = styles_of(archive.read("xl/styles.xml")) if "xl/styles.xml" in names else Styles()
        for about in book.sheets_metadata:
            if about.typ != SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(about.name)
            part = parts.get(about.name, "")
            marks = marks_of(archive.read(part), styles) if part in names else Marks()
            rows = [[in_state(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
            _mark(rows, marks, as_seen)
            merged = tuple(
                (top, left, bottom, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
            )
            yield ReadSheet(about.name, about.visible == SheetVisibleEnum.Visible, rows, merged, marks)


def _mark(rows: list[list[Any]], marks: Marks, as_seen: bool) -> None:
    for (row, column), shown in marks.shown.items():
        if (as_seen or shown.percent) and row < len(rows) and column < len(rows[row]):
            rows[row][column] = shown.value(rows[row][column])
    for (row, column), state in marks.unreadable.items():
        while row >= len(rows):
            rows.append([])
        rows[row] += [""] * (column + 1 - len(rows[row]))
        rows[row][column] = state
