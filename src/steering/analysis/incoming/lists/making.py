"""What a row of a list becomes: a structure with its carrier, area, responsibility and funding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from steering.analysis.incoming.cells import Spread, Unreadable
from steering.analysis.incoming.lists import known
from steering.analysis.incoming.lists.body import is_sum
from steering.analysis.incoming.lists.existing import Existing
from steering.analysis.incoming.lists.grants import Grant
from steering.analysis.incoming.lists.meanings import Meaning
from steering.analysis.incoming.lists.memory import Memory, Planned
from steering.analysis.incoming.lists.saying import Columns, Said
from steering.analysis.incoming.lists.sheet import VALUE
from steering.analysis.incoming.lists.spots import Spot
from steering.analysis.incoming.names import plain_name
from steering.analysis.incoming.rows import IncomingRow, New, Refusal, Wanted
from steering.model import (
    Area,
    AreaKind,
    EndKind,
    Level,
    Organisation,
    Responsibility,
    Role,
    Structure,
    StructureKind,
)
from steering.model.base import NAME_LENGTH
from steering.model.labels import field_word

_IS_SUM = "»{}« ist wohl eine Summe und keine Struktur. Bitte die Zeile weglassen oder benennen, was es ist."
_IS_VALUE = (
    "»{}« ist eine Zahl oder ein Tag und kein Name. Bitte den Namen der Struktur angeben oder die Zeile "
    "weglassen."
)
_CONTRADICTS = (
    "Zeile {} nennt für dasselbe etwas anderes ({}). "
    "Bitte die Namen unterscheiden oder die Angaben angleichen."
)


class Maker:
    """Makes rows of one table, in the light of what all rows of its file say."""

    def __init__(self, asked: Columns, existing: Existing, memory: Memory) -> None:
        self.asked = asked
        self.existing = existing
        self.memory = memory

    def row(self, number: int, cells: tuple[Any, ...]) -> RowInMaking:
        """A row as far as it is known before the rest of the file."""
        said = Said(self.asked, number, cells)
        said.notes += self.asked.table.row_notes.get(number, ())
        if (reason := self.asked.table.refused.get(number)) is not None:
            said.refusals.append(Refusal(said.place, "", "", reason))
        draft = RowInMaking(self, said)
        draft.begin()
        return draft


@dataclass
class RowInMaking:
    """A row on its way; its grant is settled together with those of the other rows."""

    maker: Maker
    said: Said
    grant: Grant | None = None
    name: str = ""
    amount: int | None = None
    withheld: int | None = None
    outside: str = ""
    planned: list[Planned] = field(default_factory=list)

    def begin(self) -> None:
        """Read the cells, and remember what they say."""
        said = self.said
        spot, from_seat = said.spot()
        name = said.name()
        if name and VALUE.match(name):
            said.refuse(Meaning.NAME, _IS_VALUE.format(name))
        if is_sum(name):
            said.refuse(Meaning.NAME, _IS_SUM.format(name))
        said.refuse_unreadable()
        self.name, self.outside = self._shortened(name), spot.outside
        readable = not said.refusals
        self.amount = None if is_sum(name) else said.amount()
        self.withheld = said.withheld()
        if readable:
            self._make(spot, from_seat)

    def row(self) -> IncomingRow:
        """The row with its records, once all rows of the file are settled."""
        said, memory = self.said, self.maker.memory
        records: list[Wanted] = []
        if not said.refusals:
            records = [memory.wanted(planned) for planned in self.planned]
            records += [self.grant.wanted()] if self.grant else []
        given = map(given_back, said.cells)
        cells = dict(zip(self.maker.asked.table.headings, given, strict=True))
        repeats = self.grant is not None and self.grant.same_as is not None
        return IncomingRow(
            said.place,
            self.name,
            tuple(records),
            cells,
            self.outside,
            tuple(said.refusals),
            tuple(dict.fromkeys(said.notes)),
            amount=self.amount,
            repeats=repeats,
            withheld=self.withheld,
        )

    def _shortened(self, name: str) -> str:
        """A name no longer than one may be; the whole is kept in the remark."""
        if len(name) <= NAME_LENGTH:
            return name
        short = shortened(name)
        self.said.notes.append(f"Der Name ist gekürzt auf »{short}« und steht ganz in der Anmerkung.")
        self.said.whole_names.append(name)
        return short

    def _make(self, spot: Spot, from_seat: bool) -> None:
        name = self.name
        carrier = self._carrier()
        area = self._area(spot)
        ending, start, end = self.said.period()
        money = self.said.money(start, end, ending, carrier_is_ours=self._is_ours(carrier))
        whole = next(iter(self.said.whole_names), name)
        key = (plain_name(whole), carrier, tuple(spot.municipalities), spot.whole, spot.outside)
        mine = self.maker.existing.structure(name, carrier, spot, whole)
        values = self._structure(name, carrier, area, spot, from_seat, mine is None)
        guesses = self._guesses(name) if mine is None else []
        if money is None or ending.get("end_kind") == EndKind.OPEN:
            own = {"valid_from": start, "valid_until": end, **ending}
            values |= {field: value for field, value in own.items() if value is not None}
        columns = self._columns_of_structure()
        key_of_new = key if mine is None else None
        self.planned.insert(0, Planned(Structure, values, mine, key_of_new, columns, guesses))
        structure = mine if mine is not None else New(Structure, key)
        self._responsibility(structure, area)
        if self.said.refusals or self._contradicts():
            return
        for planned in self.planned:
            self.maker.memory.remember(planned, self.said.place, self.said.notes)
        if money is not None:
            self.grant = Grant(self.said, structure, money)

    def _guesses(self, name: str) -> list[dict[str, Any]]:
        """What a new structure is where no row says so."""
        kind = known.kind(name) or StructureKind.SERVICE
        return [{"kind": kind}, {"end_kind": EndKind.UNKNOWN}]

    def _contradicts(self) -> bool:
        """Whether an earlier row of the file says something else of one of the records; both rows say so."""
        memory = self.maker.memory
        for planned in self.planned:
            if (found := memory.contradiction(planned)) is None:
                continue
            name, place = found
            sheet = f" von Blatt »{place.sheet}«" if place.sheet != self.said.place.sheet else ""
            word = planned.columns.get(name) or field_word(str(planned.record.__tablename__), name)
            self.said.refuse(Meaning.NAME, _CONTRADICTS.format(f"{place.row}{sheet}", word))
            mine = self.said.place
            there = f" von Blatt »{mine.sheet}«" if sheet else ""
            memory.remark(
                planned,
                f"Zeile {mine.row}{there} nennt für dasselbe etwas anderes ({word}) und ist abgewiesen.",
            )
            return True
        return False

    def _structure(
        self, name: str, carrier: Any, area: Any, spot: Spot, from_seat: bool, new: bool
    ) -> dict[str, Any]:
        values: dict[str, Any] = {"name": name, "organisation_id": carrier} if new else {}
        said = self.said.text(Meaning.KIND)
        kind = known.kind(said)
        seat = self.said.text(Meaning.SEAT) or (spot.outside.removeprefix("Ort ").strip("»«") if new else "")
        given = {
            "kind": kind,
            "fte": self.said.read(Meaning.FTE, self.said.figures(Meaning.FTE).posts),
            "places": self.said.read(Meaning.PLACES, self.said.figures(Meaning.PLACES).places),
            "catchment_id": area if new else None,
            "seat_place": seat[:200] or None,
            "seat_ags": spot.municipalities[0] if from_seat and len(spot.municipalities) == 1 else None,
            "note": "\n".join([*self.said.whole_names, *filter(None, [self.said.note(said, kind, new)])]),
        }
        return values | {field: value for field, value in given.items() if value not in (None, "")}

    def _columns_of_structure(self) -> Mapping[str, str]:
        fields = {
            "name": Meaning.NAME, "kind": Meaning.KIND, "organisation_id": Meaning.ORGANISATION,
            "fte": Meaning.FTE, "places": Meaning.PLACES, "note": Meaning.NOTE,
            "seat_place": Meaning.SEAT, "seat_ags": Meaning.AGS,
            "valid_from": Meaning.START, "valid_until": Meaning.END, "end_kind": Meaning.END,
        }  # fmt: skip
        return self.said.columns(fields)

    def _carrier(self) -> Any:
        """The carrier's key, recorded or to be made; a structure without one is refused."""
        said = self.said.text(Meaning.ORGANISATION)
        if not said:
            self.said.refuse(Meaning.ORGANISATION, "Der Träger fehlt. Bitte ergänzen.")
            return None
        found, note = self.maker.asked.names.organisations.understood(said)
        self.said.notes += [note] if note else []
        if found is not None:
            return found
        if near := self.maker.asked.names.organisations.near(said):
            self.said.notes.append(f"Träger »{said}« ist neu; ähnlich heißt »{near[0]}«.")
        key, name = plain_name(said), self._shortened(said)
        columns = self.said.columns({"name": Meaning.ORGANISATION})
        level = known.level(self.said.text(Meaning.LEVEL))
        values = {"name": name} | ({"level": level} if level is not None else {})
        guesses = [] if level is not None else [self._guessed_level(said, key)]
        self.planned.append(Planned(Organisation, values, key=key, columns=columns, guesses=guesses))
        return New(Organisation, key)

    def _guessed_level(self, carrier: str, key: str) -> dict[str, Any]:
        """The level of a new carrier where the list does not say it: a guess that is called one, once."""
        names, guessed = self.maker.asked.names, self.maker.memory.guessed
        level, words = known.guessed_level(carrier)
        parent = names.landratsamt if self._is_part_of_ours(carrier, level) else None
        if parent is not None:
            words += f", dem »{names.organisations.name_of[parent]}« zugeordnet"
        if key not in guessed:
            guessed.add(key)
            self.said.notes.append(f"Neuer Träger »{carrier}«: {words}, bitte prüfen.")
        placed = {} if parent is None else {"parent_id": parent}
        return {"level": level, "provenance_note": f"{words}.", **placed}

    def _is_part_of_ours(self, carrier: str, level: Level) -> bool:
        """Whether the name of a new carrier is that of a part of the own Landratsamt."""
        office = known.office_of(carrier) if level in (Level.COUNTY, Level.STATE_OFFICE) else ""
        return bool(office) and self.maker.asked.gazetteer.by_district(office).whole

    def _is_ours(self, carrier: Any) -> bool:
        """Whether a carrier is the Landkreis or stands below it, a new one by its level or its name."""
        if not isinstance(carrier, New):
            return carrier in self.maker.asked.names.own_house
        if (level := known.level(self.said.text(Meaning.LEVEL))) is not None:
            return level == Level.COUNTY
        name = self.said.text(Meaning.ORGANISATION)
        guess, _ = known.guessed_level(name)
        return self._is_part_of_ours(name, guess) or (
            guess == Level.COUNTY and self.maker.asked.payers.names_us(name)
        )

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
        self.planned.append(Planned(Area, values, key=keys))
        return New(Area, keys)

    def _responsibility(self, structure: Any, area: Any) -> None:
        said = self.said.text(Meaning.TASK)
        if not said:
            return
        task, note = self.maker.asked.names.tasks.understood(said)
        self.said.notes += [note] if note else []
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
        given: dict[str, Any] = {"role": role, "target_groups": groups}
        values = {field: value for field, value in given.items() if value}
        guesses: list[dict[str, Any]] = []
        if found is None:
            values |= {"structure_id": structure, "task_id": task, "area_id": area}
            guesses = [{"role": Role.DELIVER}]
        columns = self.said.columns({"role": Meaning.ROLE, "target_groups": Meaning.TARGET_GROUPS})
        key = None if found else (structure, task, area)
        self.planned.append(Planned(Responsibility, values, found, key, columns, guesses))


def given_back(cell: Any) -> Any:
    """A cell for the file of refused rows: what cannot be read as it stands is not made readable by that."""
    return str(cell) if isinstance(cell, (Unreadable, Spread)) else cell


def shortened(name: str) -> str:
    """At most as long as a name may be, cut between words."""
    return name[: NAME_LENGTH - 2].rsplit(" ", 1)[0] + " …"
