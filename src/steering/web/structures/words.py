"""A structure's end in words, as lists, map and details tell it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from steering.analysis.lives.stretches import UNKNOWN
from steering.analysis.portfolio import Portfolio
from steering.model import EndKind, Extension
from steering.model.german import day
from steering.model.vocabulary import STATE_WORDS, word
from steering.web import text

YEARLY, YEARLY_IN_SHORT = "Daueraufgabe mit jährlicher Bewilligung", "Daueraufgabe, jährlich bewilligt"


def short_names(portfolio: Portfolio) -> dict[int, str]:
    """What each structure is called where there is little room: no two that have different names the same."""
    rows = portfolio.structures
    return dict(zip(rows["id"], text.short_names(list(rows["name"])), strict=True))


def size_words(row: Mapping[Any, Any], figure: str) -> str:
    """A figure of `recorded_fte`, with the word for what is not certain to run."""
    unsure = row["state"] == UNKNOWN and pd.notna(row["recorded_fte"])
    return f"{figure} ({STATE_WORDS[UNKNOWN]})" if unsure else figure


def end_in_short(row: Mapping[Any, Any], as_of: date) -> str:
    """The same for a column of a table, where its words take the room of the names."""
    words = end_words(row, as_of)
    if words == YEARLY:
        return YEARLY_IN_SHORT
    funded_until = _funded_until(row)
    return f"{funded_until}, dann Eigenmittel" if funded_until else words


def end_words(row: Mapping[Any, Any], as_of: date) -> str:
    """When it ends in the scenario, seen from the day looked at, or in which way that is not known."""
    if row["state"] == "running" and pd.notna(row["until"]):
        return day(row["until"])
    if row["state"] == "running":
        if row["support"] == "own_means":
            return "aus Eigenmitteln"
        if funded_until := _funded_until(row):
            return f"Förderung bis {funded_until}, danach aus Eigenmitteln"
        if row["last_end_kind"] == EndKind.OPEN:
            return YEARLY if row["yearly_grant"] else "Daueraufgabe"
        return f"offen ({word(Extension(str(row['last_extension'])))})"
    if row["state"] == "unknown":
        return "nicht bekannt"
    if pd.notna(row["first_day"]) and row["first_day"] > pd.Timestamp(as_of):
        return f"ab {day(row['first_day'])}"
    if pd.notna(row["resumes"]):
        return f"Pause, ab {day(row['resumes'])} wieder"
    return f"beendet {day(row['last_day'], '')}".strip()


def _funded_until(row: Mapping[Any, Any]) -> str:
    """The last day of the funding of what runs on by own means after it, "" of all else."""
    goes_on = row["state"] == "running" and pd.isna(row["until"]) and pd.notna(row["own_means_from"])
    return day(row["own_means_from"] - pd.Timedelta(days=1)) if goes_on else ""
