"""How many a finding affects: persons of its target group, where an indicator counts them.

Decisions beyond docs/rules.md#findings-and-keys:

- The newest value up to today counts, whichever indicator of the group it is from; of equally new ones the
  indicator that was recorded first.
- Unless each of its municipalities has a value, the persons are not known: a part would read as the whole.
- Of a count that was levelled (`small_counts`) only bounds are known, and so of each sum with one in it.
- A finding about several groups has no number: somebody may belong to two of them. Nor has one about a
  school or accommodation: whom the municipality counts does not say who is there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from steering.analysis import small_counts
from steering.analysis.portfolio import Portfolio
from steering.model.german import count, listing

EVERYONE = "alle"
# By group and municipality: the least and the most that it may be.
Counts = Mapping[str, Mapping[str, tuple[float, float]]]


def persons(portfolio: Portfolio, today: date, found: pd.DataFrame) -> pd.DataFrame:
    """How many persons each of these findings affects, missing where that is not known (Int64).

    `persons_least` and `persons`: at least and at most so many, which differ only where a count of few is
    in the sum. Reads their municipalities, target_groups and sites.
    """
    known = _counts(portfolio, today)
    if not known:
        return _bounds([_UNKNOWN] * len(found), found.index)
    sums: dict[tuple[tuple[str, ...], str], tuple[Any, Any]] = {}
    numbers: list[tuple[Any, Any]] = []
    for places, groups, sites in zip(
        found["municipalities"], found["target_groups"], found["sites"], strict=True
    ):
        counts = known.get(groups[0]) if len(groups) == 1 and not sites else None
        if counts is None or not places:
            numbers.append(_UNKNOWN)
            continue
        about = (places, groups[0])
        if about not in sums:
            sums[about] = _sum(counts, places)
        numbers.append(sums[about])
    return _bounds(numbers, found.index)


_UNKNOWN = (pd.NA, pd.NA)


def _sum(counts: Mapping[str, tuple[float, float]], places: tuple[str, ...]) -> tuple[Any, Any]:
    if not counts.keys() >= set(places):
        return _UNKNOWN
    return round(sum(counts[ags][0] for ags in places)), round(sum(counts[ags][1] for ags in places))


def _bounds(numbers: list[tuple[Any, Any]], index: pd.Index) -> pd.DataFrame:
    least, most = ([each[bound] for each in numbers] for bound in (0, 1))
    columns = {"persons_least": pd.array(least, dtype="Int64"), "persons": pd.array(most, dtype="Int64")}
    return pd.DataFrame(columns, index=index)


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
    newest = newest.assign(least=newest["value"].mask(small_counts.among(newest), small_counts.SMALL.low))
    return {
        str(group): dict(zip(own["ags"], zip(own["least"], own["value"], strict=True), strict=True))
        for group, own in newest.groupby("group")
    }


def said(least: Any, most: Any, place: str) -> str:
    """Where, with how many persons as far as that is known: "120 Personen, 3 Gemeinden"."""
    if pd.isna(most):
        return place
    bounded = small_counts.BoundedCount(int(least), int(most))
    many = small_counts.persons(most) if least == most else f"{bounded.words} Personen"
    return ", ".join(filter(None, (many, place)))


def inhabited(portfolio: Portfolio) -> dict[str, str]:
    """The names of the municipalities in which somebody lives, by AGS."""
    rows = portfolio.municipalities
    rows = rows[rows["inhabited"]]
    return dict(zip(rows["ags"], rows["name"], strict=True))


def places(municipalities: Sequence[str], names: Mapping[str, str]) -> str:
    """Kreisweit, up to two names, or how many; `names` as in `inhabited`."""
    if len(municipalities) >= len(names):
        return "kreisweit"
    if len(municipalities) > 2:
        return count(len(municipalities), "Gemeinde", "Gemeinden")
    return listing([names.get(ags, ags) for ags in municipalities])
