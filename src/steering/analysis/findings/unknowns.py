"""What is not known or does not fit, each with its reason."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from steering.analysis.findings.judging import FindingRows, RuleFindings, judged, together
from steering.analysis.findings.lists import among, lists, rows
from steering.analysis.findings.parties import Parties, fingerprints
from steering.analysis.findings.reasons import (
    CONFIRMATION,
    DATES,
    END,
    NEVER_CONFIRMED,
    PROGRAMME,
    RESPONSIBILITY,
)
from steering.analysis.findings.register import Register, served
from steering.analysis.findings.situation import Situation
from steering.analysis.intervals import days, ends, sweeps
from steering.analysis.intervals.days import DAWN, DOOM, NO_DAY, Days
from steering.analysis.intervals.sweeps import Segments
from steering.analysis.lives.spans import Fundings
from steering.analysis.lives.stretches import MAYBE
from steering.analysis.portfolio import Portfolio
from steering.model import EndKind, FindingKind

CONFIRMED_WITHIN_MONTHS = 12

Stretch = tuple[Days, Days, Days]  # rows of structures, first and last day


def unknowns(situation: Situation) -> RuleFindings:
    """All that is not known about structures themselves, whatever their tasks."""
    portfolio = situation.portfolio
    found, life = situation.register, situation.life
    stale, never = _confirmations(portfolio, situation.view.today, life)
    parts = {
        END: _ends(situation),
        CONFIRMATION: stale,
        NEVER_CONFIRMED: never,
        RESPONSIBILITY: _without_responsibility(found, portfolio, life),
        DATES: _contradictions(portfolio, situation.fundings),
        PROGRAMME: _programmes(portfolio, situation.fundings),
    }
    marks = fingerprints(len(found.level))
    told = [_judged(found, reason, marks, *stretch) for reason, stretch in parts.items()]
    structure = np.arange(len(found.level))
    return RuleFindings(together(*told), Parties(marks, structure))


def _judged(
    found: Register, reason: str, marks: np.ndarray, structure: Days, start: Days, end: Days
) -> FindingRows:
    told = judged(FindingKind.UNKNOWN, start, end, marks[structure], reason=reason)
    at, place = served(found, structure)
    return together(told, told.where(at)._replace(municipality=place))


def _ends(situation: Situation) -> Stretch:
    """The days on which nobody knows whether a structure runs, because an end is unknown.

    What follows a yearly end is not decided yet, which is something else.
    """
    life = situation.life
    doubt = np.flatnonzero(life.sums[:, 0] == MAYBE)
    of_structure = lists(life.key[doubt], doubt, len(situation.register.level))
    pieces = []
    for source in situation.sources:
        rest = np.flatnonzero((source.terms.kind == EndKind.UNKNOWN) & source.effective.in_doubt)
        at, spell = of_structure.of(source.structure[rest])
        period = source.effective.at(rest[at])
        start = np.maximum(life.start[spell], period.unknown_from)
        pieces.append((life.key[spell], start, np.minimum(life.end[spell], period.unknown_until)))
    key, start, end = (np.concatenate(column) for column in zip(*pieces, strict=True))
    found = sweeps.union(key, start, end)
    return found.key, found.start, found.end


def _confirmations(portfolio: Portfolio, today: date, life: Segments) -> tuple[Stretch, Stretch]:
    """Structures still alive that nobody has confirmed within the twelve months before today, and those
    that were never confirmed: they count where their end is unknown, since that rests on confirmation.
    """
    structures, fundings = portfolio.structures, portfolio.fundings
    now, count = days.number(today), len(structures)
    own = ends.terms(structures, "valid_from", "valid_until")
    terms = ends.terms(fundings, "start", "end")
    structure = rows(structures["id"].to_numpy(), fundings["structure_id"].to_numpy())
    carrying = (fundings["part"] == "carrying").to_numpy() & (structure >= 0)
    current = carrying & (terms.end >= now)
    confirmed = own.confirmed_on.copy()
    np.maximum.at(confirmed, structure[current], terms.confirmed_on[current])
    carried, loose = np.zeros(count, dtype=bool), np.zeros(count, dtype=bool)
    carried[structure[carrying]] = True
    loose[structure[current & (terms.kind == EndKind.UNKNOWN)]] = True
    loose |= ~carried & (own.kind == EndKind.UNKNOWN)
    never = confirmed == NO_DAY
    asked_from = days.add_months(np.array([now]), -CONFIRMED_WITHIN_MONTHS)
    first, last = _hulls(life, count)
    stale = np.where(never, loose, confirmed < asked_from) & (last >= now)
    since = days.add_months(np.where(never, 0, confirmed), CONFIRMED_WITHIN_MONTHS) + 1
    start = np.where(never, first, np.maximum(first, since))
    earlier, none = (np.flatnonzero(stale & each) for each in (~never, never))
    return (earlier, start[earlier], last[earlier]), (none, start[none], last[none])


def _hulls(life: Segments, count: int) -> tuple[Days, Days]:
    """First and last day of each structure's life; the last before all time where it has none."""
    first, last = np.full(count, DOOM), np.full(count, NO_DAY)
    np.minimum.at(first, life.key, life.start)
    np.maximum.at(last, life.key, life.end)
    return first, last


def _without_responsibility(found: Register, portfolio: Portfolio, life: Segments) -> Stretch:
    """The days on which a structure runs or may run and answers for nothing."""
    answers = found.answers
    weights = np.zeros((len(life.key) + len(answers.id), 2), dtype=np.int64)
    weights[: len(life.key), 0] = weights[len(life.key) :, 1] = 1
    swept = sweeps.sweep(
        np.concatenate([life.key, answers.structure]),
        np.concatenate([life.start, answers.start]),
        np.concatenate([life.end, answers.end]),
        weights,
    )
    idle = swept.where((swept.sums[:, 0] > 0) & (swept.sums[:, 1] == 0))
    joined = sweeps.union(idle.key, idle.start, idle.end)
    return joined.key, joined.start, joined.end


def _contradictions(portfolio: Portfolio, fundings: Fundings) -> Stretch:
    """Structures of which some period ends before it begins, or a funding lies wholly outside their own."""
    structures = portfolio.structures
    ids = structures["id"].to_numpy()
    parts = [_backwards(structures, "valid_from", "valid_until", "id")]
    parts.append(_backwards(portfolio.fundings, "start", "end", "structure_id"))
    parts.append(_backwards(portfolio.responsibilities, "valid_from", "valid_until", "structure_id"))
    parts.append(ids[_funded_outside(structures, fundings)])
    found = np.flatnonzero(among(ids, np.concatenate(parts)))
    return found, np.full(len(found), DAWN), np.full(len(found), DOOM)


def _funded_outside(structures: pd.DataFrame, fundings: Fundings) -> Days:
    """Structures with a funding that ends before they begin, or begins after their own known end."""
    own, terms = ends.terms(structures, "valid_from", "valid_until"), fundings.terms
    structure = fundings.structure
    outside = (terms.end < own.start[structure]) | (terms.start > own.end[structure])
    return structure[outside]


def _backwards(records: pd.DataFrame, start: str, end: str, owner: str) -> Days:
    owners: Days = records[owner].to_numpy()
    return owners[days.numbers(records[end], DOOM) < days.numbers(records[start], DAWN)]


def _programmes(portfolio: Portfolio, found: Fundings) -> Stretch:
    """The days that fundings, by their known ends, last before or after their programme is valid."""
    programmes = portfolio.programmes
    terms = found.terms
    wanted = found.records["programme_id"].to_numpy(dtype=np.int64, na_value=-1)
    programme = rows(programmes["id"].to_numpy(), wanted)
    named = np.flatnonzero((programme >= 0) & ~terms.contradictory)
    valid_from = days.numbers(programmes["valid_from"], DAWN)[programme[named]]
    valid_until = days.numbers(programmes["valid_until"], DOOM)[programme[named]]
    start, end, structure = terms.start[named], terms.end[named], found.structure[named]
    early = (start > DAWN) & (start < valid_from)
    late = (end < DOOM) & (end > valid_until)
    pieces = sweeps.union(
        np.concatenate([structure[early], structure[late]]),
        np.concatenate([start[early], np.maximum(start, valid_until + 1)[late]]),
        np.concatenate([np.minimum(end, valid_from - 1)[early], end[late]]),
    )
    return pieces.key, pieces.start, pieces.end
