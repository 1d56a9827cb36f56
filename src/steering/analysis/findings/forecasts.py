"""What Kennzahlen are expected to be after today, in the variant that a view takes.

Decisions beyond docs/rules.md#forecasts:

- A forecast of a day that is over says nothing any more, whether or not a value was recorded since.
- Where a municipality has no forecast in the chosen variant, its middle one holds.
"""

from __future__ import annotations

from datetime import date

import pandas as pd

from steering.analysis.findings.forecast_rules import COLUMNS, by_rule
from steering.analysis.once import once
from steering.analysis.portfolio import Portfolio
from steering.analysis.view import View
from steering.model import ForecastVariant

EXPECTED, SOURCE = "expected", "source"
_WHERE = ["indicator_id", "ags"]


@once
def expected(portfolio: Portfolio) -> pd.DataFrame:
    """All forecasts, typed ones and those by a rule, with `forecast_rules.COLUMNS`, whatever their day.

    Of one Kennzahl, variant, municipality and day the typed one holds.
    """
    typed = portfolio.forecasts[COLUMNS]
    if portfolio.forecast_rules.empty:
        return typed
    every = pd.concat([typed, by_rule(portfolio)], ignore_index=True)
    return every.drop_duplicates([*_WHERE, "variant", "reference_date"], keep="first", ignore_index=True)


def foreseen(portfolio: Portfolio, view: View) -> Portfolio:
    """The Portfolio with the forecasts among its observations.

    These have two columns more: `expected`, the variant of a forecast ("" of what was recorded), and its
    `source`. Without any forecast ahead it is the given one.
    """
    ahead = expected(portfolio)
    ahead = ahead[ahead["reference_date"] > pd.Timestamp(view.today)]
    if ahead.empty:
        return portfolio
    own = ahead[ahead["variant"] == view.arrivals]
    middle = ahead[ahead["variant"] == ForecastVariant.MIDDLE]
    has_own = pd.MultiIndex.from_frame(middle[_WHERE]).isin(pd.MultiIndex.from_frame(own[_WHERE]))
    recorded = portfolio.observations.assign(**{EXPECTED: "", SOURCE: ""})
    taken = pd.concat([own, middle[~has_own]]).rename(columns={"variant": EXPECTED})
    # What was recorded of a day beats what was expected of it.
    every = pd.concat([recorded, taken.reindex(columns=recorded.columns)], ignore_index=True)
    every = every.drop_duplicates([*_WHERE, "reference_date"], keep="first")
    return portfolio.replacing({"observation": every.reset_index(drop=True)})


def has_forecasts(portfolio: Portfolio, today: date) -> bool:
    """Whether any Kennzahl has a forecast for a day to come, typed or by a rule."""
    return bool((expected(portfolio)["reference_date"] > pd.Timestamp(today)).any())
