"""Dates as an iCalendar file (RFC 5545), for Outlook, Thunderbird and whatever else reads one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

import pandas as pd
from icalendar import Alarm, Calendar, Event, Timezone, vDuration

from steering.analysis.dates.published import Entry
from steering.model.german import TIME_ZONE
from steering.model.vocabulary import word

PRODUCT = "-//Integrationssteuerung//Kalender 1.0//DE"
MIME = "text/calendar"
# Reminders come at the start of the working day, not at midnight.
_REMINDED_AT = time(9)
# How often a program that has subscribed should ask; most ask when they like.
_ASKS_EVERY = timedelta(hours=6)


def ics(entries: Sequence[Entry], settings: pd.Series, *, now: datetime) -> bytes:
    """One calendar with an event for each entry; the settings name the Landkreis.

    `now` is UTC without a zone. There must be an entry: RFC 5545 knows no empty calendar.
    """
    assert entries, "a calendar without a component is none"
    calendar = _empty(file_name(settings))
    for entry in entries:
        calendar.add_component(_event(entry, str(settings["district_key"]), now))
    content: bytes = calendar.to_ical()
    return content


def feed(entries: Sequence[Entry], settings: pd.Series, *, name: str) -> bytes:
    """What a subscription hands out: the same bytes for the same entries, so that nobody fetches them twice.

    There may be no entry: the time zone is the component that every calendar must have.
    """
    calendar = _empty(name)
    calendar.add("refresh-interval", _ASKS_EVERY, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(_ASKS_EVERY))
    if not entries:
        calendar.add_component(Timezone.from_tzid(TIME_ZONE.key))
    for entry in entries:
        calendar.add_component(_event(entry, str(settings["district_key"]), entry.changed_at))
    content: bytes = calendar.to_ical()
    return content


def _empty(name: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    # Without a method Outlook would open a single event for editing instead of taking all of them in.
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    return calendar


def file_name(settings: pd.Series) -> str:
    """What the calendar is called, and its file."""
    return f"Termine Integration {settings['district_name']}".strip()


def uid(key: str, district: str) -> str:
    """The UID of a date, the same in every file for good; the key of the Kreis keeps two Landkreise apart."""
    return f"{key}@{district or 'kreis'}.integrationssteuerung"


def title(entry: Entry) -> str:
    """What the event is called."""
    if entry.cancelled:
        return f"Entfällt: {_named(entry)}"
    # Examples may say so in their own names.
    mark = "Beispiel: " if entry.example and not entry.subject.startswith("Beispiel") else ""
    return f"{mark}{_named(entry, ' (geschätzt)' if entry.estimated else '')}"


def _named(entry: Entry, guess: str = "") -> str:
    kind = word(entry.kind)
    # A round may be called nothing but what it is.
    return kind if kind.endswith(entry.subject) else f"{kind}{guess}: {entry.subject}"


def _event(entry: Entry, district: str, stamp: datetime) -> Event:
    event = Event()
    event.add("uid", uid(entry.key, district))
    event.add("dtstamp", stamp.replace(tzinfo=UTC))
    event.add("last-modified", entry.changed_at.replace(tzinfo=UTC))
    event.add("sequence", entry.sequence)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("summary", title(entry))
    _add_time(event, entry)
    event.add("categories", [word(entry.kind)])
    if entry.place:
        event.add("location", entry.place)
    if entry.notes:
        event.add("description", "\n".join(entry.notes))
    if entry.remind_on:
        event.add_component(_alarm(entry, entry.remind_on))
    return event


def _add_time(event: Event, entry: Entry) -> None:
    """In UTC where there is a time: a zone of its own would have to be described in the file."""
    if entry.begins:
        event.add("dtstart", _moment(entry.day, entry.begins))
        if entry.ends:
            event.add("dtend", _moment(entry.day, entry.ends))
    else:
        event.add("dtstart", entry.day)
        event.add("dtend", entry.day + timedelta(days=1))
    # A deadline occupies nobody's day.
    event.add("transp", "OPAQUE" if entry.begins else "TRANSPARENT")


def _moment(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), TIME_ZONE).astimezone(UTC)


def _alarm(entry: Entry, remind_on: date) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title(entry))
    begins = time.fromisoformat(entry.begins) if entry.begins else time()
    ahead = datetime.combine(remind_on, _REMINDED_AT) - datetime.combine(entry.day, begins)
    alarm.add("trigger", ahead)
    return alarm
