"""The days on which something changes: what runs, and what is needed."""

from __future__ import annotations

import pandas as pd

from steering.analysis.lives import lifecycle
from steering.analysis.needs import directory
from steering.analysis.portfolio import Portfolio
from steering.analysis.scenarios.scenario import in_scenario
from steering.analysis.structures.directory import directory as structures
from steering.analysis.structures.inventory import EVERYTHING, Selection, select
from steering.analysis.view import View


@in_scenario
def turning_points(portfolio: Portfolio, view: View, chosen: Selection = EVERYTHING) -> pd.DataFrame:
    """As `lifecycle.turning_points`, with the needs that begin on a day or have ended by it.

    Of structures and needs those that `chosen` lets through; a need is no level's and no carrier's, so it
    stays whichever of these is chosen.

    Columns: day, starts, ends, needs_start, needs_end; one row per day of the horizon with any of them.
    """
    needs = directory.needs(portfolio)
    if chosen.fields:
        needs = needs[needs["field_slug"].isin(chosen.fields)]
    if chosen.municipalities:
        reached = needs["municipalities"].map(lambda found: bool(found & chosen.municipalities))
        needs = needs[reached.astype(bool)]
    only = set(select(structures(portfolio), chosen)["structure_id"]) if chosen.active else None
    gone = needs["valid_until"] + pd.Timedelta(days=1)
    turns = lifecycle.turning_points(portfolio, view, only).set_index("day")
    found = turns.join(
        [_per_day(needs["valid_from"], "needs_start"), _per_day(gone, "needs_end")], how="outer"
    )
    first, last = pd.Timestamp(view.horizon.first), pd.Timestamp(view.horizon.last)
    found = found[(found.index >= first) & (found.index <= last)].fillna(0).astype("int64")
    return found.sort_index().rename_axis("day").reset_index()


def _per_day(days: pd.Series, name: str) -> pd.Series:
    return days.dropna().value_counts().rename(name)
