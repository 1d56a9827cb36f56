"""The known ends of what keeps structures running: why findings begin, and how that is said.

A cause is a value; its sentences are made here, and no rule reads one back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

import numpy as np

from steering.analysis.findings.lists import among
from steering.analysis.intervals import days, ends
from steering.analysis.intervals.days import DOOM, Days
from steering.analysis.intervals.ends import Effective, Mask, Terms
from steering.analysis.lives import spans, stretches
from steering.analysis.lives.spans import Fundings
from steering.analysis.portfolio import Portfolio
from steering.analysis.view import View
from steering.model import EndKind
from steering.model.german import day, listing

OWN = -1
OWN_MEANS = "Eigenmitteln"


class CauseKind(StrEnum):
    """What has ended."""

    STRUCTURE = "structure"
    RESPONSIBILITY = "responsibility"


class Cause(NamedTuple):
    """What ends on a day; `money`: the names of what carried a structure, none where it ends by itself."""

    kind: CauseKind
    day: date
    money: tuple[str, ...] = ()


class Source(NamedTuple):
    """What keeps structures running: carrying fundings, then everybody's own validity (`funding` OWN).

    `structure`, `funding`: rows of the Portfolio's structures and of `Fundings.records`.
    """

    structure: Days
    funding: Days
    terms: Terms
    effective: Effective
    names: dict[int, str]


def sources(portfolio: Portfolio, view: View, found: Fundings) -> tuple[Source, Source]:
    """The carrying fundings, and the own validities."""
    structures = portfolio.structures
    rows, every = np.flatnonzero(found.carrying), np.arange(len(structures))
    own = stretches.own_validity(structures, view, spans.funded(found, structures))
    named = found.records["programme_id"].map(portfolio.short_names("programme")).astype(object)
    names: dict[Any, str] = named.where(named.notna(), found.records["name"]).to_dict()
    return (
        Source(found.structure[rows], rows, found.terms.at(rows), found.effective.at(rows), names),
        Source(every, np.full(len(every), OWN), ends.terms(structures, "valid_from", "valid_until"), own, {}),
    )


def ends_known(source: Source) -> Mask:
    """Whether a source's last day is known before it comes: fixed, yearly, or set by a scenario's change."""
    terms, period = source.terms, source.effective
    dated = np.isin(terms.kind, [EndKind.FIXED, EndKind.ANNUAL]) | (period.last == terms.at_most)
    found: Mask = dated & (period.start <= period.last) & (period.last < DOOM)
    return found


class KnownEnds(NamedTuple):
    """Structures and last days of what keeps them running, with the money's name, "" for their own end."""

    structure: Days
    day: Days
    name: np.ndarray

    def at(self, structure: Days, day: Days) -> Mask:
        """Whether each of these structures has such an end on its day."""
        return among(_packed(structure, day), _packed(self.structure, self.day))

    def causes(self, structure: Days, last: Days) -> list[Cause | None]:
        """The end of each structure on its day, None where it has none."""
        named: dict[int, list[str]] = {}
        for key, name in zip(_packed(self.structure, self.day).tolist(), self.name.tolist(), strict=True):
            named.setdefault(key, []).append(name)
        return [
            Cause(CauseKind.STRUCTURE, when.date(), tuple(dict.fromkeys(filter(None, named[key]))))
            if key in named
            else None
            for key, when in zip(_packed(structure, last).tolist(), days.dates(last).tolist(), strict=True)
        ]


def known_ends(found: Iterable[Source], bridged: tuple[Days, Days]) -> KnownEnds:
    """`bridged`: structures that own means keep running up to a day that a scenario's change sets, and it."""
    parts = [(*bridged, np.full(len(bridged[0]), OWN_MEANS, dtype=object))]
    for source in found:
        rows = np.flatnonzero(ends_known(source))
        names = np.array([source.names.get(row, "") for row in source.funding[rows].tolist()], dtype=object)
        parts.append((source.structure[rows], source.effective.last[rows], names))
    return KnownEnds._make(np.concatenate(column) for column in zip(*parts, strict=True))


def bridged(portfolio: Portfolio, found: Fundings) -> tuple[Days, Days]:
    """The rows of the structures that go on by own means up to a day, and that day."""
    structures = portfolio.structures
    until = stretches.goes_on_until(structures)
    goes_on = stretches.continues(structures, spans.last_carried(found, len(structures)))
    rows = np.flatnonzero(goes_on & (until < DOOM))
    return rows, until[rows]


def _packed(structure: Days, last: Days) -> Days:
    return structure * (days.DOOM - days.DAWN + 1) + (last - days.DAWN)


def said(causes: Iterable[Cause]) -> str:
    """The causes in full: "endet mit BIR III am 31.12.2026"."""
    return "; ".join(dict.fromkeys(map(_words, causes)))


def said_briefly(causes: Sequence[Cause]) -> str:
    """The causes short enough for a sentence: "BIR III endet"; "" where there is none."""
    money = list(dict.fromkeys(name for cause in causes for name in cause.money))
    if money:
        return f"{listing(money)} {'endet' if len(money) == 1 else 'enden'}"
    return _OF_NO_MONEY[causes[0].kind] if causes else ""


_OF_NO_MONEY = {
    CauseKind.STRUCTURE: "eine Struktur endet",
    CauseKind.RESPONSIBILITY: "eine Zuständigkeit endet",
}


def _words(cause: Cause) -> str:
    when = day(cause.day)
    if cause.kind is CauseKind.RESPONSIBILITY:
        return f"Zuständigkeit endet am {when}"
    return f"endet mit {listing(list(cause.money))} am {when}" if cause.money else f"endet am {when}"
