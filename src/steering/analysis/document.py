"""A document as a description: what it says in which order, not how it looks.

Whoever composes a paper, minutes or an invitation builds a `Document` of blocks; `exchange.word` writes it.
A text is a str, or a tuple of pieces where parts of it are `Strong`. Line breaks within a text are kept.

    Document(
        title="Protokoll",
        made_on=date(2026, 11, 25),
        blocks=(
            Title("Protokoll der Koordinierungsrunde", "am 25. November 2026"),
            SideBySide((("Ort", "Landratsamt Coburg"), ("Beginn", "14:00 Uhr"))),
            Heading("Ergebnisse"),
            *paragraphs(what_somebody_typed),
            Table(("Wer", "Was", "Bis"), rows, widths=(3, 9, 3), caption="Vereinbartes"),
        ),
        footer="Datenstand: 25.11.2026",
    )
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_BULLET = re.compile(r"\s*[-•–*]\s+(.*)")
_NOT_IN_NAMES = re.compile(r"""[\\/:*?"<>|»«\x00-\x1f]""")  # what Windows takes in no file's name
_LONGEST_NAME = 100
_PART_ENDS = re.compile(r"[,;] | [(–] ?")  # where a name can be cut without a sentence being torn
_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")


@dataclass(frozen=True)
class Strong:
    """A piece of a text that matters most."""

    text: str


Text = str | tuple[str | Strong, ...]


@dataclass(frozen=True)
class Title:
    """What the document is, once at its top; `below` in smaller type under it."""

    text: str
    below: str = ""


@dataclass(frozen=True)
class Heading:
    """A heading; `level` 1 to 3. With `new_page` it begins one."""

    text: str
    level: int = 1
    new_page: bool = False


@dataclass(frozen=True)
class Paragraph:
    text: Text


@dataclass(frozen=True)
class Motion:
    """What is put to the vote, set apart from everything around it."""

    text: Text


@dataclass(frozen=True)
class Note:
    """Small print: where something comes from, what is left out."""

    text: Text


@dataclass(frozen=True)
class Bullets:
    """A list; with `numbered` 1., 2., 3. from the start."""

    items: tuple[Text, ...]
    numbered: bool = False


@dataclass(frozen=True)
class SideBySide:
    """Names and what belongs to them side by side, as in the head of a letter; without lines."""

    rows: tuple[tuple[str, Text], ...]


@dataclass(frozen=True)
class Table:
    """A table whose header row stands again on each page.

    `widths` are parts of the page's width, equal where empty; `right` are the columns of numbers, by place;
    rows of `sums` (by place, -1 the last) stand out. The caption is numbered ("Tabelle 1").
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Text, ...], ...]
    caption: str = ""
    widths: tuple[float, ...] = ()
    right: tuple[int, ...] = ()
    sums: tuple[int, ...] = ()


@dataclass(frozen=True)
class Figure:
    """A picture by name, handed over when the document is written; `alternative` says what it shows.

    The caption is numbered ("Abbildung 1"); `width_cm` is cut to the page. A picture that is not handed over
    leaves its alternative as text.
    """

    picture: str
    caption: str
    alternative: str
    width_cm: float = 16


@dataclass(frozen=True)
class Contents:
    """The table of contents: the headings of level 1 to `depth` that come after it."""

    title: str = "Inhalt"
    depth: int = 2


@dataclass(frozen=True)
class NewPage:
    """From here on a new page, upright or `wide`."""

    wide: bool = False


@dataclass(frozen=True)
class Signatures:
    """Lines to sign above each of these words, side by side."""

    below: tuple[str, ...]


Block = (
    Title
    | Heading
    | Paragraph
    | Motion
    | Note
    | Bullets
    | SideBySide
    | Table
    | Figure
    | Contents
    | NewPage
    | Signatures
)


@dataclass(frozen=True)
class Document:
    """`footer` stands at the bottom of each page, beside its number; `author` is an organisational unit."""

    title: str
    made_on: date
    blocks: tuple[Block, ...]
    footer: str = ""
    author: str = ""
    subject: str = ""

    @property
    def file_name(self) -> str:
        """What its file is called, without the ending: what it is about and the day it was made.

        One that is too long ends where a part of the title does, if it can, and always with a whole word.
        """
        said = " ".join(_NOT_IN_NAMES.sub(" ", self.title).split())
        if len(said) > _LONGEST_NAME:
            cut = said[: _LONGEST_NAME + 1]
            parts = [
                place.start() for place in _PART_ENDS.finditer(cut) if place.start() > _LONGEST_NAME // 3
            ]
            said = cut[: parts[-1]] if parts else cut.rpartition(" ")[0] or said[:_LONGEST_NAME]
        return f"{said.strip(' .,;–(')} {self.made_on.isoformat()}"


def paragraphs(text: str) -> tuple[Block, ...]:
    """A typed text as blocks: an empty line parts paragraphs, lines that begin with "- " are a list."""
    return tuple(_blocks(text.replace("\r\n", "\n").replace("\r", "\n")))


def _blocks(text: str) -> Iterator[Block]:
    for part in _BLANK_LINES.split(text.strip()):
        said: list[str] = []
        items: list[Text] = []
        for line in part.split("\n"):
            if bullet := _BULLET.fullmatch(line):
                yield from _said(said)
                items.append(bullet[1].strip())
            else:
                yield from _listed(items)
                said.append(line.strip())
        yield from (*_said(said), *_listed(items))


def _said(lines: list[str]) -> Iterator[Block]:
    if any(lines):
        yield Paragraph("\n".join(lines).strip())
    lines.clear()


def _listed(items: list[Text]) -> Iterator[Block]:
    if items:
        yield Bullets(tuple(items))
    items.clear()


def plain(text: Text) -> str:
    """A text without its emphasis."""
    if isinstance(text, str):
        return text
    return "".join(piece.text if isinstance(piece, Strong) else piece for piece in text)
