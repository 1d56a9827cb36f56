"""Tables of a document: with lines and a header row, or without, for facts side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import deepcopy
from typing import Any

from docx.document import Document as Word
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Emu
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from steering.analysis.document import SideBySide, Signatures, Strong, Table, Text, plain
from steering.exchange.word import styles, xml
from steering.exchange.word.xml import element

Fill = Callable[[Paragraph, Text, str], None]  # a paragraph, its text and its style
_FACT_CM = 4.2
SMALL = 8  # rows: a table of so many is not parted over two pages


def add_table(word: Word, table: Table, width: int, fill: Fill) -> None:
    """The table itself, as wide as the page's text."""
    made = _new(word, table.columns, width, table.widths)
    _lines(made, ("top", "bottom", "insideH"))
    for column, (cell, text) in enumerate(zip(made.rows[0].cells, table.columns, strict=True)):
        heading = _put(cell, styles.CELL_HEAD, text, fill)
        if table.rows and column in table.right:
            heading.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _shade(cell)
    _mark(made.rows[0]._tr, "w:tblHeader")
    if table.rows:
        _add_rows(made, table, fill)
    for row in made.rows:
        _mark(row._tr, "w:cantSplit")
    if len(table.rows) <= SMALL:
        for row in list(made.rows)[:-1]:
            row.cells[0].paragraphs[0].paragraph_format.keep_with_next = True


def _add_rows(made: WordTable, table: Table, fill: Fill) -> None:
    """The rows below the heading, each a copy of an empty one: to make one anew takes far longer."""
    pattern = made.add_row()
    for column, cell in enumerate(pattern.cells):
        paragraph = _put(cell, styles.CELL, "", fill)
        if column in table.right:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    made._tbl.remove(pattern._tr)
    sums = {place % len(table.rows) for place in table.sums}
    for place, row in enumerate(table.rows):
        begun = deepcopy(pattern._tr)
        made._tbl.append(begun)
        for column, text in zip(begun.tc_lst, row, strict=True):
            cell = _Cell(column, made)
            xml.write(cell.paragraphs[0], (Strong(plain(text)),) if place in sums else text)
            if place in sums:
                _shade(cell)


def add_facts(word: Word, facts: SideBySide, width: int, fill: Fill) -> None:
    """Two columns without lines but one above and one below."""
    name = int(Cm(_FACT_CM))
    made = _new(word, ("", ""), width, (name, max(width - name, 1)), rows=0)
    _lines(made, ("top", "bottom", "insideH"), colour="D5DBE3")
    for label, text in facts.rows:
        cells = made.add_row().cells
        _put(cells[0], styles.FACT, (Strong(label),), fill)
        _put(cells[1], styles.FACT, text, fill)
    for row in made.rows:
        _mark(row._tr, "w:cantSplit")


def add_signatures(word: Word, signatures: Signatures, width: int, fill: Fill) -> None:
    """Room to sign above a line above each word."""
    made = _new(word, signatures.below, width, ())
    for cell, text in zip(made.rows[0].cells, signatures.below, strict=True):
        paragraph = _put(cell, styles.NOTE, text, fill)
        paragraph.paragraph_format.space_before = Cm(1.8)
        border = element("w:pBdr")
        border.append(element("w:top", val="single", sz="4", space="4", color=styles.LINE))
        paragraph._p.get_or_add_pPr().insert_element_before(
            border, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc"
        )


def _new(
    word: Word, columns: Sequence[str], width: int, parts: Sequence[float], *, rows: int = 1
) -> WordTable:
    made = word.add_table(rows, len(columns))
    made.alignment, made.autofit = WD_TABLE_ALIGNMENT.LEFT, False
    shares = parts or [1] * len(columns)
    for column, share in zip(made.columns, shares, strict=True):
        column.width = Emu(round(width * share / sum(shares)))
        for cell in column.cells:
            cell.width = column.width
    properties = made._tbl.tblPr
    for old in properties.findall(qn("w:tblLook")):
        properties.remove(old)
    properties.append(
        element("w:tblLook", firstRow="1", lastRow="0", firstColumn="0", noHBand="0", noVBand="1")
    )
    return made


def _put(cell: _Cell, style: str, text: Text, fill: Fill) -> Paragraph:
    paragraph = cell.paragraphs[0]
    fill(paragraph, text, style)
    return paragraph


def _lines(made: WordTable, sides: Sequence[str], colour: str = styles.LINE) -> None:
    """Thin lines on these sides, none on the others, whatever the style says."""
    borders = element("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        kind = {"val": "single", "sz": "4", "space": "0", "color": colour}
        borders.append(element(f"w:{side}", **(kind if side in sides else {"val": "nil"})))
    properties = made._tbl.tblPr
    later = ("w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook", "w:tblCaption", "w:tblDescription")
    place = next((at for at, child in enumerate(properties) if child.tag in map(qn, later)), len(properties))
    properties.insert(place, borders)


def _shade(cell: _Cell) -> None:
    properties = cell._tc.get_or_add_tcPr()
    properties.append(element("w:shd", val="clear", color="auto", fill=styles.SHADE))


def _mark(row: Any, tag: str) -> None:
    """Say something about a row: that it stands again on each page, or is not to be parted."""
    properties = row.get_or_add_trPr()
    made = element(tag)
    # The schema takes these in any order.
    properties.append(made)
