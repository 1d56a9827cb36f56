"""Co-financing that is counted longer, or shorter, than its own days say: it follows another funding."""

from __future__ import annotations

import numpy as np
import pandas as pd

from steering.analysis.intervals import days
from steering.analysis.intervals.days import DOOM
from steering.analysis.lives import spans
from steering.analysis.portfolio import Portfolio
from steering.analysis.scenarios.scenario import in_scenario
from steering.analysis.view import View
from steering.model.german import day


@in_scenario
def following(portfolio: Portfolio, view: View) -> pd.DataFrame:
    """Every co-financing with a recorded end other than the last day on which it is counted.

    Columns: structure_id, name (of the structure), funding, end (as recorded), counted_until (NaT where
    open). In the order of the fundings.
    """
    found = spans.fundings(portfolio, view)
    until = found.effective.last
    recorded = found.terms.end
    rows = np.flatnonzero((found.accompanied >= 0) & (recorded < DOOM) & (until != recorded))
    rows = rows[until[rows] >= found.effective.start[rows]]
    keys = found.records["structure_id"].to_numpy()[rows]
    return pd.DataFrame(
        {
            "structure_id": keys,
            "name": pd.Series(keys, dtype="int64").map(portfolio.names("structure")),
            "funding": found.records["name"].to_numpy()[rows],
            "end": days.dates(recorded[rows]),
            "counted_until": days.dates(until[rows]),
        }
    )


def words(rows: pd.DataFrame) -> list[str]:
    """Why such a figure stands beyond its own end, or not up to it."""
    return [
        f"Die Kofinanzierung von »{row['name']}« ist bis {day(row['end'])} erfasst; sie begleitet eine "
        f"andere Förderung und ist so lange eingerechnet wie diese: {until_when(row['counted_until'])}."
        for row in rows.drop_duplicates(["structure_id", "end", "counted_until"]).to_dict("records")
    ]


def until_when(last: pd.Timestamp) -> str:
    """The last day on which something is counted, in words."""
    return "ohne festes Ende" if pd.isna(last) else f"bis {day(last)}"
