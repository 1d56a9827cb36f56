"""Which chart stands behind a point of a round: chosen in one place, for page, stage and minutes."""

from __future__ import annotations

import pandas as pd

from steering.analysis import bars
from steering.analysis.portfolio import Portfolio
from steering.analysis.rounds import behind as rounds_behind
from steering.analysis.view import View
from steering.charts import timeline
from steering.charts.drawing import Drawing
from steering.charts.theme import Theme
from steering.model import Subject
from steering.web import current
from steering.web.text import short_name

MOST_ROWS = 12


def behind(subject: Subject, key: str, at: View, theme: Theme) -> Drawing | None:
    """The structures that the subject is about over the horizon, as bars; None where there are none."""
    return current.derived(_drawn, subject, key, at, theme)


def _drawn(subject: Subject, key: str, at: View, theme: Theme) -> Drawing | None:
    found = current.of(rounds_behind.structures, subject, key)[:MOST_ROWS]
    drawn = current.of(bars.bars, at)
    drawn = drawn[drawn["structure_id"].isin(found)]
    first, last = pd.Timestamp(at.horizon.first), pd.Timestamp(at.horizon.last)
    drawn = drawn[~(drawn["start"] > last) & ~(drawn["end"] < first)]
    if drawn.empty:
        return None
    names = current.of(_names)
    rows = pd.DataFrame({"structure_id": list(found), "label": [names[one] for one in found], "group": ""})
    marks = pd.DataFrame(columns=["structure_id", "day", "kind", "estimated", "text"])
    return timeline.timeline(rows, drawn, marks, at.horizon, at.as_of, theme=theme).picture(theme)


def _names(portfolio: Portfolio) -> dict[int, str]:
    rows = portfolio.structures
    return {key: short_name(name) for key, name in zip(rows["id"], rows["name"], strict=True)}
