"""What going on beyond the end of a funding costs the Landkreis: the Haushaltsblatt without and with it.

Both are read as *gesichert* and without measures, whatever the paper looks at: a vote is about what nobody
has granted yet. With it the ending fundings go on at their rates, and so does the co-financing that follows
them; `together` is therefore right only where the funding itself is granted again.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd

from steering.analysis.changes import ExtendFunding
from steering.analysis.masterplan import budget
from steering.analysis.paper.comparison import own_house
from steering.analysis.portfolio import Portfolio
from steering.analysis.scenarios import scenario
from steering.analysis.view import Horizon, Scenario, View
from steering.model import Payer

YEARS = 3
OURS, SHARED, OTHERS = "ours", "shared", "others"


def going_on(portfolio: Portfolio, view: View, ends: pd.DataFrame) -> pd.DataFrame:
    """Own money of each structure of `ends` (as `decisions.upcoming`) in the budget years after its end.

    Columns: structure_id, name, carrier, whose ("ours": the Landkreis's own house has it; "shared": somebody
    else has it and the Landkreis pays; "others": it has nothing of the Landkreis), first (day after the end),
    granted (whether somebody else's money ends), fte, year, without_cents, together_cents, more_cents (whole
    euros that add up; NaN where nothing is recorded), unknown (own amounts that are not known with it).
    One row per structure and year, by first, name and year.
    """
    structures = _structures(portfolio, ends)
    if structures.empty:
        return pd.DataFrame(columns=[*structures.columns, "year", *_MONEY])
    begin, latest = structures["first"].min().year, structures["first"].max().year
    last = max(latest, min(latest + YEARS - 1, view.horizon.last.year))
    years = range(begin, last + 1)
    look = replace(view, scenario=Scenario(), horizon=Horizon(date(begin, 1, 1), date(last, 12, 31)))
    longer = tuple(ExtendFunding(int(each), date(last, 12, 31)) for each in ends["funding_id"])
    before, after = (_sheet(each, look) for each in (portfolio, scenario.apply(portfolio, longer)))
    rows = structures.merge(pd.DataFrame({"year": pd.Series(years, dtype="int64")}), how="cross")
    rows = rows[rows["year"] >= rows["first"].dt.year]
    at = pd.MultiIndex.from_frame(rows[["structure_id", "year"]])
    without, together = (_euros(sheet["own_cents"].reindex(at)) for sheet in (before, after))
    amounts = after["own_amounts"].reindex(at).fillna(0).to_numpy()
    rows = rows.assign(
        without_cents=without.to_numpy(),
        together_cents=together.to_numpy(),
        more_cents=(together - without.fillna(0)).to_numpy(),
        unknown=after["own_unknown"].reindex(at).fillna(0).astype("int64").to_numpy(),
        paid=amounts > 0,
    )
    return _with_whose(rows).sort_values(["first", "name", "structure_id", "year"]).reset_index(drop=True)


_MONEY = ["without_cents", "together_cents", "more_cents", "unknown", "whose"]


def _sheet(portfolio: Portfolio, look: View) -> pd.DataFrame:
    rows = budget.sheet(portfolio, look)
    return rows[rows["of"] == budget.STRUCTURE].set_index(["id", "year"])


def _structures(portfolio: Portfolio, ends: pd.DataFrame) -> pd.DataFrame:
    """Each structure once, though several of its fundings may end on its last day."""
    fundings, carriers = portfolio.fundings.set_index("id"), portfolio.structures.set_index("id")
    names = portfolio.names("organisation")
    rows = ends.assign(granted=(ends["funding_id"].map(fundings["payer"]) != Payer.OWN).astype(bool))
    rows = rows.assign(granted=rows.groupby("structure_id")["granted"].transform("any"))
    rows = rows.drop_duplicates("structure_id")
    carrier = rows["structure_id"].map(carriers["organisation_id"])
    return pd.DataFrame(
        {
            "structure_id": rows["structure_id"].astype("int64"),
            "name": rows["name"],
            "carrier": [str(names.get(each, "")) for each in carrier],
            "own": [own_house(portfolio, each) for each in carrier],
            "first": rows["end"] + pd.Timedelta(days=1),
            "granted": rows["granted"],
            "fte": rows["fte"],
        }
    )


def _euros(cents: pd.Series) -> pd.Series:
    """Whole euros, so that what is added stands as the sum."""
    return (cents / 100).round() * 100


def _with_whose(rows: pd.DataFrame) -> pd.DataFrame:
    paid = rows.groupby("structure_id")["paid"].transform("any")
    whose = pd.Series(OTHERS, rows.index).mask(paid, SHARED).mask(rows["own"], OURS)
    return rows.assign(whose=whose).drop(columns=["own", "paid"])
