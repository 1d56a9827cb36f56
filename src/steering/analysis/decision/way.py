"""The way to a decision: Vorlagenschluss, Vorberatung, Beschluss, end; what is past, what is not recorded.

An example is no answer: where only invented sittings are there, a step has no day, and the invented one is
told apart as `example`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import pandas as pd

from steering.analysis.decision.question import DecisionQuestion
from steering.analysis.portfolio import Portfolio
from steering.analysis.structures.deadlines import deadlines
from steering.model import Provenance


class StepKind(StrEnum):
    PAPERS = "papers"
    PREPARES = "prepares"
    DECIDES = "decides"
    ENDS = "ends"


@dataclass(frozen=True)
class DecisionStep:
    """A step with its day, None where that is not recorded; `example`: the day that an example gives.

    `committee`: who sits, by its short name; `past`: its day lies before today.
    """

    kind: StepKind
    committee: str
    day: date | None
    past: bool
    example: date | None = None


@dataclass(frozen=True)
class Way:
    """The four steps, or three where no committee prepares.

    `decider`: the name of who decides; `recorded`: whether its sitting is; `missing`: the short names of
    those on the way whose sitting is not; `estimate`: by when to decide where not even an example names a
    sitting; `apply_by`: None where an application is not possible.
    """

    steps: tuple[DecisionStep, ...]
    decider: str
    recorded: bool
    missing: tuple[str, ...]
    estimate: date | None
    apply_by: date | None
    apply_estimated: bool


def way(portfolio: Portfolio, today: date, question: DecisionQuestion) -> Way:
    """The way to the decision about a question, by the sitting that `deadlines` finds for it."""
    first = question.fundings[0]
    recorded = _deciding(_without_invented_sittings(portfolio), today, first)
    decides = recorded or _deciding(portfolio, today, first) or _nobody(portfolio, _HIGHEST)
    prepares = _preparing(portfolio, today, decides)
    sittings = [each for each in (prepares, decides) if each is not None]
    names = portfolio.short_names("committee")
    kinds = [StepKind.PREPARES, StepKind.DECIDES][-len(sittings) :]
    steps = [_step(StepKind.PAPERS, sittings[0], sittings[0].papers_due, names, today)]
    steps += [_step(kind, each, each.day, names, today) for kind, each in zip(kinds, sittings, strict=True)]
    due = deadlines(portfolio, today).set_index("funding_id").loc[first]
    return Way(
        (*steps, DecisionStep(StepKind.ENDS, "", question.end, question.end < today)),
        str(portfolio.names("committee").get(decides.committee, "Kreistag")),
        recorded is not None,
        tuple(step.committee for step in steps[1:] if step.day is None),
        due["decide_by"].date() if due["decide_estimated"] else None,
        None if pd.isna(due["apply_by"]) else due["apply_by"].date(),
        bool(due["apply_estimated"]),
    )


@dataclass(frozen=True)
class _Sitting:
    """A sitting; without days where none is known. `invented`: it is an example."""

    committee: int | None
    day: date | None = None
    papers_due: date | None = None
    invented: bool = False


_HIGHEST, _NEXT = -1, -2


def _step(kind: StepKind, sitting: _Sitting, on: date | None, names: pd.Series, today: date) -> DecisionStep:
    who = str(names.get(sitting.committee, ""))
    if sitting.invented:
        return DecisionStep(kind, who, None, False, on)
    return DecisionStep(kind, who, on, on is not None and on < today)


def _deciding(portfolio: Portfolio, today: date, funding_id: int) -> _Sitting | None:
    """The sitting by which to decide; None where none fits."""
    due = deadlines(portfolio, today).set_index("funding_id").loc[funding_id]
    if due["decide_estimated"]:
        return None
    dates = portfolio.committee_dates
    return _sitting(dates[dates["id"] == due["committee_date_id"]].iloc[0])


def _preparing(portfolio: Portfolio, today: date, decides: _Sitting) -> _Sitting | None:
    """The last sitting before it of a committee below: a recorded one, else an example, else without a day.

    None where no committee stands below the one that decides.
    """
    ranks = portfolio.committees.set_index("id")["rank"]
    if decides.committee is None or not (ranks < ranks[decides.committee]).any():
        return None
    below = set(ranks.index[ranks < ranks[decides.committee]])
    dates = portfolio.committee_dates
    dates = dates[dates["committee_id"].isin(below) & (dates["day"] >= pd.Timestamp(today))]
    if decides.day is not None:
        dates = dates[dates["day"] <= pd.Timestamp(decides.day)].sort_values(["day", "id"])
        for invented in (False, True):
            found = dates[(dates["provenance"] == Provenance.EXAMPLE) == invented]
            if len(found):
                return _sitting(found.iloc[-1])
    return _nobody(portfolio, _NEXT)


def _sitting(row: pd.Series) -> _Sitting:
    return _Sitting(
        int(row["committee_id"]), row["day"].date(), row["papers_due"].date(),
        bool(row["provenance"] == Provenance.EXAMPLE),
    )  # fmt: skip


def _without_invented_sittings(portfolio: Portfolio) -> Portfolio:
    dates = portfolio.committee_dates
    kept = dates[dates["provenance"] != Provenance.EXAMPLE].reset_index(drop=True)
    return portfolio.with_frames({**portfolio.frames, "committee_date": kept})


def _nobody(portfolio: Portfolio, place: int) -> _Sitting:
    """The committee that takes a step where no sitting is known: the highest decides, the next prepares."""
    committees = portfolio.committees.sort_values("rank")
    return _Sitting(int(committees["id"].iloc[place]) if len(committees) >= -place else None)
