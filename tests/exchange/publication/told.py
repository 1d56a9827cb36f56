"""A directory with everything that can be public, and the same with parts of it taken away."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Any

from steering.analysis.publication.content import (
    PublicDirectory,
    PublicEntry,
    PublicNews,
    Published,
    SiteWords,
)

DAY = date(2026, 11, 20)
ADDRESS = "https://www.landkreis.example/integration"

OFFER: dict[str, Any] = {
    "name": "Integrationslotsen",
    "kind": "Lotsendienst",
    "what": "Begleiten zu Ämtern und Ärzten.\nAuch zu Hause.",
    "for_whom": "Wer neu im Landkreis lebt",
    "carrier": "Caritas Musterkreis",
    "opening": "Mo bis Do 9 bis 12 Uhr",
    "tasks": [
        {"field": "sprache", "task": "Sprachmittlung"},
        {"field": "sprache", "task": "Sprachkurse"},
        {"field": "wohnen", "task": "Wohnungssuche"},
    ],
    "target_groups": ["Geflüchtete", "Familien"],
    "reach": {"district_wide": False, "municipalities": ["09473112", "09473120"]},
    "address": {
        "street": "Lange Gasse 3",
        "postal_code": "96450",
        "town": "Musterstadt",
        "latitude": 50.2587123,
        "longitude": 10.9645321,
    },
    "contact": {
        "function": "Koordination Lotsen",
        "phone": "+49 9561 1234",
        "mailbox": "lotsen@traeger.example",
        "website": "https://traeger.example/lotsen",
    },
    "end": {"until": "2027-06-30"},
    "places": 7_373_737,
    "confirmed": "2026-10-15",
    "texts": [
        {"language": "de-simple", "title": "Hilfe bei Terminen", "text": "Wir kommen mit."},
        {"language": "ar", "title": "مرافقون", "text": "نرافقكم إلى المواعيد."},
    ],
}
POTENTIAL: dict[str, Any] = {
    "name": "Leerstand im Ortskern",
    "kind": "Leerstand und Wohnen",
    "field": "wohnen",
    "area": {"name": "Nordraum", "district_wide": False, "municipalities": ["09473112"]},
    "description": "Häuser stehen leer.",
    "evidence": "Begehung im Frühjahr",
    "idea": "Umbauen mit den Handwerkern am Ort",
    "next_step": "Gespräch mit Eigentümern",
    "indicator": {"name": "Leerstandsquote", "source": "Zensus"},
    "texts": [],
}
SITE = SiteWords(
    name="Ankommen im Musterkreis",
    introduction="Was es gibt und wen man fragt.",
    address=ADDRESS,
    mailbox="integration@landkreis.example",
    licence="dl-by-de/2.0",
)


def offer(number: int = 12, *, without: Collection[str] = (), **values: Any) -> PublicEntry:
    """An offer with everything, but for the values taken away or put instead."""
    said = {name: value for name, value in (OFFER | values).items() if name not in without}
    return PublicEntry(f"angebot-{number}", said)


def potential(number: int = 5, *, without: Collection[str] = (), **values: Any) -> PublicEntry:
    """A potential with everything, but for the values taken away or put instead."""
    said = {name: value for name, value in (POTENTIAL | values).items() if name not in without}
    return PublicEntry(f"potenzial-{number}", said)


NEWS = (PublicNews(DAY, "angebot-12", ("opening", "contact")), PublicNews(date(2026, 10, 1), "potenzial-5"))
NOTHING = Published(PublicDirectory("Musterkreis", "09473"))


def published(*entries: PublicEntry, news: tuple[PublicNews, ...] = NEWS, **site: Any) -> Published:
    """What a release of the day brings out; `site`: texts of the directory instead of the usual ones."""
    directory = PublicDirectory(
        district="Landkreis Musterkreis",
        district_key="09473",
        site=replace(SITE, **site),
        places=(("09473112", "Ahorn"), ("09473120", "Dörfles"), ("09473121", "Ebersdorf")),
        fields=(("sprache", "Sprache und Bildung"), ("wohnen", "Wohnen")),
        entries=entries or (offer(), potential()),
    )
    return Published(directory, DAY, news)
