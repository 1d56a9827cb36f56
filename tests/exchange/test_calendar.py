"""Calendar files, read back by a program that knows RFC 5545, and by its text."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from steering.analysis.dates import Audience
from steering.analysis.dates.published import Entry
from steering.exchange.calendar import ics
from steering.model import DateKind
from steering.model.vocabulary import word

NOW = datetime(2026, 11, 25, 8, 30)  # noqa: DTZ001 - UTC without a zone, as stored
COBURG = pd.Series({"district_key": "09473", "district_name": "Landkreis Coburg"})
MOST_OCTETS = 75


def entry(**values: Any) -> Entry:
    defaults: dict[str, Any] = {
        "key": "funding-1-end", "kind": DateKind.FUNDING_END, "day": date(2026, 12, 31), "subject": "Lotsen",
        "estimated": False, "example": False, "notes": ("Verlängerung: beantragt.",),
        "remind_on": date(2026, 10, 2), "sequence": 7, "changed_at": NOW - timedelta(days=1),
        "cancelled": False, "digest": "", "scope": Audience(),
    }  # fmt: skip
    return Entry(**defaults | values)


CANCELLED = entry(cancelled=True, remind_on=None, notes=(), sequence=8)


def written(*entries: Entry) -> Calendar:
    return Calendar.from_ical(ics(entries, COBURG, now=NOW))


def test_the_calendar_has_what_rfc_5545_requires():
    calendar = written(entry())
    assert calendar["version"] == "2.0"
    assert str(calendar["prodid"]).startswith("-//Integrationssteuerung//")
    assert calendar["method"] == "PUBLISH"
    assert calendar.errors == []
    assert calendar["x-wr-calname"] == "Termine Integration Landkreis Coburg"


@pytest.mark.parametrize("one", [entry(), CANCELLED], ids=["standing", "cancelled"])
def test_every_event_has_what_rfc_5545_requires_once(one):
    (event,) = written(one).walk("VEVENT")
    required = {"UID", "DTSTAMP", "DTSTART", "SEQUENCE", "SUMMARY", "STATUS"}
    assert required <= set(event)
    once: tuple[str, ...] = event.singletons
    assert [name for name in once if isinstance(event.get(name), list)] == []
    assert event["uid"] == "funding-1-end@09473.integrationssteuerung"
    assert event.decoded("dtstamp") == NOW.replace(tzinfo=UTC)
    assert event.decoded("last-modified") == (NOW - timedelta(days=1)).replace(tzinfo=UTC)
    assert event["sequence"] == one.sequence
    assert event.errors == []


def test_a_date_is_a_whole_day_that_keeps_nobody_busy():
    (event,) = written(entry()).walk("VEVENT")
    assert event["dtstart"].params["VALUE"] == "DATE"
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (date(2026, 12, 31), date(2027, 1, 1))
    assert event["transp"] == "TRANSPARENT"
    assert event["summary"] == "Förderung endet: Lotsen"
    assert event["description"] == "Verlängerung: beantragt."
    assert event.decoded("categories") == ["Förderung endet"]


def test_the_reminder_comes_in_the_morning_of_its_day():
    (alarm,) = written(entry()).walk("VALARM")
    assert (alarm["action"], alarm["description"]) == ("DISPLAY", "Förderung endet: Lotsen")
    due = datetime(2026, 12, 31) + alarm.decoded("trigger")  # noqa: DTZ001 - floating, as all-day events are
    assert due == datetime(2026, 10, 2, 9)  # noqa: DTZ001


ROUND = entry(
    key="meeting-2-round", kind=DateKind.ROUND, subject="Koordinierungsrunde", day=date(2026, 12, 10),
    begins="14:00", ends="15:30", place="Saal, 1. Stock", remind_on=date(2026, 12, 9),
)  # fmt: skip


def test_a_round_has_its_hours_and_its_place_and_keeps_people_busy():
    (event,) = written(ROUND).walk("VEVENT")
    assert event.decoded("dtstart") == datetime(2026, 12, 10, 13, tzinfo=UTC)
    assert event.decoded("dtend") == datetime(2026, 12, 10, 14, 30, tzinfo=UTC)
    assert (event["location"], event["transp"]) == ("Saal, 1. Stock", "OPAQUE")
    assert event["summary"] == "Sitzung der Koordinierungsrunde", "not twice"
    (alarm,) = event.walk("VALARM")
    at = event.decoded("dtstart") + alarm.decoded("trigger")
    assert at == datetime(2026, 12, 9, 8, tzinfo=UTC), "nine in the morning in Germany"
    assert event.errors == []


def test_in_summer_it_begins_an_hour_earlier_by_utc_and_an_open_end_stays_open():
    (event,) = written(replace(ROUND, day=date(2026, 7, 9), ends="")).walk("VEVENT")
    assert event.decoded("dtstart") == datetime(2026, 7, 9, 12, tzinfo=UTC)
    assert "dtend" not in event


def test_a_round_that_is_called_off_is_cancelled_by_its_uid():
    off = replace(ROUND, cancelled=True, begins="", ends="", place="", remind_on=None, sequence=9)
    (event,) = written(off).walk("VEVENT")
    assert (event["uid"], event["status"], event["sequence"]) == (
        "meeting-2-round@09473.integrationssteuerung", "CANCELLED", 9,
    )  # fmt: skip
    assert event["summary"] == "Entfällt: Sitzung der Koordinierungsrunde"


def test_what_is_gone_is_cancelled_and_reminds_nobody():
    calendar = written(CANCELLED)
    (event,) = calendar.walk("VEVENT")
    assert (event["status"], event["summary"]) == ("CANCELLED", "Entfällt: Förderung endet: Lotsen")
    assert calendar.walk("VALARM") == []


def test_estimates_and_examples_say_so():
    guess = entry(kind=DateKind.DECIDE_BY, estimated=True, example=True)
    (event,) = written(guess).walk("VEVENT")
    assert event["summary"] == "Beispiel: Beschluss bis (geschätzt): Lotsen"
    (event,) = written(entry(example=True, subject="Beispiel: Sprache")).walk("VEVENT")
    assert event["summary"] == "Förderung endet: Beispiel: Sprache"


@pytest.mark.parametrize("kind", DateKind)
def test_every_kind_of_date_has_its_word(kind):
    (event,) = written(entry(kind=kind)).walk("VEVENT")
    assert event["summary"] == f"{word(kind)}: Lotsen"


# What a name or note can hold: the records refuse control characters, and strip the ends.
TEXT = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), include_characters='\n,;\\"ßäöü🧭:'),
    min_size=1,
    max_size=200,
).map(lambda text: " ".join(text.split()) or "x")


@settings(max_examples=80, deadline=None)
@given(TEXT, st.lists(TEXT, max_size=3))
def test_odd_texts_come_back_as_they_were_and_no_line_is_too_long(subject, notes):
    content = ics([entry(subject=subject, notes=tuple(notes)), CANCELLED], COBURG, now=NOW)
    lines = content.split(b"\r\n")
    assert [line for line in lines if len(line) > MOST_OCTETS or b"\n" in line or b"\r" in line] == []
    for line in lines:
        line.decode("utf-8")  # folding splits no character
    first, second = Calendar.from_ical(content).walk("VEVENT")
    assert first["summary"] == f"Förderung endet: {subject}"
    assert str(first.get("description", "")) == "\n".join(notes)
    assert second["status"] == "CANCELLED"
