"""What the page of an offer says to search engines and other machines (schema.org, as JSON-LD).

Only what the entry says. In which languages people are served is not known: texts in further languages are
given as texts in these. Whoever embeds it in a page escapes it, as Jinja's `tojson` does.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from steering.analysis.publication.content import PublicDirectory, PublicEntry
from steering.exchange.publication.naming import (
    address,
    areas,
    identity,
    legible_entry,
    mailbox,
    page,
    web_address,
)

Json = dict[str, Any]


def of(entry: PublicEntry, directory: PublicDirectory) -> Json:
    """An offer as a `Service`: plain JSON values, the same for the same entry."""
    entry = legible_entry(entry)
    said = entry.values
    own = address(directory, page(entry.key))
    carrier, end = said.get("carrier"), said.get("end", {})
    return _filled(
        {
            "@context": "https://schema.org",
            "@type": "Service",
            "@id": own or f"urn:uuid:{identity(directory, entry.key)}",
            "name": _told("title", entry.name, said),
            "description": _told("text", said.get("what"), said),
            "serviceType": [each["task"] for each in said.get("tasks", ())] or said.get("kind"),
            "url": own,
            "provider": {"@type": "Organization", "name": carrier} if carrier else {},
            "areaServed": [
                {"@type": "AdministrativeArea", "name": name, "identifier": key}
                for key, name in areas(directory, said.get("reach", {}))
            ],
            "audience": list(_audience(said)),
            "availableChannel": _channel(said),
            "hoursAvailable": _hours(said.get("opening")),
            "offers": {"@type": "Offer", "availabilityEnds": end["until"]} if end.get("until") else {},
        }
    )


def _told(name: str, german: str | None, said: Any) -> list[Json]:
    """A text in all languages in which it is there."""
    texts = [(each["language"], each.get(name)) for each in said.get("texts", ())]
    return [{"@language": language, "@value": text} for language, text in [("de", german), *texts] if text]


def _audience(said: Any) -> Iterator[Json]:
    for group in said.get("target_groups", ()):
        yield {"@type": "Audience", "audienceType": group}
    if said.get("for_whom"):
        yield {"@type": "Audience", "description": said["for_whom"]}


def _channel(said: Any) -> Json:
    """Where the service is, and whom to ask for it."""
    at, contact = said.get("address", {}), said.get("contact", {})
    lines = {
        "streetAddress": at.get("street"),
        "postalCode": at.get("postal_code"),
        "addressLocality": at.get("town"),
    }
    place = {
        "address": _typed("PostalAddress", lines),
        "geo": _typed("GeoCoordinates", {"latitude": at.get("latitude"), "longitude": at.get("longitude")}),
    }
    asked = {
        "contactType": contact.get("function"),
        "telephone": contact.get("phone"),
        "email": mailbox(contact.get("mailbox", "")),
    }
    channel = {
        "serviceLocation": _typed("Place", place),
        "servicePhone": _typed("ContactPoint", asked),
        "serviceUrl": web_address(contact.get("website", "")),
    }
    return _typed("ServiceChannel", channel)


def _hours(opening: str | None) -> Json:
    return {"@type": "OpeningHoursSpecification", "description": opening} if opening else {}


def _typed(kind: str, said: Json) -> Json:
    """A thing of a type with what is known of it; nothing where nothing is."""
    known = _filled(said)
    return {"@type": kind, **known} if known else {}


def _filled(said: Json) -> Json:
    """Without what says nothing."""
    return {name: value for name, value in said.items() if value not in (None, "", [], {})}
