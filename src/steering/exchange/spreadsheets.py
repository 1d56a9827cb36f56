"""The cells of any table file: XLSX (whatever it is called), CSV, TSV."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum, ZipError

from steering.analysis.incoming.lists.grids import Grid
from steering.exchange import text_tables
from steering.exchange.incoming_files import IncomingFile, check_workbook

_NO_RESULT = re.compile(rb"</f>\s{0,9}(<v\s{0,9}/>|<v>\s{0,9}</v>)?\s{0,9}</c>|<f[^<>]{0,500}/>\s{0,9}</c>")
_HTML = re.compile(rb"\s*(<!doctype html|<html|<table|<\?xml)", re.I)


def grids(file: IncomingFile) -> list[Grid]:
    """The visible sheets of a file as cells. Raises FileRefused."""
    if file.is_zip:
        return _workbook(file)
    if _HTML.match(file.content[:500]):
        raise file.refused("ist eine Webseite oder XML, keine Tabelle. Bitte in Excel als »XLSX« speichern.")
    return [text_tables.grid(file)]


def _workbook(file: IncomingFile) -> list[Grid]:
    check_workbook(file)
    uncomputed = _without_results(file)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(file.content))
        visible: list[str] = []
        hidden: list[str] = []
        for about in book.sheets_metadata:
            (visible if about.visible == SheetVisibleEnum.Visible else hidden).append(about.name)
        found = []
        for name in visible:
            sheet = book.get_sheet_by_name(name)
            notes = []
            if uncomputed:
                notes.append(
                    "Die Datei enthält Formeln ohne gespeichertes Ergebnis; diese Zellen gelten als leer. "
                    "Bitte die Datei in Excel öffnen, speichern und neu einlesen."
                )
                uncomputed = False
            if hidden:
                notes.append(f"Ausgeblendete Blätter wurden nicht gelesen: {', '.join(hidden)}.")
                hidden = []
            rows: Sequence[Sequence[object]] = sheet.to_python(skip_empty_area=False)
            merged = [
                (top, left, bottom, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
            ]
            found.append(Grid(name, rows, merged, tuple(notes)))
    except (CalamineError, ZipError, ValueError, OSError, OverflowError, KeyError, IndexError):
        raise file.refused("ist beschädigt und lässt sich nicht lesen. Bitte neu schicken lassen.") from None
    except BaseException as panic:
        # The reader is written in Rust; where it gives up, that is no Exception.
        if type(panic).__name__ != "PanicException":
            raise
        raise file.refused("ist beschädigt und lässt sich nicht lesen. Bitte neu schicken lassen.") from None
    return found


def _without_results(file: IncomingFile) -> bool:
    with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
        return any(
            _NO_RESULT.search(archive.read(name))
            for name in archive.namelist()
            if name.startswith("xl/worksheets/") and name.endswith(".xml")
        )
