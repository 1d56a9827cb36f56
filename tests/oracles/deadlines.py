"""By when to act, structure by structure, as docs/rules.md#by-when-to-act tells it."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import Any

from tests.oracles.lives import known_end, months_later

Values = dict[str, Any]


def deadlines(
    fundings: list[Values],
    programmes: list[Values],
    committees: list[Values],
    sittings: list[Values],
    today: date,
) -> dict[int, Values]:
    """By funding: structure, E, by when to apply and to decide."""
    found = {}
    for last in [f for f in fundings if f["extension"] != "not_needed" and is_last(f, fundings, today)]:
        end = known_end(last, "end")
        assert end is not None
        apply_by, apply_estimated = application(last, end, programmes)
        limit = (min(end, apply_by) if apply_by else end) - timedelta(days=1)
        way = chain(committees, sittings, limit, end, today)
        sitting = way["decides"] or without_chain(committees, sittings, limit, end, today)
        days = [way["papers"]] if way["papers"] else []
        is_in = last["extension"] == "applied"
        if days and apply_by and not apply_estimated and apply_by >= today and not is_in:
            days.append(apply_by)
        found[last["id"]] = {
            "structure_id": last["structure_id"],
            "end": end,
            "apply_by": apply_by,
            "apply_estimated": apply_estimated,
            "apply_past": apply_by is not None and apply_by < today,
            "decide_by": sitting["day"] if sitting else months_later(end, -8),
            "decide_estimated": sitting is None,
            "committee_id": sitting["committee_id"] if sitting else None,
            "committee_date_id": sitting["id"] if sitting else None,
            "missed_date_id": None if sitting or way["missed"] is None else way["missed"]["id"],
            "decide_example": sitting is not None and sitting["provenance"] == "example",
            "prepare_date_id": way["prepares"]["id"] if way["prepares"] else None,
            "papers_by": way["papers"],
            "act_by": min(days, default=None),
            "too_late_to_prepare": way["too_late"],
            "unread_year": way["unread"][0] if way["unread"] else None,
            "unread_of": way["unread"][1] if way["unread"] else None,
        }
    return found


def chain(
    committees: list[Values], sittings: list[Values], limit: date, end: date, today: date
) -> dict[str, Any]:
    """The last sittings, recorded ones alone, through which a paper still gets before a day."""
    nothing: dict[str, Any] = {
        "decides": None, "prepares": None, "papers": None, "too_late": False, "unread": None,
        "missed": None,
    }  # fmt: skip
    real = sorted((s for s in sittings if s["provenance"] != "example"), key=lambda s: (s["day"], s["id"]))
    decider = top(committees)
    below = [c for c in committees if c["rank"] < decider["rank"]]
    preparing = [c["id"] for c in below if c["rank"] == max(c["rank"] for c in below)]
    years = {s["day"].year for s in real if s["committee_id"] == decider["id"]}
    prepared_years = {s["day"].year for s in real if s["committee_id"] in preparing}
    own = [s for s in real if s["committee_id"] == decider["id"]]
    for target in (limit, end):
        if target < today:
            continue
        candidates = [s for s in own if s["day"] <= target]
        for decides in reversed(candidates):
            gap = set(range(decides["day"].year + 1, target.year + 1)) - years
            if gap:
                return nothing | {"unread": (max(gap), decider["id"])}
            if decides["papers_due"] < today:
                break
            before = [s for s in real if s["committee_id"] in preparing and s["day"] <= decides["day"]]
            if not preparing:
                return nothing | {"decides": decides, "papers": decides["papers_due"]}
            since = before[-1]["day"].year + 1 if before else decides["day"].year
            gap = set(range(since, decides["day"].year + 1)) - prepared_years
            if gap:
                return nothing | {"unread": (max(gap), preparing[0])}
            if before and before[-1]["papers_due"] >= today:
                papers = min(before[-1]["papers_due"], decides["papers_due"])
                return nothing | {"decides": decides, "prepares": before[-1], "papers": papers}
        else:
            gap = set(range(today.year, target.year + 1)) - years
            if gap:
                return nothing | {"unread": (max(gap), decider["id"])}
    late = [s for s in own if s["papers_due"] >= today and s["day"] <= end]
    if late:
        return nothing | {
            "decides": late[-1], "papers": late[-1]["papers_due"], "too_late": bool(preparing)
        }  # fmt: skip
    return nothing | {"missed": next((s for s in reversed(own) if today <= s["day"] <= end), None)}


def top(committees: list[Values]) -> Values:
    return max(committees, key=lambda c: (c["rank"], c["id"]))


def without_chain(
    committees: list[Values], sittings: list[Values], limit: date, end: date, today: date
) -> Values | None:
    """The last sitting that counts: an example only in a year in which its committee has no other."""
    own = [s for s in sittings if s["committee_id"] == top(committees)["id"]]
    real = {s["day"].year for s in own if s["provenance"] != "example"}
    own = [s for s in own if s["provenance"] != "example" or s["day"].year not in real]
    years = {s["day"].year for s in own}
    taking = [s for s in own if s["papers_due"] >= today]
    for target in (limit, end):
        fitting = [s for s in taking if s["day"] <= target]
        if fitting:
            last = max(fitting, key=lambda s: (s["day"], s["id"]))
            gap = set(range(last["day"].year, target.year + 1)) - years
            return None if gap else last
    return None


def is_last(funding: Values, fundings: list[Values], today: date) -> bool:
    """Whether a carrying funding ends ahead and no other of its structure ends later, or never."""
    carrying = [
        f
        for f in fundings
        if f["structure_id"] == funding["structure_id"]
        and f["part"] == "carrying"
        and not (f["start"] and f["end"] and f["end"] < f["start"])
    ]
    if funding not in carrying or any(other["end_kind"] == "open" for other in carrying):
        return False
    ends = [known_end(other, "end") for other in carrying]
    end = known_end(funding, "end")
    return end is not None and end >= today and end == max(day for day in ends if day)


def application(funding: Values, end: date, programmes: list[Values]) -> tuple[date | None, bool]:
    if funding["extension"] in ("not_yet_possible", "ruled_out"):
        return None, False
    for programme in programmes:
        if programme["id"] != funding["programme_id"]:
            continue
        if programme["deadline_on"]:
            return programme["deadline_on"], False
        if programme["deadline_day"] and programme["deadline_month"]:
            year = (end + timedelta(days=1)).year - programme["deadline_years_before"]
            month = programme["deadline_month"]
            day = min(programme["deadline_day"], calendar.monthrange(year, month)[1])
            return date(year, month, day), False
    return months_later(end, -6), True
