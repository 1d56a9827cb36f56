"""The findings that a page shows: kept by all but the Stichtag, cut by the filters."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from steering.analysis import findings as rules
from steering.analysis import selecting
from steering.analysis.findings import counted
from steering.analysis.portfolio import Portfolio
from steering.analysis.scenarios import scenario
from steering.analysis.structures.inventory import Selection
from steering.analysis.view import View
from steering.web import current


def on_any_day(at: View) -> View:
    """The view for what does not depend on the Stichtag, so that a step of it recomputes nothing."""
    return replace(at, as_of=at.horizon.first)


def standing(at: View) -> pd.DataFrame:
    """`findings.standing` of a view."""
    return current.derived(_standing, on_any_day(at)).copy(deep=False)


def _standing(at: View) -> pd.DataFrame:
    return rules.joined(of_tasks(at), current.of(rules.of_structures, at))


def of_tasks(at: View) -> pd.DataFrame:
    """Those of them that are about tasks, which are few."""
    return current.of(rules.of_tasks, on_any_day(at))


def ending(at: View) -> pd.DataFrame:
    """`findings.ending` of a view, from its Stichtag on."""
    return current.of(rules.ending, at)


def on_day(rows: pd.DataFrame, at: View) -> pd.DataFrame:
    """The findings that hold on the Stichtag."""
    return counted.on_day(rows, at.as_of)


def selected(rows: pd.DataFrame, chosen: Selection, at: View) -> pd.DataFrame:
    """The findings of a view that the filters let through, as `selecting.selected` says."""
    return selecting.selected(known(at), rows, chosen)


def known(at: View) -> Portfolio:
    """The data as the view's changes leave them: who takes part may be what the plan adds."""
    return current.of(scenario.apply, at.scenario.changes)
