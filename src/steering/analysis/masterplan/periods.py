"""The planning periods by which the Masterplan is judged."""

from __future__ import annotations

from datetime import date

import pandas as pd

from steering.analysis.portfolio import Portfolio
from steering.analysis.view import View

SINGLE_YEARS, STEP = 3, 3


def periods(portfolio: Portfolio, view: View) -> pd.DataFrame:
    """The Landkreis's own periods, else `usual` ones, as far as the horizon reaches: first, last, name."""
    own = portfolio.periods.sort_values("first")
    if own.empty:
        return usual(view)
    first, last = pd.Timestamp(view.horizon.first), pd.Timestamp(view.horizon.last)
    own = own[(own["first"] <= last) & (own["last"] >= first)]
    return _named(
        own["first"].where(own["first"] > first, first), own["last"].where(own["last"] < last, last)
    )


def looked_at(known: pd.DataFrame, today: date, as_of: date) -> int:
    """The row of the period in which the Stichtag lies; what has begun by today is no longer planned, so the
    first that begins later where it lies there, and the last one where it lies behind all."""
    ahead = known["first"] > pd.Timestamp(today)
    found = (ahead & (known["last"] >= pd.Timestamp(as_of))).to_numpy()
    return int(found.argmax()) if found.any() else len(known) - 1


def usual(view: View) -> pd.DataFrame:
    """Three single years from today's on, then three years each, the last one cut by the horizon."""
    this, last = view.today.year, view.horizon.last
    firsts = [*range(this, this + SINGLE_YEARS), *range(this + SINGLE_YEARS, last.year + 1, STEP)]
    firsts = [year for year in firsts if year <= last.year]
    ends = [date(following - 1, 12, 31) for following in firsts[1:]] + [last]
    starts = [date(each, 1, 1) for each in firsts]
    return _named(pd.Series(starts), pd.Series(ends[: len(starts)]))


def _named(first: pd.Series, last: pd.Series) -> pd.DataFrame:
    days = [column.astype("datetime64[s]").reset_index(drop=True) for column in (first, last)]
    names = [_name(*pair) for pair in zip(*days, strict=True)]
    return pd.DataFrame({"first": days[0], "last": days[1], "name": pd.array(names, dtype="str")})


def _name(first: pd.Timestamp, last: pd.Timestamp) -> str:
    """2027, 2029–2031, or the days where a period does not begin and end with a year."""
    whole = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
    if not whole:
        return f"{first:%d.%m.%Y}–{last:%d.%m.%Y}"
    return f"{first:%Y}" if first.year == last.year else f"{first:%Y}–{last:%Y}"
