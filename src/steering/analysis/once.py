"""What several rules need of one Portfolio is worked out once."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast
from weakref import WeakKeyDictionary

import pandas as pd

from steering.analysis.portfolio import Portfolio

R = TypeVar("R")


def once(rule: Callable[[Portfolio], R]) -> Callable[[Portfolio], R]:
    """Keep what the rule says about a Portfolio for as long as there is this Portfolio.

    It cannot go stale, since a Portfolio never changes; a changed one is another. Of a frame everybody is
    given a shallow copy, of anything else the same: who asks must leave it as it is.
    """
    kept: WeakKeyDictionary[Portfolio, R] = WeakKeyDictionary()

    @wraps(rule)
    def told(portfolio: Portfolio) -> R:
        found = kept.get(portfolio)
        if found is None:
            found = kept[portfolio] = rule(portfolio)
        return cast("R", cast("Any", found).copy(deep=False)) if isinstance(found, pd.DataFrame) else found

    return told
