"""What participants propose for rounds (Themenwünsche), and where each waits.

Decisions:

- A wish stands with the round that it was proposed for. Put off, or not looked at when that round was closed
  or called off, it stands with the next round that is not closed, and waits if there is none.
- A wish whose point was struck off the agenda, or whose round was called off, is open again.
- Late is what came after the day that the round names, where that day is of the round it was proposed for.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from steering.analysis.portfolio import Portfolio
from steering.model import AgendaStatus, MeetingStatus, WishStatus
from steering.model.german import count, day

OPEN_ROUNDS = (MeetingStatus.DRAFT, MeetingStatus.INVITED, MeetingStatus.RUNNING)


@dataclass(frozen=True)
class Wished:
    """A wish as it stands. `origin`: the day of the round it was proposed for or put off from, where that is
    another than the one looked at. `waits_for`: the day of the round it stands with; None where it waits for
    one to be planned. `taken_into`: the day of the round on whose agenda it is.
    """

    id: int
    version: int
    name: str
    reason: str
    wanted: str
    minutes: int | None
    organisation_id: int
    unit: str
    person: str
    proposed_on: date
    late: bool
    status: WishStatus
    answer: str
    origin: date | None
    waits_for: date | None
    taken_into: date | None

    @property
    def waits(self) -> bool:
        """Whether somebody has to say what becomes of it, in the round that is looked at."""
        return self.status == WishStatus.OPEN or (
            self.status == WishStatus.PUT_OFF and self.origin is not None
        )

    @property
    def by(self) -> str:
        """Who proposed it: the unit, and who wrote it down."""
        if "(" in self.person:
            return f"{self.unit}, {self.person}"
        return f"{self.unit} ({self.person})" if self.person else self.unit


def of_round(portfolio: Portfolio, meeting_id: int) -> tuple[Wished, ...]:
    """All wishes of a round and those that earlier ones have left to it: the waiting ones first, by day."""
    rows = _standing(portfolio)
    rows = rows[(rows["meeting_id"] == meeting_id) | (rows["stands"] == meeting_id)]
    units = rows["organisation_id"].map(portfolio.names("organisation"))
    rows = rows.assign(person=[_person(*each) for each in zip(rows["person"], units, strict=True)])
    names: dict[Any, str] = portfolio.short_names("organisation").to_dict()
    days = dict(zip(portfolio.meetings["id"], portfolio.meetings["day"].dt.date, strict=True))
    limits = dict(zip(portfolio.meetings["id"], portfolio.meetings["wishes_until"], strict=True))
    found = [_wished(row, meeting_id, names, days, limits) for row in rows.to_dict("records")]
    return tuple(sorted(found, key=lambda each: (not each.waits, each.proposed_on, each.id)))


def _person(person: str, unit: str) -> str:
    """Who wrote it down, without the unit where it is that which proposed it."""
    return "" if person == unit else person.removesuffix(f" ({unit})")


def waiting(portfolio: Portfolio) -> dict[int, int]:
    """How many wishes wait for an answer, by the id of the round that they stand with."""
    rows = _standing(portfolio)
    asks = (rows["state"] == WishStatus.OPEN) | (rows["stands"] != rows["meeting_id"])
    rows = rows[asks & (rows["state"] != WishStatus.TAKEN) & rows["stands"].notna()]
    return {int(key): number for key, number in sorted(Counter(rows["stands"]).items())}


def left_waiting(portfolio: Portfolio) -> int:
    """How many wishes wait for a round that nobody has planned yet."""
    rows = _standing(portfolio)
    return int((rows["stands"].isna() & (rows["state"] != WishStatus.TAKEN)).sum())


def occasion(wish: Wished) -> str:
    """Why a wish is on the agenda, as the point says it: who proposed it, when and why."""
    said = f"Vorgeschlagen von {wish.unit} am {day(wish.proposed_on)}."
    return f"{said} {wish.reason}".strip()


def wanted(wish: Wished) -> str:
    """What is to come out of it and how long it takes, for the note of the point."""
    takes = f"Dauer: etwa {count(wish.minutes, 'Minute', 'Minuten')}." if wish.minutes else ""
    return "\n".join(filter(None, (wish.wanted and f"Gewünschtes Ergebnis: {wish.wanted}", takes)))


def _standing(portfolio: Portfolio) -> pd.DataFrame:
    """The wishes with what has become of each (`state`) and the round that it stands with (`stands`)."""
    rows, points = portfolio.wishes, portfolio.agenda_items
    meetings = portfolio.meetings.sort_values(["day", "id"])
    order = meetings["id"].tolist()
    held = dict(zip(meetings["id"], meetings["status"], strict=True))
    called_off = {key for key, status in held.items() if status == MeetingStatus.CANCELLED}
    gone = (points["status"] == AgendaStatus.DROPPED) | points["meeting_id"].isin(called_off)
    taken = rows["agenda_item_id"].isin(set(points.loc[~gone, "id"]))
    open_again = (rows["status"] == WishStatus.TAKEN) & ~taken
    state = rows["status"].where(~open_again, WishStatus.OPEN.value)
    stands = [
        _stands(key, status, order, held) for key, status in zip(rows["meeting_id"], state, strict=True)
    ]
    return rows.assign(state=state, stands=pd.array(stands, dtype="Int64"))


def _stands(meeting: int, state: str, order: list[int], held: dict[int, str]) -> int | None:
    if state == WishStatus.TAKEN or (state == WishStatus.OPEN and held.get(meeting) in OPEN_ROUNDS):
        return meeting
    later = order[order.index(meeting) + 1 :] if meeting in order else []
    return next((key for key in later if held[key] in OPEN_ROUNDS), None)


def _wished(
    row: dict[Any, Any], looked_at: int, names: dict[Any, str], days: dict[int, date], limits: dict[int, Any]
) -> Wished:
    home, stands = row["meeting_id"], None if pd.isna(row["stands"]) else int(row["stands"])
    limit, on = limits.get(home), row["proposed_on"].date()
    state = WishStatus(row["state"])
    return Wished(
        id=row["id"],
        version=row["version"],
        name=row["name"],
        reason=row["reason"],
        wanted=row["wanted"],
        minutes=None if pd.isna(row["minutes"]) else int(row["minutes"]),
        organisation_id=row["organisation_id"],
        unit=names.get(row["organisation_id"], "nicht mehr geführt"),
        person=row["person"],
        proposed_on=on,
        late=home == looked_at and pd.notna(limit) and on > limit.date(),
        status=state,
        answer=row["answer"],
        origin=days.get(home) if home != looked_at else None,
        waits_for=None if stands is None else days.get(stands),
        taken_into=days.get(home) if state == WishStatus.TAKEN else None,
    )
