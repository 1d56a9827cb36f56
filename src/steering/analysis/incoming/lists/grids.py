"""A sheet as cells, and the table found in it: headings, tags, and data rows with their numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from steering.analysis.incoming.cells import Percent, Spread, Unreadable

_LOOKED_AT = 40
_TAG = re.compile(r"^#\s*[a-zA-Z]\w*(\s*\+\s*\w+)*$")
_FOOTER = re.compile(r"^(summe|gesamt(summe)?|insgesamt|quelle|stand|hinweis|anmerkung|total|source)\b", re.I)
_VALUE = re.compile(r"^[\d.,:/\-\s€%]+$")


@dataclass(frozen=True)
class Grid:
    """The cells of a sheet from its first on; `merged` are (top, left, bottom, right) from 0."""

    sheet: str
    rows: Sequence[Sequence[Any]]
    merged: Sequence[tuple[int, int, int, int]] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """A grid understood: `rows` are (number from 1, cells); `tags` are HXL tags by column, "" without.

    `refused` says of rows, by number, why they cannot be taken as they stand; `row_notes` what there is to
    know about others.
    """

    sheet: str
    headings: tuple[str, ...]
    tags: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Any, ...]], ...]
    notes: tuple[str, ...] = field(default=())
    has_header: bool = True
    refused: Mapping[int, str] = field(default_factory=dict)
    row_notes: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    def column(self, heading: str) -> list[Any]:
        """The cells below a heading as plain values; None for one that is unreadable."""
        at = self.headings.index(heading)
        return [plain(row[at]) for _, row in self.rows]


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


def understood(grid: Grid, known: Callable[[str], bool]) -> Table:
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
    rows, footers = _data(grid, start, headings)
    notes += [
        f"{_where(grid)}Zeile {number} (»{said[:40]}«) ist keine Datenzeile." for number, said in footers
    ]
    return Table(grid.sheet, headings, tags, tuple(rows), tuple(notes), first <= last)


def _where(grid: Grid) -> str:
    return f"Blatt »{grid.sheet}«: " if grid.sheet else ""


def _is_tags(row: Sequence[str]) -> bool:
    filled = [cell for cell in row if cell]
    return bool(filled) and 2 * sum(bool(_TAG.match(cell)) for cell in filled) >= len(filled)


def _header(
    cells: Sequence[Sequence[str]], grid: Grid, known: Callable[[str], bool], tag_row: int | None
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
    cells: Sequence[Sequence[str]], grid: Grid, known: Callable[[str], bool], at: int
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
        recognised = sum(known(cell) for cell in below)
        gaps = [
            column for column, cell in enumerate(cells[last]) if not cell and _at(cells[last + 1], column)
        ]
        if any(_VALUE.match(cell) for cell in below) or not below:
            break
        if recognised >= max(2, len(below) / 2) or (recognised and gaps and _groups(cells, grid, last)):
            last += 1
        else:
            break
    return first, last


def _groups(cells: Sequence[Sequence[str]], grid: Grid, at: int) -> bool:
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
        and all(not _VALUE.match(cell) and len(cell) <= 80 for cell in filled)
    )


def _differs_below(cells: Sequence[Sequence[str]], at: int) -> bool:
    """Whether columns hold values below that a heading never is: numbers, days, keys."""
    below = cells[at + 1 : at + 8]
    return any(
        bool(_VALUE.match(_at(row, column))) for row in below for column, cell in enumerate(cells[at]) if cell
    )


def _headings(
    cells: Sequence[Sequence[str]], grid: Grid, first: int, last: int, width: int
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


def _data(
    grid: Grid, start: int, headings: Sequence[str]
) -> tuple[list[tuple[int, tuple[Any, ...]]], list[tuple[int, str]]]:
    width = len(headings)
    rows, footers = [], []
    for at in range(start, len(grid.rows)):
        row = tuple(unescaped(value) if isinstance(value, str) else value for value in grid.rows[at])
        filled = [value for value in row if value is not None and value != "" and text(value)]
        if not filled:
            continue
        said = text(filled[0])
        again = said in headings and [text(value) for value in row] == list(headings)[: len(row)]
        if again or (len(filled) <= max(2, width // 3) and width > 2 and _FOOTER.match(said)):
            footers.append((at + 1, said))
            continue
        rows.append((at + 1, row + (None,) * (width - len(row))))
    return rows, footers


def _at(row: Sequence[str], column: int) -> str:
    return row[column] if column < len(row) else ""


def _letters(number: int) -> str:
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
