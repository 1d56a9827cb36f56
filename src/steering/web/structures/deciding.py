"""By when somebody has to decide about an end, as Lagebild, Zeitachse and details tell it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from steering.analysis.decision.question import Whose, whose
from steering.analysis.portfolio import Portfolio
from steering.analysis.structures import deadlines
from steering.analysis.structures.chain_words import chain_words
from steering.model.german import day
from steering.web import current

NOT_OURS = "nicht beim Landkreis"
NONE_LEFT = "keine Sitzung mehr davor"
NOT_READ = "noch nicht eingelesen"


def decide_by(today: date) -> pd.DataFrame:
    """The rows of `deadlines.deadlines` with `decided_by_others`, and what stands in a cell: `words` for
    Beschluss bis, `words_with_acting` and `act_words` for the last day on which acting still helps.
    """
    return current.of(_decide_by, today)


def _decide_by(portfolio: Portfolio, today: date) -> pd.DataFrame:
    due = deadlines.deadlines(portfolio, today)
    of = whose(portfolio, due)
    theirs = [of[int(key)] == Whose.OTHERS for key in due["structure_id"]]
    names = portfolio.short_names("committee")
    committees = due["committee_id"].map(names).astype(object).fillna("")
    unread_of = due["unread_of"].map(names).astype(object).fillna("")
    rows = due.assign(committee=committees, unread_committee=unread_of).to_dict("records")
    words = [NOT_OURS if other else _words(row) for row, other in zip(rows, theirs, strict=True)]
    acting = [NOT_OURS if other else _act_words(row) for row, other in zip(rows, theirs, strict=True)]
    return due.assign(
        decided_by_others=pd.Series(theirs, due.index, dtype=bool),
        words=pd.Series(words, due.index, dtype=object),
        words_with_acting=pd.Series(
            [
                f"{said}, handeln bis {act}" if act[:1].isdigit() else said
                for said, act in zip(words, acting, strict=True)
            ],
            due.index,
            dtype=object,
        ),
        act_words=pd.Series(acting, due.index, dtype=object),
        chain_words=pd.Series(
            ["" if other else told for told, other in zip(chain_words(portfolio, due), theirs, strict=True)],
            due.index,
            dtype=object,
        ),
    )


def unread(year: int, committee: str = "") -> str:
    """That the sittings of a year are not there yet; of one committee, where only its own are missing."""
    return f"Sitzungstermine {year}{f' {committee}' if committee else ''} {NOT_READ}"


def _words(row: Mapping[Any, Any]) -> str:
    if row["decide_estimated"]:
        return _unread(row) if pd.notna(row["unread_year"]) else NONE_LEFT
    example = ", Beispiel" if row["decide_example"] else ""
    return f"{day(row['decide_by'])} ({row['committee']}{example})"


def _act_words(row: Mapping[Any, Any]) -> str:
    """A day only where recorded sittings give it: what the chain lacks stands beside it, in Beschluss bis."""
    if pd.isna(row["act_by"]):
        return "–"
    late = ", ohne Vorberatung" if row["too_late_to_prepare"] else ""
    return f"{day(row['act_by'])}{late}"


def _unread(row: Mapping[Any, Any]) -> str:
    return unread(int(row["unread_year"]), row["unread_committee"])
