"""What is counted of needs and of tasks with a need: each concept once, as rows or tasks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from steering.analysis.findings import counted
from steering.analysis.needs.coverage import LATER, MAYBE, MET, OPEN, PARTLY, PAST, STATES, UNTOLD
from steering.analysis.needs.open_tasks import MAYBE as NOT_CERTAIN
from steering.analysis.needs.open_tasks import OPEN as IS_OPEN


def open_tasks(rows: pd.DataFrame) -> frozenset[int]:
    """Tasks of which a recorded need is not or not fully met; `rows` as `open_tasks.unmet` gives them."""
    return counted.tasks(rows[rows["state"] == IS_OPEN])


def uncertain_tasks(rows: pd.DataFrame) -> frozenset[int]:
    """Tasks of which nobody knows whether a need is met, and none is known to be unmet."""
    return counted.tasks(rows[rows["state"] == NOT_CERTAIN]) - open_tasks(rows)


class Survey(NamedTuple):
    """The tasks in view, those of them of which somewhere in view it is known whether something is needed, of
    these those of which it is in a part of the municipalities only, and those for which nothing is needed
    according to all who answered."""

    tasks: frozenset[int]
    known: frozenset[int]
    partly: frozenset[int]
    refused: frozenset[int] = frozenset()

    @property
    def unknown(self) -> frozenset[int]:
        """The tasks for which no need is erhoben anywhere in view."""
        return self.tasks - self.known


def survey(
    tasks: Iterable[int], pairs: pd.DataFrame, places: int, needed: Iterable[int] | None = None
) -> Survey:
    """How much is known; `pairs`: task_id and ags of which it is, of so many `places` in view; `needed`: the
    tasks with a recorded need, all that are known where it is not said."""
    every = frozenset(tasks)
    found = pairs[pairs["task_id"].isin(every)].groupby("task_id")["ags"].nunique()
    known = frozenset(found.index)
    refused = known - frozenset(known if needed is None else needed)
    return Survey(every, known, frozenset(found.index[found < places]), refused)


def valid(rows: pd.DataFrame) -> pd.DataFrame:
    """Needs that are valid on the Stichtag; `rows` with `state` as `coverage.met` gives it."""
    return rows[rows["state"].isin(STATES)]


def met(rows: pd.DataFrame) -> pd.DataFrame:
    """Needs that are fully met."""
    return rows[rows["state"] == MET]


def partly_met(rows: pd.DataFrame) -> pd.DataFrame:
    """Needs that are met in part: somewhere only, or by less than is needed."""
    return rows[rows["state"] == PARTLY]


def unmet(rows: pd.DataFrame) -> pd.DataFrame:
    """Needs that nobody meets."""
    return rows[rows["state"] == OPEN]


def not_told(rows: pd.DataFrame) -> pd.DataFrame:
    """Needs of which it cannot be told whether they are met."""
    return rows[rows["state"].isin([MAYBE, UNTOLD])]


def later(rows: pd.DataFrame) -> pd.DataFrame:
    """Needs that become valid after the Stichtag."""
    return rows[rows["state"] == LATER]


def past(rows: pd.DataFrame) -> pd.DataFrame:
    """Needs that are valid no more."""
    return rows[rows["state"] == PAST]
