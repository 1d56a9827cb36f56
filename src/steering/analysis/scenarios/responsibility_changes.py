"""What the changes of a scenario do to responsibilities.

Decisions beyond docs/rules.md#scenarios:

- A change of a responsibility that was moved before acts on what continues it elsewhere as well.
- A responsibility moves with the days it has; from its own first day where that is later.
- Equal ones (structure, task, role, area, groups, site) unite where their days overlap or touch.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from steering.analysis.changes import NewResponsibility
from steering.analysis.intervals import days
from steering.analysis.intervals.days import DAWN, DOOM
from steering.analysis.scenarios.draft import ScenarioFrames, rows
from steering.model import Responsibility, ResponsibilityGroup

# What makes two responsibilities equal, beside their target groups.
SAME = ("structure_id", "task_id", "area_id", "role", "delivers", "site")
FIELDS = ("task_id", "area_id", "role", "delivers", "site", "valid_from", "valid_until")


def add(draft: ScenarioFrames, new: NewResponsibility, structure_id: int, *origin: object) -> None:
    """One more responsibility of a structure; `origin` is what its id depends on."""
    values = {name: getattr(new, name) for name in FIELDS} | {"structure_id": structure_id}
    _append(draft, values, new.target_group_ids, *origin)


def end(draft: ScenarioFrames, responsibility_ids: Iterable[int], last: int) -> None:
    """Responsibilities are valid at most through a day, given as its number."""
    found = draft.frames["responsibility"]
    chosen = rows(found, "id", list(responsibility_ids))
    until = days.numbers(found["valid_until"], DOOM)
    draft.put("responsibility", valid_until=days.dates(np.where(chosen, np.minimum(until, last), until)))
    draft.cut.update(responsibility_ids)


def move(draft: ScenarioFrames, responsibility_id: int, structure_id: int, on: date, *origin: object) -> None:
    """From a day on, another structure has a responsibility and what continues it."""
    day = days.number(on)
    for identity in draft.lineage(responsibility_id):
        found = draft.frames["responsibility"]
        row = found[found["id"] == identity]
        start, until = (int(side[0]) for side in _period(row))
        if until < max(start, day):
            continue
        end(draft, [identity], day - 1)
        values = {str(name): value for name, value in row.iloc[0].items()}
        _settle(draft, values | {"structure_id": structure_id}, max(start, day), until, *origin)


def structure_of(draft: ScenarioFrames, responsibility_id: int) -> int:
    found = draft.frames["responsibility"]
    return int(found.loc[found["id"] == responsibility_id, "structure_id"].iloc[0])


def _settle(
    draft: ScenarioFrames, values: Mapping[str, Any], start: int, until: int, *origin: object
) -> None:
    """Give a responsibility to its new structure: as days of an equal one there, or as one more."""
    groups = _groups(draft, values["id"])
    twin = _twin(draft, values, groups, start, until)
    if twin is None:
        first, last = (pd.Timestamp(day) for day in days.dates(np.array([start, until])))
        moved = dict(values) | {"valid_from": first, "valid_until": last}
        draft.moved_from[_append(draft, moved, groups, *origin, values["id"])] = values["id"]
        return
    found = draft.frames["responsibility"]
    chosen = rows(found, "id", [twin])
    starts, ends = _period(found)
    draft.put(
        "responsibility",
        valid_from=days.dates(np.where(chosen, np.minimum(starts, start), starts)),
        valid_until=days.dates(np.where(chosen, np.maximum(ends, until), ends)),
    )


def _twin(
    draft: ScenarioFrames, values: Mapping[str, Any], groups: tuple[int, ...], start: int, until: int
) -> int | None:
    """The equal responsibility whose days overlap or touch those given."""
    found = draft.frames["responsibility"]
    starts, ends = _period(found)
    near = (starts <= until + 1) & (start <= ends + 1) & (starts <= ends)
    for name in SAME:
        near &= (found[name] == values[name]).to_numpy(dtype=bool)
    twins = [identity for identity in found.loc[near, "id"] if _groups(draft, identity) == groups]
    return twins[0] if twins else None


def _append(draft: ScenarioFrames, values: Mapping[str, Any], groups: Iterable[int], *origin: object) -> int:
    identity = draft.new_id(Responsibility, *origin)
    draft.add(Responsibility, dict(values) | {"id": identity})
    for group in groups:
        draft.add(ResponsibilityGroup, {"responsibility_id": identity, "target_group_id": group})
    return identity


def _groups(draft: ScenarioFrames, responsibility_id: int) -> tuple[int, ...]:
    links = draft.frames["responsibility_group"]
    return tuple(sorted(links.loc[links["responsibility_id"] == responsibility_id, "target_group_id"]))


def _period(found: pd.DataFrame) -> tuple[days.Days, days.Days]:
    return days.numbers(found["valid_from"], DAWN), days.numbers(found["valid_until"], DOOM)
