"""Which tasks lose their last provider after a day, for whom and where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from steering.analysis.findings.endings import last_provided
from steering.analysis.portfolio import Portfolio
from steering.analysis.structures.directory import legal_of
from steering.analysis.view import View
from steering.model.german import count, listing

EVERYONE = "alle Zielgruppen"
EVERYWHERE = "kreisweit"


@dataclass(frozen=True)
class Loss:
    """A task without a provider: `legal` as in `directory`, `whom` and `where` in words."""

    task: str
    legal: str
    whom: str
    where: str


def losses(portfolio: Portfolio, view: View, last: Mapping[int, date]) -> tuple[Loss, ...]:
    """What has a provider on the last days of structures and none on the next, in catalogue order."""
    cells = last_provided(portfolio, view, last)
    tasks = portfolio.tasks.sort_values(["field_id", "position", "id"])
    told = []
    for task in tasks[tasks["id"].isin(cells["task_id"])].to_dict("records"):
        own = cells[cells["task_id"] == task["id"]]
        legal = legal_of({task["legal_character"]})
        told.append(Loss(str(task["name"]), legal, _whom(portfolio, own), _where(portfolio, own)))
    return tuple(told)


def _whom(portfolio: Portfolio, cells: pd.DataFrame) -> str:
    groups = portfolio.target_groups.sort_values("position")
    single = groups[~groups["everyone"].astype(bool)]
    reached = set(cells["group"])
    if reached >= set(single["slug"]):
        return EVERYONE
    return listing(list(single.loc[single["slug"].isin(reached), "name"]), 3)


def _where(portfolio: Portfolio, cells: pd.DataFrame) -> str:
    sites = [site for site in cells["site"].unique() if site]
    if sites and len(sites) == cells["site"].nunique():
        # A site may be called as somebody who provides: it must not seem to be the one that is lost.
        return f"{'am Standort' if len(sites) == 1 else 'an den Standorten'} {listing(sites, 3)}"
    places = portfolio.municipalities
    places = places[places["inhabited"].astype(bool)]
    reached = places[places["ags"].isin(cells["ags"])]
    if len(reached) == len(places):
        return EVERYWHERE
    names = list(reached["name"])
    return listing(names, 3) if len(names) <= 3 else count(len(names), "Gemeinde", "Gemeinden")
