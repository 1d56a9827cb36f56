"""What the XML of a sheet says of its cells beside their values: errors, missing results, what is hidden."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from steering.analysis.incoming.cells import WITHOUT_RESULT, Unreadable, error
from steering.exchange.cells.number_formats import ShownAs, Styles

_ERROR_CELL = re.compile(rb"""\bt\s*=\s*["']e["']""")
_EMPTY_RESULT = rb"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
_NO_RESULT = re.compile(rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f\b[^>]*/>)" + _EMPTY_RESULT)
_HIDDEN = re.compile(rb"""\bhidden\s*=\s*["'](?:1|true)["']""")
_STYLE = re.compile(rb"""\bs\s*=\s*["'](\d+)["']""")
_PLACE = re.compile(rb"""\br\s*=\s*["']([A-Z]{1,3})(\d{1,7})["']""")
_ROW_NUMBER = re.compile(rb"""\br\s*=\s*["'](\d{1,7})["']""")
_TAG = re.compile(rb"<(?:\w+:)?(row|c)(\s[^>]*?)?(/?)>")
_END = re.compile(rb"</(?:\w+:)?c>")
_RESULT = re.compile(rb"<(?:\w+:)?v\b[^>]*>(.*?)</(?:\w+:)?v>", re.S)
_FIRST = re.compile(rb"""\bmin\s*=\s*["'](\d+)""")
_LAST = re.compile(rb"""\bmax\s*=\s*["'](\d+)""")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")
_COLUMN = re.compile(rb"<(?:\w+:)?col\b[^>]*>")


@dataclass
class Marks:
    """Places count from 0. `unreadable` and `shown` by (row, column); `struck`: the columns of struck-out
    cells by row."""

    unreadable: dict[tuple[int, int], Unreadable] = field(default_factory=dict)
    shown: dict[tuple[int, int], ShownAs] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    struck: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))


def marks_of(sheet: bytes, styles: Styles) -> Marks:
    """The marks of a sheet; a sheet without any is looked through once, not cell by cell."""
    marks = Marks()
    head, _, _ = sheet.partition(b"sheetData")
    for tag in _COLUMN.findall(head):
        first, last = _FIRST.search(tag), _LAST.search(tag)
        if first and last and _HIDDEN.search(tag):
            marks.hidden_columns.append((int(first[1]) - 1, int(last[1]) - 1))
    used = set(_STYLE.findall(sheet)) & styles.shown.keys()
    if not (used or _ERROR_CELL.search(sheet) or _NO_RESULT.search(sheet) or _HIDDEN.search(sheet)):
        return marks
    for row, column, attributes, body in _walked(sheet, marks):
        style = _STYLE.search(attributes) if used else None
        shown = styles.shown.get(style[1]) if style else None
        if shown is not None and shown.matters:
            marks.shown[row, column] = shown
        if shown is not None and shown.struck and body:
            marks.struck[row].add(column)
        if found := _unreadable(attributes, body):
            marks.unreadable[row, column] = found
    return marks


def _walked(sheet: bytes, marks: Marks) -> Iterator[tuple[int, int, bytes, bytes]]:
    """Each cell with its place, its attributes and its content; hidden rows are noted on the way."""
    row, column, at = -1, -1, 0
    while tag := _TAG.search(sheet, at):
        at, attributes = tag.end(), tag[2] or b""
        if tag[1] == b"row":
            number = _ROW_NUMBER.search(attributes)
            row, column = int(number[1]) - 1 if number else row + 1, -1
            if _HIDDEN.search(attributes):
                marks.hidden_rows.add(row)
            continue
        place = _PLACE.search(attributes)
        column = _number(place[1]) if place else column + 1
        body = b""
        if not tag[3] and (end := _END.search(sheet, at)):
            body, at = sheet[tag.end() : end.start()], end.end()
        yield row, column, attributes, body


def _unreadable(attributes: bytes, body: bytes) -> Unreadable | None:
    if not body:
        return None
    result = _RESULT.search(body)
    if _ERROR_CELL.search(attributes):
        said = unescape(result[1].decode("utf-8", "replace")).strip() if result else ""
        return error(said) or error("#NV")
    # A formula may well result in a text without letters.
    computed = result is not None and (result[1].strip() or b'"str"' in attributes)
    if not computed and _FORMULA.search(body):
        return Unreadable("(Formel ohne Ergebnis)", WITHOUT_RESULT)
    return None


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
