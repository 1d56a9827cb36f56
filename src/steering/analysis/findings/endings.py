"""What runs out within the warning time, and which tasks lose their last provider with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd

from steering.analysis.findings.cells import CellGrid
from steering.analysis.findings.judging import RuleFindings, judged, together
from steering.analysis.findings.lists import among, distinct, lists, matches
from steering.analysis.findings.merging import clipped, frame, merged
from steering.analysis.findings.overlaps import sited
from steering.analysis.findings.parties import Parties, fingerprints
from steering.analysis.findings.reasons import DOUBT, REASONS
from steering.analysis.findings.register import Register, served
from steering.analysis.findings.situation import Situation
from steering.analysis.findings.stints import Stints
from steering.analysis.intervals import days
from steering.analysis.intervals.days import DOOM, Days
from steering.analysis.lives.stretches import YES
from steering.analysis.portfolio import Portfolio
from steering.analysis.scenarios.scenario import in_scenario
from steering.analysis.view import View
from steering.model import FindingKind


def all_endings(situation: Situation) -> RuleFindings:
    """Every last running day that comes from a fixed or yearly end, at any time.

    The reason says where it is unknown, not sure, that the structure stops.
    """
    found, life = situation.register, situation.life
    running = (life.sums[:, 0] == YES) & (life.end < DOOM)
    doubt = np.zeros(len(life.key), dtype=bool)
    doubt[:-1] = (life.key[1:] == life.key[:-1]) & (life.start[1:] == life.end[:-1] + 1)
    running &= situation.ends.at(life.key, life.end)
    structure, last = life.key[running], life.end[running]
    marks = fingerprints(len(found.level))[structure]
    reason = np.where(doubt[running], REASONS.index(DOUBT), 0)
    rows = judged(FindingKind.ENDING, last, last, marks, reason=reason)
    at, place = served(found, structure)
    return RuleFindings(
        together(rows, rows.where(at)._replace(municipality=place)), Parties(marks, structure)
    )


def warned_until(portfolio: Portfolio, as_of: date) -> pd.Timestamp:
    """The last day of the warning time that the Landkreis has set, from a day on."""
    return pd.Timestamp(as_of) + pd.DateOffset(months=int(portfolio.settings["warning_months"]))


def upcoming(situation: Situation) -> pd.DataFrame:
    """The endings from `as_of` until the warning time is over, with cause and cascade."""
    view, known = situation.view, situation.register
    first = np.array([days.number(view.as_of)])
    last = np.array([days.number(warned_until(situation.portfolio, view.as_of).date())])
    told = all_endings(situation)
    near = (told.judged.start >= first) & (told.judged.start <= last)
    found = merged(situation.grid, told._replace(judged=clipped(told.judged.where(near), view.horizon)))
    structure, last = _structures(known, found.judged.party), found.judged.end
    lost = cascades(situation.grid, _providers(known, situation.stints), structure, last)
    causes = [(each,) if each else () for each in situation.ends.causes(structure, last)]
    return frame(known, found, causes, lost)


def _structures(found: Register, party: np.ndarray) -> Days:
    """The one member of each party."""
    marks = fingerprints(len(found.level))
    order = np.argsort(marks)
    return order[np.searchsorted(marks, party, sorter=order)]


def _providers(found: Register, every: Stints) -> Stints:
    answers = found.answers
    return every.where(every.running & (answers.lead | answers.deliver)[every.answer])


def cascades(
    cells: CellGrid, providers: Stints, structure: Days, last: Days
) -> list[tuple[tuple[str, int], ...]]:
    """For each structure's last day the tasks that lose their last provider, with how many municipalities.

    A task counts where on that day a lead or deliverer runs, the structure among them, and on the next none.
    """
    code, ending = _lost(cells, providers, structure, last)
    found = cells.register
    task, municipality, _, _ = cells.cells(code)
    at, place = cells.alike_places.of(task * max(len(found.ags), 1) + municipality)
    tasks, places = len(found.several), max(len(found.ags), 1)
    cell = distinct((ending[at] * tasks + task[at]) * places + place)
    pair, count = np.unique(cell // places, return_counts=True)
    names = found.portfolio.tasks["name"].to_numpy(dtype=object)
    told: list[list[tuple[str, int]]] = [[] for _ in structure]
    for row, number in zip(pair.tolist(), count.tolist(), strict=True):
        told[row // tasks].append((names[row % tasks], number))
    return [tuple(each) for each in told]


@in_scenario
def last_provided(portfolio: Portfolio, view: View, last: Mapping[int, date]) -> pd.DataFrame:
    """What has a provider on a structure's last day and none on the next: the cascade, cell by cell.

    `last`: the days by structure. Columns: task_id, ags, group (slug), site ("" where none); each cell once.
    """
    found = Situation.of(portfolio, view)
    known, cells = found.register, found.grid
    rows = np.flatnonzero(portfolio.structures["id"].isin(list(last)))
    ends = [days.number(last[int(key)]) for key in portfolio.structures["id"].iloc[rows]]
    code, _ = _lost(cells, _providers(known, found.stints), rows, np.array(ends, dtype=np.int64))
    task, municipality, group, site = cells.cells(distinct(code))
    at, place = cells.alike_places.of(task * max(len(known.ags), 1) + municipality)
    task, group, site = task[at], group[at], site[at]
    at, column = cells.alike_groups.of(task * len(known.groups) + group)
    return pd.DataFrame(
        {
            "task_id": portfolio.tasks["id"].to_numpy()[task[at]],
            "ags": np.array(known.ags, dtype=object)[place[at]],
            "group": np.array(known.groups, dtype=object)[column],
            "site": np.array(known.sites, dtype=object)[site[at]],
        }
    ).drop_duplicates(ignore_index=True)


def _lost(cells: CellGrid, providers: Stints, structure: Days, last: Days) -> tuple[Days, Days]:
    """Cells without a provider on the day after; each with the place of its ending."""
    answers = cells.register.answers
    ending, stint = lists(
        providers.structure, np.arange(len(providers.answer)), len(cells.register.level)
    ).of(structure)
    there = (providers.start[stint] <= last[ending]) & (providers.end[stint] >= last[ending])
    ending, stint = ending[there], stint[there]
    code, row, stay = sited(cells, providers.where(stint))
    day = last[ending[row]]
    there = (stay.start <= day) & (day <= stay.end)
    code, ending = code[there], ending[row[there]]
    rivals = providers.where(among(answers.task[providers.answer], answers.task[providers.answer[stint]]))
    answer = rivals.answer
    row, other = cells.spread(answers.task[answer], answers.area[answer], answers.groups[answer])
    order = np.argsort(other, kind="stable")
    other, rivals = other[order], rivals.where(row[order])
    # Whoever is there the day after counts, whether or not somebody names the site then.
    cell, site = cells.without_site(code)
    at, rival = matches(cell, other)
    next_day, theirs = last[ending[at]] + 1, answers.site[rivals.answer[rival]]
    holds = (rivals.start[rival] <= next_day) & (rivals.end[rival] >= next_day)
    holds &= (theirs == 0) | (theirs == site[at])
    lost = np.bincount(at[holds], minlength=len(code)) == 0
    return code[lost], ending[lost]
