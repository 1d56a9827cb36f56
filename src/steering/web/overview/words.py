"""The next decision in words: the question, whose it is, the steps to it, and how its figures come about."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from steering.analysis.decision.open_question import Asked, SettledQuestion
from steering.analysis.decision.options import OptionKind
from steering.analysis.decision.question import DecisionQuestion, Whose, plain_name, sentence
from steering.analysis.decision.table import AnswerColumn, parts_of_years
from steering.analysis.decision.way import DecisionStep, StepKind, Way
from steering.analysis.document import Strong
from steering.analysis.money import estimate_words
from steering.analysis.portfolio import Portfolio
from steering.analysis.structures.decide_words import NOT_READ, PAPERS_PAST, unread
from steering.analysis.structures.inventory import Selection
from steering.model.german import PAST, day, fte, listing
from steering.web import current, handed_in, panels
from steering.web.text import bold, plain

NOT_TO_SCALE = "Abstände nicht maßstäblich"
PLAYING = "Gilt als Annahme auf allen Seiten; dort lässt es sich als Maßnahme behalten."


def answer(found: Asked, chosen: Selection) -> str:
    """The question that is next, or that there is none and what is to be known."""
    if found.question is not None:
        return "".join(
            bold(piece.text) if isinstance(piece, Strong) else plain(piece)
            for piece in sentence(found.question)
        )
    scope = "in dieser Auswahl " if chosen.active else ""
    if found.settled:
        left = f" {news(found.news)}" if found.news else ""
        return f"Über alles, was {scope}absehbar endet, ist **entschieden**.{left}"
    if found.news:
        return f"Der Landkreis hat {scope}über **kein Ende zu entscheiden**. {news(found.news)}"
    if not current.portfolio().has("structure"):
        return panels.NOTHING_YET
    return (
        f"Es ist {scope}**kein festes Ende** bekannt, über das zu entscheiden wäre. "
        "Was offen ist, steht unten."
    )


def news(found: tuple[DecisionQuestion, ...]) -> str:
    """What ends without being the Landkreis's to decide."""
    told = []
    for each in found:
        names = [
            f"{bold(plain_name(one.name))} ({plain(one.carrier)}, {plain(fte(one.fte))})"
            for one in each.endings
        ]
        money = f" die Förderung aus {plain(each.programme)} für" if each.programme else " die Förderung für"
        told.append(f"Am {plain(day(each.end))} endet{money} {listing(names, 4)}.")
    return f"Zur Kenntnis: {' '.join(told)} Darüber entscheiden Träger und Zuwendungsgeber."


def settled(found: SettledQuestion) -> str:
    """Was am 31.12.2026 endet (die Stelle »Lotsen«): beschlossen am 17.12.2026 (Kreistag, 31:12)."""
    names = listing([f"»{plain_name(one.name)}«" for one in found.question.endings], 3)
    return f"{plain(names)}, Ende am {plain(day(found.question.end))} – {handed_in.line(found.paper)}"


def whose(question: DecisionQuestion, the_way: Way) -> str:
    """Who decides, on what footing, who prepares it, and by when."""
    legal = listing(sorted({one.legal for one in question.endings}))
    units = sorted({one.department for one in question.endings} - {""})
    parts = [f"Es entscheidet: {bold(the_way.decider)}", f"Aufgabe: {plain(legal)}"]
    if units:
        parts.append(f"Vorbereitung: {plain(listing(units))}")
    if the_way.apply_words:
        parts.append(f"Antrag bis {plain(the_way.apply_words)}")
    if any(one.whose == Whose.MEASURE for one in question.endings):
        parts.append("Gegenstand einer Maßnahme des Landkreises")
    parts.append(_by_when(question, the_way))
    if the_way.act_by is not None:
        parts.append(f"Handeln hilft noch bis {bold(day(the_way.act_by))}")
    return " · ".join(parts)


def _by_when(question: DecisionQuestion, the_way: Way) -> str:
    sitting = next(step for step in the_way.steps if step.kind == StepKind.DECIDES)
    if the_way.papers_past:
        last = f"Vorlagenschluss der letzten Sitzung davor ({day(sitting.day)}) {PAST}"
        return f"Beschluss vor dem {bold(day(question.end))}, {last}"
    if sitting.day is None:
        return f"Beschluss vor dem {bold(day(question.end))}, {_not_recorded(the_way)}"
    late = ", nur noch ohne Vorberatung" if the_way.too_late_to_prepare else ""
    missing = f", {_not_recorded(the_way)}" if the_way.missing else ""
    return f"Beschluss am {bold(day(sitting.day))}{late}{missing}"


def _not_recorded(the_way: Way) -> str:
    """Of which year, or of whom, sittings are still to be read."""
    if the_way.unread is not None:
        return plain(unread(the_way.unread, the_way.unread_of if the_way.recorded else ""))
    if the_way.recorded:
        return f"Sitzungstermin {plain(listing(list(the_way.missing)))} noch nicht erfasst"
    return f"bis dahin ist keine Sitzung mehr erfasst ({plain(the_way.decider)})"


def as_of(looked_at: date, today: date) -> str:
    """That the question is asked from today on, where the page looks at another day; else ""."""
    if looked_at == today:
        return ""
    return (
        f"Frage und Wege gehen vom heutigen Tag aus ({day(today)}), "
        f"nicht vom Stichtag {day(looked_at)}: Entscheiden lässt sich nur ab heute."
    )


def steps(the_way: Way) -> list[tuple[str, str, str, str]]:
    """What, when, a note, and how a step looks."""
    return [_step(step, the_way) for step in the_way.steps]


_STEPS = {
    StepKind.APPLIES: "Antrag bis",
    StepKind.DRAFTED: "Entwurf fertig",
    StepKind.PAPERS: "Vorlagenschluss",
    StepKind.PREPARES: "Vorberatung",
    StepKind.DECIDES: "Beschluss",
    StepKind.ENDS: "Ende der Förderung",
}


def _step(step: DecisionStep, the_way: Way) -> tuple[str, str, str, str]:
    what = _STEPS[step.kind] + (f" {step.committee}" if step.committee else "")
    if step.kind == StepKind.DECIDES and the_way.papers_past:
        return what, day(step.day), PAPERS_PAST, "open"
    if step.day is not None:
        note = NOT_TO_SCALE if step.kind == StepKind.ENDS else PAST if step.past else ""
        return what, day(step.day), note, _state(step)
    note = "Sitzungstermin" if step.kind != StepKind.PAPERS else "folgt aus dem Sitzungstermin"
    if step.example is not None:
        note = f"Beispiel: {day(step.example)}" + (f", {PAST}" if step.past else "")
    return what, "noch nicht erfasst" if the_way.unread is None else NOT_READ, note, "open"


def _state(step: DecisionStep) -> str:
    if step.past:
        return "past"
    return "goal" if step.kind == StepKind.ENDS else "next"


def reckoned(
    portfolio: Portfolio, question: DecisionQuestion, told: tuple[AnswerColumn, ...]
) -> Iterator[str]:
    """How the figures come about, and what an estimate rests on."""
    yield (
        "Jeder Weg ist als Szenario gerechnet. Kosten sind, was der Landkreis zahlt: eigene Mittel und was "
        "keine Förderung mehr deckt, je Haushaltsjahr."
    )
    for partly in parts_of_years(question, tuple(each.option for each in told)):
        yield plain(partly)
    names = portfolio.names("structure")
    years = [of_year.year for of_year in told[0].option.money]
    for key, each in dict(one for answer_ in told for one in answer_.option.estimates).items():
        yield plain(estimate_words.why(plain_name(names[key]), each, years))
    if any(answer_.option.kind == OptionKind.FOLLOW_UP for answer_ in told):
        yield "Mit Anschlussförderung: zu denselben Bedingungen wie bisher; das ist eine Annahme."
