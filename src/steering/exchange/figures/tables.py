"""Where the header of such a list stands, what its columns are, and what is written above and below it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from steering.analysis.incoming.lists.days import nothing
from steering.analysis.incoming.lists.grids import SheetCells, text
from steering.exchange.figures.wording import (
    ColumnPart,
    ValueHeading,
    is_beside,
    part_of,
    value_heading,
)
from steering.exchange.genesis.cells import MARKS, ZERO

_LOOKED_AT = 25
_FIGURE = re.compile(r"\(?\s*[<>≤≥]?\s*\d[\d.,\s]*%?\s*\)?")
_PLACES = (ColumnPart.AGS, ColumnPart.PLACE)
OFFICIAL = re.compile(r"Statistisch\w*\s+(Bundes|Landes)?(ämter|amt)|Landesamt für Statistik|GENESIS|"
                      r"Regionaldatenbank|Zeichenerklärung", re.I)  # fmt: skip
_SOURCE = re.compile(r"\s*(?:daten)?quelle\s*:\s*(.+)", re.I)
_AS_OF = re.compile(
    r"\b(?:Stand|Stichtag)\b\s*:?\s*(?:zum|am)?\s*(\d{1,2}\.\s?\d{1,2}\.\s?\d{4}|\d{4})", re.I
)


@dataclass(frozen=True)
class ValueColumn:
    """A column of values; `place`: the municipality it is about, where the heading names it, else ""."""

    at: int
    heading: str
    says: ValueHeading
    place: str = ""


@dataclass(frozen=True)
class FigureTable:
    """A list understood: `rows` are (number from 1, cells); `said` the texts above and below.

    `unread`: headings of columns that hold no values.
    """

    headings: tuple[str, ...]
    parts: Mapping[ColumnPart, int]
    values: tuple[ValueColumn, ...]
    rows: tuple[tuple[int, Sequence[Any]], ...]
    said: tuple[str, ...]
    unread: tuple[str, ...] = ()
    title: str = ""

    @property
    def official(self) -> bool:
        """Whether it says that it comes from the Statistische Ämter, whose signs have a fixed meaning."""
        return any(OFFICIAL.search(said) for said in self.said)

    @property
    def source(self) -> str:
        return next((found[1].strip() for said in self.said if (found := _SOURCE.match(said))), "")

    @property
    def as_of(self) -> str:
        return next((found[1] for said in self.said if (found := _AS_OF.search(said))), "")


def table_in(grid: SheetCells) -> FigureTable | None:
    """The list on a sheet; None where no header names a municipality and something that is counted."""
    best: tuple[int, int, FigureTable] | None = None
    for at, cells in enumerate(grid.rows[:_LOOKED_AT]):
        found = _table(grid, at, [text(cell) for cell in cells])
        if found is None:
            continue
        score = len(found.parts) + sum(column.says.speaks for column in found.values)
        if best is None or score > best[0]:
            best = (score, at, found)
    return best[2] if best else None


def _table(grid: SheetCells, at: int, header: list[str]) -> FigureTable | None:
    parts = _parts(header)
    abreast = ColumnPart.INDICATOR in parts and not set(_PLACES) & parts.keys()
    if not abreast and not set(_PLACES) & parts.keys():
        return None
    last = at
    if not abreast:
        header, last = _whole_header(grid, at, header, parts)
        parts = _parts(header)
    rows, beside = _rows(grid, last + 1, parts)
    columns = _values(header, parts, [cells for _, cells in rows], abreast)
    if not columns or (abreast and not all(column.place for column in columns)):
        return None
    above = [text(cell) for cells in grid.rows[:at] for cell in cells if text(cell)]
    times = (number for number, said in enumerate(header) if part_of(said) == ColumnPart.DAY)
    named = {*parts.values(), *times, *(column.at for column in columns)}
    unread = tuple(said for number, said in enumerate(header) if said and number not in named)
    titles = [said for said in above if not _SOURCE.match(said) and not _AS_OF.match(said)]
    return FigureTable(
        tuple(said or f"Spalte {number + 1}" for number, said in enumerate(header)),
        parts, columns, tuple(rows), (*above, *beside), unread, titles[0][:200] if titles else "",
    )  # fmt: skip


def _parts(header: Sequence[str]) -> dict[ColumnPart, int]:
    found: dict[ColumnPart, int] = {}
    for number, said in enumerate(header):
        if (part := part_of(said)) is not None:
            found.setdefault(part, number)
    return found


def _whole_header(
    grid: SheetCells, at: int, header: list[str], parts: Mapping[ColumnPart, int]
) -> tuple[list[str], int]:
    """The header with a row of groups above it, or of years or variants below it."""
    places = [number for part, number in parts.items() if part in _PLACES]
    below = [text(cell) for cell in grid.rows[at + 1]] if at + 1 < len(grid.rows) else []
    if below and not any(number < len(below) and below[number] for number in places):
        speaking = [said for said in below if said and value_heading(said).speaks]
        if speaking and len(speaking) == sum(bool(said) for said in below):
            return _joined(header, below, set(parts.values())), at + 1
    above = [text(cell) for cell in grid.rows[at - 1]] if at else []
    values = [number for number, said in enumerate(header) if said and number not in parts.values()]
    if any(number < len(above) and above[number] for number in values) and not any(
        number < len(above) and above[number] for number in places
    ):
        return _joined(above, header, set(parts.values())), at
    return header, at


def _joined(groups: Sequence[str], below: Sequence[str], apart: set[int]) -> list[str]:
    """Each heading behind the name of its group, which spans the columns to its right."""
    width = max(len(groups), len(below))
    joined, current = [], ""
    for number in range(width):
        group = groups[number] if number < len(groups) else ""
        own = below[number] if number < len(below) else ""
        if number in apart:
            joined.append(own or group)
            continue
        current = group or current
        joined.append(" ".join(filter(None, (current, own))) if own else group)
    return joined


def _rows(
    grid: SheetCells, start: int, parts: Mapping[ColumnPart, int]
) -> tuple[list[tuple[int, Sequence[Any]]], list[str]]:
    """The rows of data, and the texts between and below them."""
    rows: list[tuple[int, Sequence[Any]]] = []
    beside: list[str] = []
    for number, cells in enumerate(grid.rows[start:], start=start):
        filled = [at for at, cell in enumerate(cells) if text(cell)]
        if not filled:
            continue
        said = text(cells[filled[0]])
        alone = len(filled) == 1 and filled[0] == 0 and (len(said) > 60 or re.search(r"[:©]|^\d\)", said))
        if alone:
            beside.append(said)
        else:
            rows.append((number + 1, cells))
    return rows, beside


def _values(
    header: Sequence[str], parts: Mapping[ColumnPart, int], rows: Sequence[Sequence[Any]], abreast: bool
) -> tuple[ValueColumn, ...]:
    free = [(at, said) for at, said in enumerate(header) if said and part_of(said) is None]
    if abreast:
        return tuple(
            ValueColumn(at, said, replace(says, indicator=""), says.indicator)
            for at, said in free
            if (says := value_heading(said)).day
        )
    columns = [ValueColumn(at, said, value_heading(said)) for at, said in free if not is_beside(said)]
    if any(column.says.speaks for column in columns):
        return tuple(column for column in columns if column.says.speaks)
    if ColumnPart.INDICATOR in parts:
        columns = columns[:1]
    return tuple(column for column in columns if _holds_figures(rows, column.at))


def _holds_figures(rows: Sequence[Sequence[Any]], at: int) -> bool:
    cells = [cells[at] for cells in rows if at < len(cells) and text(cells[at])]
    alike = sum(isinstance(cell, int | float) or _stands_for_a_figure(text(cell)) for cell in cells)
    return bool(cells) and alike * 2 > len(cells)


def _stands_for_a_figure(said: str) -> bool:
    """Whether it is a number, or a sign or words for one that is not known or not told."""
    return bool(_FIGURE.fullmatch(said)) or said in ZERO or said.casefold() in MARKS or nothing(said)
