"""Which pages the site has, and what each of them shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any

from steering.analysis.publication.content import PublicDirectory, PublicEntry, Published
from steering.exchange.publication.data_files import offered, terms
from steering.exchange.publication.entries import Catalogue, ShownEntry, Topic
from steering.exchange.publication.languages import TONGUES, Tongue
from steering.exchange.publication.news import each_once
from steering.exchange.publication.outlines import Outlines
from steering.exchange.publication.rendering import SitePage
from steering.model.german import count, listing

Structured = Callable[[PublicEntry, PublicDirectory], Mapping[str, Any]]
Shown = dict[str, Any]

LEGAL = {
    "impressum.html": ("imprint", "Impressum"),
    "datenschutz.html": ("privacy", "Datenschutz"),
    "barrierefreiheit.html": ("accessibility", "Erklärung zur Barrierefreiheit"),
}
"""Pages of the Landkreis' own texts: which text, and what the page is called."""
_NEWS = 8


def pages(
    published: Published, map_: Outlines | None, data: frozenset[str], structured: Structured | None
) -> Iterator[SitePage]:
    """All pages; `data`: the paths of files that stand beside them."""
    directory = published.directory
    catalogue = Catalogue(directory)
    shared = _shared(published, catalogue, data)
    yield SitePage("index.html", "index.html", shared | _front(published, catalogue, map_))
    for path, title in shared["legal"].items():
        text = getattr(directory.site, LEGAL[path][0])
        yield SitePage(path, "text.html", shared | {"title": title, "text": text})
    if shared["has_data"]:
        shown = shared | {"offered": offered(data), "terms": terms(directory.site.licence)}
        yield SitePage("offene-daten.html", "data.html", shown)
    if catalogue.entries:
        yield from _of_entries(directory, catalogue, shared, structured)
        yield from _of_topics(catalogue, shared)
        yield from _of_languages(catalogue, shared)


def _shared(published: Published, catalogue: Catalogue, data: frozenset[str]) -> Shown:
    """What every page shows at its head and foot."""
    directory = published.directory
    said = {path: title for path, (text, title) in LEGAL.items() if getattr(directory.site, text)}
    return {
        "site": directory.site,
        "site_name": directory.site.name or f"Angebotsverzeichnis {directory.district}",
        "district": directory.district,
        "day": published.day.isoformat() if published.day else "",
        "catalogue": catalogue,
        "tongues": [TONGUES[tag] for tag in TONGUES if tag in catalogue.languages],
        "legal": said,
        "has_data": bool(offered(data)),
        "feed": "neues.atom" if "neues.atom" in data else "",
    }


def _front(published: Published, catalogue: Catalogue, map_: Outlines | None) -> Shown:
    wide = sum(each.is_offer for each in catalogue.wide)
    local = {place for each in catalogue.offers for place in each.places}
    return {
        "wide": wide,
        "reached": len(catalogue.places) if wide else len(local),
        "counts": _counts(catalogue),
        "map": map_,
        "news": [(news, catalogue.by_key[news.key]) for news in islice(each_once(published.news), _NEWS)],
    }


def _counts(catalogue: Catalogue) -> dict[Topic, str]:
    """How many offers stand on the page of each topic; where none, how many potentials; "" for neither."""
    topics = (*catalogue.fields, *catalogue.groups)
    on_page = {topic: catalogue.under(topic) for topic in topics}
    on_page |= {place: catalogue.under(place) + catalogue.wide for place in catalogue.places}
    return {topic: _counted(*_split(entries)) for topic, entries in on_page.items()}


def _counted(offers: list[ShownEntry], potentials: list[ShownEntry]) -> str:
    if offers:
        return count(len(offers), "Angebot", "Angebote")
    return count(len(potentials), "Potenzial", "Potenziale") if potentials else ""


def _of_entries(
    directory: PublicDirectory, catalogue: Catalogue, shared: Shown, structured: Structured | None
) -> Iterator[SitePage]:
    yield SitePage("angebote.html", "offers.html", shared)
    if catalogue.potentials:
        yield SitePage("potenziale.html", "potentials.html", shared)
    for each in catalogue.entries:
        told = structured(each.entry, directory) if structured and each.is_offer else None
        template = "offer.html" if each.is_offer else "potential.html"
        yield SitePage(each.path, template, shared | {"entry": each, "structured": told})


def _of_topics(catalogue: Catalogue, shared: Shown) -> Iterator[SitePage]:
    for place in catalogue.places:
        listed = (catalogue.under(place), catalogue.wide, catalogue.unplaced)
        local, wide, unplaced = map(_split, listed)
        where = ("für diese Gemeinde", "für den ganzen Landkreis", "ohne Angabe des Gebiets")
        offers = zip((local[0], wide[0], unplaced[0]), where, strict=True)
        counted = listing([f"{_counted(found, [])} {words}" for found, words in offers if found])
        shown: Shown = {"place": place, "local": local, "wide": wide, "unplaced": unplaced}
        shown["counted"] = counted
        yield SitePage(place.path, "place.html", shared | shown)
    for field in catalogue.fields:
        found, potentials = _split(catalogue.under(field))
        shown = {"field": field, "tasks": _by_task(field, found), "potentials": potentials, "offers": found}
        yield SitePage(field.path, "field.html", shared | shown)
    for group in catalogue.groups:
        yield SitePage(group.path, "group.html", shared | {"group": group, "offers": catalogue.under(group)})


def _of_languages(catalogue: Catalogue, shared: Shown) -> Iterator[SitePage]:
    tongue: Tongue
    for tongue in shared["tongues"]:
        told = [(each, text) for each in catalogue.entries if (text := each.text(tongue.tag))]
        untold = [each for each in catalogue.entries if not each.text(tongue.tag)]
        shown = {"tongue": tongue, "told": told, "untold": untold}
        yield SitePage(f"sprachen/{tongue.tag}.html", "language.html", shared | shown)


def _split(entries: tuple[ShownEntry, ...]) -> tuple[list[ShownEntry], list[ShownEntry]]:
    """Offers and potentials."""
    return [each for each in entries if each.is_offer], [each for each in entries if not each.is_offer]


def _by_task(field: Topic, offers: list[ShownEntry]) -> list[tuple[str, list[ShownEntry]]]:
    """The offers under each task of a field, tasks by name."""
    found: dict[str, list[ShownEntry]] = {}
    for each in offers:
        for task, of in each.tasks:
            if of == field:
                found.setdefault(task, []).append(each)
    return sorted(found.items(), key=lambda item: (item[0].casefold(), item[0]))
