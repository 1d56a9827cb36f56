"""A proposal for the columns of a table: assigned where the evidence holds, else a question with candidates.

A known heading over cells that fit it is assigned. Cells alone, a word in a heading, two columns that say
different things, or a heading that its cells or its other words contradict are never assigned.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from steering.analysis.incoming.lists.columns import REASON, Assignment, unfit
from steering.analysis.incoming.lists.evidence import Evidence, Recognise, of_column
from steering.analysis.incoming.lists.grids import ListTable, text
from steering.analysis.incoming.lists.meanings import DAYS, FIGURES, MEANING_WORDS, Meaning
from steering.analysis.incoming.lists.spots import Gazetteer
from steering.analysis.incoming.lists.tags import of_tag
from steering.analysis.incoming.lists.wording import HeadingMeanings, wording
from steering.model.german import listing

_BY_TAG = 20
_ONE_ONLY = (*DAYS, *FIGURES)
"""Meanings of which a row has one: of two columns that differ, nobody but a person knows the right one."""


@dataclass(frozen=True)
class ColumnQuestion:
    """What a column may mean, likeliest first, and a sentence why that is not certain."""

    heading: str
    meanings: tuple[Meaning, ...]
    words: str


@dataclass(frozen=True)
class Proposed:
    """What the columns of a table mean as far as that is certain, and what is to be asked."""

    mapping: Assignment
    questions: tuple[ColumnQuestion, ...] = ()


@dataclass(frozen=True)
class _Column:
    at: int
    heading: str
    tag: str
    wording: HeadingMeanings
    evidence: Evidence

    def named(self) -> dict[Meaning, tuple[int, int]]:
        """The meanings that tag or heading give it, with how sure (higher is better) and the step."""
        meaning, strength = of_tag(self.tag)
        found = {meaning: (_BY_TAG + strength, 0)} if meaning else {}
        if self.wording.known:
            for each, step in self.wording.steps.items():
                if each not in self.wording.against and not (self.wording.year and each in FIGURES):
                    found.setdefault(each, (1, step))
        return found


def proposed(table: ListTable, gazetteer: Gazetteer, known: Recognise) -> Proposed:
    """Give each meaning the column that fits it best; `known` recognises recorded names."""
    columns = [
        _Column(at, heading, table.tags[at], wording(heading), of_column(table.column(heading)))
        for at, heading in enumerate(table.headings)
        if heading != REASON
    ]
    work = _Work(table, columns)
    work.assign()
    asked = [*work.questions, *work.left_over(gazetteer, known)]
    order = {heading: at for at, heading in enumerate(table.headings)}
    asked.sort(key=lambda question: order[question.heading])
    chosen = {heading: work.chosen[heading] for heading in table.headings if heading in work.chosen}
    return Proposed(Assignment(chosen), tuple(asked))


class _Work:
    def __init__(self, table: ListTable, columns: Sequence[_Column]) -> None:
        self.table = table
        self.columns = columns
        self.chosen: dict[str, Meaning] = {}
        self.questions: list[ColumnQuestion] = []

    def assign(self) -> None:
        """Meanings by name, those first that say it best; then what speaks against it."""
        candidates = self._candidates()
        rivals: dict[Meaning, list[tuple[_Column, tuple[int, int]]]] = defaultdict(list)
        for _, _, _, _, column, meaning, rank in candidates:
            if column.heading not in self.chosen and meaning not in self.chosen.values():
                self.chosen[column.heading] = meaning
            rivals[meaning].append((column, rank))
        self._carrier_by_name(rivals)
        if {Meaning.START, Meaning.END} <= set(self.chosen.values()):
            self._drop(Meaning.PERIOD)
        for meaning in _ONE_ONLY:
            self._ask_between(meaning, rivals[meaning])

    def _candidates(self) -> list[tuple[int, int, float, int, _Column, Meaning, tuple[int, int]]]:
        found = []
        for column in self.columns:
            named = column.named()
            likely = {meaning: rank for meaning, rank in named.items() if column.evidence.mostly(meaning)}
            for meaning, rank in (likely or named).items():
                if said := unfit(self.table, column.heading, meaning):
                    self._contradicted(column, meaning, said)
                    continue
                # Words and an empty column fit everything; a filled one counts more.
                filled = 1.0 if column.evidence.cells else 0.0
                found.append((-rank[0], rank[1], -filled, column.at, column, meaning, rank))
        return sorted(found, key=lambda each: each[:4])

    def _contradicted(self, column: _Column, meaning: Meaning, said: str) -> None:
        """A heading with two senses is settled by its cells; with one, the sentence says what is wrong."""
        if all(unfit(self.table, column.heading, each) for each in column.named()):
            self.questions = [each for each in self.questions if each.heading != column.heading]
            self.questions.append(ColumnQuestion(column.heading, (), said))

    def _carrier_by_name(self, rivals: Mapping[Meaning, Sequence[tuple[_Column, tuple[int, int]]]]) -> None:
        """»Name« is the carrier's where nothing else is, and something else says what is done."""
        if Meaning.ORGANISATION in self.chosen.values():
            return
        named = next((heading for heading, meaning in self.chosen.items() if meaning == Meaning.NAME), None)
        generic = [column.heading for column, _ in rivals[Meaning.ORGANISATION]]
        others = [
            column.heading
            for column, _ in rivals[Meaning.NAME]
            if column.heading != named and self.chosen.get(column.heading) in (None, Meaning.NOTE)
        ]
        if named in generic and others:
            self.chosen[named] = Meaning.ORGANISATION
            self.chosen[others[0]] = Meaning.NAME

    def _drop(self, meaning: Meaning) -> None:
        self.chosen = {heading: each for heading, each in self.chosen.items() if each != meaning}

    def _ask_between(self, meaning: Meaning, rivals: Sequence[tuple[_Column, tuple[int, int]]]) -> None:
        """Two columns of the same name and rank that say different things: neither is taken."""
        first = next((each for each in rivals if self.chosen.get(each[0].heading) == meaning), None)
        if first is None:
            return
        equal = [
            column
            for column, rank in rivals
            if column is not first[0]
            and rank == first[1]
            and column.heading not in self.chosen
            and self._differ(column, first[0])
        ]
        if not equal:
            return
        del self.chosen[first[0].heading]
        headings = [each.heading for each in (first[0], *equal)]
        named = listing([f"»{each}«" for each in headings], 9)
        said = f"{named} können »{MEANING_WORDS[meaning]}« sein und sagen Verschiedenes"
        self.questions += [ColumnQuestion(heading, (meaning,), f"{said}.") for heading in headings]

    def _differ(self, one: _Column, other: _Column) -> bool:
        return any(
            text(row[one.at]) != text(row[other.at]) and text(row[other.at]) for _, row in self.table.rows
        )

    def left_over(self, gazetteer: Gazetteer, known: Recognise) -> Iterable[ColumnQuestion]:
        """Questions about columns whose name says nothing certain, for meanings nothing else has."""
        asked = {question.heading for question in self.questions}
        taken = set(self.chosen.values())
        if Meaning.PERIOD in taken:
            taken |= {Meaning.START, Meaning.END}
        by_year = [column for column in self.columns if self._of_one_year(column)]
        for column in self.columns:
            if column.heading in self.chosen:
                continue
            if column in by_year:
                if Meaning.AMOUNT not in taken:
                    yield ColumnQuestion(column.heading, (Meaning.AMOUNT,), _of_years(by_year))
                continue
            possible = self._possible(column, gazetteer, known, taken)
            if column.heading in asked:
                self._with_candidates(column.heading, possible)
            elif possible:
                yield ColumnQuestion(column.heading, possible, _why(column, possible))

    def _of_one_year(self, column: _Column) -> bool:
        money = column.evidence.cells and column.evidence.holds(Meaning.AMOUNT)
        return bool(column.wording.year and money and not set(FIGURES) <= column.wording.against)

    def _possible(
        self, column: _Column, gazetteer: Gazetteer, known: Recognise, taken: set[Meaning]
    ) -> tuple[Meaning, ...]:
        """What a word of the heading or the cells suggest, and nothing in the heading rules out."""
        if not column.evidence.cells:
            return ()
        by_word = () if column.wording.known else column.wording.steps
        by_cells = column.evidence.suggested(gazetteer, known)
        fitting = [
            each for each in by_word if each in by_cells or not unfit(self.table, column.heading, each)
        ]
        return tuple(
            each
            for each in dict.fromkeys([*fitting, *by_cells])
            if each not in taken and each not in column.wording.against
        )

    def _with_candidates(self, heading: str, possible: tuple[Meaning, ...]) -> None:
        self.questions = [
            ColumnQuestion(each.heading, each.meanings or possible, each.words)
            if each.heading == heading
            else each
            for each in self.questions
        ]


def _why(column: _Column, possible: tuple[Meaning, ...]) -> str:
    words = listing([f"»{MEANING_WORDS[each]}«" for each in possible], 3)
    if column.wording.steps:
        return f"Die Spalte »{column.heading}« könnte {words} sein; die Überschrift ist nicht eindeutig."
    return (
        f"Die Spalte »{column.heading}« könnte nach ihren Zellen {words} sein; die Überschrift sagt es nicht."
    )


def _of_years(columns: Sequence[_Column]) -> str:
    named = listing([f"»{column.heading}«" for column in columns], 9)
    if len(columns) == 1:
        return f"{named} nennt den Betrag eines einzelnen Jahres, nicht den ganzen."
    return f"{named} nennen Beträge einzelner Jahre; keiner steht für den ganzen."
