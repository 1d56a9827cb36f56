"""All that the program proposes, in the order in which it stands on the page."""

from __future__ import annotations

from steering.analysis.discretion import levelled
from steering.analysis.findings import rules
from steering.analysis.findings.situation import Situation
from steering.analysis.portfolio import Portfolio
from steering.analysis.potentials.apply_together import apply_together
from steering.analysis.potentials.free_next_door import free_next_door
from steering.analysis.potentials.neighbours import Pairs
from steering.analysis.potentials.paying import for_ends, for_needs
from steering.analysis.potentials.proposal import ProposedPotential, undecided
from steering.analysis.potentials.served_around import served_around
from steering.analysis.potentials.share import share
from steering.analysis.view import Horizon, View


def proposals(portfolio: Portfolio, at: View, beside: Pairs) -> tuple[ProposedPotential, ...]:
    """Those that nobody has decided about, for the day that is looked at and read (`at.as_of`, `at.today`).

    What is taken over is read by everyone: quantities that rest on small counts are reckoned with as everyone
    reads them.
    """
    one_day = View(at.as_of, at.today, Horizon(at.as_of, at.as_of), at.scenario)
    situation = Situation.of(levelled(portfolio), one_day)
    unmet = rules.unmet(situation)
    every = [
        *apply_together(portfolio, at.today),
        *for_ends(portfolio, at.today),
        *for_needs(situation, unmet),
        *free_next_door(situation, unmet, beside),
        *served_around(portfolio, at, beside),
        *share(portfolio, at, beside),
    ]
    return tuple(undecided(portfolio, every))
