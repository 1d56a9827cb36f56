"""The official list of municipalities: GV-ISys workbooks and GV100AD files of fixed width.

Both are read by position, as their makers document it: headings differ from issue to issue.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from typing import Any

import openpyxl

from steering.exchange.cells import packages
from steering.exchange.incoming_files import FileRefused, IncomingFile
from steering.exchange.registers import cells as register_cells
from steering.exchange.registers.files import Archive
from steering.model.german import day

# Textkennzeichen of Satzart 40 and 60.
_DISTRICT_KINDS = {
    "41": "Kreisfreie Stadt",
    "42": "Stadtkreis",
    "43": "Kreis",
    "44": "Landkreis",
    "45": "Regionalverband",
}
_KINDS = {
    "60": "Markt",
    "61": "Kreisfreie Stadt",
    "62": "Stadtkreis",
    "63": "Stadt",
    "64": "Gemeinde",
    "65": "Gemeindefreies Gebiet",
    "66": "Gemeindefreies Gebiet",
    "67": "Große Kreisstadt",
}
_UNINHABITED = "66"
_ROW_KINDS = ("10", "20", "30", "40", "50", "60")
_WIDTH, _NEEDED = 220, 150  # of a line; of what this program reads, the population ends at 150
_MOST_ROWS, _MOST_COLUMNS = 100_000, 20
_HELP = (
    "Bitte das Gemeindeverzeichnis des Statistischen Bundesamts wählen (GV-ISys als XLSX, GV100AD als TXT)."
)


@dataclass(frozen=True)
class MunicipalityRow:
    """A municipality as the list has it, or with `problems` (column, value, reason) why it cannot be used.

    `row` counts from 1 in the sheet or file. Population in persons, area in km², degrees in WGS 84.
    """

    row: int
    ags: str
    ars: str
    name: str
    kind: str
    inhabited: bool
    population: int | None
    area_km2: float | None
    postcode: str
    longitude: float | None = None
    latitude: float | None = None
    problems: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class MunicipalityList:
    """A list of municipalities: its rows, the Kreise by key as (name, kind), and the days it is about.

    `sheet` is "" for a file without sheets; `as_of` the Gebietsstand, `counted_on` the population's day.
    """

    sheet: str
    rows: tuple[MunicipalityRow, ...]
    districts: dict[str, tuple[str, str]]
    as_of: date | None
    counted_on: date | None

    def of_district(self, key: str) -> list[MunicipalityRow]:
        """The municipalities of a Kreis, in the order of the list."""
        return [row for row in self.rows if row.ags[:5] == key]


def read(content: bytes, name: str) -> MunicipalityList:
    """The list in a file of either form; raises FileRefused where it is something else."""
    if content.startswith(b"PK"):
        register = _packed(content, name)
    elif content.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileRefused(
            f"»{name}« ist eine alte oder mit einem Kennwort geschützte Excel-Datei. "
            "Bitte in Excel öffnen und ohne Kennwort als XLSX speichern."
        )
    else:
        register = _fixed_width(content, name)
    if not register.rows:
        raise FileRefused(f"»{name}« enthält keine Gemeinden (Satzart 60). {_HELP}")
    return register


def plain_name(name: str) -> str:
    """The name without what it bears behind a comma: »Bad Rodach, St« → »Bad Rodach«."""
    return name.split(",")[0].strip()


@dataclass
class _Collected:
    """What has been read so far, whatever the form of the file."""

    rows: list[MunicipalityRow] = field(default_factory=list)
    districts: dict[str, tuple[str, str]] = field(default_factory=dict)
    kinds_seen: set[str] = field(default_factory=set)

    def add_district(self, key: str, name: str, code: str) -> None:
        if re.fullmatch(r"\d{5}", key):
            self.districts[key] = (plain_name(name), _DISTRICT_KINDS.get(code, "Kreis"))

    def add(
        self, row: int, ags: str, ars: str, name: str, code: str, *, whole: bool = True, **cells: Any
    ) -> None:
        """A municipality; each of `cells` is a field's column, what stands there, and how it is read."""
        problems: list[tuple[str, str, str]] = []
        if not re.fullmatch(r"\d{8}", ags):
            reason = "Kein Amtlicher Gemeindeschlüssel mit acht Ziffern. Bitte die Zeile in der Datei prüfen."
            problems.append(("Amtlicher Regionalschlüssel", ags, reason))
        if not whole:
            problems.append(("", "", "Die Zeile ist abgeschnitten. Bitte die Originaldatei verwenden."))
        if not plain_name(name):
            problems.append(("Gemeindename", name, "Der Name fehlt. Bitte ergänzen."))
        values = {}
        for key, (column, text, read_cell) in cells.items():
            try:
                values[key] = read_cell(text)
            except ValueError:
                values[key] = None
                problems.append((column, str(text)[:50], "Keine Zahl, die hier stehen kann. Bitte prüfen."))
        self.rows.append(
            MunicipalityRow(
                row=row, ags=ags, ars=ars, name=plain_name(name), kind=_KINDS.get(code, "Gemeinde"),
                inhabited=code != _UNINHABITED, problems=tuple(problems), **values,
            )
        )  # fmt: skip

    def add_wrong_kind(self, row: int, kind: str, ags: str, name: str) -> None:
        """A row of a Satzart that no edition of the list has: refused, rather than lost."""
        reason = f"Diese Satzart gibt es nicht; möglich sind {', '.join(_ROW_KINDS)}. Bitte die Zeile prüfen."
        self.rows.append(
            MunicipalityRow(
                row=row, ags=ags, ars="", name=plain_name(name), kind="", inhabited=True, population=None,
                area_km2=None, postcode="", problems=(("Satzart", kind, reason),),
            )
        )  # fmt: skip


def _packed(content: bytes, name: str) -> MunicipalityList:
    """A workbook, or the list in the zip in which the Bundesamt hands it out."""
    archive = Archive(content, name)  # refuses bombs and broken files before anything is unpacked
    if not archive.names("workbook.xml"):
        texts = archive.names(".txt", ".asc", ".csv")
        if listed := next((each for each in texts if "gv100ad" in each.lower()), None):
            return _fixed_width(archive.read(listed), name)
        for each in archive.names(".xlsx"):
            return _workbook(archive.read(each), name)
        for each in sorted(texts, key=lambda each: -len(archive.read(each))):
            return _fixed_width(archive.read(each), name)
    return _workbook(packages.usual(IncomingFile(name, content)).content, name)


def _workbook(content: bytes, name: str) -> MunicipalityList:
    Archive(content, name)
    try:
        book = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=True)
        sheet = _sheet(book, name)
        rows = list(_rows(sheet))
    except FileRefused:
        raise
    except Exception as error:
        # openpyxl lets through whatever zip, XML and its own checks raise on damaged files.
        raise FileRefused(f"»{name}« lässt sich nicht als Excel-Datei lesen. {_HELP}") from error
    collected = _Collected()
    for number, cells in rows:
        _take(collected, number, cells)
    if not collected.kinds_seen & set(_ROW_KINDS):
        raise FileRefused(
            f"»{name}«, Blatt »{sheet.title}«: In der ersten Spalte steht keine Satzart. {_HELP}"
        )
    heading = " ".join(str(cell) for _, cells in rows[:6] for cell in cells if cell)
    return MunicipalityList(
        sheet=sheet.title,
        rows=tuple(collected.rows),
        districts=collected.districts,
        as_of=_day_after(r"Gebietsstand am ", heading) or _day_after(r"Postleitzahl am ", heading),
        counted_on=_population_day(rows[:6]),
    )


def _sheet(book: Any, name: str) -> Any:
    for sheet in book.worksheets:
        if sheet.title.startswith("Onlineprodukt_Gemeinden"):
            return sheet
    if len(book.worksheets) == 1:
        return book.worksheets[0]
    raise FileRefused(f"»{name}« hat kein Blatt »Onlineprodukt_Gemeinden…«. {_HELP}")


def _rows(sheet: Any) -> Iterator[tuple[int, tuple[Any, ...]]]:
    rows = sheet.iter_rows(max_row=_MOST_ROWS, max_col=_MOST_COLUMNS, values_only=True)
    for number, cells in enumerate(rows, start=1):
        if any(cell is not None for cell in cells):
            yield number, (*cells, *[None] * (_MOST_COLUMNS - len(cells)))


def _take(collected: _Collected, number: int, cells: Sequence[Any]) -> None:
    kind = register_cells.text(cells[0])
    collected.kinds_seen.add(kind)
    land, rb, kreis, vb, gem = (
        register_cells.digits(cell, width) for cell, width in zip(cells[2:7], (2, 1, 2, 4, 3), strict=True)
    )
    code, name = register_cells.text(cells[1]), register_cells.text(cells[7])
    if kind == "40":
        collected.add_district(land + rb + kreis, name, code)
    elif kind == "60":
        collected.add(
            number, land + rb + kreis + gem, land + rb + kreis + vb + gem, name, code,
            area_km2=("Fläche km2", cells[8], register_cells.positive),
            population=("Bevölkerung insgesamt", cells[9], register_cells.count),
            postcode=("Postleitzahl", cells[13], register_cells.postcode),
            longitude=("Längengrad", cells[14], register_cells.degrees(5, 16)),
            latitude=("Breitengrad", cells[15], register_cells.degrees(47, 56)),
        )  # fmt: skip
    elif kind not in _ROW_KINDS and re.fullmatch(r"\d\d", kind):
        collected.add_wrong_kind(number, kind, land + rb + kreis + gem, name)


def _fixed_width(content: bytes, name: str) -> MunicipalityList:
    text = _decoded(content, name)
    lines = text.splitlines()
    if not lines or not any(re.match(r"[1-6]0\d{8}", line) for line in lines[:50]):
        raise FileRefused(f"»{name}« ist kein Gemeindeverzeichnis. {_HELP}")
    collected = _Collected()
    days = set()
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        kind = line[:2]
        collected.kinds_seen.add(kind)
        days.add(line[2:10])
        if kind == "40":
            collected.add_district(line[10:15].strip(), line[22:72].strip(), line[122:124])
        elif kind == "60":
            _take_line(collected, number, line)
        elif kind not in _ROW_KINDS:
            collected.add_wrong_kind(number, kind, line[10:18].strip(), line[22:72].strip())
    as_of = max((found for found in map(_packed_day, days) if found), default=None)
    return MunicipalityList("", tuple(collected.rows), collected.districts, as_of, as_of)


def _take_line(collected: _Collected, number: int, line: str) -> None:
    whole = len(line) >= _NEEDED
    line = line.ljust(_WIDTH)
    key, union = line[10:18].strip(), line[18:22].strip()
    collected.add(
        number, key, f"{key[:5]}{union}{key[5:]}", line[22:72].strip(), line[122:124], whole=whole,
        area_km2=("Fläche (Stellen 129–139)", line[128:139].strip(), register_cells.hectares),
        population=("Bevölkerung (Stellen 140–150)", line[139:150].strip(), register_cells.count),
        postcode=("Postleitzahl (Stellen 166–170)", line[165:170].strip(), register_cells.postcode),
    )  # fmt: skip


def _decoded(content: bytes, name: str) -> str:
    if b"\x00" in content[:4096]:
        raise FileRefused(f"»{name}« ist kein Gemeindeverzeichnis. {_HELP}")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


def words_of(register: MunicipalityList) -> str:
    """The source of a municipality's figures: »Destatis, Gemeindeverzeichnis …, Gebietsstand 30.06.2024«."""
    found = f", Gebietsstand {day(register.as_of)}" if register.as_of else ""
    return f"Destatis, Gemeindeverzeichnis GV-ISys{found}"


def _day_after(before: str, text: str) -> date | None:
    found = re.search(before + r"(\d{2})\.(\d{2})\.(\d{4})", text)
    return _date(found[3], found[2], found[1]) if found else None


def _population_day(rows: Iterable[tuple[int, Sequence[Any]]]) -> date | None:
    """The day below the heading of the population; the area's day stands left of it."""
    for _, cells in rows:
        cell = cells[9]
        if isinstance(cell, datetime):
            return cell.date()
        if found := re.search(r"(\d{2})\.(\d{2})\.(\d{4})", register_cells.text(cell)):
            return _date(found[3], found[2], found[1])
    return None


def _packed_day(text: str) -> date | None:
    return _date(text[:4], text[4:6], text[6:8]) if text.isdigit() else None


def _date(year: str, month: str, day_of_month: str) -> date | None:
    try:
        return date(int(year), int(month), int(day_of_month))
    except ValueError:
        return None
