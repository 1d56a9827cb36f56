"""The days of a series, against dateutil and the calendar."""

from calendar import monthcalendar
from datetime import date, timedelta

import pytest
from dateutil import rrule
from hypothesis import given
from hypothesis import strategies as st

from steering.analysis.rounds.series import (
    LAST_OF_MONTH,
    MOST,
    Evasion,
    Rhythm,
    SeriesRefused,
    days,
    obstacle,
    planned,
    schools_unknown,
)

COBURG, BERLIN = "09473", "11000"
FIRST = date(2027, 1, 1)
TUESDAYS = Rhythm(FIRST, date(2027, 12, 31), months=3, ordinal=1, weekday=1)

SPAN = st.tuples(st.dates(date(2024, 1, 1), date(2027, 12, 31)), st.integers(0, 1_400))


def refused_or(rhythm: Rhythm) -> list[date]:
    try:
        return days(rhythm)
    except SeriesRefused:
        return []


@given(SPAN, st.integers(1, 12))
def test_every_so_many_weeks_is_what_dateutil_says(span, weeks):
    first, last = span[0], span[0] + timedelta(days=span[1])
    expected = [
        each.date()
        for each in rrule.rrule(
            rrule.WEEKLY, interval=weeks, dtstart=first, until=date(last.year, last.month, last.day)
        )
    ]
    assert refused_or(Rhythm(first, last, weeks=weeks)) == (expected if len(expected) <= MOST else [])


@given(SPAN, st.sampled_from([1, 2, 3, 6]), st.sampled_from([1, 2, 3, 4, LAST_OF_MONTH]), st.integers(0, 6))
def test_a_weekday_of_the_month_is_the_one_in_the_calendar(span, months, ordinal, weekday):
    first, last = span[0], span[0] + timedelta(days=span[1])
    expected = []
    for year in range(first.year, last.year + 1):
        for month in range(1, 13):
            after = (year - first.year) * 12 + month - first.month
            belongs = (month - 1) % months == 0 if months in (3, 6) else after % months == 0
            those = [week[weekday] for week in monthcalendar(year, month) if week[weekday]]
            on = date(year, month, those[ordinal - 1 if ordinal > 0 else ordinal])
            if belongs and first <= on <= last:
                expected.append(on)
    found = refused_or(Rhythm(first, last, months=months, ordinal=ordinal, weekday=weekday))
    assert found == (expected if len(expected) <= MOST else [])


def test_every_first_tuesday_of_a_quarter():
    assert days(TUESDAYS) == [date(2027, 1, 5), date(2027, 4, 6), date(2027, 7, 6), date(2027, 10, 5)]


@pytest.mark.parametrize(
    ("evasion", "expected"),
    [
        (Evasion.MARK, date(2027, 1, 6)),
        (Evasion.NEXT_WORKING_DAY, date(2027, 1, 7)),
        (Evasion.WEEK_LATER, date(2027, 1, 13)),
    ],
)
def test_a_holiday_is_marked_or_moves_the_round(evasion, expected):
    epiphany = Rhythm(date(2027, 1, 6), date(2027, 1, 6), weeks=1)
    (found,) = planned(epiphany, (), COBURG, evasion)
    assert (found.day, found.moved) == (expected, evasion is not Evasion.MARK)
    assert "Heilige Drei Könige" in found.obstacle
    (elsewhere,) = planned(epiphany, (), BERLIN, evasion)
    assert (elsewhere.day, elsewhere.obstacle) == (epiphany.first, "")


def test_school_holidays_are_marked_and_avoided_where_that_is_asked_for():
    august = Rhythm(date(2027, 8, 4), date(2027, 8, 4), weeks=1)
    assert obstacle(august.first, COBURG) == "Sommerferien"
    (kept,) = planned(august, (), COBURG, Evasion.WEEK_LATER)
    (moved,) = planned(august, (), COBURG, Evasion.WEEK_LATER, schools=True)
    assert not kept.moved
    assert moved.day.weekday() == august.first.weekday()
    assert not obstacle(moved.day, COBURG)
    assert schools_unknown(Rhythm(date(2029, 1, 1), date(2030, 12, 31)), COBURG) == (2030,)


@given(st.dates(date(2026, 1, 1), date(2029, 12, 31)), st.sampled_from(list(Evasion)), st.booleans())
def test_a_day_is_moved_to_the_first_that_suits(meant, evasion, schools):
    (found,) = planned(Rhythm(meant, meant, weeks=1), (), COBURG, evasion, schools=schools)
    assert found.meant == meant <= found.day
    if evasion is not Evasion.MARK:
        left = obstacle(found.day, COBURG)
        assert not left or (not schools and left.endswith("ferien"))
    if found.moved:
        assert obstacle(meant, COBURG)


def test_a_weekend_is_left_for_the_next_working_day():
    (found,) = planned(Rhythm(date(2027, 1, 9), date(2027, 1, 9), weeks=1), (), COBURG, Evasion.WEEK_LATER)
    assert (found.day, found.obstacle) == (date(2027, 1, 11), "Wochenende")


def test_a_day_with_a_round_is_told_and_so_is_one_to_which_two_have_moved():
    found = planned(TUESDAYS, {date(2027, 4, 6)}, COBURG, Evasion.MARK)
    assert [each.there for each in found] == [False, True, False, False]
    crowded = Rhythm(date(2027, 8, 4), date(2027, 8, 18), weeks=1)
    assert [each.there for each in planned(crowded, (), COBURG, Evasion.WEEK_LATER, schools=True)] == [
        False, True, True,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rhythm", "said"),
    [
        (Rhythm(FIRST, date(2026, 1, 1)), "Das Ende der Reihe"),
        (Rhythm(FIRST, date(2028, 5, 14), weeks=1), r"Das wären 72 Runden.*höchstens 60"),
        (Rhythm(FIRST, date(2034, 1, 1)), "mehr als 5 Jahre"),
        (Rhythm(date(2027, 1, 2), date(2027, 1, 3), weekday=4), "kein solcher Tag"),
        (Rhythm(FIRST, date(9999, 12, 31)), "außerhalb"),
    ],
)
def test_a_series_that_nobody_can_mean_is_refused(rhythm, said):
    with pytest.raises(SeriesRefused, match=said):
        days(rhythm)
