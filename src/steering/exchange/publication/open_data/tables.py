"""Offers, potentials and their texts in further languages as CSV that a German spreadsheet opens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from steering.analysis.publication.content import PublicDirectory, PublicEntry
from steering.exchange.cells.separated_cells import said, separated
from steering.exchange.publication.naming import address, areas, page
from steering.model import Language
from steering.model.vocabulary import word

_BETWEEN = "; "
Row = Mapping[str, Any]


def offers(directory: PublicDirectory) -> bytes:
    """One row per offer."""
    return _csv(_OFFER, [_offer(directory, each) for each in directory.offers])


def potentials(directory: PublicDirectory) -> bytes:
    """One row per potential."""
    return _csv(_POTENTIAL, [_potential(directory, each) for each in directory.potentials])


def texts(directory: PublicDirectory) -> bytes:
    """One row per entry and further language."""
    rows = [
        {
            "Kennung": entry.key,
            "Sprache": word(Language(each["language"])),
            "Sprachcode": each["language"],
            "Titel": each.get("title"),
            "Text": each.get("text"),
        }
        for entry in directory.entries
        for each in entry.values.get("texts", [])
    ]
    return _csv(_TEXT, rows)


_OFFER = (
    "Kennung", "Name", "Art", "Träger", "Was", "Für wen", "Handlungsfelder", "Aufgaben", "Zielgruppen",
    "Kreisweit", "Gemeinden", "AGS der Gemeinden", "Straße", "PLZ", "Ort", "Breitengrad", "Längengrad",
    "Ansprechstelle", "Telefon", "E-Mail", "Website", "Öffnungszeiten", "Läuft bis", "Unbefristet", "Plätze",
    "Zuletzt bestätigt", "Seite",
)  # fmt: skip
_POTENTIAL = (
    "Kennung", "Name", "Art", "Handlungsfeld", "Gebiet", "Kreisweit", "Gemeinden", "AGS der Gemeinden",
    "Beschreibung", "Woran es sich zeigt", "Kennzahl", "Quelle der Kennzahl", "Idee", "Nächster Schritt",
    "Seite",
)  # fmt: skip
_TEXT = ("Kennung", "Sprache", "Sprachcode", "Titel", "Text")


def _offer(directory: PublicDirectory, entry: PublicEntry) -> Row:
    values = entry.values
    at, contact, end = values.get("address", {}), values.get("contact", {}), values.get("end", {})
    names = dict(directory.fields)
    tasks = values.get("tasks", [])
    return {
        "Kennung": entry.key,
        "Name": entry.name,
        "Art": values.get("kind"),
        "Träger": values.get("carrier"),
        "Was": values.get("what"),
        "Für wen": values.get("for_whom"),
        "Handlungsfelder": _listed(names.get(each["field"], each["field"]) for each in tasks),
        "Aufgaben": _listed(each["task"] for each in tasks),
        "Zielgruppen": _listed(values.get("target_groups", [])),
        **_where(directory, values.get("reach", {})),
        "Straße": at.get("street"),
        "PLZ": at.get("postal_code"),
        "Ort": at.get("town"),
        "Breitengrad": at.get("latitude"),
        "Längengrad": at.get("longitude"),
        "Ansprechstelle": contact.get("function"),
        "Telefon": contact.get("phone"),
        "E-Mail": contact.get("mailbox"),
        "Website": contact.get("website"),
        "Öffnungszeiten": values.get("opening"),
        "Läuft bis": _day(end.get("until")),
        "Unbefristet": end.get("open_ended"),
        "Plätze": values.get("places"),
        "Zuletzt bestätigt": _day(values.get("confirmed")),
        "Seite": address(directory, page(entry.key)),
    }


def _potential(directory: PublicDirectory, entry: PublicEntry) -> Row:
    values = entry.values
    indicator, area, field = values.get("indicator", {}), values.get("area", {}), values.get("field")
    return {
        "Kennung": entry.key,
        "Name": entry.name,
        "Art": values.get("kind"),
        "Handlungsfeld": dict(directory.fields).get(field, field) if field else None,
        "Gebiet": area.get("name"),
        **_where(directory, area),
        "Beschreibung": values.get("description"),
        "Woran es sich zeigt": values.get("evidence"),
        "Kennzahl": indicator.get("name"),
        "Quelle der Kennzahl": indicator.get("source"),
        "Idee": values.get("idea"),
        "Nächster Schritt": values.get("next_step"),
        "Seite": address(directory, page(entry.key)),
    }


def _where(directory: PublicDirectory, reach: Row) -> Row:
    wide = reach.get("district_wide")
    single = [] if wide else areas(directory, reach)
    return {
        "Kreisweit": wide,
        "Gemeinden": _listed(name for _, name in single),
        "AGS der Gemeinden": _listed(ags for ags, _ in single),
    }


def _listed(words: Any) -> str:
    return _BETWEEN.join(dict.fromkeys(words))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _csv(headings: Sequence[str], rows: Sequence[Row]) -> bytes:
    """UTF-8 with a byte order mark, semicolons, and no text that a spreadsheet would compute."""
    cells = [[said(row[heading]) for heading in headings] for row in rows]
    return separated([headings, *cells]).encode("utf-8-sig")
