from datetime import date

import pandas as pd
import pytest

from steering.charts import typeface, wording


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (date(2024, 1, 1), date(2026, 12, 31), "01.01.2024 – 31.12.2026"),
        (date(2026, 12, 31), date(2026, 12, 31), "31.12.2026"),
        (date(2024, 1, 1), pd.NaT, "ab 01.01.2024, ohne Ende"),
        (pd.NaT, date(2026, 12, 31), "bis 31.12.2026"),
        (None, None, "ohne Anfang und Ende"),
    ],
)
def test_a_period_says_which_side_is_open(start, end, words):
    assert wording.period(start, end) == words


def test_a_fall_has_a_true_minus_sign():
    assert wording.posts(-1.5) == "−1,5 VZÄ"


@pytest.mark.parametrize(("month", "number"), [(1, 1), (4, 2), (7, 3), (10, 4)])
def test_quarters_are_counted_from_january(month, number):
    assert wording.quarter(date(2027, month, 1)) == f"{number}. Quartal 2027"


def test_wide_letters_take_more_room_than_narrow_ones():
    assert typeface.width("MMM", 12) > 2 * typeface.width("iii", 12)
    assert typeface.width("Rödental", 12, bold=True) > typeface.width("Rödental", 12)
