"""Which structures reach which municipality on a day, for a task or at all.

Decisions beyond docs/rules.md#housing:

- For a task those reach a municipality who lead it there and deliver themselves, or deliver it, as COVERAGE
  counts deliverers; also where they do so at a site only, such as a school or an accommodation.
- Without a task it is whoever has the municipality in its catchment or among its responsibilities, in
  whatever role, as the Karte shows it.
- A structure of which nobody knows whether it runs reaches nobody for certain; it is told beside the others.
- The filters of the page choose structures; a chosen municipality hides none that reach others.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from steering.analysis.lives.stretches import NOT_RUNNING, RUNNING
from steering.analysis.portfolio import Portfolio
from steering.analysis.scenarios.scenario import in_scenario
from steering.analysis.structures.inventory import EVERYTHING, Selection, inventory, select
from steering.analysis.view import View
from steering.model import Role

SURE, UNSURE, NOBODY = "reached", "perhaps", "nobody"
"""Whether a municipality is reached: by somebody who runs, by some of whom that is not known, by nobody."""


@dataclass(frozen=True)
class Reached:
    """Who reaches a municipality: ids of structures that run, and of those that may."""

    running: frozenset[int] = frozenset()
    unknown: frozenset[int] = frozenset()

    @property
    def state(self) -> str:
        if self.running:
            return SURE
        return UNSURE if self.unknown else NOBODY


@in_scenario
def serving(
    portfolio: Portfolio, view: View, task_id: int | None = None, chosen: Selection = EVERYTHING
) -> pd.DataFrame:
    """The structures that reach somebody, as `inventory` has them, with the inhabited municipalities they
    reach as `reaches` (frozenset of AGS)."""
    rows = select(inventory(portfolio, view), replace(chosen, municipalities=frozenset()))
    rows = rows[rows["state"] != NOT_RUNNING]
    inhabited = _inhabited(portfolio)
    if task_id is None:
        reaches = [frozenset(served) & inhabited for served in rows["municipalities"]]
    else:
        found = _delivering(portfolio, view.as_of)
        found = found[found["task_id"] == task_id]
        places = {key: frozenset(ags) for key, ags in found.groupby("structure_id")["ags"]}
        reaches = [places.get(key, frozenset()) & inhabited for key in rows["structure_id"]]
    rows = rows.assign(reaches=pd.Series(reaches, index=rows.index, dtype=object))
    # An empty list would choose columns.
    somebody = pd.Series([bool(each) for each in reaches], index=rows.index, dtype=bool)
    return rows[somebody].reset_index(drop=True)


def reached(portfolio: Portfolio, serving_rows: pd.DataFrame) -> dict[str, Reached]:
    """`serving` seen from each inhabited municipality."""
    running: dict[str, set[int]] = {ags: set() for ags in _inhabited(portfolio)}
    unknown: dict[str, set[int]] = {ags: set() for ags in running}
    for key, state, reaches in zip(
        serving_rows["structure_id"], serving_rows["state"], serving_rows["reaches"], strict=True
    ):
        for ags in reaches:
            (running if state == RUNNING else unknown)[ags].add(int(key))
    return {ags: Reached(frozenset(running[ags]), frozenset(unknown[ags])) for ags in running}


@in_scenario
def unserved_tasks(
    portfolio: Portfolio, view: View, chosen: Selection = EVERYTHING
) -> dict[str, tuple[str, ...]]:
    """The tasks that nobody who runs delivers in each inhabited municipality, in the catalogue's order.

    Those of the chosen fields alone, where some are chosen.
    """
    rows = select(inventory(portfolio, view), replace(chosen, municipalities=frozenset()))
    running = rows.loc[rows["state"] == RUNNING, "structure_id"]
    found = _delivering(portfolio, view.as_of)
    found = found[found["structure_id"].isin(running)]
    done = found.groupby("ags")["task_id"].agg(frozenset)
    fields = portfolio.fields.rename(columns={"id": "field_id", "position": "rank"})
    tasks = portfolio.tasks.merge(
        fields[["field_id", "rank", "slug"]], on="field_id", suffixes=("", "_field")
    )
    if chosen.fields:
        tasks = tasks[tasks["slug_field"].isin(chosen.fields)]
    tasks = tasks.sort_values(["rank", "position"])
    named = list(zip(tasks["id"], tasks["name"], strict=True))
    return {
        ags: tuple(name for key, name in named if key not in done.get(ags, frozenset()))
        for ags in sorted(_inhabited(portfolio))
    }


def _delivering(portfolio: Portfolio, as_of: date) -> pd.DataFrame:
    """Who delivers which task where on a day: structure_id, task_id, ags; whether or not they run."""
    rows = portfolio.responsibilities
    on = pd.Timestamp(as_of)
    lead = (rows["role"] == Role.LEAD) & rows["delivers"].astype(bool)
    delivers = lead | (rows["role"] == Role.DELIVER)
    valid = ~(rows["valid_from"] > on) & ~(rows["valid_until"] < on)
    rows = rows.loc[delivers & valid, ["structure_id", "task_id", "area_id"]]
    return rows.merge(portfolio.area_municipalities, on="area_id")[["structure_id", "task_id", "ags"]]


def _inhabited(portfolio: Portfolio) -> frozenset[str]:
    places = portfolio.municipalities
    return frozenset(places.loc[places["inhabited"], "ags"])
