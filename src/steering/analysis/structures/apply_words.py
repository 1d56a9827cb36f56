"""Antrag bis in words: for lists, details, a picture and a paper alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from steering.model import Extension
from steering.model.german import PAST, about
from steering.model.vocabulary import word


def apply_words(row: Mapping[Any, Any]) -> str:
    """Of a row of `deadlines.deadlines` that has such a day: 15.11.2026 (vorbei), 30.06.2026 (geschätzt).

    Who has applied has missed nothing: of a day that is past it says so.
    """
    applied = row["extension"] == Extension.APPLIED
    passed = (word(Extension.APPLIED) if applied else PAST) if row["apply_past"] else ""
    return about(row["apply_by"], row["apply_estimated"], passed)
