"""All findings that do not depend on the Stichtag."""

from __future__ import annotations

import pandas as pd

from steering.analysis.findings import gaps, kinds, overlaps, shortfalls, statutory, unknowns
from steering.analysis.findings.judging import RuleFindings, verdict
from steering.analysis.findings.merging import clipped, frame, merged
from steering.analysis.findings.openings import causes
from steering.analysis.findings.situation import Situation


def judge(situation: Situation) -> RuleFindings:
    """What the rules find on all days."""
    found, grid, days = situation.register, situation.grid, situation.stints
    return verdict(
        overlaps.overlaps(grid, days),
        overlaps.without_lead(grid, days),
        gaps.gaps(grid, days),
        shortfalls.shortfalls(found, days, situation.sized),
        statutory.unagreed(grid, days),
        unknowns.unknowns(situation),
    )


def within_horizon(situation: Situation) -> pd.DataFrame:
    """The same as findings within the horizon."""
    known, told = situation.register, judge(situation)
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
