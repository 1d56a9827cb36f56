"""Alternativen of a paper about a programme that ends: the answers as the Lagebild has them."""

from __future__ import annotations

from steering.analysis.decision import table as answers
from steering.analysis.decision.question import plain_name
from steering.analysis.document import Note, Table
from steering.analysis.money import estimate_words
from steering.analysis.paper.facts import Facts
from steering.analysis.paper.questions import AnsweredQuestion
from steering.model.german import listing


def blocks(facts: Facts) -> tuple[Table | Note, ...]:
    """The answers side by side and what their estimates rest on; nothing where nothing is to be decided."""
    return tuple(block for each in facts.questions.asked for block in _of(facts, each))


def _of(facts: Facts, asked: AnsweredQuestion) -> tuple[Table | Note, ...]:
    question, found = asked.question, asked.options
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
    notes = (*reckoned(facts, asked), *answers.parts_of_years(question, found))
    return (made, *(Note(said) for said in notes))


def reckoned(facts: Facts, asked: AnsweredQuestion) -> tuple[str, ...]:
    """How what is estimated in the answers to a question is reckoned."""
    names = facts.described.names("structure")
    years = [of_year.year for of_year in asked.options[0].money]
    rules = dict(each for one in asked.options for each in one.estimates)
    return tuple(estimate_words.why(plain_name(str(names[key])), each, years) for key, each in rules.items())
