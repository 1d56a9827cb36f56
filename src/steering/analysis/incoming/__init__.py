"""What comes in from files, before it is written: rows, their comparison with what is recorded, the outcome.

A reader in `exchange` makes a `Reading` of `IncomingRow`s, each with the records it `Wanted`;
`compare` judges them against a Portfolio and gives a `Proposal`; `storage.imports.importing` writes the rows
of it that somebody has chosen.
"""

from steering.analysis.incoming.comparing import compare
from steering.analysis.incoming.proposals import (
    BOOKKEEPING,
    OUTCOME_WORDS,
    Difference,
    JudgedRow,
    Proposal,
    RowOutcome,
    Twin,
)
from steering.analysis.incoming.rows import IncomingRow, New, Place, Reading, Refusal, Wanted

__all__ = [
    "BOOKKEEPING",
    "OUTCOME_WORDS",
    "Difference",
    "IncomingRow",
    "JudgedRow",
    "New",
    "Place",
    "Proposal",
    "Reading",
    "Refusal",
    "RowOutcome",
    "Twin",
    "Wanted",
    "compare",
]
