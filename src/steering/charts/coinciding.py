"""Lines that lie upon each other cannot be seen apart: it is said in words."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd

from steering.charts.band import RULES, wide_of
from steering.charts.theme import SCENARIO_WORD


def known_at_all(per_quarter: pd.DataFrame, value: str, unknown: str) -> bool:
    """Whether there is anything to draw: a line at nought would tell as nothing what nobody knows."""
    return bool(per_quarter[value].any()) or not per_quarter[unknown].any()


def coinciding(per_quarter: pd.DataFrame, value: str) -> str:
    """Which lines lie upon each other in every quarter, in a sentence; "" where none do."""
    wide = wide_of(per_quarter, value)
    if wide.empty:
        return ""
    same = [bool(np.allclose(wide[one], wide[other])) for one, other in pairwise(RULES)]
    secured, expected, optimistic = (f"»{SCENARIO_WORD[rule]}«" for rule in RULES)
    if all(same):
        return f"Alle drei Szenarien sagen dasselbe: {secured}, {expected} und {optimistic} fallen zusammen."
    if same[0]:
        return f"{secured} und {expected} fallen zusammen: Nichts ist beantragt oder in Aussicht."
    if same[1]:
        return f"{expected} und {optimistic} fallen zusammen."
    return ""
