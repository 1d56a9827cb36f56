"""What a row of a list becomes: a structure with its carrier, area, responsibility and funding."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any

from steering.analysis.incoming.cells import Spread, Unreadable
from steering.analysis.incoming.lists import known
from steering.analysis.incoming.lists.body import is_sum
from steering.analysis.incoming.lists.existing import Existing
from steering.analysis.incoming.lists.meanings import Meaning
from steering.analysis.incoming.lists.saying import Columns, Said
from steering.analysis.incoming.lists.spots import Spot
from steering.analysis.incoming.names import plain_name
from steering.analysis.incoming.rows import IncomingRow, New, Refusal, Wanted
from steering.model import (
    AmountBasis,
    Area,
    AreaKind,
    EndKind,
    Funding,
    Organisation,
    Responsibility,
    Role,
    Structure,
    StructureKind,
)
from steering.model.vocabulary import word

_IS_SUM = "»{}« ist wohl eine Summe und keine Struktur. Bitte die Zeile weglassen oder benennen, was es ist."
GUESSED = "Die Ebene ist aus dem Namen vermutet."
_CONTRADICTS = (
    "Zeile {} nennt für dieselbe Struktur etwas anderes ({}). "
    "Bitte die Namen unterscheiden oder die Angaben angleichen."
)


class Maker:
    """Makes rows of one table; remembers which structures its earlier rows have made."""

    def __init__(self, asked: Columns, existing: Existing) -> None:
        self.asked = asked
        self.existing = existing
        self.said: dict[Hashable, tuple[int, dict[str, Any]]] = {}
        self.guessed: set[str] = set()

    def row(self, number: int, cells: tuple[Any, ...]) -> IncomingRow:
        said = Said(self.asked, number, cells)
        said.notes += self.asked.table.row_notes.get(number, ())
        if (reason := self.asked.table.refused.get(number)) is not None:
            said.refusals.append(Refusal(said.place, "", "", reason))
        return _Row(self, said).made()


@dataclass
class _Row:
    maker: Maker
    said: Said
    records: list[Wanted] = field(default_factory=list)

    def made(self) -> IncomingRow:
        said = self.said
        spot, from_seat = said.spot()
        name = said.name()
        if is_sum(name):
            said.refuse(Meaning.NAME, _IS_SUM.format(name))
        if not said.refusals:
            self._make(name, spot, from_seat)
        given = map(given_back, said.cells)
        cells = dict(zip(self.maker.asked.table.headings, given, strict=True))
        return IncomingRow(
            said.place,
            name,
            tuple(self.records),
            cells,
            spot.outside,
            tuple(said.refusals),
            tuple(said.notes),
        )

    def _make(self, name: str, spot: Spot, from_seat: bool) -> None:
        carrier = self._carrier()
        area = self._area(spot)
        ending, start, end = self.said.period()
        money = self.said.money(start, end, ending)
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
        if self.said.refusals or self._contradicts(key, values):
            return
        columns = self._columns_of_structure()
        self.records.insert(0, Wanted(Structure, values, id=mine, key=None if mine else key, columns=columns))
        structure = mine if mine is not None else New(Structure, key)
        self._responsibility(structure, area)
        if money is not None:
            self._funding(structure, money)
        if self.said.refusals:
            self.records.clear()

    def _structure(
        self, name: str, carrier: Any, area: Any, spot: Spot, from_seat: bool, new: bool
    ) -> dict[str, Any]:
        values: dict[str, Any] = {"name": name, "organisation_id": carrier} if new else {}
        said = self.said.text(Meaning.KIND)
        kind = known.kind(said) or (known.kind(name) or StructureKind.SERVICE if new else None)
        seat = self.said.text(Meaning.SEAT) or (spot.outside.removeprefix("Ort ").strip("»«") if new else "")
        given = {
            "kind": kind,
            "fte": self.said.read(Meaning.FTE, self.said.figures(Meaning.FTE).posts),
            "places": self.said.read(Meaning.PLACES, self.said.figures(Meaning.PLACES).places),
            "catchment_id": area if new else None,
            "seat_place": seat[:200] or None,
            "seat_ags": spot.municipalities[0] if from_seat and len(spot.municipalities) == 1 else None,
            "note": self.said.note(said, kind, new),
        }
        return values | {field: value for field, value in given.items() if value not in (None, "")}

    def _columns_of_structure(self) -> Mapping[str, str]:
        fields = {
            "name": Meaning.NAME, "organisation_id": Meaning.ORGANISATION, "fte": Meaning.FTE,
            "places": Meaning.PLACES, "note": Meaning.NOTE,
            "seat_place": Meaning.SEAT, "seat_ags": Meaning.AGS,
            "valid_from": Meaning.START, "valid_until": Meaning.END, "end_kind": Meaning.END,
        }  # fmt: skip
        return self.said.columns(fields)

    def _contradicts(self, key: Hashable, values: dict[str, Any]) -> bool:
        """Whether an earlier row says something else of the same structure."""
        number, before = self.maker.said.setdefault(key, (self.said.number, values))
        different = [field for field, value in values.items() if field in before and before[field] != value]
        if number != self.said.number and different:
            self.said.refuse(Meaning.NAME, _CONTRADICTS.format(number, self._words(different[0])))
            return True
        return False

    def _words(self, field: str) -> str:
        return self._columns_of_structure().get(field, field)

    def _carrier(self) -> Any:
        """The carrier's key, recorded or to be made; a structure without one is refused."""
        said = self.said.text(Meaning.ORGANISATION)
        if not said:
            self.said.refuse(Meaning.ORGANISATION, "Der Träger fehlt. Bitte ergänzen.")
            return None
        if (found := self.maker.asked.names.organisations.find(said)) is not None:
            return found
        if near := self.maker.asked.names.organisations.near(said):
            self.said.notes.append(f"Träger »{said}« ist neu; ähnlich heißt »{near[0]}«.")
        key = plain_name(said)
        values = {"name": said, **self._level(said, key)}
        self.records.append(
            Wanted(Organisation, values, key=key, columns=self.said.columns({"name": Meaning.ORGANISATION}))
        )
        return New(Organisation, key)

    def _level(self, carrier: str, key: str) -> dict[str, Any]:
        """The level of a new carrier; where the list does not say it, a guess that is called one, once."""
        if (level := known.level(self.said.text(Meaning.LEVEL))) is not None:
            return {"level": level}
        guess = known.guessed_level(carrier)
        if key not in self.maker.guessed:
            self.maker.guessed.add(key)
            self.said.notes.append(
                f"Neuer Träger »{carrier}«: Ebene »{word(guess)}« aus dem Namen vermutet, bitte prüfen."
            )
        return {"level": guess, "provenance_note": GUESSED}

    def _area(self, spot: Spot) -> Any:
        """The key of the area, recorded or to be made; None where it is outside or not known."""
        if spot.outside or spot.empty:
            return None
        if (found := self.maker.existing.area(spot)) is not None:
            return found
        keys = tuple(sorted(spot.municipalities))
        if not keys:
            return None
        names = [self.maker.asked.gazetteer.names[ags] for ags in keys]
        kind = AreaKind.MUNICIPALITY if len(keys) == 1 else AreaKind.GROUP
        values = {"name": ", ".join(names)[:200], "kind": kind, "municipalities": list(keys)}
        self.records.append(Wanted(Area, values, key=keys))
        return New(Area, keys)

    def _responsibility(self, structure: Any, area: Any) -> None:
        said = self.said.text(Meaning.TASK)
        if not said:
            return
        task = self.maker.asked.names.tasks.find(said)
        if task is None:
            near = self.maker.asked.names.tasks.near(said)
            like = f" Ähnlich: {', '.join(f'»{each}«' for each in near)}." if near else ""
            self.said.notes.append(f"Die Aufgabe »{said}« steht nicht im Katalog; ohne Zuständigkeit.{like}")
            return
        if area is None:
            self.said.notes.append("Ohne Gebiet entsteht keine Zuständigkeit.")
            return
        role = known.role(self.said.text(Meaning.ROLE))
        groups, unknown = self.maker.asked.names.groups_in(self.said.text(Meaning.TARGET_GROUPS))
        if unknown:
            self.said.notes.append(f"Nicht als Zielgruppe bekannt: {', '.join(unknown)}.")
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
            Wanted(Funding, values, id=found, key=None if found else key, columns=self.said.columns(fields))
        )


def given_back(cell: Any) -> Any:
    """A cell for the file of refused rows: what cannot be read as it stands is not made readable by that."""
    return str(cell) if isinstance(cell, (Unreadable, Spread)) else cell
