"""What the public directory says, value by value, in German."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from steering.analysis.publication.content import PublicDirectory, PublicEntry
from steering.model import DataLicence, Language
from steering.model.german import count, day
from steering.model.vocabulary import word

NAME = "name"
# In the order in which an entry tells them.
LABELS: Mapping[str, str] = {
    NAME: "Name",
    "kind": "Art",
    "field": "Handlungsfeld",
    "carrier": "Träger",
    "what": "Was",
    "for_whom": "Für wen",
    "description": "Beschreibung",
    "evidence": "Woran es sich zeigt",
    "indicator": "Kennzahl",
    "idea": "Idee",
    "next_step": "Nächster Schritt",
    "tasks": "Aufgaben",
    "target_groups": "Zielgruppen",
    "area": "Gebiet",
    "reach": "Erreichte Gemeinden",
    "address": "Anschrift",
    "contact": "Kontakt",
    "opening": "Öffnungszeiten",
    "end": "Läuft bis",
    "places": "Plätze",
    "confirmed": "Zuletzt bestätigt",
    "texts": "In weiteren Sprachen",
}
SITE_LABELS: Mapping[str, str] = {
    NAME: "Name des Verzeichnisses",
    "introduction": "Einleitung",
    "address": "Webadresse",
    "mailbox": "Postfach",
    "licence": "Lizenz der offenen Daten",
    "imprint": "Impressum",
    "privacy": "Datenschutzerklärung",
    "accessibility": "Erklärung zur Barrierefreiheit",
}
DISTRICT_WIDE = "im ganzen Landkreis"


def told(entry: PublicEntry, directory: PublicDirectory) -> list[tuple[str, str]]:
    """All values of an entry but its name, each with its label, in the order of LABELS; none is left out."""
    names = [*(name for name in LABELS if name in entry.values), *(entry.values.keys() - LABELS.keys())]
    return [
        (LABELS.get(name, name), said(name, entry.values[name], directory)) for name in names if name != NAME
    ]


def said(name: str, value: Any, directory: PublicDirectory) -> str:
    """One value of an entry as German text, "" for none.

    `name` as `PublicEntry` lists them; `directory` tells how municipalities and Handlungsfelder are called.
    """
    if value in (None, "", [], {}):
        return ""
    match name:
        case "field":
            return dict(directory.fields).get(value, str(value))
        case "tasks":
            return _tasks(value, directory)
        case "target_groups":
            return ", ".join(value)
        case "area":
            return _area(value, directory)
        case "reach":
            return _reach(value, directory)
        case "address":
            return _address(value)
        case "contact":
            return _contact(value)
        case "end":
            return "unbefristet" if value.get("open_ended") else day(date.fromisoformat(value["until"]))
        case "places":
            return count(value, "Platz", "Plätze")
        case "confirmed":
            return day(date.fromisoformat(value))
        case "indicator":
            return value["name"] + (f" (Quelle: {value['source']})" if value.get("source") else "")
        case "texts":
            return "; ".join(map(_translated, value))
        case _:
            return str(value)


def said_of_site(name: str, value: str) -> str:
    """One value of what the directory says of itself; `name` as `SiteWords` has them."""
    return word(DataLicence(value)) if name == "licence" and value else value or ""


def entry_in_words(values: Mapping[str, Any], directory: PublicDirectory) -> str:
    """All values of an entry in one text: "Was: Beratung; Träger: Caritas"; "nur der Name" for no other."""
    parts = told(PublicEntry("", values), directory)
    return "; ".join(f"{label}: {text}" for label, text in parts) or "nur der Name"


def _tasks(tasks: list[Mapping[str, str]], directory: PublicDirectory) -> str:
    """By Handlungsfeld: "Sprache: Sprachkurse, Lernhilfe; Arbeit: Vermittlung"."""
    fields = dict(directory.fields)
    found: dict[str, list[str]] = {}
    for each in tasks:
        found.setdefault(fields.get(each["field"], each["field"]), []).append(each["task"])
    return "; ".join(f"{field}: {', '.join(names)}" for field, names in found.items())


def _area(area: Mapping[str, Any], directory: PublicDirectory) -> str:
    name, reach = str(area["name"]), _reach(area, directory)
    return name if not reach or reach == name else f"{name} ({reach})"


def _reach(reach: Mapping[str, Any], directory: PublicDirectory) -> str:
    if reach.get("district_wide"):
        return DISTRICT_WIDE
    places = dict(directory.places)
    names = (places.get(ags, ags) for ags in reach.get("municipalities", ()))
    return ", ".join(sorted(names, key=str.casefold))


def _address(address: Mapping[str, Any]) -> str:
    town = " ".join(filter(None, (address.get("postal_code"), address.get("town"))))
    at = ""
    if "latitude" in address:
        at = "Punkt auf der Karte " + " / ".join(
            f"{address[name]:.4f}".replace(".", ",") for name in ("latitude", "longitude")
        )
    return ", ".join(filter(None, (address.get("street"), town, at)))


def _contact(contact: Mapping[str, Any]) -> str:
    phone = f"Telefon {contact['phone']}" if contact.get("phone") else ""
    parts = (contact.get("function"), phone, contact.get("mailbox"), contact.get("website"))
    return ", ".join(filter(None, parts))


def _translated(text: Mapping[str, str]) -> str:
    more = f" – {text['text']}" if text.get("text") else ""
    return f"{word(Language(text['language']))}: {text['title']}{more}"
