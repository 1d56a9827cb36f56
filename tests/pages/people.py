"""Persons of each role who look at pages."""

from __future__ import annotations

from datetime import datetime

from steering.model import PersonRole, PersonScope
from steering.storage.rights.acting import SignedIn
from tests.planted import WHO

ISSUER = "https://anmeldung.example"
NOW: datetime = WHO["now"]
KINDS = {
    "liest": (PersonRole.READ, PersonScope.OWN),
    "eigene": (PersonRole.EDIT, PersonScope.OWN),
    "alle": (PersonRole.EDIT, PersonScope.ALL),
    "verwaltet": (PersonRole.ADMINISTER, PersonScope.ALL),
}


def person(subject: str) -> SignedIn:
    return SignedIn(ISSUER, subject, NOW)
