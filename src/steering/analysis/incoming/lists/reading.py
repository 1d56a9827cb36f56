"""A whole list read: each of its tables with a mapping, given or proposed, into rows for comparison."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from steering.analysis.incoming.lists import columns
from steering.analysis.incoming.lists.columns import Assignment
from steering.analysis.incoming.lists.existing import Existing
from steering.analysis.incoming.lists.grids import Grid, Table, tables_in
from steering.analysis.incoming.lists.known import KnownNames
from steering.analysis.incoming.lists.making import Maker
from steering.analysis.incoming.lists.meanings import MEANING_WORDS, Meaning
from steering.analysis.incoming.lists.saying import Columns
from steering.analysis.incoming.lists.spots import Gazetteer
from steering.analysis.incoming.rows import IncomingRow, Reading
from steering.analysis.portfolio import Portfolio

NEEDED = (Meaning.NAME, Meaning.TASK)
AS_BEFORE = "Die Spalten sind zugeordnet wie beim letzten Mal, als diese Überschriften kamen."


class NotUnderstood(Exception):
    """No column can be the name of a structure, or none its carrier; the sentence says what to do."""


@dataclass(frozen=True)
class ListFile:
    """A list with its tables found and a mapping for each, which somebody may correct."""

    file: str
    tables: tuple[Table, ...]
    mappings: tuple[Assignment, ...]
    notes: tuple[str, ...] = ()

    def with_mapping(self, mapping: Assignment) -> ListFile | None:
        """The tables that have all columns of a mapping, with it; None where there is no such table."""
        fitting = [
            (table, fits) for table in self.tables if (fits := columns.fitted(mapping, table.headings))
        ]
        if not fitting:
            return None
        mappings = tuple(columns.with_orders(fits, table) for table, fits in fitting)
        return ListFile(self.file, tuple(table for table, _ in fitting), mappings, self.notes)


def look_into(
    file: str,
    grids: Sequence[Grid],
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
    mapped, again = [], []
    for table in filled:
        before = remembered.get(columns.header_key(table.headings))
        mapping = columns.fitted(before, table.headings) if before else None
        if mapping is not None:
            again.append(f"{_where(table)}{AS_BEFORE}")
        mapping = mapping or columns.proposed(table, gazetteer, known)
        mapped.append((table, columns.with_orders(mapping, table)))
    usable = [(table, mapping) for table, mapping in mapped if complete(mapping)]
    left_out = again + [
        f"Blatt »{table.sheet}« ist keine Liste von Strukturen und wurde nicht gelesen."
        for table, mapping in mapped
        if usable and not complete(mapping)
    ]
    chosen = usable or mapped
    return ListFile(
        file, tuple(table for table, _ in chosen), tuple(mapping for _, mapping in chosen), tuple(left_out)
    )


def complete(mapping: Assignment) -> bool:
    """Whether a mapping names what every row needs: something to call it by, and its carrier."""
    meanings = set(mapping.columns.values())
    return Meaning.ORGANISATION in meanings and not meanings.isdisjoint(NEEDED)


def read(
    found: ListFile, portfolio: Portfolio, *, progress: Callable[[float], None] | None = None
) -> Reading:
    """The rows of a list. Raises NotUnderstood where a needed column is missing."""
    gazetteer, existing = Gazetteer(portfolio), Existing(portfolio)
    rows: list[IncomingRow] = []
    notes = list(found.notes)
    total = sum(len(table.rows) for table in found.tables) or 1
    for table, mapping in zip(found.tables, found.mappings, strict=True):
        if not complete(mapping):
            raise NotUnderstood(_what_is_missing(table, mapping))
        asked = Columns(found.file, table, mapping, gazetteer, KnownNames(portfolio, mapping.names))
        maker = Maker(asked, existing)
        notes += [*table.notes, *asked.notes, _said(table, mapping)]
        for number, cells in table.rows:
            rows.append(maker.row(number, cells))
            if progress and len(rows) % 500 == 0:
                progress(len(rows) / total)
    return Reading(tuple(rows), tuple(notes))


def _where(table: Table) -> str:
    return f"Blatt »{table.sheet}«: " if table.sheet else ""


def _said(table: Table, mapping: Assignment) -> str:
    said = "; ".join(
        f"»{heading}« = {MEANING_WORDS[meaning]}" for heading, meaning in mapping.columns.items()
    )
    unused = [heading for heading in table.headings if heading not in mapping.columns]
    rest = f" Nicht gelesen: {', '.join(f'»{heading}«' for heading in unused)}." if unused else ""
    return f"{_where(table)}Spalten: {said}.{rest}"


def _what_is_missing(table: Table, mapping: Assignment) -> str:
    meanings = set(mapping.columns.values())
    lacking = [
        word
        for word, fine in (
            ("den Namen der Struktur", not meanings.isdisjoint(NEEDED)),
            ("den Träger", Meaning.ORGANISATION in meanings),
        )
        if not fine
    ]
    found = ", ".join(f"»{heading}«" for heading in table.headings[:12])
    return f"hat keine Spalte für {' und '.join(lacking)} (gefunden: {found}). Bitte die Spalten zuordnen."
