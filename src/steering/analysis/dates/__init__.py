"""What is due on which day, for calendars: ends, deadlines, agreements, resubmissions.

Decisions where DESIGN leaves room:

- The dates are those of the data as they are: what a scenario or a what-if assumes moves no date in
  anybody's calendar, as it relieves nobody of a decision.
- What rests on an example, the sitting of a committee too, is marked as one. With the examples hidden it is
  gone, and so cancelled in calendars that had it.
- What is not known is absent: an end that is unknown or open has no day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

import pandas as pd

from steering.analysis.dates import agreed, money
from steering.analysis.dates.due import Due, Scope
from steering.analysis.inventory import Selection
from steering.analysis.portfolio import Portfolio

__all__ = ["Due", "Scope", "chosen", "dated"]

SOURCES: tuple[Callable[[Portfolio, date], Iterable[Due]], ...] = (
    money.endings,
    money.decisions,
    money.proofs,
    agreed.agreements,
    agreed.resubmissions,
)


def dated(portfolio: Portfolio, today: date) -> pd.DataFrame:
    """Everything that has a day, past days too, one row each, sorted by day and key.

    Columns are the fields of `Due`: day and remind_on as datetime64[s], kind by its value.
    """
    found = sorted(due for source in SOURCES for due in source(portfolio, today))
    frame = pd.DataFrame(found, columns=list(Due._fields))
    for column in ("day", "remind_on"):
        frame[column] = frame[column].astype("datetime64[s]")
    return frame


def chosen(rows: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    """The dates that the filters let through; what concerns everyone, always."""
    passed = [scope.passes(selection) for scope in rows["scope"]]
    return rows[pd.Series(passed, index=rows.index, dtype=bool)].reset_index(drop=True)
