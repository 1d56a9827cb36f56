"""All findings that do not depend on the Stichtag."""

from __future__ import annotations

import pandas as pd

from steering.analysis import lives
from steering.analysis.findings import gaps, overlaps, shortfalls, statutory, unknowns
from steering.analysis.findings.cells import grid
from steering.analysis.findings.judging import Verdict, verdict
from steering.analysis.findings.merging import clipped, frame, merged
from steering.analysis.findings.register import Register, register
from steering.analysis.findings.stints import spells, stints
from steering.analysis.portfolio import Portfolio
from steering.analysis.view import View


def standing(portfolio: Portfolio, view: View) -> pd.DataFrame:
    found = register(portfolio)
    result = judge(found, portfolio, view)
    return frame(found, merged(found, result._replace(judged=clipped(result.judged, view.horizon))))


def judge(found: Register, portfolio: Portfolio, view: View) -> Verdict:
    """What the rules find, on all days, under the view's scenario."""
    sized = lives.segments(portfolio, view)
    cells, life = grid(found), spells(sized)
    days = stints(found.answers, life, len(found.level))
    return verdict(
        overlaps.overlaps(cells, days),
        overlaps.without_lead(cells, days),
        gaps.gaps(cells, days),
        shortfalls.shortfalls(found, days, sized),
        statutory.unagreed(cells, days),
        unknowns.unknowns(found, portfolio, view, life),
    )
