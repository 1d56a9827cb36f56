"""The Verlauf page by page: which writes there were, the latest first, as far as they are looked for.

What is looked for is asked of the database, and only what stands on one page is read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, and_, false, func, or_, select

from steering.model import Change, Person
from steering.storage import closed_rounds
from steering.storage.engine import reading
from steering.storage.history.states import TakenBack, taken_back
from steering.storage.tables import TYPES, key_from_text, table_of
from steering.storage.titles import RecordKey, titles

_CHANGES = table_of(Change)
_GUARDED = {name: record for name, record in TYPES.items() if closed_rounds.guards(record)}
_NO_PERSON = _CHANGES.c.record != table_of(Person).name
MOST_FOUND = 10_000


class Occasion(StrEnum):
    """How a write came about."""

    TYPED = "typed"
    IMPORTED = "imported"
    TAKEN_BACK = "taken_back"
    ERASED = "erased"


@dataclass(frozen=True)
class Sought:
    """What is looked for; what is empty does not matter.

    `kind`: a table; `fields`: pairs of table and field; `records`: these alone; `since` and `until` (not
    itself) in UTC; `imported`: a file; `batch`: one write alone; `persons`: also what was done to persons and
    their roles, which is for those alone who give them out.
    """

    kind: str = ""
    fields: tuple[tuple[str, str], ...] | None = None
    records: tuple[RecordKey, ...] | None = None
    actor: str = ""
    since: datetime | None = None
    until: datetime | None = None
    occasion: Occasion | None = None
    imported: str = ""
    batch: str = ""
    persons: bool = False


@dataclass(frozen=True)
class OneChange:
    """One change of a write: of which record, called what, in which field, from what to what (JSON).

    `taken_back`: alone, or with the whole of its write. `kept`: it belongs to a closed round and stays.
    """

    id: int
    record: str
    key: str
    title: str
    field: str
    before: str
    after: str
    erased: bool
    taken_back: bool
    kept: bool = False


@dataclass(frozen=True)
class Signature:
    """When (UTC) and by whom something was written."""

    batch: str
    at: datetime
    actor: str


@dataclass(frozen=True)
class Written:
    """A write with those of its steps that were looked for, not all where they are many.

    `found`: how many of them there are; `size`: how many steps it has in all. `undoes`: what it took back;
    `taken_back`: what took it back as a whole; `alone`: whether it took back a single change; `kept`: whether
    any of its steps, shown or not, belongs to a closed round and stays.
    """

    signature: Signature
    imported: str
    steps: tuple[OneChange, ...]
    found: int
    size: int
    undoes: Signature | None
    alone: bool
    taken_back: Signature | None
    kept: bool


@dataclass(frozen=True)
class Found:
    """A page of writes, the latest first; how many writes and changes were found in all."""

    writes: tuple[Written, ...]
    number: int
    changes: int


def find(engine: Engine, wanted: Sought, *, start: int = 0, writes: int = 20, steps: int = 8) -> Found:
    """The writes from the one at `start` on, each with its first steps that were looked for.

    Of one write alone (`wanted.batch`) `start` counts its steps instead.
    """
    with reading(engine) as connection:
        matches = _matches(wanted)
        totals = select(func.count(_CHANGES.c.batch.distinct()), func.count()).where(matches)
        number, changes = connection.execute(totals).one()
        latest = func.max(_CHANGES.c.id)
        page = (
            select(_CHANGES.c.batch, func.count())
            .where(matches)
            .group_by(_CHANGES.c.batch)
            .order_by(latest.desc())
            .limit(writes)
            .offset(0 if wanted.batch else start)
        )
        counts: dict[str, int] = dict(connection.execute(page).all())
        first = start if wanted.batch else 0
        rows = _rows(connection, list(counts), matches, first, steps)
        return Found(tuple(_written(connection, counts, rows)), number, changes)


def changed_records(engine: Engine) -> dict[RecordKey, str]:
    """What each record in the history is called."""
    with reading(engine) as connection:
        pairs = select(_CHANGES.c.record, _CHANGES.c.record_key).where(_NO_PERSON)
        known = connection.execute(pairs.distinct())
        return titles(connection, [(record, key) for record, key in known])


def actors(engine: Engine) -> list[str]:
    """Who has changed something, by name."""
    with reading(engine) as connection:
        return sorted(connection.execute(select(_CHANGES.c.actor).distinct()).scalars())


def files(engine: Engine) -> list[str]:
    """From which files something was imported, by name."""
    with reading(engine) as connection:
        found = select(_CHANGES.c.imported).where(_CHANGES.c.imported != "").distinct()
        return sorted(connection.execute(found).scalars())


def changed_fields(engine: Engine) -> list[tuple[str, str]]:
    """Which fields of which tables have been changed, added and removed records among them (`*`)."""
    with reading(engine) as connection:
        asked = select(_CHANGES.c.record, _CHANGES.c.field).where(_NO_PERSON)
        pairs = connection.execute(asked.distinct())
        return sorted((record, field) for record, field in pairs)


def last_change(engine: Engine, records: Sequence[RecordKey]) -> Signature | None:
    """Who changed any of these records last, and when; None where nobody has."""
    with reading(engine) as connection:
        query = (
            select(_CHANGES.c.batch, _CHANGES.c.at, _CHANGES.c.actor)
            .where(_of_records(records))
            .order_by(_CHANGES.c.id.desc())
        )
        found = connection.execute(query).first()
        return Signature(*found) if found else None


def _matches(wanted: Sought) -> ColumnElement[bool]:
    column = _CHANGES.c
    asked: list[ColumnElement[bool]] = [] if wanted.persons else [_NO_PERSON]
    if wanted.kind:
        asked.append(column.record == wanted.kind)
    if wanted.fields is not None:
        pairs = (and_(column.record == record, column.field == field) for record, field in wanted.fields)
        asked.append(or_(false(), *pairs))
    if wanted.records is not None:
        asked.append(_of_records(wanted.records))
    if wanted.actor:
        asked.append(column.actor == wanted.actor)
    if wanted.since:
        asked.append(column.at >= wanted.since)
    if wanted.until:
        asked.append(column.at < wanted.until)
    if wanted.occasion:
        asked.append(_of_occasion(wanted.occasion))
    if wanted.imported:
        asked.append(column.imported == wanted.imported)
    if wanted.batch:
        asked.append(column.batch == wanted.batch)
    return and_(column.id > 0, *asked)


def _of_records(records: Sequence[RecordKey]) -> ColumnElement[bool]:
    keys: dict[str, list[str]] = defaultdict(list)
    for record, key in records:
        keys[record].append(key)
    column = _CHANGES.c
    return or_(
        false(),
        *(and_(column.record == record, column.record_key.in_(all_)) for record, all_ in keys.items()),
    )


def _of_occasion(occasion: Occasion) -> ColumnElement[bool]:
    column = _CHANGES.c
    taking_back = or_(column.undoes.is_not(None), column.undoes_change.is_not(None))
    erasing = column.batch.in_(select(column.batch).where(column.record == _CHANGES.name))
    match occasion:
        case Occasion.IMPORTED:
            return column.imported != ""
        case Occasion.TAKEN_BACK:
            return taking_back
        case Occasion.ERASED:
            return erasing
        case Occasion.TYPED:
            return and_(column.imported == "", ~taking_back, ~erasing)


def _rows(
    connection: Connection, batches: list[str], matches: ColumnElement[bool], start: int, most: int
) -> dict[str, list[dict[str, Any]]]:
    """The steps of each write that were looked for, from the one at `start` on, at most so many."""
    place = func.row_number().over(partition_by=_CHANGES.c.batch, order_by=_CHANGES.c.id).label("place")
    numbered = select(_CHANGES, place).where(matches, _CHANGES.c.batch.in_(batches)).subquery()
    query = select(numbered).where(numbered.c.place > start, numbered.c.place <= start + most)
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in connection.execute(query.order_by(numbered.c.id)).mappings():
        found[row["batch"]].append(dict(row))
    return found


def _written(
    connection: Connection, counts: dict[str, int], rows: dict[str, list[dict[str, Any]]]
) -> list[Written]:
    back = taken_back(connection)
    every = [row for found in rows.values() for row in found]
    names = titles(connection, {(row["record"], row["record_key"]) for row in every})
    undone = _undone_batches(connection, every)
    others = {*undone.values(), *(by for batch in rows if (by := back.batches.get(batch)))}
    known = _signatures(connection, others)
    sizes: dict[str, int] = dict(connection.execute(
        select(_CHANGES.c.batch, func.count()).where(_CHANGES.c.batch.in_(counts)).group_by(_CHANGES.c.batch)
    ).all())  # fmt: skip
    kept = _kept(connection, list(rows))
    return [
        Written(
            Signature(batch, rows[batch][0]["at"], rows[batch][0]["actor"]),
            rows[batch][0]["imported"],
            tuple(_step(row, names, back, kept) for row in rows[batch]),
            found,
            sizes[batch],
            known.get(undone.get(batch, "")),
            rows[batch][0]["undoes_change"] is not None,
            known.get(back.batches.get(batch, "")),
            batch in kept.values(),
        )
        for batch, found in counts.items()
        if batch in rows
    ]


def _kept(connection: Connection, batches: list[str]) -> dict[int, str]:
    """The changes of these batches that belong to a closed round and stay: the batch of each by its id."""
    column = _CHANGES.c
    query = select(column.id, column.batch, column.record, column.record_key, column.field).where(
        column.batch.in_(batches), column.record.in_(_GUARDED)
    )
    asked = connection.execute(query).all()
    staying = [each for each in asked if closed_rounds.stays(_GUARDED[each.record], each.field)]
    # A record is looked up once, however many of its fields were written.
    closed = {
        (name, key): closed_rounds.is_of_one(connection, _GUARDED[name], key_from_text(_GUARDED[name], key))
        for name, key in {(each.record, each.record_key) for each in staying}
    }
    return {each.id: each.batch for each in staying if closed[each.record, each.record_key]}


def _step(
    row: dict[str, Any], names: dict[RecordKey, str], back: TakenBack, kept: Mapping[int, str]
) -> OneChange:
    return OneChange(
        row["id"],
        row["record"],
        row["record_key"],
        names[row["record"], row["record_key"]],
        row["field"],
        row["before"],
        row["after"],
        row["erased"],
        back.by(row["batch"], row["id"]) is not None,
        row["id"] in kept,
    )


def _undone_batches(connection: Connection, rows: list[dict[str, Any]]) -> dict[str, str]:
    """For each write that took something back: the batch that it was, or was part of."""
    found = {row["batch"]: row["undoes"] for row in rows if row["undoes"]}
    alone = {row["undoes_change"]: row["batch"] for row in rows if row["undoes_change"] is not None}
    query = select(_CHANGES.c.id, _CHANGES.c.batch).where(_CHANGES.c.id.in_(alone))
    return found | {alone[change]: batch for change, batch in connection.execute(query)}


def _signatures(connection: Connection, batches: set[str]) -> dict[str, Signature]:
    columns = (_CHANGES.c.batch, _CHANGES.c.at, _CHANGES.c.actor)
    query = select(*columns).where(_CHANGES.c.batch.in_(batches)).distinct()
    return {row.batch: Signature(*row) for row in connection.execute(query)}
