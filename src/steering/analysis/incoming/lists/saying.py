"""What a row of a list says: its cells read by what their columns mean, with what is wrong in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeVar

from steering.analysis.incoming.cells import Spread, Unreadable
from steering.analysis.incoming.lists import days, known, periods
from steering.analysis.incoming.lists.columns import Assignment
from steering.analysis.incoming.lists.counting import counted
from steering.analysis.incoming.lists.figures import DecimalMark, Figures
from steering.analysis.incoming.lists.grids import ListTable, text
from steering.analysis.incoming.lists.known import KnownNames
from steering.analysis.incoming.lists.meanings import DAYS, MEANING_WORDS, Meaning
from steering.analysis.incoming.lists.payers import Payers
from steering.analysis.incoming.lists.placing import Placing
from steering.analysis.incoming.lists.spots import Gazetteer, Spot
from steering.analysis.incoming.names import plain_name
from steering.analysis.incoming.rows import Place, Refusal
from steering.model import EndKind, Extension, FundingPart

T = TypeVar("T")
_NONE = re.compile(r"((keine?|ohne)( (foerderung|zuwendung|mittel))?|nicht gefoerdert|entfaellt|nein)")
_ADDED_UP = (Meaning.AMOUNT, Meaning.FTE, Meaning.PLACES)
_SPREAD = (
    "{}: {} steht für die Zeilen {} bis {} zusammen und wurde nicht übernommen. "
    "Bitte auf die Zeilen aufteilen."
)


class Columns:
    """The columns of one table by what they mean, and what its columns of days or numbers have decided.

    `decimal`: the mark before the decimals of the whole file, as far as its numbers show it.
    """

    def __init__(
        self,
        file: str,
        table: ListTable,
        mapping: Assignment,
        gazetteer: Gazetteer,
        names: KnownNames,
        decimal: DecimalMark = DecimalMark.UNKNOWN,
    ) -> None:
        self.file = file
        self.table = table
        self.gazetteer = gazetteer
        self.names = names
        self.payers = Payers(names.organisations, names.own_house, gazetteer)
        self.fixed = mapping.fixed
        self.column = {meaning: heading for heading, meaning in mapping.columns.items()}
        self.at = {meaning: table.headings.index(heading) for meaning, heading in self.column.items()}
        self.notes: list[str] = []
        self.orders = self._orders(mapping)
        self.figures, notes = counted(table, self.column, decimal)
        self.notes += notes
        self.basis = mapping.basis(self.column.get(Meaning.AMOUNT, ""))

    def _orders(self, mapping: Assignment) -> dict[Meaning, days.Order]:
        headings = {meaning: heading for meaning, heading in self.column.items() if meaning in DAYS}
        found = days.orders({heading: self.table.column(heading) for heading in headings.values()})
        orders = {}
        for meaning, heading in headings.items():
            order, note = found[heading]
            chosen = mapping.orders.get(heading)
            if chosen is not None and chosen != order:
                note = f"als {days.ORDER_WORDS[chosen]} gelesen, wie gewählt."
            if note:
                self.notes.append(f"Spalte »{heading}«: {note}")
            orders[meaning] = chosen or order
        return orders


@dataclass
class Said:
    """One row, asked for what it says; what cannot be read is noted as a refusal."""

    asked: Columns
    number: int
    cells: tuple[Any, ...]
    refusals: list[Refusal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    whole_names: list[str] = field(default_factory=list)
    """Names that are longer than a name may be."""

    @property
    def place(self) -> Place:
        return Place(self.asked.file, self.asked.table.sheet, self.number)

    def raw(self, meaning: Meaning) -> Any:
        at = self.asked.at.get(meaning)
        value = self.cells[at] if at is not None else None
        return self.asked.fixed.get(meaning) if value is None or value == "" else value

    def value(self, meaning: Meaning) -> Any:
        """What stands in the column; None where nothing can be taken from it, and the row says why."""
        value = self.raw(meaning)
        if isinstance(value, Unreadable):
            self.refuse(meaning, value.reason)
            return None
        if isinstance(value, Spread):
            return self._of_several_rows(meaning, value)
        return value

    def _of_several_rows(self, meaning: Meaning, spread: Spread) -> Any:
        """A number over several rows: nobody knows how it is to be divided, unless it is none to add up."""
        if meaning not in _ADDED_UP:
            return spread.value
        said = _SPREAD.format(self.asked.column[meaning], text(spread), spread.first, spread.last)
        if said not in self.notes:
            self.notes.append(said)
        return None

    def text(self, meaning: Meaning) -> str:
        value = self.value(meaning)
        return _words(value) if isinstance(value, str) else _words(text(value))

    def read(self, meaning: Meaning, reader: Callable[[Any], T | None]) -> T | None:
        value = self.value(meaning)
        if value is None or value == "":
            return None
        try:
            return reader(value)
        except ValueError as problem:
            self.refuse(meaning, str(problem))
            return None
        except OverflowError:
            self.refuse(meaning, "Die Zahl ist zu groß. Bitte prüfen, ob Ziffern zu viel sind.")
            return None

    def refuse(self, meaning: Meaning, reason: str) -> None:
        said = Refusal(self.place, self.asked.column.get(meaning, ""), text(self.raw(meaning))[:200], reason)
        if said not in self.refusals:
            self.refusals.append(said)

    def name(self) -> str:
        name, carrier, task = (
            self.text(Meaning.NAME),
            self.text(Meaning.ORGANISATION),
            self.text(Meaning.TASK),
        )
        if not name and Meaning.NAME not in self.asked.at:
            name = f"{task} ({carrier})" if task and carrier else task or carrier
        if not name and not isinstance(self.raw(Meaning.NAME), Unreadable):
            self.refuse(Meaning.NAME, "Der Name der Struktur fehlt. Bitte ergänzen.")
        return name

    def spot(self) -> tuple[Spot, bool]:
        """Where the row belongs; whether only the seat says so."""
        placed = Placing(self.asked.gazetteer, self.text).placed()
        self.notes += placed.notes
        if placed.spot.problem:
            self.refuse(placed.meaning, placed.spot.problem)
            return Spot(), False
        return placed.spot, placed.meaning in (Meaning.SEAT, Meaning.POSTCODE)

    def note(self, said_kind: str, kind: Any, new: bool) -> str:
        parts = [self.text(Meaning.NOTE)]
        if said_kind and known.kind(said_kind) is None and new:
            parts.append(f"Art laut Liste: {said_kind}")
        return "\n".join(part for part in parts if part)

    def columns(self, fields: Mapping[str, Meaning]) -> Mapping[str, str]:
        return {
            field: self.asked.column[meaning]
            for field, meaning in fields.items()
            if meaning in self.asked.column
        }

    def figures(self, meaning: Meaning) -> Figures:
        """How the numbers of that column are read."""
        return self.asked.figures.get(meaning, Figures())

    def period(self) -> tuple[dict[str, Any], Any, Any]:
        """Kind of end and what goes with it, first and last day."""
        start, end = self._both_days()
        if start.kind is not None and start.day is None and end.day is None and end.kind is None:
            end = start if start.kind != EndKind.UNKNOWN else end
        if end.day is not None:
            return {"end_kind": EndKind.FIXED}, start.day, end.day
        if end.kind is None:
            return {}, start.day, None
        more = {"extension": Extension.NOT_NEEDED} if end.kind == EndKind.OPEN else {}
        return {"end_kind": end.kind, **more}, start.day, None

    def _both_days(self) -> tuple[days.Day, days.Day]:
        """First and last day from a column each, or else from the one that holds both."""
        start, end = self._day(Meaning.START, last=False), self._day(Meaning.END, last=True)
        if Meaning.PERIOD not in self.asked.at:
            return start, end
        order = self.asked.orders[Meaning.PERIOD]
        both = self.read(Meaning.PERIOD, lambda value: periods.period(value, order))
        first, last = both or (days.Day(), days.Day())
        self._tell(Meaning.PERIOD, first)
        self._tell(Meaning.PERIOD, last)
        nothing = days.Day()
        return (first if start == nothing else start), (last if end == nothing else end)

    def _day(self, meaning: Meaning, *, last: bool) -> days.Day:
        order = self.asked.orders.get(meaning, days.Order.DAY_FIRST)
        found = self.read(meaning, lambda value: days.read(value, order, last=last)) or days.Day()
        self._tell(meaning, found)
        return found

    def _tell(self, meaning: Meaning, found: days.Day) -> None:
        if found.note:
            self.notes.append(f"{self.asked.column.get(meaning, MEANING_WORDS[meaning])}: {found.note}")

    def amount(self) -> int | None:
        """The amount of the row in cents."""
        return self.read(Meaning.AMOUNT, self.figures(Meaning.AMOUNT).amount)

    def withheld(self) -> int | None:
        """An amount in cents that stands for this row and those below it, and is not taken therefore."""
        cell = self.raw(Meaning.AMOUNT)
        if not isinstance(cell, Spread) or cell.first != self.number:
            return None
        try:
            return self.figures(Meaning.AMOUNT).amount(cell.value)
        except ValueError:
            return None

    def refuse_unreadable(self) -> None:
        """Name all cells at once that cannot be read, in whatever column that counts."""
        for meaning, at in self.asked.at.items():
            if isinstance(self.cells[at], Unreadable):
                self.value(meaning)

    def _given(self, meaning: Meaning) -> str:
        """What pays, or who; "" where the cell says that nothing and nobody does."""
        said = self.text(meaning)
        return "" if _NONE.fullmatch(plain_name(said)) else said

    def money(
        self, start: Any, end: Any, ending: Mapping[str, Any], *, carrier_is_ours: bool
    ) -> dict[str, Any] | None:
        """What the row says of money; None where it says nothing."""
        programme, funder = self._given(Meaning.PROGRAMME), self._given(Meaning.FUNDER)
        amount = self.amount()
        share = self.read(Meaning.SHARE, self.figures(Meaning.SHARE).percent)
        if not (programme or funder or amount is not None or share is not None):
            return None
        found = self.asked.names.programmes.find(programme) if programme else None
        if programme and found is None and (near := self.asked.names.programmes.near(programme)):
            self.notes.append(f"Das Programm »{programme}« ist nicht erfasst; ähnlich heißt »{near[0]}«.")
        payer, note = self.asked.payers.payer(
            programme, funder, self.text(Meaning.ORGANISATION), carrier_is_ours=carrier_is_ours
        )
        self.notes += [note] if note else []
        return {
            "name": programme or funder or "Förderung",
            "programme_id": found,
            "payer": payer,
            "payer_name": funder,
            "part": FundingPart.CARRYING,
            "start": start,
            "end": end,
            "amount_cents": amount,
            "amount_basis": self.asked.basis,
            "share_percent": share,
            "end_kind": EndKind.UNKNOWN,
            **ending,
        }


@lru_cache(maxsize=50_000)
def _words(said: str) -> str:
    """A cell in one line; "" where it says that nothing is known."""
    line = " ".join(text(said).split())
    return "" if days.nothing(line) else line
