"""What falls on the Landkreis in a budget year: own money and what nothing else covers.

Decisions beyond docs/rules.md#money:

- Where a structure goes on by own means at a cost that no record says, the estimate stands in for it: with
  the full-time equivalents it goes on with, at the rate of the budget year. It is kept apart from sums.
- What one scenario costs more than another is told from the money alone that is not the same in both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pandas as pd

from steering.analysis.lives import lifecycle
from steering.analysis.money import sums
from steering.analysis.money.estimates import Reckoning, Rule, yearly
from steering.analysis.money.flows import UNCOVERED, flows
from steering.analysis.portfolio import Portfolio
from steering.analysis.scenarios.scenario import in_scenario
from steering.analysis.view import Horizon, View
from steering.model import OnLoss, Payer

ON_THE_COUNTY = (Payer.OWN.value, UNCOVERED)
WITHOUT, WITH = "without", "with"


@dataclass(frozen=True)
class YearMoney:
    """What falls on the Landkreis in a budget year, in cents.

    `recorded`: the sum of what the records say; `estimated`: of what rules say beside that, None where
    nothing is estimated, `example` where such a rule is made up; `unknown`: amounts that neither says.
    """

    year: int
    recorded: float
    estimated: float | None
    example: bool
    unknown: int


@in_scenario
def reckoned(portfolio: Portfolio, view: View) -> pd.DataFrame:
    """All money as `flows.flows` has it, and `reckoning`: how an unknown amount is estimated, else None."""
    found, estimated = flows(portfolio, view), going_on(portfolio, view)
    guessed = ~found["known"] & (found["payer"] == UNCOVERED)
    told = [
        estimated.get(int(key)) if guess else None
        for key, guess in zip(found["structure_id"], guessed, strict=True)
    ]
    return found.assign(reckoning=pd.Series(told, index=found.index, dtype=object))


@in_scenario
def going_on(portfolio: Portfolio, view: View) -> dict[int, Reckoning]:
    """By what the cost of a structure that goes on by own means is estimated, where it is not recorded."""
    rows = portfolio.structures
    rows = rows[(rows["on_loss"] == OnLoss.CONTINUES) & rows["fte_after"].notna()]
    if rows.empty:
        return {}
    sizes = rows.set_index("id")["fte_after"]
    found = yearly(portfolio, view)
    found = found[found["structure_id"].isin(sizes.index)]
    return {
        int(key): Reckoning(float(sizes[key]), reckoning.rules)
        for key, reckoning in zip(found["structure_id"], found["reckoning"], strict=True)
        if reckoning.rules
    }


def per_year(found: pd.DataFrame, horizon: Horizon, years: Iterable[int]) -> tuple[YearMoney, ...]:
    """What falls on the Landkreis of rows of `reckoned`, in each of some budget years."""
    ours = found[found["payer"].isin(ON_THE_COUNTY)]
    return tuple(_sum(lifecycle.clip(ours, _days_of(year, horizon)), year) for year in years)


def together(years: Sequence[YearMoney]) -> YearMoney:
    """Several budget years as one sum, under the first of them; an amount unknown in all is one amount.

    What stands beside the years as their sum is the sum of what stands there, in whole euros.
    """
    guessed = [each.estimated for each in years if each.estimated is not None]
    return YearMoney(
        years[0].year,
        sum(in_whole_euros(each.recorded) for each in years),
        sum(guessed) if guessed else None,
        any(each.example for each in years),
        max(each.unknown for each in years),
    )


def in_whole_euros(cents: float) -> int:
    """Cents of whole euros, half a euro rounded away from nought as offices do."""
    return int(Decimal(round(cents)).scaleb(-2).to_integral_value(ROUND_HALF_UP)) * 100


def more_per_year(
    without: pd.DataFrame, found: pd.DataFrame, horizon: Horizon, years: Iterable[int]
) -> tuple[YearMoney, ...]:
    """What falls on it more, or less, than `without`: both rows of `reckoned`."""
    return tuple(_more(touched(without, found, _days_of(year, horizon)), year) for year in years)


def touched(without: pd.DataFrame, found: pd.DataFrame, within: Horizon) -> pd.DataFrame:
    """The rows of both within some days that are not the same in both; `of` says of which one is."""
    both = pd.concat(
        [lifecycle.clip(each, within).assign(of=of) for each, of in ((without, WITHOUT), (found, WITH))],
        ignore_index=True,
    )
    return both[~both.duplicated([name for name in both if name != "of"], keep=False)]


def estimate(found: pd.DataFrame, year: int) -> tuple[float | None, bool]:
    """The estimated cents of rows within a year, None without any; whether one rests on an example."""
    rows = found[found["reckoning"].notna()]
    share = ((rows["end"] - rows["start"]).dt.days + 1) / (date(year, 12, 31) - date(year - 1, 12, 31)).days
    rules: list[Rule] = []
    cents = 0.0
    for part, reckoning in zip(share, rows["reckoning"], strict=True):
        rules.append(reckoning.rule(year))
        cents += part * reckoning.fte * rules[-1].rate_cents
    return (cents if rules else None), any(rule.example for rule in rules)


def estimate_more(touched: pd.DataFrame, year: int) -> tuple[float | None, bool]:
    """The same of rows of `touched`: how much more with the changes than without."""
    touched = touched[touched["reckoning"].notna()]
    if touched.empty:
        return None, False
    (less, one), (more, other) = (estimate(touched[touched["of"] == of], year) for of in (WITHOUT, WITH))
    nothing = less is None and more is None
    return None if nothing else (more or 0.0) - (less or 0.0), one or other


def _days_of(year: int, horizon: Horizon) -> Horizon:
    return Horizon(max(date(year, 1, 1), horizon.first), min(date(year, 12, 31), horizon.last))


def _sum(found: pd.DataFrame, year: int) -> YearMoney:
    """Rows that lie within a year."""
    if found.empty:
        return YearMoney(year, 0.0, None, False, 0)
    period = pd.DataFrame({"first": [date(year, 1, 1)], "last": [date(year, 12, 31)]})
    rest = sums.totals(found[found["reckoning"].isna()], period.astype("datetime64[s]"))
    cents, example = estimate(found, year)
    known = float(rest["cents"].fillna(0.0).sum())
    return YearMoney(year, known, cents, example, int(rest["unknown_rows"].sum()))


def _more(rows: pd.DataFrame, year: int) -> YearMoney:
    rows = rows[rows["payer"].isin(ON_THE_COUNTY)]
    less, more = (_sum(rows[rows["of"] == of], year) for of in (WITHOUT, WITH))
    estimated, example = estimate_more(rows, year)
    return YearMoney(
        year,
        more.recorded - less.recorded,
        estimated,
        example,
        _sum(rows, year).unknown,
    )
