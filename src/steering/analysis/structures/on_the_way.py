"""The sittings on the way to one decision, where no chain of recorded ones makes it too: who decides, who
prepares, whose Vorlagenschluss comes first.

An example is one all the time: `Sitting.invented` says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from steering.analysis.portfolio import Portfolio
from steering.analysis.structures import sittings
from steering.model import Provenance

Row = Mapping[Any, Any]
"""A row of `deadlines.deadlines`."""


@dataclass(frozen=True)
class Sitting:
    """A sitting; without days where none is known. `invented`: it is an example."""

    committee: int | None
    day: date | None = None
    papers_due: date | None = None
    invented: bool = False


def deciding(portfolio: Portfolio, due: Row) -> Sitting:
    """The sitting by which to decide; where none fits, the last one up to the end, whose Vorlagenschluss is
    past, else one without a day."""
    key = due["missed_date_id" if due["decide_estimated"] else "committee_date_id"]
    if pd.isna(key):
        return Sitting(sittings.roles(portfolio).decides)
    dates = portfolio.committee_dates
    return _sitting(dates[dates["id"] == key].iloc[0])


def preparing(portfolio: Portfolio, today: date, due: Row) -> Sitting | None:
    """That of the chain, else the last sitting up to the decision of who prepares: a recorded one, else an
    example.

    Without a day where there is none; None where no committee prepares.
    """
    committees = sittings.roles(portfolio).prepares
    if not committees:
        return None
    dates = portfolio.committee_dates
    if pd.notna(due["prepare_date_id"]):
        return _sitting(dates[dates["id"] == due["prepare_date_id"]].iloc[0])
    if not due["decide_estimated"]:
        dates = sittings.counting(portfolio)
        until_then = (dates["day"] >= pd.Timestamp(today)) & (dates["day"] <= due["decide_by"])
        dates = dates[dates["committee_id"].isin(committees) & until_then].sort_values(["day", "id"])
        for invented in (False, True):
            found = dates[(dates["provenance"] == Provenance.EXAMPLE) == invented]
            if len(found):
                return _sitting(found.iloc[-1])
    return Sitting(committees[0])


def first_papers(portfolio: Portfolio, today: date, due: Row) -> Sitting:
    """The sitting whose Vorlagenschluss is the first to keep: that of who prepares, without a day where it is
    not known; that of who decides where nobody prepares, or it is too late for that."""
    prepares = preparing(portfolio, today, due)
    missed = prepares is not None and prepares.papers_due is not None and prepares.papers_due < today
    if prepares is None or missed or due["too_late_to_prepare"]:
        return deciding(portfolio, due)
    return prepares


def _sitting(row: pd.Series) -> Sitting:
    return Sitting(
        int(row["committee_id"]), row["day"].date(), row["papers_due"].date(),
        bool(row["provenance"] == Provenance.EXAMPLE),
    )  # fmt: skip
