"""What several rules need of one Portfolio is worked out once."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast
from weakref import WeakKeyDictionary

import pandas as pd

from steering.analysis.portfolio import Portfolio

R = TypeVar("R")
P = ParamSpec("P")


def once(rule: Callable[Concatenate[Portfolio, P], R]) -> Callable[Concatenate[Portfolio, P], R]:
    """Keep what the rule says about a Portfolio, by further arguments, as long as there is this Portfolio.

    It cannot go stale, since a Portfolio never changes; a changed one is another. Of a frame everybody is
    given a shallow copy, of anything else the same: who asks must leave it as it is.
    """
    kept: WeakKeyDictionary[Portfolio, dict[Any, R]] = WeakKeyDictionary()

    @wraps(rule)
    def told(portfolio: Portfolio, *args: P.args, **named: P.kwargs) -> R:
        of_this = kept.setdefault(portfolio, {})
        key = (args, tuple(named.items()))
        found = of_this.get(key)
        if found is None:
            found = of_this[key] = rule(portfolio, *args, **named)
        return cast("R", cast("Any", found).copy(deep=False)) if isinstance(found, pd.DataFrame) else found

    return told
