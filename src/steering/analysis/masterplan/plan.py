"""The measures of the Masterplan as a scenario applies them.

"Mit Masterplan" applies the effects of the measures that are planned, decided or running, those of ideas on
request, by the id of the measure and in the order in which each keeps them. The effects of a completed
measure are taken over into the data once (`takeover`) and those of a discarded one are nobody's any more.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from steering.analysis.changes import ScenarioChange
from steering.analysis.portfolio import Portfolio
from steering.analysis.scenarios import change_words, scenario, stored_changes
from steering.analysis.scenarios.stored_changes import UnreadableEffect
from steering.analysis.view import Scenario, View
from steering.model import MeasureStatus

IN_FORCE = (MeasureStatus.PLANNED, MeasureStatus.DECIDED, MeasureStatus.RUNNING)


@dataclass(frozen=True)
class Told:
    """An effect of a measure in words; `problem` says why it is applied to nothing, "" where it is."""

    words: str
    problem: str = ""


def in_force(portfolio: Portfolio, *, ideas: bool = False) -> dict[int, tuple[ScenarioChange, ...]]:
    """The readable effects of each measure that a scenario with the Masterplan applies, by id."""
    wanted = (*IN_FORCE, MeasureStatus.IDEA) if ideas else IN_FORCE
    rows = portfolio.measures
    rows = rows[rows["status"].isin(wanted)].sort_values("id")
    return {
        int(identity): stored_changes.readable(stored_changes.read(text))
        for identity, text in zip(rows["id"], rows["effects"], strict=True)
    }


def changes(portfolio: Portfolio, ideas: bool = False) -> tuple[ScenarioChange, ...]:
    """What the Masterplan changes."""
    return tuple(change for found in in_force(portfolio, ideas=ideas).values() for change in found)


def planned(view: View, found: tuple[ScenarioChange, ...]) -> View:
    """The view with these changes of measures, before those of its own."""
    own = view.scenario.changes[view.scenario.planned :]
    return replace(view, scenario=Scenario(view.scenario.rule, (*found, *own), planned=len(found)))


def with_masterplan(portfolio: Portfolio, view: View, *, ideas: bool = False) -> View:
    """The same look with the Masterplan; for whoever is not on the screen."""
    return planned(view, changes(portfolio, ideas))


def told(portfolio: Portfolio, measure_id: int) -> tuple[Told, ...]:
    """The effects of a measure in words, and which of them are applied to nothing because of what.

    An effect may name what another measure before it adds.
    """
    rows = portfolio.measures
    found = rows.loc[rows["id"] == measure_id, "effects"]
    stored = stored_changes.read("" if found.empty else str(found.iloc[0]))
    readable = stored_changes.readable(stored)
    before = tuple(
        change
        for other, effects in in_force(portfolio, ideas=True).items()
        for change in effects
        if other < measure_id
    )
    base = scenario.apply(portfolio, before)
    gone = scenario.inapplicable(base, readable)
    words = dict(zip(readable, change_words.sentences(readable, base), strict=True))
    return tuple(_said(effect, words, gone) for effect in stored)


def in_words(portfolio: Portfolio, effect: ScenarioChange | UnreadableEffect) -> Told:
    """One effect that no measure keeps yet."""
    if isinstance(effect, UnreadableEffect):
        return _said(effect, {}, ())
    said = {effect: change_words.sentences((effect,), portfolio)[0]}
    return _said(effect, said, scenario.inapplicable(portfolio, (effect,)))


def _said(
    effect: ScenarioChange | UnreadableEffect,
    words: dict[ScenarioChange, str],
    gone: tuple[ScenarioChange, ...],
) -> Told:
    if isinstance(effect, UnreadableEffect):
        return Told(f"Nicht lesbar: {effect.text[:80]}", effect.reason)
    problem = "Was sie nennt, gibt es nicht mehr oder ist archiviert" if effect in gone else ""
    return Told(words[effect], problem)
