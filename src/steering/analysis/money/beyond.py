"""Money that is counted after its structure has ended: one of the two recorded days cannot be right."""

from __future__ import annotations

import numpy as np
import pandas as pd

from steering.analysis.intervals import days
from steering.analysis.intervals.days import NO_DAY
from steering.analysis.lives import spans, stretches
from steering.analysis.money.following import until_when
from steering.analysis.portfolio import Portfolio
from steering.analysis.scenarios.scenario import in_scenario
from steering.analysis.view import View
from steering.model.german import day


@in_scenario
def beyond(portfolio: Portfolio, view: View) -> pd.DataFrame:
    """Every funding that is counted today or later though its structure has ended.

    Columns: structure_id, name (of the structure), ended (its last day), counted_until (NaT where open).
    In the order of the fundings.
    """
    found, alive = spans.fundings(portfolio, view), stretches.segments(portfolio, view)
    last = np.full(len(portfolio.structures), NO_DAY)
    np.maximum.at(last, alive.key, alive.end)
    ended = last[found.structure]
    until = found.effective.final
    rows = np.flatnonzero((ended > NO_DAY) & (until > ended) & (until >= days.number(view.today)))
    keys = found.records["structure_id"].to_numpy()[rows]
    return pd.DataFrame(
        {
            "structure_id": keys,
            "name": pd.Series(keys, dtype="int64").map(portfolio.names("structure")),
            "ended": days.dates(ended[rows]),
            "counted_until": days.dates(until[rows]),
        }
    )


def words(rows: pd.DataFrame) -> list[str]:
    """That such a figure goes on after its structure, and what to do about it."""
    return [
        f"Die Förderung von »{row['name']}« läuft über das Ende der Struktur am {day(row['ended'])} hinaus "
        f"und ist so lange eingerechnet: {until_when(row['counted_until'])}. Welches der "
        "beiden Enden gilt, ist noch zu klären."
        for row in rows.drop_duplicates(["structure_id", "counted_until"]).to_dict("records")
    ]
