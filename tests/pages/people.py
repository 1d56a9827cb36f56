"""Persons of each role who look at pages."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Engine

from steering.model import PersonRole, PersonScope
from steering.storage import persons
from steering.storage.rights.acting import SignedIn
from tests.planted import WHO, Planted

ISSUER = "https://anmeldung.example"
NOW: datetime = WHO["now"]
KINDS = {
    "liest": (PersonRole.READ, PersonScope.OWN),
    "eigene": (PersonRole.EDIT, PersonScope.OWN),
    "alle": (PersonRole.EDIT, PersonScope.ALL),
    "verwaltet": (PersonRole.ADMINISTER, PersonScope.ALL),
}


def move_in(engine: Engine) -> None:
    """Plant secrets in a database, and have a person of each role in Fachbereich 22."""
    Planted(engine)
    for subject, (role, scope) in KINDS.items():
        persons.grant(engine, ISSUER, subject, role, scope=scope, name=subject.title(), unit="fb-22", **WHO)


def person(subject: str) -> SignedIn:
    return SignedIn(ISSUER, subject, NOW)
