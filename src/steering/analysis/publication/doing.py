"""What structures do, for whom and where, found for all of them at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from steering.analysis.portfolio import Portfolio
from steering.model import AreaKind, Role


@dataclass(frozen=True)
class Doing:
    """Ids of what one structure does: its tasks, the target groups it does them for, and the areas.

    `areas`: where it delivers; where it only leads, of a structure that delivers nothing.
    """

    tasks: frozenset[int] = frozenset()
    groups: frozenset[int] = frozenset()
    areas: frozenset[int] = frozenset()


def doings(portfolio: Portfolio, duty: pd.DataFrame) -> dict[Any, Doing]:
    """For each structure with a row in `duty` (as `structures.duties` finds them) what it does."""
    links = portfolio.responsibility_groups
    reached: dict[int, set[int]] = {}
    for responsibility, group in zip(links["responsibility_id"], links["target_group_id"], strict=True):
        reached.setdefault(responsibility, set()).add(group)
    known = portfolio.responsibilities
    leads_only = set(known.loc[(known["role"] == Role.LEAD) & ~known["delivers"], "id"])
    found = {}
    for key, rows in duty.groupby("structure_id"):
        delivered = rows[~rows["responsibility_id"].isin(leads_only)]
        found[key] = Doing(
            frozenset(rows["task_id"]),
            frozenset(group for each in rows["responsibility_id"] for group in reached.get(each, ())),
            frozenset((rows if delivered.empty else delivered)["area_id"]),
        )
    return found


class CatalogueNames:
    """How tasks, target groups and areas of a Portfolio are called, in their order."""

    def __init__(self, portfolio: Portfolio) -> None:
        fields = portfolio.fields.set_index("id")
        tasks = portfolio.tasks
        tasks = tasks.assign(field=tasks["field_id"].map(fields["position"])).sort_values(
            ["field", "position"], kind="stable"
        )
        slugs = tasks["field_id"].map(fields["slug"])
        self._tasks = list(zip(tasks["id"], slugs, tasks["name"], strict=True))
        groups = portfolio.target_groups.sort_values(["position", "name"])
        self._groups = list(zip(groups["id"], groups["name"], groups["everyone"], strict=True))
        areas, members = portfolio.areas, portfolio.area_municipalities
        self._wide = frozenset(areas.loc[areas["kind"] == AreaKind.DISTRICT, "id"])
        self._members: dict[int, set[str]] = {}
        for area, ags in zip(members["area_id"], members["ags"], strict=True):
            self._members.setdefault(area, set()).add(ags)

    def tasks(self, wanted: frozenset[int]) -> list[dict[str, str]]:
        """Tasks as {field, task}, see `content.PublicEntry`."""
        return [{"field": slug, "task": name} for key, slug, name in self._tasks if key in wanted]

    def groups(self, wanted: frozenset[int]) -> list[str]:
        """Target groups by name; only the one that stands for all where it is among them."""
        found = [(name, everyone) for key, name, everyone in self._groups if key in wanted]
        return [name for name, everyone in found if everyone] or [name for name, _ in found]

    def places(self, wanted: Iterable[Any]) -> dict[str, Any]:
        """Areas as {district_wide, municipalities}, see `content.PublicEntry`; nothing for none."""
        areas = {key for key in wanted if not pd.isna(key)}
        if not areas:
            return {}
        return {
            "district_wide": not self._wide.isdisjoint(areas),
            "municipalities": sorted({ags for area in areas for ags in self._members.get(area, ())}),
        }
