"""A list of potentials as rows to be compared with those that are recorded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Any, TypeVar

from steering.analysis.incoming import IncomingRow, New, Place, Reading, Refusal, Wanted
from steering.analysis.incoming.lists.existing import Existing
from steering.analysis.incoming.lists.sheet import SheetCells, text
from steering.analysis.incoming.lists.spots import Gazetteer
from steering.analysis.incoming.names import plain_name
from steering.analysis.incoming.recorded import plain_rows
from steering.analysis.portfolio import Portfolio
from steering.exchange.incoming_files import IncomingFile
from steering.exchange.lists import spreadsheets
from steering.exchange.potentials.headings import PLACE, columns_in
from steering.exchange.workbook.name_reading import MeantRecords
from steering.model import Area, AreaKind, Potential, PotentialKind, PotentialState
from steering.model.base import NAME_LENGTH
from steering.model.german import listing
from steering.model.vocabulary import WORDS

T = TypeVar("T", bound=StrEnum)
_HELP = (
    "enthält keine Potenziale. Bitte eine Tabelle (XLSX, CSV) wählen, mit einer Spalte »Potenzial« oder »Titel« "
    "und mindestens einer weiteren wie »Art«, »Gemeinde«, »Handlungsfeld« oder »Beschreibung«."
)
_NAMED = {"field_id": "field", "indicator_id": "indicator", "organisation_id": "organisation"}
_YES, _NO = {"ja", "j", "x", "yes", "wahr"}, {"nein", "n", "no", "falsch", ""}


def read(file: IncomingFile, portfolio: Portfolio) -> Reading:
    """Every row that names a potential; one that is recorded already is known by its name and its area.

    Raises FileRefused for a file in which no table has the needed columns.
    """
    work = _Rows(file, portfolio)
    rows: list[IncomingRow] = []
    notes: list[str] = []
    known = 0
    for sheet in spreadsheets.grids(file):
        notes += sheet.notes
        if (found := columns_in(sheet.rows)) is None:
            continue
        known += 1
        head, columns = found
        notes += _left_out(sheet, head, columns)
        rows += work.of(sheet, head, columns)
    if not known:
        raise file.refused(_HELP)
    return Reading(tuple(rows), tuple(notes))


def _left_out(sheet: SheetCells, head: int, columns: dict[str, int]) -> Iterator[str]:
    """The columns that are not understood, by name."""
    others = [
        text(cell) for at, cell in enumerate(sheet.rows[head]) if at not in columns.values() and text(cell)
    ]
    if others:
        told = listing([f"»{name[:60]}«" for name in others], 8)
        yield f"Nicht übernommen, weil ihre Überschrift nichts sagt: {told}."


class _Rows:
    """Makes rows of the sheets of one file."""

    def __init__(self, file: IncomingFile, portfolio: Portfolio) -> None:
        self._file = file
        self._places = Gazetteer(portfolio)
        self._existing = Existing(portfolio)
        self._meant = MeantRecords(portfolio, [])
        self._recorded: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in plain_rows(portfolio.potentials):
            self._recorded[plain_name(row["name"])].append(row)

    def of(self, sheet: SheetCells, head: int, columns: dict[str, int]) -> Iterator[IncomingRow]:
        """The rows below the headings that say anything."""
        headings = {field: text(sheet.rows[head][at]) for field, at in columns.items()}
        for at, cells in enumerate(sheet.rows[head + 1 :], start=head + 1):
            if any(text(cell) for cell in cells):
                place = Place(self._file.name, sheet.sheet, sheet.above + at + 1)
                said = {field: _cell(cells, column) for field, column in columns.items()}
                yield self._row(place, said, headings, sheet.refused.get(at, ""))

    def _row(self, place: Place, said: dict[str, str], headings: dict[str, str], broken: str) -> IncomingRow:
        refusals = [Refusal(place, "", "", broken)] if broken else []
        values: dict[str, Any] = {}
        records: list[Wanted] = []
        notes: list[str] = []
        for field, cell in said.items():
            try:
                found = self._value(field, cell, records, notes)
            except ValueError as problem:
                refusals.append(Refusal(place, headings[field], cell[:200], str(problem)))
            else:
                values |= {} if found is None else {field: found}
        if not said["name"]:
            refusals.append(Refusal(place, headings["name"], "", "Der Name fehlt. Bitte ergänzen."))
        cells = {headings[field]: cell for field, cell in said.items()}
        if refusals:
            return IncomingRow(place, said["name"], cells=cells, refusals=tuple(refusals))
        wanted = (self._wanted(values, headings), *records)
        return IncomingRow(place, said["name"], wanted, cells, notes=tuple(notes))

    def _value(self, field: str, cell: str, records: list[Wanted], notes: list[str]) -> Any:
        """What a cell says; None where it says nothing. Raises ValueError with a German sentence."""
        if not cell:
            return None
        match field:
            case "kind":
                return _member(PotentialKind, cell)
            case "state":
                return _member(PotentialState, cell)
            case "public":
                return _yes(cell)
            case "name" if len(cell) > NAME_LENGTH:
                raise ValueError(f"Der Name ist länger als {NAME_LENGTH} Zeichen. Bitte kürzen.")
            case _ if field == PLACE:
                return self._area(cell, records, notes)
            case _ if field in _NAMED:
                return self._meant.key(_NAMED[field], cell)
        return cell

    def _area(self, cell: str, records: list[Wanted], notes: list[str]) -> Any:
        """The area of the places that a cell names, made where there is none of just these."""
        spot = self._places.by_name(cell)
        if spot.problem:
            raise ValueError(spot.problem)
        if spot.outside:
            raise ValueError(f"{spot.outside} liegt nicht im Landkreis. Bitte eine eigene Gemeinde angeben.")
        notes += [spot.note] if spot.note else []
        if spot.empty or (known := self._existing.area(spot)) is not None:
            return None if spot.empty else known
        keys = tuple(sorted(spot.municipalities))
        name = ", ".join(self._places.names[ags] for ags in keys)[:NAME_LENGTH]
        kind = AreaKind.MUNICIPALITY if len(keys) == 1 else AreaKind.GROUP
        records.append(Wanted(Area, {"name": name, "kind": kind, "municipalities": list(keys)}, key=keys))
        return New(Area, keys)

    def _wanted(self, values: dict[str, Any], headings: dict[str, str]) -> Wanted:
        """The recorded potential of that name, of several the one in that area; else a new one."""
        named = self._recorded.get(plain_name(values["name"]), [])
        there = [row for row in named if PLACE not in values or row[PLACE] == values[PLACE]]
        found = there if len(there) == 1 else named if len(named) == 1 else []
        if found:
            return Wanted(Potential, values, id=int(found[0]["id"]), columns=headings)
        key = (plain_name(values["name"]), str(values.get(PLACE)))
        return Wanted(Potential, {"kind": PotentialKind.OTHER, **values}, key=key, columns=headings)


def _cell(cells: Sequence[Any], column: int) -> str:
    return text(cells[column]) if column < len(cells) else ""


def _member(closed: type[T], said: str) -> T:
    words: dict[T, str] = WORDS[closed]  # type: ignore[assignment]
    for member, word in words.items():
        parts = {plain_name(part) for part in word.split(" und ")}
        if plain_name(said) in {plain_name(word), *parts}:
            return member
    raise ValueError(f"»{said[:30]}« steht nicht zur Wahl. Möglich sind: {', '.join(words.values())}.")


def _yes(said: str) -> bool:
    if plain_name(said) in _YES | _NO:
        return plain_name(said) in _YES
    raise ValueError(f"»{said[:30]}« ist weder ja noch nein. Bitte »ja« oder »nein« eintragen.")
