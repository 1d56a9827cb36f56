"""What several rules need of one Portfolio is worked out once, and again where what it rests on is new."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar, cast
from weakref import WeakKeyDictionary

import pandas as pd

from steering.analysis import reads
from steering.analysis.portfolio import Portfolio, alike

P = ParamSpec("P")
R = TypeVar("R")

REMEMBERED = 4


@dataclass(frozen=True)
class _Worked(Generic[R]):
    """What a rule said of a Portfolio, `about` which arguments, and the frames it has read there by table."""

    found: R
    about: tuple[Any, ...]
    frames: dict[str, pd.DataFrame]

    def holds(self, portfolio: Portfolio, about: tuple[Any, ...], same: Callable[..., bool]) -> bool:
        """Whether the rule would read of this Portfolio what it has read before."""
        frames = cast("Any", portfolio.frames)
        return self.about == about and all(
            (there := frames.peek(table)) is not None and same(there, frame)
            for table, frame in self.frames.items()
        )


def once(rule: Callable[Concatenate[Portfolio, P], R]) -> Callable[Concatenate[Portfolio, P], R]:
    """Keep what the rule says about a Portfolio, by further arguments, for as long as there is this
    Portfolio, or one whose frames that the rule reads are the very same.

    It cannot go stale, since neither a Portfolio nor a frame ever changes; a changed one is another. Of a
    frame everybody is given a shallow copy, of anything else the same: who asks must leave it as it is.
    """
    kept: WeakKeyDictionary[Portfolio, dict[Any, tuple[R, reads.Reads]]] = WeakKeyDictionary()
    latest = _Latest(rule, _is)

    @wraps(rule)
    def told(portfolio: Portfolio, *args: P.args, **named: P.kwargs) -> R:
        of_this = kept.setdefault(portfolio, {})
        key = (args, tuple(sorted(named.items())))
        known = of_this.get(key)
        if known is None:
            with reads.noted() as noted:
                found = latest.of(portfolio, *args, **named)
            known = of_this[key] = found, noted
        else:
            reads.note_all(known[1])
        found = known[0]
        return cast("R", cast("Any", found).copy(deep=False)) if isinstance(found, pd.DataFrame) else found

    return told


def unless_alike(
    rule: Callable[Concatenate[Portfolio, P], R],
) -> Callable[Concatenate[Portfolio, P], R]:
    """Keep what the rule said of the last Portfolios that it was asked about, for those in which the frames
    that it reads say the same, cell by cell.

    For rules that are asked about a part of the data: an edit elsewhere leaves that part as it is.
    """
    latest = _Latest(rule, alike)

    @wraps(rule)
    def told(portfolio: Portfolio, *args: P.args, **named: P.kwargs) -> R:
        return latest.of(portfolio, *args, **named)

    return told


def _is(one: pd.DataFrame, other: pd.DataFrame) -> bool:
    return one is other


class _Latest(Generic[R]):
    """The last answers of a rule; only of those whose result cannot read anything later."""

    def __init__(self, rule: Callable[..., R], same: Callable[[pd.DataFrame, pd.DataFrame], bool]) -> None:
        self._rule, self._same = rule, same
        self._worked: tuple[_Worked[R], ...] = ()

    def of(self, portfolio: Portfolio, *args: Any, **named: Any) -> R:
        about = (
            portfolio.dataset_id,
            portfolio.keys_withheld,
            portfolio.discreet,
            args,
            tuple(sorted(named.items())),
        )
        for worked in self._worked:
            if worked.holds(portfolio, about, self._same):
                for table in worked.frames:
                    portfolio.frames[table]  # It is read again, for whoever notes what is.
                return worked.found
        with reads.noted() as noted:
            found = self._rule(portfolio, *args, **named)
        if not noted.of_the_moment and reads.only_values(found):
            frames = {
                table: frame for (source, table), frame in noted.frames.items() if source is portfolio.frames
            }
            self._worked = (_Worked(found, about, frames), *self._worked[: REMEMBERED - 1])
        return found
