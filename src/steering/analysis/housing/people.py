"""How many people are housed in each municipality on a day, and how many places there are.

Decisions beyond docs/rules.md#housing:

- What is not recorded is not counted, and not zero: a municipality without a record is not known, and a kind
  without one is left out of the sum of the others, which says so.
- Free places are counted kind by kind: too many people in one accommodation fill no other one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any

import pandas as pd

from steering.analysis.portfolio import Portfolio
from steering.analysis.small_counts import FEW, SMALL, WITHHELD, BoundedCount, total
from steering.model import HousingKind

NOT_RECORDED = "nicht erfasst"


@dataclass(frozen=True)
class Housed:
    """What is recorded of one kind of accommodation in a municipality, or of all together.

    `since`: the day it was counted, of several the earliest; `missing`: the kinds that are not recorded.
    """

    persons: BoundedCount
    places: BoundedCount
    free: BoundedCount
    too_many: BoundedCount
    since: date
    missing: tuple[HousingKind, ...] = ()

    @property
    def room(self) -> str:
        """The free places in words; that there are too few of them where that is certain."""
        if self.too_many.low:
            over = f"überbelegt um {self.too_many.words}"
            return f"{self.free.words}, {over}" if self.free.low else over
        return self.free.words


Kinds = Mapping[HousingKind, Housed]
UNBOUNDED = BoundedCount(0, None)


def on_day(portfolio: Portfolio, as_of: date) -> dict[str, Kinds]:
    """What holds on a day in each municipality that has anything recorded, by AGS and kind.

    Of each kind the newest record up to that day holds, as a whole.
    """
    rows = portfolio.housing
    rows = rows[rows["reference_date"] <= pd.Timestamp(as_of)]
    newest = rows.sort_values("reference_date", kind="stable").drop_duplicates(["ags", "kind"], keep="last")
    found: dict[str, dict[HousingKind, Housed]] = {}
    for row in newest.to_dict("records"):
        found.setdefault(str(row["ags"]), {})[HousingKind(row["kind"])] = _of(row)
    return {ags: {kind: kinds[kind] for kind in HousingKind if kind in kinds} for ags, kinds in found.items()}


def _of(row: Mapping[Any, Any]) -> Housed:
    persons = SMALL if row.get(WITHHELD) else _known(row["persons"])
    places = _known(row["places"])
    free, too_many = _difference(places, persons), _difference(persons, places)
    return Housed(persons, places, free, too_many, row["reference_date"].date())


def _known(value: Any) -> BoundedCount:
    return UNBOUNDED if pd.isna(value) else BoundedCount(int(value), int(value))


def _difference(whole: BoundedCount, part: BoundedCount) -> BoundedCount:
    """What is left of a count, never less than nothing."""
    if whole.high is None or part.high is None:
        return UNBOUNDED
    return BoundedCount(max(0, whole.low - part.high), max(0, whole.high - part.low))


def together(kinds: Kinds, wanted: HousingKind | None = None) -> Housed | None:
    """The kinds of a municipality together, or the wanted one; None where nothing of it is recorded."""
    if wanted is not None:
        return kinds.get(wanted)
    if not kinds:
        return None
    every = tuple(kinds.values())
    return Housed(
        total(each.persons for each in every),
        total(each.places for each in every),
        total(each.free for each in every),
        total(each.too_many for each in every),
        min(each.since for each in every),
        tuple(kind for kind in HousingKind if kind not in kinds),
    )


def by_municipality(
    portfolio: Portfolio, as_of: date, wanted: HousingKind | None = None
) -> dict[str, Housed]:
    """What is recorded of the inhabited municipalities, of all kinds or one, by AGS."""
    places = portfolio.municipalities
    inhabited = places.loc[places["inhabited"], "ags"]
    recorded = on_day(portfolio, as_of)
    found = {ags: together(recorded.get(ags, {}), wanted) for ags in inhabited}
    return {ags: housed for ags, housed in found.items() if housed is not None}


def many_from(recorded: Mapping[str, Housed]) -> int | None:
    """From how many persons on a municipality has many: the median of those where anybody is known to live.

    Never so few that somebody could be recognised; None where nobody is known to live anywhere.
    """
    known = [housed.persons.low for housed in recorded.values() if housed.persons.low]
    return max(FEW, int(-(-median(known) // 1))) if known else None
