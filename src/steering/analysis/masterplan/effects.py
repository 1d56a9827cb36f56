"""What the changes of a scenario bring about: more or less work done, and who pays more or less for it."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from steering.analysis.lives import capacity, lifecycle
from steering.analysis.money import sums as money
from steering.analysis.portfolio import Portfolio
from steering.analysis.view import Horizon, View

WITHOUT, WITH = "without", "with"


@dataclass(frozen=True)
class Effect:
    """A scenario compared with the same one without its changes.

    `capacity`, one row per quarter of the horizon: quarter (first day), fte_without, fte_with, fte and
    running (what the changes add, negative where they take away), as in `capacity.per_quarter`;
    unknown_without, unknown_with (structures that run with unknown FTE).
    `money`, one row per calendar year of the horizon and payer: first, last, payer, cents (what the
    changes add; NaN where nothing of it is known), unknown_rows (fundings, or structures that go on
    without, whose amount the changes touch and nobody knows).
    """

    capacity: pd.DataFrame
    money: pd.DataFrame


def effect(portfolio: Portfolio, view: View, base: View | None = None) -> Effect:
    """What the changes of the view's scenario bring about under its extension rule.

    Compared with `base`, by default with the same view without any changes.
    """
    base = base or view.without_changes
    return Effect(_capacity(portfolio, base, view), _money(portfolio, base, view))


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


def _money(portfolio: Portfolio, base: View, view: View) -> pd.DataFrame:
    flows = pd.concat(
        [money.flows(portfolio, each).assign(of=of) for each, of in ((base, WITHOUT), (view, WITH))],
        ignore_index=True,
    )
    touched = _touched(flows)
    years = money.years(view.horizon)
    return pd.concat(
        [_difference(touched, years.iloc[[row]]) for row in range(len(years))], ignore_index=True
    )


def _difference(flows: pd.DataFrame, year: pd.DataFrame) -> pd.DataFrame:
    """What a year costs more, from those flows alone that are not the same in it."""
    first, last = year[["first", "last"]].iloc[0]
    touched = _touched(lifecycle.clip(flows, Horizon(first.date(), last.date())))
    less, more = (money.totals(touched[touched["of"] == of], year) for of in (WITHOUT, WITH))
    unknown = money.totals(touched[~touched["known"]], year)["unknown_rows"]
    known = more["payer"].isin(touched.loc[touched["known"], "payer"]) | (unknown == 0)
    cents = more["cents"].fillna(0.0) - less["cents"].fillna(0.0)
    return more[["first", "last", "payer"]].assign(cents=cents.where(known), unknown_rows=unknown)


def _touched(flows: pd.DataFrame) -> pd.DataFrame:
    """The flows that are not the same with and without the changes."""
    return flows[~flows.duplicated([name for name in flows if name != "of"], keep=False)]
