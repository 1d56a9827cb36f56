"""A sheet as cells, and the table found in it: headings, tags, and data rows with their numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Any

from steering.analysis.incoming.lists.body import body
from steering.analysis.incoming.lists.sheet import VALUE, SheetCells, plain, text, unescaped
from steering.analysis.incoming.lists.units import is_unit
from steering.analysis.incoming.lists.wording import go_together

__all__ = ["ListTable", "SheetCells", "plain", "tables_in", "text", "understood", "unescaped"]

_LOOKED_AT = 40
_YEAR = re.compile(r"(?:19|20)\d\d")
_TAG = re.compile(r"^#\s*[a-zA-Z]\w*(\s*\+\s*\w+)*$")


@dataclass(frozen=True)
class ListTable:
    """A grid understood: `rows` are (number from 1, cells); `tags` are HXL tags by column, "" without.

    `refused` says of rows, by number, why they cannot be taken as they stand; `row_notes` what there is to
    know about others. `beside` are the texts above the header and of rows that are none of data.
    """

    sheet: str
    headings: tuple[str, ...]
    tags: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Any, ...]], ...]
    notes: tuple[str, ...] = field(default=())
    has_header: bool = True
    refused: Mapping[int, str] = field(default_factory=dict)
    row_notes: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    beside: tuple[str, ...] = ()

    def column(self, heading: str) -> list[Any]:
        """The cells below a heading as plain values; None for one that is unreadable.

        Rows that cannot be taken as they stand are left out: of a shifted one, the cell belongs elsewhere.
        """
        at = self.headings.index(heading)
        return [plain(row[at]) for number, row in self.rows if number not in self.refused]


def tables_in(grid: SheetCells, known: Callable[[str], bool]) -> list[ListTable]:
    """The tables of a sheet: one, or several below each other, each with its own header."""
    begins = [0, *_further(grid, known), len(grid.rows)]
    parts = [grid.part(begin, end) for begin, end in pairwise(begins)] if len(begins) > 2 else [grid]
    return [understood(part, known) for part in parts]


def _further(grid: SheetCells, known: Callable[[str], bool]) -> list[int]:
    """Where further tables begin: at a header unlike the one before, or the titles above it."""
    recognised = lru_cache(maxsize=None)(known)
    begins: list[int] = []
    header: list[str] = []
    data_between = False
    for at, cells in enumerate(grid.rows):
        row = _headings_only(cells, recognised)
        if not row:
            data_between = data_between or (bool(header) and sum(bool(text(cell)) for cell in cells) > 1)
        elif not header:
            header = row
        elif data_between and row != header:
            header, data_between = row, False
            begins.append(_with_titles(grid, at, begins[-1] if begins else 0))
    return begins


def _headings_only(cells: Sequence[Any], known: Callable[[str], bool]) -> list[str]:
    """The texts of a row that is a header beyond doubt: nearly all are headings that lists use."""
    filled = [cell for cell in cells if cell is not None and cell != ""]
    if len(filled) < 2 or not all(isinstance(cell, str) and not cell[:1].isdigit() for cell in filled):
        return []
    said = [text(cell) for cell in filled if text(cell)]
    recognised = sum(map(known, said))
    return said if recognised >= max(2, 0.7 * len(said)) else []


def _with_titles(grid: SheetCells, at: int, least: int) -> int:
    """The row from which titles and empty rows lead to a header."""
    while at - 1 > least and sum(bool(text(cell)) for cell in grid.rows[at - 1]) <= 1:
        at -= 1
    return at


def understood(grid: SheetCells, known: Callable[[str], bool]) -> ListTable:
    """Find header and data; `known` says whether a text is a heading that lists use."""
    cells = [[text(value) for value in row] for row in grid.rows[:_LOOKED_AT]]
    width = max((len(row) for row in grid.rows), default=0)
    tag_row = next((at for at, row in enumerate(cells) if _is_tags(row)), None)
    first, last = _header(cells, grid, known, tag_row)
    tags = (
        tuple(_at(cells[tag_row], column) for column in range(width))
        if tag_row is not None
        else ("",) * width
    )
    headings = _headings(cells, grid, first, last, width)
    start = max(last + 1, (tag_row + 1) if tag_row is not None else 0)
    notes = list(grid.notes)
    if first > last:
        notes.append(f"{_where(grid)}Keine Überschriften gefunden; die Spalten heißen nach ihrem Buchstaben.")
    headed = [column for row in cells[first : last + 1] for column, cell in enumerate(row) if cell]
    found = body(grid, start, headings, max(headed, default=-1) + 1)
    notes += [f"{_where(grid)}{note}" for note in found.notes]
    return ListTable(
        grid.sheet,
        headings,
        tags,
        tuple(found.rows),
        tuple(notes),
        first <= last,
        found.refused,
        found.row_notes,
        _beside(grid, range(first, last + 1), {number for number, _ in found.rows}),
    )


def _beside(grid: SheetCells, header: range, data: Container[int]) -> tuple[str, ...]:
    """The texts of rows that are neither header nor data."""
    return tuple(
        text(cell)
        for at, row in enumerate(grid.rows)
        if at not in header and at + 1 + grid.above not in data
        for cell in row
        if isinstance(cell, str) and cell
    )


def _where(grid: SheetCells) -> str:
    return f"Blatt »{grid.sheet}«: " if grid.sheet else ""


def _is_tags(row: Sequence[str]) -> bool:
    filled = [cell for cell in row if cell]
    return bool(filled) and 2 * sum(bool(_TAG.match(cell)) for cell in filled) >= len(filled)


def _header(
    cells: Sequence[Sequence[str]], grid: SheetCells, known: Callable[[str], bool], tag_row: int | None
) -> tuple[int, int]:
    """First and last row of the header; the last before the first where there is none."""
    if tag_row is not None:
        first = tag_row
        while first > 0 and tag_row - first < 2 and _is_heading_row(cells[first - 1], cells):
            first -= 1
        return first, tag_row - 1
    # A header has something below it.
    last = max((at for at, row in enumerate(cells) if any(row)), default=0)
    above = cells if len(grid.rows) > len(cells) else cells[: last or 1]
    scores = [(sum(known(cell) for cell in row if cell), -at) for at, row in enumerate(above)]
    best, negative = max(scores, default=(0, 0))
    at = -negative
    if best >= 2 or (best == 1 and _is_heading_row(cells[at], cells)):
        return _whole_header(cells, grid, known, at)
    for at, row in enumerate(cells[:15]):
        if _is_heading_row(row, cells) and _differs_below(cells, at):
            return at, at
    return 0, -1


def _whole_header(
    cells: Sequence[Sequence[str]], grid: SheetCells, known: Callable[[str], bool], at: int
) -> tuple[int, int]:
    """The header with the rows above and below that belong to it: merged groups, a second language."""
    first = last = at
    for top, _, bottom, _ in grid.merged:
        if top <= at <= bottom and bottom - top <= 3:
            first, last = min(first, top), max(last, bottom)
    while first > 0 and last - first < 3 and _groups(cells, grid, first - 1):
        first -= 1
    while last + 1 < len(cells) and last - first < 3:
        below = [cell for cell in cells[last + 1] if cell]
        recognised = sum(
            known(cell) and go_together(_at(cells[last], column), cell)
            for column, cell in enumerate(cells[last + 1])
            if cell
        )
        gaps = [
            column for column, cell in enumerate(cells[last]) if not cell and _at(cells[last + 1], column)
        ]
        if _divides(cells[last], cells[last + 1]) or _counts_in(cells[last], cells[last + 1]):
            last += 1
            continue
        if any(VALUE.match(cell) for cell in below) or not below:
            break
        if recognised >= max(min(3, len(below)), len(below) / 2) or (
            recognised and gaps and _groups(cells, grid, last)
        ):
            last += 1
        else:
            break
    return first, last


def _divides(row: Sequence[str], below: Sequence[str]) -> bool:
    """Whether a row says what stands in the columns below a heading that spans them: years, »gesamt«."""
    filled = [column for column, cell in enumerate(below) if cell]
    spanned = [column for column in filled if not _at(row, column)]
    unchanged = sum(bool(cell) and not _at(below, column) for column, cell in enumerate(row))
    if not spanned or unchanged < 2 or any(len(below[column]) >= 40 for column in filled):
        return False
    return all(
        (not VALUE.match(below[column]) or _YEAR.fullmatch(below[column]))
        and any(row[: column + 1])
        and (column in spanned or column + 1 in spanned)
        for column in filled
    )


def _counts_in(row: Sequence[str], below: Sequence[str]) -> bool:
    """Whether a row says in what its columns count and nothing else."""
    filled = [column for column, cell in enumerate(below) if cell]
    return bool(filled) and all(_at(row, column) and is_unit(below[column]) for column in filled)


def _groups(cells: Sequence[Sequence[str]], grid: SheetCells, at: int) -> bool:
    """Whether a row names groups of columns: merged across, or texts with gaps between them."""
    wide = [top == at == bottom and right - left > 0 for top, left, bottom, right in grid.merged]
    filled = [cell for cell in cells[at] if cell]
    spanning = sum(wide)
    whole_width = any(
        top == at == bottom and right - left >= len(cells[at]) - 1 for top, left, bottom, right in grid.merged
    )
    if spanning and not whole_width:
        return True
    below = sum(bool(cell) for cell in cells[at + 1]) if at + 1 < len(cells) else 0
    return 2 <= len(filled) < below and all(len(cell) < 40 for cell in filled) and not grid.merged


def _is_heading_row(row: Sequence[str], cells: Sequence[Sequence[str]]) -> bool:
    filled = [cell for cell in row if cell]
    usual = Counter(sum(bool(cell) for cell in each) for each in cells).most_common(1)[0][0]
    return (
        len(filled) >= max(1, usual * 0.6)
        and len(set(filled)) == len(filled)
        and all(not VALUE.match(cell) and len(cell) <= 80 for cell in filled)
    )


def _differs_below(cells: Sequence[Sequence[str]], at: int) -> bool:
    """Whether columns hold values below that a heading never is: numbers, days, keys."""
    below = cells[at + 1 : at + 8]
    return any(
        bool(VALUE.match(_at(row, column))) for row in below for column, cell in enumerate(cells[at]) if cell
    )


def _headings(
    cells: Sequence[Sequence[str]], grid: SheetCells, first: int, last: int, width: int
) -> tuple[str, ...]:
    parts: list[list[str]] = [[] for _ in range(width)]
    for at in range(first, last + 1):
        row = list(cells[at]) + [""] * (width - len(cells[at]))
        for top, left, bottom, right in grid.merged:
            if top <= at <= bottom and top >= first:
                for column in range(left, min(right + 1, width)):
                    row[column] = _at(cells[top], left)
        if not grid.merged and at < last:
            row = _spread(row, cells[last])
        for column, cell in enumerate(row):
            if cell and cell not in parts[column]:
                parts[column].append(cell)
    named = [" – ".join(" ".join(part.split()) for part in found) for found in parts]
    return tuple(_distinct([name or f"Spalte {_letters(at)}" for at, name in enumerate(named)]))


def _spread(row: Sequence[str], below: Sequence[str]) -> list[str]:
    """The names of groups over the columns they span, where no merged cells say so."""
    spread, current = [], ""
    for column, cell in enumerate(row):
        current = cell or (current if _at(below, column) else "")
        spread.append(current)
    return spread


def _distinct(names: Sequence[str]) -> list[str]:
    seen: Counter[str] = Counter()
    distinct = []
    for name in names:
        seen[name] += 1
        distinct.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return distinct


def _at(row: Sequence[str], column: int) -> str:
    return row[column] if column < len(row) else ""


def _letters(number: int) -> str:
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
