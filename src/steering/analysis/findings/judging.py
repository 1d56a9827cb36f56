"""What the rules find, one row per cell and stretch of days, before equal ones become one finding."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from steering.analysis.findings.cells import CellGrid
from steering.analysis.findings.parties import Fingerprints, Parties, joined
from steering.analysis.findings.reasons import REASONS
from steering.analysis.intervals.days import Days
from steering.analysis.intervals.ends import Mask
from steering.model import FindingKind

KINDS = tuple(FindingKind)
NONE = -1


class FindingRows(NamedTuple):
    """Rows that are one finding where all but municipality, group and site are equal.

    `kind` and `reason` are places in KINDS and REASONS; `task`, `need`, `municipality`, `group` are rows of
    the register, NONE where a finding has none; `site` is its code. A row with both municipality and group is
    a cell and stands for all that are alike; a row with one of them adds it to what is said.
    """

    kind: Days
    reason: Days
    task: Days
    need: Days
    party: Fingerprints
    coordinated: Mask
    internal: Mask
    start: Days
    end: Days
    municipality: Days
    group: Days
    site: Days

    def where(self, kept: Mask | Days) -> FindingRows:
        return FindingRows._make(column[kept] for column in self)


class RuleFindings(NamedTuple):
    """What a rule has found, and the members of the parties it names."""

    judged: FindingRows
    parties: Parties


def judged(
    kind: FindingKind | Days,
    start: Days,
    end: Days,
    party: Fingerprints,
    *,
    reason: str | Days = "",
    task: Days | int = NONE,
    need: Days | int = NONE,
    coordinated: Mask | bool = False,
    internal: Mask | bool = False,
    municipality: Days | int = NONE,
    group: Days | int = NONE,
    site: Days | int = 0,
) -> FindingRows:
    """Rows with the same value where only one is given."""
    columns = (
        KINDS.index(kind) if isinstance(kind, FindingKind) else kind,
        REASONS.index(reason) if isinstance(reason, str) else reason,
        task,
        need,
        party,
        coordinated,
        internal,
        start,
        end,
        municipality,
        group,
        site,
    )
    return FindingRows._make(np.broadcast_to(column, start.shape) for column in columns)


def in_cells(grid: CellGrid, codes: Days, rows: FindingRows) -> FindingRows:
    """The rows at the cells of these codes; `merging` spreads them over all that the cells stand for."""
    cell = grid.cells(codes)
    site = np.where(cell.site > 0, cell.site, rows.site)
    return rows._replace(task=cell.task, municipality=cell.municipality, group=cell.group, site=site)


def together(*parts: FindingRows) -> FindingRows:
    return FindingRows._make(np.concatenate(column) for column in zip(*parts, strict=True))


def verdict(*parts: RuleFindings) -> RuleFindings:
    """Several verdicts as one."""
    found = [part.parties for part in parts]
    return RuleFindings(
        together(*(part.judged for part in parts)),
        joined(found),
    )
