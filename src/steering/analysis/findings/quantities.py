"""How much each need asks for, day by day: a fixed figure, or a rule that follows the values of a Kennzahl.

Decisions beyond docs/rules.md#quantities-by-rule:

- Values are kept to six decimals, so that sums are exact and a rule yields the same in every order.
- Places come only whole: what a rule yields of them is rounded up.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from steering.analysis.findings.lists import OwnedValues, distinct, matches, rows, whole
from steering.analysis.intervals import days
from steering.analysis.intervals.days import DAWN, DOOM, Days
from steering.analysis.intervals.ends import Mask
from steering.analysis.intervals.sweeps import Segments, sweep
from steering.analysis.portfolio import Portfolio
from steering.model import NeedUnit

_PARTS = 1_000_000
_VALUE, _MISSING = range(2)


class Rules(NamedTuple):
    """Per need: the row of its Kennzahl (-1 where it has none), so `each` for `per` of it, in which unit.

    `ruled`: whether its quantity follows a Kennzahl at all, whether or not that one is still there.
    """

    ruled: Mask
    indicator: Days
    each: np.ndarray
    per: np.ndarray
    unit: pd.Series


class Demand(NamedTuple):
    """What needs ask for on stretches of days, sorted by need and start; they fill all time.

    `need`: its row. `amount` in the need's unit, NaN where the Kennzahl has no value. A need without a
    quantity has no row.
    """

    need: Days
    start: Days
    end: Days
    amount: np.ndarray

    @property
    def counted(self) -> Days:
        """The needs that ask for anything, or for nobody knows how much, on some day."""
        return distinct(self.need[~(self.amount <= 0)])


def rules(portfolio: Portfolio) -> Rules:
    """The rules of all needs, in the order of the Portfolio.

    A Beratungsschlüssel with a Kennzahl asks for one full-time equivalent for so many persons; without one
    it is no rule.
    """
    needs = portfolio.needs
    indicator = rows(portfolio.indicators["id"].to_numpy(), whole(needs["indicator_id"]))
    quantity, per = needs["quantity"].to_numpy(dtype=float), needs["per"].to_numpy(dtype=float)
    ratio = (needs["unit"] == NeedUnit.RATIO).to_numpy(dtype=bool) & (indicator >= 0) & (quantity > 0)
    return Rules(
        ruled=ratio | (~np.isnan(per) & (quantity > 0)),
        indicator=indicator,
        each=np.where(ratio, 1.0, quantity),
        per=np.where(ratio, quantity, per),
        unit=needs["unit"].mask(ratio, NeedUnit.FTE.value),
    )


def demand(
    portfolio: Portfolio, found: Rules, area: Days, members: OwnedValues, ags: tuple[str, ...]
) -> Demand:
    """What needs in these areas (rows) ask for, by the portfolio's values of the Kennzahlen.

    `members`: the municipalities of each area, as rows of `ags`.
    """
    quantity = portfolio.needs["quantity"].to_numpy(dtype=float)
    fixed = np.flatnonzero(~found.ruled & ~np.isnan(quantity))
    ruled = np.flatnonzero(found.ruled & (area >= 0))
    lost, ruled = ruled[found.indicator[ruled] < 0], ruled[found.indicator[ruled] >= 0]
    key = found.indicator[ruled] * max(len(members.size), 1) + area[ruled]
    totals = _totals(_series(portfolio, ags), distinct(key), members, len(ags))
    at, place = matches(key, totals.key)
    need = ruled[at]
    total = totals.sums[place, _VALUE] / _PARTS
    amount = reckoned(total, found.each[need], found.per[need], found.unit.to_numpy(dtype=object)[need])
    always = np.concatenate([fixed, lost])
    parts = Demand(
        np.concatenate([always, need]),
        np.concatenate([np.full(len(always), DAWN), totals.start[place]]),
        np.concatenate([np.full(len(always), DOOM), totals.end[place]]),
        np.concatenate(
            [
                quantity[fixed],
                np.full(len(lost), np.nan),
                np.where(totals.sums[place, _MISSING] > 0, np.nan, amount),
            ]
        ),
    )
    order = np.lexsort((parts.start, parts.need))
    return Demand._make(column[order] for column in parts)


def reckoned(
    total: np.ndarray, each: np.ndarray | float, per: np.ndarray | float, unit: np.ndarray
) -> np.ndarray:
    """So `each` for `per` of a total, to six decimals; places rounded up."""
    amount = np.round(total * each / per, 6)
    return np.where(unit == NeedUnit.PLACES, np.ceil(amount), amount)


def _series(portfolio: Portfolio, ags: tuple[str, ...]) -> Segments:
    """The values of each Kennzahl in each municipality, on all days; key is Kennzahl × municipality.

    Each value holds until the next one; before the first there is none. Sums: the value in parts, and
    whether it is missing.
    """
    values, places = portfolio.observations, max(len(ags), 1)
    indicator = rows(portfolio.indicators["id"].to_numpy(), values["indicator_id"].to_numpy())
    place = pd.Index(ags).get_indexer(pd.Index(values["ags"]))
    known = (indicator >= 0) & (place >= 0)
    key = (indicator * places + place)[known]
    start = days.numbers(values["reference_date"], DAWN)[known]
    value = np.rint(values["value"].to_numpy(dtype=float)[known] * _PARTS).astype(np.int64)
    # All time before the first value, of every Kennzahl everywhere.
    every = np.arange(len(portfolio.indicators) * places)
    key, start = np.concatenate([every, key]), np.concatenate([np.full(len(every), DAWN), start])
    sums = np.zeros((len(key), 2), dtype=np.int64)
    sums[: len(every), _MISSING], sums[len(every) :, _VALUE] = 1, value
    order = np.lexsort((start, key))
    key, start, sums = key[order], start[order], sums[order]
    end = np.full(len(key), DOOM)
    goes_on = key[1:] == key[:-1]
    end[:-1][goes_on] = start[1:][goes_on] - 1
    return Segments(key, start, end, sums)


def _totals(series: Segments, wanted: Days, members: OwnedValues, places: int) -> Segments:
    """The sums over each area; key, sorted, is Kennzahl × area."""
    indicator, area = np.divmod(wanted, max(len(members.size), 1))
    at, place = members.of(area)
    row, found = matches(indicator[at] * max(places, 1) + place, series.key)
    return sweep(wanted[at][row], series.start[found], series.end[found], series.sums[found])
