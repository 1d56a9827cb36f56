"""Where the amounts of a file go: into the data, or to the rows that are not taken; both sums are shown."""

from __future__ import annotations

from steering.analysis.incoming.proposals import Proposal, RowOutcome
from steering.model.german import euro

_WORDS = {
    RowOutcome.NEW: "neu",
    RowOutcome.CHANGED: "in geänderten Zeilen",
    RowOutcome.UNCHANGED: "unverändert erfasst",
    RowOutcome.OUTSIDE: "außerhalb",
    RowOutcome.REFUSED: "in abgewiesenen Zeilen",
}


def sums(proposal: Proposal) -> str:
    """The sum of the amounts of all rows, and what becomes of it; "" where no row names one."""
    found = dict.fromkeys(RowOutcome, 0)
    repeated = withheld = 0
    for judged in proposal.rows:
        amount = judged.row.amount or 0
        withheld += judged.row.withheld or 0
        if judged.row.repeats and judged.outcome != RowOutcome.REFUSED:
            repeated += amount
        else:
            found[judged.outcome] += amount
    whole = sum(found.values()) + repeated + withheld
    if not whole:
        return ""
    parts = [f"{euro(cents)} {_WORDS[outcome]}" for outcome, cents in found.items() if cents]
    parts += [f"{euro(repeated)} noch einmal genannt und nur einmal gezählt"] if repeated else []
    parts += [f"{euro(withheld)} über mehrere Zeilen verbunden und nicht übernommen"] if withheld else []
    return f"Beträge der Datei: {euro(whole)}, davon {', '.join(parts)}."
