"""Who answers for which task on the Stichtag, structure by structure."""

from __future__ import annotations

from collections.abc import Collection
from typing import cast

import numpy as np
import pandas as pd

from steering.analysis.lives import lifecycle
from steering.analysis.once import once
from steering.analysis.portfolio import Portfolio
from steering.analysis.scenarios.scenario import in_scenario
from steering.analysis.view import View
from steering.model import Provenance, Role
from steering.model.finding_keys import participant

DUTY_COLUMNS = [
    "responsibility_id",
    "structure_id",
    "task_id",
    "area_id",
    "role",
    "site",
    "valid_from",
    "valid_until",
    "unknown",
    "example",
    "derived",
]


@in_scenario
def duties(portfolio: Portfolio, view: View) -> pd.DataFrame:
    """The responsibilities in force on the Stichtag of structures that run then, or may run.

    Columns: responsibility_id, structure_id, task_id, area_id, role, site, valid_from, valid_until (NaT =
    open), unknown (bool: whether the structure runs is not known), example (bool: the responsibility or
    its structure is an example), derived (bool: it is only concluded, and confirmed by nobody).
    """
    day = pd.Timestamp(view.as_of)
    states = lifecycle.on_day(portfolio, view).set_index("structure_id")["state"]
    rows = portfolio.responsibilities.rename(columns={"id": "responsibility_id"})
    state = rows["structure_id"].map(states)
    begun = rows["valid_from"].isna() | (rows["valid_from"] <= day)
    lasting = rows["valid_until"].isna() | (rows["valid_until"] >= day)
    structures = portfolio.structures
    invented = structures.loc[structures["provenance"] == "example", "id"]
    example = (rows["provenance"] == "example") | rows["structure_id"].isin(invented)
    derived = (rows["provenance"] == Provenance.DERIVED) & ~example
    rows = rows.assign(unknown=state == "unknown", example=example, derived=derived)
    kept = begun & lasting & state.isin(["running", "unknown"])
    return rows.loc[kept, DUTY_COLUMNS].reset_index(drop=True)


def only_derived(portfolio: Portfolio, task: int, structures: Collection[int]) -> bool:
    """Whether that these structures lead or carry out a task is only concluded, of each of them."""
    known = _concluded(portfolio)
    found = [known[structure, task] for structure in structures if (structure, task) in known]
    return bool(found) and all(found)


@once
def _concluded(portfolio: Portfolio) -> dict[tuple[int, int], bool]:
    """For each structure and task that it leads or carries out: whether that is only concluded."""
    rows = portfolio.responsibilities
    rows = rows[rows["role"].isin([Role.STATUTORY, Role.LEAD, Role.DELIVER])]
    derived = rows["provenance"] == Provenance.DERIVED
    found = derived.groupby([rows["structure_id"], rows["task_id"]]).all()
    return cast("dict[tuple[int, int], bool]", found.to_dict())


def resting_on_examples(portfolio: Portfolio, found: pd.DataFrame) -> pd.Series:
    """Whether each finding rests on an example: a participant, its responsibility, or the need."""
    structures, needs = portfolio.structures, portfolio.needs
    records = portfolio.responsibilities
    records = records[records["provenance"] == "example"]
    invented = {participant(key) for key in structures.loc[structures["provenance"] == "example", "id"]}
    assigned = {
        (participant(structure), task)
        for structure, task in zip(records["structure_id"], records["task_id"], strict=True)
    }
    wanted = set(needs.loc[needs["provenance"] == "example", "id"])
    rests = [
        need in wanted or any(who in invented or (who, task) in assigned for who in participants)
        for need, task, participants in zip(
            found["need_id"].astype(object),
            found["task_id"].astype(object),
            found["participants"],
            strict=True,
        )
    ]
    return pd.Series(np.array(rests, dtype=bool), index=found.index)
