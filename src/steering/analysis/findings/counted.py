"""What is counted of findings: each concept once, as the rows that it means.

All functions take rows as `standing` gives them, and keep those that they are about.
"""

from __future__ import annotations

from datetime import date

import pandas as pd

from steering.model import AssessmentState, FindingKind

# A task is open where one of the first holds; whose it is, is unclear where one of the second does.
OPEN_KINDS = (FindingKind.GAP, FindingKind.LEAD_ONLY, FindingKind.SHORTFALL)
LEAD_KINDS = (FindingKind.OVERLAP, FindingKind.NO_LEAD)
JUDGED = (*OPEN_KINDS, FindingKind.NO_LEAD, FindingKind.OVERLAP)


def holding(rows: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp) -> pd.DataFrame:
    """What holds on a day from `first` to `last`."""
    begun = rows["start"].isna() | (rows["start"] <= last)
    return rows[begun & (rows["end"].isna() | (rows["end"] >= first))]


def on_day(rows: pd.DataFrame, day: date) -> pd.DataFrame:
    """What holds on one day."""
    return holding(rows, pd.Timestamp(day), pd.Timestamp(day)).reset_index(drop=True)


def settled(rows: pd.DataFrame) -> pd.Series:
    """Whether nobody needs to act: agreed upon by an agreement or an Einschätzung, or within one house."""
    agreed = (rows["assessment_state"] == AssessmentState.AGREED) & rows["assessed"]
    return rows["coordinated"] | rows["internal"] | agreed


def to_settle(rows: pd.DataFrame) -> pd.DataFrame:
    """What is open or unclear, of the kinds by which the Masterplan is judged, and not settled."""
    return rows[rows["kind"].isin(JUDGED) & ~settled(rows)].reset_index(drop=True)


def several_leads(rows: pd.DataFrame) -> pd.DataFrame:
    """Tasks led by several, without agreement."""
    return rows[(rows["kind"] == FindingKind.OVERLAP) & ~settled(rows)]


def lead_unclear(rows: pd.DataFrame) -> pd.DataFrame:
    """Tasks that several carry out and nobody leads, without agreement."""
    return rows[(rows["kind"] == FindingKind.NO_LEAD) & ~settled(rows)]


def leads_to_settle(rows: pd.DataFrame) -> pd.DataFrame:
    """Both: whose the lead is has to be settled."""
    return pd.concat([several_leads(rows), lead_unclear(rows)])


def tasks(rows: pd.DataFrame) -> frozenset[int]:
    """The tasks that findings are about, each once."""
    return frozenset(int(task) for task in rows["task_id"].dropna())
