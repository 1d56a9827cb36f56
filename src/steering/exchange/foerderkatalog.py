"""The Förderkatalog des Bundes: federal projects as structures with a funding, known again by their FKZ."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from steering.analysis.incoming import IncomingRow, New, Place, Reading, Refusal, Wanted
from steering.analysis.incoming.cells import Unreadable
from steering.analysis.incoming.lists import known
from steering.analysis.incoming.lists.grids import SheetCells, text
from steering.analysis.incoming.names import plain_name
from steering.analysis.portfolio import Portfolio
from steering.exchange.incoming_files import IncomingFile
from steering.exchange.lists import spreadsheets
from steering.model import (
    AmountBasis,
    EndKind,
    Funding,
    FundingPart,
    Organisation,
    Payer,
    Structure,
    StructureKind,
)
from steering.model.base import NAME_LENGTH, TEXT_LENGTH
from steering.model.german import count, listing, read_day, read_euro

FKZ, RESSORT, AUTHORITY, RECIPIENT = "FKZ", "Ressort", "Projektträger", "Zuwendungsempfänger"
BODY, THEME, START, END = "Ausführende Stelle", "Thema", "Laufzeit von", "Laufzeit bis"
AMOUNT, JOINT, PROFILE, FORM = "Fördersumme in EUR", "Verbundprojekt", "Förderprofil", "Förderart"
# The heads of both generations; what is not named here is not needed.
_HEADINGS = {
    "FKZ": FKZ,
    "Ressort": RESSORT,
    "PT": AUTHORITY,
    "Administrierende Stelle": AUTHORITY,
    "Zuwendungsempfänger": RECIPIENT,
    "Förderempfänger /Auftragnehmer": RECIPIENT,
    "Ausführende Stelle": BODY,
    "Thema": THEME,
    "Thema des geförderten Vorhabens": THEME,
    "Laufzeit von": START,
    "Laufzeit bis": END,
    "Fördersumme in EUR": AMOUNT,
    "Förder- / Auftragssumme (Anteil des Bundes) in EUR": AMOUNT,
    "Förderprofil": PROFILE,
    "Verbundprojekt": JOINT,
    "Projekt": JOINT,
    "Förderart": FORM,
}
_NEEDED = (FKZ, RESSORT, RECIPIENT, BODY, THEME, START, END, AMOUNT)
_PLACE = ("Gemeindekennziffer", "Stadt/Gemeinde", "Ort", "Bundesland", "Staat")
_SOURCE = "Förderkatalog des Bundes"
_FUNDING_COLUMNS = {
    "start": START, "end": END, "approved_from": START, "approved_until": END, "amount_cents": AMOUNT,
    "notice_reference": FKZ,
}  # fmt: skip


@dataclass(frozen=True)
class _Columns:
    """Where what is meant stands; the places of recipient and executing body begin at a position each."""

    by_meaning: Mapping[str, int]
    recipient_place: int
    body_place: int

    def cell(self, cells: Sequence[Any], meaning: str) -> str:
        at = self.by_meaning.get(meaning, len(cells))
        return _shown(cells[at]) if at < len(cells) else ""

    def key_and_town(self, cells: Sequence[Any], start: int) -> tuple[str, str]:
        """Gemeindekennziffer with its zero, and the name of the place."""
        found = [_shown(cell).removesuffix(",00") for cell in cells[start : start + 3]] + [""] * 3
        key = found[0].zfill(8) if found[0].isdigit() and len(found[0]) == 7 else found[0]
        return key, found[1] or found[2]


def read(file: IncomingFile, portfolio: Portfolio, district: str, chosen: Collection[str] = ()) -> Reading:
    """The projects of a download, or of a workbook made of one; those of other Kreise are set apart.

    `chosen`: the FKZ to which the rows are limited, all without any. Raises FileRefused.
    """
    grid = next((each for each in spreadsheets.grids(file) if each.rows), SheetCells("", []))
    head = next((at for at, cells in enumerate(grid.rows[:20]) if _named(cells).get(FKZ) is not None), None)
    if head is None:
        raise file.refused(
            "hat keine Spalte »FKZ« und ist keine Liste des Förderkatalogs. "
            "Bitte im Förderkatalog des Bundes suchen und das Ergebnis als CSV speichern."
        )
    columns = _columns(file, grid.rows[head])
    catalogue = _Catalogue(file, portfolio, district, columns, _distinct(grid.rows[head]))
    wanted = {_plain_fkz(fkz) for fkz in chosen}
    rows, left = [], 0
    for number, cells in enumerate(grid.rows[head + 1 :], start=head + 2):
        if not any(_shown(cell) for cell in cells):
            continue
        if wanted and _plain_fkz(columns.cell(cells, FKZ)) not in wanted:
            left += 1
            continue
        rows.append(catalogue.row(number, cells))
    return Reading(tuple(rows), (*grid.notes, *_limited(wanted, rows, left)))


def _limited(wanted: Collection[str], rows: Sequence[IncomingRow], left: int) -> Iterator[str]:
    if wanted:
        yield f"Nicht gewählt: {count(left, 'Vorhaben', 'Vorhaben')} der Datei."
        missing = set(wanted) - {_plain_fkz(str(row.cells.get(FKZ, ""))) for row in rows}
        if missing:
            yield f"Nicht in der Datei: FKZ {listing(sorted(missing), 9)}. Bitte die Kennzeichen prüfen."


def _distinct(headings: Sequence[Any]) -> list[str]:
    """The headings with those that stand twice told apart, as they come back in a file of refused rows."""
    seen: Counter[str] = Counter()
    found = []
    for heading in map(_heading, headings):
        seen[heading] += 1
        found.append(heading if seen[heading] == 1 else f"{heading} ({seen[heading]})")
    return found


def _heading(cell: Any) -> str:
    """A heading in one line, without the number that tells it from one before it."""
    return re.sub(r" \(\d\)$", "", re.sub(r"\s+", " ", str(cell)).strip())


def _shown(cell: Any) -> str:
    """A cell as the catalogue writes it: days and amounts too, where a workbook holds them as such."""
    if isinstance(cell, float):
        return f"{cell:.2f}".replace(".", ",")
    return text(cell)


def _named(cells: Sequence[Any]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, cell in enumerate(cells):
        meaning = _HEADINGS.get(_heading(cell))
        if meaning is not None:
            found.setdefault(meaning, at)
    return found


def _columns(file: IncomingFile, cells: Sequence[Any]) -> _Columns:
    found = _named(cells)
    places = [at for at, cell in enumerate(cells) if _heading(cell) == _PLACE[0]]
    missing = [meaning for meaning in _NEEDED if meaning not in found]
    if len(places) < 2:
        missing.append(f"{_PLACE[0]} (zweimal)")
    if missing:
        raise file.refused(
            f"hat nicht alle Spalten des Förderkatalogs; es fehlt {listing(missing, 9)}. "
            "Bitte die CSV-Datei unverändert verwenden, wie der Förderkatalog sie liefert."
        )
    return _Columns(found, places[0], places[1])


class _Catalogue:
    """The records that rows mean, given which carriers and FKZ are recorded."""

    def __init__(
        self,
        file: IncomingFile,
        portfolio: Portfolio,
        district: str,
        columns: _Columns,
        headings: Sequence[str],
    ) -> None:
        self._file, self._district, self._columns, self._headings = file, district, columns, headings
        units = portfolio.organisations
        self._units = dict(zip(map(plain_name, units["name"]), units["id"], strict=True))
        fundings = portfolio.fundings
        self._fundings = {
            _plain_fkz(reference): int(key)
            for reference, key in zip(fundings["notice_reference"], fundings["id"], strict=True)
            if reference
        }
        self._municipalities = set(portfolio.municipalities["ags"])

    def row(self, number: int, cells: Sequence[Any]) -> IncomingRow:
        place = Place(self._file.name, "", number)
        said = {meaning: self._columns.cell(cells, meaning) for meaning in self._columns.by_meaning}
        funding, refusals = self._funding(place, said)
        for heading, cell in zip(self._headings, cells, strict=False):
            if isinstance(cell, Unreadable):
                refusals.append(Refusal(place, heading, cell.said[:200], cell.reason))
        given = dict(zip(self._headings, cells, strict=False)) | said
        carrier = said[BODY] or said[RECIPIENT]
        if not carrier:
            refusals.append(Refusal(place, BODY, "", "Der Träger fehlt. Bitte ergänzen."))
        key, town, outside = self._place(cells)
        title = said[THEME] or said[FKZ]
        if refusals:
            return IncomingRow(place, title, cells=given, outside=outside, refusals=tuple(refusals))
        recorded = self._fundings.get(_plain_fkz(said[FKZ]))
        if recorded is not None:
            del funding["notice_reference"]
            wanted = Wanted(Funding, funding, id=recorded, columns=_FUNDING_COLUMNS)
            return IncomingRow(place, title, (wanted,), given)
        records = self._records(said, funding, carrier, key, town)
        return IncomingRow(place, title, records, given, outside, notes=self._notes(said, carrier))

    def _place(self, cells: Sequence[Any]) -> tuple[str, str, str]:
        """Key and town of where the work is done or paid, and why that is outside."""
        body = self._columns.key_and_town(cells, self._columns.body_place)
        recipient = self._columns.key_and_town(cells, self._columns.recipient_place)
        for key, town in (body, recipient):
            if key.startswith(self._district):
                return key, town, ""
        return (*body, body[1] or "ohne Ort")

    def _funding(self, place: Place, said: Mapping[str, str]) -> tuple[dict[str, Any], list[Refusal]]:
        """What the catalogue says about the money, and what of it cannot be read."""
        refusals: list[Refusal] = []

        def value(column: str, reader: Any) -> Any:
            try:
                return reader(said[column])
            except ValueError as problem:
                refusals.append(Refusal(place, column, said[column][:200], str(problem)))
                return None

        if not _plain_fkz(said[FKZ]):
            reason = "Ohne FKZ lässt sich das Vorhaben später nicht wiedererkennen. Bitte ergänzen."
            refusals.append(Refusal(place, FKZ, said[FKZ], reason))
        start, end = value(START, read_day), value(END, read_day)
        # Zero is what the catalogue writes where the sum is not disclosed.
        cents = value(AMOUNT, read_euro) or None
        return {
            "start": start,
            "end": end,
            "end_kind": EndKind.FIXED if end else EndKind.UNKNOWN,
            "amount_cents": cents,
            "amount_basis": AmountBasis.TOTAL if cents else AmountBasis.UNKNOWN,
            "approved_from": start,
            "approved_until": end,
            "payer_name": said[RESSORT][:NAME_LENGTH],
            "notice_authority": said.get(AUTHORITY, "")[:NAME_LENGTH],
            "notice_reference": said[FKZ][:NAME_LENGTH],
        }, refusals

    def _records(
        self, said: Mapping[str, str], funding: Mapping[str, Any], carrier: str, key: str, town: str
    ) -> tuple[Wanted, ...]:
        fkz = _plain_fkz(said[FKZ])
        source = {"source": f"{_SOURCE}, FKZ {said[FKZ]}"}
        unit = self._units.get(plain_name(carrier))
        structure = {
            "name": _shortened(said[THEME] or said[FKZ]),
            "kind": StructureKind.PROJECT,
            "organisation_id": New(Organisation, plain_name(carrier)) if unit is None else int(unit),
            "end_kind": EndKind.UNKNOWN,
            "seat_place": town[:NAME_LENGTH],
            "seat_ags": key if key in self._municipalities else None,
            "note": _note(said),
            **source,
        }
        money = {
            **funding,
            "structure_id": New(Structure, fkz),
            "name": f"Bundesförderung {said[RESSORT]}, FKZ {said[FKZ]}"[:NAME_LENGTH],
            "payer": Payer.GRANT,
            "part": FundingPart.CARRYING,
            **source,
        }
        records = [
            Wanted(Structure, structure, key=fkz, columns={"name": THEME}),
            Wanted(Funding, money, key=fkz, columns=_FUNDING_COLUMNS),
        ]
        if unit is None:
            level, _ = known.guessed_level(carrier)
            house = {"name": _shortened(carrier), "level": level, **source}
            records.append(Wanted(Organisation, house, key=plain_name(carrier), columns={"name": BODY}))
        return tuple(records)

    def _notes(self, said: Mapping[str, str], carrier: str) -> tuple[str, ...]:
        notes = []
        if plain_name(carrier) not in self._units:
            _, words = known.guessed_level(carrier)
            notes.append(f"Neuer Träger; {words}, bitte prüfen.")
        if len(said[THEME]) > NAME_LENGTH:
            notes.append("Das Thema ist gekürzt und steht ganz in der Bemerkung.")
        return tuple(notes)


def _plain_fkz(said: str) -> str:
    """Without blanks and case, in which people copy it differently."""
    return re.sub(r"\s+", "", said).upper()


def _shortened(theme: str) -> str:
    """At most as long as a name may be, cut between words; without signs that a name may not bear."""
    clean = re.sub(r"\s+", " ", re.sub(r"[<>]", "", theme)).strip()
    return clean if len(clean) <= NAME_LENGTH else clean[: NAME_LENGTH - 2].rsplit(" ", 1)[0] + " …"


def _note(said: Mapping[str, str]) -> str:
    parts = [said[THEME]] if len(said[THEME]) > NAME_LENGTH else []
    parts += [f"{label}: {said[label]}" for label in (JOINT, PROFILE, FORM) if said.get(label)]
    if said[RECIPIENT] and said[RECIPIENT] != said[BODY]:
        parts.append(f"{RECIPIENT}: {said[RECIPIENT]}")
    return "\n".join(parts)[:TEXT_LENGTH]
