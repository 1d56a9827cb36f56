"""Alternativen of a paper about a programme that ends: the answers as the Lagebild has them."""

from __future__ import annotations

from steering.analysis.decision import table as answers
from steering.analysis.decision.options import options
from steering.analysis.decision.question import DecisionQuestion, asked
from steering.analysis.document import Note, Table
from steering.analysis.money import estimate_words
from steering.analysis.paper.facts import Facts
from steering.analysis.paper.subjects import About
from steering.analysis.structures.decisions import upcoming
from steering.model.german import listing


def blocks(facts: Facts) -> tuple[Table | Note, ...]:
    """The answers side by side and what their estimates rest on; nothing where nothing is to be decided."""
    question = _question(facts)
    if question is None:
        return ()
    found = options(facts.described, facts.view, question)
    told = answers.columns(question, found)
    rows = tuple(
        (label, *(each.cells[row].whole for each in told)) for row, label in enumerate(answers.labels(found))
    )
    names = listing([f"»{one.name}«" for one in question.endings])
    made = Table(
        ("", *(each.title for each in told)),
        rows,
        f"Wege für {names}: was sie den Landkreis kosten und was sie bedeuten",
        widths=(2.4, *[3.6] * len(told)),
    )
    rules = {
        each.structure_id: estimate_words.reckoned(each.reckoning) for one in found for each in one.estimates
    }
    notes = tuple(Note(f"Geschätzt, weil der Betrag nicht erfasst ist: {said}.") for said in rules.values())
    return (made, *notes)


def _question(facts: Facts) -> DecisionQuestion | None:
    if facts.subject.about != About.PROGRAMME:
        return None
    rows = upcoming(facts.portfolio, facts.view)
    return asked(facts.portfolio, rows[rows["programme_id"] == int(facts.subject.key)]).question
