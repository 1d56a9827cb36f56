"""What a row counts as a Kennzahl: its name, unit and source, and whether it is recorded already."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from steering.analysis.incoming import New, Wanted
from steering.analysis.portfolio import Portfolio
from steering.exchange.genesis.cells import is_part_of_year
from steering.exchange.genesis.layout import CountedValue, Group, said
from steering.model import Indicator
from steering.model.base import NAME_LENGTH, TEXT_LENGTH

_ATTRIBUTION = "© Statistische Ämter des Bundes und der Länder, Deutschland, {}, dl-de/by-2-0"
_TOTALS = {"", "insgesamt", "gesamt", "total"}
_WITHOUT_UNIT = "ohne Einheit"
_LONGEST_UNIT = 60


class Indicators:
    """The Kennzahlen that are recorded, by name and unit, and those that a file brings.

    `year` is that in which the file is read: what the licence wants named.
    """

    def __init__(self, portfolio: Portfolio, groups: Sequence[Group], year: int) -> None:
        rows = portfolio.indicators
        self._recorded = {
            _known_by(name, unit): int(key)
            for name, unit, key in zip(rows["name"], rows["unit"], rows["id"], strict=True)
        }
        self._groups, self._year = groups, year

    def name(self, figure: CountedValue, cells: Sequence[Any]) -> str:
        """Bevölkerung: Ausländer, weiblich – in full; totals and parts of the year are not named."""
        labels = [
            said(cells, group.attribute_label) or said(cells, group.attribute_code)
            for group in self._groups
            if not is_part_of_year(said(cells, group.attribute_code))
        ]
        told = [label for label in labels if label.casefold() not in _TOTALS]
        return _plain(f"{figure.label}: {', '.join(told)}" if told else figure.label)

    def of(
        self, figure: CountedValue, name: str, statistic: tuple[str, str]
    ) -> tuple[int | New, tuple[Wanted, ...]]:
        """What stands for a Kennzahl, and the record to be made where there is none yet."""
        short, unit = _shortened(name), (_plain(figure.unit) or _WITHOUT_UNIT)[:_LONGEST_UNIT]
        known = _known_by(short, unit)
        if known in self._recorded:
            return self._recorded[known], ()
        code, label = statistic
        note = f"Merkmal {figure.code} der Statistik {code} {label}".strip()
        values = {
            "name": short,
            "unit": unit,
            "source": f"{_plain(f'Statistik {code} {label}')}. {_ATTRIBUTION.format(self._year)}"[
                :TEXT_LENGTH
            ],
            "note": (note if short == name else f"{name}\n{note}")[:TEXT_LENGTH],
        }
        new = New(Indicator, known)
        return new, (Wanted(Indicator, values, key=known),)


def _known_by(name: str, unit: str) -> tuple[str, str]:
    return _plain(name).casefold(), _plain(unit).casefold()


def _plain(words: str) -> str:
    """In one line and without the brackets that no name may bear: »< 3 Jahre« is »unter 3 Jahre«."""
    words = words.replace("<", " unter ").replace(">", " über ")
    return re.sub(r"\s+", " ", words).strip()


def _shortened(name: str) -> str:
    """At most as long as a name may be. The end is kept: it tells attributes apart."""
    if len(name) <= NAME_LENGTH:
        return name
    half = NAME_LENGTH // 2 - 2
    return f"{name[:half].rstrip()} … {name[-half:].lstrip()}"
