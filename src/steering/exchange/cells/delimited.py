"""Lines of text cut into cells, whatever somebody has done with quotation marks."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

_LONGEST = 33_000
"""Characters of a cell; Excel keeps no more. A mark that is not closed within them is no opening one."""


@dataclass
class Cut:
    """Rows of cells; `doubtful` says of rows, counted from 0, why they may have swallowed others."""

    rows: list[list[str]] = field(default_factory=list)
    doubtful: dict[int, str] = field(default_factory=dict)


def cut(text: str, delimiter: str) -> Cut:
    """The cells of a text whose lines end with a line feed.

    A cell in quotation marks may hold delimiters and line feeds. A mark that is never closed, or closed in
    the middle of a cell, is a sign like others; so is one that would swallow whole rows.
    """
    found = Cut()
    lines = text.split("\n")
    if '"' not in text:
        found.rows = [line.split(delimiter) for line in lines]
    else:
        width = Counter(len(_in_line(line, delimiter)) for line in lines[:200] if line).most_common(1)
        reader = _Reader(text, delimiter, width[0][0] if width else 1, found)
        reader.read()
    while found.rows and not any(found.rows[-1]):
        found.rows.pop()
    return found


class _Reader:
    def __init__(self, text: str, delimiter: str, width: int, found: Cut) -> None:
        self._text = text
        self._delimiter = delimiter
        self._width = width
        self._found = found

    def read(self) -> None:
        at, text = 0, self._text
        while at <= len(text):
            end = text.find("\n", at)
            end = len(text) if end < 0 else end
            line = text[at:end]
            if '"' not in line:
                self._found.rows.append(line.split(self._delimiter))
                at = end + 1
            else:
                at = self._row(at)

    def _row(self, at: int) -> int:
        """Read the row that begins at a place; where the next one begins."""
        row: list[str] = []
        while True:
            cell, at = self._cell(at)
            row.append(cell)
            if at >= len(self._text) or self._text[at] == "\n":
                break
            at += 1
        self._found.rows.append(row)
        return at + 1

    def _cell(self, at: int) -> tuple[str, int]:
        """A cell and the place of the sign behind it."""
        opened = _opened(self._text, at)
        if opened:
            closed = _closed(self._text, opened)
            behind = _behind(self._text, closed + 1) if closed >= 0 else -1
            if behind >= 0 and (behind == len(self._text) or self._text[behind] in ("\n", self._delimiter)):
                content = self._text[opened:closed]
                if "\n" not in content or not self._swallows(opened, closed):
                    return content.replace('""', '"'), behind
        ends = [place for sign in (self._delimiter, "\n") if (place := self._text.find(sign, at)) >= 0]
        end = min(ends, default=len(self._text))
        return self._text[at:end], end

    def _swallows(self, opened: int, closed: int) -> bool:
        """Whether a cell of several lines is made of rows: each of its lines has as many cells as a row."""
        start, end = self._text.rfind("\n", 0, opened) + 1, self._text.find("\n", closed)
        lines = self._text[start : end if end >= 0 else len(self._text)].split("\n")
        widths = [len(_in_line(line, self._delimiter)) for line in lines]
        whole = sum(width == self._width for width in widths[1:])
        if widths[0] >= self._width > 1 and min(widths) > 1 and 2 * whole >= len(widths) - 1:
            return True
        if self._width > 2 and any(2 * width > self._width for width in widths[1:-1]):
            at = len(self._found.rows)
            self._found.doubtful[at] = (
                "Ein Anführungszeichen wird erst Zeilen später geschlossen; womöglich stecken weitere "
                f"Zeilen in einer Zelle (bis »{lines[-1][:40]}«). Bitte die Anführungszeichen prüfen."
            )
        return False


def _in_line(line: str, delimiter: str) -> list[str]:
    """The cells of a line by itself."""
    if '"' not in line:
        return line.split(delimiter)
    cells, at = [], 0
    while True:
        opened = _opened(line, at)
        closed = _closed(line, opened) if opened else -1
        behind = _behind(line, closed + 1) if closed >= 0 else -1
        if not (behind >= 0 and (behind == len(line) or line[behind] == delimiter)):
            behind = line.find(delimiter, at)
            behind = len(line) if behind < 0 else behind
        cells.append(line[at:behind])
        if behind >= len(line):
            return cells
        at = behind + 1


def _opened(text: str, at: int) -> int:
    """Where the content of a cell in quotation marks begins, also one like ="09473"; 0 for another cell."""
    at = _behind(text, at)
    if text.startswith("=", at):
        at += 1
    return at + 1 if text.startswith('"', at) else 0


def _closed(text: str, at: int) -> int:
    """The place of the mark that closes a cell whose content begins at a place; -1 without one."""
    last = at + _LONGEST
    while True:
        at = text.find('"', at, last)
        if at < 0 or not text.startswith('"', at + 1):
            return at
        at += 2


def _behind(text: str, at: int) -> int:
    while at < len(text) and text[at] == " ":
        at += 1
    return at
