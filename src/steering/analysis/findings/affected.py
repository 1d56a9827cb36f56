"""How many a finding affects: persons of its target group, where an indicator counts them.

Decisions beyond docs/rules.md#findings-and-keys:

- The newest value up to today counts, whichever indicator of the group it is from; of equally new ones the
  indicator that was recorded first.
- Unless each of its municipalities has a value, the persons are not known: a part would read as the whole.
- A finding about several groups has no number: somebody may belong to two of them. Nor has one about a
  school or accommodation: whom the municipality counts does not say who is there.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from steering.analysis import small_counts
from steering.analysis.portfolio import Portfolio

EVERYONE = "alle"
Counts = Mapping[str, Mapping[str, float]]


def persons(portfolio: Portfolio, today: date, found: pd.DataFrame) -> pd.Series:
    """How many persons each of these findings affects (Int64), missing where that is not known.

    Reads their municipalities, target_groups and sites.
    """
    known = _counts(portfolio, today)
    if not known:
        return pd.Series(pd.array([pd.NA] * len(found), dtype="Int64"), index=found.index)
    sums: dict[tuple[tuple[str, ...], str], Any] = {}
    numbers = []
    for places, groups, sites in zip(
        found["municipalities"], found["target_groups"], found["sites"], strict=True
    ):
        counts = known.get(groups[0]) if len(groups) == 1 and not sites else None
        if counts is None or not places:
            numbers.append(pd.NA)
            continue
        about = (places, groups[0])
        if about not in sums:
            sums[about] = round(sum(counts[ags] for ags in places)) if counts.keys() >= set(places) else pd.NA
        numbers.append(sums[about])
    return pd.Series(pd.array(numbers, dtype="Int64"), index=found.index)


def _counts(portfolio: Portfolio, today: date) -> Counts:
    """The newest value of each group, by its slug ("alle" for all), in each municipality."""
    groups = portfolio.target_groups
    slugs = groups["slug"].where(~groups["everyone"], EVERYONE)
    named = dict(zip(groups["id"], slugs, strict=True))
    indicators = portfolio.indicators.dropna(subset=["target_group_id"])
    of = {
        key: named[group]
        for key, group in zip(indicators["id"], indicators["target_group_id"], strict=True)
        if group in named
    }
    rows = portfolio.observations
    rows = rows[rows["indicator_id"].isin(of) & (rows["reference_date"] <= pd.Timestamp(today))]
    newest = rows.assign(group=rows["indicator_id"].map(of)).sort_values(
        ["reference_date", "indicator_id"], ascending=[False, True], kind="stable"
    )
    newest = newest.drop_duplicates(["group", "ags"])
    return {
        str(group): dict(zip(own["ags"], own["value"], strict=True)) for group, own in newest.groupby("group")
    }


def said(persons: Any, place: str) -> str:
    """Where, with how many persons where that is known: "120 Personen, 3 Gemeinden"."""
    return place if pd.isna(persons) else f"{small_counts.persons(persons)}, {place}"
