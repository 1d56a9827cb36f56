"""All findings that do not depend on the Stichtag."""

from __future__ import annotations

import numpy as np
import pandas as pd

from steering.analysis.findings import gaps, kinds, overlaps, shortfalls, statutory, unknowns
from steering.analysis.findings.judging import KINDS, RuleFindings, verdict
from steering.analysis.findings.merging import clipped, frame, merged
from steering.analysis.findings.openings import causes
from steering.analysis.findings.situation import Situation

_COUNTED = [KINDS.index(kind) for kind in kinds.COUNTED]


def judge(situation: Situation) -> RuleFindings:
    """What the rules find on all days."""
    return verdict(judge_tasks(situation), unknowns.unknowns(situation))


def judge_tasks(situation: Situation, *, counted: bool = False) -> RuleFindings:
    """The same about tasks alone; `counted`: only of the kinds by which the Masterplan is judged."""
    found, grid, days = situation.register, situation.grid, situation.stints
    told = verdict(
        overlaps.overlaps(grid, days),
        overlaps.without_lead(grid, days),
        gaps.gaps(grid, days),
        shortfalls.shortfalls(found, days, situation.sized),
    )
    if counted:
        return told._replace(judged=told.judged.where(np.isin(told.judged.kind, _COUNTED)))
    return verdict(told, statutory.unagreed(grid, days))


def within_horizon(situation: Situation, told: RuleFindings) -> pd.DataFrame:
    """What was judged, as findings within the horizon."""
    known = situation.register
    found = merged(situation.grid, told._replace(judged=clipped(told.judged, situation.view.horizon)))
    return frame(known, found, causes(known, situation.stints, situation.ends, found))


def unmet(situation: Situation) -> pd.DataFrame:
    """Of these only what says that a need is not met (GAP, LEAD_ONLY, SHORTFALL), without its causes."""
    told = verdict(
        gaps.gaps(situation.grid, situation.stints),
        shortfalls.shortfalls(situation.register, situation.stints, situation.sized),
    )
    found = merged(situation.grid, told._replace(judged=clipped(told.judged, situation.view.horizon)))
    rows = frame(situation.register, found, [()] * len(found.judged.start))
    return rows[rows["kind"].isin(kinds.OPEN)].reset_index(drop=True)
