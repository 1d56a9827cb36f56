"""How it stands on one day in each scenario: the alternatives that a paper puts side by side."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

from steering.analysis import findings
from steering.analysis.findings.counted import on_day, pending
from steering.analysis.lives import lifecycle
from steering.analysis.money import sums
from steering.analysis.paper.comparison import changes_of
from steering.analysis.paper.subjects import PaperScope, members, within
from steering.analysis.portfolio import Portfolio
from steering.analysis.scenarios import scenario
from steering.analysis.structures import counted
from steering.analysis.view import View
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
    running, unknown (structures), fte, fte_unknown (of those with posts), open (findings on that day),
    own_cents (own and uncovered money of the Landkreis in that year, NaN where nothing is known), own_unknown
    (amounts).
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
            {"name": name} | _standing(applied, at, about) | _money(applied, at, about, acting & paid)
        )
    return pd.DataFrame(rows)


def _standing(applied: Portfolio, at: View, about: PaperScope) -> dict[str, Any]:
    found, who = lifecycle.on_day(applied, at), members(applied, about)
    if who is not None:
        found = found[found["structure_id"].isin(who)]
    kinds = applied.structures.set_index("id")["kind"]
    found = found.assign(effective_fte=found["fte"], kind=found["structure_id"].map(kinds))
    running = counted.running(found)
    still_open = on_day(within(pending(findings.standing(applied, at)), about), at.as_of)
    return {
        "running": len(running),
        "unknown": len(counted.uncertain(found)),
        "fte": float(running["fte"].sum()),
        "fte_unknown": len(counted.fte_not_known(found)),
        "open": still_open["key"].nunique(),
    }


def _money(applied: Portfolio, at: View, about: PaperScope, paid: frozenset[int]) -> dict[str, Any]:
    year, who = at.as_of.year, members(applied, about)
    flows = sums.flows(applied, at)
    if who is not None:
        flows = flows[flows["structure_id"].isin(who)]
    span = pd.DataFrame({"first": [pd.Timestamp(year, 1, 1)], "last": [pd.Timestamp(year, 12, 31)]})
    ours = sums.totals(flows, span)
    ours = ours[ours["payer"].isin([Payer.OWN.value, sums.UNCOVERED])]
    costs = applied.measure_costs
    costs = costs[costs["measure_id"].isin(paid) & (costs["payer"] == Payer.OWN) & (costs["year"] == year)]
    known = [*ours.loc[ours["known_rows"] > 0, "cents"].dropna(), *costs["amount_cents"].dropna()]
    return {
        "own_cents": float(sum(known)) if known else float("nan"),
        "own_unknown": int(ours["unknown_rows"].sum() + costs["amount_cents"].isna().sum()),
    }
