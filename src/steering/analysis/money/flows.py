"""Who pays how much a day: the fundings' amounts spread by days, and what falls on the Landkreis.

Decisions beyond docs/rules.md#money:

- A funding's money flows on its effective days, whether or not the structure's own validity limits it.
- While nobody knows whether a funding is active, its amount is unknown, and so is the cost of a structure
  on own means while its own validity is unknown.
- A total is spread over `start` to E. A co-financing that lacks one of the two takes both from the
  carrying funding it accompanies. Without both days the daily rate is unknown.
- The cost of CONTINUES is unknown, too, where effective FTE are zero on the last carried day, and where
  it is unknown on that day whether one of the fundings is active.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from steering.analysis.intervals import days, sizes
from steering.analysis.intervals.days import DAWN, DOOM, Days
from steering.analysis.intervals.ends import Mask
from steering.analysis.lives import spans, stretches
from steering.analysis.lives.spans import Fundings
from steering.analysis.portfolio import Portfolio
from steering.analysis.scenarios.scenario import in_scenario
from steering.analysis.view import View
from steering.model import AmountBasis, Payer

UNCOVERED = "uncovered"
PAYERS = (*(payer.value for payer in Payer), UNCOVERED)

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Rates:
    """Cents per day of a total and cents per calendar year; both NaN where unknown, else they add up."""

    per_day: Floats
    per_year: Floats

    @property
    def known(self) -> Mask:
        return ~np.isnan(self.per_day)

    def at(self, rows: Days) -> Rates:
        return Rates(self.per_day[rows], self.per_year[rows])


@in_scenario
def flows(portfolio: Portfolio, view: View) -> pd.DataFrame:
    """All money by who pays it, as stretches of days at a constant rate; not cut to the horizon.

    Columns: funding_id (Int64; NA for the cost of CONTINUES), structure_id, payer ("grant", "own",
    "third", "uncovered"), start, end (inclusive, NaT where open), cents_per_day (of a total),
    cents_per_year (spread over the days of each calendar year), known. What a day costs is
    cents_per_day + cents_per_year ÷ days of its year; both are NaN where that is not known.
    """
    found = spans.fundings(portfolio, view)
    rates = rates_of(found)
    period = found.effective
    active, doubtful = np.flatnonzero(period.start <= period.last), np.flatnonzero(period.in_doubt)
    row = np.concatenate([active, doubtful])
    funded = _flow(
        funding=found.records["id"].to_numpy()[row],
        structure=found.records["structure_id"].to_numpy()[row],
        payer=found.records["payer"].to_numpy(dtype=object)[row],
        start=np.concatenate([period.start[active], period.unknown_from[doubtful]]),
        end=np.concatenate([period.last[active], period.unknown_until[doubtful]]),
        rates=_joined(rates.at(active), _unknown(len(doubtful))),
    )
    return pd.concat([funded, _uncovered(portfolio, view, found, rates)], ignore_index=True)


def _flow(
    funding: Days | None,
    structure: Days,
    payer: npt.NDArray[np.object_],
    start: Days,
    end: Days,
    rates: Rates,
) -> pd.DataFrame:
    nothing = np.full(len(structure), funding is None)
    numbers = np.zeros(len(structure), dtype=np.int64) if funding is None else funding
    return pd.DataFrame(
        {
            "funding_id": pd.arrays.IntegerArray(numbers, nothing),
            "structure_id": structure,
            "payer": pd.array(payer, dtype="str"),
            "start": days.dates(start),
            "end": days.dates(end),
            "cents_per_day": rates.per_day,
            "cents_per_year": rates.per_year,
            "known": rates.known,
        }
    )


def rates_of(found: Fundings) -> Rates:
    """The rate of each funding on a day on which it is active."""
    amount = found.records["amount_cents"].astype("float64").to_numpy()
    basis = found.records["amount_basis"].to_numpy(dtype=object)
    by_year, total = basis == AmountBasis.PER_YEAR, basis == AmountBasis.TOTAL
    per_day = np.select([by_year, total], [0.0 * amount, amount / _spread_over(found)], default=np.nan)
    return Rates(per_day, np.where(np.isnan(per_day), np.nan, np.where(by_year, amount, 0.0)))


def _spread_over(found: Fundings) -> Floats:
    """How many days a total is spread over; NaN where that is not known."""
    start, end = found.terms.start, found.terms.end
    length = np.where((start > DAWN) & (end < DOOM) & (start <= end), end - start + 1.0, np.nan)
    borrowed = np.where(found.accompanied >= 0, length[found.accompanied], np.nan) if len(length) else length
    return np.where(np.isnan(length), borrowed, length)


def _uncovered(portfolio: Portfolio, view: View, found: Fundings, rates: Rates) -> pd.DataFrame:
    """What structures cost that go on after the last day their fundings carried them."""
    structures = portfolio.structures
    last = spans.last_carried(found, len(structures))
    pieces = stretches.segments(portfolio, view)
    after = pieces.where(stretches.continues(structures, last)[pieces.key] & (pieces.end > last[pieces.key]))
    running = after.sums[:, stretches.SUPPORT] == stretches.ON_OWN_MEANS
    cost = _cost_of_going_on(structures, found, rates, last).at(after.key)
    return _flow(
        funding=None,
        structure=structures["id"].to_numpy()[after.key],
        payer=np.full(len(after.key), UNCOVERED, dtype=object),
        # Days in doubt may reach back before the last carried one.
        start=np.maximum(after.start, last[after.key] + 1),
        end=after.end,
        rates=Rates(np.where(running, cost.per_day, np.nan), np.where(running, cost.per_year, np.nan)),
    )


def _cost_of_going_on(structures: pd.DataFrame, found: Fundings, rates: Rates, last: Days) -> Rates:
    """The rates of the last carried day × FTE afterwards ÷ effective FTE of that day, per structure."""
    day, period = last[found.structure], found.effective
    active = (period.start <= day) & (day <= period.last)
    counted = active | ((period.unknown_from <= day) & (day <= period.unknown_until))
    effective = effective_fte(structures, found, active & found.carrying)
    after = sizes.sizes(structures, "fte_after").fte
    ratio = np.full(len(structures), np.nan)
    np.divide(after, effective, out=ratio, where=(after != sizes.NOT_KNOWN) & (effective > 0))
    doubt = counted & ~active
    return Rates(
        ratio * per_structure(structures, found, counted, np.where(doubt, np.nan, rates.per_day)),
        ratio * per_structure(structures, found, counted, np.where(doubt, np.nan, rates.per_year)),
    )


def per_structure(
    structures: pd.DataFrame, found: Fundings, counted: Mask, figures: npt.NDArray[np.number]
) -> Floats:
    """The sum of a figure over the fundings that count, per row of `structures`; NaN where one is NaN."""
    rows = found.structure[counted]
    return np.bincount(rows, figures[counted], len(structures)).astype(np.float64)


def effective_fte(structures: pd.DataFrame, found: Fundings, carrying: Mask) -> Days:
    """FTE in parts of each structure while these of its fundings carry it; NOT_KNOWN where unknown."""
    size = sizes.sizes(found.records)
    # Sums of FTE in parts are whole numbers far below the limit up to which floats are exact.
    return sizes.effective(
        per_structure(structures, found, carrying, np.maximum(size.fte, 0)).astype(np.int64),
        np.bincount(found.structure[carrying & (size.fte != sizes.NOT_KNOWN)], minlength=len(structures)),
        np.bincount(found.structure[carrying], minlength=len(structures)),
        sizes.sizes(structures).fte,
    )


def _unknown(length: int) -> Rates:
    return Rates(np.full(length, np.nan), np.full(length, np.nan))


def _joined(first: Rates, second: Rates) -> Rates:
    return Rates(
        np.concatenate([first.per_day, second.per_day]), np.concatenate([first.per_year, second.per_year])
    )
