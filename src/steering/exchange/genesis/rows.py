"""The rows of a flat CSV as records: each value of a municipality on a day is a Messwert of a Kennzahl."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from steering.analysis.incoming import IncomingRow, Place, Refusal, Wanted
from steering.analysis.incoming.lists.grids import text
from steering.analysis.portfolio import Portfolio
from steering.exchange.genesis.cells import (
    RegionMeant,
    area_of,
    counted_on,
    figure,
    is_part_of_year,
    mark_in_words,
    remark,
)
from steering.exchange.genesis.layout import CountedValue, Group, Layout, said
from steering.exchange.genesis.naming import Indicators
from steering.exchange.genesis.recording import FigureIdentity, FigureRecords, Meant, figure_words
from steering.exchange.incoming_files import IncomingFile
from steering.model.german import count, day, listing, number

INDICATOR, UNIT, WHAT, ON, VALUE = "Kennzahl", "Einheit", "Art", "Stand", "Messwert"
"""What a row says, beside its cells: as headings of a preview."""
_WHOLE_DAY = len("31.12.2023")
_COUNTED = Meant()


class GenesisReader:
    """The records that rows mean, given which Kennzahlen and values are recorded.

    `meant`: whether the table holds counted values or a forecast.
    """

    def __init__(
        self,
        file: IncomingFile,
        portfolio: Portfolio,
        district: str,
        layout: Layout,
        region: Group,
        records: FigureRecords,
        meant: Meant = _COUNTED,
    ) -> None:
        self._file, self._district, self._layout, self._region = file, district, layout, region
        self._records, self._meant, self._names = records, meant, records.names
        others = [group for group in layout.groups if group is not region]
        self._others = others
        self._indicators = Indicators(portfolio, others, records.today.year)
        self._unknown: Counter[str] = Counter()
        self._remarks: Counter[str] = Counter()
        self._apart: Counter[str] = Counter()
        self._days: dict[str, date] = {}

    def refused(self, number: int, cells: Sequence[Any], reason: str) -> IncomingRow:
        place = Place(self._file.name, "", number)
        return IncomingRow(place, "", cells=self._given(cells), refusals=(Refusal(place, "", "", reason),))

    def also_refused(self, row: IncomingRow) -> IncomingRow:
        """The row, refused where a later one says otherwise of the same."""
        reason = self._records.contradicted.get(row.place.row)
        if reason is None or row.refusals:
            return row
        heading, shown = self._layout.headings[self._layout.last], row.cells.get(VALUE, "")
        refusal = Refusal(row.place, heading, str(shown), reason)
        cells = {name: said for name, said in row.cells.items() if name in self._layout.headings}
        return IncomingRow(row.place, row.title, cells=cells, refusals=(refusal,))

    def row(self, number: int, cells: Sequence[Any]) -> IncomingRow:
        place = Place(self._file.name, "", number)
        key, label = said(cells, self._region.attribute_code), said(cells, self._region.attribute_label)
        area = area_of(key, label, self._district, self._names)
        if area.outside:
            return IncomingRow(place, label or key, outside=area.outside)
        if area.whole:
            self._apart[area.whole] += 1
            note = f"{label or key}: {area.whole}; Kennzahlen stehen je Gemeinde. Nicht übernommen."
            return IncomingRow(place, label or key, notes=(note,))
        return self._values(place, area, cells)

    def _values(self, place: Place, area: RegionMeant, cells: Sequence[Any]) -> IncomingRow:
        """The row of a municipality."""
        refusals: list[Refusal] = []
        on, values = self._day(place, cells, refusals), []
        for each in self._layout.values(cells):
            try:
                values.append((each, figure(each.said, each.quality)))
            except ValueError as problem:
                refusals.append(Refusal(place, each.column, text(each.said)[:200], str(problem)))
        if area.wrong and (refusals or any(value is not None for _, value in values)):
            column = self._layout.headings[self._region.attribute_code]
            refusals.insert(
                0, Refusal(place, column, said(cells, self._region.attribute_code)[:200], area.wrong)
            )
        title = self._names.get(area.ags) or said(cells, self._region.attribute_label)
        if refusals or on is None:
            return IncomingRow(place, title, cells=self._given(cells), refusals=tuple(refusals))
        return self._known(place, title, area.ags, on, cells, values)

    def _known(
        self,
        place: Place,
        title: str,
        ags: str,
        on: date,
        cells: Sequence[Any],
        values: Sequence[tuple[CountedValue, float | None]],
    ) -> IncomingRow:
        """A row with a day: the values that are known as records, the others as notes."""
        records: list[Wanted] = []
        made: list[Wanted] = []
        notes, refusals, shown = [], [], dict[str, str]()
        for each, value in values:
            name = self._indicators.name(each, cells)
            if value is None:
                sign = mark_in_words(each.said, each.quality)
                self._unknown[sign] += 1
                notes.append(f"{title}, {name}: nicht bekannt, {sign}; nichts geschrieben.")
                continue
            indicator, new = self._indicators.of(each, name, self._layout.statistic(cells))
            identity = FigureIdentity(indicator, ags, on, self._meant.variant)
            problem = self._records.value_problem(identity, value, each.unit) or self._records.contradiction(
                identity, value, place.row
            )
            if problem:
                refusals.append(Refusal(place, each.column, text(each.said)[:200], problem))
                continue
            if said_of_it := remark(each.said, each.quality):
                self._remarks[said_of_it] += 1
                notes.append(f"{said_of_it}.")
            made += new
            records.append(self._records.wanted(identity, value, self._meant.source, self._columns(each)))
            shown = shown or {
                INDICATOR: name,
                UNIT: each.unit,
                WHAT: figure_words(self._meant.variant),
                ON: day(on),
                VALUE: number(value, 9),
            }
        if refusals:
            return IncomingRow(place, title, cells=self._given(cells), refusals=tuple(refusals))
        given = self._given(cells) | shown
        return IncomingRow(place, title, (*records, *made), given, notes=tuple(notes))

    def _columns(self, counted: CountedValue) -> dict[str, str]:
        headings = self._layout.headings
        return {
            "value": counted.column,
            "reference_date": headings[self._layout.time],
            "ags": headings[self._region.attribute_code],
        }

    def _day(self, place: Place, cells: Sequence[Any], refusals: list[Refusal]) -> date | None:
        told = said(cells, self._layout.time)
        codes = (said(cells, group.attribute_code) for group in self._others)
        part = next((code for code in codes if is_part_of_year(code)), "")
        try:
            on = counted_on(told, part)
            if wrong := self._records.day_problem(on, self._meant.variant):
                raise ValueError(wrong)
        except ValueError as problem:
            refusals.append(
                Refusal(place, self._layout.headings[self._layout.time], told[:200], str(problem))
            )
            return None
        if len(told) < _WHOLE_DAY:
            self._days.setdefault(f"{told} {part}".strip(), on)
        return on

    def _given(self, cells: Sequence[Any]) -> dict[str, Any]:
        return dict(zip(self._layout.headings, cells, strict=False))

    def notes(self) -> Iterator[str]:
        """What the rows do not say one by one."""
        if self._days:
            told = [f"{said} am {day(on)}" for said, on in sorted(self._days.items())]
            yield f"Zeiträume stehen an einem Tag: {listing(told, 6)}."
        if self._unknown:
            signs = listing([f"{many} × {sign}" for sign, many in self._unknown.most_common()], 9)
            values = count(self._unknown.total(), "Wert ist", "Werte sind")
            yield f"{values} nicht bekannt und nicht geschrieben, auch nicht als null: {signs}."
        for said_of_it, many in self._remarks.items():
            yield f"{count(many, 'Wert', 'Werte')}: {said_of_it}."
        for word, many in self._apart.items():
            rows = count(many, "Zeile", "Zeilen")
            yield f"{rows} nicht übernommen ({word}): Kennzahlen stehen je Gemeinde."
