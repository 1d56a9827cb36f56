"""Amounts, shares, full-time equivalents and places as lists write them, the numbers of a file read alike."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from math import prod
from typing import Any

from steering.analysis.incoming.cells import Percent
from steering.analysis.incoming.lists.days import nothing
from steering.analysis.incoming.lists.grids import text
from steering.analysis.incoming.lists.units import AS_IT_STANDS, Unit

_LONGEST = 400
_UNITS = re.compile(r"\s*(€|Euro|EUR|VZÄ|VZ|VZE|Stellen?|Plätze|Platz|Personen|Pers\.?|FTE|TN)\s*", re.I)
_HOURS = re.compile(r"\s*(Wochenstunden|Stunden|Std\.?|h)(\s*(/|pro|je)\s*(Woche|Wo\.?|W))?\s*$", re.I)
_ABOUT = re.compile(r"^(ca\.?|circa|rd\.?|rund|etwa|~|max\.?|bis zu|approx\.?)\s*", re.I)
_THOUSAND = 1_000
_SCALES = (
    (re.compile(r"(T€|TEUR|Tsd\.?|Tausend|k€|kEUR)\s*", re.I), _THOUSAND),
    (re.compile(r"(Mio\.?|Millionen|Mill\.)\s*", re.I), 1_000_000),
)
_PERCENT = re.compile(r"\s*(%|v\.?\s?H\.?|Prozent|percent)\s*$", re.I)
_GERMAN = re.compile(r"\d{1,3}(\.\d{3})+,\d+|\d{1,3}(\.\d{3}){2,}|\d+,\d{1,2}|\d+,\d{4,}|\d{4,},\d+")
_ENGLISH = re.compile(r"\d{1,3}(,\d{3})+\.\d+|\d{1,3}(,\d{3}){2,}|\d+\.\d{1,2}|\d+\.\d{4,}|\d{4,}\.\d+")
_EITHER = re.compile(r"(\d{1,3})([.,])(\d{3})")
_BY_COMMA = re.compile(r"(?<![\d.,])(\d{1,3}(\.\d{3})+,\d+|\d+,\d{1,2}|\d{4,},\d+)(?![\d.,])")
_BY_POINT = re.compile(r"(?<![\d.,])(\d{1,3}(,\d{3})+\.\d+|\d+\.\d{1,2}|\d{4,}\.\d+)(?![\d.,])")


class DecimalMark(StrEnum):
    """What stands before the decimals of a file's numbers, as far as they show it."""

    COMMA = ","
    POINT = "."
    BOTH = "both"
    UNKNOWN = ""


def mark(values: Iterable[Any]) -> DecimalMark:
    """The decimal mark of these cells."""
    said = [value for value in values if isinstance(value, str)]
    comma = any(_BY_COMMA.search(value) for value in said)
    point = any(_BY_POINT.search(value) for value in said)
    if comma and point:
        return DecimalMark.BOTH
    return DecimalMark.COMMA if comma else DecimalMark.POINT if point else DecimalMark.UNKNOWN


@dataclass(frozen=True)
class Figures:
    """How the numbers of one column are read: its unit and the decimal mark of the file.

    `of_one`: the whole is 1 (True) or 100 (False); None where the column does not say.
    """

    unit: Unit = AS_IT_STANDS
    mark: DecimalMark = DecimalMark.UNKNOWN
    of_one: bool | None = False

    def amount(self, value: Any) -> int | None:
        """An amount in cents; 0 says that it is not disclosed."""
        found = self._number(value)
        return None if not found else round(found * 100)

    def percent(self, value: Any) -> float | None:
        """A share in percent. Raises ValueError in German."""
        said = text(value)
        if is_percent(value):
            return number(_PERCENT.sub("", said), self.mark, small=True)
        found = number(value, self.mark, small=True)
        if found is None or self.of_one is False:
            return found
        if self.of_one is None and 0 < found <= 1:
            raise ValueError(
                f"»{said[:30]}« steht neben ganzen Prozenten: {found:g} % oder {found * 100:g} %? "
                "Bitte mit Prozentzeichen angeben."
            )
        return found * 100 if self.of_one else found

    def posts(self, value: Any) -> float | None:
        """Full-time equivalents; 50 % is a half."""
        said = text(value)
        if is_percent(value):
            found = number(_PERCENT.sub("", said), self.mark, small=True)
            return None if found is None else found / 100
        if self.of_one is None and (found := number(value, self.mark, small=True)) is not None and found > 3:
            raise ValueError(
                f"»{said[:30]}«: Stellen, Prozent einer Stelle oder Wochenstunden? "
                "Bitte als Stellen (0,5) oder mit Prozentzeichen (50 %) angeben."
            )
        hours = isinstance(value, str) and self.unit.times != 1 and _could_be_a_number(said)
        plain = _HOURS.sub("", said) if hours else value
        found = number(plain, self.mark, small=True)
        return None if found is None else round(found * self.unit.times, 4)

    def places(self, value: Any) -> int | None:
        """Whole places."""
        found = number(value, self.mark)
        if found is None:
            return None
        if not found.is_integer():
            raise ValueError(f"»{text(value)[:30]}« sind keine ganzen Plätze. Bitte eine ganze Zahl angeben.")
        return int(found)

    def _number(self, value: Any) -> float | None:
        """An amount in euros; a unit in the cell itself counts instead of the heading's."""
        scale = _scale(value) if isinstance(value, str) else 1
        scaled = scale != 1
        if (
            not scaled
            and self.unit.times != 1
            and isinstance(value, str)
            and re.search(r"€|EUR", value, re.I)
        ):
            raise ValueError(
                f"Die Spalte zählt {self.unit.words}, die Zelle »{value[:30]}« sagt Euro. "
                "Bitte eindeutig angeben."
            )
        found = number(value, self.mark, small=_small(scale if scaled else self.unit.times))
        return found if found is None or scaled else found * self.unit.times


def _scale(said: str) -> int:
    """What one of a text counts as: thousands, millions, or just one."""
    return prod(times for scale, times in _SCALES if scale.search(said))


def _small(times: float) -> bool | None:
    """Whether three digits behind a single mark are decimals where one counts so many euros.

    Nobody here has a thousand millions; a thousand thousands is as likely as one and a bit.
    """
    return None if times == _THOUSAND else times > _THOUSAND


def is_percent(value: Any) -> bool:
    """Whether a cell itself says that it counts in hundredths."""
    if isinstance(value, Percent):
        return True
    return isinstance(value, str) and _could_be_a_number(value) and bool(_PERCENT.search(value.strip()))


def _could_be_a_number(said: str) -> bool:
    """A long text is none; looking for units in it takes the square of its length."""
    return len(said) <= _LONGEST or len(said.strip()) <= _LONGEST


def number(
    value: Any, decimal: DecimalMark = DecimalMark.UNKNOWN, *, small: bool | None = False
) -> float | None:
    """A number from 100.715,41 · 4,156.00 · 1 000 · 1.000,- · ca. 20; None where nothing is known.

    Three digits after a single mark are thousands, 4,156 and 1.000 both, unless the file's decimal mark says
    otherwise; where they are `small`, they are decimals (1,125 posts; 1,234 Mio. €), and with None they are
    what the mark says (1.250 T€). Raises ValueError in German.
    """
    if isinstance(value, bool):
        raise ValueError(f"»{text(value)}« ist keine Zahl. Bitte eine Zahl angeben, z. B. 1,5.")
    if isinstance(value, int | float):
        return float(value)
    said = text(value)
    if nothing(said):
        return None
    if not _could_be_a_number(said):
        raise ValueError(f"»{said[:30]}« ist keine Zahl. Bitte eine Zahl angeben, z. B. 1.234,50.")
    plain = _ABOUT.sub("", said)
    factor = _scale(plain)
    for scale, _ in _SCALES:
        plain = scale.sub("", plain)
    plain = re.sub(r",(-{1,2}|–|—)$", "", _UNITS.sub("", plain).strip())
    plain = re.sub(r"(?<=\d)[\s'’](?=\d{3}(\D|$))", "", plain).replace("−", "-")
    sign = -1 if plain.startswith("-") else 1
    plain = plain.removeprefix("-").removeprefix("+")
    return sign * factor * _unsigned(plain, said, decimal, small)


def _two_ways(said: str, whole: str, rest: str, because: str) -> str:
    return (
        f"»{said[:30]}« kann {whole}{rest} oder {whole},{rest} heißen: In dieser Datei {because}. "
        f"Bitte {whole}{rest} oder {whole},{rest}0 schreiben."
    )


def _unsigned(plain: str, said: str, decimal: DecimalMark, small: bool | None) -> float:
    if plain.isdecimal():
        return float(plain)
    if match := _EITHER.fullmatch(plain):
        whole, sign, rest = match.groups()
        if small or whole == "0" or (small is None and sign == decimal):
            return float(f"{whole}.{rest}")
        if sign == decimal or decimal == DecimalMark.BOTH:
            raise ValueError(_two_ways(said, whole, rest, f"trennt »{sign}« auch die Nachkommastellen ab"))
        if small is None and decimal == DecimalMark.UNKNOWN:
            raise ValueError(_two_ways(said, whole, rest, "zeigt keine Zahl, was Nachkommastellen abtrennt"))
        return float(whole + rest)
    if _GERMAN.fullmatch(plain):
        return float(plain.replace(".", "").replace(",", "."))
    if _ENGLISH.fullmatch(plain):
        return float(plain.replace(",", ""))
    raise ValueError(f"»{said[:30]}« ist keine Zahl. Bitte eine Zahl angeben, z. B. 1.234,50.")
