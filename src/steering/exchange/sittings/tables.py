"""A table of sittings: CSV, XLSX, or what somebody copied out of a web page, with headings or without."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from steering.analysis.incoming.lists.grids import plain, text
from steering.analysis.incoming.names import plain_name
from steering.exchange.sittings.found import (
    COMMITTEE,
    ON,
    PAPERS,
    FoundCalendar,
    FoundSitting,
    WrongCell,
    is_called_off,
    is_web,
)
from steering.model.german import count

Known = Callable[[str], bool]
_HEADINGS = {
    ON: (
        "datum",
        "termin",
        "sitzung am",
        "sitzungsdatum",
        "sitzungstermin",
        "tag",
        "beginn",
        "wann",
        "datum uhrzeit",
    ),
    COMMITTEE: (
        "gremium",
        "sitzung",
        "ausschuss",
        "bezeichnung",
        "titel",
        "betreff",
        "name",
        "gremien",
        "sitzung gremium",
    ),
    PAPERS: (
        "vorlagenschluss",
        "abgabeschluss",
        "abgabe der vorlagen",
        "redaktionsschluss",
        "vorlagen bis",
        "abgabefrist",
    ),
}
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("januar jan jaenner", "februar feb", "maerz mrz maer", "april apr", "mai", "juni jun", "juli jul",
         "august aug", "september sep sept", "oktober okt", "november nov", "dezember dez"), start=1)
    for name in names.split()
}  # fmt: skip
_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})(?!\d)")
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_WRITTEN = re.compile(r"(?<!\d)(\d{1,2})\.?\s+([a-z]{3,9})\.?\s+(\d{4})(?!\d)")
_MONTH_ALONE = re.compile(r"([a-z]{3,9})\s+(\d{4})")
_DAY_ALONE = re.compile(r"(?:(?:mo|di|mi|do|fr|sa|so)[a-z]*\s+)?(\d{1,2})")
_WEEKDAY = re.compile(r"(mo|di|mi|do|fr|sa|so|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)")
_CLOCK = re.compile(r"\d{1,2}([:.]\d{2})?( uhr)?( bis| -)?.{0,12}", re.I)
_NO_SUCH_DAY = "Den Tag »{}« gibt es nicht. Bitte Tag und Monat prüfen."
_NO_DAY = "In der Zeile steht kein Tag. Bitte als TT.MM.JJJJ ergänzen."


_FirstDay = tuple[date | None, int, tuple[WrongCell, ...]]


@dataclass
class _Month:
    """The month under whose heading rows stand, where a calendar gives days of the month alone."""

    year: int = 0
    month: int = 0


def read(rows: Sequence[Sequence[Any]], known: Known, links: Sequence[str] = ()) -> FoundCalendar:
    """Every row that names a day or a committee; `known` says whether a text names one, `links` are by
    row."""
    columns: dict[str, int] = {}
    month, found, left = _Month(), [], 0
    for at, cells in enumerate(rows):
        if heads := _headings(cells):
            columns = heads
            continue
        if _is_month(cells, month) or not any(text(cell) for cell in cells):
            continue
        sitting = _row(at + 1, cells, columns, month, known)
        if sitting is None:
            left += 1
            continue
        link = links[at] if at < len(links) else ""
        found.append(replace(sitting, link=link) if is_web(link) else sitting)
    notes = (
        [f"{count(left, 'Zeile', 'Zeilen')} ohne Tag und ohne Gremium übergangen."] if left and found else []
    )
    return FoundCalendar(tuple(found), tuple(notes))


def _headings(cells: Sequence[Any]) -> dict[str, int]:
    """Which column is which, where a row is a header: at least the day and who sits are named."""
    said = [plain_name(text(cell)) for cell in cells]
    found: dict[str, int] = {}
    for meaning, names in _HEADINGS.items():
        at = next(
            (said.index(name) for name in names if name in said and said.index(name) not in found.values()),
            None,
        )
        if at is not None:
            found[meaning] = at
    return found if ON in found and len(found) > 1 else {}


def _is_month(cells: Sequence[Any], month: _Month) -> bool:
    """Whether a row is the heading of a month, which is then noted."""
    said = [plain_name(text(cell)) for cell in cells if text(cell)]
    match = _MONTH_ALONE.fullmatch(said[0]) if len(said) == 1 else None
    if match is None or match[1] not in _MONTHS:
        return False
    month.year, month.month = int(match[2]), _MONTHS[match[1]]
    return True


def _row(
    number: int, cells: Sequence[Any], columns: dict[str, int], month: _Month, known: Known
) -> FoundSitting | None:
    given = [plain(cell) for cell in cells]
    said = [" ".join(text(cell).split()) for cell in cells]
    of = {meaning: at for meaning, at in columns.items() if at < len(cells)}
    days = [of[ON]] if ON in of else [at for at in range(len(given)) if at != of.get(PAPERS)]
    day, at, wrong = _first_day(given, said, days, month)
    title = said[of[COMMITTEE]] if COMMITTEE in of else _title(said, at, known)
    if day is None and not wrong:
        if not title or not known(title):
            return None
        wrong = (WrongCell(ON, said[days[0]] if len(days) == 1 else "", _NO_DAY),)
    papers: date | None = None
    amiss: tuple[WrongCell, ...] = ()
    if PAPERS in of and said[of[PAPERS]]:
        papers, _, amiss = _first_day(given, said, [of[PAPERS]], _Month(), PAPERS)
        if papers is None and not amiss:
            amiss = (WrongCell(PAPERS, said[of[PAPERS]], _NO_SUCH_DAY.format(said[of[PAPERS]][:30])),)
    return FoundSitting(
        number, titles=(title,), day=day, papers_due=papers,
        called_off=any(map(is_called_off, said)), wrong=(*wrong, *amiss),
    )  # fmt: skip


def _first_day(
    given: Sequence[Any], said: Sequence[str], places: Sequence[int], month: _Month, column: str = ON
) -> _FirstDay:
    """The first cell that is a day, where it stands, and what is wrong with it."""
    for at in places:
        value = given[at]
        if isinstance(value, date):
            return value.date() if isinstance(value, datetime) else value, at, ()
        if parts := _parts(said[at]):
            return _dated(parts, at, said[at], column)
    for at in places if month.year else ():
        alone = _DAY_ALONE.fullmatch(plain_name(said[at]))
        if alone and 1 <= int(alone[1]) <= 31:
            return _dated((month.year, month.month, int(alone[1])), at, said[at], column)
    return None, -1, ()


def _dated(parts: tuple[int, int, int], at: int, said: str, column: str) -> _FirstDay:
    try:
        return date(*parts), at, ()
    except ValueError:
        return None, at, (WrongCell(column, said, _NO_SUCH_DAY.format(said[:30])),)


def _parts(said: str) -> tuple[int, int, int] | None:
    """Year, month and day that a text names, whether or not there is such a day."""
    if match := _NUMBERS.search(said):
        year = int(match[3]) + (2000 if len(match[3]) == 2 else 0)
        return year, int(match[2]), int(match[1])
    if match := _ISO.search(said):
        return int(match[1]), int(match[2]), int(match[3])
    written = _WRITTEN.search(plain_name(said))
    if written and written[2] in _MONTHS:
        return int(written[3]), _MONTHS[written[2]], int(written[1])
    return None


def _title(said: Sequence[str], day_at: int, known: Known) -> str:
    """Without headings: the cell that names a known committee, else the first that is neither day nor
    time."""
    others = [
        cell for at, cell in enumerate(said)
        if cell and at != day_at and not _CLOCK.fullmatch(cell) and not _WEEKDAY.fullmatch(plain_name(cell))
    ]  # fmt: skip
    return next(filter(known, others), others[0] if others else "")
