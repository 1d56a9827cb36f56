"""The answers to each task side by side: who says what, and what is still to be decided."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from steering.analysis.portfolio import Portfolio
from steering.analysis.surveys.bodies import in_order
from steering.analysis.surveys.said import answers
from steering.model import Needed

TO_DECIDE, TO_CLARIFY, TAKEN, OUTDATED, NONE_NEEDED, NOT_KNOWN = (
    *("zu entscheiden", "zu klären", "übernommen", "überholt", "kein Bedarf", "nicht bekannt"),
)


def tasks(portfolio: Portfolio, round_id: int) -> pd.DataFrame:
    """One row per task that somebody has answered in a round, in the order of the catalogue.

    Columns: task_id, task, field, yes, no, unknown (answers that hold in the round), doubts (those of them of
    which something is to be clarified), state (TO_DECIDE where an answer "ja" that still holds is no need
    yet, TO_CLARIFY where each of these is in doubt, TAKEN, OUTDATED where each "ja" was followed by a later
    round before it became a need, NONE_NEEDED or NOT_KNOWN).
    """
    said = answers(portfolio)
    said = said[(said["round_id"] == round_id) & said["holds_in_round"]]
    rows = []
    known = in_order(portfolio)
    for task_id, own in said.groupby("task_id"):
        counted = own["needed"].value_counts()
        rows.append(
            {
                "task_id": task_id,
                **{str(needed): int(counted.get(str(needed), 0)) for needed in Needed},
                "doubts": int((own["doubt"] != "").sum()),
                "state": _state(own),
            }
        )
    columns = ["task_id", *(str(needed) for needed in Needed), "doubts", "state"]
    found = known.rename(columns={"id": "task_id", "name": "task"})[["task_id", "task", "field"]]
    return found.merge(pd.DataFrame(rows, columns=columns), on="task_id")


def _state(own: pd.DataFrame) -> str:
    wanted = own[own["needed"] == Needed.YES]
    left = wanted[wanted["need_id"].isna() & wanted["holds"]]
    if len(left):
        return TO_CLARIFY if (left["doubt"] != "").all() else TO_DECIDE
    if len(wanted):
        return TAKEN if wanted["need_id"].notna().any() else OUTDATED
    return NONE_NEEDED if (own["needed"] == Needed.NO).any() else NOT_KNOWN


def side_by_side(portfolio: Portfolio, round_id: int, task_id: int) -> pd.DataFrame:
    """The answers to a task in a round, those that hold first, as `said.answers` gives them."""
    said = answers(portfolio)
    said = said[(said["round_id"] == round_id) & (said["task_id"] == task_id)]
    order = ["holds", "body_name", "answer_id"]
    return said.sort_values(order, ascending=[False, True, True], kind="stable").reset_index(drop=True)


def earlier_needs(portfolio: Portfolio, chosen: pd.DataFrame) -> dict[int, str]:
    """The needs that were made of what the same bodies said before about the same task, by id.

    What a body says beside it and what still holds is no earlier answer: each row is a need of its own.
    """
    said = answers(portfolio)
    before = said[
        said["body"].isin(chosen["body"])
        & said["task_id"].isin(chosen["task_id"])
        & said["need_id"].notna()
        & ~said["holds"]
    ]
    names = portfolio.names("need")
    return {int(key): str(names[key]) for key in before["need_id"].unique().tolist() if key in names.index}


def changeable(portfolio: Portfolio, earlier: Mapping[int, str]) -> dict[int, str]:
    """Those of some needs that nothing else rests on: no answer that still holds, of whatever body."""
    said = answers(portfolio)
    kept = set(said.loc[said["holds"] & said["need_id"].notna(), "need_id"].tolist())
    return {key: name for key, name in earlier.items() if key not in kept}
