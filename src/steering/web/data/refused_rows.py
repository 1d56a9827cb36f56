"""The rows of an import that stay out: where they stand, and why."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from steering.analysis.incoming import Proposal, RowOutcome
from steering.exchange import import_reports
from steering.web import panels


def show(key: str, proposal: Proposal, *, advice: str) -> None:
    """The reasons, what to do about them, and the rows as a file."""
    refusals = list(proposal.refusals())
    if not refusals:
        return
    st.subheader(f"Abgewiesen ({proposal.counts[RowOutcome.REFUSED]})", anchor=False)
    st.caption(f"Diese Zeilen bleiben draußen. {advice}")
    places = {
        "Datei": [refusal.place.file for refusal in refusals],
        "Blatt": [refusal.place.sheet for refusal in refusals],
    }
    shown = [
        {
            "Zeile": refusal.place.row,
            "Spalte": refusal.column,
            "Wert": refusal.value,
            "Grund": refusal.reason,
        }
        for refusal in refusals
    ]
    telling = {heading: names for heading, names in places.items() if _tells(heading, names)}
    frame = pd.DataFrame(telling | dict(pd.DataFrame(shown)))
    st.dataframe(frame, hide_index=True, key=f"{key} refused rows")
    panels.download(
        "Abgewiesene Zeilen",
        lambda: import_reports.refused_workbook(proposal),
        "abgewiesene-zeilen.xlsx",
        panels.XLSX,
        key=f"{key}-refused",
    )


def _tells(heading: str, names: Sequence[str]) -> bool:
    """Whether a file's or a sheet's name says anything about a row."""
    return len(set(names)) > 1 if heading == "Datei" else any(names)
