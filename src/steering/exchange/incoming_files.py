"""Files from outside, looked at before anything reads them: what is hostile or broken is refused in words.

Every reader takes an `IncomingFile` and raises `FileRefused` with one German sentence that names the file
and what to do; the sentence is meant for the screen.
"""

from __future__ import annotations

import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from steering.model import texts

MEGABYTE = 1024 * 1024
LARGEST = 50 * MEGABYTE
LARGEST_UNPACKED = 400 * MEGABYTE
HIGHEST_RATIO = 300  # of unpacked to packed bytes; real workbooks stay below 50
MOST_MEMBERS = 5_000
MOST_COLUMNS = 1_000
MOST_ROWS = 200_000
MOST_CELLS = 10_000_000
MOST_FILLED_CELLS = 4_000_000
_CHUNK = MEGABYTE
_SAMPLE = 64 * 1024
_CONTROLS = bytes([*range(9), *range(14, 27), *range(28, 32), 127])
# Signs, and their share of all bytes: a text has none, but one that was damaged may have some.
_FEW, _FEW_CONTROLS = 32, 0.01
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DATABASE = b"SQLite format 3\x00"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# A tag reaches to the next bracket of either kind: so each byte is looked at once, whatever it is.
_PLACED = re.compile(rb'<(?:\w{1,20}:)?(?:c|row)\b[^<>]{0,500}?\br="([A-Z]{0,3})(\d{1,9})"')
_LONGEST_TAG = 600
_LONGEST_NAME = 120
BROKEN_ZIP = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, NotImplementedError, OSError,
    ValueError, RuntimeError, KeyError, IndexError, OverflowError,
)  # fmt: skip
"""What `zipfile` raises for damaged files."""
# How files begin that some people send as lists, and how they are called.
_BEGINNINGS = {
    b"%PDF": "ein PDF",
    b"\x89PNG": "ein Bild",
    b"\xff\xd8\xff": "ein Bild",
    b"GIF8": "ein Bild",
    b"{\\rtf": "ein Textdokument (RTF)",
    b"\x1f\x8b": "eine gepackte Datei",
    b"Rar!": "eine gepackte Datei",
    b"7z\xbc\xaf": "eine gepackte Datei",
    b"MZ": "ein Programm",
    b"BM": "ein Bild",
    b"II*\x00": "ein Bild",
    b"MM\x00*": "ein Bild",
    b"RIFF": "ein Bild oder eine Tonaufnahme",
    b"8BPS": "ein Bild",
    b"\x7fELF": "ein Programm",
    _DATABASE: "eine Datenbank",
}
# Where SQLite writes whose database it is, and what stands there in a GeoPackage: boundaries come as one.
_WHOSE, _GEOPACKAGES = slice(68, 72), (b"GPKG", b"GP10", b"GP11")

_OTHER_BOOKS = {
    "xl/workbook.bin": "eine Excel-Arbeitsmappe im Binärformat (XLSB)",
    "content.xml": "ein OpenDocument (ODS, ODT)",
    "word/document.xml": "ein Word-Dokument",
}


class FileRefused(Exception):
    """A file that cannot be read as what it is meant to be: why, and what to do."""


@dataclass(frozen=True)
class IncomingFile:
    """A file as somebody sent it: its name without folders, and what is in it."""

    name: str
    content: bytes

    @property
    def is_zip(self) -> bool:
        """Whether it is packed as XLSX, zipped Shapefiles and others are, whatever its name says."""
        return self.content.startswith(_ZIP)

    def refused(self, sentence: str) -> FileRefused:
        """The refusal whose sentence goes on after the file's name: `is no …. Please …`."""
        return FileRefused(f"»{self.name}« {sentence}")


def load(path: Path, *, largest: int = LARGEST) -> IncomingFile:
    """The file at a path, not larger than `largest` bytes. Raises FileRefused."""
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise FileRefused(f"»{path.name}« ist ein Ordner. Bitte eine Datei angeben.")
        if size > largest:
            raise _too_large(path.name, size, largest)
        return received(path.name, path.read_bytes(), largest=largest)
    except FileNotFoundError:
        raise FileRefused(f"»{_short(str(path))}« gibt es nicht. Bitte Name und Ordner prüfen.") from None
    except (OSError, ValueError):
        raise FileRefused(
            f"»{_short(str(path))}« lässt sich nicht öffnen. Bitte Rechte und Namen prüfen."
        ) from None


def received(name: str, content: bytes, *, largest: int = LARGEST) -> IncomingFile:
    """A file that came through the browser. Raises FileRefused where it is empty, too large, or no data."""
    file = IncomingFile(_short(texts.seen(texts.possible(Path(name.replace("\\", "/")).name))), content)
    if len(content) > largest:
        raise _too_large(file.name, len(content), largest)
    if not content.strip(b"\x00 \r\n\t\xef\xbb\xbf"):
        raise file.refused("ist leer. Bitte die Datei neu speichern lassen.")
    if (kind := _no_table(content)) is not None:
        raise file.refused(f"ist {kind}, keine Datentabelle. Bitte als XLSX oder CSV schicken lassen.")
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            raise file.refused("ist mit einem Kennwort geschützt. Bitte ohne Kennwort speichern lassen.")
        raise file.refused("hat das alte Excel- oder Word-Format. Bitte in Excel als »XLSX« speichern.")
    return file


def _no_table(content: bytes) -> str | None:
    """What a file is by its beginning, where that is nothing anybody reads here."""
    if content.startswith(_DATABASE) and content[_WHOSE] in _GEOPACKAGES:
        return None
    fitting = (
        kind
        for beginning, kind in _BEGINNINGS.items()
        if content.startswith(beginning) and (len(beginning) > 2 or _is_binary(content))
    )
    return next(fitting, None)


def check_text(file: IncomingFile) -> None:
    """Refuse what is no text, whatever it is called: a picture named .xls holds more than letters."""
    if _is_binary(file.content):
        raise file.refused(
            "ist kein Text und keine Tabelle, sondern etwa ein Bild. Bitte als XLSX oder CSV schicken lassen."
        )


def _is_binary(content: bytes) -> bool:
    """Whether more of a file are control signs than a text ever has; UTF-16 has a zero beside each letter."""
    sample = content[:_SAMPLE]
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")) or max(
        sample[at::2].count(0) * 2 for at in (0, 1)
    ) > 0.6 * len(sample):
        return False
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    return controls > max(_FEW, _FEW_CONTROLS * len(sample))


def check_zip(file: IncomingFile, *, largest: int = LARGEST_UNPACKED) -> dict[str, int]:
    """The members of a zip with their sizes, after all of it was unpacked once, with a limit.

    Raises FileRefused for a zip that is damaged, encrypted, or unpacks to more than it should.
    """
    with _open_zip(file) as archive:
        members = archive.infolist()
        if len(members) > MOST_MEMBERS:
            raise file.refused("enthält zu viele einzelne Teile. Bitte nur die eine Tabelle schicken lassen.")
        if any(member.flag_bits & 0x1 for member in members):
            raise file.refused("ist mit einem Kennwort geschützt. Bitte ohne Kennwort speichern lassen.")
        left = min(largest, max(HIGHEST_RATIO * len(file.content), 10 * MEGABYTE))
        for member in members:
            for chunk in _chunks(archive, member):
                left -= len(chunk)
                if left < 0:
                    raise file.refused(
                        "entpackt sich zu einer ungewöhnlich großen Datei und wurde nicht gelesen. Bitte in "
                        "Excel öffnen, leere Zeilen und Spalten löschen und neu speichern."
                    )
        return {member.filename: member.file_size for member in members}


def check_workbook(file: IncomingFile) -> None:
    """Refuse what is no workbook, has macros, or sheets of endless size."""
    if not file.is_zip:
        raise file.refused("ist keine Excel-Arbeitsmappe. Bitte in Excel als »XLSX« speichern.")
    members = check_zip(file)
    if "xl/workbook.xml" not in members:
        if other := next((word for part, word in _OTHER_BOOKS.items() if part in members), ""):
            raise file.refused(f"ist {other}, keine XLSX-Datei. Bitte in Excel als »XLSX« speichern.")
        raise file.refused("ist keine Excel-Arbeitsmappe, sondern etwas anderes. Bitte als XLSX speichern.")
    if any(name.endswith("vbaProject.bin") for name in members):
        raise file.refused("enthält Makros. Bitte in Excel als »Excel-Arbeitsmappe (*.xlsx)« speichern.")
    with _open_zip(file) as archive:
        for name in members:
            if "worksheets/" in name and name.endswith(".xml"):
                check_size(file, *_extent(file, archive, archive.getinfo(name)))


def check_size(file: IncomingFile, rows: int, columns: int) -> None:
    """Refuse a table that reaches further than any list does."""
    if rows > MOST_ROWS or columns > MOST_COLUMNS or rows * columns > MOST_CELLS:
        rows_word, columns_word = f"{rows:,}".replace(",", "."), f"{columns:,}".replace(",", ".")
        raise file.refused(
            f"reicht bis Zeile {rows_word} und Spalte {columns_word}, das ist zu viel für eine Liste. Bitte "
            "leere Zeilen und Spalten löschen und neu speichern."
        )


def _extent(file: IncomingFile, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> tuple[int, int]:
    """The last row and column that a sheet's XML names, whatever it says about its own dimension.

    Read piece by piece, so that a sheet is never in memory as a whole. Raises FileRefused for too many cells.
    """
    rows, columns, number, left = 0, set[bytes](), 0, b""
    for chunk in _chunks(archive, member):
        piece = left + chunk
        end = 0
        for found in _PLACED.finditer(piece):
            columns.add(found[1])
            rows, number, end = max(rows, int(found[2])), number + 1, found.end()
        left = piece[max(end, len(piece) - _LONGEST_TAG) :]
        if number > MOST_FILLED_CELLS:
            raise file.refused(
                f"hat mehr als {MOST_FILLED_CELLS // 1_000_000} Millionen Zellen, das ist zu viel für eine "
                "Liste. Bitte nur die nötigen Blätter und Zeilen schicken lassen."
            )
    return rows, max(map(_column, columns), default=0)


def _short(name: str) -> str:
    """A name that fits into a sentence, with its ending."""
    if len(name) > _LONGEST_NAME:
        name = f"{name[: _LONGEST_NAME - 10]}…{name[-9:]}"
    return name or "Datei"


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


@contextmanager
def _open_zip(file: IncomingFile) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
            yield archive
    except BROKEN_ZIP:
        raise file.refused("ist beschädigt oder unvollständig. Bitte neu schicken lassen.") from None


def _chunks(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(member) as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


def _too_large(name: str, size: int, largest: int) -> FileRefused:
    return FileRefused(
        f"»{name}« ist mit {size // MEGABYTE} MB zu groß; möglich sind {largest // MEGABYTE} MB. "
        "Bitte nur die nötigen Blätter und Zeilen schicken lassen."
    )
