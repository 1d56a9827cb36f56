"""Which of the ends ahead a scenario runs beyond, that the records alone do not."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from steering.analysis.lives import lifecycle, stretches
from steering.analysis.portfolio import Portfolio
from steering.analysis.structures.decisions import upcoming
from steering.analysis.view import Scenario, View


def running_on(portfolio: Portfolio, view: View) -> frozenset[int]:
    """The structures of `decisions.upcoming` that run on the day after their end in the scenario, and would
    not if nothing were assumed. The day that is looked at plays no part."""
    if view.scenario == Scenario():
        return frozenset()
    rows = upcoming(portfolio, view)[["structure_id", "end"]]
    after = rows.assign(after=rows["end"] + pd.Timedelta(days=1)).drop(columns="end")
    return _run(portfolio, view, after) - _run(portfolio, replace(view, scenario=Scenario()), after)


def _run(portfolio: Portfolio, view: View, after: pd.DataFrame) -> frozenset[int]:
    found = lifecycle.lives(portfolio, view).merge(after, on="structure_id")
    there = (found["start"].isna() | (found["start"] <= found["after"])) & (
        found["end"].isna() | (found["end"] >= found["after"])
    )
    return frozenset(found.loc[there & (found["state"] == stretches.RUNNING), "structure_id"].astype(int))
