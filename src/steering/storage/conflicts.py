"""Whether a record is still as it was when somebody opened it, and if not, what has become of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from steering.model import Change, Record
from steering.storage.problems import Conflict, FieldConflict, Invalid, Problem
from steering.storage.rows import WHOLE, Row, from_text, row_from_text
from steering.storage.tables import table_of
from steering.storage.validation import tidy

_CHANGES = table_of(Change)


def check_version(
    connection: Connection,
    index: int,
    record: type[Record],
    key: Any,
    stored: Row | None,
    version: int | None,
    *,
    base: Mapping[str, Any] | None = None,
    mine: Mapping[str, Any] | None = None,
) -> None:
    """Refuse a write to a record, `stored` now, that has moved on from `version` or is gone.

    Raises Conflict, with what was there, is there and was to be written, or Invalid.
    """
    if stored is None:
        raise Invalid(
            Problem(index, "", "Diesen Eintrag gibt es nicht mehr. Bitte schließen oder neu erfassen.")
        )
    if "version" not in stored:
        return
    if version is None:
        raise ValueError(f"a write to {record.__name__} names the version it is based on")
    if stored["version"] == version:
        return
    log = _log(connection, record, key)
    opened = _rewound(record, stored, log, steps=stored["version"] - version)
    opened |= tidy(record, {field: value for field, value in (base or {}).items() if field in stored})
    wanted = opened | tidy(record, mine or {})
    fields = tuple(
        FieldConflict(field, opened.get(field), theirs, wanted.get(field))
        for field, theirs in stored.items()
        if field != "version" and opened.get(field) != theirs
    )
    actor, at = _last(log)
    raise Conflict(index, key, stored["version"], actor, at, fields)


def as_of_version(
    connection: Connection, record: type[Record], key: Any, stored: Row, version: int
) -> tuple[Row, str, datetime | None]:
    """A record, `stored` now, as it was at an earlier version; who has changed it last, and when (UTC)."""
    log = _log(connection, record, key)
    return _rewound(record, stored, log, steps=max(stored["version"] - version, 0)), *_last(log)


def _log(connection: Connection, record: type[Record], key: Any) -> list[RowMapping]:
    """The record's history, the latest first."""
    same_record = (_CHANGES.c.record == table_of(record).name) & (_CHANGES.c.record_key == str(key))
    return list(
        connection.execute(select(_CHANGES).where(same_record).order_by(_CHANGES.c.id.desc())).mappings()
    )


def _rewound(record: type[Record], stored: Row, log: list[RowMapping], steps: int) -> Row:
    """The record as it was `steps` versions ago: each batch that touched it raised its version by one."""
    row = dict(stored)
    batches: list[str] = []
    for change in log:
        if change["batch"] not in batches:
            batches.append(change["batch"])
        if len(batches) > steps:
            break
        if change["field"] != WHOLE:
            row[change["field"]] = from_text(record, change["field"], change["before"])
        elif change["before"]:
            row = row_from_text(record, change["before"])
    return row


def _last(log: list[RowMapping]) -> tuple[str, datetime | None]:
    return (log[0]["actor"], log[0]["at"]) if log else ("jemand", None)
