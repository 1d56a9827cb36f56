"""Calendars in the shape in which Ratsinformationssysteme hand them out, written from RFC 5545 and OParl
1.1."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from steering.analysis.portfolio import Portfolio
from tests.builders import committee, committee_date, funding, portfolio, structure

TODAY = date(2026, 11, 22)
COMMITTEES = [
    committee(id=1, slug="ksa", name="Kreis- und Strategieausschuss", short_name="KSA", rank=1, lead_days=14),
    committee(id=2, slug="kt", name="Kreistag", short_name="Kreistag", rank=2, lead_days=14),
]


def known(*dates: Any, committees: list[Any] | None = None) -> Portfolio:
    """A Landkreis with both committees and a funding that ends in 2026 and one in 2027."""
    return portfolio(
        committees=committees or COMMITTEES,
        committee_dates=list(dates),
        structures=[structure(id=1), structure(id=2)],
        fundings=[
            funding(id=1, structure_id=1, end="2026-12-31", extension="not_yet_possible"),
            funding(id=2, structure_id=2, end="2027-12-31", extension="not_yet_possible"),
        ],
    )


def recorded(key: int, of: int, day: str, reference: str = "", **values: Any) -> Any:
    due = date.fromisoformat(day) - timedelta(days=14)
    return committee_date(
        **{"id": key, "committee_id": of, "day": day, "papers_due": str(due), "reference": reference} | values
    )


def event(uid: str, summary: str, begins: str, *lines: str) -> str:
    """An event; `begins` with its parameters, as ;VALUE=DATE:20261217."""
    return "\r\n".join(
        ["BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20261101T080000Z", f"SUMMARY:{summary}", f"DTSTART{begins}",
         *lines, "END:VEVENT"]
    )  # fmt: skip


def ics(*events: str, method: str = "PUBLISH") -> bytes:
    """As SOMACOS Session and its like publish a calendar of all bodies."""
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Haus//RIS//DE", f"METHOD:{method}"]
    return "\r\n".join([*head, *events, "END:VCALENDAR", ""]).encode()


def meeting(number: int, of: int, start: str, **values: Any) -> dict[str, Any]:
    """An OParl meeting whose own address has the wrong prefix, and a place without id."""
    return {
        "id": f"http://localhost/oparl/bodies/1/meetings/{number}",
        "type": "https://schema.oparl.org/1.1/Meeting",
        "name": f"{number}. Sitzung",
        "start": start,
        "end": start,
        "location": {"description": "Landratsamt"},
        "organization": [f"https://ris.example.org/oparl/bodies/1/organizations/{of}"],
        "web": f"https://ris.example.org/to0050?id={number}",
    } | values


def stub(number: int) -> dict[str, Any]:
    """What stays of a meeting that was removed."""
    return {
        "id": f"http://localhost/oparl/bodies/1/meetings/{number}",
        "type": "https://schema.oparl.org/1.1/Meeting",
        "deleted": True,
        "modified": "2026-11-20T08:00:00+01:00",
    }


def organisation(number: int, name: str) -> dict[str, Any]:
    return {
        "id": f"https://ris.example.org/oparl/bodies/1/organizations/{number}",
        "type": "https://schema.oparl.org/1.1/Organization",
        "name": name,
    }


BODIES = [organisation(11, "Kreis- und Strategieausschuss"), organisation(12, "Kreistag"),
          organisation(13, "Bauausschuss")]  # fmt: skip


def oparl(*objects: dict[str, Any], per_page: int = 10, goes_on: bool = False) -> bytes:
    """A saved list of pages of ten, with the bodies beside them."""
    pages: list[Any] = [{"data": BODIES, "links": {}}]
    for at in range(0, len(objects), per_page):
        pages.append({"data": list(objects[at : at + per_page]), "links": {}})
    if goes_on:
        pages[-1]["links"] = {"next": "https://ris.example.org/oparl/bodies/1/meetings?page=9"}
    return json.dumps(pages).encode()


MONTHS = ("", "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober",
          "November", "Dezember")  # fmt: skip
WEEKDAYS = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")


def pasted(sittings: Iterable[tuple[str, str]]) -> bytes:
    """A month's calendar copied out of a web page: the month above, days of the month below, tabs between."""
    lines, month = ["Sitzungskalender", ""], ""
    for day, name in sittings:
        at = datetime.fromisoformat(day)
        if month != f"{MONTHS[at.month]} {at.year}":
            month = f"{MONTHS[at.month]} {at.year}"
            lines.append(month)
        lines.append(f"{WEEKDAYS[at.weekday()]}\t{at.day}\t16:00 Uhr\t{name}\tLandratsamt, Sitzungssaal")
    return "\n".join(lines).encode()


def page(sittings: Iterable[tuple[str, str]]) -> bytes:
    """The list of sittings of another system as HTML, each with its own address."""
    rows = "".join(
        f'<tr><td>{datetime.fromisoformat(day):%d.%m.%Y}, 16:00 Uhr</td><td><a href="https://ris.example.org/{at}">'
        f"{name}</a></td><td>Sitzungssaal</td></tr>"
        for at, (day, name) in enumerate(sittings)
    )
    head = "<tr><th>Datum</th><th>Gremium</th><th>Ort</th></tr>"
    return f"<table>{head}{rows}</table>".encode()


def csv(sittings: Iterable[tuple[str, str]]) -> bytes:
    rows = [f"{datetime.fromisoformat(day):%d.%m.%Y};{name};" for day, name in sittings]
    return "\r\n".join(["Datum;Gremium;Vorlagenschluss", *rows]).encode("utf-8-sig")
