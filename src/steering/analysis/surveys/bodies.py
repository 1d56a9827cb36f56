"""Who may be asked what is needed, and about which tasks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import pandas as pd

from steering.analysis.confirmation.shares import carriers, units_below
from steering.analysis.portfolio import Portfolio
from steering.model import AreaKind, LegalCharacter, Level

FIELD_OF_STEERING = "strategische-steuerung"
"""The short name of the Handlungsfeld whose tasks are steering itself; every level is asked about these."""
# What the state does through its own offices is not for a municipality to say.
_NOT_OF_MUNICIPALITIES = (LegalCharacter.STATE_OFFICE, LegalCharacter.DELEGATED)


@dataclass(frozen=True, order=True)
class SurveyedBody:
    """Somebody who can be asked: a municipality by its AGS, or an organisation.

    `area_id`: the area that its answers are about unless it says otherwise; None for a municipality that is
    no area of its own so far.
    """

    name: str
    level: Level
    short: str
    organisation_id: int | None = None
    ags: str | None = None
    area_id: int | None = None

    @property
    def key(self) -> str:
        """What tells it from every other body."""
        return body_key(self.organisation_id, self.ags)


def body_key(organisation_id: int | None, ags: str | None) -> str:
    """What tells a body from every other, from the two fields by which it is stored."""
    return str(ags) if organisation_id is None or pd.isna(organisation_id) else f"o{int(organisation_id)}"


def bodies(portfolio: Portfolio) -> dict[str, SurveyedBody]:
    """Everybody who can be asked, by key: the inhabited municipalities by name, then the organisations.

    A municipality is asked as such; organisations of that level are parts of one.
    """
    places = portfolio.municipalities
    own = areas_of_places(portfolio)
    found = [
        SurveyedBody(
            str(row["name"]),
            Level.MUNICIPAL,
            str(row["name"]),
            ags=row["ags"],
            area_id=own.get(frozenset({row["ags"]})),
        )
        for row in places[places["inhabited"].astype(bool)].sort_values("name").to_dict("records")
    ]
    areas = portfolio.areas
    district = areas.loc[areas["kind"] == AreaKind.DISTRICT, "id"].tolist()
    organisations = portfolio.organisations
    by_name = organisations["name"].str.casefold().sort_values().index
    found += [
        SurveyedBody(
            str(row["name"]),
            Level(row["level"]),
            str(row["short_name"] or row["name"]),
            int(row["id"]),
            area_id=district[0] if district else None,
        )
        for row in organisations.loc[by_name].to_dict("records")
    ]
    return {body.key: body for body in found}


def usually_asked(portfolio: Portfolio, today: date) -> frozenset[str]:
    """The keys of those who are asked unless somebody chooses otherwise: all municipalities, and whoever
    carries something that is running, the Landkreis's own house unit by unit."""
    known = bodies(portfolio)
    places = {key for key, body in known.items() if body.ags is not None}
    houses = {body_key(each, None) for each in carriers(portfolio, today)}
    return frozenset(places | {key for key in houses if key in known and known[key].level != Level.MUNICIPAL})


def tasks_of(portfolio: Portfolio, body: SurveyedBody) -> list[int]:
    """The tasks that concern a body, in the order of the catalogue.

    A municipality: all but those that the state does through its offices. An organisation: those at which it
    or a unit of it takes part, and all where it takes part in none. Everybody: those of steering.
    """
    tasks = portfolio.tasks
    steering = steering_tasks(portfolio)
    if body.organisation_id is None:
        concerned = set(tasks.loc[~tasks["legal_character"].isin(_NOT_OF_MUNICIPALITIES), "id"])
    else:
        structures = portfolio.structures
        units = units_below(portfolio, body.organisation_id)
        own = structures.loc[structures["organisation_id"].isin(units), "id"]
        duties = portfolio.responsibilities
        concerned = set(duties.loc[duties["structure_id"].isin(own), "task_id"]) - steering
        concerned = concerned or set(tasks["id"])
    wanted = concerned | steering
    return [int(key) for key in in_order(portfolio)["id"] if key in wanted]


def steering_tasks(portfolio: Portfolio) -> set[int]:
    """The tasks that are steering itself."""
    fields = portfolio.fields
    steering = fields.loc[fields["slug"] == FIELD_OF_STEERING, "id"]
    tasks = portfolio.tasks
    return set(tasks.loc[tasks["field_id"].isin(steering), "id"].tolist())


def in_order(portfolio: Portfolio) -> pd.DataFrame:
    """The tasks in the order of the catalogue, with the name of their Handlungsfeld as `field`."""
    fields = portfolio.fields.rename(columns={"id": "field_id", "name": "field", "position": "first"})
    rows = portfolio.tasks.merge(fields[["field_id", "field", "first"]], on="field_id")
    return rows.sort_values(["first", "position", "id"], kind="stable").reset_index(drop=True)


def areas_of_places(portfolio: Portfolio) -> dict[frozenset[str], int]:
    """The areas by the municipalities that they are made of; of equal ones the first."""
    members = portfolio.area_municipalities.groupby("area_id")["ags"].agg(frozenset)
    known = set(portfolio.areas["id"].tolist())
    found: dict[frozenset[str], int] = {}
    for area, places in zip(members.index.tolist(), members.tolist(), strict=True):
        if area in known:
            found.setdefault(places, int(area))
    return found


def chosen(portfolio: Portfolio, keys: Iterable[str]) -> list[SurveyedBody]:
    """The bodies with these keys, in the order in which they are offered.

    Organisations are left out where there is no district-wide area that their answers could be about.
    """
    wanted = set(keys)
    return [
        body
        for key, body in bodies(portfolio).items()
        if key in wanted and (body.ags is not None or body.area_id is not None)
    ]
