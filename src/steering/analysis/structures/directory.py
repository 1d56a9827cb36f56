"""Each structure with what is written about it elsewhere: carrier, level, tasks, area, legal footing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd

from steering.analysis.once import once
from steering.analysis.portfolio import Portfolio
from steering.model import AreaKind, FundingPart, LegalCharacter, Provenance
from steering.model.vocabulary import word

DUTIES = frozenset({LegalCharacter.OWN_DUTY, LegalCharacter.DELEGATED, LegalCharacter.STATE_OFFICE})
MIXED, SEVERAL, UNCLASSIFIED = "teils freiwillig", "verschieden", word(LegalCharacter.UNCHECKED)


@once
def directory(portfolio: Portfolio) -> pd.DataFrame:
    """One row per structure, sorted by name, made-up ones last; independent of day and scenario.

    Columns: all of the structure's own, with `structure_id` for its id, and
    `organisation`, `organisation_short`, `organisation_slug`, `level`;
    `organisation_slugs` (frozenset of the carrier's slug and those above it);
    `department` (short name, "" if none), `department_slugs` (as `organisation_slugs`, of that unit);
    `fields` (frozenset of slugs), `field_names`, `task_names` (tuples in catalogue order);
    `legal` (see `legal_of`, by the legal character of its tasks);
    `municipalities` (frozenset of AGS of catchment and responsibilities), `district_wide`;
    `programmes` (tuple of the carrying fundings' short names, latest last).
    """
    structures = portfolio.structures.rename(columns={"id": "structure_id"})
    organisations = portfolio.organisations.set_index("id")
    carrier = structures["organisation_id"]
    short = portfolio.short_names("organisation")
    structures["organisation"] = carrier.map(organisations["name"])
    structures["organisation_short"] = carrier.map(short)
    structures["organisation_slug"] = carrier.map(organisations["slug"])
    lines = lineages(organisations)
    structures["organisation_slugs"] = carrier.map(lines)
    structures["level"] = carrier.map(organisations["level"])
    structures["department"] = structures["department_id"].map(short).astype(object).fillna("")
    prepared_by: list[Any] = [lines.get(key, frozenset()) for key in structures["department_id"]]
    structures["department_slugs"] = prepared_by

    done = _responsibilities(portfolio)
    ids = structures["structure_id"]
    structures["fields"] = _gather(ids, done, "field_slug", frozenset)
    structures["field_names"] = _gather(ids, done, "field_name", _distinct)
    structures["task_names"] = _gather(ids, done, "task_name", _distinct)
    structures["legal"] = _gather(ids, done, "legal_character", lambda found: legal_of(set(found)))

    areas = pd.concat(
        [
            structures[["structure_id", "catchment_id"]].rename(columns={"catchment_id": "area_id"}).dropna(),
            done[["structure_id", "area_id"]],
        ]
    ).drop_duplicates()
    members = areas.merge(portfolio.area_municipalities, on="area_id")
    structures["municipalities"] = _gather(ids, members, "ags", frozenset)
    district = portfolio.areas.loc[lambda area: area["kind"] == AreaKind.DISTRICT, "id"]
    wide = areas.loc[areas["area_id"].isin(district), "structure_id"]
    structures["district_wide"] = ids.isin(wide)
    structures["programmes"] = _gather(ids, _carrying_programmes(portfolio), "programme", _distinct)
    # What is made up to show the program does not stand before what is documented.
    made_up = structures["provenance"] == Provenance.EXAMPLE
    order = structures["name"].str.casefold().to_frame("name").assign(made_up=made_up)
    return structures.loc[order.sort_values(["made_up", "name"]).index].reset_index(drop=True)


def lineages(organisations: pd.DataFrame) -> dict[int, frozenset[str]]:
    """Each organisation's slug together with those of all organisations above it."""
    parents: dict[Any, Any] = organisations["parent_id"].dropna().to_dict()
    slugs: dict[Any, str] = organisations["slug"].to_dict()

    def lineage(key: int) -> frozenset[str]:
        found: list[int] = []
        step: int | None = key
        while step is not None and step in slugs and step not in found:
            found.append(step)
            step = parents.get(step)
        return frozenset(slugs[each] for each in found)

    return {key: lineage(key) for key in slugs}


def _responsibilities(portfolio: Portfolio) -> pd.DataFrame:
    fields = portfolio.fields.rename(
        columns={"id": "field_id", "slug": "field_slug", "name": "field_name", "position": "field_position"}
    )[["field_id", "field_slug", "field_name", "field_position"]]
    tasks = portfolio.tasks.rename(columns={"id": "task_id", "name": "task_name"})[
        ["task_id", "field_id", "task_name", "position", "legal_character"]
    ].merge(fields, on="field_id")
    return (
        portfolio.responsibilities[["structure_id", "task_id", "area_id"]]
        .merge(tasks, on="task_id")
        .sort_values(["structure_id", "field_position", "position"])
    )


def _carrying_programmes(portfolio: Portfolio) -> pd.DataFrame:
    fundings = portfolio.fundings
    fundings = fundings[fundings["part"] == FundingPart.CARRYING].sort_values("start", na_position="first")
    fundings["programme"] = fundings["programme_id"].map(portfolio.short_names("programme"))
    return fundings.dropna(subset=["programme"])[["structure_id", "programme"]]


def _gather(
    ids: pd.Series, rows: pd.DataFrame, column: str, collect: Callable[[Iterable[str]], Any]
) -> list[Any]:
    """For each id the collected values of its rows; ids without rows get an empty collection.

    A group of pandas per structure would cost more than all the rest of the directory.
    """
    values: dict[Any, list[str]] = {}
    for key, value in zip(rows["structure_id"].tolist(), rows[column].tolist(), strict=True):
        values.setdefault(key, []).append(value)
    shared: dict[tuple[str, ...], Any] = {}
    found = []
    for key in ids.tolist():
        own = tuple(values.get(key, ()))
        if own not in shared:
            shared[own] = collect(own)
        found.append(shared[own])
    return found


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def legal_of(characters: set[str]) -> str:
    """The catalogue's word for the legal character of some tasks, or that they differ."""
    known = {LegalCharacter(character) for character in characters} - {LegalCharacter.UNCHECKED}
    if len(known) == 1:
        return word(known.pop())
    if LegalCharacter.VOLUNTARY in known:
        return MIXED
    return SEVERAL if known else UNCLASSIFIED
