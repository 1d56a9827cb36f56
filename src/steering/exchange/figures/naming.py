"""Which Kennzahl a list means: a recorded one, one of the catalogue, or a new one; and in what it counts."""

from __future__ import annotations

import re

from steering.analysis.incoming import New, Wanted
from steering.analysis.incoming.names import plain_name
from steering.analysis.portfolio import Portfolio
from steering.exchange.genesis.recording import ABSOLUTE, SHARES
from steering.model import Indicator
from steering.model.base import NAME_LENGTH, TEXT_LENGTH
from steering.model.german import listing
from steering.model.usual_indicators import USUAL, UsualIndicator

_WITHOUT_UNIT = "Anzahl"
_LONGEST_UNIT = 60
_SCALED = re.compile(
    r"(?<!\bje )(?<!\bpro )(?<!\bauf )\b(tsd|tausend|mio|millionen)\b|(?:^|\bin |[(\[])\s*1[.  ]?000\b", re.I
)


def scaled(said: str) -> str:
    """Why values cannot be taken of which a text says that they count in thousands; "" for any other."""
    if not _SCALED.search(said):
        return ""
    shown = " ".join(said.split())[:60]
    return f"Die Liste zählt in »{shown}«, eine Kennzahl in einzelnen. Bitte die Werte ausschreiben."


def is_share(unit: str) -> bool:
    return unit.casefold().strip() in SHARES


def usual(name: str) -> UsualIndicator | None:
    """The Kennzahl of the catalogue that is called so."""
    return next((each for each in USUAL if plain_name(each.name) == plain_name(name)), None)


class KnownIndicators:
    """The recorded Kennzahlen by name."""

    def __init__(self, portfolio: Portfolio) -> None:
        rows = portfolio.indicators
        self._by_name: dict[str, list[tuple[int, str]]] = {}
        for key, name, unit in zip(rows["id"], rows["name"], rows["unit"], strict=True):
            self._by_name.setdefault(plain_name(str(name)), []).append((int(key), str(unit)))
        groups = portfolio.target_groups
        self._groups = dict(zip(groups["slug"], groups["id"], strict=True))

    def knows(self, name: str) -> bool:
        return plain_name(name) in self._by_name or usual(name) is not None

    def meant(self, name: str, unit: str, source: str) -> tuple[int | New, tuple[Wanted, ...], str]:
        """What stands for a Kennzahl, the record of one that is new, and its unit.

        Raises ValueError with a German sentence where the list counts in something else.
        """
        if problem := scaled(unit) or scaled(name):
            raise ValueError(problem)
        recorded = self._by_name.get(plain_name(name), [])
        fitting = [pair for pair in recorded if _fits(pair[1], unit)]
        if recorded and not fitting:
            units = listing([f"»{each}«" for _, each in recorded])
            raise ValueError(
                f"Die Kennzahl »{name}« zählt {units}, die Liste nennt »{unit}«. Bitte eine eigene Kennzahl "
                "dafür anlegen oder die Werte umrechnen."
            )
        same = [pair for pair in fitting if pair[1].casefold() == unit.casefold()] or fitting
        if len(same) > 1:
            raise ValueError(f"»{name}« heißen mehrere Kennzahlen. Bitte die Einheit angeben.")
        if same:
            return same[0][0], (), same[0][1]
        return self._new(name, unit, source)

    def _new(self, name: str, unit: str, source: str) -> tuple[New, tuple[Wanted, ...], str]:
        known = usual(name)
        if known and not _fits(known.unit, unit):
            raise ValueError(
                f"Die Kennzahl »{known.name}« zählt »{known.unit}«, die Liste nennt »{unit}«. Bitte anders "
                "benennen oder die Werte umrechnen."
            )
        if known:
            values = {
                "name": known.name,
                "unit": known.unit,
                "source": source or known.source,
                "note": known.note,
                "target_group_id": self._groups.get(known.group),
            }
        else:
            shown = re.sub(r"\s+", " ", name.replace("<", " unter ").replace(">", " über ")).strip()
            values = {
                "name": shown[:NAME_LENGTH],
                "unit": (unit or _WITHOUT_UNIT)[:_LONGEST_UNIT],
                "source": source[:TEXT_LENGTH],
            }
        key = (plain_name(name), str(values["unit"]).casefold())
        return New(Indicator, key), (Wanted(Indicator, values, key=key),), str(values["unit"])


def _fits(recorded: str, said: str) -> bool:
    """Whether values in one unit may stand for a Kennzahl that counts in another; without one they may."""
    first, second = recorded.casefold().strip(), said.casefold().strip()
    if not second or first == second:
        return True
    if first in SHARES or second in SHARES:
        return first in SHARES and second in SHARES
    return second in ABSOLUTE and (first in ABSOLUTE or second in ("anzahl", "zahl"))
