"""The table of contents: its entries, and on which pages they are, as LibreOffice lays them out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Emu
from docx.text.paragraph import Paragraph

from steering.analysis.document import Heading, plain
from steering.exchange.word import pdf, styles
from steering.exchange.word.xml import (
    add_field,
    clean,
    close_field,
    extend_link,
    link_to,
    open_field,
    settle_field,
)

# LibreOffice writes its PDFs in plain objects: bookmarks in the order of the headings, each with its page.
_BOOKMARK = re.compile(rb"/Title<FEFF([0-9A-F]*)>\s*/Dest\[(\d+) 0 R")
_PAGES = re.compile(rb"/Kids\[([\d\sR]*)\]")
_REFERENCE = re.compile(rb"(\d+) 0 R")


@dataclass(frozen=True)
class HeadingPages:
    """The page of each heading, by its place among them, and whether Word would count the same."""

    pages: Mapping[int, int] = field(default_factory=dict)
    sure: bool = False


UNCOUNTED = HeadingPages()


def counted(docx: bytes, headings: Sequence[Heading]) -> HeadingPages:
    """On which pages the headings of a document are; nothing where LibreOffice does not tell."""
    if not pdf.available():
        return UNCOUNTED
    try:
        made = pdf.convert(docx)
    except pdf.NoPdf:
        return UNCOUNTED
    kids = max((found[1] for found in _PAGES.finditer(made)), key=len, default=b"")
    order = {page: number for number, page in enumerate(_REFERENCE.findall(kids), start=1)}
    told = [(bytes.fromhex(title.decode()).decode("utf-16-be"), page) for title, page in
            _BOOKMARK.findall(made)]  # fmt: skip
    if [_spaced(title) for title, _ in told] != [_spaced(clean(plain(each.text))) for each in headings]:
        return UNCOUNTED
    pages = {place: order[page] for place, (_, page) in enumerate(told) if page in order}
    return HeadingPages(pages, sure=pdf.has_widths_of(styles.FONT))


def _spaced(text: str) -> str:
    return " ".join(text.split())


@dataclass(frozen=True)
class ContentsLine:
    """A line of the table of contents: of which heading, and how far to the right its page stands."""

    made: Paragraph
    anchor: str
    place: int
    width: int


def add(
    entries: Sequence[tuple[int, str, str, int]],
    depth: int,
    paragraph: Callable[[int], Paragraph],
    width: int,
) -> list[ContentsLine]:
    """Level, bookmark, text and place of each heading as lines; `paragraph` makes one of a level.

    Word is asked to fill in the pages, until `number` does.
    """
    lines: list[ContentsLine] = []
    for level, anchor, text, place in entries:
        made = paragraph(level)
        if not lines:
            open_field(made, f'TOC \\o "1-{depth}" \\h \\z \\u', stale=True)
        begun = len(made._p.r_lst)
        made.add_run(clean(text))
        link_to(made, anchor, begun)
        lines.append(ContentsLine(made, anchor, place, width))
    if lines:
        close_field(lines[-1].made)
    return lines


def number(lines: Sequence[ContentsLine], counted: HeadingPages) -> None:
    """Fill in the pages where they are known; where Word would count the same, it is not asked any more."""
    for line in lines:
        if line.place in counted.pages:
            _tab(line.made, line.width)
            begun = len(line.made._p.r_lst)
            line.made.add_run("\t")
            add_field(line.made, f"PAGEREF {line.anchor} \\h", str(counted.pages[line.place]))
            extend_link(line.made, begun)
    if lines and counted.sure:
        settle_field(lines[0].made)


def _tab(made: Paragraph, width: int) -> None:
    """A tab at the right margin, whatever the style of a template has."""
    tabs = made.paragraph_format.tab_stops
    for old in styles.tabs_of(made.style):
        if old != width:
            tabs.add_tab_stop(Emu(old), WD_TAB_ALIGNMENT.CLEAR)
    tabs.add_tab_stop(Emu(width), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
