"""What can be assumed to go on: what has not ended. What follows an old directive is a new funding."""

from __future__ import annotations

from datetime import date

import pandas as pd

from steering.analysis.changes import ExtendFunding, ExtendProgramme, ScenarioChange
from steering.analysis.portfolio import Portfolio
from steering.model import EndKind, FundingPart
from steering.model.german import day


def programmes(portfolio: Portfolio, today: date) -> frozenset[int]:
    """The programmes that still carry something, and whose directive has not run out."""
    carrying = portfolio.fundings[portfolio.fundings["part"] == FundingPart.CARRYING]
    going_on = set(carrying.loc[~_over(carrying, "end", today), "programme_id"].dropna().astype(int))
    rows = portfolio.programmes
    return frozenset(
        rows.loc[rows["id"].isin(going_on) & ~_over(rows, "valid_until", today), "id"].astype(int)
    )


def fundings(portfolio: Portfolio, today: date) -> frozenset[int]:
    """The fundings that have not ended."""
    rows = portfolio.fundings
    return frozenset(rows.loc[~_over(rows, "end", today), "id"].astype(int))


def refusal(portfolio: Portfolio, change: ScenarioChange, today: date) -> str:
    """Why this extension cannot be assumed, with what can be done instead; "" where it can."""
    match change:
        case ExtendProgramme() if change.programme_id not in programmes(portfolio, today):
            rows, name, last = portfolio.programmes, portfolio.short_names("programme"), "valid_until"
            key = change.programme_id
        case ExtendFunding() if change.funding_id not in fundings(portfolio, today):
            rows, name, last, key = portfolio.fundings, portfolio.names("funding"), "end", change.funding_id
        case _:
            return ""
    ended = rows.set_index("id")[last].get(key)
    what = f"ist am {day(ended)} ausgelaufen" if pd.notna(ended) else "trägt keine Struktur mehr"
    return (
        f"»{name.get(key, '')}« {what}. Verlängern lässt sich nur, was noch läuft; was danach kommt, ist "
        "eine neue Förderung und lässt sich bei der Struktur erfassen."
    )


def _over(rows: pd.DataFrame, last: str, today: date) -> pd.Series:
    return (rows["end_kind"] == EndKind.FIXED) & (rows[last] < pd.Timestamp(today))
