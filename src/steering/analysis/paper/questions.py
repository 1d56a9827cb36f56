"""What a paper has to decide: the Lagebild's questions about the ends it is about, each with its answers."""

from __future__ import annotations

from dataclasses import dataclass, replace

from steering.analysis.decision.options import Option, OptionKind, options
from steering.analysis.decision.question import DecisionQuestion, Whose, every
from steering.analysis.money import county
from steering.analysis.paper.subjects import About, PaperScope, PaperSubject
from steering.analysis.portfolio import Portfolio
from steering.analysis.structures.decisions import upcoming
from steering.analysis.view import View
from steering.model import FindingKind
from steering.model.finding_keys import FindingKey


@dataclass(frozen=True)
class AnsweredQuestion:
    """A question and its answers; `examples`: the made-up rates by which more of it could be estimated."""

    question: DecisionQuestion
    options: tuple[Option, ...]
    examples: frozenset[str] = frozenset()

    def answer(self, kind: OptionKind) -> Option | None:
        return next((each for each in self.options if each.kind == kind), None)


@dataclass(frozen=True)
class PaperQuestions:
    """What is `asked`, day by day, and of that what the Landkreis has itself (`own`) and what it pays a share
    of (`shares`), which are voted on differently; `news`: what ends and others decide about.
    """

    asked: tuple[AnsweredQuestion, ...] = ()
    own: tuple[AnsweredQuestion, ...] = ()
    shares: tuple[AnsweredQuestion, ...] = ()
    news: tuple[DecisionQuestion, ...] = ()


def questions(
    portfolio: Portfolio, described: Portfolio, view: View, subject: PaperSubject, about: PaperScope
) -> PaperQuestions:
    """Those of a paper about a programme that ends, or about a finding that says that something does.

    `portfolio`: the data with their examples, which say nothing here but what is left out; `described`: the
    data of the paper.
    """
    if about.structures is None or not _about_an_end(subject):
        return PaperQuestions()
    known = portfolio.without_examples()
    rows = upcoming(known, view)
    rows = rows[rows["structure_id"].isin(about.structures)]
    if subject.about == About.PROGRAMME:
        rows = rows[rows["programme_id"] == int(subject.key)]
    mine, news = every(known, rows)
    asked: list[AnsweredQuestion] = []
    own: list[AnsweredQuestion] = []
    shares: list[AnsweredQuestion] = []
    for question in mine:
        whole = _answered(portfolio, described, view, question)
        asked.append(whole)
        for share, found in ((False, own), (True, shares)):
            part = tuple(one for one in question.endings if (one.whose == Whose.SHARE) == share)
            if part == question.endings:
                found.append(whole)
            elif part:
                sub = replace(question, endings=part)
                found.append(_answered(portfolio, described, view, sub))
    return PaperQuestions(tuple(asked), tuple(own), tuple(shares), news)


def _answered(
    portfolio: Portfolio, described: Portfolio, view: View, question: DecisionQuestion
) -> AnsweredQuestion:
    found = AnsweredQuestion(question, options(described, view, question))
    own = found.answer(OptionKind.OWN)
    if own is None or not any(of_year.unknown for of_year in own.money):
        return found
    look = replace(view, scenario=replace(view.scenario, changes=own.changes))
    made_up = {
        rule.name
        for key, reckoning in county.going_on(portfolio, look).items()
        for rule in reckoning.rules
        if key in question.structures and rule.example
    }
    return replace(found, examples=frozenset(made_up))


def _about_an_end(subject: PaperSubject) -> bool:
    if subject.about == About.FINDING:
        key = FindingKey.read(subject.key)
        return key is not None and key.kind == FindingKind.ENDING
    return subject.about == About.PROGRAMME
