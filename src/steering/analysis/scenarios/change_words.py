"""The changes of a scenario in German, as the screen lists them."""

from __future__ import annotations

import pandas as pd

from steering.analysis.changes import (
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
from steering.analysis.portfolio import Portfolio
from steering.analysis.scenarios import scenario
from steering.model import OnLoss
from steering.model.german import count, day, fte
from steering.model.vocabulary import word

GONE = "nicht mehr vorhanden"


def sentences(changes: tuple[ScenarioChange, ...], portfolio: Portfolio) -> tuple[str, ...]:
    """Each change of a list in words; a change may name what an earlier one adds."""
    added = tuple(change for change in changes if isinstance(change, AddStructure | AddResponsibility))
    known = scenario.apply(portfolio, added)
    return tuple(words(change, known) for change in changes)


def words(change: ScenarioChange, portfolio: Portfolio) -> str:
    """A change in words, with the names of the Portfolio it is to be applied to."""
    match change:
        case ExtendFunding():
            return f"{_funding(portfolio, change.funding_id)} bis {day(change.until)} verlängert"
        case EndFunding():
            return f"{_funding(portfolio, change.funding_id)} endet am {day(change.on)}"
        case DropFunding():
            return f"{_funding(portfolio, change.funding_id)} entfällt"
        case ExtendProgramme():
            return f"{_programme(portfolio, change.programme_id)} bis {day(change.until)} verlängert"
        case EndProgramme():
            return f"{_programme(portfolio, change.programme_id)} endet am {day(change.on)}"
        case DropProgramme():
            return f"{_programme(portfolio, change.programme_id)} entfällt"
        case AddStructure():
            return _structure_added(change)
        case SetOnLoss():
            return _on_loss(change, portfolio)
        case _:
            return _of_responsibility(change, portfolio)


def _of_responsibility(
    change: AddResponsibility | EndResponsibility | MoveResponsibility | MergeResponsibilities,
    portfolio: Portfolio,
) -> str:
    if isinstance(change, AddResponsibility):
        return _added(change, portfolio)
    task, holder = _duty(portfolio, change.responsibility_id)
    match change:
        case EndResponsibility():
            return f"Zuständigkeit für »{task}« von {holder} endet am {day(change.on)}"
        case MoveResponsibility():
            target = _structure(portfolio, change.structure_id)
            return f"Zuständigkeit für »{task}« von {holder} zu {target} ab {day(change.on)}"
        case MergeResponsibilities():
            _, target = _duty(portfolio, change.into_responsibility_id)
            return f"Zuständigkeit für »{task}« von {holder} mit der von {target} vereint ab {day(change.on)}"


def _added(change: AddResponsibility, portfolio: Portfolio) -> str:
    holder, task = _structure(portfolio, change.structure_id), _name(portfolio.tasks, change.task_id)
    area = _name(portfolio.areas, change.area_id)
    period = "".join(
        f" {preposition} {day(bound)}"
        for preposition, bound in (("ab", change.valid_from), ("bis", change.valid_until))
        if bound
    )
    return f"{holder} zusätzlich {word(change.role)} für »{task}« ({area}){period}"


def _structure_added(change: AddStructure) -> str:
    parts = [
        count(len(listed), one, many)
        for listed, one, many in (
            (change.fundings, "Förderung", "Förderungen"),
            (change.responsibilities, "Zuständigkeit", "Zuständigkeiten"),
        )
        if listed
    ]
    return f"Neue Struktur »{change.name}«" + (f" mit {' und '.join(parts)}" if parts else "")


def _on_loss(change: SetOnLoss, portfolio: Portfolio) -> str:
    size = f" mit {fte(change.fte_after)}" if change.on_loss is OnLoss.CONTINUES else ""
    size += f" bis {day(change.until)}" if change.on_loss is OnLoss.CONTINUES and change.until else ""
    holder = _structure(portfolio, change.structure_id)
    return f"{holder} bei Wegfall der Förderung: {word(change.on_loss)}{size}"


def _funding(portfolio: Portfolio, identity: int) -> str:
    row = _row(portfolio.fundings, identity)
    if row is None:
        return f"Förderung ({GONE})"
    return f"Förderung »{row['name']}« ({_structure(portfolio, row['structure_id'])})"


def _programme(portfolio: Portfolio, identity: int) -> str:
    row = _row(portfolio.programmes, identity)
    return f"Förderprogramm ({GONE})" if row is None else str(row["short_name"] or row["name"])


def _duty(portfolio: Portfolio, identity: int) -> tuple[str, str]:
    """Task and structure of a responsibility."""
    row = _row(portfolio.responsibilities, identity)
    if row is None:
        return GONE, GONE
    return _name(portfolio.tasks, row["task_id"]), _structure(portfolio, row["structure_id"])


def _structure(portfolio: Portfolio, identity: int) -> str:
    return _name(portfolio.structures, identity)


def _name(frame: pd.DataFrame, identity: int) -> str:
    row = _row(frame, identity)
    return GONE if row is None else str(row["name"])


def _row(frame: pd.DataFrame, identity: int) -> pd.Series | None:
    found = frame[frame["id"] == identity]
    return None if found.empty else found.iloc[0]
