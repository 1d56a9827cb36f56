"""Offers as points of a map (GeoJSON, RFC 7946), where their address is public with its coordinates."""

from __future__ import annotations

import json
from typing import Any

from steering.analysis.publication.content import PublicDirectory, PublicEntry, Published
from steering.exchange.publication.naming import address, areas, page, title
from steering.exchange.publication.open_data.licences import notice


def geojson(published: Published) -> bytes:
    """One FeatureCollection: WGS 84, length before width; an offer without a public point has no geometry."""
    directory = published.directory
    collection = {
        "type": "FeatureCollection",
        "name": title(directory),
        "lizenz": notice(directory),
        "features": [_feature(directory, each) for each in directory.offers],
    }
    if published.day:
        collection["stand"] = published.day.isoformat()
    return json.dumps(collection, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def _feature(directory: PublicDirectory, entry: PublicEntry) -> dict[str, Any]:
    said = entry.values
    at, contact, end = said.get("address", {}), said.get("contact", {}), said.get("end", {})
    names = dict(directory.fields)
    tasks = said.get("tasks", [])
    properties = {
        "name": entry.name,
        "art": said.get("kind"),
        "traeger": said.get("carrier"),
        "was": said.get("what"),
        "fuer_wen": said.get("for_whom"),
        "handlungsfelder": list(dict.fromkeys(names.get(each["field"], each["field"]) for each in tasks)),
        "aufgaben": [each["task"] for each in tasks],
        "zielgruppen": said.get("target_groups", []),
        "kreisweit": said.get("reach", {}).get("district_wide"),
        "gebiete": [name for _, name in areas(directory, said.get("reach", {}))],
        "strasse": at.get("street"),
        "plz": at.get("postal_code"),
        "ort": at.get("town"),
        "ansprechstelle": contact.get("function"),
        "telefon": contact.get("phone"),
        "e_mail": contact.get("mailbox"),
        "website": contact.get("website"),
        "oeffnungszeiten": said.get("opening"),
        "laeuft_bis": end.get("until"),
        "unbefristet": end.get("open_ended"),
        "plaetze": said.get("places"),
        "zuletzt_bestaetigt": said.get("confirmed"),
        "seite": address(directory, page(entry.key)) or None,
    }
    return {"type": "Feature", "id": entry.key, "geometry": _point(at), "properties": properties}


def _point(at: dict[str, Any]) -> dict[str, Any] | None:
    if "latitude" not in at or "longitude" not in at:
        return None
    return {"type": "Point", "coordinates": [round(at["longitude"], 6), round(at["latitude"], 6)]}
