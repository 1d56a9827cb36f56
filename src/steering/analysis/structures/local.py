"""What exists where: the structures on the Stichtag, seen from each municipality."""

from __future__ import annotations

import numpy as np
import pandas as pd

from steering.analysis.portfolio import Portfolio
from steering.analysis.structures import counted

PER_INHABITANTS = 10_000
# What is to be said of the next end in a municipality: a day, that none is in sight, that it is not known, or
# that nothing is there that could end.
DAY, NONE_IN_SIGHT, NOT_KNOWN, NOTHING_THERE = "day", "none in sight", "not known", "nothing there"


def per_municipality(portfolio: Portfolio, rows: pd.DataFrame) -> pd.DataFrame:
    """One row per municipality of the Landkreis, uninhabited areas included, sorted by name.

    `rows` are structures as `inventory` gives them. Columns: `ags`, `name`, `inhabited`, `population`
    (Int64); `on_the_spot`: running structures with their seat here; `unknown_here`: those with their
    seat here of which it is not known whether they run; `fte_per_10000`: FTE of the running structures
    that serve it, each spread over its area by population, per 10,000 inhabitants (NaN without
    population); `fte_not_known`: how many running structures with posts serve it with unknown FTE;
    `next_end`: the first last day of a running structure that is here, or serves no other place (NaT if
    none); `outlook`: what that means, one of the words above. Where something is here of which nobody knows
    whether it runs, no end is never "none in sight".
    """
    places = portfolio.municipalities.sort_values("name").reset_index(drop=True)
    population = places.set_index("ags")["population"].astype("Float64").astype(float)
    running, unknown = counted.running(rows), counted.uncertain(rows)
    untold = counted.fte_not_known(rows)["structure_id"]
    reach = _reach(running)
    served = reach["ags"].map(population)
    total = served.groupby(reach["structure_id"]).transform("sum")
    total = total.mask(served.isna().groupby(reach["structure_id"]).transform("any"))
    reach["fte_here"] = reach["effective_fte"] * served / total
    sums = reach.groupby("ags")["fte_here"].sum(min_count=1)
    per_head = sums.reindex(population.index).fillna(0.0) / population.where(population > 0)
    here, perhaps = _here(running), _here(unknown)
    next_end = here.groupby("ags")["until"].min().reindex(places["ags"]).reset_index(drop=True)
    return places[["ags", "name", "inhabited", "population"]].assign(
        on_the_spot=_count(places["ags"], running["seat_ags"]),
        unknown_here=_count(places["ags"], unknown["seat_ags"]),
        fte_per_10000=places["ags"].map(per_head * PER_INHABITANTS),
        fte_not_known=_count(places["ags"], reach.loc[reach["structure_id"].isin(untold), "ags"]),
        next_end=next_end,
        outlook=np.select(
            [next_end.notna(), places["ags"].isin(perhaps["ags"]), places["ags"].isin(here["ags"])],
            [DAY, NOT_KNOWN, NONE_IN_SIGHT],
            NOTHING_THERE,
        ),
    )


def _reach(rows: pd.DataFrame) -> pd.DataFrame:
    """A row for each municipality that a structure serves: `ags`."""
    reach = rows[["structure_id", "effective_fte", "until", "municipalities"]].explode("municipalities")
    return reach.dropna(subset=["municipalities"]).rename(columns={"municipalities": "ags"})


def _here(rows: pd.DataFrame) -> pd.DataFrame:
    """The structures of each municipality: with their seat there, or serving no other; `ags`, `until`."""
    seated = rows[["seat_ags", "until"]].set_axis(["ags", "until"], axis=1)
    reach = _reach(rows)
    alone = reach.groupby("structure_id")["ags"].transform("size") == 1
    return pd.concat([seated, reach.loc[alone, ["ags", "until"]]])


def _count(ags: pd.Series, found: pd.Series) -> pd.Series:
    return ags.map(found.value_counts()).fillna(0).astype("int64")
