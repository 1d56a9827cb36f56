"""By when to act, so that what a funding carries can go on after its end.

Decisions beyond docs/rules.md#by-when-to-act:

- A programme's day that its month lacks (31 November) is the month's last day.
- Of several sittings on one day, the committee with the highest rank decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from steering.analysis.intervals import days, ends
from steering.analysis.intervals.days import NO_DAY, Days
from steering.analysis.intervals.ends import Mask
from steering.analysis.lives import spans
from steering.analysis.portfolio import Portfolio
from steering.model import Extension, Provenance

APPLICATION_MONTHS = 6
DECISION_MONTHS = 8
# Nobody can apply: there is no directive yet, or there is to be no further grant.
CLOSED = (Extension.NOT_YET_POSSIBLE, Extension.RULED_OUT)


@dataclass(frozen=True)
class Sittings:
    """Committee dates whose papers are still accepted, by day."""

    records: pd.DataFrame
    day: Days


def deadlines(portfolio: Portfolio, today: date) -> pd.DataFrame:
    """By when to apply and to decide, for each structure whose carrying money ends on a known day ahead.

    Columns: structure_id, funding_id (its last carrying funding), end (E, see `ends.Terms`), extension,
    apply_by (NaT where an application is not yet possible, or ruled out), apply_estimated (E − 6 months, as
    the programme names no day), decide_by, decide_estimated (E − 8 months, as no sitting fits),
    committee_id and committee_date_id (Int64, NA where estimated), decide_example (the sitting is an
    example). Sorted by end, structure_id and the earlier of both days: fundings of a structure that end on
    one day each have a row. Structures that an OPEN carrying funding carries have none; a funding whose end
    is UNKNOWN, or after which nothing is needed, has none itself and hides none.
    """
    fundings = portfolio.fundings
    terms = ends.terms(fundings, "start", "end")
    rows = spans.last_carrying(fundings, terms, today)
    rows = rows[fundings["extension"].to_numpy(dtype=object)[rows] != Extension.NOT_NEEDED]
    records = fundings[["id", "structure_id", "programme_id", "extension"]].iloc[rows]
    end = terms.end[rows]
    apply_by, apply_estimated = _apply_by(records, end, portfolio.programmes)
    possible = ~records["extension"].isin(CLOSED).to_numpy()
    limit = np.where(possible, np.minimum(end, apply_by), end)
    sittings = _sittings(portfolio, days.number(today))
    row = _sitting(sittings, limit, end)
    estimated = row < 0
    chosen = sittings.records.reindex(row)
    day = np.append(sittings.day, NO_DAY)[row]
    found = pd.DataFrame(
        {
            "structure_id": records["structure_id"].to_numpy(),
            "funding_id": records["id"].to_numpy(),
            "end": days.dates(end),
            "extension": records["extension"].array,
            "apply_by": days.dates(np.where(possible, apply_by, NO_DAY)),
            "apply_estimated": possible & apply_estimated,
            "decide_by": days.dates(np.where(estimated, days.add_months(end, -DECISION_MONTHS), day)),
            "decide_estimated": estimated,
            "committee_id": chosen["committee_id"].astype("Int64").array,
            "committee_date_id": chosen["id"].astype("Int64").array,
            "decide_example": (chosen["provenance"] == Provenance.EXAMPLE).to_numpy(dtype=bool),
        }
    )
    first = found[["apply_by", "decide_by"]].min(axis=1)
    order = np.lexsort([found[name] for name in ("funding_id", "structure_id", "end")])
    order = order[np.lexsort([key.iloc[order] for key in (first, found["structure_id"], found["end"])])]
    return found.iloc[order].reset_index(drop=True)


def _apply_by(records: pd.DataFrame, end: Days, programmes: pd.DataFrame) -> tuple[Days, Mask]:
    """Antrag bis by the programme's rule, and where there is none the estimate."""
    rule = programmes[["deadline_on", "deadline_day", "deadline_month", "deadline_years_before"]]
    of = rule.set_index(programmes["id"].astype("Int64")).reindex(records["programme_id"])
    fixed = days.numbers(of["deadline_on"], NO_DAY)
    yearly = _yearly(of, end)
    estimate = days.add_months(end, -APPLICATION_MONTHS)
    apply_by = np.select([fixed != NO_DAY, yearly != NO_DAY], [fixed, yearly], default=estimate)
    return apply_by, (fixed == NO_DAY) & (yearly == NO_DAY)


def _yearly(programmes: pd.DataFrame, end: Days) -> Days:
    """The programme's day and month, so many years before the year of the day after the end."""
    given = (programmes["deadline_day"].notna() & programmes["deadline_month"].notna()).to_numpy()
    day, month, years = (
        programmes[f"deadline_{part}"].fillna(1).to_numpy(dtype=np.int64)
        for part in ("day", "month", "years_before")
    )
    first = days.add_months(days.new_year(days.year(end + 1) - years), month - 1)
    return np.where(given, np.minimum(first + day, days.add_months(first, 1)) - 1, NO_DAY)


def _sittings(portfolio: Portfolio, now: int) -> Sittings:
    dated = portfolio.committee_dates[["id", "committee_id", "day", "papers_due", "provenance"]]
    dated = dated[days.numbers(dated["papers_due"], NO_DAY) >= now]
    rank = dated["committee_id"].map(portfolio.committees.set_index("id")["rank"]).to_numpy()
    day = days.numbers(dated["day"], NO_DAY)
    order = np.lexsort((dated["id"].to_numpy(), rank, day))
    return Sittings(dated.iloc[order].reset_index(drop=True), day[order])


def _sitting(sittings: Sittings, limit: Days, end: Days) -> Days:
    """Row of the last sitting before the limit, else of the last one up to the end, else −1."""
    before = np.searchsorted(sittings.day, limit, side="left") - 1
    until = np.searchsorted(sittings.day, end, side="right") - 1
    return np.where(before >= 0, before, until)
