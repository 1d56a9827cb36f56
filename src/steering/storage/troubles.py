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
UNREACHABLE = "Der Datenbankserver ist nicht erreichbar oder überlastet."

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
# A connection that has met one of these stays so for good: it was opened read-only, or on what is gone.
_LASTING = {READ_ONLY, FAILING, DAMAGED, FOREIGN}


def cause(error: Exception) -> str | None:
    """What is the matter with the database; None where the statement is at fault instead."""
    if isinstance(error, Moved):
        return MISSING
    if isinstance(error, TimeoutError):
        return LOCKED
    if not isinstance(error, DBAPIError):
        return None
    if not isinstance(error.orig, sqlite3.Error):
        return UNREACHABLE if isinstance(error, OperationalError) else None
    if str(error.orig).startswith("no such table"):
        return FOREIGN
    return _BY_CODE.get((getattr(error.orig, "sqlite_errorcode", None) or 0) & 0xFF)


def is_lasting(found: str) -> bool:
    """Whether only a connection made anew can be better."""
    return found in _LASTING
