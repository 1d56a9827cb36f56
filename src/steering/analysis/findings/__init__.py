"""What the data show: who is twice in charge, what is missing, what runs out, what is not known.

`findings` gives all of it. `standing` does not depend on `view.as_of`, `ending` does, so that each can be
kept as long as it holds. All three have the same columns, one row per finding:

key, kind (values of FindingKind), task_id (Int64), participants (tuple of structures' ids, such as "s12"),
participant_names (tuple), reason ("" if none), municipalities (tuple of AGS), target_groups (tuple of slugs,
("alle",) for all), sites (tuple), need_id (Int64), start, end (inclusive; NaT where it goes beyond the
horizon), coordinated, internal (bool), causes (tuple of Cause: what ended before it), cascade
(tuple of task name and number of municipalities), persons_least, persons (Int64), assessment_state
("" if none), assessment_changed, assessed (bool). Findings about structures as such have no task, groups or
sites. Sorted by kind, task, start and key. What the Portfolio withholds is not among them.
"""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from steering.analysis.findings import endings, rules, unknowns
from steering.analysis.findings.affected import persons
from steering.analysis.findings.assessing import assessed, seen
from steering.analysis.findings.counting import count_cells
from steering.analysis.findings.explaining import Why, explained
from steering.analysis.findings.gaps import not_surveyed
from steering.analysis.findings.situation import Situation
from steering.analysis.portfolio import Portfolio
from steering.analysis.scenarios.scenario import in_scenario
from steering.analysis.view import View
from steering.model import FindingKind
from steering.model.finding_keys import FindingKey

__all__ = [
    "Why",
    "count_cells",
    "ending",
    "findings",
    "joined",
    "not_surveyed",
    "of_structures",
    "of_tasks",
    "seen",
    "standing",
    "why",
]


def findings(portfolio: Portfolio, view: View) -> pd.DataFrame:
    """All findings within the horizon."""
    return _told(portfolio, view, _findings(portfolio, view))


def standing(portfolio: Portfolio, view: View) -> pd.DataFrame:
    """All but ENDING."""
    return joined(of_tasks(portfolio, view), of_structures(portfolio, view))


def of_tasks(portfolio: Portfolio, view: View, counted: bool = False) -> pd.DataFrame:
    """Those of `standing` that are about a task; `counted`: only of `kinds.COUNTED`.

    What is not known of structures as such is most of all findings; hardly a page asks for it.
    """
    return _told(portfolio, view, _of_tasks(portfolio, view, counted=counted))


def of_structures(portfolio: Portfolio, view: View) -> pd.DataFrame:
    """Those of `standing` that are about no task."""
    return _told(portfolio, view, _of_structures(portfolio, view))


def joined(of_tasks: pd.DataFrame, of_structures: pd.DataFrame) -> pd.DataFrame:
    """`standing` of the two that it consists of."""
    rank = {kind.value: place for place, kind in enumerate(FindingKind)}
    return pd.concat([of_structures, of_tasks], ignore_index=True).sort_values(
        "kind", key=lambda kinds: kinds.map(rank), kind="stable", ignore_index=True
    )


def ending(portfolio: Portfolio, view: View) -> pd.DataFrame:
    """ENDING: what runs out from `view.as_of` on within the warning time, with its cascade."""
    return _told(portfolio, view, _ending(portfolio, view))


def _told(portfolio: Portfolio, view: View, found: pd.DataFrame) -> pd.DataFrame:
    """The findings with whom they affect and what people decided about them, without those withheld."""
    if portfolio.withheld:
        found = found[~found["key"].isin(portfolio.withheld)].reset_index(drop=True)
    counted = found.join(persons(portfolio, view.today, found))
    return assessed(portfolio, view.today, counted)


@in_scenario
def _findings(portfolio: Portfolio, view: View) -> pd.DataFrame:
    situation = Situation.of(portfolio, view)
    every = rules.within_horizon(situation, rules.judge(situation))
    every = pd.concat([every, endings.upcoming(situation)], ignore_index=True)
    rank = {kind.value: place for place, kind in enumerate(FindingKind)}
    return every.sort_values("kind", key=lambda kinds: kinds.map(rank), kind="stable", ignore_index=True)


@in_scenario
def _of_tasks(portfolio: Portfolio, view: View, *, counted: bool) -> pd.DataFrame:
    situation = Situation.of(portfolio, view)
    return rules.within_horizon(situation, rules.judge_tasks(situation, counted=counted))


@in_scenario
def _of_structures(portfolio: Portfolio, view: View) -> pd.DataFrame:
    situation = Situation.of(portfolio, view)
    return rules.within_horizon(situation, unknowns.unknowns(situation))


@in_scenario
def _ending(portfolio: Portfolio, view: View) -> pd.DataFrame:
    return endings.upcoming(Situation.of(portfolio, view))


def why(portfolio: Portfolio, view: View, key: str) -> Why | None:
    """The rule behind the finding with that key, and the records it rests on; None where there is none.

    With the records as the scenario's changes leave them.
    """
    found = _alike(key)(portfolio, view)
    found = found[found["key"] == key]
    return None if found.empty else _why(portfolio, view, found)


def _alike(key: str) -> Callable[[Portfolio, View], pd.DataFrame]:
    """The rule that gives the findings of a key's sort, without all others."""
    told = FindingKey.read(key)
    if told is None:
        return findings
    if told.kind is FindingKind.ENDING:
        return ending
    return of_structures if told.task is None else of_tasks


@in_scenario
def _why(portfolio: Portfolio, _view: View, found: pd.DataFrame) -> Why:
    return explained(portfolio, found)
