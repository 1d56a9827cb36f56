"""Text files with columns: in which alphabet, with which delimiter, whatever ends their lines."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

from steering.analysis.incoming.cells import in_state
from steering.analysis.incoming.lists.grids import SheetCells
from steering.exchange.cells.delimited import cut
from steering.exchange.cells.letters import decoded
from steering.exchange.incoming_files import MOST_COLUMNS, IncomingFile, check_size, check_text

_DELIMITERS = ";\t,|"


def grid(file: IncomingFile) -> SheetCells:
    """The cells of a text file. Raises FileRefused."""
    check_text(file)
    text, notes = decoded(file.content)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    given = re.match(r"sep=(.)\n", text)
    if given:
        text = "\n" + text[given.end() :]
    found = cut(text, given[1] if given else _delimiter(text))
    check_size(file, len(found.rows), max(map(len, found.rows), default=0))
    rows = [[in_state(cell) for cell in row] for row in found.rows]
    return SheetCells("", rows, notes=notes, delimited=True, refused=found.doubtful)


def as_quoted(file: IncomingFile) -> SheetCells:
    """The same with every quotation mark taken at its word: a header may be of several lines in each cell.

    For files of which `grid` makes nothing: it tells rows that a forgotten mark has swallowed by their width,
    and such a header is none. Raises FileRefused.
    """
    check_text(file)
    text, notes = decoded(file.content)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=_delimiter(text)))
    except csv.Error:
        rows = []
    check_size(file, len(rows), max(map(len, rows), default=0))
    return SheetCells("", [[in_state(cell) for cell in row] for row in rows], notes=notes, delimited=True)


def _delimiter(text: str) -> str:
    """The sign that gives most lines the same number of columns, as many as possible."""
    sample = "\n".join(text.split("\n")[:60])[:100_000]
    best, chosen = 0.0, ";"
    for delimiter in _DELIMITERS:
        rows = [row for row in cut(sample, delimiter).rows if any(row)]
        widths = Counter(len(row) for row in rows if len(row) > 1)
        if not widths:
            continue
        width, lines = widths.most_common(1)[0]
        score = lines / max(len(rows), 1) * min(width, MOST_COLUMNS) ** 0.5
        if score > best * 1.05:
            best, chosen = score, delimiter
    return chosen
