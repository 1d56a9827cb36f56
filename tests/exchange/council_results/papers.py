"""Saved OParl lists in the shape of the standard, and as systems hand them out."""

from __future__ import annotations

import json
from typing import Any

HOST = "https://ris.example/oparl"
TYPE = "https://schema.oparl.org/1.1"


def organisation(number: int, name: str) -> dict[str, Any]:
    return {"id": f"{HOST}/organizations/{number}", "type": f"{TYPE}/Organization", "name": name}


def meeting(number: int, day: str, of: int, **more: Any) -> dict[str, Any]:
    return {
        "id": f"{HOST}/meetings/{number}",
        "type": f"{TYPE}/Meeting",
        "name": "Sitzung",
        "start": f"{day}T14:00:00+01:00",
        "organization": [f"{HOST}/organizations/{of}"],
        **more,
    }


def item(number: int, result: str | None, of: int | None = None, **more: Any) -> dict[str, Any]:
    given = {
        "id": f"{HOST}/agendaitems/{number}",
        "type": f"{TYPE}/AgendaItem",
        "consultation": f"{HOST}/consultations/{number}",
        **more,
    }
    if of is not None:
        given["meeting"] = f"{HOST}/meetings/{of}"
    return given if result is None else {**given, "result": result}


def consultation(number: int, meeting_of: int, organisation_of: int, **more: Any) -> dict[str, Any]:
    """As it stands in a paper: which paper that is goes without saying."""
    return {
        "id": f"{HOST}/consultations/{number}",
        "type": f"{TYPE}/Consultation",
        "agendaItem": f"{HOST}/agendaitems/{number}",
        "meeting": f"{HOST}/meetings/{meeting_of}",
        "organization": [f"{HOST}/organizations/{organisation_of}"],
        **more,
    }


def paper(number: int, reference: str, *consultations: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "id": f"{HOST}/papers/{number}",
        "type": f"{TYPE}/Paper",
        "name": f"Vorlage Nummer {number}",
        "reference": reference,
        "consultation": list(consultations),
        **more,
    }


def saved(*objects: dict[str, Any]) -> bytes:
    return json.dumps({"data": list(objects), "links": {}}, ensure_ascii=False).encode()


BODIES = (organisation(1, "Kreis- und Strategieausschuss"), organisation(2, "Kreistag"))
