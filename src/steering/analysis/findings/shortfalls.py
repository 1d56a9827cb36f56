"""Needs for which there is too little (SHORTFALL), or for which that cannot be told."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from steering.analysis.findings import supply
from steering.analysis.findings.crowds import Crowds, Presence, crowds, presence, stretches, who
from steering.analysis.findings.judging import KINDS, NONE, FindingRows, RuleFindings, judged, together
from steering.analysis.findings.lists import Spans, meetings
from steering.analysis.findings.parties import fingerprints, joined
from steering.analysis.findings.reasons import FTE, INDICATOR, PLACES, POPULATION, RATIO, REASONS
from steering.analysis.findings.register import UNITS, Register
from steering.analysis.findings.stints import Stints
from steering.analysis.intervals import sweeps
from steering.analysis.intervals.days import Days
from steering.analysis.intervals.sweeps import Segments
from steering.model import FindingKind, NeedUnit

PROVIDERS, DELIVERERS, UNSIZED, UNCOUNTED, UNTOLD = range(5)
SHORT, UNKNOWN = KINDS.index(FindingKind.SHORTFALL), KINDS.index(FindingKind.UNKNOWN)
# Sums of shares are not exact; less than this is no shortfall.
TOLERANCE = 1e-6


class Judged(NamedTuple):
    """Stretches on which a need has somebody: who is there, how much reaches it, and how much it asks for.

    The cells of `told` are the needs' rows; `wanted` is NaN where nobody knows how much it asks for.
    """

    there: Presence
    told: Crowds
    amount: np.ndarray
    wanted: np.ndarray


def shortfalls(register: Register, found: Stints, life: Segments) -> RuleFindings:
    """Days on which a need with a quantity has deliverers, but less reaches it than it needs.

    `life` as in `lives.segments`. The parties: all deliverers of a shortfall, those whose size is not known
    where that is the reason, else nobody.
    """
    judged_days = judged_supply(register, found, life)
    there, told, wants = judged_days.there, judged_days.told, register.wants
    kind, reason, channel = judgement(register, judged_days)
    kept = np.flatnonzero(kind != NONE)
    rows = np.arange(len(kept))
    party = np.where(channel[kept] != PROVIDERS, told.party[kept][rows, channel[kept]], np.uint64(0))
    need, start, end = told.cell[kept], told.start[kept], told.end[kept]
    kind, reason, channel = kind[kept], reason[kept], channel[kept]
    first, last = stretches(need, start, end, kind, reason, party)
    parts = [
        who(there, need[first][mask], start[first][mask], party[first][mask], each)
        for each in (DELIVERERS, UNSIZED)
        for mask in (channel[first] == each,)
    ]
    row = judged(
        kind[first],
        start[first],
        end[last],
        party[first],
        reason=reason[first],
        need=need[first],
        task=wants.task[need[first]],
        site=wants.site[need[first]],
    )
    return RuleFindings(
        _everywhere(register, row),
        joined(parts),
    )


def judged_supply(register: Register, found: Stints, life: Segments) -> Judged:
    """Who is there for each need with a quantity, and how much reaches it of how much."""
    reached = supply.reach(register, found, register.demand.counted)
    given = supply.supply(register, found, supply.running(life), reached)
    # What is needed of steering is provided by a lead.
    provides, _ = supply.asked(
        register.demand, reached.where(reached.lead | ~register.wants.steering[reached.need])
    )
    there = presence(
        (provides.need, provides.structure, PROVIDERS, provides.start, provides.end),
        *(
            (given.need[mask], given.structure[mask], channel, given.start[mask], given.end[mask])
            for channel, mask in (
                (DELIVERERS, np.ones(len(given.need), dtype=bool)),
                (UNSIZED, given.unsized),
                (UNCOUNTED, given.uncounted),
                (UNTOLD, given.untold),
            )
        ),
    )
    told = crowds(there, fingerprints(len(register.level)), 5)
    told, amount = _with_amounts(told, given)
    demand = register.demand
    at, place, start, end = meetings(
        Spans(told.cell, told.start, told.end), Spans(demand.need, demand.start, demand.end)
    )
    return Judged(there, told.where(at)._replace(start=start, end=end), amount[at], demand.amount[place])


def _with_amounts(told: Crowds, given: supply.Supply) -> tuple[Crowds, np.ndarray]:
    """The crowds cut where amounts change, and what is given then; 0 where nothing is."""
    ones = np.nan_to_num(given.amount)
    summed = sweeps.sweep(given.need, given.start, given.end, ones[:, np.newaxis])
    at, place, start, end = meetings(
        Spans(told.cell, told.start, told.end), Spans(summed.key, summed.start, summed.end)
    )
    bare = np.flatnonzero(told.counts[:, DELIVERERS] == 0)
    row = np.concatenate([at, bare])
    start, end = np.concatenate([start, told.start[bare]]), np.concatenate([end, told.end[bare]])
    amount = np.concatenate([summed.sums[place, 0], np.zeros(len(bare))])
    order = np.lexsort((start, told.cell[row]))
    row = row[order]
    cut = Crowds(told.cell[row], start[order], end[order], told.counts[row], told.party[row])
    return cut, amount[order]


def judgement(register: Register, found: Judged) -> tuple[Days, Days, Days]:
    """Kind per stretch, NONE where nothing is to be said; its reason; the channel of the party it names.

    PROVIDERS stands for nobody. What is known to reach a need may suffice, whatever else is not known.
    """
    told, wants = found.told, register.wants
    need = told.cell
    unit = wants.unit[need]
    fte = unit == UNITS.index(NeedUnit.FTE)
    uncountable = (unit != UNITS.index(NeedUnit.PLACES)) & ~fte
    uncounted = (told.counts[:, UNCOUNTED] > 0) | supply.countless(register, wants.area)[need]
    cases = [
        told.counts[:, DELIVERERS] == 0,
        uncountable,
        np.isnan(found.wanted),
        found.amount >= found.wanted - TOLERANCE,
        uncounted,
        told.counts[:, UNTOLD] > 0,
        told.counts[:, UNSIZED] > 0,
    ]
    ratio, indicator, population = (REASONS.index(each) for each in (RATIO, INDICATOR, POPULATION))
    sizeless = np.where(fte, REASONS.index(FTE), REASONS.index(PLACES))
    return (
        np.select(cases, [NONE, UNKNOWN, UNKNOWN, NONE, UNKNOWN, UNKNOWN, UNKNOWN], default=SHORT),
        np.select(cases, [0, ratio, indicator, 0, population, indicator, sizeless], default=0),
        np.select(cases, [PROVIDERS] * 6 + [UNSIZED], default=DELIVERERS),
    )


def _everywhere(register: Register, rows: FindingRows) -> FindingRows:
    """The rows in each municipality and for each group of their needs."""
    at, place = register.members.of(register.wants.area[rows.need])
    row, group = np.nonzero(register.wants.groups[rows.need])
    return together(rows.where(at)._replace(municipality=place), rows.where(row)._replace(group=group))
