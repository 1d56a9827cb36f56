"""What it costs and who pays, by budget year, by quarter, or by any other periods."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from steering.analysis.intervals import days, falls
from steering.analysis.intervals.days import DAWN, DOOM, Days
from steering.analysis.intervals.ends import Mask
from steering.analysis.intervals.falls import Fall
from steering.analysis.money.flows import PAYERS, UNCOVERED, flows
from steering.analysis.portfolio import Portfolio
from steering.analysis.scenarios.scenario import in_scenario
from steering.analysis.view import Horizon, View

__all__ = [
    "PAYERS",
    "UNCOVERED",
    "flows",
    "largest_fall",
    "per_period",
    "per_quarter",
    "per_year",
    "totals",
    "years",
]

_DAYS_OF_A_YEAR = 365.25
_LEAP_YEARS = 0.005  # In years of different length the same sum is less a day; that is no fall.

Floats = npt.NDArray[np.float64]


class Stream(NamedTuple):
    """Flows as numbers; `source` counts fundings and structures that go on, `payer` is a row of PAYERS."""

    source: Days
    payer: Days
    start: Days
    end: Days
    per_day: Floats
    per_year: Floats
    known: Mask


@in_scenario
def per_period(portfolio: Portfolio, view: View, periods: pd.DataFrame) -> pd.DataFrame:
    """What each payer pays in each period, and of how many fundings that is not known.

    `periods`: a frame with the columns first and last, both inclusive. Columns: first, last, payer, cents
    (sum of what is known; NaN where there is money and none of it is known), known_rows (fundings, or
    for "uncovered" structures, whose amount is known on all days they have in the period), unknown_rows
    (those whose amount is unknown on any of them). One row per period and payer, in these orders.
    """
    return totals(flows(portfolio, view), periods)


def totals(found: pd.DataFrame, periods: pd.DataFrame) -> pd.DataFrame:
    """The same for flows that are at hand."""
    stream = _stream(found)
    first, last = days.numbers(periods["first"], DAWN), days.numbers(periods["last"], DOOM)
    # One turn per period, not per flow: all flows against all periods at once would not fit in memory.
    sums = [_sums(stream, *bounds) for bounds in zip(first, last, strict=True)]
    cents, known, unknown = np.array(sums, dtype=np.float64).reshape(-1, 3, len(PAYERS)).swapaxes(0, 1)
    return pd.DataFrame(
        {
            "first": days.dates(np.repeat(first, len(PAYERS))),
            "last": days.dates(np.repeat(last, len(PAYERS))),
            "payer": pd.array(np.tile(np.array(PAYERS, dtype=object), len(first)), dtype="str"),
            "cents": cents.ravel(),
            "known_rows": known.ravel().astype(np.int64),
            "unknown_rows": unknown.ravel().astype(np.int64),
        }
    )


@in_scenario
def per_year(portfolio: Portfolio, view: View) -> pd.DataFrame:
    """`per_period` for the calendar years of the horizon; a year that it cuts counts by its days within."""
    return per_period(portfolio, view, years(view.horizon))


@in_scenario
def per_quarter(portfolio: Portfolio, view: View) -> pd.DataFrame:
    """`per_period` for the quarters of the horizon; a quarter that it cuts counts by its days within."""
    return per_period(portfolio, view, _periods(view.horizon, "Q"))


@in_scenario
def largest_fall(portfolio: Portfolio, view: View) -> Fall | None:
    """The day after the Stichtag from which the most known money is missing, and how many cents a quarter.

    Without what nobody pays; a quarter is the fourth part of a year, whichever days it has.
    """
    found = flows(portfolio, view)
    stream = _stream(found[found["known"] & (found["payer"] != UNCOVERED)])
    per_quarter = (stream.per_day * _DAYS_OF_A_YEAR + stream.per_year) / 4
    return falls.largest_fall(
        stream.start, stream.end, per_quarter, view.as_of, view.horizon.last, noise=_LEAP_YEARS
    )


def years(horizon: Horizon) -> pd.DataFrame:
    """The calendar years of a horizon, cut to it: first, last."""
    return _periods(horizon, "Y")


def _periods(horizon: Horizon, frequency: str) -> pd.DataFrame:
    found = pd.period_range(horizon.first, horizon.last, freq=frequency)
    first, last = found.start_time.to_numpy("datetime64[s]"), found.end_time.to_numpy("datetime64[D]")
    return pd.DataFrame(
        {
            "first": np.maximum(first, np.datetime64(horizon.first, "s")),
            "last": np.minimum(last.astype("datetime64[s]"), np.datetime64(horizon.last, "s")),
        }
    )


def _stream(found: pd.DataFrame) -> Stream:
    # Each funding is one source, and each structure that goes on without money is another.
    owner = found["funding_id"].fillna(-1).to_numpy(dtype=np.int64)
    structure = np.where(owner < 0, found["structure_id"].to_numpy(), -1)
    _, source = np.unique(np.stack([owner, structure]), axis=1, return_inverse=True)
    return Stream(
        source.ravel(),
        pd.Index(PAYERS).get_indexer(pd.Index(found["payer"])),
        days.numbers(found["start"], DAWN),
        days.numbers(found["end"], DOOM),
        found["cents_per_day"].to_numpy(),
        found["cents_per_year"].to_numpy(),
        found["known"].to_numpy(),
    )


def _sums(stream: Stream, first: int, last: int) -> tuple[Floats, Days, Days]:
    """Cents, known and unknown sources per payer on the days from `first` to `last`."""
    start, end = np.maximum(stream.start, first), np.minimum(stream.end, last)
    flowing = np.flatnonzero(start <= end)
    start, stop, known = start[flowing], end[flowing] + 1, stream.known[flowing]
    payer, source = stream.payer[flowing], stream.source[flowing]
    cents = stream.per_day[flowing] * (stop - start) + stream.per_year[flowing] * _years(start, stop)
    total = np.bincount(payer[known], cents[known], minlength=len(PAYERS))
    in_doubt = np.unique(source[~known])
    payer_of = np.zeros(stream.source.max(initial=0) + 1, dtype=np.int64)
    payer_of[source] = payer
    unknown = np.bincount(payer_of[in_doubt], minlength=len(PAYERS))
    every = np.bincount(payer_of[np.unique(source)], minlength=len(PAYERS))
    some = np.bincount(payer[known], minlength=len(PAYERS)) > 0
    cents = np.where(~some & (unknown > 0), np.nan, total)
    return cents, every - unknown, unknown.astype(np.int64)


def _years(start: Days, stop: Days) -> Floats:
    """Calendar years from one day to another, each day being its share of its own year."""
    year, part = _year_and_part(start)
    last_year, last_part = _year_and_part(stop)
    return (last_year - year) + (last_part - part)


def _year_and_part(day: Days) -> tuple[Days, Floats]:
    year = days.year(day)
    begin = days.new_year(year)
    return year, (day - begin) / (days.new_year(year + 1) - begin)
