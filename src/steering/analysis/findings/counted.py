"""What is counted of findings: each concept once, as the rows that it means.

All functions take rows as `standing` gives them, and keep those that they are about.
"""

from __future__ import annotations

from datetime import date

import pandas as pd

from steering.analysis.findings.kinds import COUNTED, calm
from steering.model import FindingKind


def holding(rows: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp) -> pd.DataFrame:
    """What holds on a day from `first` to `last`."""
    begun = rows["start"].isna() | (rows["start"] <= last)
    return rows[begun & (rows["end"].isna() | (rows["end"] >= first))]


def on_day(rows: pd.DataFrame, day: date) -> pd.DataFrame:
    """What holds on one day."""
    return holding(rows, pd.Timestamp(day), pd.Timestamp(day)).reset_index(drop=True)


def pending(rows: pd.DataFrame) -> pd.DataFrame:
    """What is open or unclear, of the kinds by which the Masterplan is judged, and not calm."""
    return rows[rows["kind"].isin(COUNTED) & ~calm(rows)].reset_index(drop=True)


def several_leads(rows: pd.DataFrame) -> pd.DataFrame:
    """Tasks led by several, without agreement."""
    return rows[(rows["kind"] == FindingKind.OVERLAP) & ~calm(rows)]


def lead_unclear(rows: pd.DataFrame) -> pd.DataFrame:
    """Tasks that several carry out and nobody leads, without agreement."""
    return rows[(rows["kind"] == FindingKind.NO_LEAD) & ~calm(rows)]


def leads_to_settle(rows: pd.DataFrame) -> pd.DataFrame:
    """Both: whose the lead is has to be settled."""
    return pd.concat([several_leads(rows), lead_unclear(rows)])


def tasks(rows: pd.DataFrame) -> frozenset[int]:
    """The tasks that findings are about, each once."""
    return frozenset(int(task) for task in rows["task_id"].dropna())
