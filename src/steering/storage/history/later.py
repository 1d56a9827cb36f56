"""Why something cannot be taken back, in a sentence that names the later change that stands in the way."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import Connection, ForeignKey, Row, Select, select

from steering.model import Change, Record
from steering.model.german import signed
from steering.model.labels import field_word
from steering.storage.history.states import TakenBack, taken_back
from steering.storage.pointers import Pointer
from steering.storage.problems import UndoBlocked
from steering.storage.rows import WHOLE
from steering.storage.tables import LINKS, TYPES, key_of, table_of
from steering.storage.titles import title

_CHANGES = table_of(Change)
_FIRST_THAT = "Bitte zuerst diese Änderung zurücknehmen."
_FOR_GOOD = "Daraus wurden Kontaktdaten gelöscht, sie lässt sich nicht zurücknehmen. Bitte von Hand ändern."


def of_field(
    connection: Connection, record: type[Record], key: Any, field: str, *, after: int
) -> UndoBlocked:
    """The field, or the whole record, is no longer as the change `after` left it.

    What was taken back since does not stand in the way, nor does its taking back: a field is led to the
    latest change that is in force.
    """
    what = title(connection, record, key)
    last = _last(connection, record, key, fields=(field, WHOLE), after=after)
    if field != WHOLE:
        last = in_force(connection, record, key, field, after, taken_back(connection)) or last
    if last is None:
        return UndoBlocked(f"{what} wurde seither auf anderem Weg geändert. Bitte von Hand ändern.")
    remedy = _FOR_GOOD if last.erased else _FIRST_THAT
    if last.field == WHOLE:
        done = "entfernt" if last.before else "neu angelegt"
        return UndoBlocked(f"{what} wurde seither, {_who(last)}, {done}. {remedy}", last.batch)
    word = field_word(table_of(record).name, last.field)
    return UndoBlocked(
        f"{what}: Das Feld »{word}« wurde seither noch einmal geändert, {_who(last)}. {remedy}",
        last.batch,
    )


def in_force(
    connection: Connection, record: type[Record], key: Any, field: str, after: int, back: TakenBack
) -> Row[Any] | None:
    """The latest change of a field since the change `after` that somebody made and nobody took back."""
    own = select(_CHANGES.c.batch).where(_CHANGES.c.id == after).scalar_subquery()
    query = (
        _of(record, key)
        .where(_CHANGES.c.field == field, _CHANGES.c.id > after, _CHANGES.c.batch != own)
        .where(_CHANGES.c.undoes.is_(None), _CHANGES.c.undoes_change.is_(None))
    )
    return next((each for each in connection.execute(query) if not back.by(each.batch, each.id)), None)


def of_pointer(connection: Connection, record: type[Record], key: Any, pointer: Pointer) -> UndoBlocked:
    """Another record refers to what was added."""
    other = title(connection, pointer.record, pointer.key)
    last = _last(connection, pointer.record, pointer.key, fields=(pointer.field, WHOLE), after=0)
    since = f", zuletzt geändert {_who(last)}" if last else ""
    return UndoBlocked(
        f"Auf {title(connection, record, key)} bezieht sich inzwischen {other}{since}. "
        "Bitte zuerst diesen Eintrag ändern.",
        last.batch if last else None,
    )


def of_rule(
    connection: Connection, record: type[Record], key: Any, message: str, *, after: int
) -> UndoBlocked:
    """What would come back does not fit what the record says otherwise by now."""
    last = _last(connection, record, key, fields=None, after=after)
    since = f" Zuletzt wurde der Eintrag geändert {_who(last)}." if last else ""
    return UndoBlocked(
        f"{title(connection, record, key)} lässt sich nicht zurücksetzen: {message}{since}",
        last.batch if last else None,
    )


def of_lost_reference(
    connection: Connection, record: type[Record], row: dict[str, Any], done: str = "wiederherstellen"
) -> UndoBlocked:
    """A record cannot become what it was: what it referred to is gone, or another has taken its place."""
    name = title(connection, record, row[key_of(record).name])
    for target, key in _references(record, row):
        there = select(key_of(target)).where(key_of(target) == key)
        if connection.execute(there).first() is not None:
            continue
        last = _last(connection, target, key, fields=(WHOLE,), after=0)
        when = f", {_who(last)}," if last else ""
        remedy = _FOR_GOOD if last and last.erased else _FIRST_THAT
        return UndoBlocked(
            f"{name} lässt sich nicht {done}: {title(connection, target, key)} wurde "
            f"seither{when} entfernt. {remedy}",
            last.batch if last else None,
        )
    if "slug" not in row:
        return UndoBlocked(
            f"{name} lässt sich nicht {done}: An der gleichen Stelle steht inzwischen ein neuer Eintrag. "
            "Bitte diesen ändern."
        )
    return UndoBlocked(
        f"{name} lässt sich nicht {done}: Das Kürzel ist inzwischen vergeben. Bitte von Hand neu erfassen."
    )


def _references(record: type[Record], row: dict[str, Any]) -> Iterator[tuple[type[Record], Any]]:
    """The records that a row refers to, in its fields and its lists."""
    for column in table_of(record).c:
        if row.get(column.name) is not None:
            yield from ((_target(reference), row[column.name]) for reference in column.foreign_keys)
    for link in LINKS.get(record, ()):
        (reference,) = table_of(link.record).c[link.member].foreign_keys
        yield from ((_target(reference), member) for member in row.get(link.field) or ())


def _target(reference: ForeignKey) -> type[Record]:
    return TYPES[reference.column.table.name]


def of_batch(connection: Connection, batch: str, sentence: str) -> UndoBlocked:
    """Another batch stands in the way as a whole; `sentence` has a place for when and by whom."""
    query = select(_CHANGES).where(_CHANGES.c.batch == batch).order_by(_CHANGES.c.id)
    first = connection.execute(query).first()
    return UndoBlocked(sentence.format(_who(first) if first else "auf anderem Weg"), batch)


def _last(
    connection: Connection, record: type[Record], key: Any, *, fields: Collection[str] | None, after: int
) -> Row[Any] | None:
    """The latest change of a record since the change `after`."""
    query = _of(record, key).where(_CHANGES.c.id > after)
    if fields is not None:
        query = query.where(_CHANGES.c.field.in_(fields))
    return connection.execute(query).first()


def _of(record: type[Record], key: Any) -> Select[Any]:
    """The changes of a record, the latest first."""
    of_it = _CHANGES.c.record == table_of(record).name, _CHANGES.c.record_key == str(key)
    return select(_CHANGES).where(*of_it).order_by(_CHANGES.c.id.desc())


def _who(change: Row[Any]) -> str:
    return signed(change.at, change.actor)
