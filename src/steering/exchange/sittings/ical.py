"""An iCalendar file of a Ratsinformationssystem (RFC 5545), whatever its time zones and repetitions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import islice
from typing import Any

from dateutil.rrule import rrulestr
from icalendar import Calendar
from icalendar.error import BrokenCalendarProperty

from steering.exchange.incoming_files import IncomingFile
from steering.exchange.sittings.found import (
    ON,
    FoundCalendar,
    FoundSitting,
    WrongCell,
    day_here,
    is_called_off,
    is_web,
)
from steering.model.german import TIME_ZONE, count

MOST_EVENTS = 20_000
# How far ahead of today a repeated event is followed, and how many of its sittings are taken.
_YEARS_AHEAD, _MOST_REPEATED = 5, 500
_MOST_STEPS = 10_000  # What repeats every second is followed no further.
_BEGINS = re.compile(rb"^BEGIN:VEVENT\s*$", re.M | re.I)
_ENDS = re.compile(rb"^END:VEVENT\s*$", re.M | re.I)
_NOT_WHOLE = (
    "ist kein vollständiger iCalendar-Kalender. Bitte im Ratsinformationssystem noch einmal herunterladen."
)
_NO_DAY = "Der Termin hat keinen lesbaren Beginn. Bitte den Kalender noch einmal herunterladen."
_NO_RULE = (
    "Die Wiederholung »{}« lässt sich nicht lesen. Bitte die Sitzungen einzeln ausgeben lassen oder von Hand "
    "erfassen."
)


def is_calendar(content: bytes) -> bool:
    return content.lstrip(b"\xef\xbb\xbf \r\n\t")[:15].upper() == b"BEGIN:VCALENDAR"


def read(file: IncomingFile, today: date) -> FoundCalendar:
    """Every event with its repetitions. Raises FileRefused for what is no whole calendar."""
    lines = [file.content.count(b"\n", 0, found.start()) + 1 for found in _BEGINS.finditer(file.content)]
    if len(lines) > MOST_EVENTS:
        raise file.refused(
            f"hat mehr als {count(MOST_EVENTS, 'Termin', 'Termine')}. Bitte nur ein Jahr ausgeben lassen."
        )
    if len(lines) != len(_ENDS.findall(file.content)) or b"END:VCALENDAR" not in file.content.upper():
        raise file.refused(_NOT_WHOLE)
    try:
        calendars: list[Any] = Calendar.from_ical(file.content, multiple=True)
    except (ValueError, KeyError, IndexError, TypeError, AttributeError):
        raise file.refused(_NOT_WHOLE) from None
    events = [
        (event, str(calendar.get("METHOD", "")).upper() == "CANCEL")
        for calendar in calendars
        for event in calendar.walk("VEVENT")
    ]
    placed = list(zip(lines if len(lines) == len(events) else range(1, len(events) + 1), events, strict=True))
    latest, doubles = _latest(placed)
    moved = {_moment_key(event) for _, (event, _) in latest if "RECURRENCE-ID" in event}
    found = [
        sitting for line, (event, off) in latest for sitting in _sittings(line, event, off, moved, today)
    ]
    notes = []
    if doubles:
        notes.append(
            f"{count(doubles, 'Termin steht', 'Termine stehen')} mehrfach in der Datei; gelesen ist "
            "jeweils die neueste Fassung."
        )
    repeated = sum("RRULE" in event for _, (event, _) in latest)
    if repeated:
        notes.append(
            f"{count(repeated, 'Termin wiederholt', 'Termine wiederholen')} sich; jede Sitzung bis "
            f"{today.year + _YEARS_AHEAD} ist einzeln gelesen."
        )
    return FoundCalendar(tuple(found), tuple(notes))


PlacedEvent = tuple[int, tuple[Any, bool]]


def _latest(placed: list[PlacedEvent]) -> tuple[list[PlacedEvent], int]:
    """Each event once, in its newest version; how many older ones there were."""
    newest: dict[object, tuple[tuple[Any, ...], PlacedEvent]] = {}
    for at, one in enumerate(placed):
        event = one[1][0]
        uid = str(event.get("UID", "")).strip()
        key: object = (uid, _original(event)) if uid else ("", at)
        rank = (_whole(event.get("SEQUENCE")), _stamp(event), at)
        if key not in newest or rank > newest[key][0]:
            newest[key] = (rank, one)
    kept = [one for _, one in newest.values()]
    return kept, len(placed) - len(kept)


def _sittings(
    line: int, event: Any, called_off: bool, moved: set[tuple[str, date]], today: date
) -> Iterator[FoundSitting]:
    summary = str(event.get("SUMMARY", "")).strip()
    uid = str(event.get("UID", "")).strip()[:400]
    off = called_off or str(event.get("STATUS", "")).upper() == "CANCELLED" or is_called_off(summary)
    link = str(event.get("URL", ""))
    about: dict[str, Any] = {
        "titles": (summary, *_categories(event)), "called_off": off, "link": link if is_web(link) else ""
    }  # fmt: skip
    begins = _value(event, "DTSTART")
    if begins is None:
        yield FoundSitting(line, **about, reference=uid, wrong=(WrongCell(ON, "", _NO_DAY),))
        return
    first = day_here(begins)
    ends = _value(event, "DTEND")
    notes: tuple[str, ...] = ()
    if ends is not None and day_here(ends) < first:
        notes = ("Das Ende liegt vor dem Beginn; es zählt der Tag des Beginns.",)
    original = _original(event)
    if original is not None:
        yield FoundSitting(line, **about, day=first, reference=f"{uid}#{original}", notes=notes)
    elif "RRULE" not in event and "RDATE" not in event:
        yield FoundSitting(line, **about, day=first, reference=uid, notes=notes)
    else:
        try:
            days = _repeated(event, begins, today)
        except (ValueError, TypeError, OverflowError):
            said = event["RRULE"].to_ical().decode("utf-8", "replace")[:80] if "RRULE" in event else ""
            yield FoundSitting(
                line, **about, day=first, reference=uid, wrong=(WrongCell(ON, said, _NO_RULE.format(said)),)
            )
            return
        for day in days:
            if (uid, day) not in moved:
                yield FoundSitting(line, **about, day=day, reference=f"{uid}#{day}", notes=notes)


def _repeated(event: Any, begins: date | datetime, today: date) -> list[date]:
    """The days of an event that repeats, without those that are taken out; raises ValueError."""
    start = _wall(begins)
    last = datetime.combine(today.replace(year=today.year + _YEARS_AHEAD, month=12, day=31), time.max)
    found = {start.date()}
    rules = event.get("RRULE", [])
    for rule in rules if isinstance(rules, list) else [rules]:
        parts = dict(rule)
        until = parts.pop("UNTIL", None)
        if until:
            last = min(last, _until(until[0] if isinstance(until, list) else until))
        written = type(rule)(parts).to_ical().decode()
        for at in islice(rrulestr(written, dtstart=start), _MOST_STEPS):
            if at > last or len(found) >= _MOST_REPEATED:
                break
            found.add(at.date())
    found |= {day_here(each) for each in _listed(event, "RDATE")}
    return sorted(found - {day_here(each) for each in _listed(event, "EXDATE")})


def _wall(moment: date | datetime) -> datetime:
    """A moment as the clock on the wall in Germany shows it, by which repetitions are counted."""
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time())
    return moment if moment.tzinfo is None else moment.astimezone(TIME_ZONE).replace(tzinfo=None)


def _until(moment: date | datetime) -> datetime:
    return _wall(moment) if isinstance(moment, datetime) else datetime.combine(moment, time.max)


def _listed(event: Any, name: str) -> Iterator[date | datetime]:
    """The moments of a property that may be there several times, each with several."""
    given = event.get(name, [])
    for each in given if isinstance(given, list) else [given]:
        for one in getattr(each, "dts", [each]):
            moment = getattr(one, "dt", None)
            yield moment[0] if isinstance(moment, tuple) else moment or date.min


def _value(event: Any, name: str) -> date | datetime | None:
    """The day or moment of a property; None where it is missing or cannot be read."""
    given = event.get(name)
    try:
        value = getattr(given[0] if isinstance(given, list) else given, "dt", None)
    except BrokenCalendarProperty:
        return None
    return value if isinstance(value, date) else None


def _original(event: Any) -> date | None:
    """Of a single sitting of a repeated event: on which day it was at first."""
    moment = _value(event, "RECURRENCE-ID")
    return None if moment is None else day_here(moment)


def _moment_key(event: Any) -> tuple[str, date]:
    return str(event.get("UID", "")).strip()[:400], _original(event) or date.min


def _categories(event: Any) -> tuple[str, ...]:
    given = event.get("CATEGORIES", [])
    return tuple(
        str(one).strip()
        for each in (given if isinstance(given, list) else [given])
        for one in getattr(each, "cats", [each])
    )


def _whole(value: object) -> int:
    try:
        return int(str(value))
    except ValueError:
        return 0


def _stamp(event: Any) -> datetime:
    """When a version was written."""
    for name in ("LAST-MODIFIED", "DTSTAMP"):
        if isinstance(moment := _value(event, name), datetime):
            return _wall(moment)
    return datetime.min  # noqa: DTZ901
