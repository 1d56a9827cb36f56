"""What the changes of a scenario bring about: more or less work done, and who pays more or less for it."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from steering.analysis.lives import capacity
from steering.analysis.money import county
from steering.analysis.money import sums as money
from steering.analysis.money.county import WITH, WITHOUT, YearMoney
from steering.analysis.money.estimates import Reckoning
from steering.analysis.money.flows import UNCOVERED
from steering.analysis.portfolio import Portfolio
from steering.analysis.view import Horizon, View


@dataclass(frozen=True)
class Effect:
    """A scenario compared with the same one without its changes.

    `capacity`, one row per quarter of the horizon: quarter (first day), fte_without, fte_with, fte and
    running (what the changes add, negative where they take away), as in `capacity.per_quarter`;
    unknown_without, unknown_with (structures that run with unknown FTE).
    `money`, one row per calendar year of the horizon and payer: first, last, payer, cents (what the
    changes add; NaN where nothing of it is known), unknown_rows (fundings, or structures that go on
    without, whose amount the changes touch and nobody knows), estimated (cents that rules say beside that,
    NaN where nothing is estimated), example (whether such a rule is made up).
    `reckonings`: by structure how what is estimated is reckoned.
    """

    capacity: pd.DataFrame
    money: pd.DataFrame
    reckonings: dict[int, Reckoning]

    def on_the_county(self) -> tuple[YearMoney, ...]:
        """What the changes add to what falls on the Landkreis, year by year."""
        ours = self.money[self.money["payer"].isin(county.ON_THE_COUNTY)]
        return tuple(
            YearMoney(
                int(str(year)),
                float(rows["cents"].sum()),
                float(rows["estimated"].sum()) if rows["estimated"].notna().any() else None,
                bool(rows["example"].any()),
                int(rows["unknown_rows"].sum()),
            )
            for year, rows in ours.groupby(ours["first"].dt.year)
        )


def effect(portfolio: Portfolio, view: View, base: View | None = None) -> Effect:
    """What the changes of the view's scenario bring about under its extension rule.

    Compared with `base`, by default with the same view without any changes.
    """
    base = base or view.without_changes
    without, found = (county.reckoned(portfolio, each) for each in (base, view))
    moved = county.touched(without, found, view.horizon)
    guessed = moved[moved["reckoning"].notna() & (moved["of"] == county.WITH)]
    reckonings = dict(zip(guessed["structure_id"].astype(int), guessed["reckoning"], strict=True))
    return Effect(_capacity(portfolio, base, view), _money(without, found, view.horizon), reckonings)


def _capacity(portfolio: Portfolio, base: View, view: View) -> pd.DataFrame:
    before, after = (
        found[found["rule"] == view.scenario.rule].reset_index(drop=True)
        for found in (capacity.per_quarter(portfolio, each) for each in (base, view))
    )
    return pd.DataFrame(
        {
            "quarter": before["quarter"],
            "fte_without": before["fte"],
            "fte_with": after["fte"],
            "fte": after["fte"] - before["fte"],
            "running": after["running"] - before["running"],
            "unknown_without": before["fte_unknown"],
            "unknown_with": after["fte_unknown"],
        }
    )


def _money(without: pd.DataFrame, found: pd.DataFrame, horizon: Horizon) -> pd.DataFrame:
    years = money.years(horizon)
    return pd.concat(
        [_difference(without, found, years.iloc[[row]]) for row in range(len(years))], ignore_index=True
    )


def _difference(without: pd.DataFrame, found: pd.DataFrame, year: pd.DataFrame) -> pd.DataFrame:
    """What a year costs more, from those flows alone that are not the same in it."""
    first, last = year[["first", "last"]].iloc[0]
    touched = county.touched(without, found, Horizon(first.date(), last.date()))
    told = touched["reckoning"].isna()
    less, more = (money.totals(touched[told & (touched["of"] == of)], year) for of in (WITHOUT, WITH))
    unknown = money.totals(touched[told & ~touched["known"]], year)["unknown_rows"]
    known = more["payer"].isin(touched.loc[touched["known"], "payer"]) | (unknown == 0)
    cents = more["cents"].fillna(0.0) - less["cents"].fillna(0.0)
    estimated, example = county.estimate_more(touched, first.year)
    uncovered = more["payer"] == UNCOVERED
    return more[["first", "last", "payer"]].assign(
        cents=cents.where(known),
        unknown_rows=unknown,
        estimated=pd.Series(estimated, more.index, dtype="float64").where(uncovered),
        example=uncovered & example,
    )
