"""By when to act, so that what a funding carries can go on after its end.

Decisions beyond docs/rules.md#by-when-to-act:

- A programme's day that its month lacks (31 November) is the month's last day.
- Where the chain of recorded sittings is known, its decision is Beschluss bis; else an example
  of the same committee that counts (`sittings.counting`), or the estimate.
- An estimated Antrag bis limits no acting: nobody knows that it is too late then. Neither does that of an
  application that is in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from steering.analysis.intervals import days, ends
from steering.analysis.intervals.days import NO_DAY, Days
from steering.analysis.intervals.ends import Mask
from steering.analysis.lives import spans
from steering.analysis.portfolio import Portfolio
from steering.analysis.structures import chains, lead_times, sittings
from steering.analysis.structures.chains import Chain
from steering.model import Extension, Provenance

APPLICATION_MONTHS = 6
DECISION_MONTHS = 8
# Nobody can apply: there is no directive yet, or there is to be no further grant.
CLOSED = (Extension.NOT_YET_POSSIBLE, Extension.RULED_OUT)


@dataclass(frozen=True)
class Sittings:
    """Sittings whose papers are still accepted, by day; `years`: in which there are any, closed ones too."""

    records: pd.DataFrame
    day: Days
    years: frozenset[int]


def deadlines(portfolio: Portfolio, today: date) -> pd.DataFrame:
    """By when to apply and to decide, for each structure whose carrying money ends on a known day ahead.

    Columns: structure_id, funding_id (its last carrying funding), end (E, see `ends.Terms`), extension,
    apply_by (NaT where an application is not yet possible, or ruled out), apply_estimated (E − 6 months, as
    the programme names no day), apply_past (that day lies before today), decide_by, decide_estimated (E − 8
    months, as no sitting fits), committee_id and committee_date_id (Int64, NA where estimated),
    decide_example (the sitting is an example), missed_date_id (Int64: where estimated, the last recorded
    sitting up to the end, whose Vorlagenschluss is past); of the chain of recorded sittings: prepare_date_id
    (Int64), papers_by (the first Vorlagenschluss), draft_by (by when the draft is ready), act_by (the last
    day on which acting still helps; NaT without a chain), too_late_to_prepare, unread_year and unread_of
    (Int64: the year and the committee whose sittings are not recorded). Sorted by end, structure_id and the
    earlier of both days: fundings of a structure that end on one day each have a row. Structures that an OPEN
    carrying funding carries have none; a funding whose end is UNKNOWN, or after which nothing is needed, has
    none itself and hides none.
    """
    fundings = portfolio.fundings
    terms = ends.terms(fundings, "start", "end")
    rows = spans.last_carrying(fundings, terms, today)
    rows = rows[fundings["extension"].to_numpy(dtype=object)[rows] != Extension.NOT_NEEDED]
    records = fundings[["id", "structure_id", "programme_id", "extension"]].iloc[rows]
    end = terms.end[rows]
    apply_by, apply_estimated = _apply_by(records, end, portfolio.programmes)
    possible = ~records["extension"].isin(CLOSED).to_numpy()
    limit = np.where(possible, np.minimum(end, apply_by), end)
    found = pd.DataFrame(
        {
            "structure_id": records["structure_id"].to_numpy(),
            "funding_id": records["id"].to_numpy(),
            "end": days.dates(end),
            "extension": records["extension"].array,
            "apply_by": days.dates(np.where(possible, apply_by, NO_DAY)),
            "apply_estimated": possible & apply_estimated,
            "apply_past": possible & (apply_by < days.number(today)),
        }
    )
    chain = chains.of_rows(portfolio, today, limit, end)
    found = found.assign(**_decision(portfolio, today, chain, limit, end))
    applied = (records["extension"] == Extension.APPLIED).to_numpy(dtype=bool)
    binding = np.where(possible & ~applied & ~apply_estimated, apply_by, NO_DAY)
    found = found.assign(**_on_the_way(portfolio, days.number(today), chain, binding))
    first = found[["apply_by", "decide_by"]].min(axis=1)
    order = np.lexsort([found[name] for name in ("funding_id", "structure_id", "end")])
    order = order[np.lexsort([key.iloc[order] for key in (first, found["structure_id"], found["end"])])]
    return found.iloc[order].reset_index(drop=True)


def _decision(
    portfolio: Portfolio, today: date, chain: Sequence[Chain], limit: Days, end: Days
) -> dict[str, Any]:
    """Beschluss bis: of the chain, else of a sitting that counts, else estimated."""
    open_ones = _sittings(portfolio, days.number(today))
    row = _sitting(open_ones, limit, end)
    chosen = open_ones.records.reindex(row)
    of_chain = np.array([each.decides is not None for each in chain], dtype=bool)
    key, committee, day = (
        np.array([getattr(each.decides, name, -1) for each in chain], dtype=np.int64)
        for name in ("key", "committee", "day")
    )
    estimated = (row < 0) & ~of_chain
    day = np.where(of_chain, day, np.append(open_ones.day, NO_DAY)[row])
    guess = days.add_months(end, -DECISION_MONTHS)
    return {
        "decide_by": days.dates(np.where(estimated, guess, day)),
        "decide_estimated": estimated,
        "committee_id": _keys(np.where(of_chain, committee, chosen["committee_id"].fillna(-1).to_numpy())),
        "committee_date_id": _keys(np.where(of_chain, key, chosen["id"].fillna(-1).to_numpy())),
        "missed_date_id": _keys(
            [
                each.missed.key if each.missed and guessed else -1
                for each, guessed in zip(chain, estimated.tolist(), strict=True)
            ]
        ),
        "decide_example": ~of_chain & (chosen["provenance"] == Provenance.EXAMPLE).to_numpy(dtype=bool),
    }


def _on_the_way(portfolio: Portfolio, now: int, chain: Sequence[Chain], binding: Days) -> dict[str, Any]:
    """What comes before the decision, and by when at the latest somebody has to act; all of it by chain."""
    papers = np.array([each.papers for each in chain], dtype=np.int64)
    draft = np.array([_draft_by(portfolio, each.papers) for each in chain], dtype=np.int64)
    ahead = (binding >= now) & (papers != NO_DAY)
    return {
        "prepare_date_id": _keys([each.prepares.key if each.prepares else -1 for each in chain]),
        "papers_by": days.dates(papers),
        "draft_by": days.dates(draft),
        "act_by": days.dates(np.where(ahead, np.minimum(papers, binding), papers)),
        "too_late_to_prepare": np.array([each.too_late_to_prepare for each in chain], dtype=bool),
        "unread_year": _keys([each.unread or -1 for each in chain]),
        "unread_of": _keys([each.unread_of or -1 for each in chain]),
    }


def _draft_by(portfolio: Portfolio, papers: int) -> int:
    if papers == NO_DAY:
        return NO_DAY
    settings = portfolio.settings
    return _working_days_before(papers, int(settings["drafting_days"]), str(settings["district_key"]))


@lru_cache(maxsize=1024)
def _working_days_before(day: int, number: int, district: str) -> int:
    return days.number(lead_times.working_days_before(days.day(day), number, district))


def _keys(values: object) -> pd.Series:
    """Keys as Int64; NA where there is none (−1)."""
    found = pd.Series(np.asarray(values, dtype=np.int64)).astype("Int64")
    return found.mask(found < 0)


def _apply_by(records: pd.DataFrame, end: Days, programmes: pd.DataFrame) -> tuple[Days, Mask]:
    """Antrag bis by the programme's rule, and where there is none the estimate."""
    rule = programmes[["deadline_on", "deadline_day", "deadline_month", "deadline_years_before"]]
    of = rule.set_index(programmes["id"].astype("Int64")).reindex(records["programme_id"])
    fixed = days.numbers(of["deadline_on"], NO_DAY)
    yearly = _yearly(of, end)
    estimate = days.add_months(end, -APPLICATION_MONTHS)
    apply_by = np.select([fixed != NO_DAY, yearly != NO_DAY], [fixed, yearly], default=estimate)
    return apply_by, (fixed == NO_DAY) & (yearly == NO_DAY)


def _yearly(programmes: pd.DataFrame, end: Days) -> Days:
    """The programme's day and month, so many years before the year of the day after the end."""
    given = (programmes["deadline_day"].notna() & programmes["deadline_month"].notna()).to_numpy()
    day, month, years = (
        programmes[f"deadline_{part}"].fillna(1).to_numpy(dtype=np.int64)
        for part in ("day", "month", "years_before")
    )
    first = days.add_months(days.new_year(days.year(end + 1) - years), month - 1)
    return np.where(given, np.minimum(first + day, days.add_months(first, 1)) - 1, NO_DAY)


def _sittings(portfolio: Portfolio, now: int) -> Sittings:
    """Those of the committee that decides."""
    dated = sittings.counting(portfolio)[["id", "committee_id", "day", "papers_due", "provenance"]]
    dated = dated[dated["committee_id"] == sittings.roles(portfolio).decides]
    years = frozenset(dated["day"].dt.year.tolist())
    dated = dated[days.numbers(dated["papers_due"], NO_DAY) >= now]
    day = days.numbers(dated["day"], NO_DAY)
    order = np.lexsort((dated["id"].to_numpy(), day))
    return Sittings(dated.iloc[order].reset_index(drop=True), day[order], years)


def _sitting(known: Sittings, limit: Days, end: Days) -> Days:
    """Row of the last sitting before the limit, else of the last one up to the end, else −1.

    −1 too where that one is of an earlier year and there is none in a year up to then: whether it is the
    last is not known.
    """
    before = np.searchsorted(known.day, limit, side="left") - 1
    until = np.searchsorted(known.day, end, side="right") - 1
    row = np.where(before >= 0, before, until)
    last = days.year(np.where(before >= 0, limit - 1, end))
    since = days.year(np.append(known.day, 0)[row])
    sure = [
        at >= 0 and known.years.issuperset(range(first, final + 1))
        for at, first, final in zip(row.tolist(), since.tolist(), last.tolist(), strict=True)
    ]
    return np.where(np.array(sure, dtype=bool), row, -1)
