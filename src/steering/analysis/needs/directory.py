"""Each need with what is written about it elsewhere: task, Handlungsfeld, area, for whom."""

from __future__ import annotations

import pandas as pd

from steering.analysis.discretion import withheld_needs
from steering.analysis.findings import not_surveyed
from steering.analysis.portfolio import Portfolio
from steering.analysis.structures.directory import DUTY, THIRD_PARTY, UNCLASSIFIED, VOLUNTARY
from steering.model import AreaKind, LegalCharacter, NeedKind

EVERYONE = "alle"
_LEGAL = {
    LegalCharacter.VOLUNTARY.value: VOLUNTARY,
    LegalCharacter.THIRD_PARTY.value: THIRD_PARTY,
    LegalCharacter.UNCHECKED.value: UNCLASSIFIED,
}


def needs(portfolio: Portfolio) -> pd.DataFrame:
    """One row per need; service before steering, then in the order of the catalogue, then by name.

    What is withheld (`discretion`) is left out.

    Columns: all of the need's own, with `need_id` for its id, and `task`, `field`, `field_slug`, `legal`
    (freiwillig, Pflicht, Zuständigkeit Dritter or nicht eingeordnet), `area`, `district_wide`,
    `municipalities` (frozenset of AGS), `groups` (tuple of names, ("alle",) where it names none).
    """
    rows = portfolio.needs.rename(columns={"id": "need_id"})
    rows = rows[~rows["need_id"].isin(withheld_needs(portfolio))]
    rows = rows.merge(tasks(portfolio), on="task_id", how="left")
    areas = portfolio.areas.set_index("id")
    rows["area"] = rows["area_id"].map(areas["name"])
    rows["district_wide"] = rows["area_id"].map(areas["kind"]) == AreaKind.DISTRICT
    members = portfolio.area_municipalities.groupby("area_id")["ags"].agg(frozenset)
    rows["municipalities"] = [members.get(area, frozenset()) for area in rows["area_id"]]
    named = portfolio.need_groups.merge(
        portfolio.target_groups, left_on="target_group_id", right_on="id"
    ).sort_values("position")
    groups = named.groupby("need_id")["name"].agg(tuple)
    rows["groups"] = [groups.get(key, (EVERYONE,)) for key in rows["need_id"]]
    steering = rows["kind"] == NeedKind.STEERING
    order = ["steering", "field_position", "position", "valid_from", "name"]
    return (
        rows.assign(steering=steering)
        .sort_values(order, na_position="first")
        .drop(columns="steering")
        .reset_index(drop=True)
    )


def tasks(portfolio: Portfolio) -> pd.DataFrame:
    """One row per task: task_id, task, position, legal, field, field_slug, field_position."""
    fields = portfolio.fields.rename(
        columns={"id": "field_id", "name": "field", "slug": "field_slug", "position": "field_position"}
    )[["field_id", "field", "field_slug", "field_position"]]
    rows = portfolio.tasks.rename(columns={"id": "task_id", "name": "task"}).merge(fields, on="field_id")
    rows["legal"] = rows["legal_character"].map(lambda stored: _LEGAL.get(stored, DUTY)).astype("str")
    return rows[["task_id", "task", "position", "legal", "field", "field_slug", "field_position"]]


def without_needs(portfolio: Portfolio) -> pd.DataFrame:
    """The tasks for which somewhere no need is recorded: those of `tasks`, with `municipalities`.

    `municipalities`: frozenset of the AGS without a need. Duties first, then in the order of the catalogue.
    """
    missing = not_surveyed(portfolio).groupby("task_id")["ags"].agg(frozenset)
    rows = tasks(portfolio)
    rows = rows[rows["task_id"].isin(missing.index)]
    rows = rows.assign(
        municipalities=[missing[key] for key in rows["task_id"]], voluntary=rows["legal"] != DUTY
    )
    return (
        rows.sort_values(["voluntary", "field_position", "position"])
        .drop(columns="voluntary")
        .reset_index(drop=True)
    )
