"""Cells: a task in a municipality for a target group, at a site where sites are given.

Municipalities that no record of a task tells apart are judged once for all of them, and so are target
groups: district-wide data for everyone are one cell per task.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from steering.analysis.findings.lists import OwnedValues, distinct, lists, within
from steering.analysis.findings.parties import Fingerprints, fingerprints
from steering.analysis.findings.register import Register
from steering.analysis.intervals.days import Days
from steering.analysis.intervals.ends import Mask


class Cell(NamedTuple):
    """What a cell's code stands for; `site` is 0 where the cell has none."""

    task: Days
    municipality: Days
    group: Days
    site: Days


@dataclass(frozen=True, eq=False)
class CellGrid:
    """The cells of a Portfolio and their codes.

    `alike_places`: for each task × municipality that stands for others, all of these; `alike_groups` so for
    groups. `named`: codes of the cells at sites that some responsibility names, sorted.
    """

    register: Register
    alike_places: OwnedValues
    alike_groups: OwnedValues
    named: Days

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

    def at_sites(self, codes: Days, site: Days) -> tuple[Days, Days]:
        """The same at their sites; those without a site at each site that is named in their cell.

        Returns the position among those given, and the code.
        """
        if not len(self.named):
            return np.arange(len(codes)), codes
        sites = self._widths[3]
        cell_of_named = self.named // sites
        left = np.searchsorted(cell_of_named, codes // sites, side="left")
        count = np.searchsorted(cell_of_named, codes // sites, side="right") - left
        count = np.where(site > 0, 0, count)
        size = np.maximum(count, 1)
        at = np.repeat(np.arange(len(codes)), size)
        found = np.where(count > 0, left, 0)[at] + within(size)
        return at, np.where(count[at] > 0, self.named[found], codes[at] + site[at])


def grid(register: Register) -> CellGrid:
    """The cells that have to be told apart in a Portfolio."""
    made = CellGrid(register, _alike_places(register), _alike_groups(register), np.empty(0, dtype=np.int64))
    answers = register.answers
    judged = answers.lead | answers.deliver | answers.statutory
    sited = np.flatnonzero((answers.site > 0) & judged)
    at, codes = made.spread(answers.task[sited], answers.area[sited], answers.groups[sited])
    named = distinct(codes + answers.site[sited][at])
    return CellGrid(register, made.alike_places, made.alike_groups, named)


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
