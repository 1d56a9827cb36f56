"""The findings that a page shows: kept by all but the Stichtag, cut by the filters."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from steering.analysis import findings as rules
from steering.analysis.findings import counted
from steering.analysis.portfolio import Portfolio
from steering.analysis.structures.directory import directory
from steering.analysis.structures.inventory import Selection
from steering.analysis.view import View
from steering.model.finding_keys import participant
from steering.web import current


def on_any_day(at: View) -> View:
    """The view for what does not depend on the Stichtag, so that a step of it recomputes nothing."""
    return replace(at, as_of=at.horizon.first)


def standing(at: View) -> pd.DataFrame:
    """`findings.standing` of a view."""
    return current.of(rules.standing, on_any_day(at))


def ending(at: View) -> pd.DataFrame:
    """`findings.ending` of a view, from its Stichtag on."""
    return current.of(rules.ending, at)


def on_day(rows: pd.DataFrame, at: View) -> pd.DataFrame:
    """The findings that hold on the Stichtag."""
    return counted.on_day(rows, at.as_of)


def selected(rows: pd.DataFrame, chosen: Selection) -> pd.DataFrame:
    """The findings that the filters let through.

    A Handlungsfeld lets through its tasks' findings, a municipality those that touch it, a level or a
    carrier those with a participant of it; findings that nobody takes part in (gaps) are nobody's.
    """
    if not chosen.active:
        return rows
    about = current.of(_about)
    keep = pd.Series(True, index=rows.index)
    if chosen.fields:
        keep &= rows["task_id"].map(about.field_of_task).isin(chosen.fields)
    if chosen.municipalities:
        keep &= rows["municipalities"].map(lambda found: bool(chosen.municipalities.intersection(found)))
    if chosen.levels:
        keep &= rows["participants"].map(lambda found: about.has_level(found, chosen.levels))
    if chosen.organisations:
        keep &= rows["participants"].map(lambda found: about.has_carrier(found, chosen.organisations))
    return rows[keep.astype(bool)].reset_index(drop=True)


class _About:
    """What the filters ask about the tasks and participants of findings."""

    def __init__(self, portfolio: Portfolio) -> None:
        fields = portfolio.fields.set_index("id")["slug"]
        tasks = portfolio.tasks
        self.field_of_task = dict(zip(tasks["id"], tasks["field_id"].map(fields), strict=True))
        known = directory(portfolio)
        keys = [participant(key) for key in known["structure_id"]]
        self._level = dict(zip(keys, known["level"], strict=True))
        self._carriers = dict(zip(keys, known["organisation_slugs"], strict=True))

    def has_level(self, participants: tuple[str, ...], levels: frozenset[str]) -> bool:
        """Whether one of the participants is of one of the levels."""
        return any(self._level.get(who) in levels for who in participants)

    def has_carrier(self, participants: tuple[str, ...], slugs: frozenset[str]) -> bool:
        """Whether one of the participants belongs to one of the organisations, or a unit below it."""
        return any(slugs & self._carriers.get(who, frozenset()) for who in participants)


def _about(portfolio: Portfolio) -> _About:
    return _About(portfolio)
