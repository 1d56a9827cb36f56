"""Bytes as letters: which alphabet a text file is written in, and what in it is written in another."""

from __future__ import annotations

import re
from collections import Counter

from charset_normalizer import from_bytes

from steering.analysis.incoming.cells import HALF_LETTER
from steering.model.german import listing

# What German authorities use, the likelier first: it wins where the text looks as good in both.
_ENCODINGS = ("cp1252", "iso8859-15", "cp850", "cp437", "mac-roman")
_GERMAN = set("äöüÄÖÜß")
_USUAL = set("§€°²³„“”–—’‘…«»éèêáàâóôíçñ½¼µ•·´\xa0")
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_SAMPLE, _ODD_SAMPLE = 200_000, 20_000
_STRAY = re.compile("[\udc80-\udcff]")
_GARBLED, _NOT_ASCII = re.compile("[ÃÂâ][^\x00-\x7f]"), re.compile(r"[^\x00-\x7f]+")
_WORD = 15
_MOST_SAID = 5


def decoded(content: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of a file, and sentences about its alphabet where something had to be guessed."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _whole(content[len(mark) :], encoding)
    if content[:200].count(b"\x00") > len(content[:200]) // 4:
        return _whole(content, "utf-16-le" if content[1:2] == b"\x00" else "utf-16-be")
    try:
        return content.decode("utf-8"), ()
    except UnicodeDecodeError:
        pass
    if _is_mostly_utf8(content):
        return _mended(content.decode("utf-8", errors="surrogateescape"))
    encoding = _guessed(content)
    return content.decode(encoding, errors="replace"), (f"Zeichensatz: {encoding} (nach den Umlauten).",)


def ungarbled(text: str) -> str:
    """Text in which letters that were taken for two of Windows' are what they were: »MÃ¼ller« is »Müller«."""
    return _NOT_ASCII.sub(_as_utf8, text) if not text.isascii() and _GARBLED.search(text) else text


def mended_said(cell: str, meant: str) -> str:
    """The note at a row in which a cell was read as it was meant."""
    return f"Falsch umgesetzte Umlaute: »{cell[:40]}« als »{meant[:40]}« gelesen."


def _as_utf8(run: re.Match[str]) -> str:
    try:
        return b"".join(
            letter.encode("latin-1") if ord(letter) < 256 else letter.encode("cp1252") for letter in run[0]
        ).decode("utf-8")
    except UnicodeError:
        return run[0]


def _whole(content: bytes, encoding: str) -> tuple[str, tuple[str, ...]]:
    if encoding == "utf-8":
        return _mended(content.decode("utf-8", errors="surrogateescape"))
    return content.decode(encoding, errors="replace"), ()


def _is_mostly_utf8(content: bytes) -> bool:
    """Whether some letters are whole in UTF-8, and at least as many as are not: one bad byte is only that."""
    text = content.decode("utf-8", errors="surrogateescape")
    stray = len(_STRAY.findall(text))
    # Letters of another alphabet make up whole ones by chance only now and then.
    whole = sum(text.count(letter) for letter in {*_GERMAN, *_USUAL})
    return whole > 0 and whole >= stray


def _mended(text: str) -> tuple[str, tuple[str, ...]]:
    """Text with what is no UTF-8 read as Windows writes umlauts, or marked as half a letter; said line by
    line."""
    if not _STRAY.search(text):
        return text, ()
    said = []
    for number, line in enumerate(text.split("\n"), start=1):
        if found := _STRAY.search(line):
            around = line[max(0, found.start() - _WORD) : found.end() + _WORD].strip()
            said.append(f"Zeile {number} (»{_STRAY.sub(_letter, around)}«)")
    note = (
        f"Einzelne Zeichen sind anders verschlüsselt als der Rest der Datei: {listing(said, _MOST_SAID)}. "
        "Bitte prüfen."
    )
    return _STRAY.sub(_letter, text), (note,)


def _letter(stray: re.Match[str]) -> str:
    try:
        letter = bytes([ord(stray[0]) - 0xDC00]).decode("cp1252")
    except UnicodeDecodeError:
        return HALF_LETTER
    return letter if letter in _GERMAN or letter in "éèáà–„“€§" else HALF_LETTER


def _guessed(content: bytes) -> str:
    sample = content[:_SAMPLE]
    scores = [(_score(sample, encoding), -rank, encoding) for rank, encoding in enumerate(_ENCODINGS)]
    score, _, encoding = max(scores)
    if score > 0:
        return encoding
    best = from_bytes(sample[:_ODD_SAMPLE]).best()
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
