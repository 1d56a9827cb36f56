"""Amounts, shares, full-time equivalents and places as lists write them."""

from __future__ import annotations

import re
from typing import Any

from steering.analysis.incoming.lists.days import nothing
from steering.analysis.incoming.lists.grids import text

_UNITS = re.compile(r"\s*(€|EUR|Euro|VZÄ|VZ|VZE|Stellen?|Plätze|Platz|Personen|Pers\.?|FTE|TN)\s*", re.I)
_ABOUT = re.compile(r"^(ca\.?|circa|rd\.?|rund|etwa|~|max\.?|bis zu|approx\.?)\s*", re.I)
_SCALES = (
    (re.compile(r"(T€|TEUR|Tsd\.?|Tausend)", re.I), 1_000),
    (re.compile(r"(Mio\.?|Millionen)", re.I), 1_000_000),
)
_PERCENT = re.compile(r"\s*(%|v\.?\s?H\.?|Prozent|percent)\s*$", re.I)
_GERMAN = re.compile(r"\d{1,3}(\.\d{3})+(,\d+)?|\d+,\d{1,2}|\d+,\d{4,}")
_ENGLISH = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?|\d+\.\d{1,2}|\d+\.\d{4,}")


def number(value: Any) -> float | None:
    """A number from 100.715,41 · 4,156.00 · 1 000 · 1.000,- · ca. 20; None where nothing is known.

    Three digits after a single mark are thousands: 4,156 and 1.000 both. Raises ValueError in German.
    """
    if isinstance(value, bool):
        raise ValueError(f"»{text(value)}« ist keine Zahl. Bitte eine Zahl angeben, z. B. 1,5.")
    if isinstance(value, int | float):
        return float(value)
    said = text(value)
    if nothing(said):
        return None
    plain = _ABOUT.sub("", said)
    factor = 1
    for scale, times in _SCALES:
        if scale.search(plain):
            plain, factor = scale.sub("", plain), factor * times
    plain = re.sub(r",(-{1,2}|–|—)$", "", _UNITS.sub("", plain).strip())
    plain = re.sub(r"(?<=\d)[\s'’](?=\d{3}(\D|$))", "", plain).replace("−", "-")
    sign = -1 if plain.startswith("-") else 1
    plain = plain.removeprefix("-").removeprefix("+")
    if plain.isdecimal():
        found = float(plain)
    elif _GERMAN.fullmatch(plain):
        found = float(plain.replace(".", "").replace(",", "."))
    elif _ENGLISH.fullmatch(plain):
        found = float(plain.replace(",", ""))
    else:
        raise ValueError(f"»{said[:30]}« ist keine Zahl. Bitte eine Zahl angeben, z. B. 1.234,50.")
    return sign * factor * found


def cents(value: Any) -> int | None:
    """An amount in cents; 0 says that it is not disclosed."""
    found = number(value)
    return None if not found else round(found * 100)


def percent(value: Any, *, of_one: bool) -> float | None:
    """A share in percent; `of_one` where the column counts 1 as the whole, as formatted cells do."""
    said = text(value)
    if isinstance(value, str) and _PERCENT.search(said):
        return number(_PERCENT.sub("", said))
    found = number(value)
    return found * 100 if found is not None and of_one else found


def fte(value: Any) -> float | None:
    """Full-time equivalents; 50 % is a half."""
    said = text(value)
    if isinstance(value, str) and _PERCENT.search(said):
        found = number(_PERCENT.sub("", said))
        return None if found is None else found / 100
    return number(_decimal_comma(said)) if isinstance(value, str) else number(value)


def _decimal_comma(said: str) -> str:
    """0,125 and 0.125 are an eighth of a post, never thousands."""
    match = re.match(r"^0[.,](\d{3})\b", said)
    return f"0,{match[1]}0{said[match.end() :]}" if match else said


def places(value: Any) -> int | None:
    """Whole places."""
    found = number(value)
    if found is None:
        return None
    if not found.is_integer():
        raise ValueError(f"»{text(value)[:30]}« sind keine ganzen Plätze. Bitte eine ganze Zahl angeben.")
    return int(found)
