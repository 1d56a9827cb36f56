"""The rows of a body's file as answers: what can be read is kept, what cannot is named with its cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from steering.analysis.incoming import IncomingRow, Place, Refusal, Wanted
from steering.analysis.portfolio import Portfolio
from steering.analysis.surveys.asked import AskedBody
from steering.exchange.surveys import doubts
from steering.exchange.surveys.prefilled import Prefilled
from steering.exchange.workbook.cell_reading import as_words, is_empty, readable, value_of
from steering.exchange.workbook.columns import Column
from steering.exchange.workbook.name_reading import MeantRecords
from steering.exchange.workbook.reading import SheetReader
from steering.exchange.workbook.reference_names import same
from steering.exchange.workbook.tables import SheetRow, UnderstoodSheet, new_key
from steering.model import Needed, NeedKind, NeedUnit, SurveyAnswer
from steering.model.german import number
from steering.model.vocabulary import WORDS

Values = dict[str, Any]
SAID = (
    *("kind", "needed", "target_groups", "quantity", "unit", "valid_from", "valid_until", "priority"),
    *("level", "area_id", "site", "reason"),
)
"""What makes two answers to a task the same."""
_APART = frozenset({"task_id", "needed", "quantity", "unit"})
_MOST, _LONGEST = 1_000_000_000, 5_000
_TYPED = {
    Needed.YES: {"ja", "j", "x", "yes", "wahr", "true", "vorhanden", "bedarf"},
    Needed.NO: {"nein", "n", "no", "kein", "keiner", "kein bedarf", "falsch", "false", "nein kein bedarf"},
    Needed.UNKNOWN: {"nicht bekannt", "unbekannt", "weiß nicht", "weiss nicht", "keine angabe", "k a", "ka"},
}


@dataclass(frozen=True)
class SaidRow:
    """One line that says something: its answer, and what is noted about how it was read."""

    place: Place
    title: str
    said: Values
    cells: Mapping[str, Any]
    notes: tuple[str, ...] = ()


@dataclass
class RowReader:
    """Reads the lines of both sheets; `refused` fills with those that cannot be placed at all."""

    file: str
    portfolio: Portfolio
    asked: AskedBody
    meant: MeantRecords
    reader: SheetReader
    day: date
    refused: list[IncomingRow] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._usual = doubts.Usual(self.portfolio)
        self._tasks = self.portfolio.names("task")
        self._prefilled = Prefilled(self.portfolio, self.asked)

    def of(self, table: UnderstoodSheet, kind: NeedKind) -> Iterator[SaidRow]:
        """The lines of one sheet that say something, in its order."""
        for line in table.lines:
            place = Place(self.file, table.title, line.number)
            try:
                row = self._row(table, line, kind, place)
            except _Unplaced as wrong:
                stands_in = (Wanted(SurveyAnswer, {}, key=new_key(table, line)),)
                refusal = Refusal(place, wrong.column, wrong.value, wrong.reason)
                title = f"{table.title} ({self.asked.name})"
                self.refused.append(IncomingRow(place, title, stands_in, line.words, refusals=(refusal,)))
                continue
            if row is not None:
                yield row

    def _row(self, table: UnderstoodSheet, line: SheetRow, kind: NeedKind, place: Place) -> SaidRow | None:
        by_field = {column.field: column for column in table.columns}
        notes: list[str] = []
        unsure: list[str] = []
        doubted: set[str] = set()

        def doubt(name: str, reason: str) -> None:
            doubted.add(name)
            column = by_field.get(name)
            said = as_words(line.cells[name])[:80] if name in line.cells else ""
            where = f"Zeile {place.row}" + (f", Spalte »{column.heading}«" if column else "")
            unsure.append(f"Blatt »{place.sheet}«, {where}{f' (»{said}«)' if said else ''}: {reason}")

        quantity, unit = self._amount(by_field, line, doubt)
        needed = self._needed(by_field, line)
        told = {"quantity": quantity, "unit": unit, **self._others(table, line, place, doubt, notes)}
        if needed is None:
            if self._prefilled.is_all(self._task_or_none(line), kind, told, doubted):
                return None
            needed = Needed.YES
            doubt("needed", "Ohne »ja« oder »nein«, aber ausgefüllt: als »ja« gelesen. Bitte nachfragen.")
        task = self._task(table, line)
        values: Values = {"area_id": self.asked.body.area_id, "task_id": task, "kind": kind, "needed": needed}
        values |= told
        if why := doubts.place_doubt(self.portfolio, self.asked, values["area_id"]):
            doubt("area_id", why)
        if why := self._usual.doubt(values):
            doubt("quantity", why)
        for name, why in doubts.contradictions(values):
            doubt(name, why)
        values["doubt"] = "\n".join(unsure)[:_LONGEST]
        title = f"{self._tasks[task]} ({self.asked.name})"
        return SaidRow(place, title, values, line.words, (*notes, *unsure))

    def _needed(self, by_field: Mapping[str, Column], line: SheetRow) -> Needed | None:
        cell = line.cells.get("needed")
        if is_empty(cell):
            return None
        column = by_field["needed"]
        try:
            text = as_words(readable(cell))
        except ValueError as problem:
            raise _Unplaced(column.heading, as_words(cell)[:80], str(problem)) from None
        plain = " ".join(re.sub(r"[^\w\s]+", " ", same(text)).split())
        for needed, words in _TYPED.items():
            if plain in words:
                return needed
        choices = ", ".join(f"»{word}«" for word in WORDS[Needed].values())
        raise _Unplaced(
            column.heading, text[:80], f"»{text[:30]}« ist nicht verständlich. Möglich sind: {choices}."
        )

    def _task(self, table: UnderstoodSheet, line: SheetRow) -> int:
        found = self._task_or_none(line)
        if found is not None:
            return found
        heading = next(column.heading for column in table.columns if column.field == "task_id")
        said = as_words(line.cells.get("task_id"))[:80]
        reason = (
            "Zu welcher Aufgabe das gehört, ist nicht zu erkennen. Bitte die Aufgabe aus der Liste wählen."
        )
        raise _Unplaced(heading, said, reason)

    def _task_or_none(self, line: SheetRow) -> int | None:
        """By its name, which somebody may have chosen anew; else by its number."""
        cell = line.cells.get("task_id")
        if not is_empty(cell):
            try:
                return int(self.meant.key("task", as_words(readable(cell))))
            except (ValueError, TypeError):
                pass
        key = line.cells.get("task_number")
        try:
            found = int(as_words(key)) if not is_empty(key) else None
        except ValueError:
            return None
        return found if found in self._tasks.index else None

    def _amount(
        self, by_field: Mapping[str, Column], line: SheetRow, doubt: Any
    ) -> tuple[float | None, NeedUnit | None]:
        """Figure and unit, whichever of the two cells they stand in."""
        quantity, beside = None, None
        cell = line.cells.get("quantity")
        if not is_empty(cell):
            try:
                quantity = value_of(by_field["quantity"], cell)
            except ValueError as problem:
                if (read := doubts.amount_in(as_words(cell))) is None:
                    doubt("quantity", f"Die Menge ist nicht zu lesen: {problem}")
                else:
                    quantity, beside = read
        if quantity is not None and not 0 <= quantity <= _MOST:
            doubt("quantity", f"{number(quantity, 4)} ist keine mögliche Menge.")
            quantity = None
        return quantity, self._unit(by_field, line, doubt) or beside

    def _unit(self, by_field: Mapping[str, Column], line: SheetRow, doubt: Any) -> NeedUnit | None:
        cell = line.cells.get("unit")
        if is_empty(cell):
            return None
        try:
            return NeedUnit(value_of(by_field["unit"], cell))
        except ValueError:
            if (unit := doubts.unit_in(as_words(cell))) is None:
                known = ", ".join(WORDS[NeedUnit].values())
                doubt("unit", f"Diese Einheit passt nicht. Möglich sind: {known}.")
            return unit

    def _others(
        self, table: UnderstoodSheet, line: SheetRow, place: Place, doubt: Any, notes: list[str]
    ) -> Values:
        """The cells that are read as those of every workbook of ours; what is wrong with one is a doubt."""
        columns = tuple(column for column in table.columns if column.field not in _APART)
        problems: list[Refusal] = []
        values = self.reader.values(replace(table, columns=columns), line, None, place, problems, notes)
        by_heading = {column.heading: column.field for column in columns}
        for problem in problems:
            doubt(by_heading[problem.column], problem.reason)
        for name in ("site", "reason"):
            longest = 200 if name == "site" else _LONGEST
            if len(values.get(name, "")) > longest:
                doubt(name, f"Zu lang; gelesen sind die ersten {longest} Zeichen.")
                values[name] = values[name][:longest]
        return values


class _Unplaced(Exception):
    """Why a line cannot be kept as an answer: column, value and reason."""

    def __init__(self, column: str, value: str, reason: str) -> None:
        super().__init__(reason)
        self.column, self.value, self.reason = column, value, reason
