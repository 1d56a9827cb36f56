"""A file with values of municipalities: a flat CSV of the Statistische Ämter, or any list that says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from steering.analysis.incoming import Reading
from steering.analysis.incoming.lists.grids import SheetCells
from steering.analysis.portfolio import Portfolio
from steering.exchange.figures.rows import ReadRow, judged
from steering.exchange.figures.sheet import EINHEIT, KENNZAHL, QUELLE, STAND, VARIANTE, FigureReader
from steering.exchange.figures.tables import FigureTable, table_in
from steering.exchange.figures.wording import variant_in
from steering.exchange.genesis import reading as genesis
from steering.exchange.genesis.recording import FigureRecords, Meant
from steering.exchange.incoming_files import FileRefused, IncomingFile
from steering.exchange.lists import spreadsheets, text_tables

FIXABLE = (KENNZAHL, EINHEIT, STAND, VARIANTE, QUELLE)
"""What may be said once for all rows of a list of values, as the command line calls it."""
_HELP = (
    "Bitte eine Zeile mit Überschriften ergänzen: die Gemeinde oder ihren Schlüssel (AGS), dazu Stand und "
    "Wert, oder je Jahr eine Spalte. Von der Regionaldatenbank die Tabelle als »Flat-CSV« laden."
)


def read(
    file: IncomingFile,
    portfolio: Portfolio,
    district: str,
    today: date,
    given: Mapping[str, str],
    progress: Callable[[float], None] | None = None,
) -> Reading:
    """The values of a file. `given`: what somebody says of all of it, see `FIXABLE`. Raises FileRefused."""
    meant = _meant(file, given)
    grids = [each for each in spreadsheets.grids(file) if each.rows]
    if grids and genesis.is_flat(grids[0]):
        if meant.variant and not meant.source:
            raise _without_source(file)
        return genesis.read(file, portfolio, district, today, progress, meant=meant, grid=grids[0])
    found = _tables(grids)
    if not found and not file.is_zip:
        found = _tables([text_tables.as_quoted(file)])
    if not found:
        raise file.refused(
            f"ist keine Flat-CSV der Statistischen Ämter und keine Liste von Werten je Gemeinde. {_HELP}"
        )
    return _read(file, portfolio, today, given, grids, found)


def _tables(grids: Sequence[SheetCells]) -> list[tuple[SheetCells, FigureTable]]:
    return [(grid, table) for grid in grids if (table := table_in(grid)) is not None]


def _read(
    file: IncomingFile,
    portfolio: Portfolio,
    today: date,
    given: Mapping[str, str],
    grids: Sequence[SheetCells],
    found: Sequence[tuple[SheetCells, FigureTable]],
) -> Reading:
    records = FigureRecords(portfolio, today)
    rows: list[ReadRow] = []
    read = {grid.sheet for grid, _ in found}
    notes = [f"Blatt »{each.sheet}« enthält keine solche Liste." for each in grids if each.sheet not in read]
    for grid, table in found:
        reader = FigureReader(file, grid, table, portfolio, records, given)
        rows += reader.rows()
        where = f"Blatt »{grid.sheet}«: " if grid.sheet and len(found) > 1 else ""
        notes += [*grid.notes, *(f"{where}{note}" for note in reader.notes())]
    return Reading(tuple(judged(rows, records)), tuple(notes))


def _meant(file: IncomingFile, given: Mapping[str, str]) -> Meant:
    try:
        variant = variant_in(given.get(VARIANTE, ""))
    except ValueError as problem:
        raise FileRefused(str(problem)) from None
    return Meant(variant, given.get(QUELLE, "").strip())


def _without_source(file: IncomingFile) -> FileRefused:
    return file.refused(
        "ist als Prognose angegeben; dazu gehört ihre Quelle. Bitte angeben, wer sie gerechnet hat "
        f"(auf der Kommandozeile --set {QUELLE}=…)."
    )
