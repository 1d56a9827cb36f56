"""Reading the database: the whole as a Portfolio, one record, the outlines."""

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Boolean, Column, Connection, Date, Engine, Float, Integer, Table, select
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
from steering.storage.tables import table_of

_REVISION = select(table_of(Dataset).c.dataset_id, table_of(Dataset).c.revision)
_KEPT_APART = (
    Boundary, CalendarEntry, Change, Dataset, ListMapping, OwnUnit, PaperFile, Person, Release, SavedView,
    Snapshot, Subscription, ToldFact,
)  # fmt: skip
_APART = {table_of(record).name for record in _KEPT_APART}


def revision(engine: Engine) -> tuple[str, int]:
    """Which dataset this is and how often it was written: what is read stays true until this changes."""
    with reading(engine) as connection:
        dataset_id, number = connection.execute(_REVISION).one()
    return dataset_id, number


def portfolio(engine: Engine) -> Portfolio:
    """All records of one moment, without archived ones and what hangs on them."""
    with reading(engine) as connection:
        dataset_id, number = connection.execute(_REVISION).one()
        frames = {
            table.name: _frame(connection, table)
            for table in Record.metadata.sorted_tables
            if table.name not in _APART
        }
    everything = Portfolio(dataset_id, number, frames)
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


def _frame(connection: Connection, table: Table) -> pd.DataFrame:
    columns = list(table.columns)
    rows = connection.execute(select(*map(_plain, columns)).order_by(*table.primary_key.columns)).all()
    values = list(zip(*rows, strict=True)) if rows else [()] * len(columns)
    return pd.DataFrame(
        {column.name: _series(column, cells) for column, cells in zip(columns, values, strict=True)}
    )


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
        return pd.array(cells, dtype="Int64") if column.nullable else np.array(cells, dtype="int64")
    if isinstance(kind, Float):
        return np.array(cells, dtype="float64")
    return pd.array(cells, dtype="str")


def _with_subunits(living: dict[str, pd.Series], frames: dict[str, pd.DataFrame]) -> dict[str, pd.Series]:
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
