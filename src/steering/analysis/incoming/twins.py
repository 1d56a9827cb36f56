"""New structures that may already be recorded under a slightly different name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from rapidfuzz import fuzz, process

from steering.analysis.incoming.names import plain_name
from steering.analysis.incoming.proposals import JudgedRow, RowOutcome, Twin
from steering.analysis.portfolio import Portfolio
from steering.model import Structure

LIKENESS = 85
MOST = 3
_NUMBERS = re.compile(r"\d+")
# Who writes »Familienbüro« may mean »Familienbüro (Fachbereich 22)«; two additions may tell two apart.
_ADDITION = re.compile(r"\s*\([^()]*\)\s*")


class Twins:
    """The recorded structures, to be looked up by names that resemble theirs."""

    def __init__(self, portfolio: Portfolio) -> None:
        structures = portfolio.structures
        self._ids = structures["id"].tolist()
        self._names = structures["name"].tolist()
        self._plain = [plain_name(name) for name in self._names]
        self._added_to = np.array([_has_addition(name) for name in self._names], dtype=bool)

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
        likeness = _likeness([plain_name(name) for name in names], self._plain)
        added_to = np.array([_has_addition(name) for name in names], dtype=bool)
        for mine in (True, False):
            rows, columns = np.flatnonzero(added_to == mine), np.flatnonzero(self._added_to != mine)
            if len(rows) and len(columns):
                bare = [plain_name(_bare(names[at])) for at in rows.tolist()]
                theirs = [plain_name(_bare(self._names[at])) for at in columns.tolist()]
                place = np.ix_(rows, columns)
                likeness[place] = np.maximum(likeness[place], _likeness(bare, theirs))
        best = {name: self._best(name, row) for name, row in zip(names, likeness, strict=True) if row.any()}
        return {name: found for name, found in best.items() if found}

    def _best(self, name: str, likeness: Iterable[float]) -> tuple[Twin, ...]:
        """The likest; names that differ in a number (Gruppe 1, Gruppe 2) are meant to be different."""
        scored = sorted(
            (
                (round(score), at)
                for at, score in enumerate(likeness)
                if score and _same_numbers(name, self._names[at])
            ),
            reverse=True,
        )
        return tuple(Twin(self._ids[at], self._names[at], score) for score, at in scored[:MOST])


def _likeness(names: Sequence[str], others: Sequence[str]) -> Any:
    return process.cdist(names, others, scorer=fuzz.token_sort_ratio, score_cutoff=LIKENESS)


def _same_numbers(name: str, other: str) -> bool:
    if _has_addition(name) != _has_addition(other):
        name, other = _bare(name), _bare(other)
    return _NUMBERS.findall(name) == _NUMBERS.findall(other)


def _has_addition(name: str) -> bool:
    return bool(_bare(name)) and _ADDITION.search(name) is not None


def _bare(name: str) -> str:
    """A name without what stands in brackets."""
    return _ADDITION.sub(" ", name).strip()


def _new_name(row: JudgedRow) -> str:
    """The name of the structure that a row would make, also where a row above it would make it first."""
    if row.outcome in (RowOutcome.UNCHANGED, RowOutcome.REFUSED) or not row.wanted:
        return ""
    first = row.wanted[0]
    return str(first.values.get("name", "")) if first.record is Structure and first.id is None else ""
