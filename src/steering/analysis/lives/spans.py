"""When each funding is active, and until when its fundings carry a structure.

A funding whose end lies before its start (it cannot be entered, but may have been imported) has no
day; it still says that its structure lives on fundings.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from steering.analysis.changes import CARRIED
from steering.analysis.intervals import days, ends
from steering.analysis.intervals.days import DOOM, NO_DAY, Days
from steering.analysis.intervals.ends import Effective, Mask
from steering.analysis.portfolio import Portfolio
from steering.analysis.scenarios.scenario import in_scenario
from steering.analysis.view import View
from steering.model import EndKind, FundingPart

ACTIVE, UNKNOWN = "active", "unknown"


@dataclass(frozen=True)
class Fundings:
    """All fundings of structures that exist, one entry per funding.

    `structure`: row of its structure in `portfolio.structures`; `effective`: its days under the view's
    scenario, for a co-financing that accompanies a carrying funding the days of that one.
    `accompanied`: row of that carrying funding, else −1.
    """

    records: pd.DataFrame
    structure: Days
    carrying: Mask
    accompanied: Days
    terms: ends.Terms
    effective: Effective


def fundings(portfolio: Portfolio, view: View) -> Fundings:
    """Read the fundings of a Portfolio under the view's scenario."""
    records = portfolio.fundings
    structure = pd.Index(portfolio.structures["id"]).get_indexer(pd.Index(records["structure_id"]))
    known = structure >= 0
    if not known.all():
        records, structure = records[known].reset_index(drop=True), structure[known]
    terms = ends.terms(records, "start", "end")
    carrying = (records["part"] == FundingPart.CARRYING).to_numpy()
    accompanied = _accompanied(records, carrying)
    effective = ends.effective(terms, view.today, view.scenario.rule)
    return Fundings(
        records,
        structure.astype(np.int64),
        carrying,
        accompanied,
        terms,
        # A co-financing can be extended or ended by itself.
        _following(effective, accompanied, terms.contradictory).within(terms),
    )


def funded(fundings: Fundings, structures: pd.DataFrame) -> Mask:
    """Which of the structures have carrying fundings, whatever their days, in the data before any change."""
    if CARRIED in structures:
        return structures[CARRIED].to_numpy(dtype=bool)
    found = np.zeros(len(structures), dtype=bool)
    found[fundings.structure[fundings.carrying]] = True
    return found


def last_carried(fundings: Fundings, structures: int) -> Days:
    """Last day on which a carrying funding is active or unknown, per row of `portfolio.structures`.

    The end of time where that is open, before all time where there is no such day.
    """
    last = np.full(structures, NO_DAY)
    carrying = fundings.carrying
    np.maximum.at(last, fundings.structure[carrying], fundings.effective.final[carrying])
    return last


def last_carrying(records: pd.DataFrame, terms: ends.Terms, today: date) -> Days:
    """Rows of each structure's last carrying fundings with a known end not before today, by structure.

    No row where an OPEN one carries the structure; one with an UNKNOWN end is none and hides none. Several
    that end on the same day are all its last.
    """
    structure = records["structure_id"].to_numpy()
    carrying = (records["part"] == FundingPart.CARRYING).to_numpy() & ~terms.contradictory
    endless = carrying & (terms.kind == EndKind.OPEN)
    ahead = carrying & (terms.end >= days.number(today)) & (terms.end < DOOM)
    ahead &= ~np.isin(structure, structure[endless])
    order = np.lexsort((records["id"].to_numpy(), terms.end, structure))
    order = order[ahead[order]]
    last = order[np.append(structure[order][1:] != structure[order][:-1], True)[: len(order)]]
    end = pd.Series(terms.end[last], index=structure[last]).reindex(structure[order]).to_numpy()
    return order[terms.end[order] == end]


@in_scenario
def funding_spans(portfolio: Portfolio, view: View) -> pd.DataFrame:
    """The days on which each funding is active, and those on which nobody knows whether it is.

    Columns: funding_id, structure_id, part, state ("active" or "unknown"), start, end (both inclusive,
    NaT where open). At most one row of each state per funding, in the order of the fundings; not cut
    to the horizon.
    """
    found = fundings(portfolio, view)
    period = found.effective
    active, unknown = period.start <= period.last, period.in_doubt
    rows = np.concatenate([np.flatnonzero(active), np.flatnonzero(unknown)])
    start = np.concatenate([period.start[active], period.unknown_from[unknown]])
    end = np.concatenate([period.last[active], period.unknown_until[unknown]])
    state = np.repeat(np.array([ACTIVE, UNKNOWN], dtype=object), [active.sum(), unknown.sum()])
    order = np.argsort(rows, kind="stable")
    records = found.records[["id", "structure_id", "part"]].iloc[rows[order]]
    return pd.DataFrame(
        {
            "funding_id": records["id"].to_numpy(),
            "structure_id": records["structure_id"].to_numpy(),
            "part": records["part"].array,
            "state": pd.array(state[order], dtype="str"),
            "start": days.dates(start[order]),
            "end": days.dates(end[order]),
        }
    )


def _accompanied(records: pd.DataFrame, carrying: Mask) -> Days:
    target = records["accompanies_id"].astype("float64").to_numpy()
    row = pd.Index(records["id"].astype("float64")).get_indexer(pd.Index(target))
    follows = (row >= 0) & ~np.isnan(target) & ~carrying
    follows &= carrying[row] if len(row) else False
    return np.where(follows, row, -1)


def _following(effective: Effective, accompanied: Days, contradictory: Mask) -> Effective:
    """Each accompanied period instead of the own one; none where the own days contradict each other."""
    rows = np.where(accompanied >= 0, accompanied, np.arange(len(accompanied)))
    followed = effective.at(rows)
    return Effective(
        followed.start,
        np.where(contradictory, NO_DAY, followed.last),
        np.where(contradictory, NO_DAY, followed.unknown_until),
    )
