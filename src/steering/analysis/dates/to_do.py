"""Meine Aufgaben: of everything that has a day, what one unit has to see to, by urgency.

The rows are the calendar's (`dates.dated`) and the answers that are owed to rounds in which others are asked
(`dates.owed`); nothing is reckoned anew. Decisions:

- A unit has to see to what is up to itself or a unit below it (`Due.up_to`): what it promised in a round,
  the deadlines of structures that it carries or for which it prepares the decision, the milestones of its
  measures, Wiedervorlagen about what it takes part in, the answers that it owes.
- What merely happens on a day (an end, a sitting, the end of an agreement) or may be done by then (giving
  notice) is in the calendar and is nothing to be done.
- Of a Wiedervorlage about what nobody takes part in (a gap, a free topic) nobody is in charge: it stays with
  the round.
- A decision is due when its papers close, where a sitting gives that day.
- Of a proof that is past nobody knows whether it was handed in: it is none any more. Where nothing can be
  applied for, no decision is overdue. Both as the agenda has it. Nor is a day that is only estimated: nobody
  knows that it is missed.
- Who coordinates has to see to those as well who were asked and are silent once the day is past
  (`missing_answers`): a thing per round with its list, not one per body.
- The topics that are proposed for a round wait for those who prepare it, of whichever unit (`to_answer`).
- One is reminded of a thing as early as the calendar does it; before that it comes later.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

import pandas as pd

from steering.analysis.dates.due import plain_day
from steering.analysis.dates.owed import INTERNAL, REQUEST, SURVEY, Owed, owed
from steering.analysis.portfolio import Portfolio
from steering.analysis.rounds.wishes import waiting
from steering.analysis.structures.deadlines import CLOSED
from steering.analysis.structures.directory import lineages
from steering.model import DateKind
from steering.model.german import count
from steering.model.german import day as in_words
from steering.model.vocabulary import word

TO_DO = (
    DateKind.AGREED, DateKind.RESUBMIT, DateKind.APPLY_BY, DateKind.DECIDE_BY, DateKind.PROOF_DUE,
    DateKind.MILESTONE,
)  # fmt: skip
PAPERS_BY = "Vorlagenschluss"
ANSWER_BY = {REQUEST: "Rückmeldung bis", SURVEY: "Bedarfserhebung bis"}
MISSING_SINCE = {
    REQUEST: "Antworten zur Rückmeldung fehlen seit", SURVEY: "Antworten zur Bedarfserhebung fehlen seit",
}  # fmt: skip
# How many days ahead one is reminded of an answer that is owed.
REPLY_REMINDED = 14
# The same of wishes for a round that names no day for them.
WISHES_REMINDED = 28


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
    return in_order([*_dated(portfolio, rows, today, slug), *_answers_owed(portfolio, today, own)])


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
        late = 0 if row["estimated"] or row["key"] in never_late else max((today - day).days, 0)
        yield ToDo(
            _urgency(late, row["remind_on"].date(), today), day, row["key"], words, row["subject"], late,
            bool(row["estimated"]), bool(row["example"]), row["scope"].internal, note,
        )  # fmt: skip


def _answers_owed(portfolio: Portfolio, today: date, own: list[int]) -> Iterator[ToDo]:
    """The answers that have not come: to rounds of confirming, which are internal, and to surveys."""
    for each in owed(portfolio, today):
        if each.organisation in own:
            remind_on = each.due - timedelta(days=REPLY_REMINDED)
            yield ToDo(
                _urgency(each.late, remind_on, today), each.due, each.key, ANSWER_BY[each.record],
                each.round_name, each.late, False, False, each.record in INTERNAL,
                f"Angeschrieben: {each.body}.",
            )  # fmt: skip


def missing_answers(portfolio: Portfolio, today: date, told: Collection[str] = ()) -> tuple[ToDo, ...]:
    """What those who coordinate have to see to: a thing for each round whose day is past, with the bodies
    that have not answered; without those answers that are `told` by their own keys."""
    rounds: dict[tuple[str, int], list[Owed]] = {}
    for each in owed(portfolio, today):
        if each.late and each.key not in told:
            rounds.setdefault((each.record, each.round_id), []).append(each)
    found = []
    for (record, number), silent in rounds.items():
        held = silent[0]
        found.append(
            ToDo(
                Urgency.OVERDUE, held.due, f"{record}s-{number}", MISSING_SINCE[record], held.round_name,
                held.late, False, False, record in INTERNAL,
                f"Noch ohne Antwort ({len(silent)}): {', '.join(each.body for each in silent)}.",
            )
        )  # fmt: skip
    return in_order(found)


def _urgency(late: int, remind_on: date, today: date) -> Urgency:
    if late:
        return Urgency.OVERDUE
    return Urgency.NOW if remind_on <= today else Urgency.LATER
