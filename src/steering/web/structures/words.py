"""A structure's end in words, as lists, map and details tell it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from steering.model import EndKind, Extension
from steering.model.german import day
from steering.model.vocabulary import word

YEARLY, YEARLY_IN_SHORT = "Daueraufgabe mit jährlicher Bewilligung", "Daueraufgabe, jährlich bewilligt"


def end_in_short(row: Mapping[Any, Any], as_of: date) -> str:
    """The same for a column of a table, where its words take the room of the names."""
    words = end_words(row, as_of)
    return YEARLY_IN_SHORT if words == YEARLY else words


def end_words(row: Mapping[Any, Any], as_of: date) -> str:
    """When it ends in the scenario, seen from the day looked at, or in which way that is not known."""
    if row["state"] == "running" and pd.notna(row["until"]):
        return day(row["until"])
    if row["state"] == "running":
        if row["support"] == "own_means":
            return "aus Eigenmitteln"
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
