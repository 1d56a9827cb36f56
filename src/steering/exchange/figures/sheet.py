"""One list read row by row: where, when, what is counted, in which variant, and how much."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from steering.analysis.incoming import Place
from steering.analysis.incoming.lists.figures import is_percent
from steering.analysis.incoming.lists.grids import SheetCells, text
from steering.analysis.incoming.lists.meanings import Meaning
from steering.analysis.incoming.lists.placing import Placing
from steering.analysis.incoming.lists.sheet import plain
from steering.analysis.incoming.lists.spots import Gazetteer, Spot
from steering.analysis.portfolio import Portfolio
from steering.exchange.figures.naming import KnownIndicators, is_share, scaled
from steering.exchange.figures.numbers import WrittenNumbers
from steering.exchange.figures.rows import ReadRow, ReadValue, Tally, cell, value_cell
from steering.exchange.figures.tables import FigureTable, ValueColumn
from steering.exchange.figures.times import Times
from steering.exchange.figures.wording import ColumnPart, speaks_of_forecast, variant_in
from steering.exchange.genesis.recording import FigureIdentity, FigureRecords
from steering.exchange.incoming_files import IncomingFile
from steering.model import ForecastVariant
from steering.model.german import listing

KENNZAHL, EINHEIT, STAND, VARIANTE, QUELLE = "kennzahl", "einheit", "stand", "variante", "quelle"
_TOTAL = re.compile(r"(summe|insgesamt|gesamt|zusammen|total|alle gemeinden|kreissumme)\b", re.I)
_WHOLE_DAY = len("31.12.2023")
_WHOLE = "ganzer Landkreis"
_PLACE_PARTS = {
    Meaning.AGS: ColumnPart.AGS,
    Meaning.MUNICIPALITY: ColumnPart.PLACE,
    Meaning.DISTRICT: ColumnPart.DISTRICT,
}
_UNIT_BEHIND = re.compile(r"\s*\(([^()]{1,60})\)\s*$")
WITHOUT_SOURCE = "Zu einer Prognose gehört ihre Quelle. Bitte angeben, wer sie gerechnet hat."


class FigureReader:
    """Reads the rows of a list; `given`: what somebody says of all rows that do not say it themselves.

    Raises FileRefused where the list as a whole does not say what is counted, or when.
    """

    def __init__(
        self,
        file: IncomingFile,
        grid: SheetCells,
        table: FigureTable,
        portfolio: Portfolio,
        records: FigureRecords,
        given: Mapping[str, str],
    ) -> None:
        self._file, self._grid, self._table, self._records, self._given = file, grid, table, records, given
        self._gazetteer = Gazetteer(portfolio)
        self._known = KnownIndicators(portfolio)
        self._tally = Tally()
        self._notes: list[str] = []
        if problem := next(filter(None, map(scaled, table.said)), ""):
            raise file.refused(f"kann so nicht gelesen werden. {problem}")
        title = next((said for said in table.said if speaks_of_forecast(said)), "")
        self._told_forecast = title
        self._variant = variant_in(given.get(VARIANTE, "")) or (ForecastVariant.MIDDLE if title else None)
        self._source = given.get(QUELLE, "") or table.source
        self._name = self._whole_name()
        self._times = Times(table, given.get(STAND, "") or table.as_of)
        self._notes += filter(None, (self._times.note,))
        self._columns = self._readable()
        cells = [value_cell(cells, column) for _, cells in table.rows for column in self._columns]
        self._numbers = WrittenNumbers(cells, official=table.official)

    def rows(self) -> list[ReadRow]:
        return [self._row(number, cells) for number, cells in self._table.rows]

    def notes(self) -> Iterator[str]:
        """How the list was understood."""
        if self._told_forecast and not self._given.get(VARIANTE):
            yield f"Als Prognose gelesen, mittlere Variante: »{self._told_forecast[:100]}«."
        yield from self._notes
        yield from self._tally.notes()
        if self._numbers.note:
            yield self._numbers.note
        if self._table.unread:
            yield f"Nicht gelesen: {listing([f'»{each}«' for each in self._table.unread], 9)}."

    def _whole_name(self) -> str:
        """What all values count that do not say it themselves."""
        table = self._table
        if name := self._given.get(KENNZAHL, "").strip():
            return name
        if table.title and self._known.knows(table.title):
            return table.title
        if ColumnPart.INDICATOR in table.parts or all(each.says.indicator for each in table.values):
            return ""
        title = f" (vielleicht »{table.title[:80]}«)" if table.title else ""
        raise self._file.refused(
            f"nennt nicht, was gezählt wird{title}. Bitte eine Spalte »Kennzahl« ergänzen oder die Kennzahl "
            f"für die ganze Datei angeben (auf der Kommandozeile --set {KENNZAHL}=…)."
        )

    def _readable(self) -> tuple[ValueColumn, ...]:
        """The columns whose day and place can have values; the others are told."""
        whole = self._given.get(STAND, "") or self._table.as_of
        if ColumnPart.DAY not in self._table.parts and not whole:
            dated = tuple(column for column in self._table.values if column.says.day)
            if not dated:
                raise self._file.refused(
                    "nennt keinen Tag. Bitte eine Spalte »Stand« ergänzen oder den Tag für die ganze Datei "
                    f"angeben (auf der Kommandozeile --set {STAND}=31.12.2025)."
                )
        kept, left = [], []
        for column in self._table.values:
            if problem := self._column_problem(column):
                left.append(f"Spalte »{' '.join(column.heading.split())}« nicht übernommen: {problem}")
            else:
                kept.append(column)
        if not kept:
            raise self._file.refused(f"enthält keinen Wert, der übernommen werden kann. {left[0]}")
        self._notes += left
        return tuple(kept)

    def _column_problem(self, column: ValueColumn) -> str:
        if column.place and not self._spot(column.place).municipalities:
            spot = self._spot(column.place)
            return spot.problem or (f"{spot.outside}." if spot.outside else f"{_WHOLE}.")
        if problem := scaled(column.heading):
            return problem
        if not column.says.day or ColumnPart.VARIANT in self._table.parts:
            return ""
        try:
            on = self._times.day(column.says.day)
        except ValueError as problem:
            return str(problem)
        return self._records.day_problem(on, self._variant_of(column, ()))

    def _spot(self, said: str) -> Spot:
        return self._gazetteer.by_name(said)

    def _row(self, number: int, cells: Sequence[Any]) -> ReadRow:
        table = self._table
        given = dict(zip(table.headings, cells, strict=False))
        title = cell(table, cells, ColumnPart.PLACE) or cell(table, cells, ColumnPart.AGS)
        unread = {each: text(given.get(each, "")) for each in table.unread}
        row = ReadRow(Place(self._file.name, self._grid.sheet, number), title[:200], given, unread)
        if broken := self._broken(number, cells):
            row.refuse("", "", broken)
            return row
        row.notes += self._grid.row_notes.get(number - 1, ())
        ags = ""
        if not any(column.place for column in self._columns):
            ags = self._place(row, cells)
            if not ags:
                return row
        for column in self._columns:
            self._value(row, cells, column, ags)
        return row

    def _broken(self, number: int, cells: Sequence[Any]) -> str:
        if refused := self._grid.refused.get(number - 1, ""):
            return refused
        if any(text(each) for each in cells[len(self._table.headings) :]):
            return "Die Zeile hat mehr Zellen als Überschriften. Bitte die Trennzeichen prüfen."
        return ""

    def _place(self, row: ReadRow, cells: Sequence[Any]) -> str:
        """The municipality of a row; "" where it has none, which the row then says."""
        table = self._table

        def said(meaning: Meaning) -> str:
            part = _PLACE_PARTS.get(meaning)
            return cell(table, cells, part) if part else ""

        name = said(Meaning.MUNICIPALITY)
        spot = Spot(whole=True) if _TOTAL.match(name) else Placing(self._gazetteer, said).placed().spot
        part = ColumnPart.AGS if said(Meaning.AGS) else ColumnPart.PLACE
        heading = table.headings[table.parts[part if part in table.parts else ColumnPart.AGS]]
        if spot.whole:
            self._tally.apart[_WHOLE] += 1
            row.notes.append(f"{row.title}: {_WHOLE}, keine Gemeinde. Nicht übernommen.")
        elif spot.outside:
            row.outside = spot.outside
        elif spot.problem:
            row.refuse(heading, cell(table, cells, part), spot.problem)
        elif len(spot.municipalities) != 1:
            reason = "Die Gemeinde fehlt. Bitte Namen oder Schlüssel ergänzen."
            if spot.municipalities:
                reason = "Die Zeile nennt mehrere Gemeinden. Bitte je Gemeinde eine Zeile schreiben."
            row.refuse(heading, cell(table, cells, part), reason)
        else:
            row.title = self._gazetteer.names[spot.municipalities[0]]
            return spot.municipalities[0]
        return ""

    def _value(self, row: ReadRow, cells: Sequence[Any], column: ValueColumn, ags: str) -> None:
        """Read one value of a row; what it says that cannot be is a refusal of the row."""
        said = value_cell(cells, column)
        if column.place:
            ags = self._spot(column.place).municipalities[0]
        try:
            name, unit = self._what(cells, column, said)
            share = is_share(unit)
            read = self._numbers.read(said, share=share)
            if read.value is None:
                self._tally.unknown[read.remark] += 1
                what = " ".join(column.heading.split()) if column.says.day else name
                row.notes.append(f"{what}: nicht bekannt, {read.remark}; nichts geschrieben.")
                return
            indicator, made, unit = self._known.meant(name, unit, self._source)
            if is_share(unit) and not share:
                read = self._numbers.read(said, share=True)
        except ValueError as problem:
            row.refuse(column.heading, text(said), str(problem))
            return
        when = self._when(row, cells, column)
        if when is None or read.value is None:
            return
        on, variant, source = when
        identity = FigureIdentity(indicator, ags, on, variant)
        self._tally.kinds[variant] += 1
        if read.remark:
            self._tally.remarks[read.remark] += 1
        row.title = row.title or name
        row.values.append(
            ReadValue(identity, read.value, unit, name, column.heading, text(said), source, made, read.remark)
        )

    def _what(self, cells: Sequence[Any], column: ValueColumn, said: Any) -> tuple[str, str]:
        """What is counted, and in what as far as the list says so."""
        name = cell(self._table, cells, ColumnPart.INDICATOR) or column.says.indicator or self._name
        unit = cell(self._table, cells, ColumnPart.UNIT) or column.says.unit
        if not name:
            raise ValueError("Es fehlt, was gezählt wird. Bitte die Kennzahl ergänzen.")
        if column.place and not unit and (behind := _UNIT_BEHIND.search(name)):
            name, unit = name[: behind.start()], behind[1]
        unit = unit or self._given.get(EINHEIT, "")
        return name, unit or ("Prozent" if is_percent(plain(said)) else "")

    def _when(
        self, row: ReadRow, cells: Sequence[Any], column: ValueColumn
    ) -> tuple[date, ForecastVariant | None, str] | None:
        """The day, the variant and the source of a value; None where the row then says what is wrong."""
        headings, parts = self._table.headings, self._table.parts
        told = self._times.told(cells, column)
        heading, said = told[0].heading, told[0].words
        try:
            best = self._times.on(told)
            on = self._times.day(best.said)
        except ValueError as problem:
            row.refuse(heading, said, str(problem))
            return None
        try:
            variant = self._variant_of(column, cells)
        except ValueError as problem:
            row.refuse(
                headings[parts.get(ColumnPart.VARIANT, 0)],
                cell(self._table, cells, ColumnPart.VARIANT),
                str(problem),
            )
            return None
        source = cell(self._table, cells, ColumnPart.SOURCE) or self._source
        if wrong := self._records.day_problem(on, variant):
            row.refuse(best.heading, best.words, wrong)
            return None
        if variant is not None and not source:
            row.refuse(headings[parts.get(ColumnPart.SOURCE, 0)], "", WITHOUT_SOURCE)
            return None
        if len(best.words) < _WHOLE_DAY:
            self._tally.days[best.words] = on
        return on, variant, source

    def _variant_of(self, column: ValueColumn, cells: Sequence[Any]) -> ForecastVariant | None:
        if column.says.variant is not None:
            return column.says.variant
        if ColumnPart.VARIANT in self._table.parts and cells:
            return variant_in(cell(self._table, cells, ColumnPart.VARIANT))
        return self._variant or (ForecastVariant.MIDDLE if column.says.forecast else None)
