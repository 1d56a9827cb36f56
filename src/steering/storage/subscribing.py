"""Subscriptions: made, renewed and revoked by whose they are, and found by the secret in their address."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping, Select, bindparam, delete, func, insert, select, update

from steering.analysis.dates import WantedDates
from steering.analysis.structures.inventory import Selection
from steering.model import Person, Subscription, SubscriptionKind
from steering.storage import saved_views
from steering.storage.engine import reading
from steering.storage.problems import Invalid, Problem
from steering.storage.rights import acting
from steering.storage.rights.acting import AT_THE_MACHINE, SignedIn, Who, acting_as
from steering.storage.rights.table import Right
from steering.storage.rows import Row
from steering.storage.saving import saving
from steering.storage.tables import table_of
from steering.storage.validation import check

MOST = 20
_SUBSCRIPTIONS, _PERSONS = table_of(Subscription), table_of(Person)
_MINE = (
    select(_SUBSCRIPTIONS)
    .where(_SUBSCRIPTIONS.c.person_id.is_not_distinct_from(bindparam("me")))
    .order_by(_SUBSCRIPTIONS.c.id)
)
# 256 bits: nobody guesses one, so what is kept of it need not be slow to reckon.
_BYTES = 32


@dataclass(frozen=True)
class WantedView:
    """Which saved view is fetched as a table: its id, and its address as it was then.

    An id is given to another view once the first is deleted, or a backup is put back; the address tells.
    """

    view: int
    page: str
    query: str
    internal: bool = False
    examples: bool = True


Subscribed = WantedDates | WantedView


@dataclass(frozen=True)
class Held:
    """A subscription as its owner sees it; `made_at` is UTC."""

    id: int
    kind: SubscriptionKind
    name: str
    wanted: Subscribed
    made_at: datetime
    fetched_on: date | None


@dataclass(frozen=True)
class Fetched:
    """A subscription that a program asks for; `wanted` is what the owner may have at this moment."""

    id: int
    name: str
    wanted: Subscribed
    owner: Who
    fetched_on: date | None


def subscribe(engine: Engine, kind: SubscriptionKind, name: str, wanted: Subscribed, *, now: datetime) -> str:
    """Make a subscription of who asks; the secret of its address, which is said this once.

    Raises Invalid, and as `saving` does.
    """
    with saving(engine, Right.PUBLISH) as (connection, mandate):
        if wanted.internal and not mandate.may(Right.INTERNAL):
            raise acting.RightMissing(acting.refusal(mandate, Right.INTERNAL))
        of_mine = _SUBSCRIPTIONS.c.person_id == mandate.key
        if connection.execute(select(func.count()).where(of_mine)).scalar_one() >= MOST:
            raise Invalid(Problem(0, "name", f"Sie haben schon {MOST} Abonnements. Bitte eines widerrufen."))
        token = secrets.token_urlsafe(_BYTES)
        values = {
            "kind": kind, "digest": _digest(token), "person_id": mandate.key, "name": name,
            "filters": _as_text(wanted), "internal": wanted.internal,
            "examples": wanted.examples, "made_at": now,
        }  # fmt: skip
        row, wrong = check(Subscription, values)
        if wrong:
            raise Invalid(*(Problem(0, field, said) for field, said in wrong.items()))
        connection.execute(insert(_SUBSCRIPTIONS).values({k: v for k, v in row.items() if k != "id"}))
    return token


def renew(engine: Engine, key: int, *, now: datetime) -> str:
    """Put a new secret in the place of the old one, which leads nowhere from now on.

    Raises Invalid where it is not theirs or was revoked, and as `saving` does.
    """
    token = secrets.token_urlsafe(_BYTES)
    with saving(engine, Right.PUBLISH) as (connection, mandate):
        mine = (_SUBSCRIPTIONS.c.id == key) & (_SUBSCRIPTIONS.c.person_id == mandate.key)
        values = {"digest": _digest(token), "made_at": now, "fetched_on": None}
        if connection.execute(update(_SUBSCRIPTIONS).where(mine).values(values)).rowcount == 0:
            raise Invalid(
                Problem(0, "name", "Dieses Abonnement gibt es nicht mehr. Bitte ein neues anlegen.")
            )
    return token


def revoke(engine: Engine, key: int) -> None:
    """End a subscription of one's own: its address leads nowhere from now on. Raises as `saving` does."""
    with saving(engine, Right.PUBLISH) as (connection, mandate):
        mine = (_SUBSCRIPTIONS.c.id == key) & (_SUBSCRIPTIONS.c.person_id == mandate.key)
        connection.execute(delete(_SUBSCRIPTIONS).where(mine))


def mine(engine: Engine) -> list[Held]:
    """The subscriptions of who asks, the oldest first; where nobody signs in, those of the machine."""
    with reading(engine) as connection:
        key = acting.mandate_in(connection).key
        rows = connection.execute(_MINE, {"me": key}).mappings().all()
    return [_held(row) for row in rows]


def asked_for(engine: Engine, kind: SubscriptionKind, token: str, *, signs_in: bool) -> Fetched | None:
    """The subscription to which a secret leads, as its owner may have it at this moment.

    None where there is none, its owner may have nothing (any more) or nobody answers for it: one that was
    made without a sign-in does not outlast that (`signs_in`: whether somebody has to sign in here).
    """
    digest = _digest(token)
    with reading(engine) as connection:
        rows = connection.execute(_with_owner().where(_SUBSCRIPTIONS.c.kind == kind)).mappings().all()
    # Each is compared, in the same time whether it is alike or not.
    found = [row for row in rows if secrets.compare_digest(row["digest"], digest)]
    if not found or (signs_in and found[0]["person_id"] is None):
        return None
    owner = _owner(found[0])
    mandate = acting.mandate(acting_as(engine, owner))
    if not mandate.may(Right.PUBLISH):
        return None
    wanted = _wanted(found[0], internal=mandate.may(Right.INTERNAL))
    if isinstance(wanted, WantedView) and not _may_open(acting_as(engine, owner), wanted):
        return None
    return Fetched(found[0]["id"], found[0]["name"], wanted, owner, found[0]["fetched_on"])


def note(engine: Engine, key: int, today: date) -> None:
    """Remember the day on which a subscription was last fetched. Raises as `saving` does."""
    with saving(engine, Right.PUBLISH) as (connection, _):
        own = _SUBSCRIPTIONS.c.id == key
        connection.execute(update(_SUBSCRIPTIONS).where(own).values(fetched_on=today))


def held_by_all(engine: Engine) -> list[Row]:
    """All subscriptions as rows, with the sign-in of whose they are (`issuer`, `subject`)."""
    with reading(engine) as connection:
        return [dict(row) for row in connection.execute(_with_owner()).mappings()]


def carry_over(connection: Connection, held: Sequence[Row]) -> None:
    """Have these go on in other content, whose own are over: a backup brings no address back to life."""
    connection.execute(delete(_SUBSCRIPTIONS))
    asked = select(_PERSONS.c.issuer, _PERSONS.c.subject, _PERSONS.c.id)
    keys = {(row.issuer, row.subject): row.id for row in connection.execute(asked)}
    for row in held:
        values = {name: row[name] for name in _SUBSCRIPTIONS.c.keys()}  # noqa: SIM118
        values["person_id"] = None if row["person_id"] is None else keys[row["issuer"], row["subject"]]
        connection.execute(insert(_SUBSCRIPTIONS).values(values))


def _held(row: RowMapping) -> Held:
    kind = SubscriptionKind(row["kind"])
    return Held(row["id"], kind, row["name"], _wanted(row), row["made_at"], row["fetched_on"])


def _with_owner() -> Select[Any]:
    joined = _SUBSCRIPTIONS.outerjoin(_PERSONS, _PERSONS.c.id == _SUBSCRIPTIONS.c.person_id)
    return select(_SUBSCRIPTIONS, _PERSONS.c.issuer, _PERSONS.c.subject).select_from(joined)


def _owner(row: RowMapping) -> Who:
    """As if they had signed in when they made it: who has all sign-ins ended ends this as well."""
    if row["person_id"] is None:
        return AT_THE_MACHINE
    return SignedIn(row["issuer"], row["subject"], row["made_at"])


def _may_open(engine: Engine, wanted: WantedView) -> bool:
    """Whether that view is still there for who asks: their own, or shared."""
    view = saved_views.by_id(engine, wanted.view)
    return view is not None and (view.page, view.query) == (wanted.page, wanted.query)


def _wanted(row: RowMapping, *, internal: bool = True) -> Subscribed:
    kept, examples = json.loads(row["filters"]), bool(row["examples"])
    internal = bool(row["internal"]) and internal
    if row["kind"] == SubscriptionKind.EXPORT:
        return WantedView(kept["view"], kept["page"], kept["query"], internal=internal, examples=examples)
    filters = {name: frozenset(values) for name, values in kept.items()}
    return WantedDates(Selection(**filters), internal=internal, examples=examples)


def _as_text(wanted: Subscribed) -> str:
    if isinstance(wanted, WantedView):
        kept: dict[str, Any] = {"view": wanted.view, "page": wanted.page, "query": wanted.query}
    else:
        kept = {name: sorted(values) for name, values in vars(wanted.selection).items()}
    return json.dumps(kept, ensure_ascii=False)


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()
