"""Rows of a file that rest on an older state of a record than the one that is stored now."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from steering.analysis.incoming import IncomingRow, Reading, Refusal, Wanted
from steering.analysis.incoming.sameness import alike
from steering.model.german import day, listing
from steering.model.labels import field_word
from steering.storage.conflicts import as_of_version
from steering.storage.rows import Row, fetch_row


def settled(connection: Connection, found: Reading) -> Reading:
    """The same rows, where somebody has saved a record since it went out: what the file has not touched is
    left as it is now, and a row that changes something besides is refused, so that nothing is overwritten.
    """
    return replace(found, rows=tuple(_settled(connection, row) for row in found.rows))


def _settled(connection: Connection, row: IncomingRow) -> IncomingRow:
    records, refusals = [], list(row.refusals)
    for wanted in row.records:
        stored = fetch_row(connection, wanted.record, wanted.id) if _may_be_stale(wanted) else None
        if stored is None or stored["version"] == wanted.version:
            records.append(wanted)
            continue
        opened, actor, at = as_of_version(connection, wanted.record, wanted.id, stored, wanted.version or 0)
        touched = {name: value for name, value in wanted.values.items() if not alike(opened.get(name), value)}
        records.append(replace(wanted, values=touched))
        reason = _reason(str(wanted.record.__tablename__), opened, stored, actor, at)
        refusals += [
            Refusal(
                row.place,
                wanted.columns.get(name, name),
                _words(value),
                reason,
            )
            for name, value in touched.items()
        ]
    return replace(row, records=tuple(records), refusals=tuple(refusals))


def _may_be_stale(wanted: Wanted) -> bool:
    return wanted.id is not None and wanted.version is not None and bool(wanted.values)


def _words(value: Any) -> str:
    return "" if value is None else str(value)[:200]


def _reason(table: str, opened: Row, stored: Row, actor: str, at: Any) -> str:
    others = [
        f"»{field_word(table, name)}«"
        for name, value in stored.items()
        if name != "version" and value != opened.get(name)
    ]
    what = f" ({listing(others)})" if others else ""
    when = f" am {day(at)}" if at else ""
    return (
        f"Seit der Ausgabe der Datei hat {actor} diesen Eintrag{when} geändert{what}. Überschrieben wird "
        "nichts. Bitte die Änderung in einer neuen Ausgabe vornehmen."
    )
