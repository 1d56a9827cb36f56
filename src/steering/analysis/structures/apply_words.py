"""Antrag bis in words: for lists, details, a picture and a paper alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from steering.model import Extension
from steering.model.german import PAST, about
from steering.model.vocabulary import word


def is_to_apply(row: Mapping[Any, Any]) -> bool:
    """Whether somebody still has to: there is a day for it, and the application is not in."""
    return pd.notna(row["apply_by"]) and row["extension"] != Extension.APPLIED


def apply_words(row: Mapping[Any, Any]) -> str:
    """Of a row of `deadlines.deadlines`: 15.11.2026 (vorbei), 30.06.2026 (geschätzt); where nobody has to
    apply any more, or nobody can, what is known about going on.
    """
    if not is_to_apply(row):
        return word(Extension(row["extension"]))
    return about(row["apply_by"], row["apply_estimated"], PAST if row["apply_past"] else "")
