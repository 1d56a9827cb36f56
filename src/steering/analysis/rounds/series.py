"""The days of a series of rounds: a rhythm, what stands in the way of a day, and where that moves it.

Decisions:

- "im Quartal" and "im Halbjahr" are the first months of those of the calendar; every second month counts from
  the month of the first day.
- A day on which nobody works is a holiday of the federal state, Saturday or Sunday; school holidays count
  where that is asked for.
- A day that is moved may come to lie after the period: the round belongs to it all the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from steering.analysis.structures import lead_times
from steering.model.base import implausible
from steering.model.german import count, day

# More rounds than anybody plans ahead, and more than a page can show.
MOST = 60
LONGEST_YEARS = 5
LAST_OF_MONTH = -1
_WEEK = timedelta(days=7)
_SATURDAY = 5
# A day is not moved for ever: the longest school holidays last six weeks.
_MOST_MOVES = 70


class SeriesRefused(ValueError):
    """A series that nobody can mean, in a German sentence."""


class Evasion(StrEnum):
    """What becomes of a round whose day does not suit."""

    MARK = "mark"
    NEXT_WORKING_DAY = "next_working_day"
    WEEK_LATER = "week_later"


@dataclass(frozen=True)
class Rhythm:
    """`weeks`: every so many weeks from the first day on. Else every so many `months` on the `ordinal`-th
    (LAST_OF_MONTH: last) `weekday` (0 is Monday), between two days that both count.
    """

    first: date
    last: date
    weeks: int = 0
    months: int = 1
    ordinal: int = 1
    weekday: int = 0


@dataclass(frozen=True)
class SeriesDay:
    """A day of the series: where the rhythm has it, where it comes to lie, and why.

    `obstacle`: what lies on the day of the rhythm, "" where nothing does; `there`: a round stands on `day`
    already, or an earlier one of this series does.
    """

    meant: date
    day: date
    obstacle: str
    there: bool

    @property
    def moved(self) -> bool:
        """Whether it is not on the day of the rhythm."""
        return self.day != self.meant


def days(rhythm: Rhythm) -> list[date]:
    """The days of a rhythm. Raises SeriesRefused."""
    if said := implausible(rhythm.first) or implausible(rhythm.last):
        raise SeriesRefused(said)
    if rhythm.last < rhythm.first:
        raise SeriesRefused(
            f"Das Ende der Reihe ({day(rhythm.last)}) liegt vor ihrem Anfang ({day(rhythm.first)}). "
            "Bitte eines von beiden ändern."
        )
    if rhythm.last.year - rhythm.first.year > LONGEST_YEARS:
        raise SeriesRefused(
            f"Die Reihe reicht über mehr als {LONGEST_YEARS} Jahre. Bitte ein früheres Ende wählen; "
            "sie lässt sich später fortsetzen."
        )
    found = list(_weekly(rhythm) if rhythm.weeks else _monthly(rhythm))
    if not found:
        raise SeriesRefused(
            f"Zwischen {day(rhythm.first)} und {day(rhythm.last)} liegt kein solcher Tag. Bitte den Zeitraum "
            "verlängern."
        )
    if len(found) > MOST:
        raise SeriesRefused(
            f"Das wären {count(len(found), 'Runde', 'Runden')}; auf einmal lassen sich höchstens {MOST} "
            "anlegen. Bitte den Zeitraum kürzen oder einen größeren Abstand wählen."
        )
    return found


def planned(
    rhythm: Rhythm, taken: Collection[date], district: str, evasion: Evasion, *, schools: bool = False
) -> tuple[SeriesDay, ...]:
    """The series as it would be made. `taken`: days with a round; `schools`: school holidays do not suit.

    `district`: the Kreisschlüssel, which tells the federal state. Raises SeriesRefused.
    """
    occupied, found = set(taken), []
    for meant in days(rhythm):
        on = _moved(meant, district, evasion, schools)
        found.append(SeriesDay(meant, on, obstacle(meant, district), on in occupied))
        occupied.add(on)
    return tuple(found)


def obstacle(on: date, district: str) -> str:
    """What lies on a day: a holiday, school holidays, a weekend; "" where nothing does."""
    weekend = "Wochenende" if on.weekday() >= _SATURDAY else ""
    names = lead_times.holiday(on, district), lead_times.school_holidays(on, district), weekend
    return ", ".join(filter(None, names))


def schools_unknown(rhythm: Rhythm, district: str) -> tuple[int, ...]:
    """The years of the period whose school holidays are not known."""
    years = range(rhythm.first.year, rhythm.last.year + 1)
    return tuple(year for year in years if not lead_times.knows_school_holidays(year, district))


def _weekly(rhythm: Rhythm) -> Iterator[date]:
    on = rhythm.first
    while on <= rhythm.last:
        yield on
        on += rhythm.weeks * _WEEK


def _monthly(rhythm: Rhythm) -> Iterator[date]:
    month = rhythm.first.year * 12 + rhythm.first.month - 1
    if rhythm.months in (3, 6):
        month -= month % rhythm.months
    while date(month // 12, month % 12 + 1, 1) <= rhythm.last:
        on = _weekday_of(month, rhythm.ordinal, rhythm.weekday)
        if rhythm.first <= on <= rhythm.last:
            yield on
        month += rhythm.months


def _weekday_of(month: int, ordinal: int, weekday: int) -> date:
    """The n-th, or last, weekday of a month that is counted through the years."""
    if ordinal == LAST_OF_MONTH:
        end = date((month + 1) // 12, (month + 1) % 12 + 1, 1) - timedelta(days=1)
        return end - timedelta(days=(end.weekday() - weekday) % 7)
    first = date(month // 12, month % 12 + 1, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7) + (ordinal - 1) * _WEEK


def _moved(meant: date, district: str, evasion: Evasion, schools: bool) -> date:
    """The first day from the one that is meant on which the round can be."""
    if evasion is Evasion.MARK:
        return meant
    # A weekend that somebody has chosen stays one however many weeks pass.
    by_week = evasion is Evasion.WEEK_LATER and meant.weekday() < _SATURDAY
    step, on = _WEEK if by_week else timedelta(days=1), meant
    for _ in range(_MOST_MOVES):
        if not _unsuitable(on, district, schools):
            return on
        on += step
    return meant


def _unsuitable(on: date, district: str, schools: bool) -> bool:
    free = on.weekday() >= _SATURDAY or lead_times.holiday(on, district)
    return bool(free or (schools and lead_times.school_holidays(on, district)))
