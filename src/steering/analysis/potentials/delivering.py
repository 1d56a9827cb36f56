"""Who delivers which task where on a day: what the rules about neighbours have in common."""

from __future__ import annotations

import pandas as pd

from steering.analysis.portfolio import Portfolio
from steering.analysis.structures.directory import directory
from steering.analysis.structures.duties import duties
from steering.analysis.view import View
from steering.model import AreaKind, Role
from steering.model.german import listing

_MOST_NAMED = 6


def delivering(portfolio: Portfolio, view: View) -> pd.DataFrame:
    """The responsibilities in force by which something is delivered: DELIVER, or a LEAD that delivers itself.

    Columns of `duties`, and `name` of the structure, `roof` (its organisation's root), `organisation`,
    `municipalities` (frozenset of AGS), `wide` (for the whole Landkreis), `example` (as in `duties`).
    """
    rows = duties(portfolio, view)
    delivers = portfolio.responsibilities.set_index("id")["delivers"]
    leads = (rows["role"] == Role.LEAD) & rows["responsibility_id"].map(delivers).fillna(False).astype(bool)
    rows = rows[(rows["role"] == Role.DELIVER) | leads]
    known = directory(portfolio).set_index("structure_id")
    members = portfolio.area_municipalities
    places = {key: frozenset(group) for key, group in members.groupby("area_id")["ags"]}
    wide = set(portfolio.areas.loc[portfolio.areas["kind"] == AreaKind.DISTRICT, "id"])
    roofs = roofs_of(portfolio)
    return rows.assign(
        name=rows["structure_id"].map(known["name"]),
        organisation=rows["structure_id"].map(known["organisation_short"]),
        organisation_id=rows["structure_id"].map(known["organisation_id"]),
        roof=rows["structure_id"].map(known["organisation_id"]).map(roofs),
        municipalities=pd.Series(
            [places.get(key, frozenset()) for key in rows["area_id"]], index=rows.index, dtype=object
        ),
        wide=rows["area_id"].isin(wide),
    ).reset_index(drop=True)


def roofs_of(portfolio: Portfolio) -> dict[int, int]:
    """The root of the tree that each organisation stands in, by its id."""
    return {key: line[-1] for key, line in lines_of(portfolio).items()}


def lines_of(portfolio: Portfolio) -> dict[int, tuple[int, ...]]:
    """Each organisation and those above it, up to its root."""
    rows = portfolio.organisations
    above = {
        int(key): None if pd.isna(parent) else int(parent)
        for key, parent in zip(rows["id"], rows["parent_id"], strict=True)
    }
    found: dict[int, tuple[int, ...]] = {}
    for key in above:
        line: list[int] = []
        step: int | None = key
        while step is not None and step in above and step not in line:
            line.append(step)
            step = above[step]
        found[key] = tuple(line)
    return found


def place_names(portfolio: Portfolio) -> dict[str, str]:
    """The inhabited municipalities: AGS → name."""
    rows = portfolio.municipalities[portfolio.municipalities["inhabited"]]
    return dict(zip(rows["ags"], rows["name"], strict=True))


def in_words(names: dict[str, str], places: frozenset[str]) -> str:
    """Names of municipalities in a sentence."""
    return listing(sorted(names.get(ags, ags) for ags in places), most=_MOST_NAMED)


def task_in_words(portfolio: Portfolio, task: int) -> tuple[str, int]:
    """What a task is called, and the id of its Handlungsfeld."""
    rows = portfolio.tasks
    row = rows[rows["id"] == task].iloc[0]
    return str(row["name"]), int(row["field_id"])
