"""How wide the columns of a table are, so that no name is cut: as wide as their words, else wrapped."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache, partial
from math import ceil

import pandas as pd
from pandas.api.types import is_string_dtype

from steering.charts import typeface
from steering.web.kept import kept_with

# Pixels of a table over the whole width of a page at 1366 beside its scroll bar, within a frame of its own,
# and of the boxes in which a row is chosen.
PAGE, FRAMED, TICK = 1034, 998, 33
ROW = 35
# Streamlit wraps words only in rows higher than 64 pixels, and these have room for three lines.
WRAPPED, _LINES = 66, 3
_SCREEN = 560
# What of a cell is left out is read in the file, and where the row is chosen.
_MORE = " …"
_LETTER, _MARGIN, _LEAST = 14, 16, 44


@dataclass(frozen=True)
class FittedTable:
    """The width of each column, and the height of a row, in pixels.

    `sideways`: so many columns that one has to scroll; the first then stays in view.
    """

    widths: dict[str, int]
    row: int
    sideways: bool = False

    def height(self, rows: int) -> int:
        """Pixels of the head and so many rows, or of as many as the screen of an office PC has room for."""
        return ROW + self.row * min(rows, _SCREEN // self.row) + 3


@kept_with
def layout(frame: pd.DataFrame, room: int = PAGE, hidden: frozenset[str] = frozenset()) -> FittedTable:
    """Columns as wide as their longest cell; where that is too much, the long ones share what is left.

    Rows are all of one height, and Streamlit knows none of two lines that are lower than those of three: what
    a table says is best short enough for one line. `hidden`: columns without a place.
    """
    texts = {str(name): _texts(frame[name]) for name in frame.columns if name not in hidden}
    natural = {name: _natural(name, found) for name, found in texts.items()}
    if sum(natural.values()) <= room:
        return FittedTable(natural, ROW)
    words = {name: _longest_word(name, found) for name, found in texts.items()}
    if sum(words.values()) > room:
        return FittedTable(natural, ROW, sideways=True)
    widths = _shared(natural, words, room)
    lines = max(_lines(found, widths[name]) for name, found in texts.items())
    return FittedTable(widths, ROW if lines == 1 else WRAPPED)


def in_lines(frame: pd.DataFrame, room: int = PAGE, hidden: frozenset[str] = frozenset()) -> pd.DataFrame:
    """The frame with no cell of more lines than its row has room for: one long cell made every row tall."""
    return frame if layout(frame, room, hidden).row == ROW else _in_lines(frame, room, hidden)


@kept_with
def _in_lines(frame: pd.DataFrame, room: int, hidden: frozenset[str]) -> pd.DataFrame:
    shortened = {
        name: frame[name].map(partial(_shortened, room=width - _MARGIN))
        for name, width in layout(frame, room, hidden).widths.items()
        if is_string_dtype(frame[name])
    }
    return frame.assign(**shortened)


def _shortened(text: str, room: float) -> str:
    if _set(text, room) <= _LINES:
        return text
    words = text.split()
    while _set(" ".join(words) + _MORE, room) > _LINES:
        words.pop()
    return " ".join(words) + _MORE


def _texts(cells: pd.Series) -> set[str]:
    """What stands in a column, each text once. Iterating over Arrow's strings takes ten times as long."""
    return set(map(str, cells.astype(object).tolist()))


def _natural(name: str, texts: set[str]) -> int:
    return max(_LEAST, *(ceil(_width(text)) + _MARGIN for text in {name, *texts}))


def _longest_word(name: str, texts: set[str]) -> int:
    """The least a column needs: its header, and no word of it broken: Streamlit wants room for a blank."""
    every = {f"{word} " for text in texts for word in text.split()}
    return max(_LEAST, *(ceil(_width(text)) + _MARGIN for text in {name, *every}))


def _shared(natural: dict[str, int], words: dict[str, int], room: int) -> dict[str, int]:
    """Narrow columns keep their width; the others share the rest in proportion to what they would need."""
    widths = dict(natural)
    wide = set(natural)
    while wide:
        left = room - sum(widths[name] for name in natural if name not in wide)
        wanted = sum(natural[name] for name in wide)
        share = {name: int(natural[name] * left / wanted) for name in wide}
        # None gets less than its longest word, and none that is narrow anyway gives anything up.
        settled = {name for name in wide if share[name] <= words[name]}
        fair = left / len(wide)
        settled |= {name for name in wide if natural[name] <= fair and natural[name] > share[name]}
        if not settled:
            return widths | share
        for name in settled:
            widths[name] = natural[name] if natural[name] <= fair else words[name]
        wide -= settled
    return widths


def _lines(texts: set[str], width: int) -> int:
    """How many lines the longest cell takes, set word by word."""
    return max((_set(text, width - _MARGIN) for text in texts), default=1)


def _set(text: str, room: float) -> int:
    lines, used = 1, 0.0
    for word in text.split():
        wide = _width(f"{word} ")
        if used and used + wide > room + _width(" "):
            lines, used = lines + 1, 0.0
        used += wide
    return lines


@lru_cache(maxsize=16_384)
def _width(text: str) -> float:
    return typeface.width(text, _LETTER)
