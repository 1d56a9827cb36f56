"""What is closed stays as it is: the guard that every way into the tables passes."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, select

from steering.model import (
    ActionItem,
    Addendum,
    AgendaItem,
    Meeting,
    MeetingStatus,
    Outcome,
    Participant,
    Record,
    Snapshot,
)
from steering.model.german import day
from steering.storage.problems import Invalid, Problem
from steering.storage.rows import Row, fetch_row
from steering.storage.tables import table_of

# How what was agreed stands goes on after the round; what was agreed does not.
_GOES_ON: dict[type[Record], frozenset[str]] = {ActionItem: frozenset({"status", "done_on", "version"})}
_OF_A_POINT: tuple[type[Record], ...] = (Outcome, ActionItem)
_OF_A_ROUND: tuple[type[Record], ...] = (Participant, AgendaItem, Snapshot)


def guards(record: type[Record]) -> bool:
    """Whether records of this type can belong to a closed round."""
    return record in (Meeting, Addendum, *_OF_A_POINT, *_OF_A_ROUND)


def stays(record: type[Record], field: str) -> bool:
    """Whether this field (WHOLE: its being there) of what belongs to a closed round never changes again."""
    return guards(record) and field not in _GOES_ON.get(record, frozenset())


def is_of_one(connection: Connection, record: type[Record], key: Any) -> bool:
    """Whether a record of a guarded type belongs to a closed round; an addendum belongs to no other."""
    if record is Addendum:
        return True
    row = fetch_row(connection, record, key)
    return row is not None and closed_round_of(connection, record, row) is not None


def check_change(
    connection: Connection,
    record: type[Record],
    before: Row | None,
    after: Row | None,
    fields: Collection[str],
) -> None:
    """Refuse to add (`before` None), remove (`after` None) or change `fields` of a closed round's records.

    An addendum is the other way round: added to a closed round only, and never touched again.
    Raises Invalid.
    """
    if record is Addendum:
        _check_addendum(connection, before, after)
    elif not set(fields) <= _GOES_ON.get(record, frozenset()):
        for row in (before, after):
            if row is not None and (meeting := closed_round_of(connection, record, row)):
                raise _refused(
                    f"Die Runde vom {day(meeting['day'])} ist geschlossen und bleibt, wie sie ist. "
                    "Berichtigungen bitte als Nachtrag."
                )


def closed_round_of(connection: Connection, record: type[Record], row: Row) -> Row | None:
    """The closed round that a record is or belongs to; None where there is none."""
    if record is Meeting:
        return _if_closed(row)
    if record in _OF_A_POINT:
        points = table_of(AgendaItem).c
        point = select(points.meeting_id).where(points.id == row["agenda_item_id"])
        return _closed(connection, connection.execute(point).scalar())
    return _closed(connection, row["meeting_id"]) if record in _OF_A_ROUND else None


def _check_addendum(connection: Connection, before: Row | None, after: Row | None) -> None:
    if before is not None or after is None:
        raise _refused("Ein Nachtrag bleibt stehen. Bitte einen weiteren hinzufügen.")
    if _closed(connection, after["meeting_id"]) is None:
        raise _refused("Die Runde ist noch nicht geschlossen. Bitte das Ergebnis selbst ändern.")


def _closed(connection: Connection, meeting_id: Any) -> Row | None:
    table = table_of(Meeting)
    found = connection.execute(select(table).where(table.c.id == meeting_id)).mappings().first()
    return _if_closed(dict(found)) if found else None


def _if_closed(meeting: Row) -> Row | None:
    return meeting if meeting["status"] == MeetingStatus.CLOSED else None


def _refused(sentence: str) -> Invalid:
    return Invalid(Problem(0, "", sentence))
