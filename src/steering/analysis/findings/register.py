"""The Portfolio by rows: who answers for what, and what is needed, as whole numbers.

Uninhabited areas are no municipalities here, so that no rule ever judges them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from steering.analysis.findings import quantities
from steering.analysis.findings.lists import OwnedValues, lists, rows, whole
from steering.analysis.findings.quantities import Demand
from steering.analysis.intervals import days
from steering.analysis.intervals.days import DAWN, DOOM, Days
from steering.analysis.intervals.ends import Mask
from steering.analysis.portfolio import Portfolio
from steering.model import AreaKind, Level, NeedKind, NeedUnit, Role

LEVELS = tuple(Level)
UNITS = tuple(NeedUnit)
EVERYONE = "alle"
EVERYWHERE = ""  # the site of what is limited to none; its code is 0


class TargetGroups(NamedTuple):
    """The groups that are judged; for each group's id its column among them, -1 where it means all."""

    slugs: tuple[str, ...]
    ids: Days
    column: Days


class ResponsibilityRows(NamedTuple):
    """The responsibilities: rows of structure, task and area, code of the site, days, and groups reached.

    `groups` has a row per responsibility and a column per target group.
    """

    id: Days
    structure: Days
    task: Days
    area: Days
    site: Days
    lead: Mask
    deliver: Mask
    statutory: Mask
    start: Days
    end: Days
    groups: Mask


class Wants(NamedTuple):
    """The needs, as the responsibilities; `level` and `unit` are -1 where not given."""

    id: Days
    task: Days
    area: Days
    site: Days
    level: Days
    steering: Mask
    unit: Days
    start: Days
    end: Days
    groups: Mask


@dataclass(frozen=True, eq=False)
class Register:
    """All that the rules ask about the records themselves, whatever the scenario.

    `ags`: the inhabited municipalities, with their `population` (NaN where unknown); `groups`: slugs of the
    target groups that are judged; `sites`: names by code. Per structure: its `organisation`, the `roof`
    it stands under (rows of organisations) and its carrier's `level`. Per task: whether it wants `several`
    providers. Per area: its `members` (rows of `ags`) and whether it is the whole `district`. `demand`: how
    much of the needs (rows of `wants`) is wanted on which days.
    """

    portfolio: Portfolio
    ags: tuple[str, ...]
    population: np.ndarray
    groups: tuple[str, ...]
    sites: tuple[str, ...]
    organisation: Days
    parent: Days
    roof: Days
    level: Days
    several: Mask
    members: OwnedValues
    district: Mask
    answers: ResponsibilityRows
    wants: Wants
    demand: Demand


def register(portfolio: Portfolio) -> Register:
    """Read a Portfolio; records that point to nothing are left out."""
    structures, organisations = portfolio.structures, portfolio.organisations
    places = portfolio.municipalities
    places = places[places["inhabited"]].sort_values("ags")
    organisation = rows(organisations["id"].to_numpy(), structures["organisation_id"].to_numpy())
    parent = rows(organisations["id"].to_numpy(), whole(organisations["parent_id"]))
    roof, levels = roots(parent), _codes(organisations["level"], LEVELS)
    sites = _sites(portfolio)
    groups = _groups(portfolio.target_groups)
    members = _members(portfolio, places["ags"])
    wants, demand = _wants(portfolio, sites, groups, members, tuple(places["ags"]))
    return Register(
        portfolio=portfolio,
        ags=tuple(places["ags"]),
        population=places["population"].to_numpy(dtype=float, na_value=np.nan),
        groups=groups.slugs,
        sites=sites,
        organisation=organisation,
        parent=parent,
        roof=_taken(roof, organisation),
        level=_taken(levels, organisation),
        several=portfolio.tasks["several_providers_wanted"].to_numpy(dtype=bool),
        members=members,
        district=(portfolio.areas["kind"] == AreaKind.DISTRICT).to_numpy(),
        answers=_answers(portfolio, sites, groups),
        wants=wants,
        demand=demand,
    )


def served(found: Register, structure: Days) -> tuple[Days, Days]:
    """The municipalities of all that structures answer for: place among the structures, municipality."""
    answers = found.answers
    at, answer = lists(answers.structure, np.arange(len(answers.id)), len(found.level)).of(structure)
    here, place = found.members.of(answers.area[answer])
    return at[here], place


def roots(parent: Days) -> Days:
    """The topmost row above each row of a tree; a row in a circle ends somewhere on it."""
    top = np.where(parent >= 0, parent, np.arange(len(parent)))
    for _ in range(len(parent).bit_length()):
        top = top[top]
    return top


def _taken(values: Days, at: Days) -> Days:
    """The values at these rows, -1 where there is no row."""
    return np.where(at >= 0, np.append(values, -1)[at], -1)


def _codes(column: pd.Series, members: tuple[str, ...]) -> Days:
    return pd.Index(members).get_indexer(pd.Index(column)).astype(np.int64)


def _sites(portfolio: Portfolio) -> tuple[str, ...]:
    named = {*portfolio.responsibilities["site"].unique(), *portfolio.needs["site"].unique()}
    return (EVERYWHERE, *sorted(named - {EVERYWHERE}))


def _groups(groups: pd.DataFrame) -> TargetGroups:
    """Where there is no group but the one for everyone, that one is judged itself."""
    single = ~groups["everyone"].to_numpy(dtype=bool)
    order = np.lexsort((groups["id"].to_numpy(), groups["position"].to_numpy(), ~single))
    judged = order[: single.sum()] if single.any() else order[:1]
    column = np.full(len(groups), -1, dtype=np.int64)
    column[judged] = np.arange(len(judged))
    slugs = tuple(groups["slug"].to_numpy()[judged]) or (EVERYONE,)
    return TargetGroups(slugs, groups["id"].to_numpy(), column)


def _reached(ids: Days, owner: Days, group: Days, groups: TargetGroups) -> Mask:
    """Which groups each record reaches: all of them where it names none, or the one for everyone."""
    row, known = rows(ids, owner), rows(groups.ids, group)
    linked = (row >= 0) & (known >= 0)
    row, column = row[linked], groups.column[known[linked]]
    reached = np.zeros((len(ids), len(groups.slugs)), dtype=bool)
    reached[row[column >= 0], column[column >= 0]] = True
    reached[row[column < 0]] = True
    reached[~reached.any(axis=1)] = True
    return reached


def _members(portfolio: Portfolio, ags: pd.Series) -> OwnedValues:
    found = portfolio.area_municipalities
    area = rows(portfolio.areas["id"].to_numpy(), found["area_id"].to_numpy())
    place = pd.Index(ags).get_indexer(pd.Index(found["ags"])).astype(np.int64)
    known = (area >= 0) & (place >= 0)
    return lists(area[known], place[known], len(portfolio.areas))


def _answers(portfolio: Portfolio, sites: tuple[str, ...], groups: TargetGroups) -> ResponsibilityRows:
    records, linked = portfolio.responsibilities, portfolio.responsibility_groups
    role = records["role"].to_numpy(dtype=object)
    lead = role == Role.LEAD
    ids = records["id"].to_numpy()
    found = ResponsibilityRows(
        id=ids,
        structure=rows(portfolio.structures["id"].to_numpy(), records["structure_id"].to_numpy()),
        task=rows(portfolio.tasks["id"].to_numpy(), records["task_id"].to_numpy()),
        area=rows(portfolio.areas["id"].to_numpy(), records["area_id"].to_numpy()),
        site=_codes(records["site"], sites),
        lead=lead,
        deliver=(role == Role.DELIVER) | (lead & records["delivers"].to_numpy(dtype=bool)),
        statutory=role == Role.STATUTORY,
        start=days.numbers(records["valid_from"], DAWN),
        end=days.numbers(records["valid_until"], DOOM),
        groups=_reached(
            ids, linked["responsibility_id"].to_numpy(), linked["target_group_id"].to_numpy(), groups
        ),
    )
    whole_rows = (found.structure >= 0) & (found.task >= 0) & (found.area >= 0)
    return ResponsibilityRows._make(column[whole_rows] for column in found)


def _wants(
    portfolio: Portfolio,
    sites: tuple[str, ...],
    groups: TargetGroups,
    members: OwnedValues,
    ags: tuple[str, ...],
) -> tuple[Wants, Demand]:
    records, linked = portfolio.needs, portfolio.need_groups
    ids, rules = records["id"].to_numpy(), quantities.rules(portfolio)
    found = Wants(
        id=ids,
        task=rows(portfolio.tasks["id"].to_numpy(), records["task_id"].to_numpy()),
        area=rows(portfolio.areas["id"].to_numpy(), records["area_id"].to_numpy()),
        site=_codes(records["site"], sites),
        level=_codes(records["level"], LEVELS),
        steering=(records["kind"] == NeedKind.STEERING).to_numpy(),
        unit=_codes(rules.unit, UNITS),
        start=days.numbers(records["valid_from"], DAWN),
        end=days.numbers(records["valid_until"], DOOM),
        groups=_reached(ids, linked["need_id"].to_numpy(), linked["target_group_id"].to_numpy(), groups),
    )
    whole_rows = (found.task >= 0) & (found.area >= 0)
    asked = quantities.demand(portfolio, rules, found.area, members, ags)
    kept = whole_rows[asked.need]
    place = np.cumsum(whole_rows) - 1
    asked = Demand._make(column[kept] for column in asked)
    return Wants._make(column[whole_rows] for column in found), asked._replace(need=place[asked.need])
