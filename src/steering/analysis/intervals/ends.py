"""Until when something lasts: the four kinds of ends, read by the three extension rules."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from steering.analysis.changes import AT_LEAST_UNTIL, AT_MOST_UNTIL
from steering.analysis.intervals import days
from steering.analysis.intervals.days import DAWN, DOOM, NO_DAY, Days
from steering.model import EndKind, Extension, ExtensionRule

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Terms:
    """What the records say about periods, one entry per record.

    `end` is E: the last day, for ANNUAL without one the 31 December of the year in which it was
    confirmed; open where there is none. `kind` is the kind that counts: an ANNUAL end nobody has
    confirmed, and a FIXED one without a day, count as UNKNOWN. `at_least`, `at_most`: the days through
    which a scenario's changes have it active at least or at most, whatever the rule; before all time and
    open where there is none.
    """

    start: Days
    end: Days
    kind: npt.NDArray[np.object_]
    extension: npt.NDArray[np.object_]
    expected_until: Days
    confirmed_on: Days
    contradictory: Mask
    at_least: Days
    at_most: Days

    def at(self, rows: Days | Mask) -> Terms:
        return Terms(*(getattr(self, field.name)[rows] for field in fields(self)))

    def extended_by(self, *extensions: Extension) -> Mask:
        return np.isin(self.extension, extensions)


@dataclass(frozen=True)
class Effective:
    """The days on which periods are active, `start` to `last`, and the unknown ones that follow.

    `unknown_until` is the last unknown day; before `unknown_from` where there is none.
    """

    start: Days
    last: Days
    unknown_until: Days

    @property
    def unknown_from(self) -> Days:
        """First day of the unknown rest, where there is one."""
        return np.maximum(self.start, self.last + 1)

    @property
    def in_doubt(self) -> Mask:
        """Whether there is an unknown rest."""
        return self.unknown_from <= self.unknown_until

    @property
    def final(self) -> Days:
        """Last day that is active or unknown; before all time where there is none."""
        active = np.where(self.start <= self.last, self.last, NO_DAY)
        return np.where(self.in_doubt, self.unknown_until, active)

    def at(self, rows: Days | Mask) -> Effective:
        return Effective(self.start[rows], self.last[rows], self.unknown_until[rows])

    def within(self, terms: Terms) -> Effective:
        """The same as the changes of a scenario leave it: active through `at_least`, nothing after `at_most`.

        Where it is extended, what follows the extension stays what it was. What has no day because its
        days contradict each other cannot be extended.
        """
        last = np.maximum(np.minimum(self.last, terms.at_most), terms.at_least)
        return Effective(
            self.start,
            np.where(terms.contradictory, NO_DAY, last),
            np.minimum(self.unknown_until, terms.at_most),
        )


def terms(records: pd.DataFrame, start: str, end: str) -> Terms:
    """Read the periods of structures or fundings; `start` and `end` name the columns."""
    kind = records["end_kind"].to_numpy(dtype=object)
    first, last = days.numbers(records[start], DAWN), days.numbers(records[end], DOOM)
    confirmed = days.numbers(records["confirmed_on"], NO_DAY)
    by_year = (kind == EndKind.ANNUAL) & (last == DOOM) & (confirmed != NO_DAY)
    known = np.where(by_year, days.new_year(days.year(confirmed) + 1) - 1, last)
    dated = np.isin(kind, [EndKind.FIXED, EndKind.ANNUAL])
    return Terms(
        start=first,
        end=np.where(dated, known, DOOM),
        kind=np.where(dated & (known == DOOM), EndKind.UNKNOWN.value, kind),
        extension=records["extension"].to_numpy(dtype=object),
        expected_until=days.numbers(records["expected_until"], DOOM),
        confirmed_on=confirmed,
        contradictory=last < first,
        at_least=_limit(records, AT_LEAST_UNTIL, NO_DAY),
        at_most=_limit(records, AT_MOST_UNTIL, DOOM),
    )


def _limit(records: pd.DataFrame, column: str, empty: int) -> Days:
    if column not in records:
        return np.full(len(records), empty, dtype=np.int64)
    return days.numbers(records[column], empty)


def effective(terms: Terms, today: date, rule: ExtensionRule) -> Effective:
    """The days on which the periods are active under an extension rule and a scenario's changes."""
    return by_rule(terms, today, rule).within(terms)


def by_rule(terms: Terms, today: date, rule: ExtensionRule) -> Effective:
    """The days on which the periods are active under an extension rule, without changes.

    A record whose end lies before its start has no day at all, whatever else it says.
    """
    now = days.number(today)
    fixed = terms.kind == EndKind.FIXED
    annual = (terms.kind == EndKind.ANNUAL) & ~terms.contradictory
    unknown = (terms.kind == EndKind.UNKNOWN) & ~terms.contradictory
    goes_on = annual & _annual_goes_on(terms, now, rule)
    last = np.select(
        [terms.contradictory, fixed, goes_on, annual, unknown],
        [NO_DAY, _fixed_last(terms, now, rule), DOOM, terms.end, _unknown_last(terms, rule)],
        default=DOOM,
    )
    annual_doubt = annual & ~goes_on & ~terms.extended_by(Extension.RULED_OUT)
    doubt = annual_doubt | (unknown & (last < DOOM))
    return Effective(terms.start, last, np.where(doubt, DOOM, NO_DAY))


def _fixed_last(terms: Terms, now: int, rule: ExtensionRule) -> Days:
    if rule == ExtensionRule.SECURED:
        return terms.end
    promised = terms.extended_by(Extension.APPLIED, Extension.EXPECTED)
    last = np.where(promised, np.maximum(terms.end, terms.expected_until), terms.end)
    if rule == ExtensionRule.OPTIMISTIC:
        hoped = terms.extended_by(Extension.UNCLEAR, Extension.NOT_YET_POSSIBLE)
        last = np.where(hoped, DOOM, last)
    # What has ended is never revived.
    return np.where(terms.end < now, terms.end, last)


def _annual_goes_on(terms: Terms, now: int, rule: ExtensionRule) -> Mask:
    if rule == ExtensionRule.SECURED:
        return np.zeros(len(terms.end), dtype=bool)
    possible = ~terms.extended_by(Extension.RULED_OUT)
    return possible if rule == ExtensionRule.OPTIMISTIC else possible & (terms.end >= now)


def _unknown_last(terms: Terms, rule: ExtensionRule) -> Days:
    if rule == ExtensionRule.SECURED:
        return terms.confirmed_on
    confirmed = terms.confirmed_on != NO_DAY
    a_year_on = np.where(confirmed, days.add_months(terms.confirmed_on, 12), NO_DAY)
    hoped = a_year_on if rule == ExtensionRule.EXPECTED else DOOM
    return np.where(terms.extended_by(Extension.RULED_OUT), terms.confirmed_on, hoped)
