"""Days, numbers and money as people in a German office write and read them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_decimal

from steering.model.enums import EndKind

UNKNOWN = "nicht bekannt"
PAST = "vorbei"
TIME_ZONE = ZoneInfo("Europe/Berlin")
_DAY = re.compile(r"(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{2}|\d{4})")
_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
# The space between a figure and what it counts in, and between a paragraph sign and its number.
_APART = re.compile(r"(?<=\d) (?=(?:€|%|VZÄ|Euro|Plätze\b|Stellen?\b))|(?<=§) (?=\d)|(?<=rund) (?=\d)")
_LARGEST = 1e15
_MINUS = ("-", "\N{MINUS SIGN}", "\N{EN DASH}")
_WHOLE = "Bitte ohne Nachkommastellen eingeben, z. B. 14."
# No thousands begin with a nought: the point of 0.125 is English.
_NUMBER = re.compile(r"[1-9]\d{0,2}(\.\d{3})+(,\d+)?|\d+(,\d+)?")
_CENTS = re.compile(r"[^,]*(,\d{1,2})?")
_END_WORDS = {
    "unbefristet": EndKind.OPEN,
    "dauerhaft": EndKind.OPEN,
    "daueraufgabe": EndKind.OPEN,
    "jährlich": EndKind.ANNUAL,
    "nicht bekannt": EndKind.UNKNOWN,
    "unbekannt": EndKind.UNKNOWN,
    "k.a.": EndKind.UNKNOWN,
    "offen": EndKind.UNKNOWN,
    "": EndKind.UNKNOWN,
}


def day(value: date | None, empty: str = UNKNOWN) -> str:
    """31.12.2026, or `empty` where there is no day."""
    # A NaT is not equal to itself.
    return empty if value is None or value != value else f"{value:%d.%m.%Y}"


def local(moment: datetime) -> datetime:
    """A moment of the history, which is in UTC without a zone, as the clock on the wall showed it."""
    return moment.replace(tzinfo=UTC).astimezone(TIME_ZONE)


def moment_in_words(moment: datetime) -> str:
    """27.11.2026 um 14:05 Uhr, from a moment of the history."""
    return f"{local(moment):%d.%m.%Y um %H:%M} Uhr"


def ago(moment: datetime, now: datetime) -> str:
    """eben, vor 5 Minuten, vor 2 Stunden, vor 3 Tagen; a moment to come says that a clock was wrong."""
    passed = now - moment
    if passed < -timedelta(minutes=1):
        return "liegt in der Zukunft, bitte die Uhr prüfen"
    hours = int(passed / timedelta(hours=1))
    if hours >= 48:
        return f"vor {hours // 24} Tagen"
    if hours:
        return f"vor {count(hours, 'Stunde', 'Stunden')}"
    minutes = passed // timedelta(minutes=1)
    return f"vor {count(minutes, 'Minute', 'Minuten')}" if minutes > 0 else "eben"


def signed(moment: datetime, actor: str) -> str:
    """am 27.11.2026 um 14:05 Uhr von FB 22, from what the history has of a change."""
    return f"am {moment_in_words(moment)} von {actor}"


def with_capital(words: str) -> str:
    """Words as they begin a sentence or a heading."""
    return f"{words[:1].upper()}{words[1:]}"


def as_sentence(words: str) -> str:
    """Words as a sentence of their own."""
    return f"{with_capital(words)}."


def about(value: date | None, estimated: bool, remark: str = "") -> str:
    """A day, and that it is only estimated where it is, with what else is to be remarked about it."""
    remarks = ", ".join(filter(None, ("geschätzt" if estimated else "", remark)))
    return f"{day(value)} ({remarks})" if remarks else day(value)


def weekday(value: date) -> str:
    """Freitag, 1. Januar 2027, for the head of a letter."""
    return str(format_date(value, "EEEE, d. MMMM y", locale="de_DE"))


def number(value: float | None, digits: int = 1, empty: str = UNKNOWN) -> str:
    """1.234,5 with at most `digits` decimals, or `empty` where there is no number."""
    if value is None or value != value:
        return empty
    # Minus nought, which equals nought and would be kept for it, is none after this.
    return _number(value + 0, digits)


@lru_cache(maxsize=4096)
def _number(value: float, digits: int) -> str:
    # The same few are written again on every page, and each takes a tenth of a millisecond.
    return str(format_decimal(value, format=f"#,##0.{'#' * digits}" if digits else "#,##0", locale="de_DE"))


def euro(cents: float | None, empty: str = UNKNOWN) -> str:
    """13.000 € from cents, with cents only where there are any."""
    if cents is None or cents != cents:
        return empty
    whole = round(cents)
    pattern = "#,##0" if whole % 100 == 0 else "#,##0.00"
    return f"{format_decimal(whole / 100, format=pattern, locale='de_DE')} €"


def fte(value: float | None, empty: str = "VZÄ nicht bekannt") -> str:
    """1,5 VZÄ, or `empty`."""
    return empty if value is None or value != value else f"{number(value, 2)} VZÄ"


def unbroken(text: str) -> str:
    """A text whose figures no line break parts from their sign or unit: 13.000 €, 1,5 VZÄ, § 5."""
    return _APART.sub("\N{NO-BREAK SPACE}", text)


def count(amount: int, one: str, many: str) -> str:
    """1 Struktur, 2 Strukturen, 1.200 Strukturen."""
    return f"{number(amount, 0)} {one if amount == 1 else many}"


def listing(words: list[str], most: int = 4) -> str:
    """A, B und C; beyond `most` the rest as a number."""
    if len(words) > most:
        return f"{', '.join(words[: most - 1])} und {len(words) - most + 1} weitere"
    if len(words) > 1:
        return f"{', '.join(words[:-1])} und {words[-1]}"
    return "".join(words)


def in_a_row(told: Mapping[int, str]) -> list[tuple[str, str]]:
    """Years in a row of which the same is said: ("2027 bis 2029", what is said)."""
    found: list[tuple[int, int, str]] = []
    for year, words in told.items():
        if found and found[-1][1:] == (year - 1, words):
            found[-1] = (found[-1][0], year, words)
        else:
            found.append((year, year, words))
    return [(str(a) if a == b else f"{a} bis {b}", words) for a, b, words in found]


def read_day(text: str) -> date | None:
    """A day from 31.12.2026, 31.12.26 or 2026-12-31; None from an empty text.

    Raises ValueError with a German sentence for anything else. A two-digit year means 20xx.
    """
    text = text.strip()
    if not text:
        return None
    if match := _DAY.fullmatch(text):
        days, months, years = match.groups()
        parts = (int(years) + (2000 if len(years) == 2 else 0), int(months), int(days))
    elif match := _ISO_DAY.fullmatch(text):
        parts = (int(match[1]), int(match[2]), int(match[3]))
    else:
        raise ValueError(f"»{text[:30]}« ist kein Datum. Bitte als TT.MM.JJJJ eingeben, z. B. 31.12.2026.")
    try:
        return date(*parts)
    except ValueError:
        raise ValueError(f"Den Tag »{text[:30]}« gibt es nicht. Bitte Tag und Monat prüfen.") from None


def bearable(number: float, said: str) -> float:
    """The number, where it is one that somebody could mean; raises ValueError in German."""
    if not abs(number) < _LARGEST:  # Neither what is too large nor what is no number passes.
        raise ValueError(f"»{said[:30]}« ist als Zahl zu groß. Bitte prüfen, ob Ziffern zu viel sind.")
    return number


def read_number(text: str) -> float | None:
    """A number from 1.234,5; None from an empty text.

    A point followed by exactly three digits separates thousands, as in German, unless a nought stands before
    them (0.125); any other point is refused.
    """
    text = text.strip()
    if not text:
        return None
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"»{text[:30]}« ist keine Zahl. Bitte mit Komma eingeben, z. B. 1,5.")
    return bearable(float(text.replace(".", "").replace(",", ".")), text)


def read_signed(text: str) -> float | None:
    """A number that may be negative, from -1.234,5 with a minus of any kind; None from an empty text."""
    text = text.strip()
    is_signed = text[:1] in (*_MINUS, "+") and len(text) > 1
    found = read_number(text[1:] if is_signed else text)
    return -found if found and text[0] in _MINUS else found


def read_whole(text: str) -> int | None:
    """A whole number from 1.200 or 1200; None from an empty text."""
    try:
        number = read_number(text)
    except ValueError as problem:
        if _NUMBER.fullmatch(text.strip()):
            raise  # It is a number, though one that nobody could mean.
        raise ValueError(f"»{text.strip()[:30]}« ist keine Zahl. {_WHOLE}") from problem
    if number is not None and number != int(number):
        raise ValueError(f"»{text.strip()[:30]}« ist keine ganze Zahl. {_WHOLE}")
    return None if number is None else int(number)


def read_euro(text: str) -> int | None:
    """Cents from 13.000 €, 13.000,50 or 13000; None from an empty text.

    More than two decimals are refused: 12,345 may mean thousands, and no amount has a tenth of a cent.
    """
    bare = re.sub(r"(€|EUR|Euro)\s*$", "", text.strip()).strip()
    try:
        amount = read_number(bare)
    except ValueError:
        raise ValueError(f"»{text[:30]}« ist kein Betrag. Bitte in Euro eingeben, z. B. 13.000,00.") from None
    if not _CENTS.fullmatch(bare):
        raise ValueError(
            f"»{text[:30]}« hat mehr als zwei Stellen nach dem Komma. Bitte prüfen: Tausender trennt ein "
            "Punkt, Cent ein Komma, z. B. 13.000,00."
        )
    return None if amount is None else round(amount * 100)


def read_end(text: str) -> tuple[EndKind, date | None]:
    """Kind of end and last day from one field: a day, "unbefristet", "jährlich" or "nicht bekannt"."""
    kind = _END_WORDS.get(text.strip().lower())
    if kind is not None:
        return kind, None
    try:
        return EndKind.FIXED, read_day(text)
    except ValueError as problem:
        raise ValueError(
            f"{problem} Möglich sind auch »unbefristet«, »jährlich« und »nicht bekannt«."
        ) from None
