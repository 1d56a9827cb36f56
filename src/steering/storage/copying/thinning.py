"""Which copies are kept: each of 24 hours, one of each of 30 days, one of each of 12 months."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta

from steering.storage.copying.shelf import KeptCopy

HOURS, DAYS, MONTHS = timedelta(hours=24), timedelta(days=30), 12


def newest(copies: Iterable[KeptCopy], now: datetime) -> KeptCopy | None:
    """The copy to rely on. One from the future was made while the clock was wrong: only where no other is."""
    known = sorted(copies)
    past = [copy for copy in known if copy.moment <= now]
    return (past or known)[-1] if known else None


def superfluous(copies: Collection[KeptCopy], now: datetime) -> set[KeptCopy]:
    """The copies that may go.

    Never the newest one, never one of the last 24 hours or from the future, and what was set aside before
    something happened not within 30 days.
    """
    kept = {copy for copy in copies if now - copy.moment < HOURS}
    kept |= {copy for copy in copies if not copy.is_hourly and now - copy.moment < DAYS}
    kept |= _last_of_each(
        {copy: copy.moment.date() for copy in copies if _age_in_days(copy, now) < DAYS.days}
    )
    kept |= _last_of_each(
        {copy: copy.moment.date().replace(day=1) for copy in copies if _age_in_months(copy, now) < MONTHS}
    )
    if last := newest(copies, now):
        kept.add(last)
    return set(copies) - kept


def _last_of_each(spans: dict[KeptCopy, date]) -> set[KeptCopy]:
    """The last copy of each day or month."""
    last = {spans[copy]: copy for copy in sorted(spans)}
    return set(last.values())


def _age_in_days(copy: KeptCopy, now: datetime) -> int:
    return (now.date() - copy.moment.date()).days


def _age_in_months(copy: KeptCopy, now: datetime) -> int:
    return (now.year - copy.moment.year) * 12 + now.month - copy.moment.month
