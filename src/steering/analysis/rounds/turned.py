"""Points of which everybody was told before they became internal, or would be."""

from __future__ import annotations

from datetime import date

from steering.analysis.portfolio import Portfolio
from steering.analysis.rounds.record import Round, round_of
from steering.analysis.rounds.wording import numbers
from steering.model import MeetingStatus, Subject

# From the invitation on the agenda is known.
TOLD = (MeetingStatus.INVITED, MeetingStatus.RUNNING)


KnownPoint = tuple[str, date]
"""Under which number people know a point, as in "TOP 6", and the day of its round."""


def known_as(portfolio: Portfolio, finding: str) -> tuple[KnownPoint, ...]:
    """The points as which people know the finding with that key.

    None where it is on no agenda that is known, or is internal there already.
    """
    rows = portfolio.agenda_items
    about = rows[(rows["subject"] == Subject.FINDING) & (rows["subject_key"] == finding)]
    found: list[KnownPoint] = []
    for meeting_id in about["meeting_id"].unique():
        held = round_of(portfolio, int(meeting_id))
        if held is not None and held.status in TOLD:
            found += [(number, held.day) for key, number in _known(held).items() if key in set(about["id"])]
    return tuple(found)


def number_of(held: Round, point_id: int) -> str:
    """Under which number people know a point, as in "TOP 6"; "" where they do not."""
    return _known(held).get(point_id, "") if held.status in TOLD else ""


def turned_points(held: Round) -> dict[int, str]:
    """The points that have become internal after everybody was told of them, with their numbers."""
    named = numbers(held.points)
    return {point.id: named[point.id] for point in held.points if point.turned}


def _known(held: Round) -> dict[int, str]:
    named = numbers(held.points)
    open_to_all = (point for point in held.points if point.announced and not point.internal)
    return {point.id: named[point.id] for point in open_to_all if point.id in named}
