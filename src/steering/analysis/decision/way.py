"""The way to a decision: Entwurf, Vorlagenschluss, Vorberatung, Beschluss, end; what is past or not recorded.

An example is no answer: where only invented sittings are there, a step has no day, and the invented one is
told apart as `example`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import pandas as pd

from steering.analysis.decision.question import DecisionQuestion
from steering.analysis.portfolio import Portfolio
from steering.analysis.structures.apply_words import apply_words, is_to_apply
from steering.analysis.structures.deadlines import deadlines
from steering.analysis.structures.on_the_way import Row, Sitting, deciding, preparing


class StepKind(StrEnum):
    APPLIES = "applies"
    DRAFTED = "drafted"
    PAPERS = "papers"
    PREPARES = "prepares"
    DECIDES = "decides"
    ENDS = "ends"


@dataclass(frozen=True)
class DecisionStep:
    """A step with its day, None where that is not recorded; `example`: the day that an example gives.

    `committee`: who sits, by its short name; `past`: its day, or that of the example, lies before today.
    """

    kind: StepKind
    committee: str
    day: date | None
    past: bool
    example: date | None = None


@dataclass(frozen=True)
class Way:
    """The steps in their order: Antrag and Entwurf only where their days are known, Vorberatung where
    somebody prepares and it is not too late for that.

    `decider`: the name of who decides; `recorded`: whether its sitting is; `papers_past`: it is, but takes no
    papers any more; `missing`: the short names of
    those on the way whose sitting is not; `unread`: the year whose sittings are not recorded, `unread_of`
    whose by its short name; `act_by`: the last day on which acting still helps, None without recorded
    sittings; `too_late_to_prepare`: the paper gets to who decides alone; `apply_words`: Antrag bis, "" where
    an application is not possible, or is in.
    """

    steps: tuple[DecisionStep, ...]
    decider: str
    recorded: bool
    papers_past: bool
    missing: tuple[str, ...]
    unread: int | None
    unread_of: str
    act_by: date | None
    too_late_to_prepare: bool
    apply_words: str


def way(portfolio: Portfolio, today: date, question: DecisionQuestion) -> Way:
    """The way to the decision about a question, by the chain that `deadlines` finds for it."""
    due = _due(portfolio, today, question.fundings[0])
    decides = deciding(portfolio, due)
    prepares = preparing(portfolio, today, due)
    names = portfolio.short_names("committee")
    papers_past = bool(pd.notna(due["missed_date_id"]))
    too_late = papers_past or bool(due["too_late_to_prepare"])
    steps = _sittings(prepares, decides, names, today, too_late=too_late)
    return Way(
        (*_before(due, steps, today), DecisionStep(StepKind.ENDS, "", question.end, question.end < today)),
        str(portfolio.names("committee").get(decides.committee, "Kreistag")),
        decides.day is not None and not decides.invented,
        papers_past,
        tuple(step.committee for step in steps if step.kind != StepKind.PAPERS and step.day is None),
        None if pd.isna(due["unread_year"]) else int(due["unread_year"]),
        "" if pd.isna(due["unread_of"]) else str(names[due["unread_of"]]),
        _day(due["act_by"]),
        bool(due["too_late_to_prepare"]),
        apply_words(due) if is_to_apply(due) else "",
    )


def _sittings(
    prepares: Sitting | None, decides: Sitting, names: pd.Series, today: date, *, too_late: bool
) -> list[DecisionStep]:
    """The sittings on the way, with the first Vorlagenschluss before them.

    Where it is too late to prepare, the sitting that was to prepare is no step any more: what passed is its
    Vorlagenschluss, and what is next is that of who decides.
    """

    def step(kind: StepKind, sitting: Sitting, on: date | None) -> DecisionStep:
        return _step(kind, sitting, on, names, today)

    first = [step(StepKind.PAPERS, each, each.papers_due) for each in (prepares, decides) if each is not None]
    decision = step(StepKind.DECIDES, decides, decides.day)
    if prepares is None or not too_late:
        before = [step(StepKind.PREPARES, prepares, prepares.day)] if prepares is not None else []
        return [first[0], *before, decision]
    missed = [each for each in first[:1] if each.day is not None and each.past]
    return [*missed, first[1], decision]


def _step(kind: StepKind, sitting: Sitting, on: date | None, names: pd.Series, today: date) -> DecisionStep:
    who = str(names.get(sitting.committee, ""))
    past = on is not None and on < today
    if sitting.invented:
        return DecisionStep(kind, who, None, past, on)
    return DecisionStep(kind, who, on, past)


def _due(portfolio: Portfolio, today: date, funding_id: int) -> Row:
    """The row of `deadlines` about a funding."""
    rows = deadlines(portfolio, today)
    row: Row = rows[rows["funding_id"] == funding_id].iloc[0].to_dict()
    return row


def _before(due: Row, steps: list[DecisionStep], today: date) -> list[DecisionStep]:
    """The steps with the Entwurf before them, and the Antrag where its day comes, in the order of their
    days."""
    draft, apply_by = _day(due["draft_by"]), _day(due["apply_by"])
    if draft is not None and not due["too_late_to_prepare"]:
        steps = [DecisionStep(StepKind.DRAFTED, "", draft, draft < today), *steps]
    if apply_by is None or due["apply_estimated"] or not is_to_apply(due):
        return steps
    # A sitting whose day is not known is still to come: what is past stands before it.
    later = (step.day > apply_by if step.day else apply_by < today for step in steps)
    place = next((at for at, comes in enumerate(later) if comes), len(steps))
    return [*steps[:place], DecisionStep(StepKind.APPLIES, "", apply_by, apply_by < today), *steps[place:]]


def _day(value: Any) -> date | None:
    found: date | None = None if pd.isna(value) else value.date()
    return found
