"""Which copies are kept: 24 hours, 30 days, 12 months, and always the newest."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steering.storage.copying import shelf
from steering.storage.copying.shelf import KeptCopy
from steering.storage.copying.thinning import newest, superfluous
from tests.storage.conftest import NOW

HOUR = timedelta(hours=1)
WHYS = [shelf.HOURLY, shelf.IMPORT, shelf.RESTORE, "vor-umstellung-0013"]
moments = st.datetimes(NOW - timedelta(days=900), NOW + timedelta(days=40))


def copy_of(moment: datetime, why: str = shelf.HOURLY) -> KeptCopy:
    return KeptCopy(moment, Path(f"steering-{why}-{moment:%Y%m%dT%H%M%S.%f}Z.db"), why)


copies = st.sets(st.builds(copy_of, moments, st.sampled_from(WHYS)), max_size=40)


def oracle(copies: set[KeptCopy], now: datetime) -> set[KeptCopy]:
    """Slow and obvious: each copy for itself."""

    def is_last(copy: KeptCopy, pattern: str) -> bool:
        of_its_span = [
            each for each in copies if each.moment.strftime(pattern) == copy.moment.strftime(pattern)
        ]
        return copy == max(of_its_span)

    def keeps(copy: KeptCopy) -> bool:
        days = (now.date() - copy.moment.date()).days
        months = (now.year * 12 + now.month) - (copy.moment.year * 12 + copy.moment.month)
        return (
            now - copy.moment < 24 * HOUR
            or (copy.why != shelf.HOURLY and now - copy.moment < timedelta(days=30))
            or (days < 30 and is_last(copy, "%Y-%m-%d"))
            or (months < 12 and is_last(copy, "%Y-%m"))
            or copy == newest(copies, now)
        )

    return {copy for copy in copies if keeps(copy)}


@given(copies=copies, now=moments)
def test_what_is_kept_is_what_the_rule_says_and_the_newest_is_always_kept(
    copies: set[KeptCopy], now: datetime
) -> None:
    gone = superfluous(copies, now)
    assert copies - gone == oracle(copies, now)
    assert newest(copies, now) not in gone
    assert not copies or max(copies) not in gone
    assert superfluous(copies - gone, now) == set(), "thinned once is thinned"


@given(copies=copies, now=moments, late=st.timedeltas(timedelta(0), timedelta(days=500)))
def test_thinning_often_leaves_what_thinning_late_leaves(
    copies: set[KeptCopy], now: datetime, late: timedelta
) -> None:
    often = copies - superfluous(copies, now)
    assert often - superfluous(often, now + late) == copies - superfluous(copies, now + late)


def test_two_years_of_hourly_copies_are_24_hours_30_days_and_12_months() -> None:
    kept: set[KeptCopy] = set()
    for hours in range(2 * 365 * 24):
        now = NOW - timedelta(days=2 * 365) + hours * HOUR
        kept.add(copy_of(now))
        if hours % 24 == 0:
            kept -= superfluous(kept, now)
    kept -= superfluous(kept, now)
    ages = sorted(now - copy.moment for copy in kept)
    assert ages[:24] == [hours * HOUR for hours in range(24)]
    assert len({copy.moment.date() for copy in kept if (now.date() - copy.moment.date()).days < 30}) == 30
    assert len({(copy.moment.year, copy.moment.month) for copy in kept}) == 12
    # The last of October is one of the 30 days.
    assert len(kept) == 24 + 28 + 10


def test_a_copy_from_the_future_stays_and_is_not_relied_on_where_another_is() -> None:
    ahead, behind = copy_of(NOW + timedelta(days=400)), copy_of(NOW - timedelta(days=600))
    assert superfluous({ahead, behind}, NOW) == set()
    assert newest([ahead, behind], NOW) == behind
    assert newest([ahead], NOW) == ahead


@pytest.mark.parametrize("days", [29, 31])
def test_what_was_set_aside_before_something_happened_stays_30_days(days: int) -> None:
    before = copy_of(NOW - timedelta(days=days, hours=5), shelf.RESTORE)
    later = copy_of(NOW - timedelta(days=days, hours=4))
    assert (before in superfluous({before, later, copy_of(NOW)}, NOW)) == (days > 30)
