"""What of the history is taken back at present."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, func, or_, select

from steering.model import Change
from steering.storage.tables import table_of

_CHANGES = table_of(Change)


@dataclass(frozen=True)
class TakenBack:
    """The batches and the single changes (by id) that are taken back, each with the batch that did it."""

    batches: Mapping[str, str]
    changes: Mapping[int, str]

    def by(self, batch: str, change: int) -> str | None:
        """The batch that took a change back, alone or with the whole of its batch; None where none did."""
        return self.batches.get(batch) or self.changes.get(change)


def taken_back(connection: Connection) -> TakenBack:
    """What is taken back at present: not that whose taking back was taken back."""
    columns = (_CHANGES.c.batch, _CHANGES.c.undoes, _CHANGES.c.undoes_change)
    undoing = (
        select(*columns)
        .where(or_(_CHANGES.c.undoes.is_not(None), _CHANGES.c.undoes_change.is_not(None)))
        .group_by(*columns)
        .order_by(func.max(_CHANGES.c.id).desc())
    )
    batches: dict[str, str] = {}
    changes: dict[int, str] = {}
    for batch, undoes, change in connection.execute(undoing):
        if batch in batches:
            continue
        if undoes is not None:
            batches.setdefault(undoes, batch)
        if change is not None:
            changes.setdefault(change, batch)
    return TakenBack(batches, changes)
