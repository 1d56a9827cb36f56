"""The numbers of such a list, read alike; a sign that stands for no number is never made zero."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from steering.analysis.incoming.cells import Unreadable
from steering.analysis.incoming.lists.days import nothing
from steering.analysis.incoming.lists.figures import DecimalMark, is_percent, mark, number
from steering.analysis.incoming.lists.grids import text
from steering.analysis.incoming.lists.sheet import plain
from steering.exchange.genesis.cells import MARKS, ZERO, counted, mark_in_words, remark

_EITHER = re.compile(r"\d{1,3}([.,])\d{3}")
_BY_COMMA = re.compile(r"[1-9]\d{0,2},\d{3}")
_THOUSANDS = {",": re.compile(r"\d{1,3}(,\d{3}){2,}"), ".": re.compile(r"\d{1,3}(\.\d{3}){2,}")}
_BRACKETS = re.compile(r"\(\s*([\d.,]+)\s*\)")
_PERCENT = re.compile(r"\s*(%|v\.?\s?H\.?|Prozent)\s*$", re.I)


@dataclass(frozen=True)
class ReadFigure:
    """A value, None where it is not known; `percent`: whether the cell itself says that it is a share."""

    value: float | None
    remark: str = ""
    percent: bool = False


class WrittenNumbers:
    """How the numbers of a file are written. `official`: a dash in it says that there is exactly nothing.

    `either`: how the first number was read that could also be another, »1.234« as 1.234; "" without one.
    """

    def __init__(self, cells: Iterable[Any], *, official: bool) -> None:
        said = [text(cell) for cell in cells if isinstance(plain(cell), str)]
        self._official = official
        self.either = ""
        self._mark = mark(said)
        for sign, other in ((".", DecimalMark.COMMA), (",", DecimalMark.POINT)):
            if self._mark == DecimalMark.UNKNOWN and any(map(_THOUSANDS[sign].fullmatch, said)):
                self._mark = other
        signs = {found[1] for each in said if (found := _EITHER.fullmatch(each))}
        if self._mark == DecimalMark.UNKNOWN and len(signs) == 2:
            self._mark = DecimalMark.BOTH

    @property
    def note(self) -> str:
        """What to look at in how the numbers were read; "" where nothing is open."""
        if not self.either:
            return ""
        return f"Drei Ziffern hinter Punkt oder Komma: {self.either} gelesen. Bitte prüfen."

    def read(self, cell: Any, *, share: bool) -> ReadFigure:
        """A cell as a value. Raises ValueError with a German sentence for what is neither value nor sign."""
        if isinstance(cell, Unreadable):
            raise ValueError(cell.reason)
        cell = plain(cell)
        said = text(cell)
        if said in ZERO:
            if self._official:
                return ReadFigure(0.0, remark(said))
            return ReadFigure(None, f"»{said}« (ohne Angabe; eine Null bitte als 0 schreiben)")
        if said.casefold() in MARKS:
            return ReadFigure(None, mark_in_words(said))
        if nothing(said):
            return ReadFigure(None, f"»{said}« (keine Angabe)")
        return self._number(cell, said, share)

    def _number(self, cell: Any, said: str, share: bool) -> ReadFigure:
        percent = is_percent(cell)
        told = ""
        written: Any = cell
        if isinstance(cell, str) or percent:
            written = _PERCENT.sub("", said) if percent else said
            if unsure := _BRACKETS.fullmatch(written):
                written, told = unsure[1], remark(said)
            if re.match(r"[-–−]\s?\d", written):
                raise ValueError(f"»{said[:30]}« ist negativ; eine Kennzahl zählt ab null. Bitte prüfen.")
        small = share or percent
        if self._mark == DecimalMark.UNKNOWN and not small and _BY_COMMA.fullmatch(str(written).strip()):
            # In German the comma marks decimals, in English thousands, and this file does not show which.
            raise ValueError(
                f"»{said[:30]}« kann mit Nachkommastellen oder mit Tausendern gemeint sein. Bitte eindeutig "
                "angeben."
            )
        found = number(written, self._mark, small=small)
        if found is None:
            raise ValueError(f"»{said[:30]}« ist keine Zahl. Bitte prüfen.")
        if isinstance(written, str) and _EITHER.fullmatch(written.strip()):
            self.either = self.either or f"»{said}« als {f'{found:g}'.replace('.', ',')}"
        return ReadFigure(counted(found, said), told, percent)
