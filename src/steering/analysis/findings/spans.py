"""The days on which a finding holds, in words; it is open on a side where it goes beyond the horizon."""

from __future__ import annotations

from datetime import date

import pandas as pd

from steering.model.german import day


def said(start: date, end: date) -> str:
    """From when to when: "bis 30.06.2027", "durchgehend"; a single day by itself."""
    if pd.isna(start) and pd.isna(end):
        return "durchgehend"
    if pd.isna(end):
        return f"ab {day(start)}"
    if pd.isna(start):
        return f"bis {day(end)}"
    return day(start) if start == end else f"{day(start)} – {day(end)}"
