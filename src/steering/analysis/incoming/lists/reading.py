"""A whole list read: each of its tables with a mapping, given or proposed, into rows for comparison."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from steering.analysis.incoming.lists import columns
from steering.analysis.incoming.lists.columns import Assignment
from steering.analysis.incoming.lists.counting import decimal_mark
from steering.analysis.incoming.lists.existing import Existing
from steering.analysis.incoming.lists.grants import settle
from steering.analysis.incoming.lists.grids import ListTable, SheetCells, tables_in
from steering.analysis.incoming.lists.known import KnownNames
from steering.analysis.incoming.lists.making import Maker, RowInMaking
from steering.analysis.incoming.lists.meanings import FIGURES, MEANING_WORDS, Meaning
from steering.analysis.incoming.lists.memory import Memory
from steering.analysis.incoming.lists.proposing import ColumnQuestion, Proposed, proposed
from steering.analysis.incoming.lists.saying import Columns
from steering.analysis.incoming.lists.spots import Gazetteer
from steering.analysis.incoming.rows import Reading
from steering.analysis.portfolio import Portfolio
from steering.model.vocabulary import word

NEEDED = (Meaning.NAME, Meaning.TASK)
_OF_WHOEVER = frozenset(
    (Meaning.NAME, Meaning.LEVEL, Meaning.ROLE, Meaning.POSTCODE, Meaning.SEAT, Meaning.NOTE)
)
"""What a list of persons or addresses says as well as one of structures."""
AS_BEFORE = "Die Spalten sind zugeordnet wie beim letzten Mal, als diese Überschriften kamen."


class NotUnderstood(Exception):
    """No column can be the name of a structure, or none its carrier; the sentence says what to do."""


@dataclass(frozen=True)
class ListFile:
    """A list with its tables found and a mapping for each, which somebody may correct.

    `questions`: for each table what its columns may mean besides, which is not read until somebody says so.
    """

    file: str
    tables: tuple[ListTable, ...]
    mappings: tuple[Assignment, ...]
    notes: tuple[str, ...] = ()
    questions: tuple[tuple[ColumnQuestion, ...], ...] = ()

    @property
    def asked(self) -> tuple[tuple[ColumnQuestion, ...], ...]:
        """The questions of each table; none where a mapping was given."""
        return self.questions or ((),) * len(self.tables)

    def with_mapping(self, mapping: Assignment) -> ListFile | None:
        """The tables that have all columns of a mapping, with it; None where there is no such table."""
        fitting = [
            (table, fits) for table in self.tables if (fits := columns.fitted(mapping, table.headings))
        ]
        if not fitting:
            return None
        mappings = tuple(_read_so(fits, table) for table, fits in fitting)
        return ListFile(self.file, tuple(table for table, _ in fitting), mappings, self.notes)

    def beside(self) -> frozenset[int]:
        """The tables, by number, that say of no more than names and addresses, where others say more.

        What they name may as well be persons: nobody reads them unasked.
        """
        found = {at for at, mapping in enumerate(self.mappings) if mapping.meanings <= _OF_WHOEVER}
        return frozenset(found) if len(found) < len(self.tables) else frozenset()

    def without(self, numbers: Collection[int]) -> ListFile:
        """The same without these tables, and with a sentence for each."""
        left_out = [table for at, table in enumerate(self.tables) if at in numbers]
        kept = [at for at in range(len(self.tables)) if at not in numbers]
        return ListFile(
            self.file,
            tuple(self.tables[at] for at in kept),
            tuple(self.mappings[at] for at in kept),
            (*self.notes, *(f"{_where(table)}Nicht eingelesen." for table in left_out)),
            tuple(self.asked[at] for at in kept),
        )

    def called(self, number: int) -> str:
        """What a table is called among those of its file."""
        table = self.tables[number]
        sheet = f"Blatt »{table.sheet}«" if table.sheet else ""
        if sheet and sum(each.sheet == table.sheet for each in self.tables) == 1:
            return sheet
        return f"{sheet or 'Tabelle'} ab Zeile {table.rows[0][0]}"

    def with_fixed(self, fixed: Mapping[Meaning, str]) -> ListFile:
        """The same with what holds for every row of the file."""
        mappings = tuple(replace(each, fixed={**each.fixed, **fixed}) for each in self.mappings)
        return replace(self, mappings=mappings)

    def unfit(self) -> tuple[str, ...]:
        """Sentences about columns that cannot mean what a mapping says."""
        pairs = zip(self.tables, self.mappings, strict=True)
        return tuple(said for table, mapping in pairs for said in columns.without_unfit(mapping, table)[1])


def look_into(
    file: str,
    grids: Sequence[SheetCells],
    portfolio: Portfolio,
    remembered: Mapping[str, Assignment],
    headings: Collection[str] = (),
) -> ListFile:
    """Find the tables of a file and propose what their columns mean; sheets without rows are left out.

    `remembered`: mappings that people have decided on before, by `columns.header_key`; they are proposed
    again. `headings` are further texts that are headings, because a mapping names them.
    """
    headings = {*headings, *(said for mapping in remembered.values() for said in mapping.columns)}
    gazetteer, names = Gazetteer(portfolio), KnownNames(portfolio, {})
    known: Mapping[Meaning, Callable[[str], bool]] = {
        Meaning.ORGANISATION: lambda said: names.organisations.find(said) is not None,
        Meaning.PROGRAMME: lambda said: names.programmes.find(said) is not None,
        Meaning.TASK: lambda said: names.tasks.find(said) is not None,
        Meaning.TARGET_GROUPS: lambda said: names.groups.find(said) is not None,
    }
    tables = [
        table
        for grid in grids
        for table in tables_in(grid, lambda said: said in headings or columns.is_heading(said))
    ]
    filled = [table for table in tables if table.rows]
    mapped: list[tuple[ListTable, Proposed]] = []
    notes: list[str] = []
    for table in filled:
        before = remembered.get(columns.header_key(table.headings))
        mapping = columns.fitted(before, table.headings) if before else None
        if mapping is None:
            found = proposed(table, gazetteer, known)
        else:
            mapping, wrong = columns.without_unfit(mapping, table)
            notes += [f"{_where(table)}{AS_BEFORE}", *wrong]
            found = Proposed(mapping)
        found = replace(found, mapping=_read_so(found.mapping, table))
        mapped.append((table, found))
    usable = [(table, found) for table, found in mapped if _is_list(found.mapping)]
    notes += [
        f"Blatt »{table.sheet}« ist keine Liste von Strukturen und wurde nicht gelesen."
        for table, found in mapped
        if usable and not _is_list(found.mapping)
    ]
    chosen = usable or mapped
    return ListFile(
        file,
        tuple(table for table, _ in chosen),
        tuple(found.mapping for _, found in chosen),
        tuple(notes),
        tuple(found.questions for _, found in chosen),
    )


def _read_so(mapping: Assignment, table: ListTable) -> Assignment:
    """A mapping that says how the days and amounts of its columns are read."""
    return columns.with_bases(columns.with_orders(mapping, table), table)


def _is_list(mapping: Assignment) -> bool:
    """Whether a table names structures; the carrier may be the same for all of them."""
    return not mapping.meanings.isdisjoint(NEEDED)


def complete(mapping: Assignment) -> bool:
    """Whether a mapping names what every row needs: something to call it by, and its carrier."""
    return Meaning.ORGANISATION in mapping.meanings and _is_list(mapping)


def read(
    found: ListFile, portfolio: Portfolio, *, progress: Callable[[float], None] | None = None
) -> Reading:
    """The rows of a list. Raises NotUnderstood where a needed column is missing."""
    gazetteer, existing = Gazetteer(portfolio), Existing(portfolio)
    drafts: list[RowInMaking] = []
    memory = Memory()
    notes = list(found.notes)
    total = sum(len(table.rows) for table in found.tables) or 1
    decimal = decimal_mark(_figures(found))
    for table, mapping, questions in zip(found.tables, found.mappings, found.asked, strict=True):
        if not complete(mapping):
            raise NotUnderstood(_what_is_missing(table, mapping))
        asked = Columns(found.file, table, mapping, gazetteer, KnownNames(portfolio, mapping.names), decimal)
        maker = Maker(asked, existing, memory)
        notes += [*table.notes, *asked.notes, _said(table, mapping), *_left_open(table, mapping, questions)]
        for number, cells in table.rows:
            drafts.append(maker.row(number, cells))
            if progress and len(drafts) % 500 == 0:
                progress(len(drafts) / total)
    settle((draft.grant for draft in drafts if draft.grant is not None), existing)
    return Reading(tuple(draft.row() for draft in drafts), tuple(notes))


def _where(table: ListTable) -> str:
    return f"Blatt »{table.sheet}«: " if table.sheet else ""


def _figures(found: ListFile) -> Sequence[Sequence[object]]:
    """The columns of numbers of all tables of a file."""
    return [
        table.column(heading)
        for table, mapping in zip(found.tables, found.mappings, strict=True)
        for heading, meaning in mapping.columns.items()
        if meaning in FIGURES
    ]


def _said(table: ListTable, mapping: Assignment) -> str:
    said = "; ".join(
        f"»{heading}« = {MEANING_WORDS[meaning]}"
        + (f" ({word(mapping.basis(heading))})" if meaning == Meaning.AMOUNT else "")
        for heading, meaning in mapping.columns.items()
    )
    fixed = "; ".join(f"{MEANING_WORDS[meaning]} = »{text}«" for meaning, text in mapping.fixed.items())
    for_all = f" Für alle Zeilen: {fixed}." if fixed else ""
    unused = [heading for heading in table.headings if heading not in mapping.columns]
    rest = f" Nicht gelesen: {', '.join(f'»{heading}«' for heading in unused)}." if unused else ""
    return f"{_where(table)}Spalten: {said}.{for_all}{rest}"


def _left_open(table: ListTable, mapping: Assignment, questions: Sequence[ColumnQuestion]) -> list[str]:
    """What was not read because it is not certain, each sentence once, with what to do."""
    said = dict.fromkeys(question.words for question in questions if question.heading not in mapping.columns)
    return [f"{_where(table)}{words} Nicht gelesen; bitte bei Bedarf zuordnen." for words in said]


def _what_is_missing(table: ListTable, mapping: Assignment) -> str:
    carrier = Meaning.ORGANISATION in mapping.meanings
    lacking = [
        word
        for word, fine in (("den Namen der Struktur", _is_list(mapping)), ("den Träger", carrier))
        if not fine
    ]
    found = ", ".join(f"»{heading}«" for heading in table.headings[:12])
    fixed = ' Einen Träger, der für alle Zeilen gilt, angeben: --set traeger="Name".' if not carrier else ""
    where = f"auf Blatt »{table.sheet}« " if table.sheet else ""
    return (
        f"hat {where}keine Spalte für {' und '.join(lacking)} (gefunden: {found}). "
        f"Bitte die Spalten zuordnen.{fixed}"
    )
