"""The sheets of a workbook, or the files of a zip of CSV, as plain rows of cells."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

import python_calamine

from steering.exchange.csv_files import GUARD
from steering.exchange.incoming_files import IncomingFile, check_size, check_workbook, check_zip

Grid = list[list[Any]]
"""Rows of cells: text, numbers, days, moments, yes and no; "" for an empty cell."""


def grids(file: IncomingFile) -> dict[str, Grid]:
    """Each sheet by its title. Raises FileRefused."""
    if not file.is_zip:
        return {PurePosixPath(file.name).stem: _csv(file, file.content)}
    names = check_zip(file)
    if any(name.lower().endswith(".csv") for name in names):
        return dict(_packed(file))
    check_workbook(file)
    return dict(_sheets(file))


def _sheets(file: IncomingFile) -> Iterator[tuple[str, Grid]]:
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(file.content))
        for metadata in book.sheets_metadata:
            if metadata.typ == python_calamine.SheetTypeEnum.WorkSheet:
                yield metadata.name, book.get_sheet_by_name(metadata.name).to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, OSError, ValueError):
        raise file.refused("ist beschädigt. Bitte in Excel öffnen und neu als XLSX speichern.") from None


def _packed(file: IncomingFile) -> Iterator[tuple[str, Grid]]:
    with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
        for member in archive.infolist():
            if member.filename.lower().endswith(".csv"):
                yield PurePosixPath(member.filename).stem, _csv(file, archive.read(member))


def _csv(file: IncomingFile, content: bytes) -> Grid:
    """A CSV file as Excel writes it back: semicolons, commas or tabs, UTF-8 or Windows' own letters."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    head = text.split("\n", 1)[0]
    separator = max(";,\t", key=head.count)
    try:
        rows = [
            [cell[1:] if cell.startswith(GUARD) else cell for cell in row]
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        ]
    except csv.Error:
        raise file.refused("ist keine lesbare CSV-Datei. Bitte in Excel neu speichern.") from None
    check_size(file, len(rows), max(map(len, rows), default=0))
    return rows
