"""Why a finding begins: what ended on the day before."""

from __future__ import annotations

import numpy as np

from steering.analysis.findings import kinds
from steering.analysis.findings.causes import Cause, CauseKind, KnownEnds
from steering.analysis.findings.gaps import fits
from steering.analysis.findings.judging import KINDS, NONE
from steering.analysis.findings.lists import among, distinct, matches
from steering.analysis.findings.merging import Merged
from steering.analysis.findings.register import Register
from steering.analysis.findings.stints import Stints
from steering.analysis.intervals import days
from steering.analysis.intervals.days import DAWN, DOOM, Days
from steering.analysis.intervals.ends import Mask

_SPAN = DOOM - DAWN + 1
_WITHOUT_CAUSE = [KINDS.index(kind) for kind, known in kinds.KINDS.items() if not known.has_cause]


def causes(register: Register, found: Stints, known: KnownEnds, told: Merged) -> list[tuple[Cause, ...]]:
    """For each finding about a task that lacks somebody, what ended on the day before it begins."""
    finding, stint = _endings_before(register, found, told)
    meant = _meant(register, told.judged.need[finding], found.answer[stint])
    span = np.int64(len(found.answer) + 1)
    pairs = distinct(finding[meant] * span + stint[meant])
    finding, stint = np.divmod(pairs, span)
    ended, place = np.unique(stint, return_inverse=True)
    ends = [
        cause or Cause(CauseKind.RESPONSIBILITY, last.date())
        for cause, last in zip(
            known.causes(found.structure[ended], found.end[ended]),
            days.dates(found.end[ended]).tolist(),
            strict=True,
        )
    ]
    causes: list[dict[Cause, None]] = [{} for _ in told.key]
    for row, each in zip(finding.tolist(), place.tolist(), strict=True):
        causes[row][ends[each]] = None
    return [tuple(each) for each in causes]


def _endings_before(register: Register, found: Stints, told: Merged) -> tuple[Days, Days]:
    """Findings, and stints of providers that ended the day before in one of their municipalities."""
    answers, rows, places = register.answers, told.judged, max(len(register.ags), 1)
    asked = np.flatnonzero((rows.task != NONE) & (rows.start > DAWN) & ~np.isin(rows.kind, _WITHOUT_CAUSE))
    moment = rows.task[asked] * _SPAN + (rows.start[asked] - 1 - DAWN)
    provides = (answers.lead | answers.deliver)[found.answer] & found.running & (found.end < DOOM)
    last = answers.task[found.answer] * _SPAN + (found.end - DAWN)
    ended = np.flatnonzero(provides & among(last, moment))
    at, here = register.members.of(answers.area[found.answer[ended]])
    key = last[ended[at]] * places + here
    order = np.argsort(key, kind="stable")
    row, place = told.places.of(asked)
    one, other = matches(moment[row] * places + place, key[order])
    return asked[row[one]], ended[at[order[other]]]


def _meant(register: Register, need: Days, answer: Days) -> Mask:
    """Whether a responsibility could have met its finding's need, or where there is none, was a lead."""
    answers, wants = register.answers, register.wants
    meant: Mask = answers.lead[answer].copy()
    asked = np.flatnonzero(need != NONE)
    need, answer = need[asked], answer[asked]
    reached = (wants.groups[need] & answers.groups[answer]).any(axis=1)
    meant[asked] = fits(register, need, answer) & reached
    return meant
