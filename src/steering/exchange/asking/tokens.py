"""By what a file that comes back is known: a token in the hidden sheet and on the opening one."""

from __future__ import annotations

from collections.abc import Mapping

from steering.exchange.workbook.cell_reading import as_words
from steering.exchange.workbook.choices import TITLE
from steering.exchange.workbook.grids import CellRows
from steering.exchange.workbook.name_reading import stamp
from steering.exchange.workbook.reference_names import same

TOKEN_LINE = "Kennung dieser Datei:"


def token_in(found: Mapping[str, CellRows], heading: str) -> str:
    """The token under a heading of the hidden sheet, or where that was lost, from the opening one."""
    for title, grid in found.items():
        if same(title) == same(TITLE) and (token := stamp(grid, heading)):
            return token
    said = (as_words(cell) for grid in found.values() for row in grid for cell in row[:1])
    return next((text.removeprefix(TOKEN_LINE).strip() for text in said if text.startswith(TOKEN_LINE)), "")


def listed_in(found: Mapping[str, CellRows]) -> CellRows:
    """The hidden sheet with the names and keys as they went out; empty where it was lost."""
    return next((grid for title, grid in found.items() if same(title) == same(TITLE)), [])
