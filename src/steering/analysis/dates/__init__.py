"""What is due on which day, for calendars: ends, deadlines, agreements, milestones, rounds, resubmissions.

Decisions beyond docs/rules.md#by-when-to-act:

- The dates are those of the data as they are: what a scenario or a what-if assumes moves no date in
  anybody's calendar, as it relieves nobody of a decision.
- What rests on an example, the sitting of a committee too, is marked as one. With the examples hidden it is
  gone, and so cancelled in calendars that had it.
- What is for the administration only is left out unless it is asked for: calendars are passed on.
- What others decide about has no "Beschluss bis", as on the Lagebild: it would be a sitting of the Kreistag
  about what is not its to decide. The end says so.
- What is not known is absent: an end that is unknown or open has no day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

import pandas as pd

from steering.analysis.dates import agreed, measures, money, rounds
from steering.analysis.dates.due import Audience, Due, WantedDates
from steering.analysis.portfolio import Portfolio

__all__ = ["Audience", "Due", "WantedDates", "chosen", "dated", "of_rounds"]

DateSource = Callable[[Portfolio, date], Iterable[Due]]
OF_ROUNDS: tuple[DateSource, ...] = (
    agreed.resubmissions,
    rounds.rounds,
    rounds.actions,
    rounds.resubmissions,
)
SOURCES: tuple[DateSource, ...] = (
    money.endings,
    money.decisions,
    money.proofs,
    agreed.agreements,
    measures.milestones,
    *OF_ROUNDS,
)


def dated(portfolio: Portfolio, today: date) -> pd.DataFrame:
    """Everything that has a day, past days too, one row each, sorted by day and key.

    Columns are the fields of `Due`: day, remind_on and papers_by as datetime64[s], kind by its value.
    """
    return _told(SOURCES, portfolio, today)


def of_rounds(portfolio: Portfolio, today: date) -> pd.DataFrame:
    """Those of `dated` that can come from a round, in its columns and order; without asking for money."""
    return _told(OF_ROUNDS, portfolio, today)


def _told(sources: Iterable[DateSource], portfolio: Portfolio, today: date) -> pd.DataFrame:
    found = sorted(due for source in sources for due in source(portfolio, today) if not due.by_others)
    frame = pd.DataFrame(found, columns=list(Due._fields))
    for column in ("day", "remind_on", "papers_by"):
        frame[column] = frame[column].astype("datetime64[s]")
    return frame


def chosen(rows: pd.DataFrame, wanted: WantedDates) -> pd.DataFrame:
    """The dates that are wanted; what concerns everyone passes every filter."""
    passed = [wanted.takes(scope) for scope in rows["scope"]]
    return rows[pd.Series(passed, index=rows.index, dtype=bool)].reset_index(drop=True)
