"""What people decided about the columns of lists, kept for the next list with the same header."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, Engine, delete, insert, select

from steering.model import ListMapping
from steering.storage.engine import reading
from steering.storage.tables import table_of

_MAPPINGS = table_of(ListMapping)


def remembered(engine: Engine) -> dict[str, str]:
    """The mappings as text, by the header they are about."""
    with reading(engine) as connection:
        rows = connection.execute(select(_MAPPINGS)).mappings()
        return {row["header"]: row["mapping"] for row in rows}


def remember(connection: Connection, mappings: Mapping[str, str], now: datetime) -> None:
    """Keep mappings, each in the place of an earlier one for its header."""
    for header, mapping in mappings.items():
        connection.execute(delete(_MAPPINGS).where(_MAPPINGS.c.header == header))
        connection.execute(insert(_MAPPINGS).values(header=header, mapping=mapping, saved_at=now))
