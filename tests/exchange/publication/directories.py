"""Invented directories: one that says everything an entry can say, and large ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

from steering.analysis.publication.content import (
    PublicDirectory,
    PublicEntry,
    PublicNews,
    Published,
    SiteWords,
)
from steering.model import BoundaryRole, Language

DAY = date(2026, 11, 27)
OFFER, POTENTIAL, PLAIN = "angebot-1", "potenzial-1", "angebot-2"
PLACES = (("99001", "Ährenfeld"), ("99002", "Birkenau am Wald"), ("99003", "Cedern"), ("99004", "Dornbach"))
FIELDS = (("sprache", "Sprache und Bildung"), ("arbeit", "Arbeit und Ausbildung"), ("wohnen", "Wohnen"))
TITLES = {
    Language.EASY: "Deutsch lernen",
    Language.ENGLISH: "Learn German in the evening",
    Language.ARABIC: "تعلم الألمانية مساءً",
    Language.PERSIAN: "یادگیری آلمانی در عصر",
    Language.UKRAINIAN: "Вивчення німецької ввечері",
}
FULL: dict[str, Any] = {
    "name": "Abendkurs Übergänge",
    "kind": "Projekt",
    "what": "Deutsch lernen am Abend, in kleinen Gruppen.\nMit Kinderbetreuung.",
    "for_whom": "Erwachsene mit Vorkenntnissen",
    "carrier": "Beispielverein Brücke e. V.",
    "opening": "Montag 18 bis 20 Uhr\nDonnerstag 18 bis 20 Uhr",
    "tasks": [
        {"field": "sprache", "task": "Sprachkurse"},
        {"field": "arbeit", "task": "Vermittlung in Arbeit"},
    ],
    "target_groups": ["Erwachsene", "Frauen & Mädchen"],
    "reach": {"district_wide": False, "municipalities": ["99001", "99003"]},
    "address": {
        "street": "Musterweg 5",
        "postal_code": "99999",
        "town": "Ährenfeld",
        "latitude": 50.1,
        "longitude": 11.1,
    },
    "contact": {
        "function": "Kursleitung",
        "phone": "+49 (0) 9999 123-45",
        "mailbox": "kurse@bruecke.example",
        "website": "https://bruecke.example/kurse",
    },
    "end": {"until": "2027-12-31"},
    "places": 24,
    "confirmed": "2026-10-01",
    "texts": [
        {"language": language.value, "title": title, "text": f"{title}." if language != "fa" else ""}
        for language, title in TITLES.items()
    ],
}
CHANCE: dict[str, Any] = {
    "name": "Leere Läden am Marktplatz",
    "kind": "Leerstand und Wohnen",
    "description": "Drei Läden stehen leer; Zugewanderte suchen Räume für Werkstätten.",
    "evidence": "Begehung im Frühjahr",
    "idea": "Ein Laden auf Probe",
    "next_step": "Gespräch mit den Eigentümern",
    "indicator": {"name": "Leerstehende Läden", "source": "Eigene Zählung"},
    "field": "arbeit",
    "area": {"name": "Cedern", "municipalities": ["99003"], "district_wide": False},
    "texts": [{"language": "en", "title": "Empty shops", "text": "Three shops are empty."}],
}
SITE = SiteWords(
    name="Angebote im Musterland",
    introduction="Hier steht, was es im Musterland gibt.",
    address="https://angebote.musterland.example",
    mailbox="angebote@musterland.example",
    licence="dl-by-de/2.0",
    imprint="Landratsamt Musterland\nMusterplatz 1\n\nMehr unter https://www.musterland.example/impressum",
    privacy="Dieses Verzeichnis speichert nichts über Sie.",
    accessibility="Diese Seiten sollen für alle nutzbar sein.",
)
EXTRA = {
    "daten/angebote.csv": b"name\n",
    "daten/angebote.geojson": b"{}",
    "daten/angebote.hsds.json": b"{}",
    "daten/katalog.jsonld": b"{}",
    "neues.atom": b"<feed/>",
    "termine.ics": b"BEGIN:VCALENDAR",
}


def rich(*more: PublicEntry) -> Published:
    """Everything an entry can say, an offer that says its name only, one for all, a potential, and `more`."""
    wide = {
        "name": "Wohnlotsen",
        "what": "Hilft bei der Suche nach einer Wohnung.",
        "tasks": [{"field": "wohnen", "task": "Wohnungssuche"}],
        "target_groups": ["Erwachsene"],
        "reach": {"district_wide": True, "municipalities": [ags for ags, _ in PLACES]},
        "end": {"open_ended": True},
    }
    entries = (
        PublicEntry(OFFER, FULL),
        PublicEntry(PLAIN, {"name": "Café International"}),
        PublicEntry("angebot-3", wide),
        *(each for each in more if each.is_offer),
        PublicEntry(POTENTIAL, CHANCE),
        *(each for each in more if not each.is_offer),
    )
    directory = PublicDirectory("Landkreis Musterland", "99", SITE, PLACES, FIELDS, entries)
    return Published(directory, DAY, (PublicNews(DAY, OFFER, ("opening",)), PublicNews(DAY, POTENTIAL)))


def empty() -> Published:
    """A directory of which nothing was released."""
    return Published(PublicDirectory("Landkreis Musterland", "99", SiteWords(), PLACES, FIELDS))


def many(offers: int, municipalities: int = 20) -> Published:
    """A directory of so many offers, each with all it can say, every tenth for the whole Landkreis."""
    places = tuple((f"99{number:03}", f"Musterdorf {number}") for number in range(municipalities))
    entries = tuple(
        PublicEntry(
            f"angebot-{number}",
            {
                **FULL,
                "name": f"Angebot {number} Nachbarschaftshilfe",
                "what": f"Begleitung und Beratung, Gruppe {number % 97}. {FULL['what']}",
                "reach": {
                    "district_wide": number % 10 == 0,
                    "municipalities": [places[number % municipalities][0]],
                },
            },
        )
        for number in range(offers)
    )
    directory = replace(rich().directory, places=places, entries=entries)
    return Published(directory, DAY)


def boundaries(places: tuple[tuple[str, str], ...] = PLACES) -> pd.DataFrame:
    """Squares side by side, and one of a neighbour."""
    rows = [
        {
            "key": ags,
            "role": BoundaryRole.OWN.value,
            "name": name,
            "geometry": _square(11 + number % 5 / 10, 50 + number // 5 / 10),
            "attribution": "© Musteramt für Karten (Daten verändert)",
        }
        for number, (ags, name) in enumerate(places)
    ]
    abroad = {**rows[0], "key": "88", "role": BoundaryRole.NEIGHBOUR.value, "name": "Nachbarland"}
    return pd.DataFrame([*rows, abroad | {"geometry": _square(20, 60), "attribution": "© Woanders"}])


def _square(west: float, south: float) -> dict[str, Any]:
    east, north = west + 0.1, south + 0.1
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}
