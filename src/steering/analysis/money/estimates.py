"""What structures would cost in full whose cost is not recorded: estimated by a rule, never as a fact.

Decisions beyond docs/rules.md#money:

- Costs are known where all fundings of the last carried day say theirs. There an estimate is not made.
- A programme's rate stands before the rule of the house; where the fundings of that day are of several
  programmes, or one is of none, no programme names a rate.
- What the house has entered itself beats an example, even one that is for the very kind of structure.
- A budget year takes the rate of its own year, else of the nearest year before; where all are of later years,
  the first of these. Its reckoning says of which year it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd

from steering.analysis.intervals import sizes
from steering.analysis.intervals.days import NO_DAY
from steering.analysis.intervals.ends import Mask
from steering.analysis.lives import spans
from steering.analysis.lives.spans import Fundings
from steering.analysis.money.flows import effective_fte, per_structure, rates_of
from steering.analysis.portfolio import Portfolio
from steering.analysis.scenarios.scenario import in_scenario
from steering.analysis.view import View
from steering.model import Provenance


class Basis(StrEnum):
    """By whose rule a cost is estimated."""

    PROGRAMME = "programme"
    HOUSE = "house"
    NONE = ""


class Missing(StrEnum):
    """What an estimate lacks."""

    FTE = "fte"
    RULE = "rule"


@dataclass(frozen=True)
class Rule:
    """Cents per VZÄ and year, and where they come from.

    `name`: of the programme or of the rule; `year` that it is for, of a programme's rate none; `at_most`:
    no more than that is granted; `example`: the figure is made up.
    """

    basis: Basis
    rate_cents: int
    name: str
    year: int | None
    at_most: bool
    example: bool
    source: str
    note: str


@dataclass(frozen=True)
class Reckoning:
    """How a yearly cost is estimated, VZÄ × rate, or what is missing to do so.

    `rules`: of a programme its one; of the house one for each year it has a rate of, the oldest first.
    """

    fte: float | None
    rules: tuple[Rule, ...] = ()

    def rule(self, year: int) -> Rule | None:
        """The rule for a budget year: its own, else the nearest one before, else the first of all."""
        before = [rule for rule in self.rules if rule.year is None or rule.year <= year]
        return next(iter((*before[-1:], *self.rules[:1])), None)

    def cents(self, year: int) -> int | None:
        """The estimate of a whole budget year in whole cents."""
        rule = self.rule(year)
        return None if self.fte is None or rule is None else round(self.fte * rule.rate_cents)

    @property
    def missing(self) -> tuple[Missing, ...]:
        lacks = ((Missing.FTE, self.fte is None), (Missing.RULE, not self.rules))
        return tuple(part for part, lacking in lacks if lacking)


@in_scenario
def yearly(portfolio: Portfolio, view: View) -> pd.DataFrame:
    """A year's full cost of the structures for which recorded fundings do not say it.

    Columns: structure_id, funding_id (Int64: the carrying funding of the last carried day, of several the
    one entered first; NA without any), cents (float64, of the year of the day of reading; NaN where
    unknown), basis (a Basis; "" where no rule applies), reckoning (a Reckoning). In the order of the
    structures. Nothing here is a recorded amount: whoever adds the two has to say so.
    """
    structures, found = portfolio.structures, spans.fundings(portfolio, view)
    counted = _of_last_day(found, len(structures))
    carrying = counted & found.carrying
    parts = effective_fte(structures, found, carrying)
    fundings, rules = _first(found, carrying), _Rules(portfolio)
    programmes = _programmes(found, carrying)
    rows = []
    for row in map(int, np.flatnonzero(~_known(structures, found, counted))):
        fte = None if parts[row] == sizes.NOT_KNOWN else float(parts[row] / sizes.FTE_PARTS)
        reckoning = Reckoning(fte, rules.of(structures["kind"].iloc[row], programmes.get(row)))
        basis = reckoning.rules[0].basis if reckoning.rules else Basis.NONE
        cents = reckoning.cents(view.today.year)
        rows.append((structures["id"].iloc[row], fundings.get(row), cents, str(basis), reckoning))
    made = pd.DataFrame(rows, columns=["structure_id", "funding_id", "cents", "basis", "reckoning"])
    types = {"structure_id": "int64", "funding_id": "Int64", "cents": "float64", "basis": "str"}
    return made.astype(types)


def _of_last_day(found: Fundings, structures: int) -> Mask:
    """The fundings that are active, or may be, on the last day on which their structure is carried."""
    day = spans.last_carried(found, structures)[found.structure]
    period = found.effective
    active = (period.start <= day) & (day <= period.last)
    doubtful = (period.unknown_from <= day) & (day <= period.unknown_until)
    return (active | doubtful) & (day > NO_DAY)


def _known(structures: pd.DataFrame, found: Fundings, counted: Mask) -> Mask:
    """Whether recorded amounts say what a structure costs: it is carried, and each amount is known."""
    rates = rates_of(found)
    cost = per_structure(structures, found, counted, rates.per_day + rates.per_year)
    carried = np.bincount(found.structure[counted & found.carrying], minlength=len(structures)) > 0
    return carried & ~np.isnan(cost)


def _first(found: Fundings, carrying: Mask) -> dict[int, int]:
    """Row of a structure → the id of the first of its fundings that count."""
    of = pd.Series(found.records["id"].to_numpy()[carrying], index=found.structure[carrying])
    return {int(row): int(key) for row, key in of.groupby(level=0).min().items()}  # type: ignore[call-overload]


def _programmes(found: Fundings, carrying: Mask) -> dict[int, int]:
    """Row of a structure → the one programme of all its fundings that count."""
    # No programme counts as one of its own, with an id that none has.
    named = found.records["programme_id"].astype("float64").fillna(-1).to_numpy()[carrying]
    of = pd.Series(named, index=found.structure[carrying]).groupby(level=0)
    least, most = of.min(), of.max()
    alone = least[(least == most) & (least >= 0)]
    return {int(row): int(key) for row, key in alone.items()}  # type: ignore[call-overload]


class _Rules:
    """The rates that programmes name, and the rules of the house for each kind of structure."""

    def __init__(self, portfolio: Portfolio) -> None:
        named = portfolio.programmes.dropna(subset=["rate_cents"])
        self._programmes: dict[int, Any] = {int(row["id"]): row for row in named.to_dict("records")}
        self._house: dict[tuple[bool, str | None], list[Rule]] = {}
        for row in portfolio.personnel_costs.sort_values(["year", "id"]).to_dict("records"):
            rule = _rule(Basis.HOUSE, row, row["name"], row["note"], year=int(row["year"]))
            self._house.setdefault((rule.example, _text(row["structure_kind"])), []).append(rule)

    def of(self, kind: str, programme: int | None) -> tuple[Rule, ...]:
        """The rules for a structure of a kind that this programme carries alone."""
        named = self._programmes.get(programme) if programme is not None else None
        if named is not None and _text(named["rate_kind"]) in (None, kind):
            name = named["short_name"] or named["name"]
            most = bool(named["rate_at_most"])
            return (_rule(Basis.PROGRAMME, named, name, named["rate_note"], at_most=most),)
        asked = ((False, kind), (False, None), (True, kind), (True, None))
        return next((tuple(self._house[each]) for each in asked if each in self._house), ())


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _rule(
    basis: Basis, row: dict[Any, Any], name: str, note: str, *, year: int | None = None, at_most: bool = False
) -> Rule:
    example = row["provenance"] == Provenance.EXAMPLE
    return Rule(basis, int(row["rate_cents"]), name, year, at_most, example, row["source"], note)
