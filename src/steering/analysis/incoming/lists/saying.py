"""What a row of a list says: its cells read by what their columns mean, with what is wrong in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeVar

from steering.analysis.incoming.lists import days, figures, known
from steering.analysis.incoming.lists.columns import DAYS, Assignment, per_year
from steering.analysis.incoming.lists.grids import Table, text
from steering.analysis.incoming.lists.known import KnownNames
from steering.analysis.incoming.lists.meanings import Meaning
from steering.analysis.incoming.lists.spots import Gazetteer, Spot
from steering.analysis.incoming.names import plain_name
from steering.analysis.incoming.rows import Place, Refusal
from steering.model import AmountBasis, EndKind, Extension, FundingPart, Payer

T = TypeVar("T")
_OWN_MEANS = ("eigenmittel", "haushalt", "kreishaushalt", "eigene mittel")
_THIRD = ("spende", "stiftung", "sponsor")


class Columns:
    """The columns of one table by what they mean, and what its column of days or shares has decided."""

    def __init__(
        self, file: str, table: Table, mapping: Assignment, gazetteer: Gazetteer, names: KnownNames
    ) -> None:
        self.file = file
        self.table = table
        self.gazetteer = gazetteer
        self.names = names
        self.column = {meaning: heading for heading, meaning in mapping.columns.items()}
        self.at = {meaning: table.headings.index(heading) for meaning, heading in self.column.items()}
        self.notes: list[str] = []
        self.orders = {
            meaning: self._order(heading, mapping.orders.get(heading))
            for meaning, heading in self.column.items()
            if meaning in DAYS
        }
        self.of_one = self._shares_of_one()

    def _order(self, heading: str, chosen: days.Order | None) -> days.Order:
        order, note = days.order_of(self.table.column(heading))
        if chosen is not None and chosen != order:
            note = f"als {days.ORDER_WORDS[chosen]} gelesen, wie gewählt."
        if note:
            self.notes.append(f"Spalte »{heading}«: {note}")
        return chosen or order

    def _shares_of_one(self) -> bool:
        if Meaning.SHARE not in self.at:
            return False
        values = self.table.column(self.column[Meaning.SHARE])
        numbers = [value for value in values if isinstance(value, int | float)]
        return bool(numbers) and all(0 <= value <= 1 for value in numbers)


@dataclass
class Said:
    """One row, asked for what it says; what cannot be read is noted as a refusal."""

    asked: Columns
    number: int
    cells: tuple[Any, ...]
    refusals: list[Refusal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def place(self) -> Place:
        return Place(self.asked.file, self.asked.table.sheet, self.number)

    def raw(self, meaning: Meaning) -> Any:
        at = self.asked.at.get(meaning)
        return self.cells[at] if at is not None else None

    def text(self, meaning: Meaning) -> str:
        value = self.raw(meaning)
        return _words(value) if isinstance(value, str) else _words(text(value))

    def read(self, meaning: Meaning, reader: Callable[[Any], T | None]) -> T | None:
        value = self.raw(meaning)
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
        self.refusals.append(
            Refusal(self.place, self.asked.column.get(meaning, ""), text(self.raw(meaning))[:200], reason)
        )

    def name(self) -> str:
        name, carrier, task = (
            self.text(Meaning.NAME),
            self.text(Meaning.ORGANISATION),
            self.text(Meaning.TASK),
        )
        if not name and Meaning.NAME not in self.asked.at:
            name = f"{task} ({carrier})" if task and carrier else task or carrier
        if not name:
            self.refuse(Meaning.NAME, "Der Name der Struktur fehlt. Bitte ergänzen.")
        return name

    def spot(self) -> tuple[Spot, bool]:
        """Where the row belongs, by key, then name, then postcode and seat; whether only the seat says so."""
        found = self.asked.gazetteer
        lookups = (
            (Meaning.AGS, found.by_key), (Meaning.MUNICIPALITY, found.by_name),
            (Meaning.SEAT, found.by_name), (Meaning.POSTCODE, found.by_postcode),
        )  # fmt: skip
        for meaning, look_up in lookups:
            said = self.text(meaning)
            spot = look_up(said) if said else Spot()
            if meaning == Meaning.SEAT and (spot.outside or spot.problem) and self.text(Meaning.POSTCODE):
                # A village is not a municipality; its postcode knows better.
                continue
            if meaning == Meaning.POSTCODE and len(spot.municipalities) > 1:
                self.notes.append(
                    f"Die Postleitzahl {said} gehört zu mehreren Gemeinden; das Gebiet bleibt offen."
                )
                return Spot(), True
            if spot.problem:
                self.refuse(meaning, spot.problem)
                return Spot(), False
            if meaning == Meaning.AGS and spot.whole and (narrower := self._municipality()):
                return narrower, False
            if not spot.empty:
                return spot, meaning in (Meaning.SEAT, Meaning.POSTCODE)
        return Spot(), False

    def _municipality(self) -> Spot | None:
        """What a column of municipalities names, where a key says no more than the Kreis."""
        said = self.text(Meaning.MUNICIPALITY)
        spot = self.asked.gazetteer.by_name(said) if said else Spot()
        return spot if spot.municipalities else None

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

    def period(self) -> tuple[dict[str, Any], Any, Any]:
        """Kind of end and what goes with it, first and last day."""
        start = self._day(Meaning.START, last=False)
        end = self._day(Meaning.END, last=True)
        if start.kind is not None and start.day is None and end.day is None and end.kind is None:
            end = start if start.kind != EndKind.UNKNOWN else end
        if end.day is not None:
            return {"end_kind": EndKind.FIXED}, start.day, end.day
        if end.kind is None:
            return {}, start.day, None
        more = {"extension": Extension.NOT_NEEDED} if end.kind == EndKind.OPEN else {}
        return {"end_kind": end.kind, **more}, start.day, None

    def _day(self, meaning: Meaning, *, last: bool) -> days.Day:
        order = self.asked.orders.get(meaning, days.Order.DAY_FIRST)
        found = self.read(meaning, lambda value: days.read(value, order, last=last)) or days.Day()
        if found.note:
            self.notes.append(f"{self.asked.column[meaning]}: {found.note}")
        return found

    def money(self, start: Any, end: Any, ending: Mapping[str, Any]) -> dict[str, Any] | None:
        """What the row says of money; None where it says nothing."""
        programme, funder = self.text(Meaning.PROGRAMME), self.text(Meaning.FUNDER)
        amount = self.read(Meaning.AMOUNT, figures.cents)
        share = self.read(Meaning.SHARE, lambda value: figures.percent(value, of_one=self.asked.of_one))
        if not (programme or funder or amount is not None or share is not None):
            return None
        found = self.asked.names.programmes.find(programme) if programme else None
        if programme and found is None and (near := self.asked.names.programmes.near(programme)):
            self.notes.append(f"Das Programm »{programme}« ist nicht erfasst; ähnlich heißt »{near[0]}«.")
        said = plain_name(f"{programme} {funder}")
        payer = Payer.OWN if any(word in said for word in _OWN_MEANS) else Payer.GRANT
        if any(word in said for word in _THIRD):
            payer = Payer.THIRD
        basis = per_year(self.asked.column.get(Meaning.AMOUNT, ""))
        return {
            "name": programme or funder or "Förderung",
            "programme_id": found,
            "payer": payer,
            "payer_name": funder,
            "part": FundingPart.CARRYING,
            "start": start,
            "end": end,
            "amount_cents": amount,
            "amount_basis": {True: AmountBasis.PER_YEAR, False: AmountBasis.TOTAL, None: AmountBasis.UNKNOWN}[
                basis
            ],
            "share_percent": share,
            "end_kind": EndKind.UNKNOWN,
            **ending,
        }


@lru_cache(maxsize=50_000)
def _words(said: str) -> str:
    """A cell in one line; "" where it says that nothing is known."""
    line = " ".join(text(said).split())
    return "" if days.nothing(line) else line
