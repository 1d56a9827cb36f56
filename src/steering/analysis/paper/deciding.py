"""What deciding costs, as a paper says it: the answers of its questions, by budget year and in sentences."""

from __future__ import annotations

from steering.analysis.decision.options import Option, OptionKind
from steering.analysis.decision.question import plain_name
from steering.analysis.document import Table
from steering.analysis.money import county_words
from steering.analysis.money.county import YearMoney
from steering.analysis.paper.amounts import OPEN_AMOUNT, of_county, of_years
from steering.analysis.paper.facts import Facts
from steering.analysis.paper.questions import AnsweredQuestion
from steering.analysis.paper.subjects import About
from steering.model.german import in_a_row, listing


def costs(facts: Facts) -> list[str]:
    """By budget year what the motion asks for, and beside it what is paid without it."""
    return [
        f"Der Beschlussvorschlag kostet den Landkreis für {_names(each)}:\n{_lines(each, kind)}"
        for each, kind in _voted_on(facts)
    ]


def _voted_on(facts: Facts) -> list[tuple[AnsweredQuestion, OptionKind]]:
    """The answer that the motion gives to each question."""
    own = [(each, OptionKind.OWN) for each in facts.questions.own]
    return [*own, *((each, OptionKind.FOLLOW_UP) for each in facts.questions.shares)]


def _lines(asked: AnsweredQuestion, kind: OptionKind) -> str:
    answer = asked.answer(kind)
    if answer is None:
        return "- Beträge sind noch zu beziffern"
    told = {each.year: _amount(each) for each in answer.money}
    for words, other in _beside(asked, kind):
        for each in other.money:
            told[each.year] += f"; {words} {_amount(each)}"
    return "\n".join(f"- {of_years(span, said)}" for span, said in in_a_row(told))


def _beside(asked: AnsweredQuestion, kind: OptionKind) -> list[tuple[str, Option]]:
    """The answers with which that of the motion is compared."""
    without, again = asked.answer(OptionKind.EXPIRE), asked.answer(OptionKind.FOLLOW_UP)
    found = []
    if without is not None and of_county(without.money):
        found.append(("ohne Beschluss", without))
    if kind == OptionKind.OWN and again is not None:
        found.append(("mit einer Anschlussförderung wie bisher", again))
    return found


def _amount(of_year: YearMoney) -> str:
    unknown_alone = of_year.unknown and not of_year.recorded and of_year.estimated is None
    return "noch zu beziffern" if unknown_alone else county_words.said(of_year)


def follow_up(facts: Facts) -> list[str]:
    """What is to be paid in each year that it goes on."""
    said = []
    for each in facts.questions.own:
        answer = each.answer(OptionKind.OWN)
        money = [] if answer is None else of_county(answer.money)
        if money == [OPEN_AMOUNT]:
            said.append(
                f"Was die Fortführung von {_names(each)} ohne Förderung kostet, ist nicht bekannt: Weder die "
                "Beträge noch ein Kostensatz des Hauses sind erfasst."
            )
        elif money:
            said.append(
                f"Die Fortführung von {_names(each)} aus eigenen Mitteln erfordert Eigenmittel "
                f"{listing(money, 20)}, und danach in jedem Jahr, bis anders beschlossen oder gefördert wird."
            )
    if facts.subject.about != About.PROGRAMME and not facts.questions.asked and len(facts.ends):
        said.append(
            "Was es kostet, Auslaufendes fortzuführen, sagt die Vorlage zum jeweiligen Förderprogramm."
        )
    return said


def table(facts: Facts) -> tuple[Table, ...]:
    """The sums of the motion beside what is paid without it."""
    rows = []
    for each, kind in _voted_on(facts):
        answers = [each.answer(OptionKind.EXPIRE), each.answer(kind)]
        without, found = answers
        if without is None or found is None:
            continue
        parts = zip(without.money, found.money, found.more, strict=True)
        rows += [(str(a.year), _names(each), *map(county_words.said, (a, b, c))) for a, b, c in parts]
    if not rows:
        return ()
    return (
        Table(
            ("Jahr", "Wofür", "ohne Beschluss", "mit Beschluss", "Unterschied"),
            tuple(sorted(rows, key=lambda row: row[0])),
            "Was der Landkreis ohne und mit dem Beschluss zahlt; Geschätztes ist so bezeichnet",
            widths=(1.6, 5.4, 3, 3.6, 3.6),
            right=(2, 3, 4),
        ),
    )


def _names(asked: AnsweredQuestion) -> str:
    return listing([f"»{plain_name(one.name)}«" for one in asked.question.endings], 6)
