"""Who carries which task in a period: the structures that then exist, with their level."""

from __future__ import annotations

from datetime import date

import pandas as pd

from steering.analysis.lives.stretches import lives
from steering.analysis.portfolio import Portfolio
from steering.analysis.scenarios.scenario import in_scenario
from steering.analysis.structures.directory import directory
from steering.analysis.structures.inventory import EVERYTHING, Selection, select
from steering.analysis.view import View
from steering.model import Role


@in_scenario
def bearers(
    portfolio: Portfolio, view: View, first: date, last: date, chosen: Selection = EVERYTHING
) -> pd.DataFrame:
    """The structures that lead or carry out a task on a day from `first` to `last`.

    Of the tasks and structures those that `chosen` lets through.

    Columns: task_id, structure_id, name, level (of the carrier), lead (bool, else it carries out), since
    and until (its first and last day within the period), unknown (bool: it is never certain to run
    then), added (bool: a change of the scenario brings structure or responsibility in). One row per task
    and structure, by task, level and name.
    """
    alive = lives(portfolio, view)
    alive = alive[alive["state"].isin(["running", "unknown"])]
    rows = portfolio.responsibilities
    rows = rows[rows["role"].isin([Role.LEAD, Role.DELIVER]) & _chosen(portfolio, rows, chosen)]
    rows = rows[["id", "structure_id", "task_id", "role", "valid_from", "valid_until"]]
    rows = rows.merge(alive[["structure_id", "start", "end", "state"]], on="structure_id")
    begin, stop = pd.Timestamp(first), pd.Timestamp(last)
    since = rows[["start", "valid_from"]].assign(first=begin).max(axis=1)
    until = rows[["end", "valid_until"]].assign(last=stop).min(axis=1)
    rows = rows.assign(
        since=since,
        until=until,
        lead=rows["role"] == Role.LEAD,
        unknown=rows["state"] == "unknown",
        added=(rows["id"] < 0) | (rows["structure_id"] < 0),
    )
    rows = rows[rows["since"] <= rows["until"]]
    certain = rows.groupby(["task_id", "structure_id"])["unknown"].transform("all") | ~rows["unknown"]
    found = (
        rows[certain]
        .groupby(["task_id", "structure_id"], as_index=False)
        .agg(lead=("lead", "any"), since=("since", "min"), until=("until", "max"),
             unknown=("unknown", "all"), added=("added", "all"))
    )  # fmt: skip
    return _described(portfolio, found)


def _chosen(portfolio: Portfolio, rows: pd.DataFrame, chosen: Selection) -> pd.Series:
    """Whether a selection lets the structure and the task of a responsibility through."""
    if not chosen.active:
        return pd.Series(True, index=rows.index)
    tasks, fields = portfolio.tasks, portfolio.fields
    wanted = fields[fields["slug"].isin(chosen.fields)] if chosen.fields else fields
    about = tasks.loc[tasks["field_id"].isin(wanted["id"]), "id"]
    structures = select(directory(portfolio), chosen)["structure_id"]
    return rows["task_id"].isin(about) & rows["structure_id"].isin(structures)


def _described(portfolio: Portfolio, found: pd.DataFrame) -> pd.DataFrame:
    structures = portfolio.structures.set_index("id")
    levels = portfolio.organisations.set_index("id")["level"]
    carrier = found["structure_id"].map(structures["organisation_id"])
    found = found.assign(name=found["structure_id"].map(structures["name"]), level=carrier.map(levels))
    columns = ["task_id", "structure_id", "name", "level", "lead", "since", "until", "unknown", "added"]
    return found.sort_values(["task_id", "level", "name"])[columns].reset_index(drop=True)
