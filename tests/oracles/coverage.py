"""Leads and deliverers of a cell, day by day, as docs/rules.md#coverage tells it.

Slow and obvious on purpose.

Assignments are tuples; a start or end that is None is open. Nothing here knows numpy or pandas.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

LEAD, DELIVER = 1, 2
ONE_DAY = timedelta(days=1)


class Assignment(NamedTuple):
    task: int
    municipality: int
    structure: int
    role: int
    start: date | None
    end: date | None


class Run(NamedTuple):
    task: int
    municipality: int
    start: date
    end: date
    leads: int
    deliverers: int


def segments(assignments: Iterable[Assignment], first: date, last: date) -> list[Run]:
    """The runs of each cell, by walking through every day of the horizon."""
    told = list(assignments)
    cells = sorted({(one.task, one.municipality) for one in told})
    return [run for cell in cells for run in runs_of(cell, told, first, last)]


def runs_of(cell: tuple[int, int], assignments: list[Assignment], first: date, last: date) -> list[Run]:
    runs: list[Run] = []
    day = first
    while day <= last:
        leads, deliverers = (
            len(present(cell, LEAD, assignments, day)),
            len(present(cell, DELIVER, assignments, day)),
        )
        goes_on = runs and runs[-1].end == day - ONE_DAY and runs[-1][4:] == (leads, deliverers)
        if goes_on:
            runs[-1] = runs[-1]._replace(end=day)
        elif leads or deliverers:
            runs.append(Run(*cell, day, day, leads, deliverers))
        if day == date.max:
            break
        day += ONE_DAY
    return runs


def present(cell: tuple[int, int], role: int, assignments: list[Assignment], day: date) -> set[int]:
    """The structures that have the role in the cell on the day."""
    return {
        one.structure
        for one in assignments
        if (one.task, one.municipality) == cell
        and one.role == role
        and (one.start is None or one.start <= day)
        and (one.end is None or day <= one.end)
    }
