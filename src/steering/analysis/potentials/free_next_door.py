"""More places than are needed beside a municipality that has too few: the offer next door could reach it."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from steering.analysis.findings import shortfalls, supply
from steering.analysis.findings.register import UNITS, Register
from steering.analysis.findings.shortfalls import DELIVERERS, TOLERANCE, UNCOUNTED, UNSIZED, UNTOLD
from steering.analysis.findings.situation import Situation
from steering.analysis.findings.stints import Stints
from steering.analysis.intervals import days
from steering.analysis.intervals.days import Days
from steering.analysis.potentials.delivering import in_words, place_names
from steering.analysis.potentials.neighbours import Pairs
from steering.analysis.potentials.proposal import ProposalKind, ProposedPotential
from steering.model import FindingKind, NeedUnit, Provenance
from steering.model.german import day, listing, number
from steering.model.vocabulary import word

_MOST_NAMED = 4
# By so much an offer is larger than what is needed, to be worth asking: a whole place, a tenth of a post.
_LEAST = {NeedUnit.PLACES: 1.0, NeedUnit.FTE: 0.1}


class NeedBalance(NamedTuple):
    """A need (its row) on the day: how much of what is `wanted` there is, and in which municipalities."""

    need: int
    wanted: float
    amount: float
    places: frozenset[str]

    @property
    def over(self) -> float:
        return self.amount - self.wanted


def free_next_door(situation: Situation, unmet: pd.DataFrame, beside: Pairs) -> list[ProposedPotential]:
    """One proposal for each need of which there is too little, or nothing, while next door there is more than
    is needed of the same: task, target groups and unit. The greatest lack first.

    `situation`: of a horizon of one day, the day looked at; `unmet`: as `findings.rules` says of it. Nothing
    rests on what is not known, nor on a need that is limited to a site; what is limited to a level helps
    what is limited to the same, or to none.
    """
    register, view = situation.register, situation.view
    on = days.number(view.as_of)
    if unmet.empty:
        return []
    more, less = _judged(situation, unmet, on)
    if not more or not less:
        return []
    stints = situation.stints
    there = _delivering(register, stints, on, [*more, *less])
    maybe = _delivering(register, stints._replace(running=~stints.running), on, less)
    teller = _Teller(situation, there)
    found = []
    for short in sorted(less, key=lambda one: (one.over, one.need)):
        if short.need in maybe:
            continue
        helping = [
            free
            for free in more
            if _alike(register, free.need, short.need)
            and _next_door(free, short, beside)
            and not _lacks(register, free, less)
            and not there[free.need] <= there.get(short.need, frozenset())
        ]
        if helping:
            found.append(teller.proposal(short, sorted(helping, key=lambda one: (-one.over, one.need))))
    return found


def _judged(
    situation: Situation, unmet: pd.DataFrame, on: int
) -> tuple[list[NeedBalance], list[NeedBalance]]:
    """The needs of service of which there surely is more than is wanted, and those of which there is less."""
    register = situation.register
    wants, known = register.wants, shortfalls.judged_supply(register, situation.stints, situation.sized)
    kind, _, _ = shortfalls.judgement(register, known)
    told = known.told
    today = (told.start <= on) & (told.end >= on) & _judgeable(register)[told.cell]
    sure = (told.counts[:, [UNSIZED, UNCOUNTED, UNTOLD]] == 0).all(axis=1) & (told.counts[:, DELIVERERS] > 0)
    sure &= ~supply.countless(register, wants.area)[told.cell]
    least = np.array([_LEAST.get(unit, np.inf) for unit in UNITS])[wants.unit[told.cell]] - TOLERANCE
    more = today & sure & (known.amount - known.wanted >= least)
    less = today & (kind == shortfalls.SHORT)
    places = _places(register)
    rows = [
        [
            NeedBalance(int(told.cell[at]), known.wanted[at], known.amount[at], places(told.cell[at]))
            for at in np.flatnonzero(mask)
        ]
        for mask in (more, less)
    ]
    served = set(told.cell[today & (told.counts[:, DELIVERERS] > 0)].tolist())
    return rows[0], rows[1] + _gaps(situation, unmet, on, served)


def _gaps(situation: Situation, rows: pd.DataFrame, on: int, served: set[int]) -> list[NeedBalance]:
    """The needs that nobody delivers anything for, anywhere in their area, whose quantity is known."""
    register = situation.register
    demand, places = register.demand, _places(register)
    wanted = set(rows.loc[rows["kind"] == FindingKind.GAP, "need_id"].astype(int))
    asked = (demand.start <= on) & (demand.end >= on) & (demand.amount > 0)
    asked &= _judgeable(register)[demand.need] & np.isin(register.wants.id[demand.need], list(wanted))
    return [
        NeedBalance(need, float(amount), 0.0, places(need))
        for need, amount in zip(demand.need[asked].tolist(), demand.amount[asked], strict=True)
        if need not in served
    ]


def _judgeable(register: Register) -> np.ndarray:
    """Of service, of places or VZÄ, at no site."""
    wants = register.wants
    counted = np.isin(wants.unit, [UNITS.index(unit) for unit in _LEAST])
    found: np.ndarray = counted & ~wants.steering & (wants.site == 0)
    return found


def _places(register: Register) -> Any:
    def of(need: int) -> frozenset[str]:
        _, at = register.members.of(register.wants.area[[need]])
        return frozenset(register.ags[place] for place in at.tolist())

    return of


def _delivering(
    register: Register, found: Stints, on: int, judged: list[NeedBalance]
) -> dict[int, frozenset[int]]:
    """The structures (rows) that deliver for each of these needs (rows) on the day."""
    wanted = np.array(sorted({one.need for one in judged}), dtype=np.int64)
    reached = supply.reach(register, found, wanted)
    there: Days = np.flatnonzero(reached.deliver & (reached.start <= on) & (reached.end >= on))
    told: defaultdict[int, set[int]] = defaultdict(set)
    for need, structure in zip(reached.need[there].tolist(), reached.structure[there].tolist(), strict=True):
        told[need].add(structure)
    return {need: frozenset(structures) for need, structures in told.items()}


def _next_door(free: NeedBalance, short: NeedBalance, beside: Pairs) -> bool:
    apart = not free.places & short.places
    return apart and any((here, other) in beside for here in free.places for other in short.places)


def _lacks(register: Register, free: NeedBalance, less: list[NeedBalance]) -> bool:
    """Whether something of the same is lacking where there seems to be more than is needed."""
    return any(free.places & each.places and _same_task(register, free.need, each.need) for each in less)


def _same_task(register: Register, one: int, other: int) -> bool:
    wants = register.wants
    return bool(wants.task[one] == wants.task[other] and wants.unit[one] == wants.unit[other])


def _alike(register: Register, free: int, short: int) -> bool:
    """Whether what counts for one need would count for the other."""
    wants = register.wants
    return (
        _same_task(register, free, short)
        and bool((wants.groups[free] == wants.groups[short]).all())
        and wants.level[short] in (-1, wants.level[free])
    )


class _Teller:
    """The words of the proposals."""

    def __init__(self, situation: Situation, there: Mapping[int, frozenset[int]]) -> None:
        self._portfolio, self._register = situation.portfolio, situation.register
        self._on, self._there = situation.view.as_of, there
        self._names = place_names(self._portfolio)
        self._needs = {row["id"]: row for row in self._portfolio.needs.to_dict("records")}
        self._structures = self._portfolio.structures

    def proposal(self, short: NeedBalance, helping: list[NeedBalance]) -> ProposedPotential:
        wants = self._register.wants
        task = self._portfolio.tasks.iloc[int(wants.task[short.need])]
        here = in_words(self._names, short.places)
        unit = UNITS[wants.unit[short.need]]
        digits = 1 if unit == NeedUnit.FTE else 0
        lack = (
            f"Gebraucht werden {number(short.wanted)} {word(unit)}, und dort ist keine Durchführung erfasst."
            if short.amount == 0 and short.need not in self._there
            else f"Gebraucht werden {number(short.wanted)} {word(unit)}, nach Einwohnern gerechnet gibt es "
            f"{number(_down(short.amount, digits))}."
        )
        ids = [int(wants.id[one.need]) for one in (short, *helping)]
        return ProposedPotential(
            rule=ProposalKind.FREE_NEXT_DOOR,
            key=f"{ProposalKind.FREE_NEXT_DOOR}/n{ids[0]}",
            facts=";".join(f"n{key}" for key in ids),
            name=f"{task['name']}: nebenan gibt es mehr als gebraucht, in {here} zu wenig",
            reckoning=(
                f"In {here} ist der Bedarf »{self._needs[ids[0]]['name']}« am {day(self._on)} nicht gedeckt. "
                f"{lack} Nebenan gibt es für dieselbe Aufgabe und dieselben Zielgruppen mehr, als als Bedarf "
                "erfasst ist:"
            ),
            options=tuple(self._option(one, word(unit), digits) for one in helping),
            against=(
                "Belegte Plätze sind nicht erfasst: Ob davon etwas frei ist, wissen nur die Anbieter. Das "
                "Angebot ist nach Einwohnern auf die Gemeinden verteilt; wie weit der Weg ist, ist nicht "
                "erfasst."
            ),
            idea=f"Bei den Anbietern nebenan fragen, ob sie Menschen aus {here} aufnehmen können.",
            field_id=int(task["field_id"]),
            municipalities=short.places,
            example=any(self._invented(one.need) for one in (short, *helping)),
        )

    def _option(self, free: NeedBalance, unit: str, digits: int) -> str:
        structures = self._structures["name"].iloc[sorted(self._there[free.need])]
        return (
            f"{in_words(self._names, free.places)}: {number(_down(free.amount, digits))} {unit}, gebraucht "
            f"werden {number(free.wanted)}, also {number(_down(free.over, digits))} mehr "
            f"({listing(sorted(structures), most=_MOST_NAMED)})"
        )

    def _invented(self, need: int) -> bool:
        """Whether the need, the Kennzahl behind it, or who delivers for it is an example."""
        portfolio, wants, answers = self._portfolio, self._register.wants, self._register.answers
        row = self._needs[int(wants.id[need])]
        there = sorted(self._there.get(need, ()))
        duties = answers.id[np.isin(answers.structure, there) & (answers.task == wants.task[need])]
        rows, indicators = portfolio.responsibilities, portfolio.indicators
        used = [
            self._structures["provenance"].iloc[there],
            rows.loc[rows["id"].isin(duties), "provenance"],
            indicators.loc[indicators["id"] == row["indicator_id"], "provenance"],
        ]
        return row["provenance"] == Provenance.EXAMPLE or any(
            bool((each == Provenance.EXAMPLE).any()) for each in used
        )


def _down(amount: float, digits: int) -> float:
    """Never more than there is: whole places, posts to a tenth."""
    return float(math.floor(amount * 10**digits + TOLERANCE) / 10**digits)
