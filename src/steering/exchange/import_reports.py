"""The rows of an import that were refused, given back as they came with the reason beside them."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from steering.analysis.incoming import Outcome, Proposal
from steering.exchange import tables

REASON = "Grund der Abweisung"


def refused_rows(proposal: Proposal) -> pd.DataFrame:
    """The refused rows under their own headings, and a last column with all reasons of each."""
    rows = []
    for number in proposal.numbers(Outcome.REFUSED):
        judged = proposal.rows[number]
        reasons = [
            f"{refusal.column}: {refusal.reason}" if refusal.column else refusal.reason
            for refusal in judged.refusals
        ]
        rows.append(without_reason(judged.row.cells) | {REASON: " ".join(reasons)})
    headings = list(dict.fromkeys(heading for row in rows for heading in row if heading != REASON))
    return pd.DataFrame(rows, columns=[*headings, REASON], dtype=object).fillna("")


def refused_workbook(proposal: Proposal) -> bytes:
    """The same as a workbook that can be corrected and read in again."""
    return tables.xlsx(refused_rows(proposal), title="Abgewiesene Zeilen")


def without_reason(cells: Mapping[str, str]) -> dict[str, str]:
    """A row without the reason of an earlier import."""
    return {heading: text for heading, text in cells.items() if heading != REASON}
