"""Two in charge (OVERLAP), or several at work and nobody in charge (NO_LEAD), judged per site."""

from __future__ import annotations

import numpy as np

from steering.analysis.findings import agreements
from steering.analysis.findings.cells import CellGrid
from steering.analysis.findings.crowds import Crowds, Presence, crowds, presence, stretches, who
from steering.analysis.findings.judging import KINDS, FindingRows, RuleFindings, in_cells, judged, together
from steering.analysis.findings.lists import among, distinct
from steering.analysis.findings.parties import Fingerprints, Parties, fingerprints, joined, mixed
from steering.analysis.findings.reasons import COVERED, REASONS
from steering.analysis.findings.register import Register
from steering.analysis.findings.stints import Stints
from steering.analysis.intervals.days import Days
from steering.analysis.intervals.ends import Mask
from steering.analysis.intervals.sweeps import union
from steering.model import FindingKind

LEADS, DELIVERERS, MAYBE_LEADS = range(3)


def overlaps(grid: CellGrid, found: Stints) -> RuleFindings:
    """Days with two or more running leads of one planning level, cut where agreements begin or end.

    The same leads may meet in a cell on both levels: that is one finding, on the days of either.
    """
    register, answers = grid.register, grid.register.answers
    leads = found.running & answers.lead[found.answer] & ~register.several[answers.task[found.answer]]
    district = register.district[answers.area[found.answer]]
    levels = [_of_level(grid, found.where(leads & level)) for level in (district, ~district)]
    cell, rows = np.concatenate([each for each, _, _ in levels]), together(*(each for _, each, _ in levels))
    _, first, alike = np.unique(
        mixed(cell, rows.party, rows.coordinated), return_index=True, return_inverse=True
    )
    days = union(alike, rows.start, rows.end)
    row = first[days.key]
    rows = rows.where(row)._replace(start=days.start, end=days.end)
    return RuleFindings(in_cells(grid, cell[row], rows), joined([each for _, _, each in levels]))


def _of_level(grid: CellGrid, leads: Stints) -> tuple[Days, FindingRows, Parties]:
    """The cells, what is found in them, and who meets there."""
    register = grid.register
    marks = fingerprints(len(register.level))
    cell, _, leads = sited(grid, leads)
    crowded = among(cell, _shared(cell))
    cell, leads = cell[crowded], leads.where(crowded)
    there = presence((cell, leads.structure, LEADS, leads.start, leads.end))
    crowd = crowds(there, marks, 1)
    crowd = crowd.where(crowd.counts[:, LEADS] > 1)
    party = crowd.party[:, LEADS]
    parties = who(there, crowd.cell, crowd.start, party, LEADS)
    piece = agreements.pieces(register, grid.cells(crowd.cell).task, party, parties, crowd.start, crowd.end)
    rows = judged(
        FindingKind.OVERLAP,
        piece.start,
        piece.end,
        party[piece.row],
        coordinated=piece.covered,
        internal=_one_roof(register, party, parties)[piece.row],
    )
    return crowd.cell[piece.row], rows, parties


def without_lead(grid: CellGrid, found: Stints) -> RuleFindings:
    """Days with two or more deliverers and no lead; unknown where an unknown structure would be one."""
    register, answers = grid.register, grid.register.answers
    several = register.several[answers.task[found.answer]]
    lead, deliver = answers.lead[found.answer] & ~several, answers.deliver[found.answer] & ~several
    at_work, _, delivering = sited(grid, found.where(deliver & found.running))
    several_there = _shared(at_work)
    cell, _, leading = sited(grid, found.where(lead))
    there = presence(
        _taken(cell, leading, LEADS, leading.running & among(cell, several_there)),
        _taken(at_work, delivering, DELIVERERS, among(at_work, several_there)),
        _taken(cell, leading, MAYBE_LEADS, ~leading.running & among(cell, several_there)),
    )
    crowd = crowds(there, fingerprints(len(register.level)), 3)
    crowd = crowd.where((crowd.counts[:, DELIVERERS] > 1) & (crowd.counts[:, LEADS] == 0))
    maybe = crowd.counts[:, MAYBE_LEADS] > 0
    party = np.where(maybe, crowd.party[:, MAYBE_LEADS], crowd.party[:, DELIVERERS])
    return _joined(grid, there, crowd, maybe, party)


def _joined(grid: CellGrid, there: Presence, crowd: Crowds, maybe: Mask, party: Fingerprints) -> RuleFindings:
    first, last = stretches(crowd.cell, crowd.start, crowd.end, maybe, party)
    cell, start, party, maybe = crowd.cell[first], crowd.start[first], party[first], maybe[first]
    parts = [
        who(there, cell[mask], start[mask], party[mask], channel)
        for mask, channel in ((maybe, MAYBE_LEADS), (~maybe, DELIVERERS))
    ]
    rows = judged(
        np.where(maybe, KINDS.index(FindingKind.UNKNOWN), KINDS.index(FindingKind.NO_LEAD)),
        start,
        crowd.end[last],
        party,
        reason=np.where(maybe, REASONS.index(COVERED), 0),
    )
    return RuleFindings(
        in_cells(grid, cell, rows),
        joined(parts),
    )


def sited(grid: CellGrid, found: Stints) -> tuple[Days, Days, Stints]:
    """The cells of stints at their sites; for each the row of the stint, and the stint on the days there."""
    answers = grid.register.answers
    row, codes = grid.spread(
        answers.task[found.answer], answers.area[found.answer], answers.groups[found.answer]
    )
    site = answers.site[found.answer[row]]
    at, cell, start, end = grid.at_sites(codes, site, found.start[row], found.end[row])
    row = row[at]
    return cell, row, found.where(row)._replace(start=start, end=end)


def _taken(cell: Days, found: Stints, channel: int, kept: Mask) -> tuple[Days, Days, int, Days, Days]:
    return cell[kept], found.structure[kept], channel, found.start[kept], found.end[kept]


def _shared(cell: Days) -> Days:
    """The cells that come more than once; in the others nobody can be two."""
    ordered = np.sort(cell)
    return distinct(ordered[1:][ordered[1:] == ordered[:-1]])


def _one_roof(register: Register, party: Fingerprints, parties: Parties) -> Mask:
    """Whether all members of each party stand under one roof."""
    known, place = np.unique(party, return_inverse=True)
    owner, roof = np.searchsorted(known, parties.party), register.roof[parties.structure]
    lowest = np.full(len(known), len(register.parent))
    highest = np.full(len(known), -1)
    np.minimum.at(lowest, owner, roof)
    np.maximum.at(highest, owner, roof)
    return ((lowest == highest) & (lowest >= 0))[place]
