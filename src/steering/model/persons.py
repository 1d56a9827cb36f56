"""Who may sign in, and what for: persons with their unit and their role, and what they have subscribed to."""

from datetime import date

from pydantic import NaiveDatetime
from sqlalchemy import DateTime, Text, UniqueConstraint
from sqlmodel import Field

from steering.model.base import Kept, Record, choice, name_field
from steering.model.enums import PersonRole, PersonScope, SubscriptionKind


class Person(Record, Kept, table=True):
    """Somebody known by the house's sign-in; whoever is not here may do nothing.

    `issuer` and `subject` are what the sign-in says, and together name one person for good; `name` is how the
    history names them, with the unit (`organisation_id`). `scope`: what somebody who edits may change, the
    records of the own unit and those below it, or all. `not_before`: the moment (UTC, ISO 8601) before which
    no sign-in counts any more; empty where none was ended. Archived, nobody may do anything either.
    For the administration of the program only: no page, file or paper shows persons.
    """

    __tablename__ = "person"
    __table_args__ = (UniqueConstraint("issuer", "subject", name="uq_person_issuer_subject"),)

    id: int | None = Field(default=None, primary_key=True)
    issuer: str = name_field()
    subject: str = name_field()
    name: str = name_field()
    mailbox: str = Field(default="", max_length=200)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    role: PersonRole = Field(default=PersonRole.READ, sa_type=choice(PersonRole))
    scope: PersonScope = Field(default=PersonScope.OWN, sa_type=choice(PersonScope))
    not_before: str = Field(default="", max_length=32)


class Subscription(Record, table=True):
    """An address under which a program of somebody's fetches dates or figures again and again.

    The address holds a secret; `digest` is all that is kept of it (SHA-256). `person_id`: whose it is, and
    what that person may is what it hands out; empty where nobody signs in. `filters` is JSON: what of it is
    wanted. `internal`: with what is for the administration only; `examples`: with examples. `made_at` is UTC,
    `fetched_on` the day on which it was last asked for.
    Bookkeeping like the revision: nobody edits it, so it has no version and no history; revoked it is gone.
    """

    __tablename__ = "subscription"

    id: int | None = Field(default=None, primary_key=True)
    kind: SubscriptionKind = Field(sa_type=choice(SubscriptionKind))
    digest: str = Field(max_length=64, unique=True)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    name: str = name_field()
    filters: str = Field(sa_type=Text)
    internal: bool = False
    examples: bool = True
    made_at: NaiveDatetime = Field(sa_type=DateTime)
    fetched_on: date | None = None
