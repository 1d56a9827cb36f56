"""New structures that may already be recorded under a slightly different name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from rapidfuzz import fuzz, process

from steering.analysis.incoming.names import plain_name
from steering.analysis.incoming.proposals import JudgedRow, RowOutcome, Twin
from steering.analysis.portfolio import Portfolio
from steering.model import Structure

LIKENESS = 85
MOST = 3
_NUMBERS = re.compile(r"\d+")


class Twins:
    """The recorded structures, to be looked up by names that resemble theirs."""

    def __init__(self, portfolio: Portfolio) -> None:
        structures = portfolio.structures
        self._ids = structures["id"].tolist()
        self._names = structures["name"].tolist()
        self._plain = [plain_name(name) for name in self._names]

    def of(self, rows: Iterable[JudgedRow]) -> list[JudgedRow]:
        """The rows, those that make a structure with the recorded ones of a similar name."""
        listed = list(rows)
        wanted = {number: name for number, row in enumerate(listed) if (name := _new_name(row))}
        found = self.like(list(dict.fromkeys(wanted.values())))
        return [
            replace(row, twins=twins) if (twins := found.get(wanted.get(number, ""))) else row
            for number, row in enumerate(listed)
        ]

    def like(self, names: Sequence[str]) -> dict[str, tuple[Twin, ...]]:
        """For each name that some resemble: those."""
        if not names or not self._plain:
            return {}
        likeness = process.cdist(
            [plain_name(name) for name in names], self._plain, scorer=fuzz.token_sort_ratio,
            score_cutoff=LIKENESS,
        )  # fmt: skip
        return {name: self._best(name, row) for name, row in zip(names, likeness, strict=True) if row.any()}

    def _best(self, name: str, likeness: Iterable[float]) -> tuple[Twin, ...]:
        """The likest; names that differ in a number (Gruppe 1, Gruppe 2) are meant to be different."""
        numbers = _NUMBERS.findall(name)
        scored = sorted(
            (
                (round(score), at)
                for at, score in enumerate(likeness)
                if score and _NUMBERS.findall(self._names[at]) == numbers
            ),
            reverse=True,
        )
        return tuple(Twin(self._ids[at], self._names[at], score) for score, at in scored[:MOST])


def _new_name(row: JudgedRow) -> str:
    """The name of the structure that a row would make, also where a row above it would make it first."""
    if row.outcome in (RowOutcome.UNCHANGED, RowOutcome.REFUSED) or not row.wanted:
        return ""
    first = row.wanted[0]
    return str(first.values.get("name", "")) if first.record is Structure and first.id is None else ""
