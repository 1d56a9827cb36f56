"""Until when offers run, where that is public, as a calendar to subscribe to (RFC 5545)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Event, Timezone

from steering.analysis.publication.content import PublicDirectory, PublicEntry, Published
from steering.exchange.calendar import PRODUCT, uid
from steering.exchange.publication.naming import address, page, title
from steering.model import german

_ASKS_EVERY = timedelta(days=1)


def ics(published: Published, day: date) -> bytes:
    """One whole-day event on the last day of each offer; `day`: of the release, which stamps each."""
    directory = published.directory
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", title(directory))
    calendar.add("refresh-interval", _ASKS_EVERY, parameters={"VALUE": "DURATION"})
    ending = [each for each in directory.offers if each.values.get("end", {}).get("until")]
    if not ending:
        # A calendar must have a component.
        calendar.add_component(Timezone.from_tzid(german.TIME_ZONE.key))
    for entry in sorted(ending, key=lambda each: (each.values["end"]["until"], each.key)):
        calendar.add_component(_event(directory, entry, day))
    content: bytes = calendar.to_ical()
    return content


def _event(directory: PublicDirectory, entry: PublicEntry, day: date) -> Event:
    last = date.fromisoformat(entry.values["end"]["until"])
    event = Event()
    event.add("uid", uid(f"verzeichnis-{entry.key}-ende", directory.district_key))
    event.add("dtstamp", datetime.combine(day, time(), UTC))
    event.add("dtstart", last)
    event.add("dtend", last + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("summary", f"Läuft bis heute: {entry.name}")
    event.add(
        "description",
        f"»{entry.name}« läuft bis {german.day(last)}. Ob es danach weitergeht, sagt die Ansprechstelle.",
    )
    if address(directory):
        event.add("url", address(directory, page(entry.key)))
    return event
