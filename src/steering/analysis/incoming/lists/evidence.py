"""What the cells of a column say about its meaning: how many fit, and what they could be by themselves."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from steering.analysis.incoming.lists import days, figures, periods
from steering.analysis.incoming.lists.grids import text
from steering.analysis.incoming.lists.meanings import NAMED_IN_WORDS, Meaning
from steering.analysis.incoming.lists.spots import Gazetteer
from steering.analysis.incoming.lists.units import Unit

LOOKED_AT = 200
"""Cells of a column that are looked at, from its whole length: so a list of any size takes the same time."""
HALF, NEARLY_ALL = 0.5, 0.8
_A_FEW = 5
"""So few cells with figures in them prove nothing against a heading: each is judged in its row."""
_MONEY = re.compile(r"(€|EUR|Euro|\d,\d\d)$", re.I)
Recognise = Mapping[Meaning, Callable[[str], bool]]


@dataclass(frozen=True)
class Evidence:
    """Some filled cells of a column."""

    cells: Sequence[Any]

    @cached_property
    def texts(self) -> list[str]:
        return [text(cell) for cell in self.cells]

    def share(self, fits: Callable[[Any], bool]) -> float:
        """Which share of the cells fits; 1 where there is none."""
        return sum(map(fits, self.cells)) / len(self.cells) if self.cells else 1

    def holds(self, meaning: Meaning) -> bool:
        """Whether the cells can be what a heading says: most of a column of days are days."""
        few = len(self.cells) < _A_FEW and any(re.search(r"\d", said) for said in self.texts)
        return (meaning in _READERS and few) or self.mostly(meaning)

    def mostly(self, meaning: Meaning) -> bool:
        """Whether most of the cells, however few, can be that: it tells two senses of a heading apart."""
        if not self.cells:
            return True
        if meaning in _READERS:
            return self.share(lambda cell: _reads(_READERS[meaning], cell)) >= HALF
        return meaning not in NAMED_IN_WORDS or self.share(_mere_value) < NEARLY_ALL

    def shortly(self, meaning: Meaning) -> str:
        """What is wrong with the cells, as half a sentence."""
        like = f"z. B. »{self.texts[0][:40]}«"
        if meaning not in _READERS:
            return f"Die Zellen sind Zahlen oder Tage ({like})"
        fitting = sum(_reads(_READERS[meaning], cell) for cell in self.cells)
        wrong = next(said for said, cell in zip(self.texts, self.cells, strict=True)
                     if not _reads(_READERS[meaning], cell))  # fmt: skip
        return (
            f"Nur {fitting} von {len(self.cells)} angesehenen Zellen passen dazu (z. B. nicht »{wrong[:40]}«)"
        )

    def suggested(self, gazetteer: Gazetteer, known: Recognise) -> dict[Meaning, float]:
        """What the cells could be without a heading: which share of them fits."""
        if not self.cells:
            return {}
        tests: dict[Meaning, Callable[[str], bool]] = {
            Meaning.AGS: lambda said: (
                bool(re.fullmatch(r"\d{7,8}|\d{11,12}", said)) and not gazetteer.by_key(said).problem
            ),
            Meaning.POSTCODE: lambda said: (
                bool(re.fullmatch(r"\d{5}", said)) and bool(gazetteer.by_postcode(said).municipalities)
            ),
            Meaning.MUNICIPALITY: lambda said: not said.isdecimal() and gazetteer.own(said),
            Meaning.PERIOD: periods.two_days,
            Meaning.END: _is_day,
            Meaning.START: _is_day,
            Meaning.SHARE: lambda said: said.endswith("%"),
            Meaning.AMOUNT: lambda said: bool(_MONEY.search(said)) and _reads(figures.number, said),
            **known,
        }
        found = {}
        for meaning, fits in tests.items():
            least = NEARLY_ALL if meaning in _READERS else HALF
            share = sum(map(fits, self.texts)) / len(self.texts)
            if share >= least:
                found[meaning] = share
        return found


def of_column(cells: Sequence[Any]) -> Evidence:
    """Cells from the whole length of a column."""
    filled = [cell for cell in cells if cell is not None and not days.nothing(text(cell))]
    step = max(1, len(filled) // LOOKED_AT)
    return Evidence(filled[::step])


def _reads(reader: Callable[[Any], Any], cell: Any) -> bool:
    try:
        reader(cell)
    except ValueError:
        return False
    return True


def _is_day(said: str) -> bool:
    try:
        return not said.isdecimal() and days.read(said, days.Order.DAY_FIRST, last=True).day is not None
    except ValueError:
        return False


def _mere_value(cell: Any) -> bool:
    """Whether a cell is no more than a number or a day."""
    said = text(cell)
    return not isinstance(cell, str) or _reads(figures.number, said) or _is_day(said)


def _postcode(cell: Any) -> None:
    if not re.match(r"(D-)?\d{4,5}\b", text(cell)):
        raise ValueError


def _key(cell: Any) -> None:
    if len(re.sub(r"[\s.\-]", "", text(cell).removesuffix(".0"))) not in (4, 5, 7, 8, 11, 12):
        raise ValueError


_READERS: Mapping[Meaning, Callable[[Any], Any]] = {
    Meaning.START: lambda cell: days.read(cell, days.Order.DAY_FIRST, last=False),
    Meaning.END: lambda cell: days.read(cell, days.Order.DAY_FIRST, last=True),
    Meaning.PERIOD: lambda cell: periods.period(cell, days.Order.DAY_FIRST),
    Meaning.AMOUNT: figures.number,
    Meaning.SHARE: figures.Figures().percent,
    Meaning.FTE: figures.Figures(Unit(0.5)).posts,
    Meaning.PLACES: figures.number,
    Meaning.POSTCODE: _postcode,
    Meaning.AGS: _key,
}
