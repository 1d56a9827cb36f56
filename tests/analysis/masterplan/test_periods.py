"""Which planning period is meant when a day is looked at."""

from datetime import date

import pytest

from steering.analysis.masterplan.periods import looked_at, usual
from tests.builders import view

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("as_of", "name"),
    [
        (date(2025, 6, 30), "2027"),
        (TODAY, "2027"),
        (date(2026, 12, 31), "2027"),
        (date(2027, 1, 1), "2027"),
        (date(2027, 12, 31), "2027"),
        (date(2028, 1, 1), "2028"),
        (date(2030, 6, 1), "2029–2031"),
        (date(2035, 12, 31), "2035"),
    ],
)
def test_it_is_the_period_in_which_the_day_lies_and_today_the_next_one(as_of, name):
    known = usual(view(TODAY.isoformat()))
    assert known["name"][looked_at(known, TODAY, as_of)] == name


def test_with_nothing_ahead_it_is_the_last_one():
    known = usual(view(TODAY.isoformat())).head(1)
    assert looked_at(known, TODAY, TODAY) == 0
