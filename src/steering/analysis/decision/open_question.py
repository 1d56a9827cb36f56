"""The next question that is still open, and what has been decided about those before it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from steering.analysis.decision.question import DecisionQuestion, EndingStructure, one_by_one
from steering.analysis.portfolio import Portfolio
from steering.analysis.structures.handed_in import SETTLED, HandedIn, about_end


@dataclass(frozen=True)
class SettledQuestion:
    """A question that a committee has answered, whose end is still recorded; `paper`: by which Vorlage."""

    question: DecisionQuestion
    paper: HandedIn


@dataclass(frozen=True)
class Asked:
    """The next question, if there is one, and what ends until then that others decide.

    `settled`: what is decided of what ends until then; `paper`: the Vorlage about the question that is on its
    way, None where none is handed in.
    """

    question: DecisionQuestion | None
    news: tuple[DecisionQuestion, ...]
    settled: tuple[SettledQuestion, ...] = ()
    paper: HandedIn | None = None


def asked(portfolio: Portfolio, rows: pd.DataFrame) -> Asked:
    """The next decision among rows of `decisions.upcoming`; of news only what ends no later than it."""
    news: list[DecisionQuestion] = []
    settled: list[SettledQuestion] = []
    for found, others in one_by_one(portfolio, rows):
        news += others
        if found is None:
            continue
        left, done = without_settled(portfolio, found)
        settled += done
        if left is not None:
            until = tuple(one for one in news if one.end <= left.end)
            return Asked(left, until, tuple(settled), _on_its_way(portfolio, left))
    return Asked(None, tuple(one for one in news if one.end == news[0].end), tuple(settled))


def without_settled(
    portfolio: Portfolio, question: DecisionQuestion
) -> tuple[DecisionQuestion | None, list[SettledQuestion]]:
    """What of a question is still open, None where nothing is, and what is decided, by Vorlage."""
    left: list[EndingStructure] = []
    done: dict[int, list[EndingStructure]] = {}
    papers: dict[int, HandedIn] = {}
    for one in question.endings:
        found = [about_end(portfolio, key, question.end) for key in one.fundings]
        final = [each for each in found if each is not None and each.standing in SETTLED]
        if len(final) < len(found):
            left.append(one)
            continue
        papers[final[0].submission_id] = final[0]
        done.setdefault(final[0].submission_id, []).append(one)
    told = [
        SettledQuestion(replace(question, endings=tuple(endings)), papers[key])
        for key, endings in done.items()
    ]
    return (replace(question, endings=tuple(left)) if left else None), told


def _on_its_way(portfolio: Portfolio, question: DecisionQuestion) -> HandedIn | None:
    found = (about_end(portfolio, key, question.end) for key in question.fundings)
    return next((each for each in found if each is not None), None)
