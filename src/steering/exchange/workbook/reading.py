"""The workbook of everything, or the zip of CSV files, read back after people have edited it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from typing import Any

from steering.analysis.incoming import IncomingRow, New, Place, Reading, Refusal, Wanted
from steering.analysis.incoming.cells import Unreadable
from steering.analysis.incoming.recorded import Recorded
from steering.analysis.incoming.sameness import alike
from steering.analysis.portfolio import Portfolio
from steering.exchange.cells import letters
from steering.exchange.incoming_files import IncomingFile
from steering.exchange.workbook import choices
from steering.exchange.workbook.cell_reading import as_words, check_day, is_empty, members, readable, value_of
from steering.exchange.workbook.columns import MARK, CellKind, Column, Lists, title_of
from steering.exchange.workbook.grids import CellRows, grids
from steering.exchange.workbook.name_reading import MeantRecords, stamp
from steering.exchange.workbook.reference_names import same
from steering.exchange.workbook.sheets import NOT_PUBLIC, WITHHELD, records
from steering.exchange.workbook.tables import SheetRow, UnderstoodSheet, new_key, note_new, tables_of
from steering.exchange.workbook.writing import TOO_LONG
from steering.model import Record, Settings, Versioned
from steering.model.german import listing

_ELSEWHERE = (
    "Die Arbeitsmappe stammt aus einer anderen Datenbank, etwa von vor einer Rücksicherung. "
    "Bitte die Änderungen besonders genau prüfen. Alle Daten auf einmal kommen nicht mit der Arbeitsmappe "
    "herüber, sondern indem hier unter »Sicherung« eine Sicherung von dort eingespielt wird."
)
_GONE = "Diesen Eintrag gibt es nicht (mehr). Bitte die Zeile weglassen."
_NEVER_HERE = (
    "In dieser Datenbank nicht erfasst. Bitte die grauen Zellen leeren, damit der Eintrag neu entsteht, "
    "oder die Zeile weglassen."
)
_UNCHANGED = (TOO_LONG, WITHHELD, NOT_PUBLIC)


def read_workbook(
    file: IncomingFile,
    portfolio: Portfolio,
    lists: Lists,
    today: date,
    found: Mapping[str, CellRows] | None = None,
) -> Reading:
    """One row per row of each sheet that is known. `today`: the day on which marked records are put away.

    `found`: the sheets, where somebody has looked into the file before. Raises FileRefused where the file
    is no workbook of ours, or one of another Landkreis.
    """
    found = grids(file) if found is None else found
    listed = next((grid for title, grid in found.items() if same(title) == same(choices.TITLE)), [])
    notes = check_origin(file, portfolio, listed)
    tables, unknown = tables_of(found, portfolio, lists)
    if not tables:
        titles = listing([title_of(record) for record in records(portfolio, lists)], 6)
        raise file.refused(
            f"enthält keines der Blätter der Arbeitsmappe ({titles}) mit der Spalte »Nr.«. Bitte die "
            "ausgegebene Arbeitsmappe bearbeiten, oder die Datei als Liste einlesen."
        )
    meant = MeantRecords(portfolio, listed)
    for table in tables:
        note_new(table, meant)
    recorded = Recorded(portfolio, _flat(lists), {})
    rows = SheetReader(file.name, recorded, meant, today, elsewhere=_is_elsewhere(portfolio, listed))
    return Reading(tuple(row for table in tables for row in rows.of(table)), (*notes, *unknown))


def check_origin(file: IncomingFile, portfolio: Portfolio, listed: CellRows) -> list[str]:
    """A sentence where a workbook comes from another state of the data; refuses one of another Kreis."""
    own = str(portfolio.settings["district_key"])
    district = stamp(listed, choices.DISTRICT)
    if district and district.zfill(5) != own:
        raise file.refused(
            f"gehört zum Kreis {district.zfill(5)}, diese Datenbank zu {own or 'keinem'}. "
            "Bitte die Arbeitsmappe hier neu ausgeben."
        )
    return [_ELSEWHERE] if _is_elsewhere(portfolio, listed) else []


def _is_elsewhere(portfolio: Portfolio, listed: CellRows) -> bool:
    """Whether the numbers of a workbook are those of another database."""
    return stamp(listed, choices.DATASET) not in ("", portfolio.dataset_id)


class SheetReader:
    """The rows of the sheets as records that are wanted, each compared no further than its cells go.

    `elsewhere`: whether the file comes from another database.
    """

    def __init__(
        self, file: str, recorded: Recorded, meant: MeantRecords, today: date, *, elsewhere: bool = False
    ) -> None:
        self._file = file
        self._recorded = recorded
        self._meant = meant
        self._today = today
        self._elsewhere = elsewhere

    def of(self, table: UnderstoodSheet) -> Iterator[IncomingRow]:
        """The rows of one sheet, in its order."""
        seen: dict[Any, int] = {}
        for line in table.lines:
            place = Place(self._file, table.title, line.number)
            problems: list[Refusal] = []
            notes: list[str] = []
            try:
                key = self._key(table, line, seen)
                values = self.values(table, line, key, place, problems, notes)
                wanted = self._wanted(table, line, key, values)
            except _Wrong as wrong:
                problems.append(Refusal(place, wrong.column, wrong.value, wrong.reason))
                wanted = None
            yield IncomingRow(
                place,
                _title(table, line),
                records=(wanted,)
                if wanted and not problems
                else (Wanted(table.record, {}, key=new_key(table, line)),),
                cells=line.words,
                refusals=tuple(problems),
                notes=tuple(notes),
            )

    def _key(self, table: UnderstoodSheet, line: SheetRow, seen: dict[Any, int]) -> Any:
        column, cell = table.key, line.cells[table.key.field]
        if is_empty(cell):
            if column.field != "id":
                raise _Wrong(
                    "Neue Einträge kommen hier aus dem amtlichen Verzeichnis. Bitte weglassen.", column
                )
            if table.record is Settings:
                raise _Wrong("Einstellungen gibt es genau einmal. Bitte die Zeile weglassen.", column)
            return None
        try:
            key = value_of(column, cell)
        except ValueError:
            raise _Wrong(
                "Die Kennung ist verändert. Bitte aus der Ausgabe übernehmen.", column, cell
            ) from None
        if key in seen:
            raise _Wrong(
                f"Diese Kennung steht schon in Zeile {seen[key]}. Für einen neuen Eintrag bitte die grauen "
                "Zellen leeren.",
                column,
                cell,
            )
        seen[key] = line.number
        if self._recorded.row(table.record, key) is None:
            may_be_made = self._elsewhere and column.field == "id"
            raise _Wrong(_NEVER_HERE if may_be_made else _GONE, column, cell)
        return key

    def values(
        self,
        table: UnderstoodSheet,
        line: SheetRow,
        key: Any,
        place: Place,
        problems: list[Refusal],
        notes: list[str],
    ) -> dict[str, Any]:
        """What the cells say other than what is recorded; of a new record whatever is filled in.

        `problems` and `notes` take what cells are refused for, and how they were understood.
        """
        before = self._recorded.row(table.record, key) if key is not None else None
        values: dict[str, Any] = {}
        for column in table.columns:
            cell = line.cells[column.field]
            if column.protected or (isinstance(cell, str) and cell.strip() in _UNCHANGED):
                continue
            if isinstance(cell, Unreadable) and before and alike(before[column.field], cell.said):
                continue  # Somebody once recorded just that.
            if not (before and alike(before[column.field], cell)):
                cell = self._mended(column, cell, notes)
            try:
                value = self._value(column, cell)
                if column.kind is CellKind.MARK:
                    values |= self._marked(value, before, column)
                elif not (is_empty(cell) if before is None else alike(before[column.field], value)):
                    check_day(column, cell, value)
                    values[column.field] = value
            except ValueError as problem:
                problems.append(Refusal(place, column.heading, as_words(cell)[:200], str(problem)))
        return {MARK: values[MARK]} if MARK in values else values

    def _mended(self, column: Column, cell: Any, notes: list[str]) -> Any:
        """A cell with its umlauts as they were meant, unless it names something that is called just so."""
        if not isinstance(cell, str) or (meant := letters.ungarbled(cell)) == cell:
            return cell
        if column.kind in (CellKind.LIST, CellKind.REFERENCE):
            with suppress(ValueError):
                self._value(column, cell)
                return cell
        notes.append(letters.mended_said(cell, meant))
        return meant

    def _value(self, column: Column, cell: Any) -> Any:
        try:
            if column.kind is CellKind.LIST:
                found = [self._meant.key(column.target, name) for name in members(cell)]
                return found if any(isinstance(each, New) for each in found) else sorted(set(found))
            if column.kind is CellKind.REFERENCE:
                return None if is_empty(cell) else self._meant.key(column.target, as_words(cell))
        except ValueError:
            readable(cell)
            raise
        return value_of(column, cell)

    def _marked(self, marked: bool | None, before: Any, column: Column) -> dict[str, Any]:
        if not marked:
            return {}
        if before is None:
            raise _Wrong("Eine neue Zeile ist nicht zu entfernen. Bitte die Zeile weglassen.", column, "ja")
        return {MARK: self._today}

    def _wanted(self, table: UnderstoodSheet, line: SheetRow, key: Any, values: dict[str, Any]) -> Wanted:
        headings = {column.field: column.heading for column in table.columns}
        if key is None:
            return Wanted(table.record, values, key=new_key(table, line), columns=headings)
        version = None
        if issubclass(table.record, Versioned):
            version = self._version(table, line, changes=bool(values))
        return Wanted(table.record, values, id=key, columns=headings, version=version)

    def _version(self, table: UnderstoodSheet, line: SheetRow, *, changes: bool) -> int | None:
        column = next((column for column in table.columns if column.is_version), None)
        try:
            found = value_of(column, line.cells[column.field]) if column else None
        except ValueError:
            found = None
        if found is None and changes:
            raise _Wrong(
                "Die Version fehlt, an der zu erkennen wäre, ob inzwischen jemand den Eintrag geändert "
                "hat. Bitte die Änderung in einer neuen Ausgabe vornehmen.",
                column,
            )
        return None if found is None else int(found)


class _Wrong(Exception):
    """What is wrong with a row as a whole."""

    def __init__(self, reason: str, column: Column | None = None, cell: Any = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.column = column.heading if column else ""
        self.value = as_words(cell)[:200]


def _title(table: UnderstoodSheet, line: SheetRow) -> str:
    """What a row is about, for the preview."""
    for column in table.columns:
        if not (column.is_key or column.is_version) and column.kind in (CellKind.TEXT, CellKind.REFERENCE):
            if column.field == "slug":
                continue
            if not is_empty(line.cells[column.field]):
                return f"{table.title}: {as_words(line.cells[column.field])}"
    return f"{table.title} {as_words(line.cells[table.key.field])}".strip()


def _flat(lists: Lists) -> dict[type[Record], tuple[tuple[str, type[Record], str, str], ...]]:
    return {
        record: tuple((each.field, each.record, each.owner, each.member) for each in links)
        for record, links in lists.items()
    }
