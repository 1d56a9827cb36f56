"""What each day costs and who pays, as docs/rules.md#money tells it, in exact fractions of a cent."""

from __future__ import annotations

import calendar
from collections import defaultdict
from datetime import date
from fractions import Fraction
from typing import Any

from tests.oracles.lives import (
    ACTIVE,
    NOTHING,
    UNKNOWN,
    accompanied,
    days,
    figure,
    funding_state,
    known_end,
    last_carried_day,
    lives,
)

Values = dict[str, Any]
Source = tuple[str, int]


def daily_rate(funding: Values, fundings: list[Values], day: date) -> Fraction | None:
    """Cents on a day on which a funding is active; None where that is not known."""
    amount = funding["amount_cents"]
    if amount is None:
        return None
    if funding["amount_basis"] == "per_year":
        return Fraction(amount, 366 if calendar.isleap(day.year) else 365)
    if funding["amount_basis"] == "total":
        length = granted_days(funding)
        followed = accompanied(funding, fundings)
        if length is None and followed:
            length = granted_days(followed)
        return Fraction(amount, length) if length else None
    return None


def granted_days(funding: Values) -> int | None:
    end = known_end(funding, "end")
    if funding["start"] is None or end is None or end < funding["start"]:
        return None
    return (end - funding["start"]).days + 1


def cost_of_going_on(
    structure: Values, fundings: list[Values], last: date, day: date, today: date, rule: str
) -> Fraction | None:
    """The daily rates of the last carried day × FTE afterwards ÷ effective FTE of that day.

    A yearly amount is spread over the days of the year that is paid for.
    """
    total = Fraction(0)
    active = []
    for funding in fundings:
        if funding["structure_id"] != structure["id"]:
            continue
        state = funding_state(funding, fundings, last, today, rule)
        if state == NOTHING:
            continue
        rate = daily_rate(funding, fundings, day)
        if state == UNKNOWN or rate is None:
            return None
        total += rate
        if funding["part"] == "carrying":
            active.append(funding)
    before, after = figure(structure, active, "fte"), structure["fte_after"]
    if not before or after is None:
        return None
    return total * Fraction(str(after)) / Fraction(str(before)).limit_denominator(1_000_000)


def costs(
    structures: list[Values], fundings: list[Values], today: date, rule: str, search: tuple[date, date]
) -> dict[tuple[Source, str], dict[date, Fraction | None]]:
    """By source and payer, the cents of each day on which there is, or may be, money; None: unknown."""
    found: dict[tuple[Source, str], dict[date, Fraction | None]] = defaultdict(dict)
    for funding in fundings:
        for day in days(*search):
            state = funding_state(funding, fundings, day, today, rule)
            if state != NOTHING:
                rate = daily_rate(funding, fundings, day) if state == ACTIVE else None
                found[("funding", funding["id"]), str(funding["payer"])][day] = rate
    for structure in structures:
        carrying = [f for f in fundings if f["structure_id"] == structure["id"] and f["part"] == "carrying"]
        last = last_carried_day(carrying, fundings, today, rule, search)
        if structure["on_loss"] != "continues" or last is None or last >= search[1]:
            continue
        for day, life in lives(structure, fundings, today, rule, search).items():
            if day > last and life["state"] != "not_running":
                cost = cost_of_going_on(structure, fundings, last, day, today, rule)
                known = life["state"] == "running"
                found[("structure", structure["id"]), "uncovered"][day] = cost if known else None
    return found


def in_period(
    costs: dict[tuple[Source, str], dict[date, Fraction | None]], payer: str, first: date, last: date
) -> tuple[Fraction | None, int, int]:
    """The sum of what is known (None: there is money, and none of it is known), known and unknown sources."""
    known = unknown = 0
    rates: list[Fraction] = []
    for (_, who), by_day in costs.items():
        paid = [rate for day, rate in by_day.items() if first <= day <= last]
        if who != payer or not paid:
            continue
        rates += [rate for rate in paid if rate is not None]
        if any(rate is None for rate in paid):
            unknown += 1
        else:
            known += 1
    return (None if unknown and not rates else sum(rates, Fraction(0))), known, unknown
