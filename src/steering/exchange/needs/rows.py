"""The rows of a list of needs: what each cell says, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from steering.analysis.incoming import Place, Refusal, Wanted
from steering.analysis.incoming.lists import days, known
from steering.analysis.incoming.lists.grids import text
from steering.exchange.needs.amounts import Amount, Amounts, unit_of
from steering.exchange.needs.columns import NeedPart, NeedTable
from steering.exchange.needs.known import KnownRecords
from steering.exchange.surveys.doubts import Usual
from steering.model import NeedKind, Priority
from steering.model.german import day

_PRIORITIES = {
    Priority.HIGH: {"hoch", "sehr hoch", "dringend", "sehr dringend", "1", "a", "high"},
    Priority.MEDIUM: {"mittel", "normal", "2", "b", "medium"},
    Priority.LOW: {"niedrig", "gering", "3", "c", "low"},
}
_EARLIEST = 1990
_LONGEST = 5_000


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
        self._amounts = Amounts(self.found)
        dated = {
            heading[part]: table.column(heading[part])
            for part in (NeedPart.FROM, NeedPart.UNTIL)
            if part in heading
        }
        self._orders = days.orders(dated)

    def notes(self) -> list[str]:
        """How the table was understood."""
        told = [f"Spalte »{name}« {note}" for name, (_, note) in self._orders.items() if note]
        return [*told, *filter(None, (self._amounts.note,))]

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
        task, note = self._try(row, cells, NeedPart.TASK, lambda: self.records.task(said)) or (None, "")
        row.values["task_id"] = task
        row.notes += [note] if note else []
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
        said = self.found.said(cells, NeedPart.UNIT)
        column = self._try(row, cells, NeedPart.UNIT, lambda: unit_of(said)) if said else None
        others = self.given.get("einheit", "")
        given = self._try(row, cells, NeedPart.UNIT, lambda: unit_of(others)) if others else None
        if parts := self._amounts.parts(cells):
            read = self._try(row, cells, parts[0], lambda: self._amounts.read(cells, column))
            if self._known(row, read):
                row.values |= {"quantity": read.value, "unit": read.unit or given}
        if self.found.said(cells, NeedPart.PER):
            read = self._try(row, cells, NeedPart.PER, lambda: self._amounts.per(cells))
            row.values["per"] = read.value if self._known(row, read) else None
        if named := self.found.said(cells, NeedPart.INDICATOR):
            row.values["indicator_id"] = self._try(
                row, cells, NeedPart.INDICATOR, lambda: self._indicator(named)
            )

    def _known(self, row: NeedRow, read: Amount | None) -> bool:
        """Whether a figure could be read; the row says of one that is not known why."""
        if read is not None and read.value is None:
            row.notes.append(f"Menge nicht bekannt, {read.remark}.")
        return read is not None and read.value is not None

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
            column = next((self.found.heading[part] for part in self._amounts.parts(cells)), "")
            row.refusals.append(Refusal(row.place, column, text(row.cells.get(column, "")), why))


def _is_new(key: Any) -> bool:
    return not isinstance(key, int)


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
