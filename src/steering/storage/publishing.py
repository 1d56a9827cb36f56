"""The dates that calendar files have handed out, so that the next file can move and cancel them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Engine, insert, select, update

from steering.analysis.dates import WantedDates
from steering.analysis.dates.published import Entry, entries, scope_as_text
from steering.model import CalendarEntry, Dataset
from steering.storage.engine import reading
from steering.storage.rights.table import Right
from steering.storage.saving import saving
from steering.storage.tables import table_of

_LEDGER = table_of(CalendarEntry)


def handed_out(
    engine: Engine, rows: pd.DataFrame, wanted: WantedDates, *, today: date, now: datetime
) -> list[Entry]:
    """As `publish`, and writes nothing where nothing is said that was not said before.

    A subscription asks every hour, and nearly always for the same.
    """
    with reading(engine) as connection:
        known = _known(connection)
    found = entries(rows, wanted, known, today, now)
    if all(known.get(entry.key, {}).get("digest") == entry.digest for entry in found):
        return found
    return publish(engine, rows, wanted, today=today, now=now)


def publish(
    engine: Engine, rows: pd.DataFrame, wanted: WantedDates, *, today: date, now: datetime
) -> list[Entry]:
    """What the next calendar file says, remembered as handed out.

    `rows` are all dates, as `dates.dated` gives them. Bookkeeping, not an edit: it has no history and raises
    no revision. Raises as `saving` does.
    """
    with saving(engine, Right.PUBLISH) as (connection, _):
        # Two files at once would number the same date alike; where SQLite is not alone, this row is the lock.
        connection.execute(select(table_of(Dataset).c.id).with_for_update()).all()
        known = _known(connection)
        found = entries(rows, wanted, known, today, now)
        for entry in found:
            _remember(connection, entry, known=entry.key in known)
    return found


def _known(connection: Connection) -> dict[str, dict[str, Any]]:
    return {row["key"]: dict(row) for row in connection.execute(select(_LEDGER)).mappings()}


def forget_what_was_said(connection: Connection) -> None:
    """Have every date count as changed: a restored backup does not know what was handed out after it."""
    connection.execute(update(_LEDGER).values(digest=""))


def _remember(connection: Connection, entry: Entry, *, known: bool) -> None:
    values = {
        "digest": entry.digest,
        "sequence": entry.sequence,
        "changed_at": entry.changed_at,
        "cancelled": entry.cancelled,
        "kind": entry.kind,
        "day": entry.day,
        "subject": entry.subject,
        "scope": scope_as_text(entry.scope),
    }
    if known:
        connection.execute(update(_LEDGER).where(_LEDGER.c.key == entry.key).values(values))
    else:
        connection.execute(insert(_LEDGER).values(key=entry.key, **values))
