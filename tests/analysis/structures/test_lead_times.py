"""Days counted back from a sitting, with the holidays of the federal state."""

from datetime import date

import pytest

from steering.analysis.structures import lead_times
from steering.model import LeadUnit

BAVARIA, SAXONY = "09473", "14521"


@pytest.mark.parametrize(
    ("sitting", "number", "unit", "due"),
    [
        ("2026-12-17", 14, LeadUnit.DAYS, "2026-12-03"),
        ("2027-01-20", 14, LeadUnit.DAYS, "2027-01-05"),  # Heilige Drei Könige
        ("2026-12-14", 14, LeadUnit.DAYS, "2026-11-30"),
        ("2026-12-13", 7, LeadUnit.DAYS, "2026-12-04"),  # a Sunday
        ("2027-01-11", 5, LeadUnit.WORKING_DAYS, "2026-12-31"),
        ("2026-12-17", 10, LeadUnit.MONDAY, "2026-12-07"),
        ("2026-12-17", 11, LeadUnit.MONDAY, "2026-11-30"),
        ("2027-04-08", 7, LeadUnit.MONDAY, "2027-03-25"),  # Ostermontag, then the last day before Karfreitag
        ("2026-12-17", 0, LeadUnit.DAYS, "2026-12-17"),
    ],
)
def test_a_day_before_a_sitting_is_one_on_which_people_work(sitting, number, unit, due):
    found = lead_times.before(date.fromisoformat(sitting), number, unit, BAVARIA)
    assert str(found) == due


def test_the_federal_state_follows_from_the_district_key():
    day = date(2027, 1, 6)
    assert lead_times.last_working_day(day, BAVARIA) == date(2027, 1, 5)
    assert lead_times.last_working_day(day, SAXONY) == day
    assert lead_times.last_working_day(day, "") == date(2027, 1, 5), "where none is known, as in Bavaria"


def test_a_holiday_of_some_municipalities_is_a_working_day():
    assert lead_times.last_working_day(date(2028, 8, 15), BAVARIA) == date(2028, 8, 15)
