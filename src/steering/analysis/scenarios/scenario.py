"""The one mechanism for what-if and for the effects of measures: changes applied to a Portfolio.

Decisions beyond docs/rules.md#scenarios:

- A change that names something that is not there, or no longer, does nothing; `inapplicable` says which.
- What a change adds has a negative id, which depends on the change alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, fields, is_dataclass
from datetime import date
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, assert_never

import pandas as pd

from steering.analysis.changes import (
    AT_LEAST_UNTIL,
    AT_MOST_UNTIL,
    CARRIED,
    GOES_ON_UNTIL,
    AddResponsibility,
    AddStructure,
    DropFunding,
    DropProgramme,
    EndFunding,
    EndProgramme,
    EndResponsibility,
    ExtendFunding,
    ExtendProgramme,
    MergeResponsibilities,
    MoveResponsibility,
    ScenarioChange,
    SetOnLoss,
)
from steering.analysis.intervals import days
from steering.analysis.intervals.days import DOOM, NO_DAY
from steering.analysis.portfolio import Portfolio
from steering.analysis.scenarios import funding_changes as fundings
from steering.analysis.scenarios import responsibility_changes as responsibilities
from steering.analysis.scenarios.draft import ScenarioFrames
from steering.analysis.view import View
from steering.model import Funding, FundingPart, Structure

P = ParamSpec("P")
R = TypeVar("R")

_NAMED_BY = {
    "funding_id": "funding",
    "programme_id": "programme",
    "responsibility_id": "responsibility",
    "into_responsibility_id": "responsibility",
    "structure_id": "structure",
    "task_id": "task",
    "area_id": "area",
    "catchment_id": "area",
    "target_group_ids": "target_group",
    "organisation_id": "organisation",
    "department_id": "organisation",
}


def in_scenario(
    rule: Callable[Concatenate[Portfolio, View, P], R],
) -> Callable[Concatenate[Portfolio, View, P], R]:
    """Have a rule judge the Portfolio as the changes of the view's scenario leave it.

    The rule itself, and every other one that it asks, is given a view without changes.
    """

    @wraps(rule)
    def judged(portfolio: Portfolio, view: View, *args: P.args, **kwargs: P.kwargs) -> R:
        if view.scenario.changes:
            portfolio, view = apply(portfolio, view.scenario.changes), view.without_changes
        return rule(portfolio, view, *args, **kwargs)

    return judged


def apply(portfolio: Portfolio, changes: tuple[ScenarioChange, ...]) -> Portfolio:
    """The Portfolio with the changes, in their order; the given one stays as it is.

    It has the columns that `changes` names more. Without changes it is the given one.
    """
    if not changes:
        return portfolio
    draft, _ = _drafted(portfolio, changes)
    return draft.finished(portfolio)


def inapplicable(portfolio: Portfolio, changes: tuple[ScenarioChange, ...]) -> tuple[ScenarioChange, ...]:
    """The changes that do nothing, because they name something that is not there."""
    return _drafted(portfolio, changes)[1]


def _drafted(
    portfolio: Portfolio, changes: tuple[ScenarioChange, ...]
) -> tuple[ScenarioFrames, tuple[ScenarioChange, ...]]:
    draft, left_out = ScenarioFrames(portfolio), []
    for change in changes:
        if all(draft.has(table, identity) for table, identity in _named(change)):
            _make(draft, change)
        else:
            left_out.append(change)
    return draft, tuple(left_out)


def _named(change: Any) -> Iterator[tuple[str, int]]:
    """Table and id of every record that a change names."""
    for field in fields(change):
        value = getattr(change, field.name)
        for each in value if isinstance(value, tuple) else (value,):
            if is_dataclass(each):
                yield from _named(each)
            elif field.name in _NAMED_BY and each is not None:
                yield _NAMED_BY[field.name], each


def _make(draft: ScenarioFrames, change: ScenarioChange) -> None:
    match change:
        case ExtendFunding():
            fundings.extend(draft, fundings.one(draft, change.funding_id), change.until)
        case EndFunding():
            fundings.end(draft, fundings.one(draft, change.funding_id), change.on)
        case DropFunding():
            fundings.drop(draft, fundings.one(draft, change.funding_id))
        case ExtendProgramme():
            fundings.extend(draft, fundings.last_from_programme(draft, change.programme_id), change.until)
        case EndProgramme():
            fundings.end(draft, fundings.from_programme(draft, change.programme_id), change.on)
        case DropProgramme():
            fundings.drop(draft, fundings.from_programme(draft, change.programme_id))
        case AddStructure():
            _add_structure(draft, change)
        case SetOnLoss():
            _set_on_loss(draft, change)
        case AddResponsibility() | EndResponsibility() | MoveResponsibility() | MergeResponsibilities():
            _make_of_responsibility(draft, change)
        case _:
            assert_never(change)


def _make_of_responsibility(
    draft: ScenarioFrames,
    change: AddResponsibility | EndResponsibility | MoveResponsibility | MergeResponsibilities,
) -> None:
    match change:
        case AddResponsibility():
            responsibilities.add(draft, change, change.structure_id, change)
        case EndResponsibility():
            ended = draft.lineage(change.responsibility_id)
            responsibilities.end(draft, ended, days.number(change.on))
        case MoveResponsibility():
            responsibilities.move(draft, change.responsibility_id, change.structure_id, change.on, change)
        case MergeResponsibilities():
            other = responsibilities.structure_of(draft, change.into_responsibility_id)
            responsibilities.move(draft, change.responsibility_id, other, change.on, change)


def _set_on_loss(draft: ScenarioFrames, change: SetOnLoss) -> None:
    structures = draft.frames["structure"]
    chosen = structures["id"] == change.structure_id
    draft.put(
        "structure",
        on_loss=structures["on_loss"].mask(chosen, change.on_loss.value),
        fte_after=structures["fte_after"].mask(chosen, change.fte_after),
        **{GOES_ON_UNTIL: structures[GOES_ON_UNTIL].mask(chosen, _day(change.until))},
    )


def _day(day: date | None) -> Any:
    return pd.NaT if day is None else pd.Timestamp(day)


def _add_structure(draft: ScenarioFrames, change: AddStructure) -> None:
    identity = draft.new_id(Structure, change)
    paid = [draft.new_id(Funding, identity, position) for position in range(len(change.fundings))]
    carried = any(one.part == FundingPart.CARRYING for one in change.fundings)
    draft.add(Structure, asdict(change) | {"id": identity, CARRIED: carried, GOES_ON_UNTIL: None})
    for own_id, one in zip(paid, change.fundings, strict=True):
        follows = None if one.accompanies is None else paid[one.accompanies]
        told = {"id": own_id, "structure_id": identity, "accompanies_id": follows}
        draft.add(Funding, asdict(one) | told | {AT_LEAST_UNTIL: NO_DAY, AT_MOST_UNTIL: DOOM})
    for position, duty in enumerate(change.responsibilities):
        responsibilities.add(draft, duty, identity, identity, position)
