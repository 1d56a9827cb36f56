"""Meine Aufgaben: of everything that has a day, what one unit has to see to, by urgency.

The rows are the calendar's (`dates.dated`) and those of rounds in which others are asked
(`confirmation.tracking`, `surveys.tracking`); nothing is reckoned anew. Decisions:

- A unit has to see to what is up to itself or a unit below it (`Due.up_to`): what it promised in a round,
  the deadlines of structures that it carries or for which it prepares the decision, the milestones of its
  measures, Wiedervorlagen about what it takes part in, the answers that it owes.
- What merely happens on a day (an end, a sitting, the end of an agreement) or may be done by then (giving
  notice) is in the calendar and is nothing to be done.
- Of a Wiedervorlage about what nobody takes part in (a gap, a free topic) nobody is in charge: it stays with
  the round.
- A decision is due when its papers close, where a sitting gives that day.
- Of a proof that is past nobody knows whether it was handed in: it is none any more. Where nothing can be
  applied for, no decision is overdue. Both as the agenda has it.
- An answer is owed to the latest round only in which the unit was asked.
- The topics that are proposed for a round wait for those who prepare it, of whichever unit (`to_answer`).
- One is reminded of a thing as early as the calendar does it; before that it comes later.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

import pandas as pd

from steering.analysis.confirmation.tracking import tracking as confirmation_tracking
from steering.analysis.dates.due import plain_day
from steering.analysis.portfolio import Portfolio
from steering.analysis.rounds.wishes import waiting
from steering.analysis.structures.deadlines import CLOSED
from steering.analysis.structures.directory import lineages
from steering.analysis.surveys.tracking import tracking as survey_tracking
from steering.model import DateKind, ReplyState
from steering.model.german import count
from steering.model.german import day as in_words
from steering.model.vocabulary import word

TO_DO = (
    DateKind.AGREED, DateKind.RESUBMIT, DateKind.APPLY_BY, DateKind.DECIDE_BY, DateKind.PROOF_DUE,
    DateKind.MILESTONE,
)  # fmt: skip
PAPERS_BY = "Vorlagenschluss"
ANSWER_BY = {"request": "Rückmeldung bis", "survey": "Bedarfserhebung bis"}
_INTERNAL = {"request"}
# How many days ahead one is reminded of an answer that is owed.
REPLY_REMINDED = 14
# The same of wishes for a round that names no day for them.
WISHES_REMINDED = 28
_OWED = (ReplyState.SENT, ReplyState.REMINDED, ReplyState.OVERDUE)


class Urgency(StrEnum):
    """How urgent a thing is, most urgent first; the value is the word for it on the screen."""

    OVERDUE = "überfällig"
    NOW = "steht an"
    LATER = "später"


class ToDo(NamedTuple):
    """One thing to do.

    `key`: that of the calendar, or "request-ID" or "survey-ID" of an answer that is owed; `kind`: what is due
    on that day, in German; `late`: days since it was due, 0 where it is not overdue; `note`: a sentence.
    """

    urgency: Urgency
    day: date
    key: str
    kind: str
    subject: str
    late: int
    estimated: bool
    example: bool
    internal: bool
    note: str


def to_do(portfolio: Portfolio, rows: pd.DataFrame, today: date, unit: int) -> tuple[ToDo, ...]:
    """What a unit, or one below it, has to see to: overdue things first, then by day.

    `rows`: all dates of that day, as `dates.dated` gives them; `unit`: the id of an organisation; one that is
    not there has nothing to do.
    """
    above = lineages(portfolio.organisations.set_index("id"))
    if unit not in above:
        return ()
    slug = portfolio.organisations.set_index("id")["slug"][unit]
    own = [key for key, slugs in above.items() if slug in slugs]
    return in_order([*_dated(portfolio, rows, today, slug), *_owed(portfolio, today, own)])


def to_answer(portfolio: Portfolio, today: date) -> tuple[ToDo, ...]:
    """What those who prepare rounds have to see to beside what is up to their unit: wishes without an answer,
    by the day of their round."""
    numbers = waiting(portfolio)
    rows = portfolio.meetings
    found = []
    for row in rows[rows["id"].isin(numbers)].to_dict("records"):
        day, limit = row["day"].date(), plain_day(row["wishes_until"])
        late = max((today - day).days, 0)
        remind_on = limit or day - timedelta(days=WISHES_REMINDED)
        many = count(numbers[row["id"]], "Themenwunsch", "Themenwünsche")
        found.append(
            ToDo(
                _urgency(late, remind_on, today), day, f"wishes-{row['id']}", f"{many} zur Runde am",
                str(row["name"]), late, False, False, False, "Aufnehmen oder zurückstellen.",
            )
        )  # fmt: skip
    return in_order(found)


def in_order(found: Iterable[ToDo]) -> tuple[ToDo, ...]:
    """Overdue things first, then by day."""
    order = list(Urgency)
    return tuple(sorted(found, key=lambda each: (order.index(each.urgency), each.day, each.key)))


def _dated(portfolio: Portfolio, rows: pd.DataFrame, today: date, slug: str) -> Iterator[ToDo]:
    """From the calendar."""
    own = pd.Series([slug in up_to for up_to in rows["up_to"]], index=rows.index, dtype=bool)
    rows = rows[rows["kind"].isin(list(TO_DO)) & own]
    closed = portfolio.fundings.loc[portfolio.fundings["extension"].isin(CLOSED), "id"]
    never_late = {f"funding-{key}-{DateKind.DECIDE_BY}" for key in closed}
    for row in rows.to_dict("records"):
        kind, day = DateKind(row["kind"]), row["day"].date()
        if kind is DateKind.PROOF_DUE and day < today:
            continue
        note = str(row["notes"][0]) if row["notes"] else ""
        words, papers_by = word(kind), plain_day(row["papers_by"])
        if kind is DateKind.DECIDE_BY and papers_by is not None:
            words, day, note = PAPERS_BY, papers_by, f"Beschluss am {in_words(day)}. {note}"
        late = 0 if row["key"] in never_late else max((today - day).days, 0)
        yield ToDo(
            _urgency(late, row["remind_on"].date(), today), day, row["key"], words, row["subject"], late,
            bool(row["estimated"]), bool(row["example"]), row["scope"].internal, note,
        )  # fmt: skip


def _owed(portfolio: Portfolio, today: date, own: list[int]) -> Iterator[ToDo]:
    """The answers that have not come: to rounds of confirming, which are internal, and to surveys."""
    ours = _latest(portfolio.confirmation_requests, portfolio.confirmation_rounds, own)
    for held in portfolio.confirmation_rounds.to_dict("records"):
        rows = confirmation_tracking(portfolio, held["id"], today)
        yield from _unanswered(rows[rows["request_id"].isin(ours)], held, today, "request")
    ours = _latest(portfolio.survey_requests, portfolio.survey_rounds, own)
    for held in portfolio.survey_rounds.to_dict("records"):
        rows = survey_tracking(portfolio, held["id"], today)
        yield from _unanswered(rows[rows["request_id"].isin(ours)], held, today, "survey")


def _latest(requests: pd.DataFrame, rounds: pd.DataFrame, own: list[int]) -> pd.Series:
    """The ids of each unit's request in the latest round in which it was asked: a newer one asks for what an
    older one has not brought."""
    order = rounds.sort_values(["sent_on", "id"])["id"].tolist()
    asked = requests[requests["organisation_id"].isin(own) & requests["round_id"].isin(order)]
    asked = asked.assign(place=[order.index(key) for key in asked["round_id"]])
    asked = asked.sort_values(["place", "id"], kind="stable")
    return asked.drop_duplicates("organisation_id", keep="last")["id"]


def _unanswered(rows: pd.DataFrame, held: Mapping[Any, Any], today: date, record: str) -> Iterator[ToDo]:
    due = held["due"].date()
    for row in rows[rows["state"].isin([str(one) for one in _OWED])].to_dict("records"):
        late = int(row["overdue"])
        yield ToDo(
            _urgency(late, due - timedelta(days=REPLY_REMINDED), today), due, f"{record}-{row['request_id']}",
            ANSWER_BY[record], str(held["name"]), late, False, False, record in _INTERNAL,
            f"Angeschrieben: {row['name']}.",
        )  # fmt: skip


def _urgency(late: int, remind_on: date, today: date) -> Urgency:
    if late:
        return Urgency.OVERDUE
    return Urgency.NOW if remind_on <= today else Urgency.LATER
