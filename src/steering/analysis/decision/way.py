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

    `decider`: the name of who decides; `recorded`: whether its sitting is; `estimate`: by when to decide
    where not even an example names a sitting; `apply_by`: None where an application is not possible.
    """

    steps: tuple[DecisionStep, ...]
    decider: str
    recorded: bool
    estimate: date | None
    apply_by: date | None
    apply_estimated: bool


def way(portfolio: Portfolio, today: date, question: DecisionQuestion) -> Way:
    """The way to the decision about a question, by the sitting that `deadlines` finds for it."""
    first = question.fundings[0]
    known = _sittings(_without_invented_sittings(portfolio), today, first)
    invented = known if known else _sittings(portfolio, today, first)
    committees = portfolio.committees.sort_values("rank")
    names = portfolio.short_names("committee")
    steps = []
    for kind in (StepKind.PAPERS, StepKind.PREPARES, StepKind.DECIDES):
        real, made_up = known.get(kind), invented.get(kind)
        if kind == StepKind.PREPARES and made_up is None and len(committees) < 2:
            continue
        who = names.get((made_up or _nobody(committees, kind))[0], "")
        day, example = (None if found is None else found[1] for found in (real, made_up))
        steps.append(
            DecisionStep(kind, str(who), day, day is not None and day < today, None if real else example)
        )
    due = deadlines(portfolio, today).set_index("funding_id").loc[first]
    decides = invented.get(StepKind.DECIDES, _nobody(committees, StepKind.DECIDES))[0]
    full = portfolio.names("committee")
    return Way(
        (*steps, DecisionStep(StepKind.ENDS, "", question.end, question.end < today)),
        str(full.get(decides, "Kreistag")),
        bool(known),
        due["decide_by"].date() if due["decide_estimated"] else None,
        None if pd.isna(due["apply_by"]) else due["apply_by"].date(),
        bool(due["apply_estimated"]),
    )


_Sittings = dict[StepKind, tuple[int | None, date]]


def _sittings(portfolio: Portfolio, today: date, funding_id: int) -> _Sittings:
    """Committee and day of each step; nothing where no sitting fits."""
    due = deadlines(portfolio, today).set_index("funding_id").loc[funding_id]
    if due["decide_estimated"]:
        return {}
    dates = portfolio.committee_dates
    ranks = dates["committee_id"].map(portfolio.committees.set_index("id")["rank"])
    deciding = dates[dates["id"] == due["committee_date_id"]].iloc[0]
    before = dates[
        (ranks < ranks[dates["id"] == deciding["id"]].iloc[0])
        & (dates["day"] <= deciding["day"])
        & (dates["day"] >= pd.Timestamp(today))
    ].sort_values(["day", "id"])
    found: _Sittings = {StepKind.DECIDES: (int(deciding["committee_id"]), deciding["day"].date())}
    first = deciding
    if len(before):
        first = before.iloc[-1]
        found[StepKind.PREPARES] = (int(first["committee_id"]), first["day"].date())
    found[StepKind.PAPERS] = (int(first["committee_id"]), first["papers_due"].date())
    return found


def _without_invented_sittings(portfolio: Portfolio) -> Portfolio:
    dates = portfolio.committee_dates
    kept = dates[dates["provenance"] != Provenance.EXAMPLE].reset_index(drop=True)
    return portfolio.with_frames({**portfolio.frames, "committee_date": kept})


def _nobody(committees: pd.DataFrame, kind: StepKind) -> tuple[int | None, None]:
    """The committee that would take a step: the highest decides, the one below it prepares."""
    if committees.empty:
        return None, None
    place = -1 if kind == StepKind.DECIDES or len(committees) < 2 else -2
    return int(committees["id"].iloc[place]), None
