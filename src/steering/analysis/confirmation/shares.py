"""Which records go into whose file of a confirmation round, and which of their fields leave the house."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

import pandas as pd

from steering.analysis.portfolio import Portfolio
from steering.model import Funding, Level, Record, Responsibility, Structure

RECORDS: Mapping[str, type[Record]] = {
    "structure": Structure,
    "funding": Funding,
    "responsibility": Responsibility,
}
"""The records that carriers are asked about, by table, in the order of the sheets."""

# What a carrier knows best. Notes, sources, Haushaltsstellen and what follows a loss are our own business.
FIELDS: Mapping[type[Record], tuple[str, ...]] = {
    Structure: (
        *("name", "kind", "organisation_id", "valid_from", "valid_until", "end_kind", "extension"),
        *("expected_until", "fte", "places", "seat_place"),
    ),
    Funding: (
        *("structure_id", "name", "payer_name", "start", "end", "end_kind", "extension", "expected_until"),
        *("fte", "places", "amount_cents", "amount_basis", "approved_from", "approved_until"),
    ),
    Responsibility: (
        *("structure_id", "task_id", "area_id", "target_groups", "role", "delivers", "site"),
        *("valid_from", "valid_until"),
    ),
}
LAST_DAY: Mapping[type[Record], str] = {
    Structure: "valid_until",
    Funding: "end",
    Responsibility: "valid_until",
}

Share = dict[str, list[int]]
"""The keys of records by table."""


def units_below(portfolio: Portfolio, organisation_id: int) -> set[int]:
    """An organisation and all units under it."""
    organisations = portfolio.organisations
    found = {organisation_id}
    while True:
        below = set(organisations.loc[organisations["parent_id"].isin(found), "id"].tolist()) - found
        if not below:
            return found
        found |= below


def carriers(portfolio: Portfolio, day: date) -> list[int]:
    """Who is asked unless somebody chooses otherwise: who carries something that has not ended by `day`.

    Other houses are asked as a whole. In the Landkreis's own house each unit that carries structures
    itself is, since nobody there could answer for all of them.
    """
    organisations = portfolio.organisations.set_index("id")
    found = []
    for carrier in _standing(portfolio, Structure, day)["organisation_id"].unique().tolist():
        roof = _line(organisations["parent_id"], carrier)[-1]
        own_house = organisations.loc[roof, "level"] == Level.COUNTY
        found.append(int(carrier if own_house else roof))
    by_name = organisations["name"].str.casefold()
    return sorted(set(found), key=lambda each: (by_name[each], each))


def shares(portfolio: Portfolio, chosen: Collection[int], day: date) -> dict[int, Share]:
    """The records of each of the chosen organisations that have not ended by `day`.

    A structure belongs to the nearest chosen organisation above it; fundings and responsibilities follow
    their structure. Who has no rows is left out.
    """
    parents = portfolio.organisations.set_index("id")["parent_id"]
    structures = _standing(portfolio, Structure, day)
    owner = {
        carrier: next((above for above in _line(parents, carrier) if above in chosen), None)
        for carrier in structures["organisation_id"].unique().tolist()
    }
    owners = structures["organisation_id"].map(owner)
    of_structure = dict(zip(structures["id"].tolist(), owners.tolist(), strict=True))
    found: dict[int, Share] = {}
    for table, record in RECORDS.items():
        frame = _standing(portfolio, record, day)
        structure = frame["id" if record is Structure else "structure_id"]
        for key, belongs_to in zip(frame["id"].tolist(), structure.tolist(), strict=True):
            whose = of_structure.get(belongs_to)
            if whose is not None and whose == whose:
                found.setdefault(int(whose), {each: [] for each in RECORDS})[table].append(int(key))
    return found


def _standing(portfolio: Portfolio, record: type[Record], day: date) -> pd.DataFrame:
    """The records that have not ended before a day."""
    frame = portfolio.frame(str(record.__tablename__))
    last = frame[LAST_DAY[record]]
    return frame[last.isna() | (last >= pd.Timestamp(day))]


def _line(parents: pd.Series, organisation: int) -> list[int]:
    """An organisation and those above it, the nearest first."""
    line = [organisation]
    while True:
        above = parents.get(line[-1])
        if above is None or pd.isna(above) or above in line:
            return line
        line.append(int(above))
