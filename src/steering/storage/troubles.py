"""Why a database takes or gives nothing at the moment, in words that say what is to be done."""

from __future__ import annotations

import sqlite3

from sqlalchemy.exc import DBAPIError, OperationalError, TimeoutError

from steering.storage.database_file import Moved

LOCKED = "Die Datenbank ist gerade durch ein anderes Programm gesperrt."
FULL = "Der Datenträger ist voll; bitte Platz schaffen lassen."
READ_ONLY = "Die Datenbank ist schreibgeschützt; bitte das Schreiben erlauben lassen."
MISSING = "Die Datei der Datenbank wurde verschoben, ersetzt oder gelöscht; bitte zurücklegen lassen."
CLOSED = "Die Datei der Datenbank fehlt oder lässt sich nicht öffnen; bitte die Betreuung fragen."
FAILING = "Der Datenträger ist voll oder meldet einen Fehler; bitte die Betreuung fragen."
DAMAGED = "Die Datei der Datenbank ist beschädigt; bitte eine Sicherung einspielen lassen."
FOREIGN = "Am Ort der Datenbank liegt etwas anderes; bitte die Betreuung fragen."
UNREACHABLE = "Der Datenbankserver ist nicht erreichbar; bitte warten oder die Betreuung fragen."
OVERLOADED = "Die Datenbank ist gerade überlastet; bitte etwas warten."
SLOW = "Der Datenbankserver hat abgebrochen, weil es zu lange dauerte."
FORBIDDEN = "Der Datenbankserver erlaubt es dem Programm nicht; bitte die Betreuung fragen."

_BY_CODE = {
    sqlite3.SQLITE_BUSY: LOCKED,
    sqlite3.SQLITE_LOCKED: LOCKED,
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_READONLY: READ_ONLY,
    sqlite3.SQLITE_PERM: READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: CLOSED,
    sqlite3.SQLITE_IOERR: FAILING,
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_NOTADB: FOREIGN,
}
# Where room for what a reader notes beside the database is not to be had.
_BY_WHOLE_CODE = {sqlite3.SQLITE_IOERR_SHMSIZE: FULL}
# By what PostgreSQL calls SQLSTATE, or the class that its first two letters are.
_BY_STATE = {
    "08": UNREACHABLE,
    "57P01": UNREACHABLE,
    "57P02": UNREACHABLE,
    "57P03": UNREACHABLE,
    "57P05": UNREACHABLE,
    "3D000": UNREACHABLE,
    "53": OVERLOADED,
    "53100": FULL,
    "25006": READ_ONLY,
    "55P03": LOCKED,
    "40": LOCKED,
    "57014": SLOW,
    "25P03": SLOW,
    "28": FORBIDDEN,
    "42501": FORBIDDEN,
    "42P01": FOREIGN,
    "3F000": FOREIGN,
    "58": FAILING,
    "XX001": DAMAGED,
    "XX002": DAMAGED,
}
# A connection that has met one of these stays so for good: it was opened read-only, or on what is gone.
_LASTING = {READ_ONLY, FAILING, DAMAGED, FOREIGN}


def cause(error: Exception) -> str | None:
    """What is the matter with the database; None where the statement is at fault instead."""
    if isinstance(error, Moved):
        return MISSING
    if isinstance(error, TimeoutError):
        return OVERLOADED
    if not isinstance(error, DBAPIError):
        return None
    if not isinstance(error.orig, sqlite3.Error):
        return _on_a_server(error)
    if str(error.orig).startswith("no such table"):
        return FOREIGN
    return of_sqlite(error.orig)


def of_sqlite(error: sqlite3.Error) -> str | None:
    """What SQLite's own code says is the matter; None for what is none of these."""
    code = getattr(error, "sqlite_errorcode", None) or 0
    return _BY_WHOLE_CODE.get(code) or _BY_CODE.get(code & 0xFF)


def _on_a_server(error: DBAPIError) -> str | None:
    state = getattr(error.orig, "sqlstate", None) or ""
    if found := _BY_STATE.get(state) or _BY_STATE.get(state[:2]):
        return found
    # Who does not get through at all is told no state.
    return UNREACHABLE if not state and isinstance(error, OperationalError) else None


def own_word(error: BaseException) -> str:
    """What SQLite or PostgreSQL itself calls it, a word without anything of the data; "" for neither."""
    return getattr(error, "sqlite_errorname", None) or getattr(error, "sqlstate", None) or ""


def is_damage(error: Exception) -> bool:
    """Whether it is the file itself that is at fault, as far as anything is known; not what it lies on, who
    else has it, or what one may."""
    return cause(error) in {DAMAGED, FOREIGN, None}


def is_lasting(found: str) -> bool:
    """Whether only a connection made anew can be better."""
    return found in _LASTING
