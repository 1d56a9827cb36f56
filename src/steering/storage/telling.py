"""Who gets mails, and the ledger of what they were told: nothing twice, and nothing lost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from sqlalchemy import Connection, Engine, delete, insert, select

from steering.analysis.dates.telling import LastTold, Recipient, Tiding
from steering.model import Person, ToldFact, ToldStage
from steering.storage.engine import reading
from steering.storage.rights import acting
from steering.storage.rights.acting import SignedIn, acting_as
from steering.storage.rights.table import Right
from steering.storage.rows import Row
from steering.storage.saving import saving
from steering.storage.tables import table_of

_PERSONS, _TOLD = table_of(Person), table_of(ToldFact)


@dataclass(frozen=True)
class Mailbox:
    """Where the mails of a recipient go; `person`: the number of the entry, `name`: what to call them."""

    recipient: Recipient
    person: int
    name: str
    address: str


def mailboxes(engine: Engine) -> list[Mailbox]:
    """Everybody who may look, belongs to a unit and has a mailbox, with what they may see at this moment."""
    with reading(engine) as connection:
        asked = select(_PERSONS).where(_PERSONS.c.mailbox != "", _PERSONS.c.archived_on.is_(None))
        rows = connection.execute(asked.order_by(_PERSONS.c.id)).mappings().all()
    found = []
    for row in rows:
        may = acting.mandate(acting_as(engine, SignedIn(row["issuer"], row["subject"])))
        if may.known and may.unit is not None:
            # Known by the sign-in: a restored backup may number persons anew.
            key = sha256(f"{row['issuer']}\n{row['subject']}".encode()).hexdigest()[:32]
            recipient = Recipient(key, may.unit, may.may(Right.INTERNAL), may.may(Right.EDIT_ALL))
            found.append(Mailbox(recipient, row["id"], row["name"], row["mailbox"]))
    return found


def told(engine: Engine) -> dict[str, dict[str, LastTold]]:
    """What was last told of each thing, by recipient and by the key of the thing."""
    found: dict[str, dict[str, LastTold]] = defaultdict(dict)
    with reading(engine) as connection:
        for row in connection.execute(select(_TOLD)).mappings():
            entry = LastTold(row["day"], ToldStage(row["stage"]), row["told_at"].date())
            found[row["recipient"]][row["thing"]] = entry
    return dict(found)


def remember(engine: Engine, recipient: str, news: Sequence[Tiding], *, today: date, now: datetime) -> None:
    """Enter what a mail has told, once it is handed over. Raises as `saving` does.

    Bookkeeping, not an edit: it has no history and raises no revision.
    """
    with saving(engine, Right.PERSONS) as (connection, _):
        for each in news:
            key = f"{recipient}/{each.thing.key}"
            connection.execute(delete(_TOLD).where(_TOLD.c.key == key))
            row = {
                "key": key, "recipient": recipient, "thing": each.thing.key, "day": each.thing.day,
                "stage": each.stage, "told_at": datetime.combine(today, now.time()),
            }  # fmt: skip
            connection.execute(insert(_TOLD).values(row))


def entries(engine: Engine) -> list[Row]:
    """The whole ledger."""
    with reading(engine) as connection:
        return [dict(row) for row in connection.execute(select(_TOLD)).mappings()]


def carry_over(connection: Connection, ledger: Sequence[Row]) -> None:
    """Have this ledger go on in other content: what was told stays told after a backup is put back."""
    connection.execute(delete(_TOLD))
    for row in ledger:
        connection.execute(insert(_TOLD).values(row))
