"""How a paper says amounts of the Landkreis: in whole euros, by budget year, years alike together."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from steering.analysis.money import county_words
from steering.analysis.money.county import YearMoney
from steering.analysis.money.county_words import whole
from steering.model.german import in_a_row, listing

__all__ = [
    "OPEN_AMOUNT",
    "are_several",
    "budget_years",
    "in_years",
    "of_county",
    "of_years",
    "spans",
    "whole",
]

OPEN_AMOUNT = "in noch zu beziffernder Höhe"


def of_county(years: tuple[YearMoney, ...]) -> list[str]:
    """What falls on the Landkreis by budget year; [] where it is nothing in all of them."""
    if years and all(each.unknown and not each.recorded and each.estimated is None for each in years):
        return [OPEN_AMOUNT]
    return in_years({each.year: _amount(each) for each in years if each.recorded or _not_recorded(each)})


def _not_recorded(of_year: YearMoney) -> bool:
    return of_year.estimated is not None or of_year.unknown > 0


def _amount(of_year: YearMoney) -> str:
    """In words; "" where nothing of it is known."""
    known = of_year.recorded or of_year.estimated is not None
    return county_words.said(of_year) if known else ""


def spans(costs: pd.DataFrame) -> list[str]:
    """Own money by budget year, as `comparison.Comparison.costs` has it."""
    told = {}
    for row in costs.to_dict("records"):
        amount = "" if pd.isna(row["own_cents"]) else whole(row["own_cents"])
        unknown = " und weitere noch nicht bekannte" if amount and row["own_unknown"] else ""
        told[int(row["year"])] = f"{amount}{unknown}"
    return in_years(told)


def in_years(told: dict[int, str]) -> list[str]:
    """Amounts by budget year, years in a row with the same one together; "" for what is not known."""
    return [_span(amount, years) for years, amount in in_a_row(told)]


def _span(amount: str, years: str) -> str:
    if not amount:
        return f"in noch nicht bekannter Höhe {_when(years)}"
    return f"von {'je ' if are_several(years) else ''}{amount} {_when(years)}"


def budget_years(years: Iterable[int]) -> str:
    """im Haushaltsjahr 2026 und in den Haushaltsjahren 2028 bis 2030."""
    whens = [_when(each) for each, _ in in_a_row(dict.fromkeys(sorted(years), ""))]
    return listing(whens, len(whens))


def _when(years: str) -> str:
    return f"in den Haushaltsjahren {years}" if are_several(years) else f"im Haushaltsjahr {years}"


def of_years(years: str, said: str) -> str:
    """2027: 13.000 €; 2027 bis 2029: je Jahr 13.000 €, lest it be taken for the sum of all; what names no
    amount can be taken for none."""
    return f"{years}: {'je Jahr ' if are_several(years) and '€' in said else ''}{said}"


def are_several(years: str) -> bool:
    """Whether a span of `in_a_row` is longer than a year."""
    return " bis " in years
