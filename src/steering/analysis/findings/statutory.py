"""A statutory body and a lead of different houses that have agreed nothing, judged per site."""

from __future__ import annotations

import numpy as np

from steering.analysis.findings import agreements
from steering.analysis.findings.cells import CellGrid
from steering.analysis.findings.judging import RuleFindings, in_cells, judged
from steering.analysis.findings.lists import Spans, among, meetings
from steering.analysis.findings.overlaps import sited
from steering.analysis.findings.parties import Parties, fingerprints
from steering.analysis.findings.reasons import AGREEMENT
from steering.analysis.findings.stints import Stints
from steering.analysis.intervals import sweeps
from steering.model import FindingKind


def unagreed(grid: CellGrid, found: Stints) -> RuleFindings:
    """Days on which both run in a cell and no agreement covers the task and both; a finding per pair."""
    register, answers = grid.register, grid.register.answers
    task = answers.task[found.answer]
    bodies = found.running & answers.statutory[found.answer]
    leads = found.running & answers.lead[found.answer] & among(task, task[bodies])
    bodies &= among(task, task[leads])
    cell, body, lead, start, end = _meetings(grid, found.where(bodies), found.where(leads))
    pair, place = np.unique(body * len(register.level) + lead, return_inverse=True)
    met = sweeps.union(cell * max(len(pair), 1) + place, start, end)
    cell, place = np.divmod(met.key, max(len(pair), 1))
    body, lead = np.divmod(pair, max(len(register.level), 1))
    marks = fingerprints(len(register.level))
    both = marks[body] + marks[lead]
    parties = Parties(np.concatenate([both, both]), np.concatenate([body, lead]))
    piece = agreements.pieces(register, grid.cells(cell).task, both[place], parties, met.start, met.end)
    bare = np.flatnonzero(~piece.covered)
    row = piece.row[bare]
    rows = judged(FindingKind.UNKNOWN, piece.start[bare], piece.end[bare], both[place[row]], reason=AGREEMENT)
    return RuleFindings(in_cells(grid, cell[row], rows), parties)


def _meetings(grid: CellGrid, bodies: Stints, leads: Stints) -> tuple[np.ndarray, ...]:
    """Cell, statutory body, lead of another house, and the days on which both are in the cell."""
    roof = grid.register.roof
    cell, _, bodies = sited(grid, bodies)
    other, _, leads = sited(grid, leads)
    at, lead, start, end = meetings(
        Spans(cell, bodies.start, bodies.end), Spans(other, leads.start, leads.end)
    )
    apart = roof[bodies.structure[at]] != roof[leads.structure[lead]]
    at, lead = at[apart], lead[apart]
    return cell[at], bodies.structure[at], leads.structure[lead], start[apart], end[apart]
