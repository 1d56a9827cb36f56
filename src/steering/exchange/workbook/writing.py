"""All records as one workbook to be edited in Excel or LibreOffice and read back by `workbook_reading`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from steering.analysis.portfolio import Portfolio
from steering.exchange.cells.written_cells import LONGEST, WIDEST, font, put
from steering.exchange.workbook import about as workbook_about
from steering.exchange.workbook.choices import Choices, stamps
from steering.exchange.workbook.columns import CellKind, Column, Lists
from steering.exchange.workbook.reference_names import names
from steering.exchange.workbook.sheets import RecordSheet, sheets

TOO_LONG = "(zu lang für eine Zelle; hier nicht änderbar)"
"""Stands in a cell whose text does not fit; reading takes it for unchanged."""
ROOM = 500
"""Rows below the data in which the drop-downs work too."""
_HEAD, _PROTECTED_HEAD = (PatternFill("solid", fgColor=colour) for colour in ("DCE6F1", "E3E3E3"))
_ASKING_HEAD, _ASKING = (PatternFill("solid", fgColor=colour) for colour in ("FFE699", "FFF8E1"))
_PROTECTED_INK = "7F7F7F"
_FORMATS = {
    CellKind.DAY: "DD.MM.YYYY",
    CellKind.MOMENT: "DD.MM.YYYY HH:MM",
    CellKind.TIME: "HH:MM",
    CellKind.MONEY: "#,##0.00",
}
_PLAIN = {CellKind.WHOLE: "0", CellKind.NUMBER: "General"}
_WIDTHS = {
    CellKind.DAY: 12,
    CellKind.MOMENT: 17,
    CellKind.TIME: 9,
    CellKind.MONEY: 15,
    CellKind.WHOLE: 11,
    CellKind.NUMBER: 11,
}
NARROW = 8


def workbook(portfolio: Portfolio, lists: Lists, *, notes: Sequence[str] = ()) -> bytes:
    """A sheet per record type, an opening sheet of explanations, and a hidden one with what may be chosen.

    `notes`: what stands below the title, such as the day.
    """
    made = sheets(portfolio, lists)
    choices = Choices(stamps(portfolio), partial(names, portfolio), made)
    return book(made, about=workbook_about.lines(portfolio, notes), choices=choices)


def book(
    made: Sequence[RecordSheet],
    *,
    about: Iterable[workbook_about.AboutRow],
    choices: Choices,
    title: str = "",
    one_page_wide: bool = False,
) -> bytes:
    """These sheets as a workbook, with the explanations before them.

    `title`: what the file says it is. `one_page_wide`: how sheets print that have few columns.
    """
    file = Workbook(write_only=True)
    file.properties.creator, file.properties.title = "", title
    workbook_about.write(file, about, made)
    for sheet in made:
        page = file.create_sheet(sheet.title)
        if one_page_wide:
            page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
            page.sheet_properties.pageSetUpPr.fitToPage = True
        _write(page, sheet, choices)
    choices.write(file)
    packed = BytesIO()
    file.save(packed)
    return packed.getvalue()


def _write(page: WriteOnlyWorksheet, sheet: RecordSheet, choices: Choices) -> None:
    last = len(sheet.rows) + 1
    _lay_out(page, sheet)
    for letter, column in _lettered(sheet.columns):
        if rule := _rule(column, choices):
            page.data_validations.append(rule)
            rule.add(f"{letter}2:{letter}{last + ROOM}")
    page.append([_heading(page, column) for column in sheet.columns])
    for row in sheet.rows:
        page.append([_cell(page, column, value) for column, value in zip(sheet.columns, row, strict=True)])


def _lay_out(page: WriteOnlyWorksheet, sheet: RecordSheet) -> None:
    """What must stand before the first row is written: widths, what is locked, how it prints."""
    columns = sheet.columns
    for index, (letter, column) in enumerate(_lettered(columns)):
        dimension = page.column_dimensions[letter]
        dimension.width = _width(column, [row[index] for row in sheet.rows])
        dimension.number_format = _number_format(column)
        dimension.protection = Protection(locked=column.protected)
    page.freeze_panes = f"{get_column_letter(_frozen(columns) + 1)}2"
    page.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{len(sheet.rows) + 1}"
    # Not the first columns too: LibreOffice takes a third of a second for each sheet that repeats some.
    page.print_title_rows = "1:1"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", Worksheet.PAPERSIZE_A4
    protect(page)


def protect(page: WriteOnlyWorksheet) -> None:
    """Lock what is marked as locked, without a password; rows may be added, sorted by and filtered."""
    page.protection.sheet = True
    for allowed in ("formatCells", "formatColumns", "formatRows", "insertRows", "sort", "autoFilter"):
        setattr(page.protection, allowed, False)


def _lettered(columns: Sequence[Column]) -> list[tuple[str, Column]]:
    return [(get_column_letter(number), column) for number, column in enumerate(columns, start=1)]


def _frozen(columns: Sequence[Column]) -> int:
    """How many columns stay in view: the keys, and the name where it comes next."""
    keys = sum(column.is_key or column.is_version for column in columns)
    return keys + 1 if columns[keys].kind in (CellKind.TEXT, CellKind.REFERENCE) else keys


def _width(column: Column, values: list[object]) -> float:
    if column.kind in _WIDTHS and not column.protected:
        return max(_WIDTHS[column.kind], min(len(column.heading) + 4, 20))
    longest = max([len(str(value)) for value in values if value is not None], default=0)
    return min(max(longest + 2, len(column.heading) + 4, NARROW), WIDEST)


def _number_format(column: Column) -> str:
    return _FORMATS.get(column.kind) or _PLAIN.get(column.kind, "@")


def _heading(page: WriteOnlyWorksheet, column: Column) -> WriteOnlyCell:
    cell = WriteOnlyCell(page)
    put(cell, column.heading)
    cell.font = font(bold=True)
    cell.fill = _PROTECTED_HEAD if column.protected else _ASKING_HEAD if column.asks else _HEAD
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    return cell


def _cell(page: WriteOnlyWorksheet, column: Column, value: object) -> WriteOnlyCell:
    cell = WriteOnlyCell(page)
    put(cell, TOO_LONG if isinstance(value, str) and len(value) > LONGEST else value)
    cell.number_format = _number_format(column)
    cell.protection = Protection(locked=column.protected)
    if not isinstance(value, str):
        cell.alignment = Alignment(vertical="top")
    if column.asks:
        cell.fill = _ASKING
    if column.protected:
        cell.font = font(color=_PROTECTED_INK)
    return cell


def _rule(column: Column, choices: Choices) -> DataValidation | None:
    """What Excel lets people enter: a closed list strictly, a name with a question, a number, a day."""
    if column.protected or column.kind is CellKind.LIST:
        return None
    if formula := choices.formula(column):
        free = column.kind is CellKind.REFERENCE
        return DataValidation(
            "list",
            formula1=formula,
            allow_blank=True,
            showErrorMessage=True,
            errorStyle="warning" if free else "stop",
            errorTitle=column.heading[:32],
            error=(
                "Diesen Namen gibt es noch nicht. Er gilt nur, wenn er in dieser Mappe neu erfasst ist."
                if free
                else "Bitte einen Eintrag aus der Liste wählen."
            ),
        )
    return None
