"""The rows below a header: which are data, which sums or titles, and which cannot be taken as they are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from steering.analysis.incoming.cells import Spread, Unreadable
from steering.analysis.incoming.lists.sheet import VALUE, SheetCells, text, unescaped

Cells = tuple[Any, ...]

_LOOKED_AT = 1_000

_FOOTER = re.compile(r"^(summe|gesamt(summe)?|insgesamt|quelle|stand|hinweis|anmerkung|total|source)\b", re.I)
_SUM = re.compile(
    r"\W*((zwischen|teil|gesamt|end|jahres)?summen?|(ins)?gesamt|gesamt(betrag|ergebnis|förderung)|(sub)?total|"
    r"ergebnis|zusammen|übertrag|σ|∑)(?![-\w])",
    re.I,
)
_NUMBERED = re.compile(r"\d")
_WIDER = (
    "Die Zeile hat mehr Zellen als die Tabelle Überschriften (rechts steht noch »{}«); womöglich ist sie "
    "verschoben. Bitte berichtigen, oder der Spalte eine Überschrift geben."
)
_BROKEN = (
    "Die Zeile hat nur {} von {} Zellen und ist womöglich mitten in einer Zelle umgebrochen. "
    "Bitte mit der Zeile darüber oder darunter verbinden."
)


@dataclass
class Body:
    """`rows` are (number from 1, cells); `refused` and `row_notes` are by number."""

    rows: list[tuple[int, Cells]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    refused: dict[int, str] = field(default_factory=dict)
    row_notes: dict[int, tuple[str, ...]] = field(default_factory=dict)


def body(grid: SheetCells, start: int, headings: Sequence[str], named: int) -> Body:
    """The rows of a grid from `start` on; `named` is how many columns reach to the last heading."""
    found = Body()
    filled = _filled(grid, start)
    usual = _Usual(filled)
    for at, row in filled:
        number = at + 1 + grid.above
        if why := _no_data(row, headings, usual):
            found.notes.append(f"Zeile {number} (»{why[:40]}«) ist keine Datenzeile.")
            continue
        found.rows.append((number, row + (None,) * (len(headings) - len(row))))
        if at in grid.refused:
            found.refused[number] = grid.refused[at]
        if at in grid.row_notes:
            found.row_notes[number] = grid.row_notes[at]
    _wider(found, grid, named, usual)
    if grid.delimited:
        _broken(found, filled, usual, grid.above)
    return found


def _filled(grid: SheetCells, start: int) -> list[tuple[int, Cells]]:
    """The rows in which something stands; what is merged downwards stands in each of its rows."""
    merged = {
        (at, left): (top, left, bottom)
        for top, left, bottom, _ in grid.merged
        if bottom > top >= start
        for at in range(top, min(bottom + 1, len(grid.rows)))
    }
    downwards: dict[int, dict[int, Any]] = {}
    for (at, left), (top, _, bottom) in merged.items():
        above = grid.rows[top]
        value = unescaped(above[left]) if left < len(above) and isinstance(above[left], str) else (
            above[left] if left < len(above) else None
        )  # fmt: skip
        if text(value):
            downwards.setdefault(at, {})[left] = _spread(value, top + 1 + grid.above, bottom + 1 + grid.above)
    rows = []
    for at in range(start, len(grid.rows)):
        row = [unescaped(value) if isinstance(value, str) else value for value in grid.rows[at]]
        own = any(text(value) for value in row)
        for column, value in downwards.get(at, {}).items():
            row += [None] * (column + 1 - len(row))
            row[column] = value
        if own:
            rows.append((at, tuple(row)))
    return rows


def _spread(value: Any, first: int, last: int) -> Any:
    """A number over several rows is marked as such: it may be their sum. Names and days hold for each."""
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if is_number or (isinstance(value, str) and _NUMBERED.search(value)):
        return Spread(value, first, last)
    return value


class _Usual:
    """What rows of a table usually hold: how many cells, how many of them filled, how many with words."""

    def __init__(self, rows: Sequence[tuple[int, Cells]]) -> None:
        rows = rows[:_LOOKED_AT]
        self.width = _most(len(_trimmed(row)) for _, row in rows)
        self.cells = _most(len(row) for _, row in rows)
        self.filled = _most(sum(bool(text(cell)) for cell in row) for _, row in rows)
        # A list may have more sums than rows.
        proper = [row for _, row in rows if not any(_SUM.match(text(cell)) for cell in row)]
        self.words = _most(map(_words, proper))


def _most(counts: Any) -> int:
    found = Counter(counts).most_common()
    # Of two as frequent the larger: a table of one row and its sum is a table all the same.
    return max((count for count, times in found if times == found[0][1]), default=0)


def _words(row: Cells) -> int:
    """How many cells hold words rather than numbers or days."""
    said = (text(cell) for cell in row if isinstance(cell, (str, Unreadable)))
    return sum(bool(cell) and not VALUE.match(cell) for cell in said)


def _trimmed(row: Cells) -> Cells:
    last = max((at for at, cell in enumerate(row) if text(cell)), default=-1)
    return row[: last + 1]


def _no_data(row: Cells, headings: Sequence[str], usual: _Usual) -> str:
    """What a row says that is none of data: the header again, a sum, a title, a source; "" for data."""
    said = [text(cell) for cell in row]
    filled = [cell for cell in said if cell]
    first, width = filled[0], len(headings)
    if first in headings and said == list(headings)[: len(said)]:
        return first
    if len(filled) <= max(2, width // 3) and width > 2 and _FOOTER.match(first):
        return first
    if len(filled) == 1 and usual.filled > 2 and not VALUE.match(first):
        return first
    summed = next((cell for cell in filled if _SUM.match(cell)), "")
    if summed and any(VALUE.match(cell) for cell in filled) and _words(row) < usual.words:
        return summed
    return ""


def is_sum(said: str) -> bool:
    """Whether a name is none but says that a row sums up others."""
    found = _SUM.match(said)
    return bool(found) and found is not None and not re.search(r"\w", said[found.end() :])


def _wider(found: Body, grid: SheetCells, named: int, usual: _Usual) -> None:
    """Refuse rows with more cells than there are headings: what stands in them has been shifted."""
    limit = named or (usual.width if grid.delimited else 0)
    beyond = [(number, row) for number, row in found.rows if any(text(cell) for cell in row[limit:])]
    if not limit or not beyond:
        return
    touching = [number for number, row in beyond if text(row[limit])]
    if not grid.delimited and 2 * len(touching) > len(found.rows):
        return  # A column without a heading.
    for number, row in beyond:
        said = next(text(cell) for cell in row[limit:] if text(cell))[:40]
        if grid.delimited or number in touching:
            found.refused.setdefault(number, _WIDER.format(said))
        else:
            note = f"Rechts neben der Tabelle steht noch »{said}«; das wurde nicht gelesen."
            found.row_notes[number] = (*found.row_notes.get(number, ()), note)


def _broken(found: Body, filled: Sequence[tuple[int, Cells]], usual: _Usual, above: int) -> None:
    """Refuse lines that together have the cells of one row: a line break stands within one of them."""
    run: list[tuple[int, int]] = []
    for at, row in [*filled, (-1, (None,) * usual.cells)]:
        if 0 < len(row) < usual.cells:
            run.append((at + 1 + above, len(row)))
            continue
        if len(run) > 1 and sum(width for _, width in run) - (len(run) - 1) == usual.cells:
            for number, width in run:
                found.refused.setdefault(number, _BROKEN.format(width, usual.cells))
        run = []
