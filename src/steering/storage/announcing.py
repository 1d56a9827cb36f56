"""Of which points everybody was told under their number: those keep it when they become internal."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from steering.analysis.rounds.turned import TOLD
from steering.model import AgendaItem, InternalFinding, Meeting, Record, Subject
from steering.storage.rows import Row
from steering.storage.tables import table_of

_POINTS, _MEETINGS, _FINDINGS = table_of(AgendaItem), table_of(Meeting), table_of(InternalFinding)


def with_announced(connection: Connection, record: type[Record], row: Row) -> Row:
    """A new row with what follows from where it goes: a point of a round that is known is announced."""
    if record is not AgendaItem or row.get("internal") or _is_about_internal(connection, row):
        return row
    status = select(_MEETINGS.c.status).where(_MEETINGS.c.id == row["meeting_id"])
    told = connection.execute(status).scalar() in TOLD
    return row | {"announced": True} if told else row


def newly_announced(
    connection: Connection, record: type[Record], key: Any, values: Mapping[str, Any]
) -> Iterator[Any]:
    """The points that a change makes known: of a round that is invited or begins, and one opened to all."""
    if record is Meeting and values.get("status") in TOLD:
        where = _POINTS.c.meeting_id == key
    elif record is AgendaItem and values.get("internal") is False:
        where = _POINTS.c.id == key
    else:
        return
    yield from _open_points(connection, where)


def announced_with(connection: Connection, record: type[Record], row: Mapping[str, Any]) -> Iterator[Any]:
    """The points that everybody gets to see because the mark on their finding has been taken away."""
    if record is InternalFinding:
        about = (_POINTS.c.subject == Subject.FINDING) & (_POINTS.c.subject_key == row["key"])
        yield from _open_points(connection, about)


def _open_points(connection: Connection, where: ColumnElement[bool]) -> list[Any]:
    known = select(_MEETINGS.c.id).where(_MEETINGS.c.status.in_(TOLD))
    wanted = select(_POINTS).where(
        where, _POINTS.c.meeting_id.in_(known), ~_POINTS.c.internal, ~_POINTS.c.announced
    )
    rows = connection.execute(wanted).mappings().all()
    return [row["id"] for row in rows if not _is_about_internal(connection, dict(row))]


def _is_about_internal(connection: Connection, row: Mapping[str, Any]) -> bool:
    if row.get("subject") != Subject.FINDING:
        return False
    marked = select(_FINDINGS.c.id).where(_FINDINGS.c.key == row.get("subject_key"))
    return connection.execute(marked).first() is not None
