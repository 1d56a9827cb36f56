"""What single cells of official statistics say: a value or that it is not known, a day, an area."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from steering.analysis.incoming.cells import Unreadable
from steering.analysis.incoming.lists.grids import text
from steering.model.base import EARLIEST, LATEST
from steering.model.german import read_day

MARKS: Mapping[str, str] = {
    ".": "nicht bekannt oder geheim",
    "•": "nicht bekannt oder geheim",
    "·": "nicht bekannt oder geheim",
    "*": "aus Datenschutz gesperrt",
    "/": "nicht sicher genug",
    "x": "Aussage nicht sinnvoll",
    "...": "Angabe fällt später an",
    "…": "Angabe fällt später an",
    "": "leer",
}
"""What the signs of official statistics mean that stand in the place of a value. None of them is zero."""
ZERO = frozenset({"-", "–", "—"})
"""Exactly zero: there is nothing to count."""
_IN_BRACKETS = re.compile(r"\(\s*([\d.,]+)\s*\)")
_NUMBER = re.compile(r"(?:\d{1,12}|\d{1,3}(?:\.\d{3})+(?=,))(?:,\d{1,12})?")
_LARGEST = 1_000_000_000
_SCHOOL_YEAR = re.compile(r"((?:19|20)\d\d)/((?:19|20)?\d\d)")
_PART_OF_YEAR = re.compile(r"(?:MONAT|QUART\w*?)(\d{1,2})", re.I)
# The lengths of keys that a table program has robbed of their zero: of Land, Kreis, municipality, ARS.
_WITHOUT_ZERO = {1, 4, 7, 11}
_GERMANY = {"DG", "D", "DINSG"}


def figure(cell: Any, quality: str = "") -> float | None:
    """A value, None where it is not known. Raises ValueError with a German sentence for anything else.

    A point alone is refused: it may separate thousands or decimals, and nothing says which.
    """
    if isinstance(cell, Unreadable):
        raise ValueError(cell.reason)
    said = text(cell)
    if quality and quality.lower() in MARKS:
        return None
    if said in ZERO or (not said and quality in ZERO):
        return 0.0
    if said.lower() in MARKS:
        return None
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return counted(float(cell), said)
    if re.fullmatch(r"[-–]\s?\d.*", said):
        raise ValueError(
            f"»{said[:30]}« ist negativ; eine Kennzahl zählt ab null. Bitte die Zeile auslassen."
        )
    if unsure := _IN_BRACKETS.fullmatch(said):
        said = unsure[1]
    if not _NUMBER.fullmatch(said):
        raise ValueError(f"»{said[:30]}« ist keine Zahl mit Dezimalkomma. Bitte prüfen.")
    return counted(float(said.replace(".", "").replace(",", ".")), said)


def mark_in_words(cell: Any, quality: str = "") -> str:
    """A sign with its meaning: »/« (nicht sicher genug)."""
    sign = quality if quality and quality.lower() in MARKS else text(cell)
    return f"»{sign}« ({MARKS[sign.lower()]})" if sign else MARKS[""]


def remark(cell: Any, quality: str = "") -> str:
    """What a value's sign says about it, as a word for a note; "" where there is nothing to say."""
    said = text(cell)
    if said in ZERO or (not said and quality in ZERO):
        return f"»{said or quality}« heißt genau null"
    return f"»{said}«: eingeschränkt aussagekräftig" if _IN_BRACKETS.fullmatch(said) else ""


def counted(value: float, said: str) -> float:
    """A value that a Kennzahl can have. Raises ValueError with a German sentence."""
    if not 0 <= value <= _LARGEST:
        raise ValueError(f"»{said[:30]}« liegt nicht zwischen 0 und einer Milliarde. Bitte prüfen.")
    return value


def counted_on(said: str, part: str = "") -> date:
    """The day for which a value stands. Raises ValueError with a German sentence.

    A year stands on its last day, and so does a month or quarter of it, whose code is `part`; a school year
    on 1 October of the year in which it begins, about when schools count.
    """
    said = re.sub(r"T00:00:00.*", "", said.strip())
    if match := _SCHOOL_YEAR.fullmatch(said):
        first, second = int(match[1]), int(match[2])
        if second % 100 != (first + 1) % 100:
            raise ValueError(f"»{said[:30]}« ist kein Schuljahr. Bitte als 2023/24 angeben.")
        return date(first, 10, 1)
    if re.fullmatch(r"\d{4}", said):
        return _in_range(_end_of(int(said), part), said)
    if not said:
        raise ValueError("Die Zeit fehlt. Bitte den Stichtag oder das Jahr ergänzen.")
    if re.fullmatch(r"[\d.\-]+", said) and (found := read_day(said)):
        return _in_range(found, said)
    raise ValueError(f"»{said[:30]}« ist weder Stichtag noch Jahr noch Schuljahr. Bitte prüfen.")


def is_part_of_year(code: str) -> bool:
    """Whether an attribute is a month or a quarter: MONAT07, QUART2."""
    return _PART_OF_YEAR.fullmatch(code) is not None


def _end_of(year: int, part: str) -> date:
    match = _PART_OF_YEAR.fullmatch(part)
    if not EARLIEST.year <= year <= LATEST.year or not match:
        return date(max(year, 1), 12, 31)
    month = int(match[1]) * (1 if part.upper().startswith("MONAT") else 3)
    if not 1 <= month <= 12:
        raise ValueError(f"»{part[:30]}« ist weder Monat noch Quartal. Bitte prüfen.")
    return date(year, month, monthrange(year, month)[1])


def _in_range(day: date, said: str) -> date:
    if not EARLIEST <= day <= LATEST:
        raise ValueError(
            f"»{said[:30]}« liegt außerhalb von {EARLIEST.year} bis {LATEST.year}. Bitte prüfen."
        )
    return day


@dataclass(frozen=True)
class RegionMeant:
    """What a regional key means for the own Kreis; one of the four is filled.

    `ags`: a municipality of ours; `outside`: why it is not ours; `whole`: the word for several of our
    municipalities together; `wrong`: why the key cannot be read.
    """

    ags: str = ""
    outside: str = ""
    whole: str = ""
    wrong: str = ""


def looks_like_area(key: str) -> bool:
    """Whether a code may be a regional key of any level."""
    return key.upper() in _GERMANY or bool(re.fullmatch(r"\d{1,5}|\d{7,9}|\d{11,12}", key))


def is_municipal(key: str) -> bool:
    """Whether a code has the length of a municipality's AGS or ARS, also without its leading zero."""
    return bool(re.fullmatch(r"\d{7,8}|\d{11,12}", key))


def area_of(key: str, label: str, district: str, municipalities: Collection[str]) -> RegionMeant:
    """The area of an AGS with 2, 3, 5 or 8 digits or an ARS with 9 or 12."""
    if not looks_like_area(key):
        what = f"»{key[:30]}« ist kein" if key else "Es fehlt der"
        return RegionMeant(
            wrong=f"{what} Regionalschlüssel. Bitte den Amtlichen Gemeindeschlüssel (AGS) angeben."
        )
    if len(key) in _WITHOUT_ZERO and key.isdigit():
        key = f"0{key}"
    named = f"{label} ({key})" if label else key
    if not key.isdigit() or len(key) < 5:
        return RegionMeant(outside=f"{named}, größer als ein Kreis")
    if key[:5] != district:
        return RegionMeant(outside=named)
    ags = key[:5] + key[9:] if len(key) == 12 else key
    if ags in municipalities:
        return RegionMeant(ags=ags)
    if len(key) == 5 or not key[5:].strip("0"):
        return RegionMeant(whole="ganzer Kreis")
    if len(key) == 9 or ags.endswith("000"):
        return RegionMeant(whole="Gemeindeverband")
    return RegionMeant(
        wrong=f"Die Gemeinde »{named[:60]}« ist im Kreis nicht erfasst (vielleicht aufgelöst). "
        "Bitte den Schlüssel prüfen oder das Gemeindeverzeichnis einlesen."
    )
