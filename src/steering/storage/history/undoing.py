"""Taking a batch of changes back, or one of them, as long as nothing rests on it."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping, select
from sqlalchemy.exc import IntegrityError

from steering.analysis.incoming.uncollected import uncollected
from steering.model import Change, Kept, Record
from steering.storage.archiving import put_away
from steering.storage.history import later
from steering.storage.history.states import TakenBack, taken_back
from steering.storage.imports import taking_out
from steering.storage.pointers import pointers
from steering.storage.problems import Invalid, Receipt, UndoBlocked
from steering.storage.rights.table import Right
from steering.storage.rows import WHOLE, Row, as_text, fetch_row, from_text, row_from_text
from steering.storage.rules import relations
from steering.storage.tables import TYPES, key_from_text, table_of
from steering.storage.titles import title
from steering.storage.transaction import Batch, Purpose, transaction
from steering.storage.validation import check

_CHANGES = table_of(Change)
_UNKNOWN = "Diese Änderung steht nicht im Verlauf. Bitte die Seite neu laden."
_DONE = "Diese Änderung ist schon zurückgenommen, {}."


def undo(engine: Engine, batch: str, *, actor: str, now: datetime) -> Receipt:
    """Set everything back that a batch has changed; this is a batch too and can be undone.

    What it added is removed, or archived where others point to it by now; what it removed comes
    back; what of it was taken back alone stays so. Raises UndoBlocked where one of its fields has been
    changed since.
    """
    with uncollected(), transaction(engine, actor, now, Purpose(undoes=batch), Right.UNDO) as work:
        _take_back(work, _changes(work.connection, batch))
        _check_years(work)
        return work.receipt()


def undo_change(engine: Engine, change: int, *, actor: str, now: datetime) -> Receipt:
    """Set one change of a batch back and leave the rest of it. Raises UndoBlocked as `undo` does."""
    with transaction(engine, actor, now, Purpose(undoes_change=change), Right.UNDO) as work:
        _take_back(work, [_one(work.connection, change)])
        _check_years(work)
        return work.receipt()


def _changes(connection: Connection, batch: str) -> list[RowMapping]:
    """The batch's changes that are not taken back, the last first."""
    query = select(_CHANGES).where(_CHANGES.c.batch == batch).order_by(_CHANGES.c.id.desc())
    changes = list(connection.execute(query).mappings())
    if not changes:
        raise UndoBlocked(_UNKNOWN)
    back = taken_back(connection)
    if by := back.batches.get(batch):
        raise later.of_batch(connection, by, _DONE)
    _check_whole_is_there(connection, changes[0], back)
    left = [change for change in changes if change["id"] not in back.changes]
    if not left:
        raise later.of_batch(connection, back.changes[changes[0]["id"]], _DONE)
    return left


def _one(connection: Connection, change: int) -> RowMapping:
    found = connection.execute(select(_CHANGES).where(_CHANGES.c.id == change)).mappings().first()
    if found is None:
        raise UndoBlocked(_UNKNOWN)
    if by := taken_back(connection).by(found["batch"], change):
        raise later.of_batch(connection, by, _DONE)
    if found["undoes"] or found["undoes_change"]:
        raise UndoBlocked("Eine Rücknahme lässt sich nur im Ganzen zurücknehmen.")
    return found


def _check_whole_is_there(connection: Connection, taking: RowMapping, back: TakenBack) -> None:
    """A change that was taken back alone does not come back while the whole of its batch is taken back."""
    if taking["undoes_change"] is None:
        return
    one = select(_CHANGES.c.batch).where(_CHANGES.c.id == taking["undoes_change"])
    if by := back.batches.get(connection.execute(one).scalar() or ""):
        raise later.of_batch(
            connection,
            by,
            "Die Eingabe, zu der diese Änderung gehört, wurde {} im Ganzen zurückgenommen. "
            "Bitte zuerst diese Rücknahme zurücknehmen.",
        )


def _take_back(work: Batch, chosen: Sequence[RowMapping]) -> None:
    """Set changes back, the last first."""
    for change in chosen:
        _check_legible(work.connection, change)
    back = taken_back(work.connection)
    one_by_one = []
    for (name, is_added), group in groupby(chosen, _kind_of):
        changes = list(group)
        record = TYPES[name]
        added = {key_from_text(record, change["record_key"]): change["after"] for change in changes}
        gone = taking_out.take_out(work, record, added) if is_added else set()
        for change in changes:
            if key_from_text(record, change["record_key"]) not in gone:
                _reverse(work, change, back)
                one_by_one.append(change)
    # The latest of its changes: what came after that is not of this batch.
    touched = {(change["record"], change["record_key"]): change["id"] for change in reversed(one_by_one)}
    for (name, key), last in touched.items():
        _check_rules(work.connection, TYPES[name], key_from_text(TYPES[name], key), last)


def _check_years(work: Batch) -> None:
    """Refuse a way back into a closed year."""
    try:
        work.years.check()
    except Invalid as refused:
        raise UndoBlocked(str(refused)) from refused


def _kind_of(change: RowMapping) -> tuple[str, bool]:
    """The table that a change is about, and whether it added a record to it."""
    return change["record"], change["field"] == WHOLE and not change["before"]


def _check_legible(connection: Connection, change: RowMapping) -> None:
    if change["record"] == _CHANGES.name:
        raise UndoBlocked("Gelöschte Kontaktdaten lassen sich nicht wiederherstellen.")
    if change["erased"]:
        record = TYPES[change["record"]]
        what = title(connection, record, key_from_text(record, change["record_key"]))
        raise UndoBlocked(
            f"{what}: Aus dieser Änderung wurden Kontaktdaten gelöscht, deshalb lässt sie sich nicht mehr "
            "zurücknehmen. Bitte von Hand ändern."
        )


def _reverse(work: Batch, change: RowMapping, back: TakenBack) -> None:
    record = TYPES[change["record"]]
    key = key_from_text(record, change["record_key"])
    row = work.row(record, key)
    try:
        if change["field"] != WHOLE:
            _set_back(work, change, record, key, row, back)
        elif change["before"]:
            _bring_back(work, change, record, key, row)
        else:
            _take_out(work, change, record, key, row)
    except Invalid as refused:
        raise UndoBlocked(str(refused)) from refused


def _set_back(
    work: Batch, change: RowMapping, record: type[Record], key: Any, row: Row | None, back: TakenBack
) -> None:
    field, number = change["field"], change["id"]
    if row is None:
        raise later.of_field(work.connection, record, key, WHOLE, after=number)
    is_as_left = field in row and as_text(row[field]) == change["after"]
    # Somebody may have changed it to the same value again, and then means it.
    if not is_as_left or later.in_force(work.connection, record, key, field, number, back):
        raise later.of_field(work.connection, record, key, field, after=number)
    before = from_text(record, field, change["before"])
    try:
        # Within a savepoint: after a refusal PostgreSQL answers nothing else, and the reason is looked up.
        with work.connection.begin_nested():
            work.update(record, key, {field: before})
    except IntegrityError as error:
        becoming = row | {field: before}
        raise later.of_lost_reference(work.connection, record, becoming, "zurücksetzen") from error


def _bring_back(work: Batch, change: RowMapping, record: type[Record], key: Any, row: Row | None) -> None:
    if row is not None:
        raise later.of_field(work.connection, record, key, WHOLE, after=change["id"])
    before = row_from_text(record, change["before"])
    if "version" in before:
        # Going and coming back are a step each, so that a form opened before notices.
        before["version"] += 2
    try:
        with work.connection.begin_nested():
            work.insert(record, before)
    except IntegrityError as error:
        raise later.of_lost_reference(work.connection, record, before) from error


def _take_out(work: Batch, change: RowMapping, record: type[Record], key: Any, row: Row | None) -> None:
    if row is None:
        raise later.of_field(work.connection, record, key, WHOLE, after=change["id"])
    after = row_from_text(record, change["after"])
    for field, value in row.items():
        if field != "version" and as_text(after.get(field)) != as_text(value):
            raise later.of_field(work.connection, record, key, field, after=change["id"])
    pointer = next(pointers(work.connection, record, key), None)
    if pointer is not None and not issubclass(record, Kept):
        raise later.of_pointer(work.connection, record, key, pointer)
    put_away(work, record, key)


def _check_rules(connection: Connection, record: type[Record], key: Any, change: int) -> None:
    """Refuse to leave a record that breaks a rule, where other fields have moved on since."""
    row = fetch_row(connection, record, key)
    if row is None:
        return
    findings = check(record, row)[1] | relations(connection, record, key)
    for message in findings.values():
        raise later.of_rule(connection, record, key, message, after=change)
