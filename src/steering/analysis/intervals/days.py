"""Days as whole numbers, so that whole columns of them can be compared and counted at once.

A day is the number of days since 1 January 1970 (int64). The two ends of time stand for open sides;
they lie far outside every date that can be entered, and arithmetic on them stays far from overflow.
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import pandas as pd

Days = npt.NDArray[np.int64]

DAWN = -10_000_000
DOOM = 10_000_000
NO_DAY = DAWN - 1

_EPOCH = date(1970, 1, 1)
_NAT = np.iinfo(np.int64).min
_TICKS_A_DAY = {
    f"datetime64[{unit}]": 86_400 * ticks
    for unit, ticks in (("s", 1), ("ms", 10**3), ("us", 10**6), ("ns", 10**9))
}


def number(day: date) -> int:
    return (day - _EPOCH).days


def day(number: int) -> date:
    return _EPOCH + timedelta(days=number)


def numbers(column: pd.Series, empty: int) -> Days:
    """A column of days as whole numbers, with `empty` where there is none."""
    found = column.to_numpy()
    ticks = _TICKS_A_DAY.get(found.dtype.name)
    if ticks is None:
        found, ticks = found.astype("datetime64[D]"), 1
    # Dividing whole numbers rounds down, before 1970 too, and is several times quicker than astype.
    days = found.view(np.int64) // ticks
    np.copyto(days, empty, where=np.isnat(found))
    return days


def dates(days: Days) -> npt.NDArray[np.datetime64]:
    """Whole numbers as datetime64[s]; NaT for the open sides."""
    seconds = np.where((days <= DAWN) | (days >= DOOM), _NAT, days * 86_400)
    return seconds.astype("datetime64[s]")


def add_months(days: Days, months: int | Days) -> Days:
    """The same day of the month so many months later, or the last one of a month that is shorter."""
    day = days.astype("datetime64[D]")
    month = day.astype("datetime64[M]")
    start = (month + months).astype("datetime64[D]").astype(np.int64)
    last = (month + months + 1).astype("datetime64[D]").astype(np.int64) - 1
    return np.minimum(start + (day - month.astype("datetime64[D]")).astype(np.int64), last)


def year(days: Days) -> Days:
    return days.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970


def new_year(years: Days) -> Days:
    """1 January of each year."""
    return (years - 1970).astype("datetime64[Y]").astype("datetime64[D]").astype(np.int64)
