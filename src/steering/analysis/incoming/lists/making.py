"""What a row of a list becomes: a structure with its carrier, area, responsibility and funding."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from steering.analysis.incoming.lists import days, figures, known
from steering.analysis.incoming.lists.columns import Assignment, per_year
from steering.analysis.incoming.lists.existing import Existing
from steering.analysis.incoming.lists.grids import Table, text
from steering.analysis.incoming.lists.known import KnownNames
from steering.analysis.incoming.lists.meanings import Meaning
from steering.analysis.incoming.lists.spots import Gazetteer, Spot
from steering.analysis.incoming.names import plain_name
from steering.analysis.incoming.rows import IncomingRow, New, Place, Refusal, Wanted
from steering.model import (
    AmountBasis,
    Area,
    AreaKind,
    EndKind,
    Extension,
    Funding,
    FundingPart,
    Organisation,
    Payer,
    Responsibility,
    Role,
    Structure,
    StructureKind,
)

T = TypeVar("T")
_OWN_MEANS = ("eigenmittel", "haushalt", "kreishaushalt", "eigene mittel")
_THIRD = ("spende", "stiftung", "sponsor")
_CONTRADICTS = (
    "Zeile {} nennt für dieselbe Struktur etwas anderes ({}). "
    "Bitte die Namen unterscheiden oder die Angaben angleichen."
)


class Maker:
    """Makes rows of one table; remembers which structures its earlier rows have made."""

    def __init__(
        self,
        file: str,
        table: Table,
        mapping: Assignment,
        gazetteer: Gazetteer,
        names: KnownNames,
        existing: Existing,
    ) -> None:
        self.file = file
        self.table = table
        self.gazetteer = gazetteer
        self.names = names
        self.existing = existing
        self.column = {meaning: heading for heading, meaning in mapping.columns.items()}
        self.at = {meaning: table.headings.index(heading) for meaning, heading in self.column.items()}
        self.notes: list[str] = []
        self.orders: dict[Meaning, days.Order] = {
            meaning: self._order(meaning) for meaning in (Meaning.START, Meaning.END) if meaning in self.at
        }
        self.of_one = self._shares_of_one()
        self.said: dict[Hashable, tuple[int, dict[str, Any]]] = {}

    def row(self, number: int, cells: tuple[Any, ...]) -> IncomingRow:
        return _Row(self, number, cells).made()

    def _values(self, meaning: Meaning) -> list[Any]:
        return [row[self.at[meaning]] for _, row in self.table.rows]

    def _order(self, meaning: Meaning) -> days.Order:
        order, note = days.order_of(self._values(meaning))
        if note:
            self.notes.append(f"Spalte »{self.column[meaning]}«: {note}")
        return order

    def _shares_of_one(self) -> bool:
        if Meaning.SHARE not in self.at:
            return False
        numbers = [value for value in self._values(Meaning.SHARE) if isinstance(value, int | float)]
        return bool(numbers) and all(0 <= value <= 1 for value in numbers)


@dataclass
class _Row:
    maker: Maker
    number: int
    cells: tuple[Any, ...]
    refusals: list[Refusal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    records: list[Wanted] = field(default_factory=list)

    def made(self) -> IncomingRow:
        place = Place(self.maker.file, self.maker.table.sheet, self.number)
        spot, from_seat = self._spot()
        name = self._name()
        if not self.refusals:
            self._make(name, spot, from_seat)
        cells = {
            heading: text(value) for heading, value in zip(self.maker.table.headings, self.cells, strict=True)
        }
        return IncomingRow(
            place, name, tuple(self.records), cells, spot.outside, tuple(self.refusals), tuple(self.notes)
        )

    def _raw(self, meaning: Meaning) -> Any:
        at = self.maker.at.get(meaning)
        return self.cells[at] if at is not None else None

    def _text(self, meaning: Meaning) -> str:
        said = " ".join(text(self._raw(meaning)).split())
        return "" if days.nothing(said) else said

    def _read(self, meaning: Meaning, reader: Callable[[Any], T | None]) -> T | None:
        value = self._raw(meaning)
        if value is None or value == "":
            return None
        try:
            return reader(value)
        except ValueError as problem:
            self._refuse(meaning, str(problem))
            return None

    def _refuse(self, meaning: Meaning, reason: str) -> None:
        place = Place(self.maker.file, self.maker.table.sheet, self.number)
        self.refusals.append(
            Refusal(place, self.maker.column.get(meaning, ""), text(self._raw(meaning))[:200], reason)
        )

    def _name(self) -> str:
        name, carrier, task = (
            self._text(Meaning.NAME),
            self._text(Meaning.ORGANISATION),
            self._text(Meaning.TASK),
        )
        if not name and Meaning.NAME not in self.maker.at:
            name = f"{task} ({carrier})" if task and carrier else task or carrier
        if not name:
            self._refuse(Meaning.NAME, "Der Name der Struktur fehlt. Bitte ergänzen.")
        return name

    def _spot(self) -> tuple[Spot, bool]:
        """Where the row belongs, by key, then name, then postcode and seat; whether only the seat says so."""
        found = self.maker.gazetteer
        lookups = (
            (Meaning.AGS, found.by_key), (Meaning.MUNICIPALITY, found.by_name),
            (Meaning.SEAT, found.by_name), (Meaning.POSTCODE, found.by_postcode),
        )  # fmt: skip
        for meaning, look_up in lookups:
            said = self._text(meaning)
            spot = look_up(said) if said else Spot()
            if meaning == Meaning.SEAT and (spot.outside or spot.problem) and self._text(Meaning.POSTCODE):
                # A village is not a municipality; its postcode knows better.
                continue
            if meaning == Meaning.POSTCODE and len(spot.municipalities) > 1:
                self.notes.append(
                    f"Die Postleitzahl {said} gehört zu mehreren Gemeinden; das Gebiet bleibt offen."
                )
                return Spot(), True
            if spot.problem:
                self._refuse(meaning, spot.problem)
                return Spot(), False
            if not spot.empty:
                return spot, meaning in (Meaning.SEAT, Meaning.POSTCODE)
        return Spot(), False

    def _make(self, name: str, spot: Spot, from_seat: bool) -> None:
        carrier = self._carrier()
        area = self._area(spot)
        ending, start, end = self._period()
        money = self._money(start, end, ending)
        key = (plain_name(name), carrier, tuple(spot.municipalities), spot.whole, spot.outside)
        mine = self.maker.existing.structure(name, carrier, spot)
        values = self._structure(name, carrier, area, spot, from_seat, mine is None)
        own = {"valid_from": start, "valid_until": end, **ending}
        if money is not None and ending.get("end_kind") != EndKind.OPEN:
            own = {"end_kind": EndKind.UNKNOWN} if mine is None else {}
        elif mine is not None:
            own = {field: value for field, value in own.items() if value is not None}
        elif not own.get("end_kind"):
            own["end_kind"] = EndKind.UNKNOWN
        values |= own
        if self.refusals or self._contradicts(key, values):
            return
        columns = self._columns_of_structure()
        self.records.insert(0, Wanted(Structure, values, id=mine, key=None if mine else key, columns=columns))
        structure = mine if mine is not None else New(Structure, key)
        self._responsibility(structure, area)
        if money is not None:
            self._funding(structure, money)
        if self.refusals:
            self.records.clear()

    def _structure(
        self, name: str, carrier: Any, area: Any, spot: Spot, from_seat: bool, new: bool
    ) -> dict[str, Any]:
        values: dict[str, Any] = {"name": name, "organisation_id": carrier} if new else {}
        said = self._text(Meaning.KIND)
        kind = known.kind(said) or (known.kind(name) or StructureKind.SERVICE if new else None)
        seat = self._text(Meaning.SEAT) or (spot.outside.removeprefix("Ort ").strip("»«") if new else "")
        given = {
            "kind": kind,
            "fte": self._read(Meaning.FTE, figures.fte),
            "places": self._read(Meaning.PLACES, figures.places),
            "catchment_id": area if new else None,
            "seat_place": seat[:200] or None,
            "seat_ags": spot.municipalities[0] if from_seat and len(spot.municipalities) == 1 else None,
            "note": self._note(said, kind, new),
        }
        return values | {field: value for field, value in given.items() if value not in (None, "")}

    def _note(self, said_kind: str, kind: Any, new: bool) -> str:
        parts = [self._text(Meaning.NOTE)]
        if said_kind and known.kind(said_kind) is None and new:
            parts.append(f"Art laut Liste: {said_kind}")
        return "\n".join(part for part in parts if part)

    def _columns_of_structure(self) -> Mapping[str, str]:
        fields = {
            "name": Meaning.NAME, "organisation_id": Meaning.ORGANISATION, "fte": Meaning.FTE,
            "places": Meaning.PLACES, "note": Meaning.NOTE,
            "seat_place": Meaning.SEAT, "seat_ags": Meaning.AGS,
            "valid_from": Meaning.START, "valid_until": Meaning.END, "end_kind": Meaning.END,
        }  # fmt: skip
        return self._columns(fields)

    def _columns(self, fields: Mapping[str, Meaning]) -> Mapping[str, str]:
        return {
            field: self.maker.column[meaning]
            for field, meaning in fields.items()
            if meaning in self.maker.column
        }

    def _contradicts(self, key: Hashable, values: dict[str, Any]) -> bool:
        """Whether an earlier row says something else of the same structure."""
        number, before = self.maker.said.setdefault(key, (self.number, values))
        different = [field for field, value in values.items() if field in before and before[field] != value]
        if number != self.number and different:
            self._refuse(Meaning.NAME, _CONTRADICTS.format(number, self._words(different[0])))
            return True
        return False

    def _words(self, field: str) -> str:
        return self._columns_of_structure().get(field, field)

    def _carrier(self) -> Any:
        """The carrier's key, recorded or to be made; a structure without one is refused."""
        said = self._text(Meaning.ORGANISATION)
        if not said:
            self._refuse(Meaning.ORGANISATION, "Der Träger fehlt. Bitte ergänzen.")
            return None
        if (found := self.maker.names.organisations.find(said)) is not None:
            return found
        if near := self.maker.names.organisations.near(said):
            self.notes.append(f"Träger »{said}« ist neu; ähnlich heißt »{near[0]}«.")
        key = plain_name(said)
        values = {"name": said, "level": known.level(self._text(Meaning.LEVEL), said)}
        self.records.append(
            Wanted(Organisation, values, key=key, columns=self._columns({"name": Meaning.ORGANISATION}))
        )
        return New(Organisation, key)

    def _area(self, spot: Spot) -> Any:
        """The key of the area, recorded or to be made; None where it is outside or not known."""
        if spot.outside or spot.empty:
            return None
        if (found := self.maker.existing.area(spot)) is not None:
            return found
        keys = tuple(sorted(spot.municipalities))
        if not keys:
            return None
        names = [self.maker.gazetteer.names[ags] for ags in keys]
        kind = AreaKind.MUNICIPALITY if len(keys) == 1 else AreaKind.GROUP
        values = {"name": ", ".join(names)[:200], "kind": kind, "municipalities": list(keys)}
        self.records.append(Wanted(Area, values, key=keys))
        return New(Area, keys)

    def _period(self) -> tuple[dict[str, Any], Any, Any]:
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
        order = self.maker.orders.get(meaning, days.Order.DAY_FIRST)
        found = self._read(meaning, lambda value: days.read(value, order, last=last)) or days.Day()
        if found.note:
            self.notes.append(f"{self.maker.column[meaning]}: {found.note}")
        return found

    def _responsibility(self, structure: Any, area: Any) -> None:
        said = self._text(Meaning.TASK)
        if not said:
            return
        task = self.maker.names.tasks.find(said)
        if task is None:
            near = self.maker.names.tasks.near(said)
            like = f" Ähnlich: {', '.join(f'»{each}«' for each in near)}." if near else ""
            self.notes.append(f"Die Aufgabe »{said}« steht nicht im Katalog; ohne Zuständigkeit.{like}")
            return
        if area is None:
            self.notes.append("Ohne Gebiet entsteht keine Zuständigkeit.")
            return
        role = known.role(self._text(Meaning.ROLE))
        groups, unknown = self.maker.names.groups_in(self._text(Meaning.TARGET_GROUPS))
        if unknown:
            self.notes.append(f"Nicht als Zielgruppe bekannt: {', '.join(unknown)}.")
        found = self.maker.existing.responsibility(structure, task, area)
        given = {"role": role, "target_groups": groups}
        values = {field: value for field, value in given.items() if value}
        if found is None:
            values = {
                "structure_id": structure,
                "task_id": task,
                "area_id": area,
                "role": Role.DELIVER,
            } | values
        key = (structure, task, area)
        self.records.append(Wanted(Responsibility, values, id=found, key=None if found else key))

    def _money(self, start: Any, end: Any, ending: Mapping[str, Any]) -> dict[str, Any] | None:
        """What the row says of money; None where it says nothing."""
        programme, funder = self._text(Meaning.PROGRAMME), self._text(Meaning.FUNDER)
        amount = self._read(Meaning.AMOUNT, figures.cents)
        share = self._read(Meaning.SHARE, lambda value: figures.percent(value, of_one=self.maker.of_one))
        if not (programme or funder or amount is not None or share is not None):
            return None
        found = self.maker.names.programmes.find(programme) if programme else None
        if programme and found is None and (near := self.maker.names.programmes.near(programme)):
            self.notes.append(f"Das Programm »{programme}« ist nicht erfasst; ähnlich heißt »{near[0]}«.")
        said = plain_name(f"{programme} {funder}")
        payer = Payer.OWN if any(word in said for word in _OWN_MEANS) else Payer.GRANT
        if any(word in said for word in _THIRD):
            payer = Payer.THIRD
        basis = per_year(self.maker.column.get(Meaning.AMOUNT, ""))
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

    def _funding(self, structure: Any, money: dict[str, Any]) -> None:
        found = self.maker.existing.funding(structure, money)
        values = {field: value for field, value in money.items() if value not in (None, "")}
        if found is None:
            values["structure_id"] = structure
        else:
            for guessed in ("name", "payer", "part", "start"):
                values.pop(guessed, None)
            if money["end"] is None and money["end_kind"] == EndKind.UNKNOWN:
                values.pop("end_kind", None)
            if money["amount_cents"] is None or money["amount_basis"] == AmountBasis.UNKNOWN:
                values.pop("amount_basis", None)
        fields = {
            "name": Meaning.PROGRAMME, "payer_name": Meaning.FUNDER,
            "start": Meaning.START, "end": Meaning.END,
            "end_kind": Meaning.END, "amount_cents": Meaning.AMOUNT, "share_percent": Meaning.SHARE,
        }  # fmt: skip
        key = (structure, money["name"], money["start"], money["end"])
        self.records.append(
            Wanted(Funding, values, id=found, key=None if found else key, columns=self._columns(fields))
        )
