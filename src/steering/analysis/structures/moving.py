"""What sittings that come, move or fall away do to deadlines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from steering.analysis.portfolio import Portfolio
from steering.analysis.scenarios.draft import appended
from steering.analysis.structures.deadlines import deadlines
from steering.model import CommitteeDate, Provenance
from steering.model.german import count


@dataclass(frozen=True)
class NewSitting:
    committee_id: int
    day: date
    papers_due: date


@dataclass(frozen=True)
class ChangedSittings:
    """`changed`: the day and the Vorlagenschluss of recorded sittings, None for one that falls away."""

    new: Sequence[NewSitting] = ()
    changed: Mapping[int, tuple[date, date] | None] = field(default_factory=dict)


@dataclass(frozen=True)
class DeadlinesMoved:
    """How many fundings have to be decided about, or acted on, earlier, later, or on another footing.

    `settled`: a recorded sitting stands where an example or an estimate stood; `lost`: the other way round.
    """

    earlier: int = 0
    later: int = 0
    settled: int = 0
    lost: int = 0

    @property
    def words(self) -> str:
        """2 Fristen früher, 1 Frist später; "keine Frist ändert sich" where nothing moves."""
        told = [
            f"{count(amount, 'Frist', 'Fristen')} {how}"
            for amount, how in (
                (self.earlier, "früher"),
                (self.later, "später"),
                (self.settled, "nun nach eingelesenen Sitzungen"),
                (self.lost, "ohne eingelesene Sitzung"),
            )
            if amount
        ]
        return ", ".join(told) or "keine Frist ändert sich"


def moved(portfolio: Portfolio, today: date, by: ChangedSittings) -> DeadlinesMoved:
    """What these sittings do to the deadlines of all fundings that end ahead."""
    before, after = (
        deadlines(each, today).set_index("funding_id") for each in (portfolio, with_sittings(portfolio, by))
    )
    after = after.loc[before.index]
    firm, firm_after = (_is_firm(rows) for rows in (before, after))
    both = firm & firm_after
    first, first_after = (rows[["act_by", "decide_by"]] for rows in (before, after))
    earlier = both & (first_after < first).any(axis=1)
    later = both & ~earlier & (first_after > first).any(axis=1)
    return DeadlinesMoved(
        int(earlier.sum()), int(later.sum()), int((firm_after & ~firm).sum()), int((firm & ~firm_after).sum())
    )


def with_sittings(portfolio: Portfolio, by: ChangedSittings) -> Portfolio:
    """The Portfolio as it would be with them."""
    rows = portfolio.committee_dates
    gone = [key for key, days in by.changed.items() if days is None]
    kept = rows[~rows["id"].isin(gone)].copy()
    for key, days in by.changed.items():
        if days is not None:
            kept.loc[kept["id"] == key, ["day", "papers_due"]] = [pd.Timestamp(day) for day in days]
    first = int(rows["id"].max()) + 1 if len(rows) else 1
    new = [
        {
            "id": key,
            "committee_id": each.committee_id,
            "day": each.day,
            "papers_due": each.papers_due,
            "provenance": Provenance.DOCUMENTED,
        }
        for key, each in enumerate(by.new, start=first)
    ]
    if new:
        kept = appended(kept, CommitteeDate, new)
    return portfolio.replacing({"committee_date": kept.reset_index(drop=True)})


def _is_firm(rows: pd.DataFrame) -> pd.Series:
    return ~rows["decide_estimated"] & ~rows["decide_example"]
