"""Begin and end in one cell: 01.01.2024 - 31.12.2026, 2024–2026, 01/2025 bis 12/2027."""

from __future__ import annotations

import re
from typing import Any

from steering.analysis.incoming.lists.days import Day, Order, read
from steering.analysis.incoming.lists.grids import text

_BETWEEN = re.compile(r"\s+(?:bis(?: zum| einschl\.?)?|to|until|-|/)\s+|\s*[–—]\s*|\n", re.I)
_TIGHT = re.compile(r"((?:19|20)\d\d)-((?:19|20)\d\d)|(\d[\d./]*[./]\d{2,4}\.?)-(\d[\d./]*[./]\d{2,4})")
_ONE_YEAR = re.compile(r"(\d{1,2}\.\s?\d{1,2}\.?)\s*(?:-|–|bis)\s*(\d{1,2}\.\s?\d{1,2}\.\s?(\d{4}))", re.I)
_FROM = re.compile(r"^(?:vom|von|seit|ab|from|since)\s+", re.I)
_YEAR = re.compile(r"(?:19|20)\d\d")
_LONGEST = 120


def period(value: Any, order: Order) -> tuple[Day, Day]:
    """The first and the last day of a cell: of a year alone all of it; a single day is the last, unless »ab«
    or »seit« says otherwise.

    Raises ValueError with a German sentence.
    """
    said = " ".join(text(value).split()) if isinstance(value, str) else ""
    if len(said) > _LONGEST:
        raise ValueError(f"»{said[:30]}…« ist kein Zeitraum. Bitte Beginn und Ende getrennt angeben.")
    if parts := _parts(said):
        start, end = parts
        try:
            return read(_FROM.sub("", start), order, last=False), read(end, order, last=True)
        except ValueError as problem:
            raise ValueError(f"»{said[:40]}«: {problem}") from None
    if _YEAR.fullmatch(text(value).strip()):
        return read(value, order, last=False), read(value, order, last=True)
    if _FROM.match(said):
        return read(_FROM.sub("", said), order, last=False), Day()
    try:
        return Day(), read(value, order, last=True)
    except ValueError:
        raise ValueError(
            f"»{said[:40]}« ist kein Zeitraum. Bitte Beginn und Ende als Tage angeben, "
            "z. B. 01.01.2025 - 31.12.2027."
        ) from None


def two_days(said: str) -> bool:
    """Whether a text names a first and a last day."""
    try:
        return bool(_parts(said)) and period(said, Order.DAY_FIRST)[0].day is not None
    except ValueError:
        return False


def _parts(said: str) -> tuple[str, str] | None:
    if match := _ONE_YEAR.fullmatch(_FROM.sub("", said)):
        return f"{match[1].rstrip('.')}.{match[3]}", match[2]
    if match := _TIGHT.fullmatch(said):
        return (match[1], match[2]) if match[1] else (match[3].rstrip("."), match[4])
    parts = _BETWEEN.split(said)
    return (parts[0], parts[1]) if len(parts) == 2 and all(parts) else None
