"""Why a finding begins: what ended on the day before."""

from __future__ import annotations

import numpy as np

from steering.analysis import days
from steering.analysis.days import DAWN, DOOM, Days
from steering.analysis.ends import Mask
from steering.analysis.findings.causes import KnownEnds
from steering.analysis.findings.gaps import fits
from steering.analysis.findings.judging import KINDS, NONE, Judged
from steering.analysis.findings.lists import matches
from steering.analysis.findings.register import Register
from steering.analysis.findings.stints import Stints
from steering.model import FindingKind
from steering.model.german import day

_SPAN = DOOM - DAWN + 1
_NOTHING_MISSING = [KINDS.index(FindingKind.OVERLAP), KINDS.index(FindingKind.ENDING)]


def causes(register: Register, found: Stints, known: KnownEnds, rows: Judged) -> list[str]:
    """For each row about a task that lacks somebody, what ended on the day before it begins, else ""."""
    answers = register.answers
    provides = (answers.lead | answers.deliver)[found.answer]
    ended = np.flatnonzero(found.running & (found.end < DOOM) & provides)
    key = answers.task[found.answer[ended]] * _SPAN + (found.end[ended] - DAWN)
    order = np.argsort(key, kind="stable")
    asked = np.flatnonzero((rows.task != NONE) & (rows.start > DAWN) & ~np.isin(rows.kind, _NOTHING_MISSING))
    at, place = matches(rows.task[asked] * _SPAN + (rows.start[asked] - 1 - DAWN), key[order])
    row, stint = asked[at], ended[order[place]]
    meant = _meant(register, rows.need[row], found.answer[stint])
    row, stint = row[meant], stint[meant]
    said = known.said(found.structure[stint], found.end[stint])
    told: dict[int, list[str]] = {}
    for each, text, last in zip(row.tolist(), said, days.dates(found.end[stint]).tolist(), strict=True):
        told.setdefault(each, []).append(text or f"Zuständigkeit endet am {day(last)}")
    return ["; ".join(dict.fromkeys(told.get(each, ()))) for each in range(len(rows.start))]


def _meant(register: Register, need: Days, answer: Days) -> Mask:
    """Whether a responsibility could meet the need of its row, where that has one."""
    answers, wants = register.answers, register.wants
    meant = np.ones(len(need), dtype=bool)
    asked = np.flatnonzero(need != NONE)
    need, answer = need[asked], answer[asked]
    meant[asked] = (
        fits(register, need, answer)
        & (wants.groups[need] & answers.groups[answer]).any(axis=1)
        & _overlapping(register, wants.area[need], answers.area[answer])
    )
    return meant


def _overlapping(register: Register, area: Days, other: Days) -> Mask:
    """Whether two areas have a municipality in common."""
    places = max(len(register.ags), 1)
    at, place = register.members.of(area)
    also, there = register.members.of(other)
    shared = np.isin(at * places + place, also * places + there)
    found: Mask = np.bincount(at[shared], minlength=len(area)) > 0
    return found
