"""Whose money and decisions are the Landkreis's own: it and what stands below it in the organisation tree."""

from __future__ import annotations

from steering.analysis.portfolio import Portfolio
from steering.model import Level


def own_house(portfolio: Portfolio) -> frozenset[int]:
    """The organisations whose root is the Landkreis."""
    units = portfolio.organisations
    known = units[units["parent_id"].isin(units["id"])]
    above = dict(zip(known["id"].tolist(), known["parent_id"].astype(int).tolist(), strict=True))
    level_of = dict(zip(units["id"].tolist(), units["level"].tolist(), strict=True))
    return frozenset(key for key in level_of if level_of[_root(key, above)] == Level.COUNTY)


def _root(key: int, above: dict[int, int]) -> int:
    """The topmost organisation above one; in a circle, one of it."""
    passed = {key}
    while (parent := above.get(key)) is not None and parent not in passed:
        passed.add(parent)
        key = parent
    return key
