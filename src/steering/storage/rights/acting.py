"""On whose behalf an engine writes, and what that person may at this very moment.

An engine that nobody was attached to is used by who sits at the machine: the command line, the tests. Pages
attach who asks, always (`web.current.engine`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, Engine, RowMapping, select

from steering.model import Organisation, Person, PersonRole, PersonScope
from steering.model.german import listing
from steering.storage.engine import reading
from steering.storage.problems import StorageError
from steering.storage.rights.table import EVERY_RIGHT, RIGHTS, Right, role_in_words, who_may
from steering.storage.tables import table_of

_ACTS = "steering_acts_for"
_PERSONS = table_of(Person)
_UNITS = table_of(Organisation)
_MOST_NAMED = 3


@dataclass(frozen=True)
class SignedIn:
    """Who the sign-in says that somebody is. `since`: when they signed in (UTC); None where a proxy says it
    anew with each request. `name` and `mailbox`: what it calls them, for those who are to enter them."""

    issuer: str
    subject: str
    since: datetime | None = None
    name: str = ""
    mailbox: str = ""


@dataclass(frozen=True)
class AtTheMachine:
    """Whoever sits at the machine, where nobody signs in: may do everything.

    `shared`: others reach the program there. Once persons are entered who may do what is for the sign-in to
    say; where it is missing then, one can only look.
    """

    shared: bool = False


AT_THE_MACHINE = AtTheMachine()


@dataclass(frozen=True)
class Onlooker:
    """Somebody on another machine, where nobody signs in: may look."""


@dataclass(frozen=True)
class SignedOut:
    """Somebody who has not signed in, or no longer counts as signed in, where that is asked for."""

    ended: bool = False


Who = SignedIn | AtTheMachine | Onlooker | SignedOut


class RightMissing(StorageError):
    """Somebody may not do what they tried; the sentence says who can."""


@dataclass(frozen=True)
class Mandate:
    """What somebody may, and as who they write, as of one moment.

    `known`: whether they may look at all. `name`: how the history names them, empty where nobody signs in.
    `units`: the organisations whose records they may change; None for all. `ended`: whether it is the
    sign-in that counts no longer. `passed_over`: persons are entered, and who asks has not signed in as one,
    since that is not set up here.
    """

    known: bool
    rights: frozenset[Right] = frozenset()
    name: str = ""
    role: str = ""
    unit: int | None = None
    units: frozenset[int] | None = None
    key: int | None = None
    ended: bool = False
    passed_over: bool = False
    administrators: tuple[str, ...] = field(default=(), compare=False)

    def may(self, right: Right) -> bool:
        """Whether they have a right."""
        return right in self.rights


def acting_as(engine: Engine, who: Who) -> Engine:
    """The engine for what that person writes."""
    return engine.execution_options(**{_ACTS: who})


def mandate(engine: Engine) -> Mandate:
    """What the person behind an engine may now. Raises NotReadable."""
    with reading(engine) as connection:
        return mandate_in(connection)


def mandate_in(connection: Connection) -> Mandate:
    """The same within a transaction: what was taken away a moment ago is gone."""
    who: Who = connection.get_execution_options().get(_ACTS, AT_THE_MACHINE)
    match who:
        case AtTheMachine(shared):
            passed_over = _anybody_is_entered(connection)
            rights = frozenset[Right]() if shared and passed_over else EVERY_RIGHT
            return Mandate(True, rights, passed_over=passed_over)
        case Onlooker():
            return Mandate(True, passed_over=_anybody_is_entered(connection))
        case SignedOut(ended):
            return Mandate(False, ended=ended, administrators=administrators(connection))
        case SignedIn():
            return _of_person(connection, who)


def check(engine: Engine, right: Right) -> None:
    """Refuse what is no write and yet not for everybody. Raises RightMissing and NotReadable."""
    with reading(engine) as connection:
        require(connection, right)


def require(connection: Connection, right: Right) -> Mandate:
    """What the person behind a write may; raises RightMissing where that is not `right`."""
    found = mandate_in(connection)
    if not found.may(right):
        raise RightMissing(refusal(found, right))
    return found


def refusal(found: Mandate, right: Right) -> str:
    """Why somebody may not do something, and who can."""
    if not found.known:
        said = (
            "Die Anmeldung gilt nicht mehr." if found.ended else "Sie sind hier nicht als Person eingetragen."
        )
        return f"Nicht gespeichert: {said} {whom_to_ask(found.administrators)}"
    if found.passed_over:
        return (
            "Nicht gespeichert: Hier sind Personen eingetragen, und eine Anmeldung ist nicht eingerichtet. "
            "Bis dahin ist nur Lesen möglich. Bitte die Anmeldung einrichten lassen."
        )
    if not found.name:
        return (
            "Nicht gespeichert: Von einem anderen Rechner aus ist ohne Anmeldung nur Lesen möglich. Bitte an "
            "dem Rechner ändern, auf dem das Programm läuft, oder die Anmeldung einrichten lassen."
        )
    return (
        f"Nicht gespeichert: {right} kann, wer die Rolle »{who_may(right)}« hat; Ihre ist »{found.role}«. "
        f"{whom_to_ask(found.administrators)}"
    )


def whom_to_ask(names: Sequence[str]) -> str:
    """Who gives out roles, as a sentence."""
    if not names:
        return "Bitte wenden Sie sich an die Betreuung dieses Programms."
    return f"Rollen vergibt, wer hier verwaltet: {listing(list(names), most=_MOST_NAMED)}."


def administrators(connection: Connection) -> tuple[str, ...]:
    """The names of those who give out roles."""
    asked = (_PERSONS.c.role == PersonRole.ADMINISTER) & _PERSONS.c.archived_on.is_(None)
    return tuple(connection.execute(select(_PERSONS.c.name).where(asked).order_by(_PERSONS.c.name)).scalars())


def _anybody_is_entered(connection: Connection) -> bool:
    return (
        connection.execute(select(_PERSONS.c.id).where(_PERSONS.c.archived_on.is_(None))).first() is not None
    )


def below(connection: Connection, unit: int | None) -> frozenset[int]:
    """An organisation and all units below it."""
    found: set[int] = set()
    if unit is not None:
        children: dict[int | None, list[int]] = {}
        for key, parent in connection.execute(select(_UNITS.c.id, _UNITS.c.parent_id)):
            children.setdefault(parent, []).append(key)
        left = [unit]
        while left:
            key = left.pop()
            if key not in found:
                found.add(key)
                left += children.get(key, [])
    return frozenset(found)


def _of_person(connection: Connection, who: SignedIn) -> Mandate:
    same = (_PERSONS.c.issuer == who.issuer) & (_PERSONS.c.subject == who.subject)
    person = connection.execute(select(_PERSONS).where(same)).mappings().first()
    admins = administrators(connection)
    if person is None or person["archived_on"] is not None:
        return Mandate(False, administrators=admins)
    if who.since is not None and who.since.isoformat(timespec="microseconds") < person["not_before"]:
        return Mandate(False, ended=True, administrators=admins)
    role, scope = PersonRole(person["role"]), PersonScope(person["scope"])
    rights = RIGHTS[role, scope]
    return Mandate(
        True,
        rights,
        _signature(connection, person),
        role_in_words(role, scope),
        person["organisation_id"],
        None if Right.EDIT_ALL in rights else below(connection, person["organisation_id"]),
        person["id"],
        administrators=admins,
    )


def _signature(connection: Connection, person: RowMapping) -> str:
    """How the history names somebody: the person with the unit."""
    unit = select(_UNITS.c.name).where(_UNITS.c.id == person["organisation_id"])
    name = connection.execute(unit).scalar()
    return f"{person['name']} ({name})" if name else str(person["name"])
