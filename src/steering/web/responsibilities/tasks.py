"""The tasks of the catalogue, who has them on the Stichtag, and those that figures count."""

from __future__ import annotations

import pandas as pd

from steering.analysis.findings import counted as finding_counts
from steering.analysis.needs.directory import EVERYONE
from steering.analysis.portfolio import Portfolio
from steering.analysis.structures import counted
from steering.analysis.structures.directory import directory
from steering.analysis.structures.duties import duties
from steering.analysis.structures.inventory import Selection, inventory
from steering.analysis.view import View
from steering.web import current, presets
from steering.web.findings import rows as finding_rows


def of_preset(at: View, chosen: Selection, preset: str) -> frozenset[int] | None:
    """The tasks that a figure counts; None where the preset is that of none."""
    match preset:
        case presets.SEVERAL_LEADS.preset:
            return finding_counts.tasks(finding_counts.several_leads(on_day(at, chosen)))
        case presets.LEAD_UNCLEAR.preset:
            return finding_counts.tasks(finding_counts.lead_unclear(on_day(at, chosen)))
        case presets.LEAD_TO_SETTLE.preset:
            return finding_counts.tasks(finding_counts.leads_to_settle(on_day(at, chosen)))
        case presets.WITHOUT_DUTY.preset:
            return without_duty(at, chosen)
    return None


def on_day(at: View, chosen: Selection) -> pd.DataFrame:
    """The findings about tasks on the Stichtag that the filters let through."""
    return current.derived(_on_day, at, chosen).copy(deep=False)


def _on_day(at: View, chosen: Selection) -> pd.DataFrame:
    return finding_rows.on_day(finding_rows.selected(finding_rows.of_tasks(at), chosen, at), at)


def without_duty(at: View, chosen: Selection) -> frozenset[int]:
    """The tasks of the chosen fields that nobody has on the Stichtag in the chosen municipalities."""
    return counted.without_duty(of_fields(chosen)["task_id"], named(at, chosen))


def named(at: View, chosen: Selection) -> pd.DataFrame:
    """The duties on the Stichtag in the chosen municipalities, with names, `groups` (for whom, in words) and
    `until` (last day on which duty and structure run, NaT where open).
    """
    return current.derived(_named, at, chosen).copy(deep=False)


def _named(at: View, chosen: Selection) -> pd.DataFrame:
    rows = current.of(duties, at)
    portfolio = current.portfolio()
    if chosen.municipalities:
        members = portfolio.area_municipalities
        near = members.loc[members["ags"].isin(chosen.municipalities), "area_id"]
        rows = rows[rows["area_id"].isin(near)]
    columns = ["structure_id", "name", "organisation_short", "level"]
    known = current.of(directory)[columns]
    rows = rows.merge(known, on="structure_id")
    groups = current.of(_groups)
    runs = current.of(inventory, at).set_index("structure_id")["until"]
    own = rows["valid_until"]
    structure = pd.Series(runs.reindex(rows["structure_id"]).to_numpy(), index=rows.index)
    return rows.assign(
        area=rows["area_id"].map(portfolio.names("area")),
        groups=[groups.get(key, EVERYONE) for key in rows["responsibility_id"]],
        until=own.where(own.notna() & ~(own > structure), structure),
    )


def _groups(portfolio: Portfolio) -> dict[int, str]:
    """For whom each responsibility is that names groups."""
    rows = portfolio.responsibility_groups.merge(
        portfolio.target_groups, left_on="target_group_id", right_on="id"
    ).sort_values("position")
    found: dict[int, list[str]] = {}
    for key, name in zip(rows["responsibility_id"].tolist(), rows["name"].tolist(), strict=True):
        found.setdefault(key, []).append(name)
    return {key: ", ".join(names) for key, names in found.items()}


def of_fields(chosen: Selection) -> pd.DataFrame:
    """task_id, label, field (its name) of the catalogue, in its order, in the chosen Handlungsfelder."""
    portfolio = current.portfolio()
    fields = portfolio.fields.set_index("id")
    tasks = portfolio.tasks
    if chosen.fields:
        tasks = tasks[tasks["field_id"].map(fields["slug"]).isin(chosen.fields)]
    tasks = tasks.assign(field_position=tasks["field_id"].map(fields["position"]))
    tasks = tasks.sort_values(["field_position", "position"], ignore_index=True)
    return pd.DataFrame(
        {"task_id": tasks["id"], "label": tasks["name"], "field": tasks["field_id"].map(fields["name"])}
    )
