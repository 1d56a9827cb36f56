"""Mein Fachbereich as somebody last left it: there again on the next visit, and on another machine."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Engine, delete, insert, select

from steering.model import OwnUnit
from steering.storage.engine import reading
from steering.storage.rights import acting
from steering.storage.rights.acting import Mandate
from steering.storage.rights.table import Right
from steering.storage.saving import saving
from steering.storage.tables import table_of

_KEPT = table_of(OwnUnit)
_MACHINE = "machine"


@dataclass(frozen=True)
class Remembered:
    """`unit`: the short name of the unit that was chosen, "" for the person's own; `filtering`: whether pages
    begin with it as a filter."""

    unit: str = ""
    filtering: bool = False


def remembered(engine: Engine) -> Remembered:
    """What who asks left; for who may keep nothing, nothing. Raises NotReadable."""
    with reading(engine) as connection:
        mandate = acting.mandate_in(connection)
        if not mandate.may(Right.VIEWS):
            return Remembered()
        row = connection.execute(select(_KEPT).where(_KEPT.c.whose == _whose(mandate))).mappings().first()
        return Remembered() if row is None else Remembered(row["unit"], row["filtering"])


def remember(engine: Engine, wanted: Remembered) -> None:
    """Keep it for who asks, in the place of what was kept before. Raises as `saving` does."""
    with saving(engine, Right.VIEWS) as (connection, mandate):
        whose = _whose(mandate)
        connection.execute(delete(_KEPT).where(_KEPT.c.whose == whose))
        connection.execute(
            insert(_KEPT).values(whose=whose, unit=wanted.unit[:200], filtering=wanted.filtering)
        )


def _whose(mandate: Mandate) -> str:
    return _MACHINE if mandate.key is None else str(mandate.key)
