"""The life of a structure, day by day, as docs/rules.md#life-of-a-structure tells it.

Slow and obvious on purpose.

Records are the dictionaries the builders make, their days as `date`. Nothing here knows numpy, pandas or
the code under test.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

Values = dict[str, Any]
ONE_DAY = timedelta(days=1)

ACTIVE, UNKNOWN, NOTHING = "active", "unknown", ""


def days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def months_later(day: date, months: int) -> date:
    """The same day of the month so many months later, clamped to the month's end."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def known_end(record: Values, end: str) -> date | None:
    """E: for ANNUAL without end the 31 December of the year in which it was confirmed."""
    if record["end_kind"] == "fixed":
        return record[end]
    if record["end_kind"] == "annual":
        if record[end]:
            return record[end]
        if record["confirmed_on"]:
            return date(record["confirmed_on"].year, 12, 31)
    return None


def state_after_start(record: Values, end: str, day: date, today: date, rule: str) -> str:
    """One cell of docs/rules.md#life-of-a-structure, asked for a day not before the start."""
    last = known_end(record, end)
    kind, extension = record["end_kind"], record["extension"]
    if kind == "annual" and last is None:
        kind = "unknown"

    if kind == "open":
        return ACTIVE

    if kind == "fixed":
        assert last is not None
        if day <= last:
            return ACTIVE
        if last < today or rule == "secured":
            return NOTHING
        if extension in ("applied", "expected"):
            until = record["expected_until"]
            return ACTIVE if until is None or day <= until else NOTHING
        if rule == "optimistic" and extension in ("unclear", "not_yet_possible"):
            return ACTIVE
        return NOTHING

    if kind == "annual":
        assert last is not None
        if day <= last:
            return ACTIVE
        if extension == "ruled_out":
            return NOTHING
        if rule == "optimistic":
            return ACTIVE
        if rule == "expected" and last >= today:
            return ACTIVE
        return UNKNOWN

    confirmed = record["confirmed_on"]
    if extension == "ruled_out" or rule == "secured":
        return ACTIVE if confirmed and day <= confirmed else UNKNOWN
    if rule == "expected":
        return ACTIVE if confirmed and day <= months_later(confirmed, 12) else UNKNOWN
    return ACTIVE


def state(record: Values, start: str, end: str, day: date, today: date, rule: str) -> str:
    if record[start] and record[end] and record[end] < record[start]:
        return NOTHING
    if record[start] and day < record[start]:
        return NOTHING
    return state_after_start(record, end, day, today, rule)


def accompanied(funding: Values, fundings: Iterable[Values]) -> Values | None:
    """The carrying funding whose effective period a co-financing follows, if it names one."""
    if funding["part"] == "carrying" or funding["accompanies_id"] is None:
        return None
    for other in fundings:
        if other["id"] == funding["accompanies_id"] and other["part"] == "carrying":
            return other
    return None


def funding_state(funding: Values, fundings: Iterable[Values], day: date, today: date, rule: str) -> str:
    if funding["start"] and funding["end"] and funding["end"] < funding["start"]:
        return NOTHING
    followed = accompanied(funding, fundings) or funding
    if gone(followed):
        return NOTHING
    found = changed(followed, state(followed, "start", "end", day, today, rule), day, followed["start"])
    return found if followed is funding else changed(funding, found, day, followed["start"])


def changed(funding: Values, found: str, day: date, start: date | None) -> str:
    """What a scenario's changes of this funding, kept in "changes", make of a day, one after another."""
    for what, bound in funding.get("changes", ()):
        if what == "extend" and day <= bound and (start is None or start <= day):
            found = ACTIVE
        if what == "drop" or (what == "end" and day > bound):
            found = NOTHING
    return found


def gone(funding: Values) -> bool:
    """Whether a change has it that the funding never existed, and none after that revives it."""
    decisive = [what for what, _ in funding.get("changes", ()) if what in ("drop", "extend")]
    return "drop" in decisive and decisive[-1] == "drop"


def figure(structure: Values, active: list[Values], name: str) -> float | None:
    """FTE or places that the active carrying fundings make up."""
    given = [funding[name] for funding in active]
    if all(one is None for one in given):
        return structure[name]
    if any(one is None for one in given):
        return None
    return sum(given)


def lives(
    structure: Values, fundings: list[Values], today: date, rule: str, search: tuple[date, date]
) -> dict[date, Values]:
    """State, support, FTE and places of a structure on each day of `search`.

    A carrying funding that is still active or unknown on the last of these days counts as open.
    """
    mine = [funding for funding in fundings if funding["structure_id"] == structure["id"]]
    carrying = [funding for funding in mine if funding["part"] == "carrying"]
    states = {
        day: [(f, funding_state(f, fundings, day, today, rule)) for f in carrying] for day in days(*search)
    }
    last = last_carried_day(carrying, fundings, today, rule, search)
    continues = structure["on_loss"] == "continues" and last is not None and last < search[1]
    told = {}
    for day in states:
        own = own_state(structure, bool(carrying), day, today, rule)
        active = [funding for funding, found in states[day] if found == ACTIVE]
        doubtful = [funding for funding, found in states[day] if found == UNKNOWN]
        if not carrying:
            told[day] = _of(own, "own_validity", structure["fte"], structure["places"])
        elif active:
            told[day] = _of(
                own, "funded", figure(structure, active, "fte"), figure(structure, active, "places")
            )
        elif doubtful:
            told[day] = _of(UNKNOWN if own else NOTHING, "", None, None)
        elif continues and last and last < day <= (structure.get("goes_on_until") or date.max):
            told[day] = _of(own, "own_means", structure["fte_after"], structure["places"])
        else:
            told[day] = _of(NOTHING, "", None, None)
    return told


def last_carried_day(
    carrying: list[Values], fundings: list[Values], today: date, rule: str, search: tuple[date, date]
) -> date | None:
    """Last day of the search on which a carrying funding is active or unknown."""
    for day in reversed(days(*search)):
        if any(funding_state(funding, fundings, day, today, rule) != NOTHING for funding in carrying):
            return day
    return None


def own_state(structure: Values, has_carrying: bool, day: date, today: date, rule: str) -> str:
    """Its own validity by the table; with carrying fundings an unknown own end does not limit it."""
    own = state(structure, "valid_from", "valid_until", day, today, rule)
    end_is_unknown = structure["end_kind"] == "unknown" or (
        structure["end_kind"] == "annual" and known_end(structure, "valid_until") is None
    )
    return ACTIVE if has_carrying and end_is_unknown and own == UNKNOWN else own


def _of(own: str, support: str, fte: float | None, places: float | None) -> Values:
    if own == NOTHING:
        return {"state": "not_running", "support": "", "fte": None, "places": None}
    if own == UNKNOWN:
        return {"state": "unknown", "support": "", "fte": None, "places": None}
    return {
        "state": "running",
        "support": support,
        "fte": None if fte is None else round(fte, 6),
        "places": places,
    }
