"""What a paper rests on: the frames of one subject, computed once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pandas as pd

from steering.analysis import coverage_of_needs, decisions, findings, money, need_directory
from steering.analysis.inventory import inventory
from steering.analysis.paper.subjects import Scope, Subject, scope, within
from steering.analysis.portfolio import Portfolio
from steering.analysis.view import View
from steering.model import ExtensionRule

BUDGET_YEARS = 4


@dataclass(frozen=True, eq=False)
class Facts:
    """Without examples; all frames are of the subject alone.

    `left_out`: how many example records were left out. `structures` as `inventory`, `ends` as
    `decisions.upcoming`, `found` as `findings.findings`, `needs` as `need_directory.needs` with state,
    `money` as `money.per_year`, `tasks` as `need_directory.tasks`, `scenarios` as `scenarios`.
    """

    portfolio: Portfolio
    view: View
    subject: Subject
    scope: Scope
    left_out: int
    structures: pd.DataFrame
    ends: pd.DataFrame
    found: pd.DataFrame
    needs: pd.DataFrame
    money: pd.DataFrame
    tasks: pd.DataFrame
    measures: pd.DataFrame
    after: date
    scenarios: pd.DataFrame

    @property
    def district(self) -> str:
        return str(self.portfolio.settings["district_name"])


def facts(portfolio: Portfolio, view: View, subject: Subject) -> Facts:
    """Everything a paper about a subject says, as figures."""
    known = portfolio.without_examples()
    left_out = sum(len(portfolio.frames[name]) - len(known.frames[name]) for name in portfolio.frames)
    about = scope(known, view, subject)
    structures, ends = inventory(known, view), decisions.upcoming(known, view)
    needs = need_directory.needs(known).merge(coverage_of_needs.met(known, view), on="need_id")
    tasks = need_directory.tasks(known)
    reduced = known
    if about.structures is not None and about.tasks is not None:
        structures = structures[structures["structure_id"].isin(about.structures)]
        ends = ends[ends["structure_id"].isin(about.structures)]
        needs, tasks = needs[needs["task_id"].isin(about.tasks)], tasks[tasks["task_id"].isin(about.tasks)]
        reduced = known.keeping({"structure": known.structures["id"].isin(about.structures)})
    else:
        tasks = tasks[tasks["task_id"].isin(known.responsibilities["task_id"])]
    after = ends["end"].min().date() + timedelta(days=1) if len(ends) else _next_year(view)
    return Facts(
        portfolio=known,
        view=view,
        subject=subject,
        scope=about,
        left_out=left_out,
        structures=structures.reset_index(drop=True),
        ends=ends.reset_index(drop=True),
        found=within(findings.findings(known, view), about).reset_index(drop=True),
        needs=needs.reset_index(drop=True),
        money=_budget(money.per_year(reduced, view), view),
        tasks=tasks.reset_index(drop=True),
        measures=_measures(known, about, subject),
        after=after,
        scenarios=scenarios(reduced, view, after),
    )


def _next_year(view: View) -> date:
    return date(view.as_of.year + 1, 1, 1)


def _budget(rows: pd.DataFrame, view: View) -> pd.DataFrame:
    year = rows["first"].dt.year
    return rows[(year >= view.today.year) & (year < view.today.year + BUDGET_YEARS)].reset_index(drop=True)


def _measures(portfolio: Portfolio, about: Scope, subject: Subject) -> pd.DataFrame:
    rows = portfolio.measures
    if about.tasks is not None:
        links = portfolio.measure_tasks
        of_tasks = links.loc[links["task_id"].isin(about.tasks), "measure_id"]
        own = [int(subject.key)] if subject.about == "measure" else []
        rows = rows[rows["id"].isin(of_tasks) | rows["id"].isin(own)]
    return rows.sort_values(["start", "name"]).reset_index(drop=True)


def scenarios(portfolio: Portfolio, view: View, day: date) -> pd.DataFrame:
    """How it stands on a day in each scenario: rule, running, unknown (structures), fte, fte_unknown."""
    rows = []
    for rule in ExtensionRule:
        at = replace(view, as_of=day, scenario=replace(view.scenario, rule=rule))
        found = inventory(portfolio, at)
        running = found[found["state"] == "running"]
        rows.append(
            {
                "rule": rule,
                "running": len(running),
                "unknown": int((found["state"] == "unknown").sum()),
                "fte": float(running["effective_fte"].sum()),
                "fte_unknown": int(running["effective_fte"].isna().sum()),
            }
        )
    return pd.DataFrame(rows)
