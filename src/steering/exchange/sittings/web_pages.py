"""The table of a web page, given as HTML: its rows as cells, and where each row leads."""

from __future__ import annotations

from typing import Any

from lxml import etree, html

from steering.exchange.cells.letters import decoded
from steering.exchange.incoming_files import MOST_ROWS, IncomingFile, check_text

_NO_TABLE = (
    "ist eine Webseite ohne Tabelle. Bitte die Tabelle der Sitzungen im Browser markieren, kopieren und "
    "als Text einfügen."
)


def is_page(content: bytes) -> bool:
    """Whether a file is HTML, or a piece of it."""
    beginning = content.lstrip(b"\xef\xbb\xbf \r\n\t")[:200].lower()
    return beginning.startswith(
        (b"<!doctype html", b"<html", b"<table", b"<div", b"<tr", b"<tbody", b"<body", b"<section")
    )


def rows(file: IncomingFile) -> tuple[list[list[str]], list[str]]:
    """The rows of all tables one after another, and the first address that each row links to. Raises
    FileRefused."""
    check_text(file)
    try:
        parser = html.HTMLParser(no_network=True, huge_tree=False, encoding="utf-8")
        page = html.document_fromstring(decoded(file.content)[0].encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise file.refused(_NO_TABLE) from None
    found = page.xpath("//tr")[:MOST_ROWS]
    if not found:
        raise file.refused(_NO_TABLE)
    return [_cells(row) for row in found], [_link(row) for row in found]


def _cells(row: Any) -> list[str]:
    return [" ".join(cell.text_content().split()) for cell in row.xpath("./td|./th")]


def _link(row: Any) -> str:
    return next((str(each) for each in row.xpath(".//a/@href")), "")
