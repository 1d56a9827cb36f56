"""Taking a batch of changes back, as long as nothing rests on it."""

from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Engine, RowMapping, select
from sqlalchemy.exc import IntegrityError

from steering.analysis.incoming.uncollected import uncollected
from steering.model import Change, Kept, Record
from steering.model.german import day
from steering.model.labels import field_word
from steering.storage.archiving import put_away
from steering.storage.imports import taking_out
from steering.storage.pointers import pointers, title
from steering.storage.problems import Invalid, Receipt, UndoBlocked
from steering.storage.reading import undone_batches
from steering.storage.rows import Row, as_text, from_text, row_from_text
from steering.storage.rules import relations
from steering.storage.tables import TYPES, table_of
from steering.storage.transaction import WHOLE, Batch, transaction
from steering.storage.validation import check

_CHANGES = table_of(Change)


def undo(engine: Engine, batch: str, *, actor: str, now: datetime) -> Receipt:
    """Set everything back that a batch has changed; this is a batch too and can be undone.

    What it added is removed, or archived where others point to it by now; what it removed comes
    back. Raises UndoBlocked where one of its fields has been changed since.
    """
    with uncollected(), transaction(engine, actor, now, undoes=batch) as work:
        one_by_one = []
        for (name, is_added), group in groupby(_changes(work, batch), _kind_of):
            changes = list(group)
            record = TYPES[name]
            added = {_key(record, change["record_key"]): change["after"] for change in changes}
            gone = taking_out.take_out(work, record, added) if is_added else set()
            for change in changes:
                if _key(record, change["record_key"]) not in gone:
                    _reverse(work, change)
                    one_by_one.append(change)
        for record, key in {(TYPES[change["record"]], change["record_key"]) for change in one_by_one}:
            _check_whole(work, record, _key(record, key))
        return work.receipt()


def _kind_of(change: RowMapping) -> tuple[str, bool]:
    """The table that a change is about, and whether it added a record to it."""
    return change["record"], change["field"] == WHOLE and not change["before"]


def _changes(work: Batch, batch: str) -> list[RowMapping]:
    """The batch's changes, the last first."""
    query = select(_CHANGES).where(_CHANGES.c.batch == batch).order_by(_CHANGES.c.id.desc())
    changes = list(work.connection.execute(query).mappings())
    if not changes:
        raise UndoBlocked("Diese Änderung steht nicht im Verlauf. Bitte die Seite neu laden.")
    if batch in undone_batches(work.connection):
        raise UndoBlocked("Diese Änderung ist schon zurückgenommen.")
    return changes


def _reverse(work: Batch, change: RowMapping) -> None:
    record = TYPES[change["record"]]
    key = _key(record, change["record_key"])
    row = work.row(record, key)
    try:
        if change["field"] != WHOLE:
            _set_back(work, change, record, key, row)
        elif change["before"]:
            _bring_back(work, change, record, key, row)
        else:
            _take_out(work, change, record, key, row)
    except IntegrityError as error:
        name = title(work.connection, record, key)
        raise UndoBlocked(
            f"{name} lässt sich nicht wiederherstellen: Worauf sich der Eintrag bezieht, "
            "wurde entfernt, oder sein Kürzel ist vergeben. Bitte von Hand neu erfassen."
        ) from error
    except Invalid as refused:
        raise UndoBlocked(str(refused)) from refused


def _set_back(work: Batch, change: RowMapping, record: type[Record], key: Any, row: Row | None) -> None:
    field = change["field"]
    if row is None or field not in row or as_text(row[field]) != change["after"]:
        raise _blocked(work, change, record, key, field)
    work.update(record, key, {field: from_text(record, field, change["before"])})


def _bring_back(work: Batch, change: RowMapping, record: type[Record], key: Any, row: Row | None) -> None:
    if row is not None:
        raise _blocked(work, change, record, key, WHOLE)
    before = row_from_text(record, change["before"])
    if "version" in before:
        # Going and coming back are a step each, so that a form opened before notices.
        before["version"] += 2
    work.insert(record, before)


def _take_out(work: Batch, change: RowMapping, record: type[Record], key: Any, row: Row | None) -> None:
    if row is None:
        raise _blocked(work, change, record, key, WHOLE)
    after = row_from_text(record, change["after"])
    for field, value in row.items():
        if field != "version" and as_text(after.get(field)) != as_text(value):
            raise _blocked(work, change, record, key, field)
    if not issubclass(record, Kept) and any(pointers(work.connection, record, key)):
        raise UndoBlocked(
            f"Auf {title(work.connection, record, key)} beziehen sich inzwischen andere Einträge. "
            "Bitte zuerst diese ändern."
        )
    put_away(work, record, key)


def _check_whole(work: Batch, record: type[Record], key: Any) -> None:
    """Refuse to leave a record that breaks a rule, where other fields have moved on since."""
    row = work.row(record, key)
    if row is None:
        return
    findings = check(record, row)[1] | relations(work.connection, record, key)
    for message in findings.values():
        raise UndoBlocked(f"{title(work.connection, record, key)} lässt sich nicht zurücksetzen: {message}")


def _blocked(work: Batch, change: RowMapping, record: type[Record], key: Any, field: str) -> UndoBlocked:
    later = (
        select(_CHANGES.c.actor, _CHANGES.c.at)
        .where(_CHANGES.c.record == change["record"], _CHANGES.c.record_key == change["record_key"])
        .where(_CHANGES.c.field.in_([field, WHOLE]), _CHANGES.c.id > change["id"])
        .order_by(_CHANGES.c.id.desc())
    )
    last = work.connection.execute(later).first()
    who = f"von {last.actor} am {day(last.at)}" if last else "auf anderem Weg"
    what = title(work.connection, record, key)
    if field == WHOLE or work.row(record, key) is None:
        return UndoBlocked(f"{what} wurde seither {who} entfernt oder neu angelegt. Bitte von Hand ändern.")
    return UndoBlocked(
        f"{what}: Das Feld »{field_word(change['record'], field)}« wurde seither {who} geändert. "
        "Bitte zuerst diese Änderung zurücknehmen."
    )


def _key(record: type[Record], text: str) -> Any:
    return int(text) if "id" in table_of(record).c else text
