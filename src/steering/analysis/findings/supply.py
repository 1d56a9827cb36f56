"""How much of what is needed reaches each need: places or FTE, spread by population, shared among needs."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from steering.analysis.findings.gaps import fits
from steering.analysis.findings.lists import Spans, among, matches, meetings
from steering.analysis.findings.quantities import Demand
from steering.analysis.findings.register import UNITS, Register
from steering.analysis.findings.stints import Stints
from steering.analysis.intervals import sizes, sweeps
from steering.analysis.intervals.days import Days
from steering.analysis.intervals.ends import Mask
from steering.analysis.intervals.sweeps import Segments
from steering.analysis.lives.stretches import FTE, PLACES, STATE, YES
from steering.model import NeedUnit


class Reach(NamedTuple):
    """Stretches on which a structure reaches a need in a municipality, and as what."""

    need: Days
    municipality: Days
    structure: Days
    lead: Mask
    deliver: Mask
    start: Days
    end: Days

    def where(self, kept: Mask | Days) -> Reach:
        return Reach._make(column[kept] for column in self)


class Supply(NamedTuple):
    """What a structure has for a need in a municipality over a stretch of days.

    `amount` in the need's unit, NaN where `unsized` (the structure's size is not known), `uncounted` (some
    population is unknown or zero) or `untold` (it is shared with a need that nobody
    knows the size of).
    """

    need: Days
    structure: Days
    start: Days
    end: Days
    amount: np.ndarray
    unsized: Mask
    uncounted: Mask
    untold: Mask


def asked(demand: Demand, reached: Reach) -> tuple[Reach, np.ndarray]:
    """What is there for needs on the days on which they ask for anything, cut where that changes.

    And how much they ask for then.
    """
    at, place, start, end = meetings(
        Spans(reached.need, reached.start, reached.end), Spans(demand.need, demand.start, demand.end)
    )
    wanted = ~(demand.amount[place] <= 0)
    at, start, end = at[wanted], start[wanted], end[wanted]
    return reached.where(at)._replace(start=start, end=end), demand.amount[place[wanted]]


def reach(register: Register, found: Stints, wanted: Days) -> Reach:
    """Who is there for each of these needs, in each of its municipalities, within its level and site."""
    answers, wants = register.answers, register.wants
    found = found.where(found.running & (answers.lead | answers.deliver)[found.answer])
    found = found.where(among(answers.task[found.answer], wants.task[wanted]))
    places = max(len(register.ags), 1)
    at, place = register.members.of(wants.area[wanted])
    need = wanted[at]
    row, here = register.members.of(answers.area[found.answer])
    key = answers.task[found.answer[row]] * places + here
    order = np.argsort(key, kind="stable")
    at, other = matches(wants.task[need] * places + place, key[order])
    need, place, stint = need[at], place[at], row[order][other]
    answer = found.answer[stint]
    together = fits(register, need, answer) & (wants.groups[need] & answers.groups[answer]).any(axis=1)
    start = np.maximum(found.start[stint], wants.start[need])
    end = np.minimum(found.end[stint], wants.end[need])
    kept = np.flatnonzero(together & (start <= end))
    return Reach(
        need[kept],
        place[kept],
        found.structure[stint[kept]],
        answers.lead[answer[kept]],
        answers.deliver[answer[kept]],
        start[kept],
        end[kept],
    )


def supply(register: Register, found: Stints, life: Segments, reached: Reach) -> Supply:
    """What deliverers have for each need; `life` as in `lives.segments`."""
    wants = register.wants
    once, wanted = asked(register.demand, _once(register, reached.where(reached.deliver)))
    row, share, lost, vague, start, end = _shares(register, once, wanted)
    row, life_row, start, end, at = _meet(
        Spans(once.structure[row], start, end), Spans(life.key, life.start, life.end), row
    )
    share, lost, vague = share[at], lost[at], vague[at]
    size, known = _size(life, life_row, wants.unit[once.need[row]])
    catchment = _catchments(register, found, wants.task[once.need])
    holder = once.structure[row] * len(register.several) + wants.task[once.need[row]]
    row, place, start, end, at = _meet(
        Spans(holder, start, end), Spans(catchment.key, catchment.start, catchment.end), row
    )
    people, nobody = catchment.sums[place, 0], catchment.sums[place, 1] > 0
    uncounted, untold = nobody | lost[at], vague[at]
    here = register.population[once.municipality[row]]
    with np.errstate(invalid="ignore", divide="ignore"):
        amount = size[at] * share[at] * here / people
    unsized = ~known[at]
    return Supply(
        once.need[row],
        once.structure[row],
        start,
        end,
        np.where(unsized | uncounted | untold, np.nan, amount),
        unsized,
        uncounted,
        untold,
    )


def countless(register: Register, area: Days) -> Mask:
    """Whether the population of some municipality of each area is unknown or zero."""
    at, place = register.members.of(area)
    missing = ~(register.population[place] > 0)
    found: Mask = np.bincount(at[missing], minlength=len(area)) > 0
    return found


def _meet(one: Spans, other: Spans, row: Days) -> tuple[Days, Days, Days, Days, Days]:
    at, place, start, end = meetings(one, other)
    return row[at], place, start, end, at


def _once(register: Register, reached: Reach) -> Reach:
    """Each deliverer once per need, municipality and day."""
    places, structures = max(len(register.ags), 1), max(len(register.level), 1)
    key = (reached.need * places + reached.municipality) * structures + reached.structure
    found = sweeps.union(key, reached.start, reached.end)
    key, structure = np.divmod(found.key, structures)
    need, municipality = np.divmod(key, places)
    every = np.ones(len(need), dtype=bool)
    return Reach(need, municipality, structure, ~every, every, found.start, found.end)


def _shares(
    register: Register, once: Reach, wanted: np.ndarray
) -> tuple[Days, np.ndarray, Mask, Mask, Days, Days]:
    """Row of `once`, its part of the supply (0 to 1), whether that cannot be told, and on which days.

    It cannot be told where people are not counted, or where a need that shares is `wanted` nobody knows how
    much. Needs of one task and unit that reach the same structure in the same municipality share it, each in
    proportion to its quantity per inhabitant of its area.
    """
    wants = register.wants
    at, place = register.members.of(wants.area)
    people = np.bincount(at, weights=np.nan_to_num(register.population[place]), minlength=len(wants.id))
    lost = countless(register, wants.area)
    vague = np.isnan(wanted)
    person = np.where(lost | (people <= 0), 0.0, 1.0 / np.where(people > 0, people, 1.0))
    weight = np.nan_to_num(wanted) * person[once.need]
    pool = (once.structure * max(len(register.ags), 1) + once.municipality) * (len(UNITS) + 1)
    pool = (pool + wants.unit[once.need] + 1) * len(register.several) + wants.task[once.need]
    _, pool = np.unique(pool, return_inverse=True)
    several = np.bincount(pool, minlength=1)[pool] > 1
    alone, shared = np.flatnonzero(~several), np.flatnonzero(several)
    drawn = sweeps.sweep(
        pool[shared],
        once.start[shared],
        once.end[shared],
        np.stack([weight[shared], lost[once.need[shared]], vague[shared]], axis=1),
    )
    row, piece, start, end, _ = _meet(
        Spans(pool[shared], once.start[shared], once.end[shared]),
        Spans(drawn.key, drawn.start, drawn.end),
        shared,
    )
    with np.errstate(invalid="ignore", divide="ignore"):
        part = weight[row] / drawn.sums[piece, 0]
    return (
        np.concatenate([alone, row]),
        np.concatenate([np.ones(len(alone)), part]),
        np.concatenate([lost[once.need[alone]], drawn.sums[piece, 1] > 0.5]),
        np.concatenate([vague[alone], drawn.sums[piece, 2] > 0.5]),
        np.concatenate([once.start[alone], start]),
        np.concatenate([once.end[alone], end]),
    )


def _size(life: Segments, row: Days, unit: Days) -> tuple[np.ndarray, Mask]:
    """Effective places or FTE, by the unit, and whether they are known."""
    fte = unit == UNITS.index(NeedUnit.FTE)
    size = np.where(fte, life.sums[row, FTE], life.sums[row, PLACES])
    return np.where(fte, size / sizes.FTE_PARTS, size), size != sizes.NOT_KNOWN


def _catchments(register: Register, found: Stints, tasks: Days) -> Segments:
    """Population that each structure delivers each of the tasks to, over time; key is structure × task.

    Sums: the persons, and in how many municipalities they are not known.
    """
    answers, places = register.answers, max(len(register.ags), 1)
    task = answers.task[found.answer]
    found = found.where(found.running & answers.deliver[found.answer] & among(task, tasks))
    row, place = register.members.of(answers.area[found.answer])
    holder = found.structure * len(register.several) + answers.task[found.answer]
    once = sweeps.union(holder[row] * places + place, found.start[row], found.end[row])
    holder, place = np.divmod(once.key, places)
    people = register.population[place]
    known = people > 0
    weights = np.stack([np.where(known, people, 0.0), ~known], axis=1).astype(np.int64)
    return sweeps.sweep(holder, once.start, once.end, weights)


def running(life: Segments) -> Segments:
    return life.where(life.sums[:, STATE] == YES)
