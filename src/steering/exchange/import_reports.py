"""What an import left behind: the report as JSON, and the refused rows as they came with the reason."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pandas as pd

from steering.analysis.incoming import Proposal, RowOutcome
from steering.analysis.incoming.lists.columns import REASON
from steering.exchange import tables

ONE_SHEET = "Abgewiesene Zeilen"


def report(proposal: Proposal) -> str:
    """The report on an import as one JSON object, see `Proposal.report`."""
    return _text(proposal.report())


def report_of_refusal(reason: str) -> str:
    """The report on a file that was refused as a whole: no row was read, and the sentence that says why."""
    return _text(Proposal("", 0, ()).report() | {"reason": reason})


def _text(report: Mapping[str, Any]) -> str:
    return json.dumps(report, ensure_ascii=False, indent=2, default=str) + "\n"


def refused_rows(proposal: Proposal) -> dict[str, pd.DataFrame]:
    """The refused rows under their own headings, by sheet, with a last column of all reasons of each."""
    rows: dict[str, list[dict[str, Any]]] = {}
    for number in proposal.numbers(RowOutcome.REFUSED):
        judged = proposal.rows[number]
        reasons = [
            f"{refusal.column}: {refusal.reason}" if refusal.column else refusal.reason
            for refusal in judged.refusals
        ]
        row = without_reason(judged.row.cells) | {REASON: " ".join(reasons)}
        rows.setdefault(judged.row.place.sheet or ONE_SHEET, []).append(row)
    return {sheet: _frame(found) for sheet, found in rows.items()}


def _frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    headings = list(dict.fromkeys(heading for row in rows for heading in row if heading != REASON))
    return pd.DataFrame(rows, columns=[*headings, REASON], dtype=object).fillna("")


def refused_workbook(proposal: Proposal) -> bytes:
    """The same as a workbook that can be corrected and read in again."""
    return tables.sheets(refused_rows(proposal))


def without_reason(cells: Mapping[str, Any]) -> dict[str, Any]:
    """A row without the reason of an earlier import."""
    return {heading: value for heading, value in cells.items() if heading != REASON}
