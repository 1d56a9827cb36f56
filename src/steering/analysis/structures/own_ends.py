"""Which structures end by their own last day, and not because their money does."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from steering.analysis.discretion import withheld_ends
from steering.analysis.intervals import days, ends
from steering.analysis.intervals.days import DOOM, NO_DAY, Days
from steering.analysis.portfolio import Portfolio
from steering.analysis.structures.directory import directory
from steering.model import FundingPart, OnLoss


def own_ends(portfolio: Portfolio) -> pd.DataFrame:
    """Their rows of `structures`, and `last`: the day after which nothing that pays for them helps.

    That is so where no funding carries them, where one does beyond that day or for nobody knows how long,
    and where they go on by own means until then.
    """
    rows = portfolio.structures
    own = ends.terms(rows, "valid_from", "valid_until")
    known = (own.end > NO_DAY) & (own.end < DOOM) & ~own.contradictory
    goes_on = (rows["on_loss"] == OnLoss.CONTINUES).to_numpy()
    ends_by_itself = known & (goes_on | (own.end < _carried_until(portfolio)))
    return rows.assign(last=days.dates(np.where(known, own.end, DOOM)))[ends_by_itself]


def ahead(portfolio: Portfolio, today: date) -> pd.DataFrame:
    """What of it is still to come and not withheld, soonest first: rows of `directory`, and `end`."""
    found = own_ends(portfolio).rename(columns={"id": "structure_id", "last": "end"})
    found = found[found["end"] >= pd.Timestamp(today)]
    found = found[~found["structure_id"].isin(withheld_ends(portfolio))]
    rows = directory(portfolio).merge(found[["structure_id", "end"]], on="structure_id")
    return rows.sort_values(["end", "name", "structure_id"]).reset_index(drop=True)


def _carried_until(portfolio: Portfolio) -> Days:
    """The last day that the carrying fundings of each structure reach; no last one where it has none."""
    fundings = portfolio.fundings[portfolio.fundings["part"] == FundingPart.CARRYING]
    period = ends.terms(fundings, "start", "end")
    last = pd.Series(np.where(period.contradictory, NO_DAY, period.end), index=fundings["structure_id"])
    latest = last.groupby(level=0).max().reindex(portfolio.structures["id"], fill_value=DOOM)
    return np.asarray(latest, dtype=np.int64)
