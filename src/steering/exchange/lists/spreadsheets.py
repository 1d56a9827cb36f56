"""The cells of any table file: XLSX (whatever it is called), CSV, TSV."""

from __future__ import annotations

import re

from steering.analysis.incoming.lists.sheet import SheetCells
from steering.exchange.cells import read_cells
from steering.exchange.incoming_files import IncomingFile
from steering.exchange.lists import text_tables
from steering.exchange.lists.sheet_notes import mended, with_notes

_HTML = re.compile(rb"\s*(<!doctype html|<html|<table|<\?xml)", re.I)


def grids(file: IncomingFile) -> list[SheetCells]:
    """The visible sheets of a file as cells. Raises FileRefused."""
    if file.is_zip:
        return _workbook(file)
    if _HTML.match(file.content[:500]):
        raise file.refused("ist eine Webseite oder XML, keine Tabelle. Bitte in Excel als »XLSX« speichern.")
    return [mended(text_tables.grid(file))]


def _workbook(file: IncomingFile) -> list[SheetCells]:
    found = read_cells.sheets(file, as_seen=True)
    hidden = [sheet.name for sheet in found if not sheet.visible]
    notes = [f"Ausgeblendete Blätter wurden nicht gelesen: {', '.join(hidden)}."] if hidden else []
    if read_cells.links_elsewhere(file):
        notes.append(
            "Die Datei ist mit anderen Dateien verknüpft; gelesen wurden die Werte, die sie selbst enthält."
        )
    grids = []
    for sheet in found:
        if sheet.visible:
            grids.append(mended(with_notes(sheet, tuple(notes))))
            notes = []
    return grids
