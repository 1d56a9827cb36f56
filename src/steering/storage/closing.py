"""Closing a budget year, and opening it again with a reason."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Engine

from steering.model import ClosedYear
from steering.storage.problems import Invalid, Problem, Receipt
from steering.storage.rights.table import Right
from steering.storage.transaction import transaction
from steering.storage.writing import Edit, write_in


def close(
    engine: Engine,
    *,
    year: int | None,
    funding_id: int | None = None,
    proof_on: date | None = None,
    note: str = "",
    actor: str,
    now: datetime,
) -> Receipt:
    """Close a budget year: for one funding with those that accompany it, or without one for all.

    `proof_on`: when the Verwendungsnachweis was handed in. Raises Invalid where it is closed already or has
    not begun.
    """
    with transaction(engine, actor, now, needs=Right.CLOSE_YEAR) as batch:
        values = {
            "year": year,
            "funding_id": funding_id,
            "proof_on": proof_on,
            "note": note,
            "closed_on": now.date(),
            "closed_by": batch.actor[:200],
        }
        return write_in(batch, [Edit(ClosedYear, values)])


def open_again(engine: Engine, key: int, version: int, reason: str, *, actor: str, now: datetime) -> Receipt:
    """Open a closed year; the reason stands in the history. Raises Invalid without one, and Conflict."""
    with transaction(engine, actor, now, needs=Right.CLOSE_YEAR) as batch:
        row = batch.row(ClosedYear, key)
        if row is not None and row["opened_on"] is not None:
            raise Invalid(Problem(0, "", f"Das Jahr {row['year']} ist schon wieder geöffnet."))
        values = {"opened_on": now.date(), "opened_by": batch.actor[:200], "reason": reason}
        return write_in(batch, [Edit(ClosedYear, values, id=key, version=version)])
