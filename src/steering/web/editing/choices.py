"""The choices that forms offer: what is stored → how it is called, for the current data, no two alike."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from steering.analysis.needs import directory as need_directory
from steering.analysis.portfolio import Portfolio
from steering.analysis.scenarios import extending
from steering.model import AreaKind, FundingPart, Role
from steering.model.german import day, euro
from steering.model.telling_apart import told_apart
from steering.model.vocabulary import word
from steering.web import current

NONE: dict[Any, str] = {None: "–"}


def structures() -> dict[int, str]:
    """Structure id → name, by name; with its carrier where several are called the same."""
    return current.of(_structures)


def organisations() -> dict[int, str]:
    """Organisation id → name, by name."""
    return current.of(_named, "organisation")


def units() -> dict[Any, str]:
    """The units of the Landkreis's own house, or none."""
    return {**NONE, **current.of(_own_units)}


def areas() -> dict[int, str]:
    """Area id → name, the Landkreis first."""
    return current.of(_areas)


def areas_or_none() -> dict[Any, str]:
    """The same, or none."""
    return {**NONE, **areas()}


def tasks() -> dict[int, str]:
    """Task id → name with its Handlungsfeld, in the order of the catalogue."""
    return current.of(_tasks)


def target_groups() -> dict[int, str]:
    """Target group id → name."""
    return current.of(_named, "target_group", "position")


def everyone() -> list[int]:
    """The target group that stands for all."""
    return current.of(_everyone)


def programmes_or_none() -> dict[Any, str]:
    """Programme id → short name and period, or none."""
    return {None: "kein Programm", **programmes()}


def programmes() -> dict[int, str]:
    """Programme id → short name and period."""
    return current.of(_programmes)


def every_funding() -> dict[int, str]:
    """Funding id → structure, name and end, of all structures."""
    return current.of(_every_funding)


def programmes_to_extend() -> dict[int, str]:
    """Of these, the programmes that can go on."""
    return _only(programmes(), current.of(extending.programmes, current.today()))


def fundings_to_extend() -> dict[int, str]:
    """Of these, the fundings that can go on."""
    return _only(every_funding(), current.of(extending.fundings, current.today()))


def every_responsibility() -> dict[int, str]:
    """Responsibility id → structure, task and area, of all structures."""
    return current.of(_every_responsibility)


def fundings(structure_id: int) -> dict[int, str]:
    """Funding id → name and end, of one structure: the carrying ones first, the latest at the top."""
    return current.of(_fundings, structure_id)


def carrying(structure_id: int) -> dict[Any, str]:
    """The carrying fundings of one structure, or none."""
    return {**NONE, **current.of(_fundings, structure_id, FundingPart.CARRYING)}


def responsibilities(structure_id: int) -> dict[int, str]:
    """Responsibility id → task and area, of one structure."""
    return current.of(_responsibilities, structure_id)


def fields_or_none() -> dict[Any, str]:
    """Handlungsfeld id → name in the order of the catalogue, or none."""
    return {**NONE, **current.of(_named, "field", "position")}


def organisations_or_none() -> dict[Any, str]:
    """Organisation id → name, or none."""
    return {**NONE, **organisations()}


def committees_or_none() -> dict[Any, str]:
    """Committee id → name, or none."""
    return {**NONE, **current.of(_named, "committee")}


def needs() -> dict[int, str]:
    """Need id → what it is called on the page Bedarfe, by name."""
    return current.of(_needs)


def indicators() -> dict[int, str]:
    """Indicator id → name, by name."""
    return current.of(_named, "indicator")


def indicators_or_none() -> dict[Any, str]:
    """The same, or none."""
    return {**NONE, **indicators()}


def potentials() -> dict[int, str]:
    """Potential id → name, by name."""
    return current.of(_named, "potential")


def measures() -> dict[int, str]:
    """Measure id → name, by name."""
    return current.of(_named, "measure")


def _only(words: dict[int, str], keys: frozenset[int]) -> dict[int, str]:
    return {key: said for key, said in words.items() if key in keys}


def _everyone(portfolio: Portfolio) -> list[int]:
    groups = portfolio.target_groups
    return [int(key) for key in groups.loc[groups["everyone"], "id"]]


def _named(portfolio: Portfolio, table: str, order: str = "name") -> dict[int, str]:
    frame = portfolio.frame(table)
    key = (lambda column: column.str.casefold()) if order == "name" else None
    return _pairs(frame.sort_values(order, key=key), "name")


def _pairs(frame: pd.DataFrame, column: str, *more: Iterable[str]) -> dict[int, str]:
    """Id → words in the order of the frame; `more`: what may tell apart those that are called the same."""
    keys = [int(key) for key in frame["id"]]
    further = (dict(zip(keys, each, strict=True)) for each in more)
    # The boxes of the sidebar cut what stands behind a long name.
    return told_apart(dict(zip(keys, frame[column], strict=True)), *further, ahead=True)


def _structures(portfolio: Portfolio) -> dict[int, str]:
    rows = portfolio.structures.sort_values("name", key=lambda column: column.str.casefold())
    return _pairs(rows, "name", rows["organisation_id"].map(portfolio.short_names("organisation")))


def _own_units(portfolio: Portfolio) -> dict[int, str]:
    organisations = portfolio.organisations
    roofs = organisations["name"] == portfolio.settings["district_name"]
    found = set(organisations.loc[roofs, "id"])
    while True:
        below = set(organisations.loc[organisations["parent_id"].isin(found), "id"]) - found
        if not below:
            return _pairs(organisations[organisations["id"].isin(found)].sort_values("name"), "name")
        found |= below


def _areas(portfolio: Portfolio) -> dict[int, str]:
    areas = portfolio.areas
    rank = areas["kind"].map({AreaKind.DISTRICT.value: 0, AreaKind.GROUP.value: 1}).fillna(2)
    return _pairs(areas.assign(rank=rank).sort_values(["rank", "name"]), "name")


def _tasks(portfolio: Portfolio) -> dict[int, str]:
    fields = portfolio.fields.set_index("id")
    tasks = portfolio.tasks
    tasks = tasks.assign(
        order=tasks["field_id"].map(fields["position"]),
        words=tasks["name"] + " · " + tasks["field_id"].map(fields["name"]),
    )
    return _pairs(tasks.sort_values(["order", "position"]), "words")


def _programmes(portfolio: Portfolio) -> dict[int, str]:
    rows = portfolio.programmes
    words = _until(portfolio.short_names("programme"), rows["valid_until"], " (bis {})")
    return _pairs(rows.assign(words=words).sort_values("words", key=lambda w: w.str.casefold()), "words")


def _fundings(portfolio: Portfolio, structure_id: int, part: FundingPart | None = None) -> dict[int, str]:
    rows = portfolio.fundings
    rows = rows[rows["structure_id"] == structure_id]
    if part:
        rows = rows[rows["part"] == part]
    rows = rows.assign(carries=rows["part"] == FundingPart.CARRYING)
    order = ["carries", "end", "start"]
    return _of_money(rows.sort_values(order, ascending=False, na_position="first"), rows["name"])


def _of_money(rows: pd.DataFrame, names: pd.Series) -> dict[int, str]:
    """Fundings with their last day; those alike also with what part they have, whose they are, since when,
    and how much.
    """
    words = _until(names.reindex(rows.index), rows["end"], " · bis {}")
    parts = [word(FundingPart(part)) for part in rows["part"]]
    since = [f"ab {day(start)}" if pd.notna(start) else "" for start in rows["start"]]
    amounts = [euro(cents, "") for cents in rows["amount_cents"].astype("float64")]
    return _pairs(rows.assign(words=words), "words", parts, rows["payer_name"], since, amounts)


def _until(names: pd.Series, ends: pd.Series, form: str) -> list[str]:
    """Names, with their last day where there is one."""
    return [
        name + (form.format(day(end)) if pd.notna(end) else "") for name, end in zip(names, ends, strict=True)
    ]


def _every_funding(portfolio: Portfolio) -> dict[int, str]:
    rows = portfolio.fundings
    return _by_words(_of_money(rows, _with_structure(portfolio, rows, rows["name"])))


def _every_responsibility(portfolio: Portfolio) -> dict[int, str]:
    rows = portfolio.responsibilities
    words = _with_structure(portfolio, rows, _what_for(portfolio, rows))
    return _by_words(_of_duties(portfolio, rows, words))


def _responsibilities(portfolio: Portfolio, structure_id: int) -> dict[int, str]:
    rows = portfolio.responsibilities
    rows = rows[rows["structure_id"] == structure_id]
    words = _what_for(portfolio, rows)
    rows = rows.assign(words=words).sort_values("words")
    return _of_duties(portfolio, rows, words)


def _what_for(portfolio: Portfolio, duties: pd.DataFrame) -> pd.Series:
    """Task and area of responsibilities."""
    tasks, areas = portfolio.names("task"), portfolio.names("area")
    return duties["task_id"].map(tasks) + " · " + duties["area_id"].map(areas)


def _of_duties(portfolio: Portfolio, rows: pd.DataFrame, words: pd.Series) -> dict[int, str]:
    """Responsibilities; those alike also with their role, their site, for whom, and from when to when."""
    roles = [word(Role(role)) for role in rows["role"]]
    groups = rows["id"].map(_groups(portfolio, rows["id"])).fillna("")
    since = [f"ab {day(first)}" if pd.notna(first) else "" for first in rows["valid_from"]]
    until = [f"bis {day(last)}" if pd.notna(last) else "" for last in rows["valid_until"]]
    more = roles, rows["site"], groups, since, until
    return _pairs(rows.assign(words=words.reindex(rows.index)), "words", *more)


def _groups(portfolio: Portfolio, duties: pd.Series) -> pd.Series:
    """Responsibility id → its target groups."""
    linked = portfolio.responsibility_groups
    linked = linked[linked["responsibility_id"].isin(duties)]
    names = linked["target_group_id"].map(portfolio.names("target_group"))
    return names.groupby(linked["responsibility_id"]).agg(", ".join)


def _with_structure(portfolio: Portfolio, rows: pd.DataFrame, words: pd.Series) -> pd.Series:
    return rows["structure_id"].map(_structures(portfolio)).astype(str) + " · " + words


def _by_words(found: dict[int, str]) -> dict[int, str]:
    return dict(sorted(found.items(), key=lambda pair: pair[1].casefold()))


def _needs(portfolio: Portfolio) -> dict[int, str]:
    rows = need_directory.needs(portfolio).sort_values("called", key=lambda names: names.str.casefold())
    return _pairs(rows.rename(columns={"need_id": "id"}), "called")
