"""What is counted of the Masterplan: each concept once, as the rows, measures or tasks that it means."""

from __future__ import annotations

from itertools import chain

import pandas as pd

from steering.analysis.findings.counted import holding, tasks

_A_DAY = pd.Timedelta(days=1)


def acting(contributions: pd.DataFrame, period: int | None = None) -> frozenset[int]:
    """Measures that change how many findings there are in a period, in any if none is named.

    `contributions` as `Proof` has them. A measure with effects changes nothing in a period before they begin.
    """
    rows = contributions if period is None else contributions[contributions["period"] == period]
    changed = (rows[["alone", "last", "in_turn"]] != 0).any(axis=1)
    return frozenset(int(key) for key in rows.loc[changed, "measure_id"])


def left(found: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp) -> pd.DataFrame:
    """The findings that stay with the plan in a period, as `once` has them; `found` as `Proof.left`."""
    return once(found[found["key"].isin(holding(found, first, last)["key"])])


def once(found: pd.DataFrame) -> pd.DataFrame:
    """Each finding once, by its key, with all places and all days at which it holds.

    Instead of `start` and `end` it has `stretches`: pairs of first and last day, in order, NaT where a
    stretch goes beyond the horizon.
    """
    groups = found.groupby("key", sort=False)
    rows = found.drop_duplicates("key").drop(columns=["start", "end"])
    stretches = pd.Series({key: _stretches(group) for key, group in groups}, dtype=object)
    places = pd.Series({key: _each_once(group["municipalities"]) for key, group in groups}, dtype=object)
    return rows.assign(
        stretches=rows["key"].map(stretches), municipalities=rows["key"].map(places)
    ).reset_index(drop=True)


def _stretches(rows: pd.DataFrame) -> tuple[tuple[pd.Timestamp, pd.Timestamp], ...]:
    """The days of rows as few stretches as possible."""
    found: list[tuple[pd.Timestamp, pd.Timestamp]] = []
    rows = rows.sort_values("start", na_position="first")
    for start, end in zip(rows["start"], rows["end"], strict=True):
        if found and (pd.isna(found[-1][1]) or pd.isna(start) or start <= found[-1][1] + _A_DAY):
            first, last = found.pop()
            later = end if pd.isna(end) else max(last, end)
            found.append((first, last if pd.isna(last) else later))
        else:
            found.append((start, end))
    return tuple(found)


def _each_once(places: pd.Series) -> tuple[str, ...]:
    return tuple(sorted(set(chain.from_iterable(places))))


def unanswered(found: pd.DataFrame) -> pd.DataFrame:
    """Those of them that no measure names."""
    return found[~found["named"]]


def carried(found: pd.DataFrame) -> frozenset[int]:
    """The tasks that a structure surely carries in a period; `found` as `bearers` gives it."""
    return tasks(found[~found["unknown"]])


def perhaps_carried(found: pd.DataFrame) -> frozenset[int]:
    """The tasks of which each structure that would carry them is uncertain then."""
    return tasks(found) - carried(found)
