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
    ranks = {committee["id"]: committee["rank"] for committee in committees}
    found = {}
    for last in [f for f in fundings if f["extension"] != "not_needed" and is_last(f, fundings, today)]:
        end = known_end(last, "end")
        assert end is not None
        apply_by, apply_estimated = application(last, end, programmes)
        before = min(end, apply_by) if apply_by else end
        open_sittings = [sitting for sitting in sittings if sitting["papers_due"] >= today]
        fitting = [s for s in open_sittings if s["day"] < before] or [
            s for s in open_sittings if s["day"] <= end
        ]
        sitting = max(fitting, key=lambda s: (s["day"], ranks[s["committee_id"]], s["id"]), default=None)
        found[last["id"]] = {
            "structure_id": last["structure_id"],
            "end": end,
            "apply_by": apply_by,
            "apply_estimated": apply_estimated,
            "decide_by": sitting["day"] if sitting else months_later(end, -8),
            "decide_estimated": sitting is None,
            "committee_id": sitting["committee_id"] if sitting else None,
            "committee_date_id": sitting["id"] if sitting else None,
            "decide_example": sitting is not None and sitting["provenance"] == "example",
        }
    return found


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
