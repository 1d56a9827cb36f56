"""New rounds: one, or the series of a year, each with those who take part and the standing points."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, select

from steering.analysis.rounds.wishes import OPEN_ROUNDS
from steering.model import (
    AgendaGroup,
    AgendaItem,
    Meeting,
    MeetingStatus,
    Participant,
    StandingPoint,
    Wish,
    WishStatus,
)
from steering.model.german import count
from steering.model.meetings import LAST_PLACES
from steering.storage.archiving import check_archivable
from steering.storage.problems import Invalid, Problem, Receipt
from steering.storage.rights.table import Right
from steering.storage.tables import table_of
from steering.storage.transaction import Batch, transaction
from steering.storage.writing import Edit, Made, write_in


def plan(
    engine: Engine,
    rounds: Sequence[Mapping[str, Any]],
    guests: Sequence[Mapping[str, Any]] = (),
    *,
    actor: str,
    now: datetime,
    standing: bool = True,
    once_a_day: bool = False,
) -> Receipt:
    """Make rounds in one batch, each with these guests and, where wanted, the standing points.

    `once_a_day`: none where one stands on that day already. The receipt begins with the rounds' keys. Raises
    Invalid, also where nothing is left to be made.
    """
    with transaction(engine, actor, now, needs=Right.EDIT_ALL) as batch:
        wanted = list(_unoccupied(batch, rounds)) if once_a_day else list(rounds)
        if not wanted:
            raise Invalid(
                Problem(0, "day", "An diesen Tagen gibt es schon Runden. Bitte andere Tage wählen.")
            )
        points = _points(batch) if standing else []
        edits = [Edit(Meeting, values) for values in wanted]
        for place in range(len(wanted)):
            edits += [Edit(Participant, {**guest, "meeting_id": Made(place)}) for guest in guests]
            edits += [Edit(AgendaItem, {**point, "meeting_id": Made(place)}) for point in points]
        return write_in(batch, edits)


def put_away(engine: Engine, meeting_id: int, version: int, *, actor: str, now: datetime) -> Receipt:
    """Archive a round; what was proposed for it goes to the next one. Raises Conflict, and Invalid where
    there is none to take it.
    """
    with transaction(engine, actor, now, needs=Right.EDIT_ALL) as batch:
        check_archivable(batch, Meeting, meeting_id, version)
        _pass_on(batch, meeting_id)
        batch.update(Meeting, meeting_id, {"archived_on": now.date()})
        return batch.receipt(meeting_id)


def _pass_on(batch: Batch, meeting_id: int) -> None:
    wishes = table_of(Wish).c
    mine = select(wishes.id).where(wishes.meeting_id == meeting_id)
    keys = list(batch.connection.execute(mine).scalars())
    if not keys:
        return
    there = _next_round(batch, meeting_id)
    if there is None:
        raise Invalid(
            Problem(
                0,
                "",
                f"Zu dieser Runde gibt es {count(len(keys), 'Themenwunsch', 'Themenwünsche')}, und keine "
                "andere Runde ist angelegt. Bitte zuerst die nächste Runde anlegen; dorthin gehen sie mit.",
            )
        )
    for key in keys:
        batch.update(Wish, key, {"meeting_id": there, "status": WishStatus.OPEN, "agenda_item_id": None})


def _next_round(batch: Batch, meeting_id: int) -> int | None:
    """The round after one that is open, else the first open one; None where there is no other."""
    meetings = table_of(Meeting).c
    opened = select(meetings.id, meetings.day).where(
        meetings.archived_on.is_(None), meetings.status.in_(OPEN_ROUNDS), meetings.id != meeting_id
    )
    rows = batch.connection.execute(opened.order_by(meetings.day, meetings.id)).all()
    row = batch.row(Meeting, meeting_id) or {}
    return next((each.id for each in rows if each.day >= row["day"]), rows[0].id if rows else None)


def _unoccupied(batch: Batch, rounds: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    meetings = table_of(Meeting).c
    there = select(meetings.day).where(
        meetings.archived_on.is_(None), meetings.status != MeetingStatus.CANCELLED
    )
    occupied = set(batch.connection.execute(there).scalars())
    for values in rounds:
        if values["day"] not in occupied:
            occupied.add(values["day"])
            yield values


def _points(batch: Batch) -> list[dict[str, Any]]:
    """The standing points as those of a round: the first ones from the beginning, the last ones behind all
    that is to come."""
    table = table_of(StandingPoint)
    rows = batch.connection.execute(select(table).order_by(table.c.position, table.c.id)).mappings().all()
    return [
        {
            "name": row["name"],
            "note": row["note"],
            "group": AgendaGroup.CLOSING if row["at_end"] else AgendaGroup.OPENING,
            "position": place + (LAST_PLACES if row["at_end"] else 0),
        }
        for place, row in enumerate(rows, start=1)
    ]
