"""Who answers for what on which days: responsibilities while their structures run or may run."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from steering.analysis.findings.lists import lists
from steering.analysis.findings.register import ResponsibilityRows
from steering.analysis.intervals.days import Days
from steering.analysis.intervals.ends import Mask
from steering.analysis.intervals.sweeps import Segments, merge
from steering.analysis.lives.stretches import STATE, YES


class Stints(NamedTuple):
    """Stretches of days, both inclusive, on which a structure answers; `answer` is the responsibility's row.

    `running` is false on days on which nobody knows whether the structure runs.
    """

    answer: Days
    structure: Days
    start: Days
    end: Days
    running: Mask

    def where(self, kept: Mask | Days) -> Stints:
        return Stints._make(column[kept] for column in self)


def spells(life: Segments) -> Segments:
    """The days on which each structure runs or may run, whatever its size.

    `life` as in `lives.segments`; key is the structure's row, the one sum YES or MAYBE.
    """
    return merge(life._replace(sums=life.sums[:, [STATE]]))


def stints(answers: ResponsibilityRows, found: Segments, structures: int) -> Stints:
    """All days of all responsibilities on which their structures run or may run."""
    of_structure = lists(found.key, np.arange(len(found.key)), structures)
    answer, spell = of_structure.of(answers.structure)
    start = np.maximum(answers.start[answer], found.start[spell])
    end = np.minimum(answers.end[answer], found.end[spell])
    every = Stints(answer, answers.structure[answer], start, end, found.sums[spell, 0] == YES)
    return every.where(start <= end)
