"""A table as paper has it: Streamlit draws its own on a canvas, of which paper gets what was in sight.

It goes to the browser as words, and becomes a table once somebody prints (`browser.printing_script`):
hundreds of cells that nobody sees would slow down each click.
"""

from __future__ import annotations

import pandas as pd
from pandas.api.types import is_bool_dtype, is_numeric_dtype

from steering.model.german import count, number
from steering.web.browser import html, printing_script
from steering.web.kept import kept_with

# About six sheets.
MOST_ROWS = 200
NO_NUMBER = "–"
_DECIMALS = 3


def table(frame: pd.DataFrame) -> None:
    """All columns and rows of a table, for paper only, in the place of what was drawn just before."""
    html.data(printing_script.TABLE, _told(frame))


@kept_with
def _told(frame: pd.DataFrame) -> dict[str, str]:
    first = frame.head(MOST_ROWS)
    columns = [[str(name), *_words(first[name])] for name in first.columns]
    return {
        "lines": printing_script.as_lines(zip(*columns, strict=True)),
        "note": _left_out(len(frame) - MOST_ROWS),
    }


def _words(cells: pd.Series) -> list[str]:
    if is_bool_dtype(cells):
        return ["ja" if value else "nein" for value in cells]
    if is_numeric_dtype(cells):
        return [NO_NUMBER if pd.isna(value) else number(float(value), _DECIMALS) for value in cells]
    return [str(value) for value in cells.astype(object).tolist()]


def _left_out(more: int) -> str:
    return f"{count(more, 'weitere Zeile', 'weitere Zeilen')} in der Datei." if more > 0 else ""
