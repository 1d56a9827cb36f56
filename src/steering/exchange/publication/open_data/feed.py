"""What is new in the directory or has changed, to subscribe to (Atom, RFC 4287)."""

from __future__ import annotations

from datetime import date, datetime, time
from xml.etree import ElementTree

from steering.analysis.publication.content import PublicEntry, PublicNews, Published
from steering.exchange.publication.naming import address, district, identity, page, title
from steering.exchange.publication.news import each_once
from steering.exchange.publication.open_data.licences import notice
from steering.model.german import TIME_ZONE

_ATOM = "http://www.w3.org/2005/Atom"
_XML = "{http://www.w3.org/XML/1998/namespace}"
PATH = "neues.atom"
_CHANGED = {
    "name": "Name", "kind": "Art", "texts": "Texte in weiteren Sprachen", "what": "was es ist",
    "for_whom": "für wen", "carrier": "Träger", "opening": "Öffnungszeiten", "tasks": "Aufgaben",
    "target_groups": "Zielgruppen", "reach": "erreichte Gemeinden", "address": "Anschrift",
    "contact": "Ansprechstelle", "end": "läuft bis", "places": "Plätze", "confirmed": "zuletzt bestätigt",
    "description": "Beschreibung", "evidence": "woran es sich zeigt", "idea": "Idee",
    "next_step": "nächster Schritt", "indicator": "Kennzahl", "field": "Handlungsfeld", "area": "Gebiet",
}  # fmt: skip


def atom(published: Published, day: date) -> bytes:
    """A feed with an entry for each thing and day on which it was new or changed; `day`: of the release."""
    directory = published.directory
    feed = ElementTree.Element("feed", {"xmlns": _ATOM, f"{_XML}lang": "de"})
    _add(feed, "id", f"urn:uuid:{identity(directory, 'feed')}")
    _add(feed, "title", f"Neues: {title(directory)}")
    _add(feed, "updated", _moment(day))
    _add(feed, "rights", notice(directory))
    _add(ElementTree.SubElement(feed, "author"), "name", district(directory))
    if address(directory):
        ElementTree.SubElement(feed, "link", rel="self", href=address(directory, PATH))
        ElementTree.SubElement(feed, "link", rel="alternate", href=address(directory, "index.html"))
    entries = {each.key: each for each in directory.entries}
    for news in each_once(published.news):
        if news.key in entries:
            _entry(feed, published, news, entries[news.key])
    ElementTree.indent(feed, " ")
    written: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def _entry(feed: ElementTree.Element, published: Published, news: PublicNews, entry: PublicEntry) -> None:
    directory = published.directory
    found = ElementTree.SubElement(feed, "entry")
    _add(found, "id", f"urn:uuid:{identity(directory, 'news', news.key, news.day.isoformat())}")
    _add(found, "title", f"{'Geändert' if news.changed else 'Neu'}: {entry.name}")
    _add(found, "updated", _moment(news.day))
    # Without an address a reader follows the path from where it has the feed.
    ElementTree.SubElement(
        found, "link", rel="alternate", href=address(directory, page(entry.key)) or page(entry.key)
    )
    if news.changed:
        _add(found, "summary", f"Geändert: {', '.join(_CHANGED.get(each, each) for each in news.changed)}.")
    else:
        said = entry.values.get("what") or entry.values.get("description")
        _add(found, "summary", said or f"Neu im {title(directory)}.")


def _add(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, name).text = text


def _moment(day: date) -> str:
    return datetime.combine(day, time(), TIME_ZONE).isoformat()
