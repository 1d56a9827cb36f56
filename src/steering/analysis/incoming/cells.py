"""What a cell of a file is beside a plain value: unreadable, standing for several rows, a share in percent.

Readers in `exchange` put these in the place of a value; an empty cell stays "" or None. Unreadable is never
empty: a row in which a column that counts is unreadable is refused, and nothing that is recorded changes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

HALF_LETTER = "\ufffd"
"""What stands where bytes make no letter."""
WITHOUT_RESULT = (
    "Die Formel hat kein gespeichertes Ergebnis. Bitte die Datei in Excel öffnen, speichern und neu einlesen."
)
_ERROR = (
    "»{}« ist ein Fehlerwert und keine Angabe. Bitte in der Tabelle berichtigen, oder die Zelle leeren, "
    "wenn nichts bekannt ist."
)
_HALF = "»{}« enthält ein unlesbares Zeichen. Bitte den Text berichtigen."
# Error values in German and English, of Excel and LibreOffice; a column too narrow shows nothing but hashes.
_ERRORS = re.compile(
    r"#(REF|N/A|BEZUG|WERT|VALUE|NAME|DIV/0|NULL|ZAHL|NUM|ÜBERLAUF|SPILL|KALK|CALC|FELD|FIELD|BLOCKIERT|"
    r"BLOCKED|VERBINDEN|CONNECT|UNBEKANNT|UNKNOWN|PYTHON|MAKRO|MACRO|ADDIN|EXTERN|BUSY)[!?]|"
    r"#(N/A|NV|GETTING_DATA|DATEN_ABRUFEN)!?|#{3,}|(Err|Fehler):\s?\d{3}",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A cell in which something stands that cannot be known: how it looks, and why, in German."""

    said: str
    reason: str

    def __str__(self) -> str:
        return self.said


@dataclass(frozen=True, slots=True)
class Spread:
    """What stands in a cell that was merged over several rows: `first` to `last`, counted from 1."""

    value: Any
    first: int
    last: int

    def __str__(self) -> str:
        return f"{self.value} (Zeilen {self.first} bis {self.last} zusammen)"


class Percent(float):
    """A number whose cell shows it in percent: 0.45 is seen as 45 %."""

    __slots__ = ()


def in_state(value: Any) -> Any:
    """A cell's value, or Unreadable where its text is an error value or has lost a letter."""
    if not isinstance(value, str) or not value:
        return value
    if HALF_LETTER in value:
        return Unreadable(value, _HALF.format(value.strip()[:40]))
    return error(value) or value


def error(said: str) -> Unreadable | None:
    """An error value, also where it was typed or came through as text; None for other text."""
    plain = said.strip()
    if not plain.startswith(("#", "E", "e", "F", "f")) or not _ERRORS.fullmatch(plain):
        return None
    return Unreadable(plain, _ERROR.format(plain))
