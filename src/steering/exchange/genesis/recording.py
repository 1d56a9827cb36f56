"""Values of municipalities as records: counted or expected, on a day on which they can be, once each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median_low
from typing import Any

import pandas as pd

from steering.analysis.incoming import New, Wanted
from steering.analysis.portfolio import Portfolio
from steering.model import Forecast, ForecastVariant, Observation
from steering.model.german import day, number
from steering.model.vocabulary import word

EARLIEST = 1990
"""The first year from which values are taken; before it the districts were others, and nobody asks."""
UNUSUAL = 500
"""From so many times the usual figure on it is a slip of the point or the comma, which makes about 1,000."""
ABSOLUTE = frozenset({"personen", "person", "pers", "pers.", "anzahl", "zahl", "einwohner", "köpfe"})
"""Units that count heads, whichever of them somebody writes."""
_OF_PEOPLE = ABSOLUTE - {"anzahl", "zahl"}
SHARES = frozenset({"%", "prozent", "v. h.", "v.h.", "vh", "percent", "anteil"})
_CONTRADICTION = (
    "Zeile {row} nennt für dieselbe Kennzahl, Gemeinde und Zeit {value}. Bitte klären, welcher Wert gilt; "
    "geschrieben wird keiner von beiden."
)
_OF_FORECAST = "Prognose {}"


@dataclass(frozen=True)
class FigureIdentity:
    """What has one value: a Kennzahl in a municipality on a day, as it was counted or in one variant."""

    indicator: int | New
    ags: str
    on: date
    variant: ForecastVariant | None = None


@dataclass(frozen=True)
class Meant:
    """What a file is said to hold as a whole: values that were counted, or a forecast and whose it is."""

    variant: ForecastVariant | None = None
    source: str = ""


class FigureRecords:
    """The values that are recorded, and those that rows of a file make of them."""

    def __init__(self, portfolio: Portfolio, today: date) -> None:
        self.today = today
        self.last = date(today.year + int(portfolio.settings["horizon_years_ahead"]), 12, 31)
        places = portfolio.municipalities
        self.names = dict(zip(places["ags"], places["name"], strict=True))
        self._population = dict(zip(places["ags"], places["population"], strict=True))
        self._recorded: dict[FigureIdentity, int] = {}
        self._usual: dict[tuple[Any, str], list[float]] = defaultdict(list)
        for rows in (portfolio.observations, portfolio.forecasts):
            self._know(rows)
        self._seen: dict[FigureIdentity, tuple[float, list[int]]] = {}
        self.contradicted: dict[int, str] = {}
        """Rows that a later one contradicts, with a sentence; neither is taken."""

    def _know(self, rows: pd.DataFrame) -> None:
        if rows.empty:
            return
        variants = rows["variant"] if "variant" in rows else [None] * len(rows)
        on = rows["reference_date"].dt.date
        columns = (rows["indicator_id"], rows["ags"], on, variants, rows["id"], rows["value"])
        for indicator, ags, when, variant, key, value in zip(*columns, strict=True):
            meant = ForecastVariant(variant) if variant else None
            self._recorded[FigureIdentity(int(indicator), ags, when, meant)] = int(key)
            self._usual[int(indicator), ags].append(float(value))

    def day_problem(self, on: date, variant: ForecastVariant | None) -> str:
        """Why a day cannot have a value that was counted, or one that is expected; "" where it can."""
        if on.year < EARLIEST:
            return f"Der {day(on)} liegt vor {EARLIEST}. Bitte das Jahr prüfen."
        if variant is None and on > self.today:
            return (
                f"Der {day(on)} liegt nach heute, gezählt sein kann da noch nichts. Ist es eine Prognose, "
                "bitte als Prognose mit Variante und Quelle einlesen."
            )
        if variant is not None and on <= self.today:
            return (
                f"Eine Prognose gilt für einen Tag nach heute; der {day(on)} ist keiner. Bitte weglassen "
                "oder als erhobenen Wert einlesen."
            )
        if on > self.last:
            return f"Der {day(on)} liegt nach dem Planungshorizont (bis {day(self.last)}). Bitte weglassen."
        return ""

    def value_problem(
        self, identity: FigureIdentity, value: float, unit: str, others: Sequence[float] = ()
    ) -> str:
        """Why nobody can have meant a value; `others`: what the file says of this municipality."""
        plain = unit.casefold().strip()
        if plain in SHARES and value > 100:
            return f"{number(value, 4)} sind mehr als 100 %. Bitte prüfen."
        people = self._population.get(identity.ags)
        if plain in _OF_PEOPLE and pd.notna(people) and 0 < 2 * people < value:
            return (
                f"{number(value, 4)} sind mehr als doppelt so viele, wie »{self.names[identity.ags]}« "
                f"Einwohner hat ({number(people, 0)}). Bitte prüfen, ob Punkt oder Komma verrutscht ist."
            )
        known = [each for each in (*self._usual.get((identity.indicator, identity.ags), ()), *others) if each]
        if not known or not value:
            return ""
        usual = median_low(known)
        times = value / usual
        if 1 / UNUSUAL < times < UNUSUAL:
            return ""
        how = f"das {number(times, 0)}-Fache" if times > 1 else "ein verschwindender Teil"
        return (
            f"{number(value, 4)} ist {how} des Üblichen ({number(usual, 2)}). Bitte prüfen, ob Punkt oder "
            "Komma verrutscht ist; stimmt der Wert, bitte von Hand eintragen."
        )

    def contradiction(self, identity: FigureIdentity, value: float, row: int) -> str:
        """That an earlier row of the file says otherwise; "" where none does."""
        before, rows = self._seen.setdefault(identity, (value, []))
        if before == value:
            rows.append(row)
            return ""
        self.contradicted |= dict.fromkeys(rows, _CONTRADICTION.format(row=row, value=number(value, 9)))
        return _CONTRADICTION.format(row=rows[0], value=number(before, 9))

    def wanted(
        self, identity: FigureIdentity, value: float, source: str, columns: Mapping[str, str]
    ) -> Wanted:
        """The record of a value: that which is there, or a new one."""
        record = Observation if identity.variant is None else Forecast
        values: dict[str, Any] = {"value": value}
        if identity.variant is not None:
            values["source"] = source
        if (recorded := self._recorded.get(identity)) is not None:
            return Wanted(record, values, id=recorded, columns=columns)
        values |= {
            "indicator_id": identity.indicator,
            "ags": identity.ags,
            "reference_date": identity.on,
        }
        if identity.variant is not None:
            values["variant"] = identity.variant.value
        return Wanted(record, values, key=identity, columns=columns)


def figure_words(variant: ForecastVariant | None) -> str:
    """erhoben, Prognose hoch: what a value is."""
    return "erhoben" if variant is None else _OF_FORECAST.format(word(variant))
