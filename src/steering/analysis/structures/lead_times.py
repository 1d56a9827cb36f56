"""Days counted back from a sitting: Vorlagenschluss, Ladung, Entwurf, with the holidays of the federal state.

- A day on which nobody works becomes the last working day before it: what is due then has to be there
  earlier.
- A weekday (`LeadUnit.MONDAY`) is the last such day that is at least so many days before the sitting.
- Holidays are those that hold in the whole federal state. Mariä Himmelfahrt is one only in some
  municipalities of Bavaria, and so a working day here.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache

import holidays
from holidays.constants import PUBLIC, SCHOOL

from steering.model import LeadUnit

# The federal states by the first two digits of the Kreisschlüssel, as the package names them.
_STATES = {
    "01": "SH", "02": "HH", "03": "NI", "04": "HB", "05": "NW", "06": "HE", "07": "RP", "08": "BW",
    "09": "BY", "10": "SL", "11": "BE", "12": "BB", "13": "MV", "14": "SN", "15": "ST", "16": "TH",
}  # fmt: skip
_BAVARIA = "09"
_WEEKDAYS = (LeadUnit.MONDAY, LeadUnit.TUESDAY, LeadUnit.WEDNESDAY, LeadUnit.THURSDAY, LeadUnit.FRIDAY)
_SATURDAY = 5


def before(sitting: date, number: int, unit: LeadUnit, district: str) -> date:
    """The day that is so many days, working days, or at least so many days on a weekday before a sitting.

    `district`: the Kreisschlüssel, which tells the federal state.
    """
    if unit == LeadUnit.WORKING_DAYS:
        return working_days_before(sitting, number, district)
    found = sitting - timedelta(days=number)
    if unit in _WEEKDAYS:
        found -= timedelta(days=(found.weekday() - _WEEKDAYS.index(unit)) % 7)
    return found if number == 0 else last_working_day(found, district)


def working_days_before(day: date, number: int, district: str) -> date:
    """The day from which so many working days have passed at a day."""
    for _ in range(number):
        day = last_working_day(day - timedelta(days=1), district)
    return day


def last_working_day(day: date, district: str) -> date:
    """The day itself, or the last one before it on which people work."""
    while day.weekday() >= _SATURDAY or day in _holidays(day.year, district[:2]):
        day -= timedelta(days=1)
    return day


def holiday(day: date, district: str) -> str:
    """What holiday a day is in the federal state; "" where it is none."""
    return _holidays(day.year, district[:2]).get(day, "")


def school_holidays(day: date, district: str) -> str:
    """In which holidays of the schools a day lies; "" in none, and where they are not known."""
    return _school_holidays(day.year, district[:2]).get(day, "")


def knows_school_holidays(year: int, district: str) -> bool:
    """Whether the holidays of the schools of that year are known: the states fix them some years ahead."""
    return bool(_school_holidays(year, district[:2]))


@lru_cache(maxsize=256)
def _holidays(year: int, state: str) -> Mapping[date, str]:
    return _of_state(year, state, PUBLIC)


@lru_cache(maxsize=256)
def _school_holidays(year: int, state: str) -> Mapping[date, str]:
    return _of_state(year, state, SCHOOL)


def _of_state(year: int, state: str, category: str) -> Mapping[date, str]:
    subdivision = _STATES.get(state, _STATES[_BAVARIA])
    return dict(
        holidays.country_holidays("DE", subdiv=subdivision, years=year, categories=(category,), language="de")
    )
