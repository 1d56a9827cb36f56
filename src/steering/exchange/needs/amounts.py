"""How much a row of a list of needs says: a number, and its unit by cell, heading or column of units."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from steering.analysis.incoming.lists.days import nothing
from steering.analysis.incoming.lists.figures import is_percent
from steering.analysis.incoming.lists.grids import text
from steering.exchange.figures.numbers import ReadFigure, WrittenNumbers
from steering.exchange.needs.columns import NeedPart, NeedTable
from steering.exchange.surveys.doubts import unit_in
from steering.model import NeedUnit
from steering.model.german import listing
from steering.model.vocabulary import WORDS, word

COUNTING = {NeedPart.QUANTITY: None, NeedPart.PLACES: NeedUnit.PLACES, NeedPart.FTE: NeedUnit.FTE}
"""The columns that say how much, and the unit that their heading names."""
_WITH_UNIT = re.compile(
    r"((?:(?:ca\.?|circa|etwa|rund|mind(?:estens|\.)?)\s*)?\d(?:[\d.,'’ ]*\d)?)\s*([^\W\d_].*|€.*)",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST = 60
_AT_LEAST = re.compile(r"^(?:etwa|mind(?:estens|\.)?)\s*(?=\d)", re.IGNORECASE)


@dataclass(frozen=True)
class Amount:
    """How much, None where it is not known, which `remark` then says; `unit`: None where nobody says it."""

    value: float | None
    unit: NeedUnit | None
    remark: str = ""


class Amounts:
    """The figures of one table, read alike whether a unit stands behind them or not."""

    def __init__(self, found: NeedTable) -> None:
        self._found = found
        parts = [part for part in (*COUNTING, NeedPart.PER) if part in found.heading]
        cells = [cell for part in parts for cell in found.table.column(found.heading[part])]
        self._numbers = WrittenNumbers([_apart(cell)[0] for cell in cells], official=False)

    @property
    def note(self) -> str:
        return self._numbers.note

    def parts(self, cells: tuple[Any, ...]) -> list[NeedPart]:
        """The columns in which a row says how much; one that says it is not known where there is no other."""
        said = [part for part in COUNTING if self._found.said(cells, part)]
        return [part for part in said if not _unknown(self._found.said(cells, part))] or said[:1]

    def read(self, cells: tuple[Any, ...], column: NeedUnit | None) -> Amount:
        """What a row says, whose column of units says `column`. Raises ValueError in German."""
        parts = self.parts(cells)
        headings = [f"»{self._found.heading[part]}«" for part in parts]
        if len(parts) > 1:
            raise ValueError(
                f"{listing(headings)} nennen beide eine Menge. Bitte je Menge eine Zeile schreiben."
            )
        number, words = _apart(self._found.cell(cells, parts[0]))
        own = unit_of(words) if words else None
        named = {
            "die Zelle": own,
            f"die Überschrift {headings[0]}": COUNTING[parts[0]],
            f"die Spalte »{self._found.heading.get(NeedPart.UNIT, '')}«": column,
        }
        says = {where: unit for where, unit in named.items() if unit is not None}
        if len(set(says.values())) > 1:
            told = listing([f"{where} sagt {word(unit)}" for where, unit in says.items()])
            raise ValueError(f"{told[:1].upper()}{told[1:]}. Bitte klären, welche Einheit gilt.")
        unit = next(iter(says.values()), None)
        read = self._number(number, small=unit == NeedUnit.FTE)
        return Amount(read.value, unit, read.remark)

    def per(self, cells: tuple[Any, ...]) -> Amount:
        """For how many of a Kennzahl. Raises ValueError in German."""
        read = self._number(self._found.cell(cells, NeedPart.PER), small=False)
        return Amount(read.value, None, read.remark)

    def _number(self, cell: Any, *, small: bool) -> ReadFigure:
        read = self._numbers.read(cell, share=small)
        if read.percent:
            raise ValueError(f"»{text(cell)[:30]}« ist ein Anteil. Bitte eine Menge angeben.")
        return read


def unit_of(said: str) -> NeedUnit:
    """The unit that somebody names. Raises ValueError in German."""
    found = unit_in(said)
    if found is None:
        possible = listing([*WORDS[NeedUnit].values()])
        raise ValueError(f"»{said[:30]}« ist keine Einheit eines Bedarfs. Möglich sind {possible}.")
    return found


def _unknown(said: str) -> bool:
    return nothing(said) or not re.search(r"\w", said)


def _apart(cell: Any) -> tuple[Any, str]:
    """A cell's number and the words behind it; "" where there are none."""
    if not isinstance(cell, str) or is_percent(cell):
        return cell, ""
    said = text(cell)
    found = _WITH_UNIT.fullmatch(said) if len(said) <= _LONGEST else None
    number, words = (found[1], found[2].strip()) if found else (said, "")
    return _AT_LEAST.sub("", number), words
