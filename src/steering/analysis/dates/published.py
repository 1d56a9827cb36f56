"""What a calendar file has to say, given what earlier files said: what is new, has moved, or is gone.

A program that reads such a file knows a date by its UID and replaces what it has only where SEQUENCE is
higher. So each date that was handed out is remembered with a digest of what was said:

- The same again keeps its SEQUENCE. Anything else raises it to the whole minutes since 2020, or by one where
  that is not higher. Minutes rather than a count, so that it also rises after a backup has been restored,
  which remembers less than was handed out since.
- What was handed out and no longer exists is cancelled, in every file until its day is past. What the filters
  leave out still exists and is not cancelled.
- What lies in the past is not handed out, unless it was when it still lay ahead.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

import pandas as pd

from steering.analysis.dates.due import Audience, Due, WantedDates, plain_day
from steering.model import DateKind

_COUNTED_FROM = datetime(2020, 1, 1, tzinfo=UTC).replace(tzinfo=None)


@dataclass(frozen=True)
class Entry:
    """A date as a calendar file has it; `changed_at` is UTC. A cancelled one has no notes and no reminder."""

    key: str
    kind: DateKind
    day: date
    subject: str
    estimated: bool
    example: bool
    notes: tuple[str, ...]
    remind_on: date | None
    sequence: int
    changed_at: datetime
    cancelled: bool
    digest: str
    scope: Audience
    begins: str = ""
    ends: str = ""
    place: str = ""


def entries(
    rows: pd.DataFrame,
    wanted: WantedDates,
    before: Mapping[str, Mapping[str, Any]],
    today: date,
    now: datetime,
) -> list[Entry]:
    """What the next file says, sorted by day and key.

    `rows`: all dates, as `dates.dated` gives them; `before`: the records of CalendarEntry by key.
    """
    standing = {due.key: due for due in _dues(rows)}
    kept = [
        _entry(due, before.get(key), now)
        for key, due in standing.items()
        if wanted.takes(due.scope)
        and (wanted.examples or not due.example)
        and (due.day >= today or _is_ahead(before.get(key), today))
    ]
    gone = [
        _cancelled(record, now)
        for key, record in before.items()
        if key not in standing and record["day"] >= today and wanted.takes(scope_from_text(record["scope"]))
    ]
    return sorted([*kept, *gone], key=lambda entry: (entry.day, entry.key))


def _dues(rows: pd.DataFrame) -> Iterator[Due]:
    for row in rows.to_dict("records"):
        values = {str(name): value for name, value in row.items()}
        days = {name: row[name].date() for name in ("day", "remind_on")}
        typed = {"kind": DateKind(row["kind"]), "papers_by": plain_day(row["papers_by"])}
        yield Due(**values | days | typed)


def _is_ahead(record: Mapping[str, Any] | None, today: date) -> bool:
    """Whether calendars out there still show the date ahead."""
    return record is not None and not record["cancelled"] and record["day"] >= today


def _entry(due: Due, record: Mapping[str, Any] | None, now: datetime) -> Entry:
    digest = _digest(due)
    sequence, changed_at = _numbered(record, digest, now)
    return Entry(
        due.key, due.kind, due.day, due.subject, due.estimated, due.example, due.notes, due.remind_on,
        sequence, changed_at, cancelled=False, digest=digest, scope=due.scope, begins=due.begins,
        ends=due.ends, place=due.place,
    )  # fmt: skip


def _cancelled(record: Mapping[str, Any], now: datetime) -> Entry:
    digest = sha256(f"cancelled {record['day']}".encode()).hexdigest()
    sequence, changed_at = _numbered(record, digest, now)
    return Entry(
        record["key"], DateKind(record["kind"]), record["day"], record["subject"], False, False, (), None,
        sequence, changed_at, cancelled=True, digest=digest, scope=scope_from_text(record["scope"]),
    )  # fmt: skip


def _numbered(record: Mapping[str, Any] | None, digest: str, now: datetime) -> tuple[int, datetime]:
    """SEQUENCE, and since when it is said like this."""
    minutes = int((now - _COUNTED_FROM).total_seconds() // 60)
    if record is None:
        return minutes, now
    if record["digest"] == digest:
        return record["sequence"], record["changed_at"]
    return max(minutes, record["sequence"] + 1), now


def _digest(due: Due) -> str:
    """Of all that a reader of the file sees."""
    said: list[Any] = [due.day, due.kind, due.subject, due.estimated, due.example, due.notes, due.remind_on]
    if due.begins or due.ends or due.place:
        said += [due.begins, due.ends, due.place]
    return sha256(json.dumps(said, default=str, ensure_ascii=False).encode()).hexdigest()


def scope_as_text(scope: Audience) -> str:
    """A scope as CalendarEntry keeps it."""
    values = {
        name: sorted(value) if isinstance(value, frozenset) else value for name, value in vars(scope).items()
    }
    return json.dumps(values, ensure_ascii=False)


def scope_from_text(text: str) -> Audience:
    """The scope that `scope_as_text` wrote."""
    values = json.loads(text).items()
    read: dict[str, Any] = {
        name: frozenset(each) if isinstance(each, list) else each for name, each in values
    }
    return Audience(**read)
