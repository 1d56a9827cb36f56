"""What measures bring about, as a paper says it: what is open without them and with them, and their cost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from steering.analysis.changes import AddStructure, ScenarioChange, SetOnLoss
from steering.analysis.findings import of_tasks
from steering.analysis.findings.counted import pending
from steering.analysis.findings.matters import Matters
from steering.analysis.masterplan import plan
from steering.analysis.masterplan.counted import in_periods
from steering.analysis.masterplan.effects import effect
from steering.analysis.masterplan.periods import periods
from steering.analysis.money.flows import UNCOVERED
from steering.analysis.paper.subjects import PaperScope, within
from steering.analysis.portfolio import Portfolio
from steering.analysis.scenarios import stored_changes
from steering.analysis.view import View
from steering.model import FundingPart, Level, MeasureStatus, OnLoss, Payer

OWN_HOUSES = (Level.COUNTY, Level.STATE_OFFICE)


@dataclass(frozen=True, eq=False)
class Comparison:
    """The same look without some measures and with them.

    `periods`: first, last, name, without, with_plan (open findings by matter), one row per planning period.
    `closed`, `opened`: findings as `findings.standing` gives them, each matter once, that only the one or the
    other side has in some period, with `when` (the names of these periods) and `whole` (in all of them).
    `costs`: year, own_cents (what the Landkreis pays more, fundings and the measures' own costs together;
    NaN where nothing of it is known), own_unknown (amounts), risk_cents and risk_unknown (the same of
    uncovered costs), risk_estimated (what is estimated of them, NaN for nothing) and risk_example; only
    budget years from today's on in which something changes.
    `posts`: FTE that the measures bring to the Landkreis's own house, NaN where not all are known.
    """

    periods: pd.DataFrame
    closed: pd.DataFrame
    opened: pd.DataFrame
    costs: pd.DataFrame
    posts: float


def changes_of(portfolio: Portfolio, measures: Iterable[int]) -> tuple[ScenarioChange, ...]:
    """The readable effects of measures, in the order of their ids; the data have those of completed ones."""
    rows = portfolio.measures.sort_values("id")
    rows = rows[rows["id"].isin(set(measures)) & (rows["status"] != MeasureStatus.COMPLETED)]
    return tuple(
        change for text in rows["effects"] for change in stored_changes.readable(stored_changes.read(text))
    )


def comparison(
    portfolio: Portfolio, view: View, others: frozenset[int], measures: frozenset[int], about: PaperScope
) -> Comparison:
    """What `measures` bring about where the effects of `others` apply already; findings within `about`."""
    base, look = (plan.planned(view, changes_of(portfolio, keys)) for keys in (others, others | measures))
    at = periods(portfolio, view)
    found = [within(pending(of_tasks(portfolio, each, counted=True)), about) for each in (base, look)]
    before, after = map(Matters(found[0]).told, found)
    old, new = (in_periods(each, at) for each in (before, after))
    return Comparison(
        at.assign(without=[len(matters) for matters in old], with_plan=[len(matters) for matters in new]),
        _only(before, old, new, at),
        _only(after, new, old, at),
        _costs(portfolio, effect(portfolio, look, base).money, measures, view.today.year),
        _posts(portfolio, changes_of(portfolio, measures)),
    )


def _only(found: pd.DataFrame, here: list[set[str]], there: list[set[str]], at: pd.DataFrame) -> pd.DataFrame:
    names = list(at["name"])
    when: dict[str, tuple[str, ...]] = {}
    for matter in found["matter"].unique():
        only = tuple(n for n, a, b in zip(names, here, there, strict=True) if matter in a and matter not in b)
        if only:
            when[matter] = only
    rows = found[found["matter"].isin(when)].drop_duplicates("matter").reset_index(drop=True)
    held = [sum(matter in matters for matters in here) for matter in rows["matter"]]
    told = [when[matter] for matter in rows["matter"]]
    whole = [len(only) == number for only, number in zip(told, held, strict=True)]
    return rows.assign(when=pd.Series(told, dtype=object), whole=pd.Series(whole, dtype=bool))


def _costs(portfolio: Portfolio, money: pd.DataFrame, measures: frozenset[int], since: int) -> pd.DataFrame:
    own = portfolio.measure_costs
    own = own[own["measure_id"].isin(measures) & (own["payer"] == Payer.OWN)]
    changed = money.assign(year=money["first"].dt.year, cents=money["cents"].where(money["cents"] != 0))
    columns = ["year", "payer", "cents", "unknown"]
    parts = [
        changed.rename(columns={"unknown_rows": "unknown"})[columns],
        own.assign(
            cents=own["amount_cents"].astype("float64"), unknown=own["amount_cents"].isna().astype("int64")
        )[columns],
    ]
    rows = pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)
    found = pd.DataFrame({"year": sorted(int(year) for year in rows["year"].unique())})
    for payer, name in ((Payer.OWN.value, "own"), (UNCOVERED, "risk")):
        of_payer = rows[rows["payer"] == payer].groupby("year")
        found[f"{name}_cents"] = found["year"].map(of_payer["cents"].sum(min_count=1)).astype("float64")
        found[f"{name}_unknown"] = found["year"].map(of_payer["unknown"].sum()).fillna(0).astype("int64")
    guessed = changed[changed["payer"] == UNCOVERED].set_index("year")
    found["risk_estimated"] = found["year"].map(guessed["estimated"]).astype("float64")
    found["risk_example"] = found["year"].map(guessed["example"]).eq(other=True)
    touched = found[["own_cents", "risk_cents", "risk_estimated"]].notna().any(axis=1)
    touched |= (found["own_unknown"] > 0) | (found["risk_unknown"] > 0)
    # What was paid in years that are over nobody has to provide any more.
    return found[touched & (found["year"] >= since)].reset_index(drop=True)


def _posts(portfolio: Portfolio, changes: tuple[ScenarioChange, ...]) -> float:
    """Posts for the Stellenplan: added structures of the own house, and what goes on on own means."""
    carriers = portfolio.structures.set_index("id")["organisation_id"]
    found = [
        _posts_of(change)
        for change in changes
        if isinstance(change, AddStructure) and own_house(portfolio, change.organisation_id)
    ]
    found += [
        change.fte_after
        for change in changes
        if isinstance(change, SetOnLoss)
        and change.on_loss == OnLoss.CONTINUES
        and own_house(portfolio, carriers.get(change.structure_id))
    ]
    return sum(float("nan") if each is None else float(each) for each in found)


def _posts_of(added: AddStructure) -> float | None:
    """The sum of what its carrying fundings name, where one does; else the structure's."""
    sizes = [each.fte for each in added.fundings if each.part == FundingPart.CARRYING]
    named = [each for each in sizes if each is not None]
    if not named:
        return added.fte
    return sum(named) if len(named) == len(sizes) else None


def own_house(portfolio: Portfolio, organisation_id: object) -> bool:
    """Whether an organisation is the Landkreis or the Landratsamt, whose posts are in the Stellenplan."""
    levels = portfolio.organisations.set_index("id")["level"]
    return levels.get(organisation_id) in OWN_HOUSES
