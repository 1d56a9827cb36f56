"""Dates of measures: the steps by which they go ahead."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from steering.analysis.dates.due import Due, due, examples
from steering.analysis.dates.subjects import of_measures
from steering.analysis.portfolio import Portfolio
from steering.model import DateKind, MeasureStatus, MilestoneProgress
from steering.model.vocabulary import word

_OVER = (MeasureStatus.COMPLETED, MeasureStatus.DISCARDED)


def milestones(portfolio: Portfolio, _today: date) -> Iterator[Due]:
    """Each step that is yet to be reached, of measures that are neither completed nor discarded."""
    measures = portfolio.measures
    ahead = measures[~measures["status"].isin(_OVER)].set_index("id")
    scopes = of_measures(portfolio)
    invented, invented_measures = examples(portfolio.milestones), examples(measures)
    steps = portfolio.milestones
    steps = steps[steps["measure_id"].isin(ahead.index) & (steps["progress"] != MilestoneProgress.REACHED)]
    for row in steps.to_dict("records"):
        key, measure = row["id"], row["measure_id"]
        about = (
            f"Maßnahme: {ahead.loc[measure, 'name']} ({word(MeasureStatus(ahead.loc[measure, 'status']))})."
        )
        yield due(
            DateKind.MILESTONE, f"milestone-{key}", row["day"].date(), row["name"], about,
            f"Stand: {word(MilestoneProgress(row['progress']))}.",
            scope=scopes[measure], up_to=scopes[measure].organisations,
            example=key in invented or measure in invented_measures,
        )  # fmt: skip
