"""Days as lists write them; an order of day and month that one cell leaves open is the whole column's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from steering.analysis.incoming.lists.grids import text
from steering.model import EndKind

_NUMBERS = re.compile(r"(\d{1,2})\s*([./-])\s*(\d{1,2})\s*[./-]\s*(\d{4}|\d{2})")
_IN_NUMBERS = re.compile(rf"(?<![\d-]){_NUMBERS.pattern}(?!\d)")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_CLOCK = re.compile(
    r"(?<=\d)[T,]?\s*(\d{1,2}:\d{2}(?::\d{2})?)(?:[.,]\d+)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?(?: Uhr)?$", re.I
)
_YEAR = re.compile(r"(?:(anfang|ende|seit|bis|ab|in)\s+)?((?:19|20)\d\d)", re.I)
_MONTH = re.compile(r"(\d{1,2})\s*[./-]\s*((?:19|20)\d\d)")
_MONTH_NAME = re.compile(r"(?:(\d{1,2})\.?[\s-]*)?([A-Za-zä]{3,9})\.?[\s-]*((?:19|20)\d\d|\d\d)", re.I)
_SINCE, _UNTIL = r"seit(?: dem)?|ab(?: dem)?", r"bis(?: zum| einschl\w*\.?)?"
_A_DAY = r"\s+(?=\d|[A-Za-z]{3,9}\.?\s+\d{4})"
_OTHER_END = {
    True: re.compile(rf"^(?:{_SINCE}|von|vom|since|from){_A_DAY}", re.I),
    False: re.compile(rf"^(?:{_UNTIL}|until){_A_DAY}", re.I),
}
_LEADING = re.compile(rf"^(?:{_SINCE}|{_UNTIL}|vom|zum|von|since|until){_A_DAY}", re.I)
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
_YEARS = range(1950, 2101)  # as days of Excel these lie in 1905
_LATEST = 2199
_SAYS = {
    True: "wann etwas beginnt, und nicht, wann es endet",
    False: "wann etwas endet, und nicht, wann es beginnt",
}
_DOUBTFUL = range(50, 70)
_LONGEST = 80
_TWO_DAYS = re.compile(r"\d{4}.*[-–—].*\d{4}|\d{4}.*\bbis\b.*\d{4}")
_GERMANY = ZoneInfo("Europe/Berlin")
OPEN = {"unbefristet", "unbegrenzt", "dauerhaft", "daueraufgabe", "dauerangebot", "permanent", "unlimited"}
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


def orders(columns: Mapping[str, Sequence[Any]]) -> Mapping[str, tuple[Order, str]]:
    """For each column of days of a table its order, and a sentence where numbers alone do not decide.

    A column that leaves it open follows the others of its table, as far as they agree.
    """
    seen = {heading: _marked(values) for heading, values in columns.items()}
    own = {heading: _decided_order(marked) for heading, marked in seen.items()}
    deciding = {order: heading for heading, (order, _) in own.items() if order is not None}
    found: dict[str, tuple[Order, str]] = {}
    for heading, (order, note) in own.items():
        both = next((match[0] for match in seen[heading] if match[1] != match[3]), "")
        if order is not None:
            found[heading] = order, note
        elif both and len(deciding) == 1:
            ((shared, where),) = deciding.items()
            found[heading] = shared, f"als {ORDER_WORDS[shared]} gelesen, wie »{where}«."
        elif both:
            note = f"als Tag/Monat/Jahr gelesen; »{both}« ließe auch Monat/Tag zu."
            found[heading] = Order.DAY_FIRST, note
        else:
            found[heading] = Order.DAY_FIRST, ""
    return found


def _decided_order(marked: Sequence[re.Match[str]]) -> tuple[Order | None, str]:
    """The order that the days of a column can only have, most of them, and a sentence about it."""
    day_first = [match for match in marked if int(match[1]) > 12]
    month_first = [match for match in marked if int(match[3]) > 12]
    if not (day_first or month_first):
        return None, ""
    order = Order.MONTH_FIRST if len(month_first) >= max(len(day_first), 1) else Order.DAY_FIRST
    like = (month_first if order == Order.MONTH_FIRST else day_first)[0][0]
    mixed = " Einzelne Angaben sind nur andersherum möglich." if day_first and month_first else ""
    return order, f"als {ORDER_WORDS[order]} gelesen (wie »{like}«).{mixed}"


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
    return [
        match
        for value in values
        if isinstance(value, str)
        for match in _IN_NUMBERS.finditer(value[: 2 * _LONGEST])
        if match[2] != "."
    ]


def read(value: Any, order: Order, *, last: bool) -> Day:
    """A cell as a day; a year or month alone means its first day, or its `last`.

    A last day beyond every calendar (31.12.9999) is none. Raises ValueError with a German sentence for what
    is no day.
    """
    found = _read(value, order, last=last)
    if found.day is None or found.day.year <= _LATEST:
        return found
    if last:
        return Day(kind=EndKind.OPEN, note=f"»{text(value)[:30]}« als unbefristet gelesen.")
    raise ValueError(f"»{text(value)[:30]}« ist kein Beginn. Bitte den ersten Tag angeben.")


def _read(value: Any, order: Order, *, last: bool) -> Day:
    if isinstance(value, datetime):
        return _moment(value, "", last)
    if isinstance(value, date):
        return _shown(value, last)
    said = text(value)
    plain = said.casefold()
    if nothing(said):
        return Day(kind=EndKind.UNKNOWN, note=f"»{said}« nennt keinen Tag." if len(said) > 2 else "")
    if plain in OPEN:
        return Day(kind=EndKind.OPEN)
    if plain in ANNUAL:
        return Day(kind=EndKind.ANNUAL)
    if len(said) > _LONGEST:
        return _refuse(said)
    if _OTHER_END[last].match(said):
        raise ValueError(
            f"»{said[:30]}« sagt, {_SAYS[last]}. Bitte {'das Ende' if last else 'den Beginn'} angeben oder "
            "die Zelle leer lassen."
        )
    said = _LEADING.sub("", said)
    if clock := _CLOCK.search(said):
        return _with_clock(said[: clock.start()].strip(), clock, order, last)
    return _from_numbers(said, order, last) or _from_parts(said, last) or _refuse(said)


def _with_clock(said: str, clock: re.Match[str], order: Order, last: bool) -> Day:
    """A day with a time: midnight of Germany where it names another zone, else the day it says."""
    found = _from_numbers(said, order, last) or _from_parts(said, last) or _refuse(said)
    if found.day is None:
        return found
    hour, minute = (int(part) for part in clock[1].split(":")[:2])
    if hour > 23 or minute > 59:
        return _refuse(f"{said} {clock[1]}")
    return _moment(datetime.combine(found.day, time(hour, minute)), clock[2] or "", last)


def _moment(moment: datetime, zone: str, last: bool) -> Day:
    """The German day of a moment; what an export wrote as 22 or 23 o'clock of UTC is the next midnight."""
    if moment.year > _LATEST:
        return Day(moment.date())
    if zone:
        name = re.sub("Z|UTC", "+00:00", zone.upper())
        moment = datetime.fromisoformat(f"{moment:%Y-%m-%dT%H:%M}{name}")
    if moment.tzinfo is not None:
        return Day(moment.astimezone(_GERMANY).date())
    if moment.time() == time():
        return _shown(moment.date(), last)
    local = moment.replace(tzinfo=UTC).astimezone(_GERMANY)
    if local.time() == time() and local.date() != moment.date():
        note = f"»{moment:%d.%m.%Y %H:%M}« als Mitternacht zum {local:%d.%m.%Y} gelesen."
        return Day(local.date(), note=note)
    return Day(moment.date())


def _shown(day: date, last: bool) -> Day:
    """A date cell; one in 1905 is a year typed into a cell that is formatted as a date."""
    serial = (day - _EXCEL_ZERO).days
    if serial in _YEARS:
        found = date(serial, 12, 31) if last else date(serial, 1, 1)
        return Day(found, note=f"Die Zahl {serial} als {found:%d.%m.%Y} gelesen.")
    return Day(day)


def _from_numbers(said: str, order: Order, last: bool) -> Day | None:
    if match := _ISO.fullmatch(said):
        return Day(_date(said, int(match[1]), int(match[2]), int(match[3])))
    if match := _NUMBERS.fullmatch(said):
        first, second = int(match[1]), int(match[3])
        month_first = order == Order.MONTH_FIRST and match[2] != "."
        if (month_first and first > 12 >= second) or (not month_first and second > 12 >= first):
            month_first = not month_first
        day, month = (second, first) if month_first else (first, second)
        return _dated(said, match[4], month, day)
    if said.isdecimal() and len(said) == 5 and int(said) in _SERIALS:
        return Day(_EXCEL_ZERO + timedelta(days=int(said)), note=f"»{said}« als Excel-Tageszahl gelesen.")
    return None


def _year(said: str, written: str) -> int:
    """A year as written, of two digits the one within reach: 98 is 1998, 30 is 2030, 60 may be either."""
    year = int(written)
    if len(written) == 4:
        return year
    if year in _DOUBTFUL:
        raise ValueError(f"»{said[:30]}«: 19{year} oder 20{year}? Bitte das Jahr vierstellig angeben.")
    return year + (1900 if year > _DOUBTFUL[-1] else 2000)


def _dated(said: str, written: str, month: int, day: int) -> Day:
    found = _date(said, _year(said, written), month, day)
    old = len(written) == 2 and found.year < 2000
    return Day(found, note=f"»{said}« als {found:%d.%m.%Y} gelesen." if old else "")


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
        month = _MONTHS[match[2].casefold()]
        if match[1]:
            return _dated(said, match[3], month, int(match[1]))
        year = _year(said, match[3])
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
    both = " Beginn und Ende stehen in einer Zelle." if _TWO_DAYS.search(said[: 2 * _LONGEST]) else ""
    raise ValueError(
        f"»{said[:30]}« ist kein Datum.{both} Bitte als TT.MM.JJJJ angeben, z. B. 31.12.2026, "
        "oder »unbefristet«, »jährlich«, »k.A.«."
    )
