"""The opening sheet of a workbook: what it is, how to fill it in, and what each column means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, PatternFill
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.worksheet import Worksheet

from steering.analysis.portfolio import Portfolio
from steering.exchange.cells.written_cells import font, put
from steering.exchange.workbook.columns import CellKind, Column
from steering.exchange.workbook.sheets import RecordSheet
from steering.model.german import count
from steering.model.vocabulary import WORDS

TITLE = "Erläuterungen"
WIDTHS = (24, 34, 84)
LINE_HEIGHT = 15.0
_HEAD = PatternFill("solid", fgColor="DCE6F1")
_MEANING = {
    CellKind.TEXT: "Text",
    CellKind.WHOLE: "ganze Zahl",
    CellKind.NUMBER: "Zahl, z. B. 1,5",
    CellKind.MONEY: "Betrag in Euro, z. B. 13.000,00",
    CellKind.YES_NO: "ja oder nein",
    CellKind.DAY: "Datum, z. B. 31.12.2026",
    CellKind.MOMENT: "Datum mit Uhrzeit, z. B. 31.12.2026 14:00",
    CellKind.TIME: "Uhrzeit, z. B. 14:00",
    CellKind.MARK: "»ja«, wenn der Eintrag nicht mehr gebraucht wird",
    CellKind.FOREIGN: "für das Programm; wird nicht zurückgelesen",
}
HOW_TO = (
    "Zeilen dürfen geändert, unten neue angefügt werden. Bei neuen Zeilen bleiben die grauen Spalten leer. "
    "Was ganz genau so schon erfasst ist, wird nicht noch einmal angelegt.",
    "Die grauen Spalten (Nr., Version) gehören dem Programm: An ihnen erkennt es den Eintrag und ob ihn "
    "inzwischen jemand anderes geändert hat. Sie sind ohne Kennwort geschützt.",
    "Eine gelöschte Zeile löscht nichts. Wer einen Eintrag entfernen will, schreibt »ja« in die Spalte "
    "»löschen/archivieren«.",
    "Eine geleerte Zelle leert die Angabe. Fehlt eine ganze Spalte, bleibt die Angabe, wie sie ist.",
    "Mehrere Namen in einer Zelle stehen mit Semikolon nebeneinander, z. B. Asylsuchende; Frauen.",
    "Vor dem Einlesen zeigt das Programm, was neu ist und was sich ändert, Feld für Feld. Erst dann wird "
    "geschrieben, und alles lässt sich zurücknehmen.",
    "Die Mappe ändert und ergänzt die Daten, aus denen sie kommt. Alle Daten in eine andere Datenbank zu "
    "bringen, ist Sache einer Sicherung: auf der Seite »Daten und Einstellungen« unter »Sicherung« "
    "herunterladen und dort einspielen; auf einem Datenbankserver mit »steering copy«.",
)


@dataclass(frozen=True)
class AboutRow:
    """A row of the sheet. `bold` for headings, `head` for the row above a table."""

    cells: tuple[str, ...]
    bold: bool = False
    head: bool = False


def lines(portfolio: Portfolio, notes: Sequence[str]) -> Iterator[AboutRow]:
    """Title, day and instructions, as the first part of the sheet."""
    district = str(portfolio.settings["district_name"])
    yield AboutRow((f"Arbeitsmappe {district}".strip(),), bold=True)
    for note in notes:
        yield AboutRow((note,))
    yield AboutRow(())
    yield AboutRow(("So wird die Mappe ausgefüllt",), bold=True)
    for sentence in HOW_TO:
        yield AboutRow((sentence,))


def write(book: Workbook, opening: Iterable[AboutRow], made: Sequence[RecordSheet]) -> None:
    """The sheet with its opening, a table of the other sheets, and one of their columns."""
    page = book.create_sheet(TITLE)
    for letter, width in zip("ABC", WIDTHS, strict=True):
        page.column_dimensions[letter].width = width
    page.sheet_view.showGridLines = False
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", Worksheet.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    for row, line in enumerate((*opening, *_tables(made)), start=1):
        page.row_dimensions[row].height = _height(line)
        page.append([_cell(page, line, text) for text in line.cells])
        if len(line.cells) == 1 and not line.bold:
            page.merged_cells.add(f"A{row}:C{row}")


def _height(line: AboutRow) -> float:
    """Room for the longest cell: not every program makes it by itself."""
    widths = (sum(WIDTHS),) if len(line.cells) == 1 else WIDTHS
    lines_needed = [1 + len(text) // width for text, width in zip(line.cells, widths, strict=False)]
    return LINE_HEIGHT * (max([1, *lines_needed]) + 0.3 * line.bold)


def _tables(made: Sequence[RecordSheet]) -> Iterator[AboutRow]:
    yield AboutRow(())
    yield AboutRow(("Die Blätter",), bold=True)
    for sheet in made:
        yield AboutRow((sheet.title, count(len(sheet.rows), "Eintrag", "Einträge")))
    yield AboutRow(())
    yield AboutRow(("Die Spalten",), bold=True)
    yield AboutRow(("Blatt", "Spalte", "Was hineingehört"), head=True)
    for sheet in made:
        for column in sheet.columns:
            yield AboutRow((sheet.title, column.heading, _meaning(column)))


def _meaning(column: Column) -> str:
    if column.is_key and column.kind is CellKind.WHOLE:
        return "Kennung des Eintrags; bitte nicht ändern, bei neuen Zeilen leer lassen"
    if column.is_key:
        return "Kennung des Eintrags; bitte nicht ändern"
    if column.is_version:
        return "Stand des Eintrags; bitte nicht ändern, bei neuen Zeilen leer lassen"
    if column.about:
        return column.about
    said = _MEANING.get(column.kind, "")
    if column.choices is not None:
        said = "eines von: " + ", ".join(WORDS[column.choices].values())
    elif column.kind is CellKind.REFERENCE:
        said = "Name, wie er auf dem Blatt der Einträge steht; Auswahl aus der Liste"
    elif column.kind is CellKind.LIST:
        said = "Namen, mit Semikolon nebeneinander"
    return f"{said} (Pflicht)" if column.required else said


def _cell(page: WriteOnlyWorksheet, line: AboutRow, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(page)
    put(cell, text)
    cell.font = font(bold=line.bold or line.head, size=13 if line.bold else 11)
    cell.alignment = Alignment(vertical="top", wrap_text=not line.bold)
    if line.head:
        cell.fill = _HEAD
    return cell
