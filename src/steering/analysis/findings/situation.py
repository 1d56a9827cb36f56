"""What all rules look at: the records by rows, who runs when, and who answers for what on which days."""

from __future__ import annotations

from dataclasses import dataclass

from steering.analysis.findings.causes import KnownEnds, Source, bridged, known_ends, sources
from steering.analysis.findings.cells import CellGrid, grid
from steering.analysis.findings.forecasts import foreseen
from steering.analysis.findings.register import Register, register
from steering.analysis.findings.stints import Stints, spells, stints
from steering.analysis.intervals.sweeps import Segments
from steering.analysis.lives import spans, stretches
from steering.analysis.lives.spans import Fundings
from steering.analysis.portfolio import Portfolio
from steering.analysis.view import View


@dataclass(frozen=True, eq=False)
class Situation:
    """A Portfolio in a scenario, its changes already applied.

    `sized`: the lives with their sizes, as `stretches.segments`; `life`: whether structures run, whatever
    their size; `stints`: the responsibilities on those days; `sources`: what keeps structures running;
    `ends`: the ends of these that are known before they come.
    """

    portfolio: Portfolio
    view: View
    register: Register
    grid: CellGrid
    sized: Segments
    life: Segments
    stints: Stints
    fundings: Fundings
    sources: tuple[Source, Source]
    ends: KnownEnds

    @classmethod
    def of(cls, portfolio: Portfolio, view: View) -> Situation:
        known = register(foreseen(portfolio, view))
        sized = stretches.segments(portfolio, view)
        life = spells(sized)
        fundings = spans.fundings(portfolio, view)
        found = sources(portfolio, view, fundings)
        return cls(
            portfolio,
            view,
            known,
            grid(known),
            sized,
            life,
            stints(known.answers, life, len(known.level)),
            fundings,
            found,
            known_ends(found, bridged(portfolio, fundings)),
        )
