"""What is not as it was when the last round was closed: findings, ends, measures, agreements.

Findings are compared by their key, within the days that both horizons show: what only came into view because
a year has passed is no change. Both sides have to be of the same scenario.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from steering.analysis.rounds.snapshot import Rows, State
from steering.analysis.view import Horizon
from steering.model import Extension, FindingKind, MeasureStatus
from steering.model.german import day
from steering.model.vocabulary import word

Row = Mapping[str, Any]


class Turn(StrEnum):
    """What has become of something."""

    NEW = "new"
    CHANGED = "changed"
    CLOSED = "closed"


@dataclass(frozen=True)
class Development:
    """Something that is not as it was: as it is now (as it was, where closed), and what is different."""

    turn: Turn
    row: Row
    words: str


@dataclass(frozen=True)
class Between:
    """The day on which the last round was closed and today, with the planning horizons of both."""

    closed_on: date
    today: date
    then: Horizon
    here: Horizon


def findings(before: State, now: State, between: Between) -> Iterator[Development]:
    """New, changed and closed findings, one for each key; settled ones ask for nothing.

    A row's `start` and `end` (ISO text, None where open) are over all findings of its key, its
    `municipalities` those of all.
    """
    then, here = between.then, between.here
    earlier, later = by_key(before.findings), by_key(now.findings)
    for key, row in later.items():
        was = earlier.get(key)
        if row["settled"] or is_over(row, between.today):
            continue
        if was is None or was["settled"]:
            if not _begins_after(row, then.last):
                yield Development(Turn.NEW, row, "war abgestimmt und ist es nicht mehr" if was else "")
        elif words := _difference(was, row, then, here):
            yield Development(Turn.CHANGED, row, words)
    for key, was in earlier.items():
        if was["settled"] or is_over(was, between.closed_on):
            continue
        if key in later and later[key]["settled"]:
            yield Development(Turn.CLOSED, was, "ist jetzt abgestimmt")
        elif is_over(later.get(key, was), between.today):
            end = later.get(key, was)["end"]
            yield Development(Turn.CLOSED, was, f"ist seit {day(date.fromisoformat(end))} vorbei")
        elif key not in later:
            yield Development(Turn.CLOSED, was, "besteht nicht mehr")


def ends(before: State, now: State) -> Iterator[Development]:
    """Fundings that end on another day than they did, or of which more is known about going on."""
    earlier = {row["funding_id"]: row for row in before.ends}
    for row in now.ends:
        was = earlier.get(row["funding_id"])
        if was is None:
            continue
        words = []
        if was["end"] != row["end"]:
            words.append(f"Ende bisher {_shown(was['end'])}, jetzt {_shown(row['end'])}")
        if was["extension"] != row["extension"]:
            old, new = (word(Extension(each["extension"])) for each in (was, row))
            words.append(f"Verlängerung bisher {old}, jetzt {new}")
        if words:
            yield Development(Turn.CHANGED, row, "; ".join(words))


def measures(before: State, now: State) -> Iterator[Development]:
    """New measures, and those whose status or end is another one."""
    earlier = {row["id"]: row for row in before.measures}
    for row in now.measures:
        was = earlier.get(row["id"])
        if was is None:
            yield Development(Turn.NEW, row, f"Status: {word(MeasureStatus(row['status']))}")
        elif was["status"] != row["status"]:
            old, new = (word(MeasureStatus(each["status"])) for each in (was, row))
            yield Development(Turn.CHANGED, row, f"bisher {old}, jetzt {new}")
        elif was["end"] != row["end"]:
            yield Development(
                Turn.CHANGED, row, f"Ende bisher {_shown(was['end'])}, jetzt {_shown(row['end'])}"
            )


def agreements(before: State, now: State) -> Iterator[Development]:
    """New agreements, and those that hold for longer or shorter."""
    earlier = {row["id"]: row for row in before.agreements}
    for row in now.agreements:
        was = earlier.get(row["id"])
        until = row["valid_until"]
        if was is None:
            yield Development(Turn.NEW, row, f"gilt bis {_shown(until)}" if until else "gilt ohne Ende")
        elif was["valid_until"] != until:
            yield Development(
                Turn.CHANGED, row, f"galt bisher bis {_shown(was['valid_until'])}, jetzt bis {_shown(until)}"
            )


def by_key(rows: Rows) -> dict[str, Row]:
    """The findings of each key as one: its first and last day, all its municipalities.

    `open_from`: where some of its days are settled and others are not, the first day that is not (else its
    first day).
    """
    found: dict[str, dict[str, Any]] = {}
    unsettled: dict[str, list[str | None]] = {}
    for row in rows:
        if not row["settled"]:
            unsettled.setdefault(row["key"], []).append(row["start"])
    for row in rows:
        key = row["key"]
        if key not in found:
            found[key] = {**row, "municipalities": sorted(row["municipalities"])}
            continue
        one = found[key]
        one["start"] = None if None in (one["start"], row["start"]) else min(one["start"], row["start"])
        one["end"] = None if None in (one["end"], row["end"]) else max(one["end"], row["end"])
        one["municipalities"] = sorted({*one["municipalities"], *row["municipalities"]})
        one["settled"] = one["settled"] and row["settled"]
    for key, one in found.items():
        days = unsettled.get(key, [one["start"]])
        one["open_from"] = None if None in days else min(day for day in days if day)
    return dict(found)


def is_over(row: Row, on: date) -> bool:
    """Whether a finding's last day is past."""
    return row["end"] is not None and row["end"] < on.isoformat()


def _begins_after(row: Row, last: date) -> bool:
    return row["start"] is not None and row["start"] > last.isoformat()


def _difference(was: Row, row: Row, then: Horizon, here: Horizon) -> str:
    """What is different about a finding, as far as both horizons show it."""
    words = []
    # An end is told by its own record, and by the day on which it comes.
    if row["kind"] != FindingKind.ENDING:
        old, new = (_within(each, then, here) for each in (was, row))
        if old[0] != new[0]:
            words.append(f"Beginn bisher {_shown(old[0])}, jetzt {_shown(new[0])}")
        if old[1] != new[1]:
            words.append(f"Ende bisher {_shown(old[1])}, jetzt {_shown(new[1])}")
    if sorted(was["municipalities"]) != sorted(row["municipalities"]):
        words.append(f"Gemeinden bisher {len(was['municipalities'])}, jetzt {len(row['municipalities'])}")
    return "; ".join(words)


def _within(row: Row, then: Horizon, here: Horizon) -> tuple[str | None, str | None]:
    """First and last day as far as they lie within both horizons, None where they go beyond."""
    first, last = max(then.first, here.first).isoformat(), min(then.last, here.last).isoformat()
    start, end = row["start"], row["end"]
    return (
        start if start is not None and start > first else None,
        end if end is not None and end < last else None,
    )


def _shown(text: str | None) -> str:
    return "offen" if text is None else day(date.fromisoformat(text))
