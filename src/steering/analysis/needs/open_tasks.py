"""Tasks whose need is not met: when they are open, what opens next and why.

An open task has a finding GAP, LEAD_ONLY or SHORTFALL; of an uncertain one nobody knows whether its need is
met. All functions take findings as `findings.standing` gives them, already cut by filters.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from steering.analysis.findings import kinds, not_surveyed
from steering.analysis.findings.causes import said_briefly
from steering.analysis.portfolio import Portfolio
from steering.analysis.view import Horizon
from steering.model import FindingKind

OPEN, MAYBE = "open", "maybe"
NEED_BEGINS = "ein Bedarf beginnt"


def unmet(found: pd.DataFrame) -> pd.DataFrame:
    """The findings about needs that are not met, or perhaps not, with `state`: OPEN or MAYBE."""
    is_open = found["kind"].isin(kinds.OPEN)
    perhaps = (found["kind"] == FindingKind.UNKNOWN) & found["need_id"].notna()
    kept = is_open | perhaps
    state = np.where(is_open[kept], OPEN, MAYBE)
    return found[kept].assign(state=pd.array(state, dtype="str")).reset_index(drop=True)


def quarters(horizon: Horizon) -> pd.DatetimeIndex:
    """The first days of the quarters that the horizon touches."""
    first = pd.Period(horizon.first, freq="Q")
    return pd.period_range(first, pd.Period(horizon.last, freq="Q"), freq="Q").to_timestamp()


def per_quarter(rows: pd.DataFrame, horizon: Horizon) -> pd.DataFrame:
    """Which tasks are open in which quarter: on at least one day of it.

    `rows` as `unmet` gives them. Columns: quarter (first day), task_id, state; each task once a quarter, and
    OPEN where it is both.
    """
    starts = quarters(horizon)
    first, last = np.datetime64(horizon.first), np.datetime64(horizon.last)
    begin = np.searchsorted(starts, rows["start"].fillna(first).to_numpy(), side="right") - 1
    end = np.searchsorted(starts, rows["end"].fillna(last).to_numpy(), side="right") - 1
    lengths = end - begin + 1
    row = np.repeat(np.arange(len(rows)), lengths)
    place = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths) + begin[row]
    spread = pd.DataFrame(
        {
            "quarter": starts[place],
            "task_id": rows["task_id"].to_numpy()[row],
            "state": rows["state"].to_numpy()[row],
        }
    )
    # "open" is sorted behind "maybe".
    spread = spread.sort_values(["quarter", "task_id", "state"])
    return spread.drop_duplicates(["quarter", "task_id"], keep="last").reset_index(drop=True)


def per_municipality(rows: pd.DataFrame) -> pd.DataFrame:
    """Which tasks are open where: task_id, ags, state; OPEN where a task is both."""
    cells = rows[["task_id", "municipalities", "state"]].explode("municipalities")
    cells = cells.rename(columns={"municipalities": "ags"}).sort_values(["task_id", "ags", "state"])
    return cells.dropna().drop_duplicates(["task_id", "ags"], keep="last").reset_index(drop=True)


@dataclass(frozen=True)
class Opening:
    """Tasks that open on a day: their ids, and why in words with how many of them each reason has,
    the most frequent first.

    `persons`: at least so many of the target groups are concerned; None where that is not known of all.
    """

    day: date
    tasks: tuple[int, ...]
    reasons: tuple[tuple[str, int], ...]
    municipalities: frozenset[str]
    persons: int | None


def next_opening(rows: pd.DataFrame, portfolio: Portfolio, as_of: date) -> Opening | None:
    """The first day after `as_of` on which tasks open that are not open already; None if there is none."""
    found = rows[rows["state"] == OPEN]
    later = found[found["start"] > pd.Timestamp(as_of)].sort_values("start", kind="stable")
    for day in later["start"].unique():
        before, coming = day - pd.Timedelta(days=1), later[later["start"] == day]
        running = found[~(found["start"] > before) & ~(found["end"] < before)]
        new = coming[~coming["task_id"].isin(running["task_id"])]
        if len(new):
            return _opening(new, portfolio)
    return None


def _opening(new: pd.DataFrame, portfolio: Portfolio) -> Opening:
    begins = portfolio.needs.set_index("id")["valid_from"]
    reasons: dict[str, set[int]] = {}
    begun = new["need_id"].map(begins) == new["start"]
    for task, causes, starting in zip(new["task_id"], new["causes"], begun, strict=True):
        why = said_briefly(causes) or (NEED_BEGINS if starting else "")
        reasons.setdefault(why, set()).add(task)
    counts = [(word, len(tasks)) for word, tasks in reasons.items()]
    # The same persons may be meant by several tasks: their sum would count them twice.
    persons = new["persons_least"].max() if new["persons_least"].notna().all() else None
    return Opening(
        day=new["start"].iloc[0].date(),
        tasks=tuple(dict.fromkeys(new["task_id"].astype(int))),
        reasons=tuple(sorted(counts, key=lambda each: -each[1])),
        municipalities=frozenset(ags for found in new["municipalities"] for ags in found),
        persons=None if persons is None else int(persons),
    )


def surveyed(portfolio: Portfolio) -> pd.DataFrame:
    """The tasks and municipalities for which some need is recorded: task_id, ags; the rest is not known."""
    places = portfolio.municipalities
    tasks = portfolio.tasks[["id"]].rename(columns={"id": "task_id"})
    every = tasks.merge(places.loc[places["inhabited"], ["ags"]], how="cross")
    unknown = pd.MultiIndex.from_frame(not_surveyed(portfolio))
    return every[~pd.MultiIndex.from_frame(every).isin(unknown)].reset_index(drop=True)


def with_needs(needs: pd.DataFrame, members: pd.DataFrame, places: Iterable[str]) -> frozenset[int]:
    """The tasks with a recorded need in one of the `places` (AGS); `members`: area_id and ags."""
    areas = members.loc[members["ags"].isin(list(places)), "area_id"]
    return frozenset(needs.loc[needs["area_id"].isin(areas), "task_id"].tolist())
