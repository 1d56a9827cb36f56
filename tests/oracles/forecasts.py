"""What a Kennzahl is on a day by docs/rules.md#forecasts, for one place at a time and in whole fractions.

Slow and obvious on purpose; nothing here knows numpy, pandas or the code under test.
"""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

Values = dict[str, Any]
World = dict[str, list[Values]]
VARIANTS = ("low", "middle", "high")


def value(world: World, place: str, day: date, today: date, variant: str) -> Fraction | None:
    """The value that holds on a day; None where nothing was recorded up to it and nothing is expected."""
    chain: dict[date, Fraction] = {}
    for wanted in ("middle", variant):
        ahead = {on: found for on, found in expected(world, place, wanted).items() if on > today}
        if ahead:
            chain = ahead
    for each in world["observations"]:
        if each["ags"] == place:
            chain[each["reference_date"]] = Fraction(str(each["value"]))
    past = [on for on in chain if on <= day]
    return chain[max(past)] if past else None


def expected(world: World, place: str, variant: str) -> dict[date, Fraction]:
    """All forecasts of a place in a variant; what is typed beats what a rule gives."""
    found: dict[date, Fraction] = {}
    for rule in world.get("forecast_rules", []):
        found |= given(world, rule, place, variant)
    for each in world.get("forecasts", []):
        if (each["ags"], each["variant"]) == (place, variant):
            found[each["reference_date"]] = Fraction(str(each["value"]))
    return found


def given(world: World, rule: Values, place: str, variant: str) -> dict[date, Fraction]:
    """What a rule gives for a place."""
    recorded = {
        each["reference_date"]: Fraction(str(each["value"]))
        for each in world["observations"]
        if (each["ags"], each["indicator_id"]) == (place, rule["indicator_id"])
    }
    if not recorded:
        return {}
    latest = max(recorded)
    base = recorded[latest]
    if rule["kind"] in ("percent", "absolute"):
        return trend(rule, latest, base, variant)
    return distributed(world, rule, place, latest, base, variant)


def trend(rule: Values, latest: date, base: Fraction, variant: str) -> dict[date, Fraction]:
    found, change = {}, Fraction(str(rule[variant]))
    year = latest.year + 1
    while (on := anniversary(latest, year)) <= rule["last_day"]:
        years = year - latest.year
        many = base * (1 + change / 100) ** years if rule["kind"] == "percent" else base + change * years
        found[on] = max(many, Fraction(0))
        year += 1
    return found


def anniversary(day: date, year: int) -> date:
    return date(year, 2, 28) if (day.month, day.day) == (2, 29) and year % 4 else day.replace(year=year)


def distributed(
    world: World, rule: Values, place: str, latest: date, base: Fraction, variant: str
) -> dict[date, Fraction]:
    lines = [line.split(":") for line in rule["arrivals"].splitlines()]
    come = {
        int(year): Fraction(three.split("/")[VARIANTS.index(variant)].strip().replace(",", "."))
        for year, three in lines
    }
    key = share(world, rule, place)
    if key is None:
        return {}
    if rule["kind"] == "yearly":
        return {
            date(year, 12, 31): max(many * key, Fraction(0))
            for year, many in come.items()
            if date(year, 12, 31) > latest
        }
    if (latest + timedelta(days=1)).year < min(come):
        return {}
    found, total = {}, base
    for year, many in sorted(come.items()):
        days = [date(year, 1, 1) + timedelta(days=n) for n in range(366)]
        days = [each for each in days if each.year == year]
        total += many * key * len([each for each in days if each > latest]) / len(days)
        total = max(total, Fraction(0))
        if date(year, 12, 31) > latest:
            found[date(year, 12, 31)] = total
    return found


def share(world: World, rule: Values, place: str) -> Fraction | None:
    """The part of the arrivals that comes to a place; None where it is not known."""
    inhabited = [each for each in world["municipalities"] if each["inhabited"]]
    if rule["share_key"] == "typed":
        typed = dict(line.split(":") for line in rule["shares"].splitlines())
        return Fraction(typed.get(place, "0").strip().replace(",", ".")) / 100
    if rule["share_key"] == "population":
        counted = {each["ags"]: each["population"] for each in inhabited}
    else:
        counted = {each["ags"]: newest(world, rule["share_indicator_id"], each["ags"]) for each in inhabited}
    if any(each is None for each in counted.values()) or not sum(counted.values()):
        return None
    return Fraction(str(counted[place])) / sum(Fraction(str(each)) for each in counted.values())


def newest(world: World, indicator: int, place: str) -> float | None:
    found = {
        each["reference_date"]: each["value"]
        for each in world["observations"]
        if (each["ags"], each["indicator_id"]) == (place, indicator)
    }
    return found[max(found)] if found else None
