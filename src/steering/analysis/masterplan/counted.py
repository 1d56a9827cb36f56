"""What is counted of the Masterplan: each concept once, as the rows, measures or tasks that it means."""

from __future__ import annotations

import pandas as pd

from steering.analysis.findings.counted import holding, tasks


def acting(contributions: pd.DataFrame, period: int | None = None) -> frozenset[int]:
    """Measures that change how many findings there are in a period, in any if none is named.

    `contributions` as `Proof` has them. A measure with effects changes nothing in a period before they begin.
    """
    rows = contributions if period is None else contributions[contributions["period"] == period]
    changed = (rows[["alone", "last", "in_turn"]] != 0).any(axis=1)
    return frozenset(int(key) for key in rows.loc[changed, "measure_id"])


def left(found: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp) -> pd.DataFrame:
    """The findings that stay with the plan in a period, each key once; `found` as `Proof.left`."""
    return once(holding(found, first, last))


def once(found: pd.DataFrame) -> pd.DataFrame:
    """Each finding once, by its key, where it holds in several stretches of days."""
    return found.drop_duplicates("key").reset_index(drop=True)


def unanswered(found: pd.DataFrame) -> pd.DataFrame:
    """Those of them that no measure names."""
    return found[~found["named"]]


def carried(found: pd.DataFrame) -> frozenset[int]:
    """The tasks that a structure surely carries in a period; `found` as `bearers` gives it."""
    return tasks(found[~found["unknown"]])


def perhaps_carried(found: pd.DataFrame) -> frozenset[int]:
    """The tasks of which each structure that would carry them is uncertain then."""
    return tasks(found) - carried(found)
