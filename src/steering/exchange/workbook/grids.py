"""The sheets of a workbook, or the files of a zip of CSV, as plain rows of cells."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from steering.analysis.incoming.cells import in_state
from steering.exchange.cells import read_cells
from steering.exchange.cells.delimited import cut
from steering.exchange.cells.letters import decoded
from steering.exchange.cells.separated_cells import GUARD
from steering.exchange.incoming_files import IncomingFile, check_size, check_zip

CellRows = list[list[Any]]
"""Rows of cells: text, numbers, days, moments, yes and no, Unreadable; "" for an empty cell."""


def grids(file: IncomingFile) -> dict[str, CellRows]:
    """Each sheet by its title. Raises FileRefused."""
    if not file.is_zip:
        return {PurePosixPath(file.name).stem: _csv(file, file.content)}
    names = check_zip(file)
    if any(name.lower().endswith(".csv") for name in names):
        return dict(_packed(file))
    return {sheet.name: sheet.rows for sheet in read_cells.sheets(file)}


def _packed(file: IncomingFile) -> Iterator[tuple[str, CellRows]]:
    with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
        for member in archive.infolist():
            if member.filename.lower().endswith(".csv"):
                yield PurePosixPath(member.filename).stem, _csv(file, archive.read(member))


def _csv(file: IncomingFile, content: bytes) -> CellRows:
    """A CSV file as Excel writes it back: semicolons, commas or tabs, UTF-8 or Windows' own letters."""
    text, _ = decoded(content)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    separator = max(";,\t", key=text.split("\n", 1)[0].count)
    rows = [[_unguarded(cell) for cell in row] for row in cut(text, separator).rows]
    check_size(file, len(rows), max(map(len, rows), default=0))
    return rows


def _unguarded(cell: str) -> Any:
    return in_state(cell[1:] if cell.startswith(GUARD) else cell)
