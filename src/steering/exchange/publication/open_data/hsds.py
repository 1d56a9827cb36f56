"""Offers as services of the Human Services Data Specification (HSDS 3.1), with what `profile` adds to it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from steering.analysis.publication.content import PublicDirectory, PublicEntry
from steering.exchange.publication.naming import areas, district, identity, mailbox, web_address
from steering.exchange.publication.open_data.states import state

Json = dict[str, Any]
_FIELD, _TASK, _GROUP = "Handlungsfeld", "Aufgabe", "Zielgruppe"


def services(directory: PublicDirectory) -> bytes:
    """One page, as the API of HSDS hands out a list (`Page`), with all services in full."""
    contents = [_service(directory, each) for each in directory.offers]
    page = {
        "total_items": len(contents),
        "total_pages": 1,
        "page_number": 1,
        "size": len(contents),
        "first_page": True,
        "last_page": True,
        "empty": not contents,
        "version": "3.1",
        "profile": "profil.txt",
        "contents": contents,
    }
    return json.dumps(page, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def _service(directory: PublicDirectory, entry: PublicEntry) -> Json:
    said, contact = entry.values, entry.values.get("contact", {})
    own = identity(directory, entry.key)
    found: Json = {
        "id": own,
        "name": entry.name,
        "status": "active",
        "description": said.get("what"),
        "eligibility_description": said.get("for_whom"),
        "url": web_address(contact.get("website", "")),
        "email": mailbox(contact.get("mailbox", "")),
        "assured_date": said.get("confirmed"),
        "organization": _organisation(directory, said.get("carrier")),
        "contacts": _contacts(directory, entry.key, contact),
        "phones": _phones(directory, entry.key, contact),
        "schedules": _schedules(directory, entry),
        "service_areas": [
            {"id": identity(directory, entry.key, "area", key), "service_id": own, "name": name}
            for key, name in areas(directory, said.get("reach", {}))
        ],
        "service_at_locations": list(_locations(directory, entry)),
        "attributes": list(_attributes(directory, entry)),
        "funding": _funding(directory, entry),
        "capacity": said.get("places"),
        "texts": [dict(each) for each in said.get("texts", ())],
    }
    organisation = found["organization"]
    if organisation:
        found["organization_id"] = organisation["id"]
    return _filled(found)


def _organisation(directory: PublicDirectory, name: str | None) -> Json:
    if not name:
        return {}
    # The standard wants a description; the directory says nothing of carriers but their names.
    return {"id": identity(directory, "carrier", name), "name": name, "description": name}


def _contacts(directory: PublicDirectory, key: str, contact: Json) -> list[Json]:
    if not contact.get("function"):
        return []
    return [{"id": identity(directory, key, "contact"), "title": contact["function"]}]


def _phones(directory: PublicDirectory, key: str, contact: Json) -> list[Json]:
    if not contact.get("phone"):
        return []
    return [{"id": identity(directory, key, "phone"), "number": contact["phone"], "type": "voice"}]


def _schedules(directory: PublicDirectory, entry: PublicEntry) -> list[Json]:
    if not entry.values.get("opening"):
        return []
    return [{"id": identity(directory, entry.key, "opening"), "description": entry.values["opening"]}]


def _locations(directory: PublicDirectory, entry: PublicEntry) -> Iterator[Json]:
    at = entry.values.get("address", {})
    if not at:
        return
    own = identity(directory, entry.key, "location")
    street, code, town = (at.get(name, "") for name in ("street", "postal_code", "town"))
    lines = ", ".join(filter(None, (street, f"{code} {town}".strip())))
    location = {
        "id": own,
        "location_type": "physical",
        "description": lines,
        "latitude": at.get("latitude"),
        "longitude": at.get("longitude"),
        # The standard takes whole addresses only; parts of one stand in the description.
        "addresses": [
            {
                "id": identity(directory, entry.key, "address"),
                "location_id": own,
                "address_1": street,
                "city": town,
                "state_province": state(directory.district_key),
                "postal_code": code,
                "country": "DE",
                "address_type": "physical",
            }
        ]
        if street and code and town
        else [],
    }
    yield {
        "id": identity(directory, entry.key, "at location"),
        "service_id": identity(directory, entry.key),
        "location_id": own,
        "location": _filled(location),
    }


def _attributes(directory: PublicDirectory, entry: PublicEntry) -> Iterator[Json]:
    names = dict(directory.fields)
    tasks = entry.values.get("tasks", [])
    for slug in dict.fromkeys(each["field"] for each in tasks):
        yield _attribute(directory, entry.key, _FIELD, names.get(slug, slug), slug)
    for each in tasks:
        field = names.get(each["field"], each["field"])
        yield _attribute(directory, entry.key, _TASK, each["task"], under=(_FIELD, field))
    for group in entry.values.get("target_groups", []):
        yield _attribute(directory, entry.key, _GROUP, group)


def _attribute(
    directory: PublicDirectory,
    key: str,
    taxonomy: str,
    name: str,
    code: str = "",
    under: tuple[str, ...] = (),
) -> Json:
    term = {
        "id": identity(directory, "term", taxonomy, name, *under),
        "code": code,
        "name": name,
        "description": f"{taxonomy} »{name}« ({district(directory)})",
        "taxonomy": f"{taxonomy} ({district(directory)})",
        "parent_id": identity(directory, "term", *under) if under else "",
        "language": "de",
    }
    return {
        "id": identity(directory, key, "attribute", taxonomy, name, *under),
        "link_id": identity(directory, key),
        "link_entity": "service",
        "taxonomy_term": _filled(term),
    }


def _funding(directory: PublicDirectory, entry: PublicEntry) -> list[Json]:
    """The standard's funding has no dates: `valid_to` and `open_ended` are those of `profile`."""
    end = entry.values.get("end", {})
    if not end:
        return []
    found = {
        "id": identity(directory, entry.key, "end"),
        "service_id": identity(directory, entry.key),
        "valid_to": end.get("until"),
        "open_ended": end.get("open_ended"),
    }
    return [_filled(found)]


def _filled(said: Json) -> Json:
    """Without what says nothing."""
    return {name: value for name, value in said.items() if value not in (None, "", [], {})}
