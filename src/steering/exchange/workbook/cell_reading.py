"""What a cell of our own workbook means, also after Excel, LibreOffice or a hurried hand has been at it."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from steering.analysis.incoming.cells import Percent, Unreadable
from steering.exchange.workbook.columns import CellKind, Column
from steering.exchange.workbook.reference_names import same
from steering.model.german import bearable, read_day, read_euro, read_number
from steering.model.vocabulary import FORMER_WORDS, WORDS

_FIRST_DAY, _DAYS = date(1899, 12, 30), range(1, 80_000)
_YEARS = range(1950, 2101)  # as days of a spreadsheet these lie in 1905
_POINT = re.compile(r"[+-]?\d+\.\d+")
_MOMENT = re.compile(r"(\S+)[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*(?:Uhr)?")
_KEYS = {8: re.compile(r"\d{7}"), 5: re.compile(r"\d{4}"), 12: re.compile(r"\d{11}")}
_KEY_FIELDS = {"ags": 8, "seat_ags": 8, "postcode": 5, "district_key": 5, "ars": 12}
_YES = {"ja", "j", "x", "wahr", "true", "yes", "1", "1.0"}
_NO = {"nein", "n", "falsch", "false", "no", "0", "0.0", "-"}
_MARKED = _YES | {"löschen", "archivieren", "löschen/archivieren"}


def is_empty(cell: Any) -> bool:
    """Whether nothing stands in a cell; blanks are nothing."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def readable(cell: Any) -> Any:
    """The cell itself. Raises ValueError with a German sentence where it is unreadable."""
    if isinstance(cell, Unreadable):
        raise ValueError(cell.reason)
    return cell


def as_words(cell: Any) -> str:
    """A cell as a person sees it."""
    match cell:
        case None:
            return ""
        case bool():
            return "ja" if cell else "nein"
        case float() if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell))
        case float():
            return str(cell).replace(".", ",")
        case datetime():
            return f"{cell:%d.%m.%Y}" if cell.time() == time() else f"{cell:%d.%m.%Y %H:%M}"
        case date():
            return f"{cell:%d.%m.%Y}"
        case time():
            return f"{cell:%H:%M}"
    return str(cell).strip()


def value_of(column: Column, cell: Any) -> Any:
    """The value of a cell that names no other record; None for an empty one.

    Raises ValueError with a German sentence, also for a cell that is unreadable: that is never empty.
    """
    readable(cell)
    if is_empty(cell):
        return "" if column.kind is CellKind.TEXT and not column.choices else None
    return _READERS[column.kind](column, cell)


def check_day(column: Column, cell: Any, day: Any) -> None:
    """Refuse the day that a spreadsheet makes of a year which somebody typed in; ValueError in German."""
    if column.kind is CellKind.DAY and day is not None and not isinstance(cell, str):
        year = (day - _FIRST_DAY).days
        if year in _YEARS:
            raise ValueError(
                f"Hier steht die Zahl {year}, die Excel als {day:%d.%m.%Y} versteht. Bitte den ganzen Tag "
                f"eintragen, z. B. 31.12.{year}."
            )


def _text(column: Column, cell: Any) -> str:
    text = as_words(cell)
    digits = _KEY_FIELDS.get(column.field)
    # Excel takes keys for numbers, and their leading zero away.
    return f"0{text}" if digits and _KEYS[digits].fullmatch(text) else text


def _number(column: Column, cell: Any) -> float | None:
    if isinstance(cell, Percent) and column.field.endswith("_percent"):
        return round(cell * 100, 10)
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return bearable(float(cell), as_words(cell))
    text = as_words(cell)
    if isinstance(cell, (date, time)):
        raise ValueError(f"»{text}« ist keine Zahl, sondern ein Datum. Bitte die Zelle als Zahl eingeben.")
    sign = -1 if text.startswith("-") else 1
    bare = text.removeprefix("-").removeprefix("+").strip()
    if _POINT.fullmatch(bare) and (len(bare.split(".")[1]) != 3 or bare.startswith("0")):
        return sign * bearable(float(bare), bare)
    found = read_number(bare)
    return None if found is None else sign * found


def _whole(column: Column, cell: Any) -> int | None:
    found = _number(column, cell)
    if found is None:
        return None
    if not found.is_integer():
        raise ValueError(f"»{as_words(cell)}« ist keine ganze Zahl. Bitte prüfen.")
    return int(found)


def _money(column: Column, cell: Any) -> int | None:
    if isinstance(cell, str):
        bare = re.sub(r"(€|EUR|Euro)\s*$", "", cell.strip()).strip()
        return read_euro(cell) if not _POINT.fullmatch(bare) else _cents(_number(column, bare))
    return _cents(_number(column, cell))


def _cents(euros: float | None) -> int | None:
    return None if euros is None else round(euros * 100)


def _yes_no(column: Column, cell: Any) -> bool:
    word = same(as_words(cell))
    if word in _YES or word in _NO:
        return word in _YES
    raise ValueError(f"»{as_words(cell)[:30]}« ist weder ja noch nein. Bitte »ja« oder »nein« eintragen.")


def _mark(column: Column, cell: Any) -> bool:
    word = same(as_words(cell))
    if word in _MARKED or word in _NO:
        return word in _MARKED
    raise ValueError(f"»{as_words(cell)[:30]}« ist nicht verständlich. Bitte »ja« eintragen oder leeren.")


def _day(column: Column, cell: Any) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        if int(cell) in _DAYS:
            return _FIRST_DAY + timedelta(days=int(cell))
        raise ValueError(f"»{as_words(cell)}« ist kein Datum. Bitte als TT.MM.JJJJ eingeben.")
    text = as_words(cell)
    found = _MOMENT.fullmatch(text)
    return read_day(found[1] if found else text)


def _moment(column: Column, cell: Any) -> datetime | None:
    if isinstance(cell, datetime):
        return cell
    if isinstance(cell, (int, float)) and not isinstance(cell, bool) and int(cell) in _DAYS:
        return datetime.combine(_FIRST_DAY, time()) + timedelta(seconds=round(cell * 86_400))
    found = _MOMENT.fullmatch(as_words(cell)) if isinstance(cell, str) else None
    day = _day(column, found[1] if found else cell)
    if day is None:
        return None
    hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:]) if found else (0, 0, 0)
    return datetime.combine(day, _clock(hours, minutes, seconds, as_words(cell)))


def _time(column: Column, cell: Any) -> time:
    if isinstance(cell, datetime):
        return cell.time()
    if isinstance(cell, time):
        return cell
    if isinstance(cell, float) and 0 <= cell < 1:
        return (datetime.combine(_FIRST_DAY, time()) + timedelta(seconds=round(cell * 86_400))).time()
    text = as_words(cell)
    found = re.fullmatch(r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?\s*(?:Uhr)?", text)
    if not found:
        raise ValueError(f"»{text[:30]}« ist keine Uhrzeit. Bitte z. B. 14:00 eingeben.")
    return _clock(int(found[1]), int(found[2]), int(found[3] or 0), text)


def _clock(hours: int, minutes: int, seconds: int, text: str) -> time:
    try:
        return time(hours, minutes, seconds)
    except ValueError:
        raise ValueError(f"Die Uhrzeit »{text[:30]}« gibt es nicht. Bitte prüfen.") from None


def _choice(column: Column, cell: Any) -> str:
    assert column.choices is not None
    words = WORDS[column.choices]
    known = {same(word): str(member) for member, word in words.items()}
    known = {same(str(member)): str(member) for member in column.choices} | known
    known |= {same(word): str(member) for word, member in FORMER_WORDS.get(column.choices, {}).items()}
    text = as_words(cell)
    if same(text) not in known:
        raise ValueError(f"»{text[:30]}« steht nicht zur Wahl. Möglich sind: {', '.join(words.values())}.")
    return known[same(text)]


def members(cell: Any) -> list[str]:
    """The names that stand side by side in one cell."""
    text = as_words(cell)
    if "\n" in text and '"' not in text:
        text = text.replace("\n", ";")
    try:
        parts = next(csv.reader([text.replace("\n", "\0")], delimiter=";", skipinitialspace=True), [])
    except csv.Error:
        parts = text.split(";")
    return [part.replace("\0", "\n").strip() for part in parts if part.strip()]


_READERS: dict[CellKind, Callable[[Column, Any], Any]] = {
    CellKind.TEXT: _text,
    CellKind.WHOLE: _whole,
    CellKind.NUMBER: _number,
    CellKind.MONEY: _money,
    CellKind.YES_NO: _yes_no,
    CellKind.DAY: _day,
    CellKind.MOMENT: _moment,
    CellKind.TIME: _time,
    CellKind.CHOICE: _choice,
    CellKind.MARK: _mark,
}
