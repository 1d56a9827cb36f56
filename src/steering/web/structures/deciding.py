"""By when somebody has to decide about an end, as Lagebild, Zeitachse and details tell it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from steering.analysis.decision.question import Whose, whose
from steering.analysis.portfolio import Portfolio
from steering.analysis.structures import deadlines
from steering.model.german import about, day
from steering.web import current

NOT_OURS = "nicht beim Landkreis"


def decide_by(today: date) -> pd.DataFrame:
    """The rows of `deadlines.deadlines` with `decided_by_others`, and `words`: Beschluss bis in a cell."""
    return current.of(_decide_by, today)


def _decide_by(portfolio: Portfolio, today: date) -> pd.DataFrame:
    due = deadlines.deadlines(portfolio, today)
    of = whose(portfolio, due)
    theirs = [of[int(key)] == Whose.OTHERS for key in due["structure_id"]]
    committees = due["committee_id"].map(portfolio.short_names("committee"))
    rows = due.assign(committee=committees.astype(object).fillna("")).to_dict("records")
    words = [NOT_OURS if other else _words(row) for row, other in zip(rows, theirs, strict=True)]
    return due.assign(
        decided_by_others=pd.Series(theirs, due.index, dtype=bool),
        words=pd.Series(words, due.index, dtype=object),
    )


def _words(row: Mapping[Any, Any]) -> str:
    if row["decide_estimated"]:
        return about(row["decide_by"], True)
    example = ", Beispiel" if row["decide_example"] else ""
    return f"{day(row['decide_by'])} ({row['committee']}{example})"
