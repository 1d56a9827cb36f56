"""Which sittings count: what the house has recorded, and examples only where it has recorded none.

A calendar of sittings is made for a year. As soon as one sitting of a committee in a year is recorded, the
examples of that committee and year are invented beside facts: they count nowhere. They stay where they are,
marked as examples, until somebody removes them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from steering.analysis.once import once
from steering.analysis.portfolio import Portfolio
from steering.model import Provenance

YearsRead = dict[int, frozenset[int]]
"""The calendar years in which a committee has a sitting, by committee."""


@once
def counting(portfolio: Portfolio) -> pd.DataFrame:
    """The rows of `committee_dates` that count, in their order."""
    rows = portfolio.committee_dates
    if rows.empty:
        return rows
    example = (rows["provenance"] == Provenance.EXAMPLE).to_numpy()
    place = pd.MultiIndex.from_arrays([rows["committee_id"], rows["day"].dt.year])
    return rows[~example | ~place.isin(place[~example])].reset_index(drop=True)


@once
def recorded(portfolio: Portfolio) -> pd.DataFrame:
    """The sittings that are no examples."""
    rows = portfolio.committee_dates
    return rows[rows["provenance"] != Provenance.EXAMPLE].reset_index(drop=True)


def years_read(rows: pd.DataFrame) -> YearsRead:
    """In which years the committees of these sittings have any."""
    return {
        int(str(key)): frozenset(np.unique(days.dt.year).tolist())
        for key, days in rows.groupby("committee_id")["day"]
    }


@dataclass(frozen=True)
class Roles:
    """The committees on the way to a decision: who decides (None without any), and who prepares it."""

    decides: int | None
    prepares: tuple[int, ...]


def roles(portfolio: Portfolio) -> Roles:
    """The committee of the highest rank decides; those of the next rank below prepare."""
    rows = portfolio.committees.sort_values(["rank", "id"])
    if rows.empty:
        return Roles(None, ())
    last = rows.iloc[-1]
    below = rows[rows["rank"] < last["rank"]]
    preparing = below.loc[below["rank"] == below["rank"].max(), "id"]
    return Roles(int(last["id"]), tuple(int(key) for key in preparing))
