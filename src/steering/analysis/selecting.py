"""The findings, measures and potentials that the filters of the sidebar let through."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from steering.analysis.once import once
from steering.analysis.portfolio import Portfolio
from steering.analysis.structures.directory import directory, lineages
from steering.analysis.structures.inventory import Selection
from steering.model.finding_keys import participant


def selected(portfolio: Portfolio, rows: pd.DataFrame, chosen: Selection) -> pd.DataFrame:
    """The findings that the filters let through.

    A Handlungsfeld lets through its tasks' findings, a municipality those that touch it, a level or a
    carrier those with a participant of it; findings that nobody takes part in (gaps) are nobody's.
    """
    if not chosen.active:
        return rows
    about = _about(portfolio)
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


def selected_or_anybodys(portfolio: Portfolio, rows: pd.DataFrame, chosen: Selection) -> pd.DataFrame:
    """The same, with what nobody takes part in whatever level or carrier is chosen: it could be theirs."""
    if not chosen.active:
        return rows
    nobody = rows["participants"].map(len) == 0
    anyone = replace(chosen, levels=frozenset(), organisations=frozenset())
    parts = [selected(portfolio, rows[nobody], anyone), selected(portfolio, rows[~nobody], chosen)]
    return pd.concat(parts, ignore_index=True)


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


@once
def _about(portfolio: Portfolio) -> _About:
    return _About(portfolio)


def measures(portfolio: Portfolio, chosen: Selection) -> frozenset[int]:
    """Their ids: as a finding, so a measure for which nobody is recorded could be anybody's.

    A Handlungsfeld lets through its measures and those about one of its tasks, a municipality those whose
    area it lies in or that have none, a level or a carrier those for which it is responsible or a partner.
    """
    ids = portfolio.measures["id"]
    keep = pd.Series(True, index=ids.index)
    if chosen.fields:
        keep &= ids.isin(_of_fields(portfolio, chosen))
    if chosen.municipalities:
        keep &= _there(portfolio, portfolio.measures["area_id"], chosen)
    if chosen.levels or chosen.organisations:
        keep &= _taken_part_in(portfolio, _carriers(portfolio, chosen))
    return _ids(ids[keep.fillna(False).astype(bool)])


def potentials(portfolio: Portfolio, chosen: Selection) -> frozenset[int]:
    """Their ids: one for which no field, area or carrier is recorded could be anybody's.

    A Handlungsfeld lets through its potentials, a municipality those whose area it lies in, a level or a
    carrier those that it looks after.
    """
    rows, fields = portfolio.potentials, portfolio.fields
    keep = pd.Series(True, index=rows.index)
    if chosen.fields:
        wanted = fields.loc[fields["slug"].isin(chosen.fields), "id"]
        keep &= rows["field_id"].isna() | rows["field_id"].isin(wanted)
    if chosen.municipalities:
        keep &= _there(portfolio, rows["area_id"], chosen)
    if chosen.levels or chosen.organisations:
        carrier = rows["organisation_id"]
        keep &= carrier.isna() | carrier.isin(_carriers(portfolio, chosen))
    return _ids(rows.loc[keep.astype(bool), "id"])


def _ids(keys: pd.Series) -> frozenset[int]:
    return frozenset(int(key) for key in keys)


def _there(portfolio: Portfolio, area: pd.Series, chosen: Selection) -> pd.Series:
    """Whether one of the municipalities lies in each area, or none is recorded."""
    places = portfolio.area_municipalities
    areas = places.loc[places["ags"].isin(chosen.municipalities), "area_id"]
    return area.isna() | area.isin(areas)


def _carriers(portfolio: Portfolio, chosen: Selection) -> pd.Index:
    """The ids of the organisations of the levels, and of the carriers and the units below them."""
    organisations = portfolio.organisations.set_index("id")
    above = organisations.index.map(lineages(organisations))
    own = pd.Series(True, index=organisations.index)
    if chosen.levels:
        own &= organisations["level"].isin(chosen.levels)
    if chosen.organisations:
        own &= np.array([bool(chosen.organisations & slugs) for slugs in above], dtype=bool)
    return own[own].index


def _of_fields(portfolio: Portfolio, chosen: Selection) -> set[int]:
    fields = portfolio.fields
    wanted = set(fields.loc[fields["slug"].isin(chosen.fields), "id"])
    tasks = portfolio.tasks
    about = portfolio.measure_tasks
    named = about["task_id"].isin(tasks.loc[tasks["field_id"].isin(wanted), "id"])
    rows = portfolio.measures
    return set(rows.loc[rows["field_id"].isin(wanted), "id"]) | set(about.loc[named, "measure_id"])


def _taken_part_in(portfolio: Portfolio, organisations: pd.Index) -> pd.Series:
    """Whether one of the organisations is responsible or a partner, or nobody is recorded."""
    rows, partners = portfolio.measures, portfolio.measure_partners
    ours = partners.loc[partners["organisation_id"].isin(organisations), "measure_id"]
    nobody = rows["organisation_id"].isna() & ~rows["id"].isin(partners["measure_id"])
    return nobody | rows["organisation_id"].isin(organisations) | rows["id"].isin(ours)
