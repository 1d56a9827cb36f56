"""Each need with what is written about it elsewhere: task, Handlungsfeld, area, for whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from steering.analysis.discretion import withheld_needs
from steering.analysis.findings import not_surveyed
from steering.analysis.needs.reckoning import is_rule
from steering.analysis.portfolio import Portfolio
from steering.analysis.structures.directory import DUTIES
from steering.model import AreaKind, LegalCharacter, NeedUnit
from steering.model.german import day
from steering.model.vocabulary import word

EVERYONE, CASES = "alle", "Beratungsfälle"


def needs(portfolio: Portfolio) -> pd.DataFrame:
    """One row per need, in the order of the catalogue, then by its first day and name.

    What is withheld (`discretion`) is left out.

    Columns: all of the need's own, with `need_id` for its id, and `called` (see `_called`),
    `ruled` (its quantity follows a Kennzahl), `counted_in` (the word of the unit in which it is measured, ""
    where it has none), `task`, `field`, `field_slug`, `legal`
    (the catalogue's word), `legal_basis`, `duty` (bool), `area`, `district_wide`,
    `municipalities` (frozenset of AGS), `groups` (tuple of names, ("alle",) where it names none or the one
    for everyone).
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
    named["name"] = named["name"].mask(named["everyone"], EVERYONE)
    groups = named.groupby("need_id")["name"].agg(tuple)
    rows["groups"] = [groups.get(key, (EVERYONE,)) for key in rows["need_id"]]
    rows["called"] = _called(rows)
    rows["ruled"] = pd.array([is_rule(row) for row in rows.to_dict("records")], dtype="bool")
    measured = rows["unit"].mask(rows["ruled"] & (rows["unit"] == NeedUnit.RATIO), NeedUnit.FTE.value)
    rows["counted_in"] = [_counted_in(*each) for each in zip(measured, rows["task"], strict=True)]
    order = ["field_position", "position", "valid_from", "name"]
    return rows.sort_values(order, na_position="first").reset_index(drop=True)


def _called(rows: pd.DataFrame) -> pd.Series:
    """A need is called what its task is called, with what tells it from the task's other needs."""
    shared = rows["task_id"].duplicated(keep=False)
    words = [_apart(group) for _, group in rows[shared].groupby("task_id")]
    told = pd.concat(words).reindex(rows.index) if words else pd.Series("", index=rows.index)
    return rows["task"].where(~shared, rows["task"] + " · " + told.astype("str"))


def _apart(needs: pd.DataFrame) -> pd.Series:
    """Where, when, or for whom the needs of one task are; their own names where that is alike."""
    where = needs["site"].where(
        needs["site"] != "", needs["area"].where(~needs["district_wide"], "kreisweit")
    )
    periods = pd.Series([_in_years(row) for row in needs.to_dict("records")], index=needs.index)
    for words in (where, periods, needs["groups"].map(", ".join)):
        if words.is_unique:
            return words
    return needs["name"]


def period(row: Mapping[Any, Any]) -> str:
    """From when to when it is needed."""
    first, last = day(row["valid_from"], ""), day(row["valid_until"], "")
    if first and last:
        return f"{first} – {last}"
    return f"ab {first}" if first else f"bis {last}" if last else "ohne Frist"


def _in_years(row: Mapping[Any, Any]) -> str:
    """The same, where it is of whole years: "ab 2029"."""
    first, last = row["valid_from"], row["valid_until"]
    whole = (pd.isna(first) or (first.month, first.day) == (1, 1)) and (
        pd.isna(last) or (last.month, last.day) == (12, 31)
    )
    if not whole or (pd.isna(first) and pd.isna(last)):
        return period(row)
    if pd.notna(first) and pd.notna(last):
        return str(first.year) if first.year == last.year else f"{first.year} – {last.year}"
    return f"ab {first.year}" if pd.notna(first) else f"bis {last.year}"


def _counted_in(unit: str | None, task: str) -> str:
    """Plätze, VZÄ or Beratungsschlüssel; who advises has cases, not places."""
    if pd.isna(unit):
        return ""
    advises = NeedUnit(unit) == NeedUnit.PLACES and "beratung" in task.casefold()
    return CASES if advises else word(NeedUnit(unit))


def tasks(portfolio: Portfolio) -> pd.DataFrame:
    """One row per task.

    Columns: task_id, task, position, legal, legal_basis, duty, field, field_slug, field_position.
    """
    fields = portfolio.fields.rename(
        columns={"id": "field_id", "name": "field", "slug": "field_slug", "position": "field_position"}
    )[["field_id", "field", "field_slug", "field_position"]]
    rows = portfolio.tasks.rename(columns={"id": "task_id", "name": "task"}).merge(fields, on="field_id")
    rows["legal"] = rows["legal_character"].map(lambda stored: word(LegalCharacter(stored))).astype("str")
    rows["duty"] = rows["legal_character"].isin(DUTIES)
    columns = ["task_id", "task", "position", "legal", "legal_basis", "duty"]
    return rows[[*columns, "field", "field_slug", "field_position"]]


def without_needs(portfolio: Portfolio) -> pd.DataFrame:
    """The tasks for which somewhere no need is recorded: those of `tasks`, with `municipalities`.

    `municipalities`: frozenset of the AGS without a need. Duties first, then in the order of the catalogue.
    """
    missing = not_surveyed(portfolio).groupby("task_id")["ags"].agg(frozenset)
    rows = tasks(portfolio)
    rows = rows[rows["task_id"].isin(missing.index)]
    rows = rows.assign(
        municipalities=[missing[key] for key in rows["task_id"]], other=~rows["duty"].astype(bool)
    )
    return (
        rows.sort_values(["other", "field_position", "position"]).drop(columns="other").reset_index(drop=True)
    )
