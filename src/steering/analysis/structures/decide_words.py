"""Beschluss bis in words: for lists, details, a picture and an agenda alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from steering.analysis.portfolio import Portfolio
from steering.model.german import PAST, day

NONE_LEFT = "keine Sitzung mehr davor"
NOT_READ = "noch nicht eingelesen"
PAPERS_PAST = f"Vorlagenschluss {PAST}"


def decide_words(portfolio: Portfolio, due: pd.DataFrame) -> list[str]:
    """For rows of `deadlines.deadlines`: 17.12.2026 (Kreistag); never the estimate, but why there is no day:
    Sitzungstermine 2027 noch nicht eingelesen, Kreistag 07.12.2026: Vorlagenschluss vorbei.
    """
    names, dates = portfolio.short_names("committee"), portfolio.committee_dates.set_index("id")
    return [_words(row, names, dates) for row in due.to_dict("records")]


def unread(year: int, committee: str = "") -> str:
    """That the sittings of a year are not there yet; of one committee, where only its own are missing."""
    return f"Sitzungstermine {year}{f' {committee}' if committee else ''} {NOT_READ}"


def _words(row: Mapping[Any, Any], names: pd.Series, dates: pd.DataFrame) -> str:
    if not row["decide_estimated"]:
        example = ", Beispiel" if row["decide_example"] else ""
        return f"{day(row['decide_by'])} ({names.get(row['committee_id'], '')}{example})"
    if pd.notna(row["unread_year"]):
        return unread(int(row["unread_year"]), str(names.get(row["unread_of"], "")))
    if pd.notna(row["missed_date_id"]):
        sitting = dates.loc[row["missed_date_id"]]
        return f"{names[sitting['committee_id']]} {day(sitting['day'])}: {PAPERS_PAST}"
    return NONE_LEFT
