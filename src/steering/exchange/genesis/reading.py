"""A flat CSV of GENESIS or the Regionaldatenbank: which table it is, where its areas stand, row by row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from steering.analysis.incoming import Reading
from steering.analysis.incoming.lists.grids import SheetCells, text
from steering.analysis.portfolio import Portfolio
from steering.exchange.genesis.cells import is_municipal, looks_like_area
from steering.exchange.genesis.layout import Group, Layout, layout_of, said
from steering.exchange.genesis.recording import FigureRecords, Meant
from steering.exchange.genesis.rows import GenesisReader
from steering.exchange.incoming_files import IncomingFile
from steering.exchange.lists import spreadsheets

_LOOKED_AT = 20
_HELP = (
    "Bitte die Tabelle in der Regionaldatenbank (regionalstatistik.de) oder in GENESIS-Online mit der "
    "Gliederung nach Gemeinden als »Flat-CSV« (ffcsv) herunterladen."
)
_TOLD = 5_000
_COUNTED = Meant()


def is_flat(grid: SheetCells) -> bool:
    """Whether a file has the header of a flat CSV."""
    return any(layout_of(cells) is not None for cells in grid.rows[:_LOOKED_AT])


def read(
    file: IncomingFile,
    portfolio: Portfolio,
    district: str,
    today: date,
    progress: Callable[[float], None] | None = None,
    *,
    meant: Meant = _COUNTED,
    grid: SheetCells | None = None,
) -> Reading:
    """The values for the municipalities of a Kreis; what is about other areas is set apart.

    `grid`: the cells, where somebody has them already. Raises FileRefused for a file that is no flat CSV or
    names no areas.
    """
    if grid is None:
        grid = next((each for each in spreadsheets.grids(file) if each.rows), SheetCells("", []))
    head, layout = _head(file, grid)
    rows = grid.rows[head + 1 :]
    region = _region(file, layout, rows)
    work = GenesisReader(file, portfolio, district, layout, region, FigureRecords(portfolio, today), meant)
    found = []
    for at, cells in enumerate(rows, start=head + 1):
        if progress and at % _TOLD == 0:
            progress(at / len(grid.rows))
        if any(text(cell) for cell in cells):
            broken = grid.refused.get(at, "") or _broken(grid, layout, cells)
            found.append(work.refused(at + 1, cells, broken) if broken else work.row(at + 1, cells))
    rows_of_both = (work.also_refused(row) for row in found)
    return Reading(tuple(rows_of_both), (*grid.notes, *work.notes()))


def _head(file: IncomingFile, grid: SheetCells) -> tuple[int, Layout]:
    for at, cells in enumerate(grid.rows[:_LOOKED_AT]):
        if (layout := layout_of(cells)) is not None:
            return at, layout
    raise file.refused(
        f"ist keine Flat-CSV der Statistischen Ämter (Spalten »time« und »value« oder »Zeit«). {_HELP}"
    )


def _region(file: IncomingFile, layout: Layout, rows: Sequence[Sequence[Any]]) -> Group:
    """The classification whose attributes are areas: most of them look like keys, municipalities first."""
    best, chosen = (0, 0), None
    for group in layout.groups:
        keys = [said(cells, group.attribute_code) for cells in rows]
        alike = sum(map(looks_like_area, keys))
        if alike * 2 < len(keys):
            continue
        rank = (sum(map(is_municipal, keys)), alike)
        if rank > best:
            best, chosen = rank, group
    if chosen is None and rows:
        raise file.refused(f"nennt keine Gebiete mit Amtlichem Gemeindeschlüssel (AGS). {_HELP}")
    return chosen or layout.groups[0]


def _broken(grid: SheetCells, layout: Layout, cells: Sequence[Any]) -> str:
    """Why the cells of a row may not stand below their headings."""
    if any(text(cell) for cell in cells[len(layout.headings) :]):
        return "Die Zeile hat mehr Zellen als Überschriften. Bitte die Anführungszeichen prüfen."
    if grid.delimited and len(cells) <= layout.last:
        return "Die Zeile ist unvollständig. Bitte die Datei noch einmal herunterladen."
    return ""
