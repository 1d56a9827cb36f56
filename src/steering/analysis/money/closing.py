"""What of a funding lies in a year: the part that stays as it is once the year is closed.

What counts is what is recorded, not what a scenario expects of it. A funding without a recorded end lies in
every year from its start, whatever kind of end that is; a co-financing lies where the carrying funding lies
that it accompanies. A year's part is that of each of its days, so a total that is spread over more days is
another part even where the year's days are the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

import pandas as pd

from steering.analysis.portfolio import Portfolio
from steering.model import AmountBasis, FundingPart
from steering.model.base import EARLIEST, LATEST
from steering.model.german import day

Row = Mapping[str, Any]

# What a funding says of each of its days beside its amount: whose money, as what, for how much.
_OF_EACH_DAY = ("payer", "payer_name", "programme_id", "part", "share_percent", "fte", "places")
_AMOUNT = ("amount_cents", "amount_basis")
_DAYS = ("start", "end")
FIELDS = frozenset((*_OF_EACH_DAY, *_AMOUNT, *_DAYS, "accompanies_id"))
"""The fields of a funding that say what of it lies in which year."""


@dataclass(frozen=True)
class YearPart:
    """The part of a funding in a year: its days, what each of them costs, and what else is said of each.

    `rate`: cents per day for a total, per year for a yearly amount, as entered for one whose basis is not
    known; None for an unknown amount. `spread`: whether `rate` rests on the length of the whole funding.
    """

    first: date
    last: date
    rate: tuple[str, Fraction] | None
    said: tuple[Any, ...]
    spread: bool = field(compare=False)


def part_in(year: int, funding: Row, accompanied: Row | None = None) -> YearPart | None:
    """The part of a funding that lies in a year; None where nothing does.

    `accompanied`: the carrying funding that it names as accompanied, if any.
    """
    carrying = accompanied if _follows(funding, accompanied) else None
    own, days = _recorded(funding), _recorded(carrying or funding)
    if own is None or days is None:
        return None
    first, last = max(days[0], date(year, 1, 1)), min(days[1], date(year, 12, 31))
    if last < first:
        return None
    length = _length(funding) or (_length(carrying) if carrying is not None else None)
    spread = funding["amount_basis"] == AmountBasis.TOTAL and length is not None
    said = tuple(funding[name] for name in _OF_EACH_DAY)
    return YearPart(first, last, _rate(funding, length if spread else None), said, spread)


def kept_fields(funding: Row) -> frozenset[str]:
    """The fields whose every change changes a closed year in which the funding lies.

    Its days are among them only where its amount is spread over them; else they may move in open years.
    """
    total = funding["amount_basis"] == AmountBasis.TOTAL and funding["amount_cents"] is not None
    return frozenset((*_OF_EACH_DAY, *_AMOUNT, *(_DAYS if total else ())))


def _follows(funding: Row, accompanied: Row | None) -> bool:
    return (
        accompanied is not None
        and funding["part"] != FundingPart.CARRYING
        and accompanied["part"] == FundingPart.CARRYING
    )


def _recorded(funding: Row) -> tuple[date, date] | None:
    """First and last recorded day; None where they contradict each other."""
    first, last = funding["start"] or EARLIEST, funding["end"] or LATEST
    return (first, last) if first <= last else None


def _length(funding: Row) -> int | None:
    """How many days it lasts, where both its first and its last one are recorded."""
    first, last = funding["start"], funding["end"]
    return (last - first).days + 1 if first and last and first <= last else None


def _rate(funding: Row, length: int | None) -> tuple[str, Fraction] | None:
    cents = funding["amount_cents"]
    if cents is None:
        return None
    return str(funding["amount_basis"]), Fraction(cents, length or 1)


def closed_for(portfolio: Portfolio, funding_id: int | None) -> list[dict[str, Any]]:
    """The closings of years in which a funding lies, one for each year; without a funding those for all.

    Where a year is closed for all and for the funding itself, the latter: it knows its Verwendungsnachweis.
    """
    rows = portfolio.closed_years
    if rows.empty:
        return []
    shut = rows[rows["opened_on"].isna()].sort_values("funding_id", na_position="last", kind="stable")
    row = _funding(portfolio, funding_id)
    carrying = row["accompanies_id"] if row else None
    accompanied = _funding(portfolio, carrying)
    found: dict[int, dict[str, Any]] = {}
    for one in map(_plain, shut.to_dict("records")):
        meant = one["funding_id"] is None or one["funding_id"] in (funding_id, carrying)
        if meant and (row is None or part_in(int(one["year"]), row, accompanied)):
            found.setdefault(int(one["year"]), one)
    return [found[year] for year in sorted(found)]


def kept(portfolio: Portfolio, funding_id: int | None) -> frozenset[str]:
    """The fields of a funding that no change can pass with the years that are closed."""
    row = _funding(portfolio, funding_id)
    return kept_fields(row) if row is not None and closed_for(portfolio, funding_id) else frozenset()


def in_words(closed: Row) -> str:
    """2025 abgeschlossen, Verwendungsnachweis vom 31.03.2026."""
    if closed["proof_on"] is not None:
        return f"{closed['year']} abgeschlossen, Verwendungsnachweis vom {day(closed['proof_on'])}"
    return f"{closed['year']} abgeschlossen am {day(closed['closed_on'])}"


def _funding(portfolio: Portfolio, funding_id: int | None) -> dict[str, Any] | None:
    rows = portfolio.fundings
    found = rows[rows["id"] == funding_id].to_dict("records") if funding_id is not None else []
    return _plain(found[0]) if found else None


def _plain(row: Mapping[Any, Any]) -> dict[str, Any]:
    """A row of a frame as storage knows it."""
    return {
        str(name): None if pd.isna(value) else value.date() if isinstance(value, pd.Timestamp) else value
        for name, value in row.items()
    }
