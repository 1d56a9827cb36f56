"""The structures on the Stichtag, and the part of them a selection leaves."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from steering.analysis.lives import lifecycle, stretches
from steering.analysis.lives.bars import yearly_granted
from steering.analysis.portfolio import Portfolio
from steering.analysis.scenarios.scenario import in_scenario
from steering.analysis.structures.directory import directory
from steering.analysis.view import View
from steering.model import EndKind, FundingPart


@dataclass(frozen=True)
class Selection:
    """The filters of the sidebar; an empty one lets everything through.

    `levels`: stored values of Level; `fields`, `organisations`: slugs; `municipalities`: AGS.
    """

    levels: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    municipalities: frozenset[str] = frozenset()
    organisations: frozenset[str] = frozenset()

    @property
    def active(self) -> int:
        """How many of the four filters are set."""
        return sum(map(bool, (self.levels, self.fields, self.municipalities, self.organisations)))


EVERYTHING = Selection()


@in_scenario
def inventory(portfolio: Portfolio, view: View) -> pd.DataFrame:
    """`directory` with the state on the Stichtag; one row per structure, in its order.

    Added columns: `state`, `support`, `effective_fte`, `effective_places`, `until`, `after` as in
    `lifecycle.on_day`; `last_end_kind`, `last_extension` of the carrying funding that ends last
    (of the structure itself where none carries); `yearly_grant`, whether a standing programme gives a grant
    towards it year by year; `first_day`, `last_day` it runs at all in the
    scenario (NaT: open or never); `recorded_fte`, the effective FTE, and of what is unknown on the Stichtag
    those with which it runs if it does; `resumes`, the first day after the Stichtag on which it begins to
    run; `own_means_from`, the first day after the Stichtag from which own means carry it on.
    """
    days = lifecycle.on_day(portfolio, view).rename(
        columns={"fte": "effective_fte", "places": "effective_places"}
    )
    rows = directory(portfolio).merge(days, on="structure_id", how="left")
    lives = lifecycle.lives(portfolio, view)
    lives = lives[lives["state"] == "running"]
    running, ahead = lives.groupby("structure_id"), lives[lives["start"] > pd.Timestamp(view.as_of)]
    by_own_means = ahead[ahead["support"] == stretches.OWN_MEANS]
    ids = rows["structure_id"]
    for column, found in (
        ("first_day", running["start"].min()),
        # An open end is later than every day.
        ("last_day", running["end"].max().where(running["end"].count() == running.size())),
        ("resumes", ahead.groupby("structure_id")["start"].min()),
        ("own_means_from", by_own_means.groupby("structure_id")["start"].min()),
    ):
        rows[column] = found.reindex(ids).to_numpy()
    recorded = _recorded_fte(portfolio, rows, pd.Timestamp(view.as_of))
    rows["recorded_fte"] = rows["effective_fte"].where(rows["state"] != stretches.UNKNOWN, recorded)
    last = _last_carrying(portfolio).set_index("structure_id")
    for column, own in (("last_end_kind", "end_kind"), ("last_extension", "extension")):
        rows[column] = pd.Series(last[own].reindex(ids).to_numpy(), index=rows.index).fillna(rows[own])
    return rows.assign(yearly_grant=ids.isin(yearly_granted(portfolio)))


def select(rows: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    """The rows of a frame made by `directory` or `inventory` that a selection lets through.

    A municipality lets through what serves it or has its seat there; an organisation lets through
    the units below it as well.
    """
    keep = pd.Series(True, index=rows.index)
    if selection.levels:
        keep &= rows["level"].isin(selection.levels)
    if selection.organisations:
        keep &= _touches(rows["organisation_slugs"], selection.organisations)
    if selection.fields:
        keep &= _touches(rows["fields"], selection.fields)
    if selection.municipalities:
        served = _touches(rows["municipalities"], selection.municipalities)
        keep &= served | rows["seat_ags"].isin(selection.municipalities)
    return rows[keep].reset_index(drop=True)


def only_prepared(rows: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    """The rows that a selection leaves out although one of its organisations, or a unit below one, prepares
    what is decided about them: what it does not carry."""
    others = select(rows, replace(selection, organisations=frozenset()))
    carried = _touches(others["organisation_slugs"], selection.organisations)
    prepared = _touches(others["department_slugs"], selection.organisations)
    return others[prepared & ~carried].reset_index(drop=True)


def _touches(sets: pd.Series, wanted: frozenset[str]) -> pd.Series:
    """Whether each set has a member that is wanted."""
    return pd.Series([bool(found & wanted) for found in sets], index=sets.index, dtype=bool)


def _recorded_fte(portfolio: Portfolio, rows: pd.DataFrame, on: pd.Timestamp) -> pd.Series:
    """What fundings or structures themselves say for a day, whether they are certain or not."""
    fundings = portfolio.fundings
    fundings = fundings[fundings["part"] == FundingPart.CARRYING]
    fundings = fundings[~(fundings["start"] > on) & ~(fundings["end"] < on)]
    each = fundings["fte"].groupby(fundings["structure_id"])
    # As of what runs: of some that say it and some that do not, no sum is known.
    total = each.sum().where(each.count() == each.size())[each.count() > 0]
    ids = rows["structure_id"]
    return ids.map(total).where(ids.isin(total.index), rows["fte"]).astype("float64")


def _last_carrying(portfolio: Portfolio) -> pd.DataFrame:
    """The carrying funding of each structure that goes on longest: open beats unknown beats a day."""
    fundings = portfolio.fundings
    fundings = fundings[fundings["part"] == FundingPart.CARRYING]
    rank = fundings["end_kind"].map({EndKind.OPEN.value: 2, EndKind.UNKNOWN.value: 1}).fillna(0)
    return (
        fundings.assign(_rank=rank)
        .sort_values(["structure_id", "_rank", "end", "start"], na_position="first")
        .drop_duplicates("structure_id", keep="last")[["structure_id", "end_kind", "extension"]]
    )
