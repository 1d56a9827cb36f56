"""Reading the database: the whole as a Portfolio, one record, the outlines."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    Engine,
    Float,
    Integer,
    Select,
    Table,
    func,
    select,
)
from sqlalchemy.sql import type_coerce
from sqlalchemy.types import NULLTYPE, TypeEngine

from steering.analysis.portfolio import Portfolio
from steering.model import (
    Boundary,
    CalendarEntry,
    Change,
    Dataset,
    ListMapping,
    Organisation,
    OwnUnit,
    PaperFile,
    PaperText,
    Person,
    Record,
    Release,
    SavedView,
    Snapshot,
    Subscription,
    ToldFact,
)
from steering.storage.engine import reading
from steering.storage.rows import fetch_row
from steering.storage.tables import LINKS, table_of

_REVISION = select(table_of(Dataset).c.dataset_id, table_of(Dataset).c.revision)
_CHANGES = table_of(Change)
_LAST_CHANGE = select(func.max(_CHANGES.c.id))
_KEPT_APART = (
    Boundary, CalendarEntry, Change, Dataset, ListMapping, OwnUnit, PaperFile, PaperText, Person, Release,
    SavedView, Snapshot, Subscription, ToldFact,
)  # fmt: skip
# Texts as Python's own, as `steering.analysis` has it; said by type, as looking a name up takes its time.
_TEXT, _MAYBE_INTEGER = pd.StringDtype("python", na_value=np.nan), pd.Int64Dtype()
_APART = {table_of(record).name for record in _KEPT_APART}


def revision(engine: Engine) -> tuple[str, int]:
    """Which dataset this is and how often it was written: what is read stays true until this changes."""
    with reading(engine) as connection:
        return _revision_in(connection)


def _revision_in(connection: Connection) -> tuple[str, int]:
    dataset_id, number = connection.execute(_REVISION).one()
    return dataset_id, number


@dataclass(frozen=True)
class Moment:
    """What was read in one transaction: every table as it is stored, archived records too, and the
    `portfolio` made of that. `last_change`: the id of the last row of the change log that was there.
    """

    stored: Mapping[str, pd.DataFrame] = field(repr=False)
    last_change: int
    portfolio: Portfolio


def portfolio(engine: Engine) -> Portfolio:
    """All records of one moment, without archived ones and what hangs on them."""
    return moment(engine).portfolio


def moment(engine: Engine, before: Moment | None = None) -> Moment:
    """All records of one moment; of the tables that nothing was written to since `before`, its very frames.

    The change log says which these are. Where it does not tell of every revision since, all are read.
    """
    with reading(engine) as connection:
        dataset_id, number = _revision_in(connection)
        last = connection.execute(_LAST_CHANGE).scalar() or 0
        written = None if before is None else _written(connection, before, dataset_id, number)
        held = {} if before is None or written is None else before.stored
        stored = {
            table.name: held[table.name]
            if written is not None and table.name not in written
            else _frame(connection, table)
            for table in Record.metadata.sorted_tables
            if table.name not in _APART
        }
    return Moment(stored, last, _living(Portfolio(dataset_id, number, stored)))


def _written(connection: Connection, before: Moment, dataset_id: str, number: int) -> set[str] | None:
    """The tables that were written to since; None where that is not known."""
    if before.portfolio.dataset_id != dataset_id or number < before.portfolio.number:
        return None
    since = (
        select(_CHANGES.c.record, _CHANGES.c.revision).where(_CHANGES.c.id > before.last_change).distinct()
    )
    told = connection.execute(since).all()
    if {revision for _, revision in told} != set(range(before.portfolio.number + 1, number + 1)):
        return None
    records = {record for record, _ in told}
    return records | {
        table_of(link.record).name for owner, links in LINKS.items() for link in links
        if table_of(owner).name in records
    }  # fmt: skip


def _living(everything: Portfolio) -> Portfolio:
    """Without what is archived."""
    frames = everything.frames
    living = {
        name: frame["archived_on"].isna()
        for name, frame in frames.items()
        if "archived_on" in frame and frame["archived_on"].notna().any()
    }
    return everything.keeping(_with_subunits(living, frames)) if living else everything


def boundaries(engine: Engine) -> pd.DataFrame:
    """The outlines to draw: key, role, name, kind, geometry (a GeoJSON dict), label point, attribution."""
    with reading(engine) as connection:
        frame = _frame(connection, table_of(Boundary))
    return frame.assign(geometry=[json.loads(text) for text in frame["geometry"]])


def record(engine: Engine, record_type: type[Record], key: Any) -> dict[str, Any] | None:
    """One record with all its fields and the lists it owns; None where there is none."""
    with reading(engine) as connection:
        return fetch_row(connection, record_type, key)


def snapshot(engine: Engine, meeting_id: int) -> str | None:
    """What a closed round rested on, as `analysis.rounds` writes and reads it; None for any other round."""
    table = table_of(Snapshot)
    with reading(engine) as connection:
        found = connection.execute(select(table.c.content).where(table.c.meeting_id == meeting_id))
        return found.scalar()


def archived(engine: Engine, record_type: type[Record]) -> pd.DataFrame:
    """The archived records of a type, the latest first."""
    with reading(engine) as connection:
        frame = _frame(connection, table_of(record_type))
    return (
        frame[frame["archived_on"].notna()]
        .sort_values(["archived_on", "id"], ascending=False)
        .reset_index(drop=True)
    )


@dataclass(frozen=True)
class _Shape:
    """How a table is read, found once: `nothing` is the frame of no rows."""

    rows: Select[Any]
    columns: tuple[Column[Any], ...]
    nothing: pd.DataFrame


@cache
def _shape(table: Table) -> _Shape:
    columns = tuple(table.columns)
    rows = select(*map(_plain, columns)).order_by(*table.primary_key.columns)
    nothing = pd.DataFrame({column.name: _series(column, ()) for column in columns})
    return _Shape(rows, columns, nothing)


def _frame(connection: Connection, table: Table) -> pd.DataFrame:
    shape = _shape(table)
    rows = connection.execute(shape.rows).all()
    if not rows:
        return shape.nothing
    values = zip(shape.columns, zip(*rows, strict=True), strict=True)
    return pd.DataFrame({column.name: _series(column, cells) for column, cells in values})


def _plain(column: Column) -> Any:
    # As the driver gives it: days and enumeration members made one by one in Python cost half the time.
    return type_coerce(column, NULLTYPE).label(column.name)


def _series(column: Column, cells: Sequence[Any]) -> Any:
    kind: TypeEngine = column.type
    if isinstance(kind, Date):
        # Eight times quicker than with None among the days.
        return np.array([cell or "NaT" for cell in cells], dtype="datetime64[s]")
    if isinstance(kind, Boolean):
        return np.array(cells, dtype=bool)
    if isinstance(kind, Integer):
        return pd.array(cells, dtype=_MAYBE_INTEGER) if column.nullable else np.array(cells, dtype="int64")
    if isinstance(kind, Float):
        return np.array(cells, dtype="float64")
    return pd.array(cells, dtype=_TEXT)


def _with_subunits(living: dict[str, pd.Series], frames: Mapping[str, pd.DataFrame]) -> dict[str, pd.Series]:
    """The masks with the units below an archived organisation left out as well."""
    name = table_of(Organisation).name
    if name not in living:
        return living
    units, mask = frames[name], living[name]
    while True:
        orphaned = mask & units["parent_id"].isin(units.loc[~mask, "id"])
        if not orphaned.any():
            return {**living, name: mask}
        mask = mask & ~orphaned
