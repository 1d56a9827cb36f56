"""How the quantity of a need comes about that follows a Kennzahl: from which values, of which days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from steering.analysis import small_counts
from steering.analysis.findings.forecasts import EXPECTED, SOURCE, foreseen
from steering.analysis.findings.quantities import reckoned
from steering.analysis.portfolio import Portfolio
from steering.analysis.view import View
from steering.model import ForecastVariant, NeedUnit
from steering.model.german import day, listing, number
from steering.model.vocabulary import word

COMPUTED, NOT_KNOWN = "berechnet", "Menge nicht bekannt"
NO_FORECAST = "ohne Prognose: letzter Wert gilt fort"
GONE = "Die Kennzahl, nach der sich die Menge richtet, gibt es nicht mehr. Bitte beim Bedarf neu wählen."
# So many municipalities without a forecast are named.
_NAMED = 5
NOBODY_THERE = (
    "im Gebiet des Bedarfs ist keine bewohnte Gemeinde erfasst. Bitte beim Bedarf das Gebiet prüfen."
)


@dataclass(frozen=True)
class NeedReckoning:
    """So `each` for `per` of a Kennzahl, on a day.

    `total`: its sum over the municipalities of the need; None where some of them, which `missing` names, have
    no value up to that day. `dates`: of the values that hold, the oldest and the newest. `basis`: who says
    so, and whether it is a forecast, or the last value that goes on without one. `at_most`: whether a
    count is in it of which everyone may only know that it is small; then it is no more than this.
    """

    each: float
    per: float
    unit: NeedUnit
    indicator: str
    counted: str
    at_most: bool
    basis: str
    total: float | None
    dates: tuple[date, ...]
    missing: tuple[str, ...]
    on: date

    @property
    def quantity(self) -> float | None:
        """How much is needed on that day."""
        if self.total is None:
            return None
        return float(reckoned(np.array(self.total), self.each, self.per, np.array(self.unit)))

    @property
    def rule(self) -> str:
        """The rule in words: "1 VZÄ je 150 Personen"."""
        return f"{number(self.each, 2)} {_unit(self.unit, self.each)} je {number(self.per, 2)} {self.counted}"

    @property
    def sentence(self) -> str:
        """What it comes to, and from what; or which values are missing."""
        if self.quantity is None and not self.missing:
            return f"{NOT_KNOWN}: {NOBODY_THERE}"
        if self.quantity is None:
            return (
                f"{NOT_KNOWN}: zur Kennzahl »{self.indicator}« fehlt bis {day(self.on)} ein Wert für "
                f"{listing(list(self.missing))}."
            )
        exact = self.total * self.each / self.per  # type: ignore[operator]
        most = "höchstens " if self.at_most else ""
        rounded = f" = {most}{number(exact, 2)}, aufgerundet" if self.quantity - exact > 1e-6 else ""
        times = f" × {number(self.each, 2)}" if self.each != 1 else ""
        return (
            f"{most}{number(self.quantity, 2)} {_unit(self.unit, self.quantity)}: {self._counted} "
            f"{self.counted} ({self._evidence}) ÷ {number(self.per, 2)}{times}{rounded}"
        )

    @property
    def _counted(self) -> str:
        """How many there are, as far as who asks may know."""
        if not self.at_most:
            return number(self.total, 2)
        small = small_counts.is_small(self.total or 0)
        return small_counts.FEW_WORDS if small else f"höchstens {number(self.total, 2)}"

    @property
    def _evidence(self) -> str:
        days = " bis ".join(day(each) for each in dict.fromkeys(self.dates))
        return ", ".join(filter(None, (days, f"»{self.indicator}«", self.basis)))


def _unit(unit: NeedUnit, quantity: float) -> str:
    """VZÄ, Plätze or, of one, Platz."""
    return "Platz" if unit == NeedUnit.PLACES and quantity == 1 else word(unit)


def is_rule(need: Mapping[Any, Any]) -> bool:
    """Whether a need's quantity follows a Kennzahl; `need` has its own fields."""
    return not _empty(need["quantity"]) and (
        not _empty(need["per"]) or (need["unit"] == NeedUnit.RATIO and not _empty(need["indicator_id"]))
    )


def reckoning(
    portfolio: Portfolio, need: Mapping[Any, Any], view: View, on: date | None = None
) -> NeedReckoning | None:
    """How much a need asks for on a day, by default the Stichtag or, where it is not valid then, the next day
    on which it is or the last on which it was (as `coverage.met` has it).

    None where it follows no Kennzahl, or one that is not there. `need`: its quantity, unit, per,
    indicator_id, area_id, and valid_from and valid_until where no day is given, as stored.
    """
    on = on or _valid_day(need, view.as_of)
    known = portfolio.indicators
    known = known[known["id"] == (-1 if _empty(need["indicator_id"]) else need["indicator_id"])]
    if not is_rule(need) or known.empty:
        return None
    ratio = need["unit"] == NeedUnit.RATIO
    indicator = known.iloc[0]
    held = _values(foreseen(portfolio, view), int(indicator["id"]), need["area_id"], on)
    missing = held["value"].isna()
    return NeedReckoning(
        each=1.0 if ratio else float(need["quantity"]),
        per=float(need["quantity"] if ratio else need["per"]),
        unit=NeedUnit.FTE if ratio else NeedUnit(need["unit"]),
        indicator=str(indicator["name"]),
        counted=str(indicator["unit"]),
        at_most=bool(small_counts.among(held).any()),
        basis=_basis(held, str(indicator["source"]), on > view.today),
        total=None if missing.any() or held.empty else float(held["value"].sum()),
        dates=tuple(each.date() for each in (held["reference_date"].min(), held["reference_date"].max()))
        if not missing.all()
        else (),
        missing=tuple(held.loc[missing, "name"]),
        on=on,
    )


def _valid_day(need: Mapping[Any, Any], as_of: date) -> date:
    first, last = need["valid_from"], need["valid_until"]
    if not _empty(first) and first.date() > as_of:
        return first.date()
    if not _empty(last) and last.date() < as_of:
        return last.date()
    return as_of


def _basis(held: pd.DataFrame, source: str, is_ahead: bool) -> str:
    """Whose figures they are; of a day to come, by which variant of a forecast, and where there is none."""
    expected = [each for each in ForecastVariant if (held[EXPECTED] == each).any()]
    if not expected:
        return ", ".join(filter(None, (_first_line(source), NO_FORECAST if is_ahead else "")))
    told = listing([f"»{word(each)}«" for each in expected])
    # A municipality without any value has neither.
    has_one = held[EXPECTED].fillna("") != ""
    sources = held.loc[has_one, SOURCE].map(_first_line)
    others = listing(list(held.loc[~has_one & held["value"].notna(), "name"]), _NAMED)
    goes_on = f"{NO_FORECAST} ({others})" if others else ""
    return ", ".join(filter(None, (f"Prognose {told}", *dict.fromkeys(sources), goes_on)))


def _first_line(text: str) -> str:
    return text.strip().partition("\n")[0]


def way(portfolio: Portfolio, need: Mapping[Any, Any], view: View, on: date | None = None) -> str:
    """How a quantity by a rule comes about on a day, see `reckoning`; "" where it follows no Kennzahl."""
    if not is_rule(need):
        return ""
    found = reckoning(portfolio, need, view, on)
    return f"{found.rule}; {found.sentence}" if found else GONE


def bounded(portfolio: Portfolio) -> frozenset[int]:
    """The needs of which everyone may only know that they ask for at most so much: in their area there is a
    count of few among the values of their Kennzahl, of whatever day."""
    few = portfolio.observations[small_counts.among(portfolio.observations)]
    needs = portfolio.needs[["id", "indicator_id", "area_id"]].rename(columns={"id": "need_id"})
    members = portfolio.area_municipalities[["area_id", "ags"]]
    hit = needs.merge(members, on="area_id").merge(few[["indicator_id", "ags"]], on=["indicator_id", "ags"])
    return frozenset(hit["need_id"].astype(int))


def _values(portfolio: Portfolio, indicator: int, area: int, on: date) -> pd.DataFrame:
    """Per inhabited municipality of an area, by name: the value that holds on a day, and of when it is."""
    places = portfolio.municipalities
    members = portfolio.area_municipalities
    inside = members.loc[members["area_id"] == area, "ags"]
    places = places[places["inhabited"] & places["ags"].isin(inside)].sort_values("name")
    rows = portfolio.observations
    if EXPECTED not in rows:
        rows = rows.assign(**{EXPECTED: "", SOURCE: ""})
    rows = rows[(rows["indicator_id"] == indicator) & (rows["reference_date"] <= pd.Timestamp(on))]
    newest = rows.sort_values("reference_date").drop_duplicates("ags", keep="last")
    newest = newest.assign(**{small_counts.WITHHELD: small_counts.among(newest)})
    columns = ["ags", "value", "reference_date", EXPECTED, SOURCE, small_counts.WITHHELD]
    return places[["ags", "name"]].merge(newest[columns], on="ags", how="left")


def _empty(value: Any) -> bool:
    return value is None or bool(pd.isna(value))
