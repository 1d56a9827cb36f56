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
from steering.model.german import day, listing


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
    """That such a figure goes on after its structure, and what to do about it: a sentence for each."""
    return [_words(own) for _, own in rows.groupby("structure_id", sort=False)]


def _words(own: pd.DataFrame) -> str:
    name, ended = f"»{own['name'].iloc[0]}«", day(own["ended"].iloc[0])
    lengths = [until_when(last) for last in own["counted_until"].drop_duplicates()]
    # Told one by one, what is said of each would deny what is said of the other.
    if len(lengths) > 1:
        return (
            f"Förderungen von {name} laufen über das Ende der Struktur am {ended} hinaus und sind so lange "
            f"eingerechnet: {listing(lengths, len(lengths))}. Welches der Enden gilt, ist noch zu klären."
        )
    return (
        f"Die Förderung von {name} läuft über das Ende der Struktur am {ended} hinaus und ist so lange "
        f"eingerechnet: {lengths[0]}. Welches der beiden Enden gilt, ist noch zu klären."
    )
