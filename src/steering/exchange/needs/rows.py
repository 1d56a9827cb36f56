"""The rows of a list of needs as records, new or as they are recorded already."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from steering.analysis.incoming import IncomingRow, Place, Refusal, Wanted
from steering.analysis.incoming.lists import days, known
from steering.analysis.incoming.lists.grids import text
from steering.exchange.figures.numbers import WrittenNumbers
from steering.exchange.needs.columns import NeedPart, NeedTable, part_of
from steering.exchange.needs.known import KnownRecords, identity_of
from steering.exchange.surveys.doubts import Usual, amount_in, unit_in
from steering.model import Need, NeedKind, NeedUnit, Priority
from steering.model.german import day, listing, number
from steering.model.vocabulary import WORDS, word

_PRIORITIES = {
    Priority.HIGH: {"hoch", "sehr hoch", "dringend", "sehr dringend", "1", "a", "high"},
    Priority.MEDIUM: {"mittel", "normal", "2", "b", "medium"},
    Priority.LOW: {"niedrig", "gering", "3", "c", "low"},
}
HOW_MUCH, WHEN = "Wie viel gebraucht", "Zeitraum"
"""What a row says, beside its cells: as headings of a preview."""
_EARLIEST = 1990
_LONGEST = 5_000
_WHICH = {NeedPart.PLACES: NeedUnit.PLACES, NeedPart.FTE: NeedUnit.FTE}


@dataclass
class NeedRow:
    """What a row says of a need, and what is wrong with its cells."""

    place: Place
    title: str
    cells: Mapping[str, Any]
    values: dict[str, Any] = field(default_factory=dict)
    made: tuple[Wanted, ...] = ()
    refusals: list[Refusal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    outside: str = ""


@dataclass
class NeedReader:
    """Reads the rows of one table; `given`: what somebody says of all rows that do not say it themselves."""

    file: str
    found: NeedTable
    records: KnownRecords
    usual: Usual
    today: date
    last: date
    given: Mapping[str, str]

    def __post_init__(self) -> None:
        table, heading = self.found.table, self.found.heading
        counting = [each for each in (NeedPart.QUANTITY, *_WHICH) if each in heading]
        cells = [cell for part in counting for cell in table.column(heading[part])]
        self._numbers = WrittenNumbers(cells, official=False)
        dated = {
            heading[part]: table.column(heading[part])
            for part in (NeedPart.FROM, NeedPart.UNTIL)
            if part in heading
        }
        self._orders = days.orders(dated)
        self.notes = [f"Spalte »{name}« {note}" for name, (_, note) in self._orders.items() if note]

    def row(self, number: int, cells: tuple[Any, ...]) -> NeedRow:
        table = self.found.table
        given = dict(zip(table.headings, cells, strict=False))
        row = NeedRow(Place(self.file, table.sheet, number), "", given)
        row.notes += table.row_notes.get(number, ())
        if broken := table.refused.get(number):
            row.refusals.append(Refusal(row.place, "", "", broken))
            return row
        self._what(row, cells)
        self._where(row, cells)
        self._how_much(row, cells)
        self._when(row, cells)
        self._closed_lists(row, cells)
        if not row.refusals and not row.outside:
            self._named(row, cells)
        row.title = row.title or self.found.said(cells, NeedPart.NAME) or self._said(cells, NeedPart.TASK)
        return row

    def _said(self, cells: tuple[Any, ...], part: NeedPart, given: str = "") -> str:
        return self.found.said(cells, part) or self.given.get(given, "")

    def _try(self, row: NeedRow, cells: tuple[Any, ...], part: NeedPart, read: Callable[[], Any]) -> Any:
        """What a cell says; None where it cannot be read, which the row then says."""
        try:
            return read()
        except ValueError as problem:
            column = self.found.heading.get(part, "")
            row.refusals.append(Refusal(row.place, column, self.found.said(cells, part)[:200], str(problem)))
            return None

    def _what(self, row: NeedRow, cells: tuple[Any, ...]) -> None:
        said = self._said(cells, NeedPart.TASK, "aufgabe")
        row.values["task_id"] = self._try(row, cells, NeedPart.TASK, lambda: self.records.task(said))
        groups = self._said(cells, NeedPart.GROUPS, "zielgruppen")
        row.values["target_groups"] = self._try(
            row, cells, NeedPart.GROUPS, lambda: self.records.groups(groups)
        )
        steering = "steuer" in self.found.said(cells, NeedPart.KIND).casefold()
        steering = steering or row.values["task_id"] in self.records.steering
        row.values["kind"] = NeedKind.STEERING if steering else NeedKind.SERVICE

    def _where(self, row: NeedRow, cells: tuple[Any, ...]) -> None:
        key, said = self.found.said(cells, NeedPart.AGS), self._said(cells, NeedPart.AREA, "gebiet")
        if not key and (named := self.records.named_area(said)) is not None:
            row.values["area_id"], row.title = named, self.records.area_name(named)
            return
        spot = self.records.spot(key, said)
        part = NeedPart.AGS if key else NeedPart.AREA
        if spot.outside:
            row.outside, row.title = spot.outside, said or key
            return
        reason = spot.problem or ("Das Gebiet fehlt. Bitte eintragen, auch »ganzer Landkreis«." * spot.empty)
        if reason:
            column = self.found.heading.get(part, "")
            row.refusals.append(Refusal(row.place, column, (key or said)[:200], reason))
            return
        row.values["area_id"], row.made, row.title = self.records.area(spot)
        if spot.note:
            row.notes.append(spot.note)

    def _how_much(self, row: NeedRow, cells: tuple[Any, ...]) -> None:
        for part, counted in _WHICH.items():
            if self.found.said(cells, part):
                quantity = self._try(row, cells, part, partial(self._number, row, cells, part, True))
                row.values |= {"quantity": quantity, "unit": counted} if quantity is not None else {}
        said = self.found.said(cells, NeedPart.UNIT) or self.given.get("einheit", "")
        unit = self._try(row, cells, NeedPart.UNIT, lambda: _unit(said)) if said else None
        if self.found.said(cells, NeedPart.QUANTITY):
            amount = self._try(
                row, cells, NeedPart.QUANTITY, lambda: self._amount(row, cells, unit == NeedUnit.FTE)
            )
            if amount is not None and amount[0] is not None:
                row.values |= {"quantity": amount[0], "unit": unit or amount[1]}
        if self.found.said(cells, NeedPart.PER):
            row.values["per"] = self._try(
                row, cells, NeedPart.PER, lambda: self._number(row, cells, NeedPart.PER, False)
            )
        if named := self.found.said(cells, NeedPart.INDICATOR):
            row.values["indicator_id"] = self._try(
                row, cells, NeedPart.INDICATOR, lambda: self._indicator(named)
            )

    def _amount(
        self, row: NeedRow, cells: tuple[Any, ...], small: bool
    ) -> tuple[float | None, NeedUnit | None]:
        typed = isinstance(self.found.cell(cells, NeedPart.QUANTITY), int | float)
        both = None if typed else amount_in(self.found.said(cells, NeedPart.QUANTITY))
        if both is not None and both[1] is not None:
            return both
        return self._number(row, cells, NeedPart.QUANTITY, small), None

    def _number(self, row: NeedRow, cells: tuple[Any, ...], part: NeedPart, small: bool) -> float | None:
        read = self._numbers.read(self.found.cell(cells, part), share=small)
        if read.value is None:
            row.notes.append(f"Menge nicht bekannt, {read.remark}.")
        if read.percent:
            raise ValueError(
                f"»{self.found.said(cells, part)[:30]}« ist ein Anteil. Bitte eine Menge angeben."
            )
        return read.value

    def _indicator(self, said: str) -> int:
        found = self.records.indicators.find(said)
        if found is None:
            raise ValueError(f"Eine Kennzahl »{said[:60]}« ist nicht erfasst. Bitte zuerst anlegen.")
        return found

    def _when(self, row: NeedRow, cells: tuple[Any, ...]) -> None:
        for part in (NeedPart.FROM, NeedPart.UNTIL):
            cell = self.found.cell(cells, part)
            if text(cell):
                found = self._try(row, cells, part, partial(self._day, part, cell))
                if found is not None:
                    row.values[str(part)] = found

    def _day(self, part: NeedPart, cell: Any) -> date | None:
        order = self._orders[self.found.heading[part]][0]
        on = days.read(cell, order, last=part == NeedPart.UNTIL).day
        if on is not None and on.year < _EARLIEST:
            raise ValueError(f"Der {day(on)} liegt vor {_EARLIEST}. Bitte das Jahr prüfen.")
        if on is not None and part == NeedPart.FROM and on > self.last:
            raise ValueError(
                f"Der {day(on)} liegt nach dem Planungshorizont (bis {day(self.last)}). Bitte prüfen."
            )
        return on

    def _closed_lists(self, row: NeedRow, cells: tuple[Any, ...]) -> None:
        if said := self.found.said(cells, NeedPart.PRIORITY):
            row.values["priority"] = self._try(row, cells, NeedPart.PRIORITY, lambda: _priority(said))
        if level := self.found.said(cells, NeedPart.LEVEL):
            row.values["level"] = self._try(row, cells, NeedPart.LEVEL, lambda: _level(level))
        for part, longest in ((NeedPart.SITE, 200), (NeedPart.NOTE, _LONGEST), (NeedPart.SOURCE, _LONGEST)):
            if words := self._said(cells, part, "quelle" if part == NeedPart.SOURCE else ""):
                row.values[str(part)] = words[:longest]

    def _named(self, row: NeedRow, cells: tuple[Any, ...]) -> None:
        task = self.records.task_name(row.values["task_id"])
        row.title = f"{task}: {row.title}"
        if name := self.found.said(cells, NeedPart.NAME):
            row.values["name"] = row.title = name[:200]
        if why := "" if _is_new(row.values["area_id"]) else self.usual.doubt({"unit": None, **row.values}):
            part = next((each for each in (NeedPart.QUANTITY, *_WHICH) if each in self.found.heading), "")
            column = self.found.heading.get(NeedPart(part), "") if part else ""
            row.refusals.append(Refusal(row.place, column, text(row.cells.get(column, "")), why))


def _is_new(key: Any) -> bool:
    return not isinstance(key, int)


def _unit(said: str) -> NeedUnit:
    found = unit_in(said)
    if found is None:
        possible = listing([*WORDS[NeedUnit].values()])
        raise ValueError(f"»{said[:30]}« ist keine Einheit eines Bedarfs. Möglich sind {possible}.")
    return found


def _priority(said: str) -> Priority:
    plain = said.casefold().strip()
    for member, words in _PRIORITIES.items():
        if plain in words:
            return member
    raise ValueError(f"»{said[:30]}« ist keine Priorität. Möglich sind hoch, mittel und niedrig.")


def _level(said: str) -> Any:
    if (found := known.level(said)) is None:
        raise ValueError(f"»{said[:30]}« ist keine Ebene, die hier geführt wird. Bitte prüfen.")
    return found


def judged(rows: list[NeedRow], records: KnownRecords) -> list[IncomingRow]:
    """The rows as what they make of needs; of two that say otherwise of the same, neither is taken."""
    same: dict[Any, list[NeedRow]] = {}
    for row in rows:
        if not row.refusals and not row.outside:
            same.setdefault(_key(row), []).append(row)
    for alike in same.values():
        told = {
            (row.values.get("quantity"), row.values.get("unit"), row.values.get("valid_until"))
            for row in alike
        }
        if len(told) > 1:
            for row in alike:
                others = [f"Zeile {other.place.row}" for other in alike if other is not row]
                reason = f"{listing(others)} sagt zum selben Bedarf etwas anderes. Bitte klären, was gilt."
                row.refusals.append(Refusal(row.place, "", "", reason))
    times: dict[Any, int] = {}
    for key in same:
        times[key[0]] = times.get(key[0], 0) + 1
    return [_incoming(row, records, times) for row in rows]


def _key(row: NeedRow) -> tuple[Any, Any]:
    return identity_of(row.values), row.values.get("valid_from")


def _incoming(row: NeedRow, records: KnownRecords, times: Mapping[Any, int]) -> IncomingRow:
    if row.refusals:
        return IncomingRow(row.place, row.title, cells=row.cells, refusals=tuple(row.refusals))
    if row.outside:
        return IncomingRow(row.place, row.title, cells=row.cells, outside=row.outside)
    key = _key(row)
    before = records.recorded(key[0])
    if len(before) > 1 or times[key[0]] > 1:
        before = [each for each in before if each["valid_from"] == key[1]]
    values = {name: value for name, value in row.values.items() if value is not None}
    columns, cells = _columns(row), {**row.cells, **_shown(values)}
    if len(before) == 1:
        kept = {name: value for name, value in values.items() if name not in ("area_id", "task_id", "kind")}
        wanted = Wanted(Need, kept, id=before[0]["id"], columns=columns)
        return IncomingRow(row.place, row.title, (wanted,), cells, notes=tuple(row.notes))
    values = {"name": row.title[:200], "source": f"Liste »{row.place.file}«", **values}
    wanted = Wanted(Need, values, key=key, columns=columns)
    return IncomingRow(row.place, row.title, (wanted, *row.made), cells, notes=tuple(row.notes))


def _shown(values: Mapping[str, Any]) -> dict[str, str]:
    """What a preview shows beside a row."""
    unit, first, last = values.get("unit"), values.get("valid_from"), values.get("valid_until")
    much = number(values.get("quantity"), 4, "")
    begin, end = f"ab {day(first)}" if first else "", f"bis {day(last)}" if last else ""
    return {
        HOW_MUCH: f"{much} {word(NeedUnit(unit)) if unit else ''}".strip(),
        WHEN: " ".join(filter(None, (begin, end))),
    }


def _columns(row: NeedRow) -> dict[str, str]:
    found: dict[str, str] = {}
    for heading in row.cells:
        if (part := part_of(heading)) is not None:
            name = "quantity" if part in _WHICH else str(part)
            found.setdefault(name, heading)
    return found
