"""The cells of a sheet as a reader hands them over, and single ones as text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from steering.analysis.incoming.cells import Percent, Spread, Unreadable

VALUE = re.compile(r"^[\d.,:/\-\s€%]+$")
"""What no heading is: a number, a day, a key, a share."""


@dataclass(frozen=True)
class SheetCells:
    """The cells of a sheet from its first on; `merged` are (top, left, bottom, right) from 0.

    `delimited`: cut from text, where one cell too many shifts all behind it. By rows counted from 0:
    `refused` says why one cannot be taken, `row_notes` what there is to know about it.
    """

    sheet: str
    rows: Sequence[Sequence[Any]]
    merged: Sequence[tuple[int, int, int, int]] = ()
    notes: tuple[str, ...] = ()
    delimited: bool = False
    refused: Mapping[int, str] = field(default_factory=dict)
    row_notes: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    above: int = 0
    """How many rows of the sheet stand above the first of these."""

    def part(self, begin: int, end: int) -> SheetCells:
        """The rows from one to before another, as a grid of their own."""
        merged = [
            (top - begin, left, bottom - begin, right)
            for top, left, bottom, right in self.merged
            if begin <= top and bottom < end
        ]
        refused = {at - begin: reason for at, reason in self.refused.items() if begin <= at < end}
        noted = {at - begin: notes for at, notes in self.row_notes.items() if begin <= at < end}
        notes = self.notes if begin == 0 else ()
        rows = self.rows[begin:end]
        return SheetCells(self.sheet, rows, merged, notes, self.delimited, refused, noted, self.above + begin)


def plain(value: Any) -> Any:
    """The bare value of a cell, None where it is unreadable."""
    if isinstance(value, Unreadable):
        return None
    return value.value if isinstance(value, Spread) else value


def text(value: Any) -> str:
    """A cell as text: whole numbers without a point, days as in German, blanks made one."""
    if isinstance(value, str):
        return unescaped(value).strip()
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, Spread):
        return text(value.value)
    if isinstance(value, Percent):
        return f"{value * 100:.10g} %".replace(".", ",")
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else str(value)
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    return str(value)


def unescaped(cell: str) -> str:
    """What a cell like ="09473" means; blanks that only look like ones are made ones."""
    if cell.isascii() and '="' not in cell:
        return cell
    cell = cell.replace("\xa0", " ").replace("\u200b", "").replace("\ufeff", "")
    match = re.fullmatch(r'\s*="(.*)"\s*', cell, flags=re.S)
    return match[1].replace('""', '"') if match else cell
