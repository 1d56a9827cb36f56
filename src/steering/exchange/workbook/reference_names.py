"""What records are called where others point to them: a name each that no other of its type has."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from steering.analysis.portfolio import Portfolio
from steering.model import Record

NamesByKey = Mapping[Any, str]
"""By key, for one table."""

_NAMED_BY = ("name", "title", "subject", "topic", "day")


def same(name: str) -> str:
    """A name without what people and programs change unawares: case, and blanks within and around."""
    return " ".join(unicodedata.normalize("NFC", name).split()).casefold()


def names(portfolio: Portfolio, table: str) -> dict[Any, str]:
    """The records of a table by key: their name, with the key behind it where several are called the same."""
    frame = portfolio.frame(table)
    (key,) = Record.metadata.tables[table].primary_key.columns
    return unmistakable(zip(frame[key.name].tolist(), _plain(frame), strict=True))


def unmistakable(pairs: Iterable[tuple[Any, str]]) -> dict[Any, str]:
    """Key and name of each record, with the key added to names that would be taken for another."""
    found = {key: name or f"[{key}]" for key, name in pairs}
    while True:
        often = Counter(map(same, found.values()))
        doubled = [key for key, name in found.items() if often[same(name)] > 1]
        if not doubled:
            return found
        found |= {key: f"{found[key]} [{key}]" for key in doubled}


def _plain(frame: pd.DataFrame) -> list[str]:
    for column in _NAMED_BY:
        if column in frame:
            return [_word(value) for value in frame[column]]
    return [""] * len(frame)


def _word(value: Any) -> str:
    return f"{value:%d.%m.%Y}" if isinstance(value, pd.Timestamp) else "" if pd.isna(value) else str(value)
