"""The Koordinierungsrunde as it is held: results kept while written, recorded, closed for good."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Engine, func, or_, select

from steering.model import (
    ActionItem,
    ActionStatus,
    Addendum,
    AgendaGroup,
    AgendaItem,
    AgendaStatus,
    InternalFinding,
    Meeting,
    MeetingStatus,
    Outcome,
    OutcomeStatus,
    Record,
    Snapshot,
    Subject,
    Wish,
    WishStatus,
)
from steering.model.german import day, listing
from steering.model.meetings import LAST_PLACES
from steering.storage.problems import Invalid, Problem, Receipt
from steering.storage.rights.table import Right
from steering.storage.tables import table_of
from steering.storage.transaction import Batch, transaction
from steering.storage.writing import Edit, write_in

# The version of what is not there yet.
NOT_YET = 0
_STANDING = (AgendaGroup.OPENING, AgendaGroup.CLOSING)


def keep(
    engine: Engine,
    agenda_item_id: int,
    values: Mapping[str, Any],
    *,
    actor: str,
    now: datetime,
    version: int = NOT_YET,
    base: Mapping[str, Any] | None = None,
    more: Sequence[Edit] = (),
) -> Receipt:
    """Write the Ergebnis of a point, a draft or for good, with whatever else belongs to it; one batch.

    `version` is that of the Ergebnis somebody looked at, NOT_YET where there was none; `base` as in `Edit`.
    Raises Invalid, and Conflict where somebody else has written on the point in between.
    """
    with transaction(engine, actor, now) as batch:
        stored = _key(batch, Outcome, "agenda_item_id", agenda_item_id)
        meant = dict(values) | {"agenda_item_id": agenda_item_id}
        if stored is None:
            return write_in(batch, [Edit(Outcome, meant), *more])
        seen = base if version else dict.fromkeys(values)
        return write_in(batch, [Edit(Outcome, meant, id=stored, version=version, base=seen), *more])


def arrange(engine: Engine, meeting_id: int, order: Sequence[int], *, actor: str, now: datetime) -> Receipt:
    """Put the points of a round into this order; points that are not named follow in the order they had.

    What the round ends with keeps a place at the end, unless another point was put behind it.
    """
    with transaction(engine, actor, now) as batch:
        columns = table_of(AgendaItem).c
        there = select(columns.id, columns.group).where(columns.meeting_id == meeting_id)
        rows = batch.connection.execute(there.order_by(columns.position, columns.id)).all()
        found, closing = (
            [row.id for row in rows],
            {row.id for row in rows if row.group == AgendaGroup.CLOSING},
        )
        wanted = [key for key in order if key in found]
        wanted += [key for key in found if key not in wanted]
        last = len(wanted)
        while last and wanted[last - 1] in closing:
            last -= 1
        for position, key in enumerate(wanted, start=1):
            batch.update(
                AgendaItem, key, {"position": position if position <= last else LAST_PLACES + position}
            )
        return batch.receipt()


def next_place(batch: Batch, meeting_id: int) -> int:
    """Where a further point of a round goes: behind all others, but for those that the round ends with."""
    columns = table_of(AgendaItem).c
    last = select(func.max(columns.position)).where(
        columns.meeting_id == meeting_id, columns.position < LAST_PLACES
    )
    return int(batch.connection.execute(last).scalar() or 0) + 1


def close(
    engine: Engine,
    meeting_id: int,
    version: int,
    snapshot: str,
    *,
    actor: str,
    now: datetime,
    on: date,
    view: Mapping[str, Any],
) -> Receipt:
    """Close a round with what it rested on: nothing of it changes any more. Points without an
    Ergebnis stay open.

    `on`: the day of closing. `view`: as_of, scenario, masterplan and revision. Raises Invalid, also where an
    Ergebnis is still a draft or the round lies ahead or is called off, and Conflict.
    """
    with transaction(engine, actor, now, needs=Right.CLOSE_ROUND) as batch:
        _check_held(batch, meeting_id, on)
        _check_drafts(batch, meeting_id)
        _settle_points(batch, meeting_id)
        batch.insert(Snapshot, {"meeting_id": meeting_id, "content": snapshot})
        closed = {"status": MeetingStatus.CLOSED, "closed_on": on, "closed_by": actor, **view}
        return write_in(batch, [Edit(Meeting, closed, id=meeting_id, version=version)])


def add(
    engine: Engine,
    meeting_id: int,
    text: str,
    *,
    actor: str,
    now: datetime,
    on: date,
    agenda_item_id: int | None = None,
    internal: bool = False,
) -> Receipt:
    """Add a Nachtrag to a closed round. Raises Invalid."""
    values = {
        "meeting_id": meeting_id,
        "agenda_item_id": agenda_item_id,
        "text": text,
        "internal": internal,
        "actor": actor,
        "added_on": on,
    }
    with transaction(engine, actor, now) as batch:
        return write_in(batch, [Edit(Addendum, values)])


def reserve(engine: Engine, key: str, *, internal: bool, actor: str, now: datetime) -> Receipt:
    """Mark the finding with that key as nur Verwaltung, or take the mark away."""
    with transaction(engine, actor, now) as batch:
        stored = _key(batch, InternalFinding, "key", key)
        if internal and stored is None:
            return write_in(batch, [Edit(InternalFinding, {"key": key})])
        if not internal and stored is not None:
            batch.delete(InternalFinding, stored)
        return batch.receipt()


def strike(engine: Engine, record: type[Record], key: int, *, actor: str, now: datetime) -> Receipt:
    """Remove a participant, a point without Ergebnis, or an agreed action of a round that is not closed; a
    wish that is still open, or a standing point. The wish that a point was is open again.
    """
    with transaction(engine, actor, now) as batch:
        if batch.row(record, key) is None:
            raise Invalid(Problem(0, "", "Diesen Eintrag gibt es nicht mehr. Bitte die Seite neu laden."))
        if record is AgendaItem:
            _open_wishes(batch, key)
        batch.delete(record, key)
        return batch.receipt(key)


def _open_wishes(batch: Batch, point: int) -> None:
    wishes = table_of(Wish).c
    for key in list(
        batch.connection.execute(select(wishes.id).where(wishes.agenda_item_id == point)).scalars()
    ):
        batch.update(Wish, key, {"status": WishStatus.OPEN, "agenda_item_id": None})


def _settle_points(batch: Batch, meeting_id: int) -> None:
    """What has an Ergebnis is dealt with, and so is what asks about something agreed that is done or void;
    all else stays open.
    """
    points, outcomes, actions = table_of(AgendaItem).c, table_of(Outcome).c, table_of(ActionItem).c
    asked = select(actions.id).where(actions.status == ActionStatus.OPEN)
    still = {str(key) for key in batch.connection.execute(asked).scalars()}
    joined = table_of(AgendaItem).outerjoin(table_of(Outcome), outcomes.agenda_item_id == points.id)
    wanted = (points.id, points.group, points.subject, points.subject_key, outcomes.status)
    left = select(*wanted).select_from(joined)
    left = left.where(points.meeting_id == meeting_id, points.status == AgendaStatus.PLANNED)
    for key, group, subject, about, status in batch.connection.execute(left).all():
        settled = subject == Subject.ACTION and about not in still
        # A standing point need not bring anything about.
        done = status == OutcomeStatus.RECORDED or group in _STANDING or settled
        batch.update(AgendaItem, key, {"status": AgendaStatus.DONE if done else AgendaStatus.OPEN})


def told_not_held(status: MeetingStatus, planned: date, on: date) -> str:
    """Why a round that is called off, or planned for a later day, cannot be closed, and what to do where it
    was held; "" where it can be.
    """
    if status == MeetingStatus.CANCELLED:
        return (
            "Diese Runde ist abgesagt und wird nicht geschlossen; was für sie vorgesehen war, wird für die "
            "nächste Runde wieder vorgeschlagen. Hat sie doch stattgefunden, bitte zuerst unter »Rahmen und "
            "Teilnahme« den Stand der Runde ändern."
        )
    if planned > on:
        return (
            f"Diese Runde ist für den {day(planned)} angesetzt und lässt sich erst dann schließen. Hat sie "
            "früher stattgefunden, bitte zuerst unter »Rahmen und Teilnahme« den Termin ändern."
        )
    return ""


def _check_held(batch: Batch, meeting_id: int, on: date) -> None:
    row = batch.row(Meeting, meeting_id)
    if row and (told := told_not_held(row["status"], row["day"], on)):
        raise Invalid(Problem(0, "", told))


def _check_drafts(batch: Batch, meeting_id: int) -> None:
    points, outcomes = table_of(AgendaItem).c, table_of(Outcome).c
    drafts = (
        select(points.name)
        .join_from(table_of(Outcome), table_of(AgendaItem), outcomes.agenda_item_id == points.id)
        .where(points.meeting_id == meeting_id, points.status != AgendaStatus.DROPPED)
        .where(outcomes.status == OutcomeStatus.DRAFT)
        .where(
            or_(
                outcomes.text != "",
                outcomes.internal_note != "",
                outcomes.assessment.is_not(None),
                outcomes.progress.is_not(None),
                outcomes.resubmit_on.is_not(None),
            )
        )
        .order_by(points.position)
    )
    if names := list(batch.connection.execute(drafts).scalars()):
        raise Invalid(
            Problem(
                0,
                "",
                f"Noch nicht festgehalten: {listing([f'»{name}«' for name in names])}. "
                "Bitte die Ergebnisse festhalten oder leeren; danach lässt sich die Runde schließen.",
            )
        )


def _key(batch: Batch, record: type[Record], field: str, value: Any) -> Any:
    table = table_of(record)
    (key,) = table.primary_key.columns
    return batch.connection.execute(select(key).where(table.c[field] == value)).scalar()
