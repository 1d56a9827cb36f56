"""Cells: a task in a municipality for a target group, at a site where sites are given.

Municipalities that no record of a task tells apart are judged once for all of them, and so are target
groups: district-wide data for everyone are one cell per task.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from steering.analysis.findings.lists import OwnedValues, Spans, among, distinct, lists, meetings
from steering.analysis.findings.parties import Fingerprints, fingerprints
from steering.analysis.findings.register import Register
from steering.analysis.intervals.days import DAWN, DOOM, Days
from steering.analysis.intervals.ends import Mask
from steering.analysis.intervals.sweeps import Segments, endings, union


class Cell(NamedTuple):
    """What a cell's code stands for; `site` is 0 where the cell has none."""

    task: Days
    municipality: Days
    group: Days
    site: Days


@dataclass(frozen=True, eq=False)
class CellGrid:
    """The cells of a Portfolio and their codes.

    `alike_places`: for each task × municipality that stands for others, all of these; `alike_groups` so
    for groups. Where some record names a site in a cell, `judged` has (by the cell's code) the days on which
    it is judged at each `judged_site`, and those without a site, because nobody names one.
    """

    register: Register
    alike_places: OwnedValues
    alike_groups: OwnedValues
    judged: Spans
    judged_site: Days

    def codes(self, task: Days, municipality: Days, group: Days, site: Days | int = 0) -> Days:
        _, places, groups, sites = self._widths
        return ((task * places + municipality) * groups + group) * sites + site

    def cells(self, codes: Days) -> Cell:
        _, places, groups, sites = self._widths
        codes, site = np.divmod(codes, sites)
        codes, group = np.divmod(codes, groups)
        task, municipality = np.divmod(codes, places)
        return Cell(task, municipality, group, site)

    @property
    def _widths(self) -> tuple[int, int, int, int]:
        return _widths(self.register)

    def spread(self, task: Days, area: Days, groups: Mask) -> tuple[Days, Days]:
        """The cells that tasks in areas for groups (a row of a mask each) cover, sites apart.

        Returns the position among those asked for, and the code.
        """
        first, place = self.register.members.of(area)
        kept = self.alike_places.size[task[first] * self._widths[1] + place] > 0
        first, place = first[kept], place[kept]
        width = self._widths[2]
        judged = groups & (self.alike_groups.size.reshape(-1, width) > 0)[task]
        owner, column = np.nonzero(judged)
        second, group = lists(owner, column, len(task)).of(first)
        at = first[second]
        return at, self.codes(task[at], place[second], group)

    def at_sites(self, codes: Days, site: Days, start: Days, end: Days) -> tuple[Days, Days, Days, Days]:
        """The same at their sites; what has no site, on each day at each site that is judged then.

        Returns the position among those given, the code, and the days.
        """
        told = self.judged
        apart = (site == 0) & among(codes, told.key)
        whole, cut = np.flatnonzero(~apart), np.flatnonzero(apart)
        at, place, first, last = meetings(Spans(codes[cut], start[cut], end[cut]), told)
        return (
            np.concatenate([whole, cut[at]]),
            np.concatenate([codes[whole] + site[whole], codes[cut[at]] + self.judged_site[place]]),
            np.concatenate([start[whole], first]),
            np.concatenate([end[whole], last]),
        )

    def without_site(self, codes: Days) -> tuple[Days, Days]:
        """The cells of these codes without their sites, and the sites."""
        cell, site = np.divmod(codes, self._widths[3])
        return cell * self._widths[3], site


def grid(register: Register) -> CellGrid:
    """The cells that have to be told apart in a Portfolio."""
    nothing = np.empty(0, dtype=np.int64)
    places, groups = _alike_places(register), _alike_groups(register)
    made = CellGrid(register, places, groups, Spans(nothing, nothing, nothing), nothing)
    if len(register.sites) == 1:
        return made
    named = _named(made)
    cell, site = made.without_site(named.key)
    none_named = _complement(union(cell, named.start, named.end))
    judged = (np.concatenate(column) for column in zip((cell, *named[1:3]), none_named, strict=True))
    sites = np.concatenate([site, np.zeros(len(none_named.key), dtype=np.int64)])
    return CellGrid(register, places, groups, Spans(*judged), sites)


def _named(made: CellGrid) -> Segments:
    """The days on which a responsibility that is judged, or a need, names a site in a cell."""
    answers, wants = made.register.answers, made.register.wants
    judged = answers.lead | answers.deliver | answers.statutory
    parts = []
    for records, kept in ((answers, (answers.site > 0) & judged), (wants, wants.site > 0)):
        row = np.flatnonzero(kept)
        at, codes = made.spread(records.task[row], records.area[row], records.groups[row])
        row = row[at]
        parts.append((codes + records.site[row], records.start[row], records.end[row]))
    return union(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _complement(found: Segments) -> Spans:
    """The days of each key that none of its stretches covers, from the beginning to the end of time."""
    begins = np.ones(len(found.key), dtype=bool)
    begins[1:] = found.key[1:] != found.key[:-1]
    last = endings(begins)
    before = np.where(begins, DAWN, np.roll(found.end, 1) + 1)
    key = np.concatenate([found.key, found.key[last]])
    start = np.concatenate([before, found.end[last] + 1])
    end = np.concatenate([found.start - 1, np.full(int(last.sum()), DOOM)])
    kept = start <= end
    return Spans(key[kept], start[kept], end[kept])


def _widths(register: Register) -> tuple[int, int, int, int]:
    return len(register.several), max(len(register.ags), 1), len(register.groups), len(register.sites)


def _alike_places(register: Register) -> OwnedValues:
    """Per task × municipality all municipalities that lie in the same areas of the task's records."""
    tasks, places, _, _ = _widths(register)
    answers, wants = register.answers, register.wants
    areas = len(register.district)
    used = distinct(np.concatenate([answers.task * areas + answers.area, wants.task * areas + wants.area]))
    task, area = np.divmod(used, max(areas, 1))
    at, place = register.members.of(area)
    mark = np.zeros(tasks * places, dtype=np.uint64)
    np.add.at(mark, task[at] * places + place, fingerprints(areas)[area[at]])
    return _alike(mark, places)


def _alike_groups(register: Register) -> OwnedValues:
    """Per task × target group all groups that the same records of the task reach."""
    tasks, _, width, _ = _widths(register)
    answers, wants = register.answers, register.wants
    task = np.concatenate([answers.task, wants.task])
    reached = np.concatenate([answers.groups, wants.groups])
    row, group = np.nonzero(reached)
    mark = np.zeros(tasks * width, dtype=np.uint64)
    np.add.at(mark, task[row] * width + group, fingerprints(len(task))[row])
    return _alike(mark, width)


def _alike(mark: Fingerprints, width: int) -> OwnedValues:
    """Per place of a table: all columns of its row with the same mark, if it is the first of them."""
    task, column = np.divmod(np.arange(len(mark)), width)
    order = np.lexsort((column, mark, task))
    begins = np.ones(len(mark), dtype=bool)
    begins[1:] = (mark[order][1:] != mark[order][:-1]) | (task[order][1:] != task[order][:-1])
    keeper = order[np.flatnonzero(begins)][np.cumsum(begins) - 1]
    return lists(keeper, column[order], len(mark))
