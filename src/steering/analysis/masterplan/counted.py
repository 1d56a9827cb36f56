"""What is counted of the Masterplan: each concept once, as the rows, measures or tasks that it means."""

from __future__ import annotations

from itertools import chain

import numpy as np
import pandas as pd

from steering.analysis.findings.counted import holding, tasks

_A_DAY = pd.Timedelta(days=1)


def acts(contributions: pd.DataFrame) -> pd.DataFrame:
    """The contributions that close or open a finding; as `Proof` has them."""
    return contributions[(contributions.drop(columns=["measure_id", "period"]) != 0).any(axis=1)]


def acting(contributions: pd.DataFrame, period: int | None = None) -> frozenset[int]:
    """Measures that close or open a finding in a period, in any if none is named.

    A measure with effects changes nothing in a period before they begin.
    """
    rows = acts(contributions)
    rows = rows if period is None else rows[rows["period"] == period]
    return frozenset(int(key) for key in rows["measure_id"])


def in_periods(found: pd.DataFrame, at: pd.DataFrame) -> list[set[str]]:
    """The matters that hold on a day of each period, as `holding` says it; `at` as `periods` gives them."""
    matters, start, end = (found[column].to_numpy() for column in ("matter", "start", "end"))
    open_before, open_after = np.isnat(start), np.isnat(end)
    return [
        set(matters[(open_before | (start <= last)) & (open_after | (end >= first))].tolist())
        for first, last in zip(at["first"].to_numpy(), at["last"].to_numpy(), strict=True)
    ]


def left(found: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp) -> pd.DataFrame:
    """The findings that stay with the plan in a period, as `once` has them; `found` as `Proof.left`."""
    return once(found[found["matter"].isin(holding(found, first, last)["matter"])])


def once(found: pd.DataFrame) -> pd.DataFrame:
    """Each matter once, with all places and all days at which it holds.

    Instead of `start` and `end` it has `stretches`: pairs of first and last day, in order, NaT where a
    stretch goes beyond the horizon.
    """
    groups = found.groupby("matter", sort=False)
    rows = found.drop_duplicates("matter").drop(columns=["start", "end"])
    stretches = pd.Series({matter: _stretches(group) for matter, group in groups}, dtype=object)
    places = pd.Series(
        {matter: _each_once(group["municipalities"]) for matter, group in groups}, dtype=object
    )
    return rows.assign(
        stretches=rows["matter"].map(stretches), municipalities=rows["matter"].map(places)
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
    """Those of them that no measure answers."""
    return found[~found["answered"]]


def carried(found: pd.DataFrame) -> frozenset[int]:
    """The tasks that a structure surely carries in a period; `found` as `bearers` gives it."""
    return tasks(found[~found["unknown"]])


def perhaps_carried(found: pd.DataFrame) -> frozenset[int]:
    """The tasks of which each structure that would carry them is uncertain then."""
    return tasks(found) - carried(found)
