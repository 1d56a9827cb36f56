"""Which programmes could pay for a need that is not met, beside the finding that says so."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from steering.analysis.findings.kinds import OPEN
from steering.analysis.portfolio import Portfolio
from steering.analysis.potentials.paying import paying_for
from steering.web import current
from steering.web.text import plain

LABEL = "Wer das bezahlen könnte"


def show(rows: pd.DataFrame) -> None:
    """The programmes for the need of these findings, one line each; nothing without any, nor for guests."""
    first = rows.iloc[0]
    if current.presenting() or current.discreet() or first["kind"] not in OPEN or pd.isna(first["need_id"]):
        return
    start = rows["start"].min()
    day = None if pd.isna(start) or rows["start"].isna().any() else start.date()
    if lines := current.of(_lines, current.today(), int(first["need_id"]), day):
        with st.expander(f"{LABEL}: {len(lines)}", icon=":material/savings:"):
            st.markdown("\n".join(f"- {plain(each)}" for each in lines))
            st.caption("Ob ein Antrag Aussicht hat und ob Mittel da sind, ist nicht erfasst.")


def _lines(portfolio: Portfolio, today: date, need: int, start: date | None) -> tuple[str, ...]:
    return tuple(each.words for each in paying_for(portfolio, today, need, start))
