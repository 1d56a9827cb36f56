"""What is to be said beside sums of money: which of it is counted otherwise than its days would have it."""

from __future__ import annotations

from collections.abc import Collection

from steering.analysis.money import beyond, following
from steering.analysis.portfolio import Portfolio
from steering.analysis.view import View


def remarks(portfolio: Portfolio, view: View, structures: Collection[int]) -> tuple[str, ...]:
    """In sentences, about the money of these structures."""
    told = []
    for found, words in ((following.following, following.words), (beyond.beyond, beyond.words)):
        rows = found(portfolio, view)
        told += words(rows[rows["structure_id"].isin(structures)])
    return tuple(told)
