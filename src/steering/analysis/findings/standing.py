"""All findings that do not depend on the Stichtag."""

from __future__ import annotations

import numpy as np
import pandas as pd

from steering.analysis.findings import gaps, overlaps
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
    cells = grid(found)
    days = stints(found.answers, spells(portfolio, view), len(found.level))
    return verdict(overlaps.overlaps(cells, days), overlaps.without_lead(cells, days), gaps.gaps(cells, days))
