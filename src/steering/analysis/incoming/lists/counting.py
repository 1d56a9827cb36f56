"""How the columns of numbers of a table are read: their units, and what their cells decide together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from steering.analysis.incoming.lists.figures import DecimalMark, Figures, is_percent, mark, number
from steering.analysis.incoming.lists.grids import ListTable
from steering.analysis.incoming.lists.meanings import FIGURES, Meaning
from steering.analysis.incoming.lists.units import AS_IT_STANDS, Unit, is_extent, of_all, unit


def decimal_mark(columns: Iterable[Sequence[Any]]) -> DecimalMark:
    """The mark before the decimals in all columns of numbers of a file."""
    return mark(cell for cells in columns for cell in cells)


def counted(
    table: ListTable, column: Mapping[Meaning, str], decimal: DecimalMark
) -> tuple[dict[Meaning, Figures], list[str]]:
    """How each column of numbers is read, and sentences about what that rests on.

    What a column itself shows counts before what the file's other numbers show (`decimal`).
    """
    found, notes = {}, []
    for meaning in FIGURES:
        if (heading := column.get(meaning)) is None:
            continue
        cells = table.column(heading)
        counts = unit(meaning, heading)
        if meaning == Meaning.AMOUNT and counts == AS_IT_STANDS:
            counts = of_all(table.beside)
        own = mark(cells)
        of_one = _of_one(meaning, heading, cells, counts)
        found[meaning] = Figures(counts, own if own != DecimalMark.UNKNOWN else decimal, of_one=of_one)
        if counts.words:
            notes.append(f"Spalte »{heading}«: gelesen {counts.words}.")
        if meaning == Meaning.SHARE and of_one:
            notes.append(f"Spalte »{heading}«: gelesen mit 1 als dem Ganzen.")
    return found, notes


def _of_one(meaning: Meaning, heading: str, cells: Sequence[Any], counts: Unit) -> bool | None:
    """Whether unmarked shares count 1 as the whole; None where the column does not say."""
    if meaning == Meaning.FTE:
        unsure = any(map(is_percent, cells)) or is_extent(heading)
        return None if counts == AS_IT_STANDS and unsure else False
    if meaning != Meaning.SHARE:
        return False
    plain = [value for value in map(_plain, cells) if value is not None and value > 0]
    if not plain:
        return False
    small = [value for value in plain if value <= 1]
    return len(small) == len(plain) if not small or len(small) == len(plain) else None


def _plain(cell: Any) -> float | None:
    """The number of a cell without a percent sign."""
    if is_percent(cell):
        return None
    try:
        return number(cell, small=True)
    except ValueError:
        return None
