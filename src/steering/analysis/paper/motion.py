"""The Beschlussvorschlag: one sentence that can be voted on."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from steering.analysis.decision.options import OptionKind
from steering.analysis.decision.question import DecisionQuestion, Whose, until, with_shares, with_sizes
from steering.analysis.findings.kinds import KINDS
from steering.analysis.money.county import YearMoney
from steering.analysis.paper import committees
from steering.analysis.paper.amounts import OPEN_AMOUNT, of_county, spans
from steering.analysis.paper.costs import budget_items
from steering.analysis.paper.facts import Facts, is_completed
from steering.analysis.paper.questions import AnsweredQuestion
from steering.analysis.paper.subjects import About
from steering.model import FindingKind
from steering.model.german import day, fte, listing


class MotionWords(NamedTuple):
    """The same as what a committee does, and as what it is recommended to do."""

    does: str
    to_do: str

    def of(self, committee: str, *, preparing: bool) -> str:
        if preparing:
            return f"{committees.to_whom(committee)} wird empfohlen, {self.to_do}."
        return f"{committees.subject(committee)} {self.does}."


def motion(facts: Facts) -> MotionWords:
    match facts.subject.about:
        case About.PROGRAMME | About.FINDING if facts.questions.asked or facts.questions.news:
            return _continuing(facts)
        case About.MEASURE:
            return _measure(facts)
        case About.FINDING:
            return _clarifying(facts)
    what = f"den Bericht über die Strukturen der Integrationsarbeit (Datenstand {day(facts.view.today)})"
    return MotionWords(f"nimmt {what} zur Kenntnis", f"{what} zur Kenntnis zu nehmen")


def _continuing(facts: Facts) -> MotionWords:
    """An answer to each question, with its own day and money; what others decide is only taken note of."""
    found = facts.questions
    decided = [
        *(_going_on(facts, each) for each in found.own),
        *(_share(facts, each) for each in found.shares),
    ]
    news = [_ends(each) for each in found.news]
    noted = listing(news, 20)
    if not decided:
        return MotionWords(f"nimmt zur Kenntnis, {noted}", f"zur Kenntnis zu nehmen, {noted}")
    motion = _decides("; ".join(decided))
    if not news:
        return motion
    return MotionWords(
        f"{motion.does}; und nimmt zur Kenntnis, {noted}",
        f"{motion.to_do}; und zur Kenntnis zu nehmen, {noted}",
    )


def _going_on(facts: Facts, asked: AnsweredQuestion) -> str:
    """Yes to the question of the Lagebild, and what it costs there."""
    question = asked.question
    condition = until(question)
    what = (
        f"{with_sizes(question.endings)} nach dem {day(question.end)} aus eigenen Mitteln weiterzuführen"
        f"{f', {condition},' if condition else ''}"
    )
    said = _paid(asked, OptionKind.OWN, what, _details(facts, question))
    again = asked.answer(OptionKind.FOLLOW_UP)
    asked_for = asked.answer(OptionKind.OWN)
    if again is None or any(each.unknown for each in again.money):
        return said
    if asked_for is not None and not of_county(asked_for.money):
        return said  # There is nothing that could be less with a grant.
    return f"{said}; mit einer Anschlussförderung wie bisher {_are(again.money) or 'entfallen sie'}"


def _share(facts: Facts, asked: AnsweredQuestion) -> str:
    """The Landkreis's part of what somebody else has: it is paid only where the others' money goes on."""
    question = asked.question
    under = ""
    if asked.answer(OptionKind.FOLLOW_UP) is not None:
        under = ", soweit die bisherige Förderung fortgesetzt wird,"
    what = (
        f"den Anteil des Landkreises an {with_shares(question.endings)} nach dem {day(question.end)} weiter "
        f"zu leisten{under}"
    )
    details = _item(budget_items(facts, set(question.structures)))
    return _paid(asked, OptionKind.FOLLOW_UP, what, details)


def _paid(asked: AnsweredQuestion, kind: OptionKind, what: str, details: str) -> str:
    """All the money of an answer, for what nothing covers nobody has decided on; beside it that without."""
    answer = asked.answer(kind)
    money = [OPEN_AMOUNT] if answer is None else of_county(answer.money)
    if not money:
        return f"{what}{'' if what.endswith(',') else ','} ohne zusätzliche Eigenmittel ({details})"
    said = f"{what} und dafür Eigenmittel {listing(money, 20)} ({details}) bereitzustellen"
    without = asked.answer(OptionKind.EXPIRE)
    if without is None or any(each.unknown for each in without.money) or not _are(without.money):
        return said
    return f"{said}; ohne Beschluss {_are(without.money)}"


def _are(money: tuple[YearMoney, ...]) -> str:
    """What it is by budget year; "" where it is nothing."""
    told = [each.removeprefix("von ") for each in of_county(money)]
    return f"sind es {listing(told, 20)}" if told else ""


def _details(facts: Facts, question: DecisionQuestion) -> str:
    """Haushaltsstelle, and the posts that the Landkreis's own house has."""
    posts = [one.fte for one in question.endings if one.whose == Whose.OWN]
    size = sum(float("nan") if each is None else each for each in posts)
    return _item(budget_items(facts, set(question.structures))) + _staff(size)


def _ends(question: DecisionQuestion) -> str:
    names = listing([f"»{one.name}« ({one.carrier})" for one in question.endings], 6)
    return f"dass die tragende Förderung von {names} am {day(question.end)} endet"


def _decides(what: str) -> MotionWords:
    return MotionWords(f"beschließt, {what}", f"zu beschließen, {what}")


def _item(found: list[str]) -> str:
    if not found:
        return "Haushaltsstelle noch zu benennen"
    return f"{'Haushaltsstelle' if len(found) == 1 else 'Haushaltsstellen'} {listing(found, 6)}"


def _staff(posts: float) -> str:
    if pd.isna(posts):
        return ", Stellenplan noch zu beziffern"
    return f", Stellenplan {fte(posts)}" if posts else ""


def _measure(facts: Facts) -> MotionWords:
    assert facts.measure is not None
    assert facts.compared is not None
    if is_completed(facts.measure):
        what = f"dass die Maßnahme »{facts.measure['name']}« abgeschlossen ist"
        return MotionWords(f"nimmt zur Kenntnis, {what}", f"zur Kenntnis zu nehmen, {what}")
    name = f"die Maßnahme »{facts.measure['name']}« umzusetzen"
    costs = facts.compared.costs
    costs = costs[costs["own_cents"].notna() | (costs["own_unknown"] > 0)]
    staff = _staff(facts.compared.posts)
    if len(costs) and not costs["own_cents"].fillna(1).any() and not costs["own_unknown"].any():
        where = f" (Stellenplan{staff.removeprefix(', Stellenplan')})" if staff else ""
        return _decides(f"{name}{where}; zusätzliche Eigenmittel sind dafür nicht erforderlich")
    parts = spans(costs)
    money = listing(parts, 10) if parts else OPEN_AMOUNT
    return _decides(
        f"{name} und dafür Eigenmittel {money} ({_item(budget_items(facts))}{staff}) bereitzustellen"
    )


def _clarifying(facts: Facts) -> MotionWords:
    row = facts.unplanned[facts.unplanned["key"] == facts.subject.key].iloc[0]
    names = facts.portfolio.names("task")
    about = f"»{names.get(row['task_id'], '')}«"
    if pd.isna(row["task_id"]):
        about = listing([f"»{name}«" for name in row["participant_names"]])
    what = KINDS[FindingKind(row["kind"])].order.format(about=about)
    ordered = f"{what} und dem Gremium das Ergebnis vorzulegen"
    return MotionWords(f"beauftragt die Verwaltung, {ordered}", f"die Verwaltung zu beauftragen, {ordered}")
