"""The rights, which role has which, and what is said where one is missing."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from steering.model import PersonRole, PersonScope
from steering.model.vocabulary import word


class Right(StrEnum):
    """Something that not everybody may do; the value says it as the beginning of a German sentence."""

    PUBLISH = "Kalenderdateien ausgeben"
    VIEWS = "Ansichten und Filter für sich merken"
    SHARE = "Ansichten mit allen teilen"
    INTERNAL = "Sehen, was nur für die Verwaltung ist,"
    EDIT = "Ändern"
    EDIT_ALL = "Ändern, was nicht der eigenen Einheit gehört,"
    UNDO = "Änderungen zurücknehmen"
    IMPORT = "Dateien einlesen"
    PAPERS = "Vorlagen schreiben"
    RELEASE = "Freigeben, was öffentlich wird,"
    CLOSE_ROUND = "Eine Koordinierungsrunde abschließen"
    CLOSE_YEAR = "Ein Haushaltsjahr abschließen und wieder öffnen"
    SETTINGS = "Einstellungen ändern"
    ERASE = "Kontaktdaten aus dem Verlauf löschen"
    BACKUPS = "Sicherungen herunterladen und einspielen"
    PERSONS = "Personen und ihre Rollen ändern"


_READING = frozenset({Right.PUBLISH, Right.VIEWS})
_OWN_UNIT = _READING | {Right.SHARE, Right.INTERNAL, Right.EDIT, Right.UNDO, Right.IMPORT}
_EDITING = _OWN_UNIT | {Right.EDIT_ALL, Right.PAPERS, Right.RELEASE, Right.CLOSE_ROUND}
EVERY_RIGHT = frozenset(Right)
RIGHTS: Mapping[tuple[PersonRole, PersonScope], frozenset[Right]] = {
    (PersonRole.READ, PersonScope.OWN): _READING,
    (PersonRole.READ, PersonScope.ALL): _READING,
    (PersonRole.EDIT, PersonScope.OWN): _OWN_UNIT,
    (PersonRole.EDIT, PersonScope.ALL): _EDITING,
    (PersonRole.ADMINISTER, PersonScope.OWN): EVERY_RIGHT,
    (PersonRole.ADMINISTER, PersonScope.ALL): EVERY_RIGHT,
}
"""What each role may; who administers does so for all units."""


def role_in_words(role: PersonRole, scope: PersonScope) -> str:
    """A role as the screen names it: Bearbeiten (eigene Einheit)."""
    return f"{word(role)} ({word(scope)})" if role is PersonRole.EDIT else word(role)


def who_may(right: Right) -> str:
    """The smallest role that has a right, in words."""
    role, scope = next(kind for kind, rights in RIGHTS.items() if right in rights)
    return role_in_words(role, scope)
