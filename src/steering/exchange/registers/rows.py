"""Official registers as rows to be compared and taken over, for one Kreis.

Rows of the file about other Kreise are set apart; where a municipality is new, its area and the district-wide
one come with it.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from steering.analysis.incoming import IncomingRow, New, Place, Reading, Refusal, Wanted
from steering.analysis.portfolio import Portfolio
from steering.exchange.incoming_files import FileRefused, IncomingFile
from steering.exchange.registers import boundaries, municipalities
from steering.exchange.registers.district_names import full_name
from steering.exchange.registers.municipalities import MunicipalityList, MunicipalityRow
from steering.model import Area, AreaKind, Boundary, BoundaryRole, Municipality
from steering.model.german import count, listing

_DISTRICTS = Path(__file__).parents[4] / "db" / "reference" / "districts.csv"
_ELSEWHERE = "gehört zu einem anderen Kreis"
_COLUMNS = {"name": "Gemeindename", "population": "Bevölkerung insgesamt", "area_km2": "Fläche km2"}


@lru_cache
def districts() -> Mapping[str, tuple[str, str]]:
    """Name and kind of every Kreis and kreisfreie Stadt, by key."""
    with _DISTRICTS.open(encoding="utf-8", newline="") as file:
        return {row["key"]: (row["name"], row["kind"]) for row in csv.DictReader(file)}


def district_name(key: str) -> str:
    """»Landkreis Coburg«, or the key where it is none that is known."""
    found = districts().get(key)
    return full_name(*found) if found else f"Kreis {key}"


def read_municipalities(file: IncomingFile, portfolio: Portfolio, district: str) -> Reading:
    """The Gemeindeverzeichnis for a Kreis; raises FileRefused where the Kreis is not in it."""
    register = municipalities.read(file.content, file.name)
    own = register.of_district(district)
    if not own:
        raise FileRefused(
            f"»{file.name}« enthält keine Gemeinden des Kreises {district}. "
            "Bitte den Kreisschlüssel prüfen oder das Verzeichnis für ganz Deutschland verwenden."
        )
    inhabited = [row.ags for row in own if row.inhabited and not row.problems]
    records = _Places(file, register, portfolio, district, inhabited)
    last = max((row.row for row in own if not row.problems), default=0)
    rows = tuple(
        records.row(row, is_last=row.row == last)
        if row.ags[:5] == district
        else IncomingRow(Place(file.name, register.sheet, row.row), row.name, outside=_ELSEWHERE)
        for row in register.rows
    )
    return Reading(rows, _municipality_notes(register, portfolio, district, {row.ags for row in own}))


def _municipality_notes(
    register: MunicipalityList, portfolio: Portfolio, district: str, found: set[str]
) -> tuple[str, ...]:
    source = f"{municipalities.words_of(register)}: {count(len(found), 'Gebiet', 'Gebiete')} des Kreises."
    known = portfolio.municipalities
    gone = known[known["ags"].str.startswith(district) & ~known["ags"].isin(found)]["name"].tolist()
    if not gone:
        return (source,)
    return (source, f"Nicht mehr im Verzeichnis, bleibt erhalten: {', '.join(gone)}. Bitte prüfen.")


class _Places:
    """The records that the rows of the own Kreis mean, given what is recorded."""

    def __init__(
        self,
        file: IncomingFile,
        register: MunicipalityList,
        portfolio: Portfolio,
        district: str,
        inhabited: list[str],
    ) -> None:
        self._file, self._register, self._district = file, register, district
        self._inhabited = inhabited
        mine = portfolio.municipalities
        self._known = set(mine.loc[mine["ags"].str.startswith(district), "ags"])
        self._area = _district_area(portfolio) if self._known else None
        self._source = municipalities.words_of(register)

    def row(self, row: MunicipalityRow, *, is_last: bool) -> IncomingRow:
        place = Place(self._file.name, self._register.sheet, row.row)
        refusals = tuple(Refusal(place, column, value, reason) for column, value, reason in row.problems)
        records = [self._municipality(row)]
        if row.ags not in self._known and row.inhabited:
            members = [New(Municipality, row.ags)]
            values = {"name": row.name, "kind": AreaKind.MUNICIPALITY, "municipalities": members}
            records.append(Wanted(Area, values, key=row.ags))
        if is_last and not set(self._inhabited) <= self._known:
            records.append(self._district_wide())
        cells = {"AGS": row.ags, "Gemeindename": row.name}
        return IncomingRow(place, row.name, () if refusals else tuple(records), cells, refusals=refusals)

    def _municipality(self, row: MunicipalityRow) -> Wanted:
        values: dict[str, Any] = {
            "ags": row.ags, "ars": row.ars, "name": row.name, "kind": row.kind, "inhabited": row.inhabited,
            "population": row.population, "reference_date": self._register.counted_on,
            "area_km2": row.area_km2, "postcode": row.postcode, "source": self._source,
        }  # fmt: skip
        if row.longitude is not None and row.latitude is not None:
            values |= {"longitude": row.longitude, "latitude": row.latitude}
        return Wanted(
            Municipality,
            values,
            id=row.ags if row.ags in self._known else None,
            key=row.ags,
            columns=_COLUMNS,
        )

    def _district_wide(self) -> Wanted:
        """The area of the whole Kreis, with what is new in it; what is no longer listed stays in it."""
        new = [New(Municipality, ags) for ags in self._inhabited if ags not in self._known]
        if self._area is not None:
            key, members = self._area
            return Wanted(Area, {"municipalities": [*members, *new]}, id=key)
        name = full_name(*self._register.districts.get(self._district, (district_name(self._district), "")))
        values = {"name": name, "kind": AreaKind.DISTRICT, "municipalities": new}
        return Wanted(Area, values, key=self._district)


def _district_area(portfolio: Portfolio) -> tuple[int, list[str]] | None:
    wide = portfolio.areas.loc[portfolio.areas["kind"] == AreaKind.DISTRICT, "id"]
    if wide.empty:
        return None
    key, members = int(wide.iloc[0]), portfolio.area_municipalities
    return key, members.loc[members["area_id"] == key, "ags"].tolist()


def read_boundaries(
    file: IncomingFile,
    portfolio: Portfolio,
    district: str,
    stored: frozenset[str] = frozenset(),
    names: Mapping[str, str] | None = None,
) -> Reading:
    """The boundaries of a Kreis and its neighbours; `stored` are the keys of those that are there already.

    `names` are those of the municipalities by AGS, where they are not in the Portfolio.
    Each feature of the file is a row. A neighbouring Kreis belongs to the first of its features.
    """
    areas = boundaries.read(file.content, file.name)
    outlines = {each.key: each for each in boundaries.outlines(areas, district, districts())}
    if names is None:
        names = dict(zip(portfolio.municipalities["ags"], portfolio.municipalities["name"], strict=True))
    rows, done = [], set()
    features = zip(areas.rows, areas.ags, areas.names, areas.drawn, strict=True)
    for number, ags, title, drawn in features:
        place = Place(file.name, areas.layer, int(number))
        key = str(ags) if ags.startswith(district) else str(ags)[:5]
        found = outlines.get(key)
        given = {"AGS": str(ags), "GEN": title}
        if key == ags and not drawn:
            reason = "Ohne Geometrie. Bitte eine vollständige Datei verwenden."
            rows.append(
                IncomingRow(place, title, cells=given, refusals=(Refusal(place, "", str(ags), reason),))
            )
        elif found is None or key in done:
            outside = "" if key == ags else _ELSEWHERE
            rows.append(IncomingRow(place, title, outside=outside))
        else:
            done.add(key)
            rows.append(IncomingRow(place, title, (_boundary(found, areas.attribution, names, stored),)))
    around = sum(len(key) == 5 for key in outlines)
    note = f"{areas.attribution}: {count(len(outlines) - around, 'Gebiet', 'Gebiete')} des Kreises, "
    note += f"{count(around, 'Nachbarkreis', 'Nachbarkreise')}."
    return Reading(tuple(rows), (note, *_mismatch(outlines, names, district)))


def _mismatch(outlines: Collection[str], names: Mapping[str, str], district: str) -> tuple[str, ...]:
    """What says that boundaries and municipalities are of different years."""
    mine = {ags for ags in names if ags.startswith(district)}
    drawn = {key for key in outlines if len(key) == 8}
    if not mine or mine == drawn:
        return ()
    without = sorted(names[ags] for ags in mine - drawn)
    parts = [f"ohne Grenze: {listing(without)}"] if without else []
    parts += [f"Grenze ohne Gemeinde im Verzeichnis: {listing(sorted(drawn - mine))}"] if drawn - mine else []
    return (f"Grenzen und Gemeindeverzeichnis sind verschieden alt ({'; '.join(parts)}).",)


def read_both(listed: IncomingFile, drawn: IncomingFile, portfolio: Portfolio, district: str) -> Reading:
    """Both registers for a Kreis for which nothing is recorded yet, as one list of rows."""
    one = read_municipalities(listed, portfolio, district)
    names = {
        wanted.values["ags"]: wanted.values["name"]
        for row in one.rows
        for wanted in row.records
        if wanted.record is Municipality
    }
    two = read_boundaries(drawn, portfolio, district, names=names)
    return Reading((*one.rows, *two.rows), (*one.notes, *two.notes))


def _boundary(
    outline: boundaries.NamedOutline, attribution: str, names: Mapping[str, str], stored: frozenset[str]
) -> Wanted:
    is_own = len(outline.key) == 8
    values = {
        "key": outline.key,
        "role": BoundaryRole.OWN if is_own else BoundaryRole.NEIGHBOUR,
        "name": names.get(outline.key, outline.name),
        "kind": outline.kind or "Kreis",
        "geometry": outline.text,
        "label_longitude": outline.label[0],
        "label_latitude": outline.label[1],
        "attribution": attribution,
    }
    return Wanted(Boundary, values, id=outline.key if outline.key in stored else None, key=outline.key)
