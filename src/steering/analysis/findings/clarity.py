"""How clear it is, for each task, who does it."""

from __future__ import annotations

from collections.abc import Set
from enum import StrEnum

import pandas as pd

from steering.analysis.findings import counted
from steering.analysis.findings.kinds import calm
from steering.analysis.findings.reasons import AGREEMENT
from steering.model import FindingKind, Role

_BACKED = (Role.LEAD, Role.DELIVER)


class Clarity(StrEnum):
    """What is first to be said of a task: the first that applies in this order."""

    DISPUTED = "disputed"
    AGREED = "agreed"
    WITHIN_ONE_HOUSE = "within_one_house"
    NO_LEAD = "no_lead"
    LEAD_ONLY = "lead_only"
    AGREEMENT_MISSING = "agreement_missing"
    PARTLY_OPEN = "partly_open"
    NOBODY = "nobody"
    UNKNOWN = "unknown"
    IN_ORDER = "in_order"
    NOTHING_OPEN = "nothing_open"
    NOT_SURVEYED = "not_surveyed"


def of_tasks(
    tasks: pd.Series, held: pd.DataFrame, findings: pd.DataFrame, not_surveyed: Set[int]
) -> list[Clarity]:
    """The word of each task on a day.

    `held`: the duties on that day (task_id, role, unknown); `findings` on that day, as `findings` gives them;
    `not_surveyed`: the tasks for which no need is recorded.
    """

    def about(kind: FindingKind, reason: str = "") -> set[int]:
        there = (findings["kind"] == kind) & (findings["reason"] == reason)
        return set(findings.loc[there, "task_id"].dropna())

    settled = calm(findings)
    overlap = findings["kind"] == FindingKind.OVERLAP
    led = set(held.loc[held["role"].isin(_BACKED), "task_id"])
    gaps = about(FindingKind.GAP)
    applies = {
        Clarity.DISPUTED: counted.tasks(counted.several_leads(findings)),
        Clarity.AGREED: set(findings.loc[overlap & settled & ~findings["internal"], "task_id"]),
        Clarity.WITHIN_ONE_HOUSE: set(findings.loc[overlap & findings["internal"], "task_id"]),
        Clarity.NO_LEAD: counted.tasks(counted.lead_unclear(findings)),
        Clarity.LEAD_ONLY: about(FindingKind.LEAD_ONLY),
        Clarity.AGREEMENT_MISSING: about(FindingKind.UNKNOWN, AGREEMENT),
        Clarity.PARTLY_OPEN: gaps & led,
        Clarity.NOBODY: gaps - led,
        Clarity.UNKNOWN: set(held["task_id"]) - set(held.loc[~held["unknown"], "task_id"]),
        Clarity.IN_ORDER: set(held["task_id"]),
        Clarity.NOT_SURVEYED: not_surveyed,
    }
    return [
        next((kind for kind, ids in applies.items() if task in ids), Clarity.NOTHING_OPEN) for task in tasks
    ]
