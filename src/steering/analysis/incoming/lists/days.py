"""Days as lists write them; an order of day and month that one cell leaves open is the whole column's."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from steering.analysis.incoming.lists.grids import text
from steering.model import EndKind

_NUMBERS = re.compile(r"(\d{1,2})\s*([./-])\s*(\d{1,2})\s*[./-]\s*(\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})([T ]\d.*)?")
_YEAR = re.compile(r"(?:(anfang|ende|seit|bis|ab|in)\s+)?((?:19|20)\d\d)", re.I)
_MONTH = re.compile(r"(\d{1,2})\s*[./-]\s*((?:19|20)\d\d)")
_MONTH_NAME = re.compile(r"(?:(\d{1,2})\.?\s+)?([A-Za-zä]{3,9})\.?\s+((?:19|20)\d\d)", re.I)
_LEADING = re.compile(r"^(?:seit|ab|bis|vom|zum|von|since|until)\s+(?=\d|[A-Za-z]{3,9}\.?\s+\d{4})", re.I)
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar jan january", "februar feb february", "märz maerz mrz mar march", "april apr",
            "mai may", "juni jun june", "juli jul july", "august aug", "september sep sept",
            "oktober okt oct october", "november nov", "dezember dez dec december",
        ), start=1,
    )
    for name in names.split()
}  # fmt: skip
_EXCEL_ZERO = date(1899, 12, 30)
_SERIALS = range(20_000, 80_000)  # October 1954 to January 2119
OPEN = {"unbefristet", "dauerhaft", "daueraufgabe", "dauerangebot", "permanent", "unlimited"}
ANNUAL = {"jährlich", "jaehrlich", "jährlich neu", "haushaltsjahr", "annual", "annually", "yearly"}
UNKNOWN = {
    "laufend", "ongoing", "bis auf weiteres", "k.a.", "k. a.", "ka", "o.a.", "o. a.", "keine angabe",
    "unbekannt", "offen", "-", "–", "?", "n/a", "n.n.", "unknown", "tbd", "diverse", "divers", "x",
}  # fmt: skip


class Order(StrEnum):
    """In which order a column writes day and month."""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"


ORDER_WORDS = {Order.DAY_FIRST: "Tag/Monat/Jahr", Order.MONTH_FIRST: "Monat/Tag/Jahr"}


@dataclass(frozen=True)
class Day:
    """What a cell says of a day: the day, or the kind of end its words mean, and a note."""

    day: date | None = None
    kind: EndKind | None = None
    note: str = ""


def nothing(said: str) -> bool:
    """Whether a text says that nothing is known."""
    return not said or said.casefold().strip() in UNKNOWN


def order_of(values: Iterable[Any]) -> tuple[Order, str]:
    """The order of a column, and a sentence about it where numbers alone do not decide."""
    marked = _marked(values)
    day_first = [match for match in marked if int(match[1]) > 12]
    month_first = [match for match in marked if int(match[3]) > 12]
    if month_first and len(month_first) >= len(day_first):
        mixed = " Einzelne Angaben sind nur andersherum möglich." if day_first else ""
        return (
            Order.MONTH_FIRST,
            f"als {ORDER_WORDS[Order.MONTH_FIRST]} gelesen (wie »{month_first[0][0]}«).{mixed}",
        )
    if day_first:
        mixed = " Einzelne Angaben sind nur andersherum möglich." if month_first else ""
        return (
            Order.DAY_FIRST,
            f"als {ORDER_WORDS[Order.DAY_FIRST]} gelesen (wie »{day_first[0][0]}«).{mixed}",
        )
    if marked and any(match[1] != match[3] for match in marked):
        return Order.DAY_FIRST, f"als Tag/Monat/Jahr gelesen; »{marked[0][0]}« ließe auch Monat/Tag zu."
    return Order.DAY_FIRST, ""


def open_to_both(values: Iterable[Any]) -> str:
    """The first of the values that can be read with the day or with the month first; "" without one."""
    both = (
        match for match in _marked(values) if match[1] != match[3] and max(int(match[1]), int(match[3])) <= 12
    )
    return next((match[0] for match in both), "")


def decided(values: Iterable[Any]) -> bool:
    """Whether some of the values can be read in one order only."""
    return any(max(int(match[1]), int(match[3])) > 12 for match in _marked(values))


def _marked(values: Iterable[Any]) -> list[re.Match[str]]:
    """The days in numbers that are not written with points, which nobody puts behind a month."""
    seen = (_NUMBERS.match(value.strip()) for value in values if isinstance(value, str))
    return [match for match in seen if match and match[2] != "."]


def read(value: Any, order: Order, *, last: bool) -> Day:
    """A cell as a day; a year or month alone means its first day, or its `last`.

    Raises ValueError with a German sentence for what is no day.
    """
    if isinstance(value, datetime):
        return Day(value.date())
    if isinstance(value, date):
        return Day(value)
    said = text(value)
    plain = said.casefold()
    if nothing(said):
        return Day(kind=EndKind.UNKNOWN, note=f"»{said}« nennt keinen Tag." if len(said) > 2 else "")
    if plain in OPEN:
        return Day(kind=EndKind.OPEN)
    if plain in ANNUAL:
        return Day(kind=EndKind.ANNUAL)
    said = _LEADING.sub("", said)
    return _from_numbers(said, order) or _from_parts(said, last) or _refuse(said)


def _from_numbers(said: str, order: Order) -> Day | None:
    if match := _ISO.fullmatch(said):
        return Day(_date(said, int(match[1]), int(match[2]), int(match[3])))
    if match := _NUMBERS.fullmatch(said):
        first, second = int(match[1]), int(match[3])
        year = int(match[4]) + (2000 if len(match[4]) == 2 else 0)
        month_first = order == Order.MONTH_FIRST and match[2] != "."
        if (month_first and first > 12 >= second) or (not month_first and second > 12 >= first):
            month_first = not month_first
        day, month = (second, first) if month_first else (first, second)
        return Day(_date(said, year, month, day))
    if said.isdecimal() and int(said) in _SERIALS:
        return Day(_EXCEL_ZERO + timedelta(days=int(said)), note=f"»{said}« als Excel-Tageszahl gelesen.")
    return None


def _from_parts(said: str, last: bool) -> Day | None:
    if match := _YEAR.fullmatch(said):
        end = last if (match[1] or "").casefold() not in ("anfang", "ende") else match[1].casefold() == "ende"
        found = date(int(match[2]), 12, 31) if end else date(int(match[2]), 1, 1)
        return Day(found, note=f"»{said}« als {found:%d.%m.%Y} gelesen.")
    if match := _MONTH.fullmatch(said):
        found = _month(said, int(match[2]), int(match[1]), last)
        return Day(found, note=f"»{said}« als {found:%d.%m.%Y} gelesen.")
    match = _MONTH_NAME.fullmatch(said)
    if match and match[2].casefold() in _MONTHS:
        month, year = _MONTHS[match[2].casefold()], int(match[3])
        if match[1]:
            return Day(_date(said, year, month, int(match[1])))
        found = _month(said, year, month, last)
        return Day(found, note=f"»{said}« als {found:%d.%m.%Y} gelesen.")
    return None


def _month(said: str, year: int, month: int, last: bool) -> date:
    first = _date(said, year, month, 1)
    return (first + timedelta(days=32)).replace(day=1) - timedelta(days=1) if last else first


def _date(said: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"Den Tag »{said[:30]}« gibt es nicht. Bitte Tag und Monat prüfen.") from None


def _refuse(said: str) -> Day:
    raise ValueError(
        f"»{said[:30]}« ist kein Datum. Bitte als TT.MM.JJJJ angeben, z. B. 31.12.2026, oder »unbefristet«, "
        "»jährlich«, »k.A.«."
    )
