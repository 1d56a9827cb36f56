"""How a rule of forecasts comes to its values: the course of the whole Landkreis, and place by place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pandas as pd

from steering.analysis.findings.forecast_rules import COLUMNS, RuleReckoning, reckon, signed
from steering.analysis.portfolio import Portfolio
from steering.model import ForecastRuleKind, ForecastVariant
from steering.model.forecast_rules import TRENDS, arrivals_of
from steering.model.german import day, number

_IDENTITY = ["ags", "variant", "reference_date"]


def course(portfolio: Portfolio, rule: Mapping[Any, Any], today: date) -> pd.DataFrame:
    """What a rule's Kennzahl was, and is expected to be, in all municipalities that have a value together.

    Columns: day, low, middle, high; one row for each day on which it changes, from the first day on which
    all of them have a value. Up to today the three are what was recorded.
    """
    recorded = portfolio.observations
    recorded = recorded.loc[
        recorded["indicator_id"] == rule["indicator_id"], ["ags", "reference_date", "value"]
    ]
    ahead = holding(portfolio, rule, reckon(portfolio, rule))
    ahead = ahead[ahead["reference_date"] > pd.Timestamp(today)]
    found = {}
    for variant in ForecastVariant:
        own = ahead.loc[ahead["variant"] == variant, recorded.columns]
        # A municipality without any recorded value has no place in a sum of what is known.
        own = own[own["ags"].isin(recorded["ags"])]
        rows = pd.concat([recorded, own]).drop_duplicates(["ags", "reference_date"], keep="first")
        held = rows.pivot_table(index="reference_date", columns="ags", values="value").ffill()
        found[variant.value] = held.sum(axis=1, skipna=False)
    sums = pd.DataFrame(found).sort_index().ffill().dropna()
    return sums.rename_axis("day").reset_index()


def holding(portfolio: Portfolio, rule: Mapping[Any, Any], found: RuleReckoning) -> pd.DataFrame:
    """The forecasts of the rule's Kennzahl, `COLUMNS`: typed ones, else what the rule gives."""
    every = pd.concat([_typed(portfolio, rule), found.rows], ignore_index=True)
    return every.drop_duplicates(_IDENTITY, keep="first", ignore_index=True)


def beaten(portfolio: Portfolio, rule: Mapping[Any, Any], found: RuleReckoning) -> pd.DataFrame:
    """The typed forecasts that hold instead of what the rule gives for the same place, variant and day."""
    typed = _typed(portfolio, rule)
    return typed.merge(found.rows[_IDENTITY], on=_IDENTITY)


def by_place(rule: Mapping[Any, Any], found: RuleReckoning, variant: ForecastVariant) -> pd.DataFrame:
    """How the last value of each municipality comes about: name, base, on, share, way (in words).

    `base` and `share` are NaN, `on` NaT and `way` empty where there is none.
    """
    rows = found.rows[found.rows["variant"] == variant].sort_values("reference_date")
    last = rows.drop_duplicates("ags", keep="last").set_index("ags")[["reference_date", "value"]]
    told = []
    for place in found.bases.to_dict("records"):
        given = last.loc[place["ags"]] if place["ags"] in last.index else None
        told.append("" if given is None else _way(rule, place, given, variant))
    shown = found.bases.rename(columns={"value": "base", "reference_date": "on"})
    return shown[["name", "base", "on", "share"]].assign(way=pd.Series(told, index=shown.index, dtype="str"))


def _typed(portfolio: Portfolio, rule: Mapping[Any, Any]) -> pd.DataFrame:
    rows = portfolio.forecasts
    return rows.loc[rows["indicator_id"] == rule["indicator_id"], COLUMNS]


def _way(rule: Mapping[Any, Any], place: Mapping[Any, Any], given: Any, variant: ForecastVariant) -> str:
    on, base = given["reference_date"], place["value"]
    comes_to = f"= {number(given['value'], 2)} am {day(on)}"
    if rule["kind"] in TRENDS:
        years, change = on.year - place["reference_date"].year, float(rule[variant])
        if rule["kind"] == ForecastRuleKind.PERCENT:
            held = _held(base * (1 + change / 100) ** years, given["value"])
            return f"{number(base, 2)} × {number(1 + change / 100, 4)}{_power(years)} {held}{comes_to}"
        held = _held(base + change * years, given["value"])
        return f"{number(base, 2)} {signed(change * years)} ({signed(change)} × {years}) {held}{comes_to}"
    at = list(ForecastVariant).index(variant)
    came = {year: three[at] for year, three in arrivals_of(str(rule["arrivals"])).items()}
    share = f"{number(place['share'] * 100, 2)} %"
    if rule["kind"] == ForecastRuleKind.YEARLY:
        return f"{number(came[on.year], 2)} × {share} {comes_to}"
    begin = place["reference_date"].date() + timedelta(days=1)
    counted = {year: each for year, each in came.items() if year >= begin.year}
    split = f", {begin.year} anteilig ab {day(begin)}" if (begin.month, begin.day) != (1, 1) else ""
    years_told = " + ".join(number(each, 2) for each in counted.values())
    floor = ", dabei nie unter 0," if min(counted.values()) < 0 else ""
    return f"{number(base, 2)} + ({years_told}{split}) × {share}{floor} {comes_to}"


def _held(reckoned: float, value: float) -> str:
    """What came out before it was kept within what can be: never below nobody, never more than all."""
    return "" if abs(reckoned - value) < 0.01 else f"= {number(reckoned, 2)}, begrenzt "


def _power(years: int) -> str:
    return "" if years == 1 else str(years).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))
