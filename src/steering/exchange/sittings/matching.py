"""Which recorded sitting one of a file is: by what the system calls it, by its day, or because it has moved.

A sitting without an id has moved where the file no longer has the recorded one and has another of the same
committee within a month of it. A pair is formed of the nearest first, so that each is used once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from steering.exchange.sittings.found import FoundSitting

_MOVED_BY = 31


@dataclass(frozen=True)
class RecordedSitting:
    """A recorded sitting that is no example; `assumed`: its Vorlagenschluss rests on no rule of the
    committee."""

    key: int
    committee: int
    day: date
    papers_due: date
    reference: str
    assumed: bool


@dataclass
class Match:
    """The recorded sitting that is meant, if any; `double`: the row of the file that says the same already.

    `moved`: it was found by being near, not by id or day.
    """

    recorded: RecordedSitting | None = None
    double: int = 0
    moved: bool = False


def matched(
    found: Sequence[tuple[int, FoundSitting]], recorded: Sequence[RecordedSitting], today: date
) -> list[Match]:
    """What each sitting, with its committee, is among the recorded ones."""
    matches = [Match() for _ in found]
    left = {each.key: each for each in recorded}
    known = {(each.committee, each.reference): each for each in recorded if each.reference}
    seen: dict[tuple[int, date], int] = {}
    for match, (committee, each) in zip(matches, found, strict=True):
        if each.day and not each.called_off:
            match.double = seen.get((committee, each.day), 0)
            seen.setdefault((committee, each.day), each.row)
        same = known.get((committee, each.reference)) if each.reference else None
        if same and same.key in left and not match.double:
            match.recorded = left.pop(same.key)
    by_day = {(each.committee, each.day): each for each in left.values()}
    for match, (committee, each) in zip(matches, found, strict=True):
        same = (
            by_day.get((committee, each.day))
            if each.day and not match.recorded and not match.double
            else None
        )
        if same and same.key in left:
            match.recorded = left.pop(same.key)
    _pair(matches, found, left, seen, today)
    return matches


def _pair(
    matches: Sequence[Match],
    found: Sequence[tuple[int, FoundSitting]],
    left: dict[int, RecordedSitting],
    seen: dict[tuple[int, date], int],
    today: date,
) -> None:
    """Pair what is new with what is missing, the nearest first."""
    fresh = [
        (at, committee, each.day, each.reference)
        for at, (committee, each) in enumerate(found)
        if each.day and each.day >= today and not each.called_off and not each.wrong
        and not matches[at].recorded and not matches[at].double
    ]  # fmt: skip
    pairs = sorted(
        (abs((day - known.day).days), at, known.key)
        for at, committee, day, reference in fresh
        for known in left.values()
        if known.committee == committee
        and known.day >= today
        and (committee, known.day) not in seen
        and not (reference and known.reference)
        and abs((day - known.day).days) <= _MOVED_BY
    )
    for _, at, key in pairs:
        if key in left and not matches[at].recorded:
            matches[at].recorded, matches[at].moved = left.pop(key), True
