"""What a made page says, as a browser would read it."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

Attributes = dict[str, str]


class Read(HTMLParser):
    """A page: `elements` in their order with their attributes, `text` of the page without its scripts."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, Attributes]] = []
        self.text = ""
        self._in_script = False
        self.feed(content.decode())
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        self._in_script = tag == "script"

    def handle_endtag(self, tag: str) -> None:
        self._in_script = False

    def handle_data(self, data: str) -> None:
        if not self._in_script:
            self.text += data

    def all(self, tag: str) -> list[Attributes]:
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def anchors(self) -> set[str]:
        return {attributes["id"] for _, attributes in self.elements if "id" in attributes}

    @property
    def addresses(self) -> list[str]:
        return [said[name] for _, said in self.elements for name in ("href", "src") if name in said]


def pages(files: Mapping[str, bytes]) -> dict[str, Read]:
    return {path: Read(content) for path, content in files.items() if path.endswith(".html")}


def leads(path: str, page: Read) -> Iterator[tuple[str, str]]:
    """Where the links of a page go within the site: path and anchor."""
    for address in page.addresses:
        parts = urlsplit(address)
        if not parts.scheme:
            folder = posixpath.dirname(path)
            target = posixpath.normpath(posixpath.join(folder, unquote(parts.path))) if parts.path else path
            yield target, unquote(parts.fragment)
