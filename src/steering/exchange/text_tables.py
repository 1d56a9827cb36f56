"""Text files with columns: in which encoding, with which delimiter, whatever ends their lines."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

from charset_normalizer import from_bytes

from steering.analysis.incoming.lists.grids import Grid
from steering.exchange.incoming_files import MOST_COLUMNS, IncomingFile, check_size

# What German authorities use, the likelier first: it wins where the text looks as good in both.
_ENCODINGS = ("cp1252", "iso8859-15", "cp850", "cp437", "mac-roman")
_GERMAN = set("äöüÄÖÜß")
_USUAL = set("§€°²³„“”–—’‘…«»éèêáàâóôíçñ½¼µ•·´\xa0")
_DELIMITERS = ";\t,|"
_LONGEST_FIELD = 1_000_000


def grid(file: IncomingFile) -> Grid:
    """The cells of a text file. Raises FileRefused."""
    text, note = decoded(file)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    given = re.match(r"sep=(.)\n", text)
    if given:
        text = "\n" + text[given.end() :]
    delimiter = given[1] if given else _delimiter(text)
    # ="09473" keeps zeros in Excel; what is meant is the text in it.
    escaped = re.sub(rf'(^|{re.escape(delimiter)})="', r'\1"', text, flags=re.M)
    csv.field_size_limit(_LONGEST_FIELD)
    try:
        rows = list(csv.reader(io.StringIO(escaped), delimiter=delimiter))
    except csv.Error:
        raise file.refused(
            "hat Zeilen, die sich nicht in Spalten teilen lassen. Bitte in Excel als XLSX speichern."
        ) from None
    check_size(file, len(rows), max(map(len, rows), default=0))
    return Grid("", rows, notes=(note,) if note else ())


def decoded(file: IncomingFile) -> tuple[str, str]:
    """The text of a file, and a sentence about its encoding where it had to be guessed."""
    content = file.content
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return content.decode(encoding, errors="replace"), ""
    if content[:200].count(b"\x00") > len(content[:200]) // 4:
        return content.decode("utf-16-le" if content[1:2] == b"\x00" else "utf-16-be", errors="replace"), ""
    try:
        return content.decode("utf-8"), ""
    except UnicodeDecodeError:
        encoding = _guessed(content)
        return content.decode(encoding, errors="replace"), f"Zeichensatz: {encoding} (nach den Umlauten)."


def _guessed(content: bytes) -> str:
    sample = content[:200_000]
    scores = [(_score(sample, encoding), -rank, encoding) for rank, encoding in enumerate(_ENCODINGS)]
    score, _, encoding = max(scores)
    if score > 0:
        return encoding
    best = from_bytes(sample).best()
    return best.encoding if best is not None else encoding


def _score(sample: bytes, encoding: str) -> float:
    """How much a text looks German in an encoding: umlauts within words for, odd signs against."""
    try:
        text = sample.decode(encoding)
    except UnicodeDecodeError:
        return -1e9
    score = 0.0
    for letter, number in Counter(re.findall(r"[^\x00-\x7f]", text)).items():
        score += number * (2 if letter in _GERMAN else 0.5 if letter in _USUAL else -2)
    # An umlaut stands in a word, a capital one at its beginning.
    return score - 3 * len(re.findall(r"[a-zäöüß][ÄÖÜ][a-zäöüß]", text))


def _delimiter(text: str) -> str:
    """The sign that gives most lines the same number of columns, as many as possible."""
    sample = "\n".join(text.split("\n")[:60])[:100_000]
    best, chosen = 0.0, ";"
    for delimiter in _DELIMITERS:
        try:
            rows = [row for row in csv.reader(io.StringIO(sample), delimiter=delimiter) if any(row)]
        except csv.Error:
            continue
        widths = Counter(len(row) for row in rows if len(row) > 1)
        if not widths:
            continue
        width, lines = widths.most_common(1)[0]
        score = lines / max(len(rows), 1) * min(width, MOST_COLUMNS) ** 0.5
        if score > best * 1.05:
            best, chosen = score, delimiter
    return chosen
