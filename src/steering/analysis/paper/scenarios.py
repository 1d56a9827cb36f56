"""How it stands on one day in each scenario: the alternatives that a paper puts side by side."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

from steering.analysis import findings
from steering.analysis.findings.counted import on_day, pending
from steering.analysis.lives import lifecycle
from steering.analysis.money import county
from steering.analysis.money.county import YearMoney
from steering.analysis.paper.comparison import changes_of
from steering.analysis.paper.subjects import PaperScope, members, within
from steering.analysis.portfolio import Portfolio
from steering.analysis.scenarios import scenario
from steering.analysis.structures import counted
from steering.analysis.structures.posts import posts
from steering.analysis.view import Horizon, View
from steering.model import ExtensionRule, Payer
from steering.model.vocabulary import word

WITH_MEASURE, WITH_PLAN = "mit dieser Maßnahme", "mit Masterplan"


def scenarios(
    portfolio: Portfolio,
    view: View,
    about: PaperScope,
    own: frozenset[int],
    in_force: frozenset[int],
    paid: frozenset[int],
    day: date,
) -> pd.DataFrame:
    """The three extension rules without measures, then the view's with the measure `own` and with the plan.

    `in_force`: the measures of the plan; `paid`: those whose costs concern the subject. Columns: name,
    money (a YearMoney of the year of that day), running, unknown (structures), posts (CountedPosts),
    open (findings on that day).
    """
    asked = [(word(rule), rule, frozenset[int]()) for rule in ExtensionRule]
    rule = view.scenario.rule
    if own:
        asked.append((f"{word(rule)}, {WITH_MEASURE}", rule, own))
    if changes_of(portfolio, in_force | own) != changes_of(portfolio, own):
        also = " und dieser Maßnahme" if own - in_force else ""
        asked.append((f"{word(rule)}, {WITH_PLAN}{also}", rule, in_force | own))
    rows = []
    for name, under, acting in asked:
        at = replace(view, as_of=day, scenario=replace(view.scenario, rule=under))
        applied = scenario.apply(portfolio, changes_of(portfolio, acting))
        rows.append(
            {"name": name, "money": _money(applied, at, about, acting & paid)} | _standing(applied, at, about)
        )
    return pd.DataFrame(rows)


def _standing(applied: Portfolio, at: View, about: PaperScope) -> dict[str, Any]:
    found, who = lifecycle.on_day(applied, at), members(applied, about)
    if who is not None:
        found = found[found["structure_id"].isin(who)]
    kinds = applied.structures.set_index("id")["kind"]
    found = found.assign(effective_fte=found["fte"], kind=found["structure_id"].map(kinds))
    still_open = on_day(within(pending(findings.of_tasks(applied, at, counted=True)), about), at.as_of)
    return {
        "running": len(counted.running(found)),
        "unknown": len(counted.uncertain(found)),
        "posts": posts(found),
        "open": still_open["key"].nunique(),
    }


def _money(applied: Portfolio, at: View, about: PaperScope, paid: frozenset[int]) -> YearMoney:
    year, who = at.as_of.year, members(applied, about)
    flows = county.reckoned(applied, at)
    if who is not None:
        flows = flows[flows["structure_id"].isin(who)]
    (of_year,) = county.per_year(flows, Horizon(date(year, 1, 1), date(year, 12, 31)), [year])
    costs = applied.measure_costs
    costs = costs[costs["measure_id"].isin(paid) & (costs["payer"] == Payer.OWN) & (costs["year"] == year)]
    return replace(
        of_year,
        recorded=of_year.recorded + float(costs["amount_cents"].sum()),
        unknown=of_year.unknown + int(costs["amount_cents"].isna().sum()),
    )
