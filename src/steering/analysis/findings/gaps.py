"""Needs that nobody meets: a lead and nobody at work (LEAD_ONLY), or nobody at all (GAP)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from steering.analysis.findings.cells import CellGrid
from steering.analysis.findings.crowds import Crowds, Presence, crowds, presence, stretches, who
from steering.analysis.findings.judging import KINDS, NONE, RuleFindings, in_cells, judged
from steering.analysis.findings.lists import among, matches
from steering.analysis.findings.parties import fingerprints, joined
from steering.analysis.findings.reasons import COVERED, REASONS
from steering.analysis.findings.register import Register, register
from steering.analysis.findings.stints import Stints
from steering.analysis.intervals.days import Days
from steering.analysis.intervals.ends import Mask
from steering.analysis.portfolio import Portfolio
from steering.analysis.surveys.said import not_needed
from steering.model import FindingKind

NEEDED, LEADS, DELIVERERS, MAYBE, MAYBE_DELIVERERS = range(5)
GAP, LEAD_ONLY, UNKNOWN = (
    KINDS.index(kind) for kind in (FindingKind.GAP, FindingKind.LEAD_ONLY, FindingKind.UNKNOWN)
)


class NeedCells(NamedTuple):
    """The cells of needs, one per need and cell; and the stints that could meet each of them.

    `need`, `code`: row and cell of each. `place`, `stint`: pairs of such a cell's place and a stint in it
    that fits the need's level and site.
    """

    need: Days
    code: Days
    place: Days
    stint: Days


def gaps(grid: CellGrid, found: Stints) -> RuleFindings:
    """Days on which a need is valid in a cell and nobody who could meet it runs there."""
    wants = grid.register.wants
    asked, there, together, kind, channel = judged_cells(grid, found)
    kept = kind != NONE
    together, kind, channel = together.where(kept), kind[kept], channel[kept]
    party = np.where(channel > 0, together.party[np.arange(len(kind)), channel], np.uint64(0))
    first, last = stretches(together.cell, together.start, together.end, kind, party)
    cell, start, party, channel = together.cell[first], together.start[first], party[first], channel[first]
    parts = [
        who(there, cell[channel == each], start[channel == each], party[channel == each], each)
        for each in (LEADS, MAYBE, MAYBE_DELIVERERS)
    ]
    need = asked.need[cell]
    rows = judged(
        kind[first],
        start,
        together.end[last],
        party,
        reason=np.where(kind[first] == UNKNOWN, REASONS.index(COVERED), 0),
        need=need,
        site=wants.site[need],
    )
    return RuleFindings(
        in_cells(grid, asked.code[cell], rows),
        joined(parts),
    )


def judged_cells(grid: CellGrid, found: Stints) -> tuple[NeedCells, Presence, Crowds, Days, Days]:
    """Who is there in each need's cells while it is valid; cells are rows of what is asked for.

    Then per stretch the kind of finding, NONE where the need is met, and the channel of the party it names.
    """
    asked = asked_for(grid, found)
    there = _there(grid.register, found, asked)
    together = crowds(there, fingerprints(len(grid.register.level)), 5)
    kind, channel = _judgement(together, grid.register.wants.steering[asked.need[together.cell]])
    return asked, there, together, kind, channel


def asked_for(grid: CellGrid, found: Stints) -> NeedCells:
    """The cells that needs are about, and who could meet each need in each of them."""
    register = grid.register
    answers, wants = register.answers, register.wants
    need, code = grid.spread(wants.task, wants.area, wants.groups)
    wanted = among(answers.task[found.answer], wants.task)
    wanted &= answers.lead[found.answer] | answers.deliver[found.answer]
    stint = np.flatnonzero(wanted)
    answer = found.answer[stint]
    row, cell = grid.spread(answers.task[answer], answers.area[answer], answers.groups[answer])
    order = np.argsort(cell, kind="stable")
    cell, stint = cell[order], stint[row[order]]
    at, place = matches(code, cell)
    stint = stint[place]
    fitting = fits(register, need[at], found.answer[stint])
    return NeedCells(need, code, at[fitting], stint[fitting])


def fits(register: Register, need: Days, answer: Days) -> Mask:
    """Whether responsibilities lie within the level and the site that needs are limited to."""
    answers, wants = register.answers, register.wants
    site, level = wants.site[need], wants.level[need]
    here = (site == 0) | (answers.site[answer] == 0) | (answers.site[answer] == site)
    return here & ((level < 0) | (level == register.level[answers.structure[answer]]))


def _there(register: Register, found: Stints, asked: NeedCells) -> Presence:
    answers, wants = register.answers, register.wants
    need, answer = asked.need[asked.place], found.answer[asked.stint]
    start = np.maximum(found.start[asked.stint], wants.start[need])
    end = np.minimum(found.end[asked.stint], wants.end[need])
    running = found.running[asked.stint]
    lead, deliver = answers.lead[answer], answers.deliver[answer]
    fills = np.where(wants.steering[need], lead, lead | deliver)

    def part(kept: Mask, channel: int) -> tuple[Days, Days, int, Days, Days]:
        return asked.place[kept], found.structure[asked.stint[kept]], channel, start[kept], end[kept]

    every = np.arange(len(asked.need))
    return presence(
        (every, np.full(len(every), NONE), NEEDED, wants.start[asked.need], wants.end[asked.need]),
        part(running & lead, LEADS),
        part(running & deliver, DELIVERERS),
        part(~running & fills, MAYBE),
        part(~running & deliver, MAYBE_DELIVERERS),
    )


def _judgement(together: Crowds, steering: Mask) -> tuple[Days, Days]:
    """Kind per stretch, NONE where the need is met; and the channel of the party it names, 0 for nobody."""
    lead, deliver, maybe, maybe_deliver = (
        together.counts[:, channel] > 0 for channel in (LEADS, DELIVERERS, MAYBE, MAYBE_DELIVERERS)
    )
    empty = ~lead & (steering | ~deliver)
    idle = lead & ~deliver & ~steering
    cases = [empty & maybe, empty, idle & maybe_deliver, idle]
    return (
        np.select(cases, [UNKNOWN, GAP, UNKNOWN, LEAD_ONLY], default=NONE),
        np.select(cases, [MAYBE, 0, MAYBE_DELIVERERS, LEADS], default=0),
    )


def not_surveyed(portfolio: Portfolio) -> pd.DataFrame:
    """The tasks and municipalities for which no need is recorded at all ("Bedarf nicht erhoben").

    "Kein Bedarf" is an answer: where somebody who was asked said so, it is erhoben.

    Columns: task_id, ags; in the order of the tasks, then by ags. Uninhabited areas are left out.
    """
    found = register(portfolio)
    at, place = found.members.of(found.wants.area)
    surveyed = np.zeros((len(found.several), len(found.ags)), dtype=bool)
    surveyed[found.wants.task[at], place] = True
    refused = not_needed(portfolio)
    at_task = pd.Index(portfolio.tasks["id"]).get_indexer(pd.Index(refused["task_id"]))
    at_place = pd.Index(found.ags).get_indexer(pd.Index(refused["ags"]))
    judged_here = (at_task >= 0) & (at_place >= 0)
    surveyed[at_task[judged_here], at_place[judged_here]] = True
    task, place = np.nonzero(~surveyed)
    return pd.DataFrame(
        {
            "task_id": portfolio.tasks["id"].to_numpy()[task],
            "ags": pd.array(np.array(found.ags, dtype=object)[place], dtype="str"),
        }
    )
