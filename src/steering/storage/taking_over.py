"""The effects of a completed measure become part of the data, once.

What they do is not told a second time: they are applied as a scenario applies them, and where the outcome
differs from the data, the data are changed to it, in one batch that can be undone.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pandas as pd
from sqlalchemy import Engine

from steering.analysis.changes import AT_LEAST_UNTIL, AT_MOST_UNTIL, GOES_ON_UNTIL
from steering.analysis.portfolio import Portfolio
from steering.analysis.scenarios import scenario, stored_changes
from steering.model import (
    EndKind,
    Extension,
    Funding,
    Measure,
    MeasureStatus,
    Record,
    Responsibility,
    Structure,
)
from steering.storage import reading
from steering.storage.problems import Invalid, Problem, Receipt
from steering.storage.tables import table_of
from steering.storage.writing import Edit, Made, write

_ASSUMED = {"id", "version", "provenance", "provenance_note", "source", "origin", "archived_on"}


def take_over(engine: Engine, measure_id: int, version: int, *, actor: str, now: datetime) -> Receipt:
    """Write the effects of a measure into the data and complete it.

    Raises Invalid where they are taken over already or one of them would do nothing; Conflict.
    """
    data = reading.portfolio(engine)
    rows = data.measures
    measure = rows[rows["id"] == measure_id].iloc[0]
    if pd.notna(measure["taken_over_on"]):
        raise _refused("Die Wirkungen dieser Maßnahme sind schon in die Daten übernommen.")
    stored = stored_changes.read(measure["effects"])
    changes = stored_changes.readable(stored)
    if len(changes) < len(stored) or scenario.inapplicable(data, changes):
        raise _refused("Eine Wirkung nennt etwas, das es nicht mehr gibt. Bitte diese zuerst entfernen.")
    done = {"status": MeasureStatus.COMPLETED, "taken_over_on": now.date()}
    edits = [*_edits(data, scenario.apply(data, changes), now.date())] if changes else []
    edits.append(Edit(Measure, done, id=measure_id, version=version))
    return write(engine, edits, actor=actor, now=now)


def _edits(before: Portfolio, after: Portfolio, today: date) -> Iterator[Edit]:
    """What leads from the one to the other: first what is new, so that what it names is there."""
    made: dict[int, Made] = {}
    position = 0
    for record in (Structure, Funding, Responsibility):
        new = after.frame(_table(record))
        new = new[new["id"] < 0]
        # A co-financing comes after what it accompanies.
        order = new["accompanies_id"].notna() if record is Funding else new["id"].notna()
        for row in new.assign(order=order).sort_values("order", kind="stable").to_dict("records"):
            values: dict[str, Any] = {
                name: made.get(value, value) if name.endswith("_id") else value
                for name, value in ((str(name), value) for name, value in row.items())
                if name in table_of(record).c and name not in _ASSUMED
            }
            # Without any it is for everyone, as a write understands it.
            if record is Responsibility and (groups := _groups(after, row["id"])):
                values["target_groups"] = groups
            made[row["id"]] = Made(position)
            position += 1
            yield Edit(record, values)
    for record in (Structure, Funding, Responsibility):
        yield from _changed(record, before, after, today)


def _changed(record: type[Record], before: Portfolio, after: Portfolio, today: date) -> Iterator[Edit]:
    table = _table(record)
    left = {row["id"]: row for row in after.frame(table).to_dict("records")}
    for row in before.frame(table).to_dict("records"):
        key, version = int(row["id"]), int(row["version"])
        if key not in left:
            yield Edit(record, {"archived_on": today}, id=key, version=version)
        elif values := _different(record, row, left[key]):
            yield Edit(record, values, id=key, version=version)


def _different(record: type[Record], old: dict[Any, Any], new: dict[Any, Any]) -> dict[str, Any]:
    if record is Funding:
        return _moved_end(new)
    if record is Structure and pd.notna(new[GOES_ON_UNTIL]):
        # What is recorded about a structure names no such day: from now on its own validity ends on it.
        new = new | {
            "valid_until": new[GOES_ON_UNTIL].date(),
            "end_kind": EndKind.FIXED,
            "extension": Extension.NOT_NEEDED,
        }
    own_end = ("valid_until", "end_kind", "extension")
    fields = ("on_loss", "fte_after", *own_end) if record is Structure else ("valid_until",)
    return {
        name: new[name]
        for name in fields
        if not (pd.isna(old[name]) and pd.isna(new[name])) and old[name] != new[name]
    }


def _moved_end(row: dict[Any, Any]) -> dict[str, Any]:
    """The end of a funding that is to be active at least or at most through a day."""
    least, most, end = row[AT_LEAST_UNTIL], row[AT_MOST_UNTIL], row["end"]
    moved = end
    if pd.notna(least) and row["end_kind"] != EndKind.OPEN and not end >= least:
        moved = least
    if pd.notna(most) and not moved <= most:
        moved = most
    if pd.isna(moved) or moved == end:
        return {}
    return {
        "end": moved.date(),
        "end_kind": EndKind.FIXED,
        "extension": Extension.UNCLEAR,
        "expected_until": None,
    }


def _groups(data: Portfolio, responsibility_id: int) -> list[int]:
    links = data.responsibility_groups
    return [int(key) for key in links.loc[links["responsibility_id"] == responsibility_id, "target_group_id"]]


def _table(record: type[Record]) -> str:
    return table_of(record).name


def _refused(message: str) -> Invalid:
    return Invalid(Problem(0, "", message))
