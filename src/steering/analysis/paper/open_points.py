"""Findings as a paper tells of them: what is not over on its Stichtag, each once, with all its days."""

from __future__ import annotations

from typing import Any

import pandas as pd

from steering.analysis.findings import affected, spans
from steering.analysis.findings.counted import holding
from steering.analysis.paper.facts import Facts
from steering.model import FindingKind
from steering.model.german import listing
from steering.model.vocabulary import word


def ahead(facts: Facts, rows: pd.DataFrame) -> pd.DataFrame:
    """Those of `facts.found` that hold on the Stichtag or on a day after it."""
    return holding(rows, pd.Timestamp(facts.view.as_of), pd.Timestamp(facts.view.horizon.last))


def lines(facts: Facts, rows: pd.DataFrame) -> list[str]:
    """A line for each key: its task, its kind, on which days it holds in which places, and who takes part."""
    names, inhabited = facts.portfolio.names("task"), affected.inhabited(facts.portfolio)
    return [
        _line(str(names.get(own["task_id"].iloc[0], "")), own, inhabited)
        for _, own in _by_days(facts, rows).groupby("key", sort=False)
    ]


def _line(task: str, own: pd.DataFrame, inhabited: dict[str, str]) -> str:
    days_in: dict[str, list[str]] = {}
    for row in own.to_dict("records"):
        places = affected.places(row["municipalities"], inhabited)
        where = affected.said(row["persons_least"], row["persons"], places)
        days_in.setdefault(where, []).append(spans.said(row["start"], row["end"]))
    when = "; ".join(f"{listing(days, len(days))}, {where}" for where, days in days_in.items())
    first = own.iloc[0]
    who = listing(list(first["participant_names"]), 3)
    return f"{task} ({', '.join(filter(None, (word(FindingKind(first['kind'])), when, who)))})"


def _by_days(facts: Facts, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of the same key and days as one, with the persons of all its municipalities."""
    listed = ["municipalities", "target_groups", "sites"]
    made: list[dict[Any, Any]] = []
    for _, alike in rows.groupby(["key", "start", "end"], sort=False, dropna=False):
        whole = {name: tuple(dict.fromkeys(each for row in alike[name] for each in row)) for name in listed}
        made.append(alike.iloc[0].to_dict() | whole)
    found = pd.DataFrame(made, columns=rows.columns).drop(columns=["persons_least", "persons"])
    return found.join(affected.persons(facts.described, facts.view.today, found))
