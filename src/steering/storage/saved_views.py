"""Ansichten: pages with their filters under a name, for oneself or shared with all.

Who keeps one needs `Right.VIEWS`, who shares one `Right.SHARE`; one that is shared is changed by who made it,
or by who may change settings. Nobody sees those that others keep for themselves, whatever their rights.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    RowMapping,
    Select,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from steering.model import Person, SavedView
from steering.storage.engine import reading
from steering.storage.problems import Invalid, Problem, StorageError
from steering.storage.rights import acting
from steering.storage.rights.acting import Mandate, RightMissing
from steering.storage.rights.table import Right
from steering.storage.saving import saving
from steering.storage.tables import table_of
from steering.storage.validation import check, tidy

MOST = 200
_VIEWS, _PERSONS = table_of(SavedView), table_of(Person)
# Said once: every run of every page asks so, and making the words took longer than the answer.
_WITH_OWNER = select(_VIEWS, func.coalesce(_PERSONS.c.name, "").label("by")).select_from(
    _VIEWS.outerjoin(_PERSONS, _PERSONS.c.id == _VIEWS.c.person_id)
)
_OWN = _VIEWS.c.person_id.is_not_distinct_from(bindparam("me"))
_NONE = _WITH_OWNER.where(_VIEWS.c.id.is_(None))
_SHARED, _SHARED_OR_OWN = _WITH_OWNER.where(_VIEWS.c.shared), _WITH_OWNER.where(or_(_VIEWS.c.shared, _OWN))
GONE = "Diese Ansicht gibt es nicht mehr; jemand anderes hat sie inzwischen gelöscht."


@dataclass(frozen=True)
class StoredView:
    """A view as it is kept. `own`: it is of who asks; `by`: who made it, "" at the machine; `changeable`: who
    asks may rename and delete it. The rest as in `SavedView`."""

    id: int
    name: str
    shared: bool
    page: str
    query: str
    own: bool
    by: str
    changeable: bool


class ViewGone(StorageError):
    """The view is not there any more, or was never for who asks."""

    def __init__(self) -> None:
        super().__init__(GONE)


def listed(engine: Engine) -> tuple[StoredView, ...]:
    """The views that who asks may open: their own, then those that others share; each by name.

    Raises NotReadable.
    """
    with reading(engine) as connection:
        mandate = acting.mandate_in(connection)
        rows = connection.execute(_seen_by(mandate), {"me": mandate.key}).mappings()
        found = [_kept(row, mandate) for row in rows]
    return tuple(sorted(found, key=lambda each: (not each.own, each.name.casefold(), each.id)))


def by_id(engine: Engine, key: int) -> StoredView | None:
    """One view; None where there is none of that number that who asks may open. Raises NotReadable."""
    with reading(engine) as connection:
        return _one(connection, acting.mandate_in(connection), key)


def save(engine: Engine, name: str, page: str, query: str, *, shared: bool = False, now: datetime) -> int:
    """Keep a view; its id. Raises Invalid, and as `saving` does."""
    with saving(engine, Right.SHARE if shared else Right.VIEWS) as (connection, mandate):
        own = _own(mandate)
        _refuse_more(connection, own)
        values = {"name": name, "page": page, "query": query, "shared": shared, "saved_at": now}
        row = _checked(connection, own, {"person_id": mandate.key, **values})
        added = insert(_VIEWS).values(**row).returning(_VIEWS.c.id)
        return int(connection.execute(added).scalar_one())


def rename(engine: Engine, key: int, name: str) -> None:
    """Call a view something else. Raises Invalid, ViewGone, and as `saving` does."""
    with saving(engine, Right.VIEWS) as (connection, mandate):
        _changeable(connection, mandate, key)
        before = dict(connection.execute(select(_VIEWS).where(_VIEWS.c.id == key)).mappings().one())
        its_own = _VIEWS.c.person_id.is_not_distinct_from(before["person_id"])
        row = _checked(connection, its_own, before | {"name": name}, but=key)
        connection.execute(update(_VIEWS).where(_VIEWS.c.id == key).values(name=row["name"]))


def remove(engine: Engine, key: int) -> None:
    """Keep a view no longer. Raises ViewGone, and as `saving` does."""
    with saving(engine, Right.VIEWS) as (connection, mandate):
        _changeable(connection, mandate, key)
        connection.execute(delete(_VIEWS).where(_VIEWS.c.id == key))


def _own(mandate: Mandate) -> ColumnElement[bool]:
    return _VIEWS.c.person_id.is_not_distinct_from(mandate.key)


def _seen_by(mandate: Mandate) -> Select[Any]:
    """Those that somebody, `me`, may open; none where they may not even look."""
    if not mandate.known:
        return _NONE
    # Who only looks on where nobody signs in is nobody, and not who sits at the machine.
    return _SHARED_OR_OWN if mandate.may(Right.VIEWS) else _SHARED


def _one(connection: Connection, mandate: Mandate, key: int) -> StoredView | None:
    one = _seen_by(mandate).where(_VIEWS.c.id == key)
    row = connection.execute(one, {"me": mandate.key}).mappings().first()
    return None if row is None else _kept(row, mandate)


def _changeable(connection: Connection, mandate: Mandate, key: int) -> None:
    found = _one(connection, mandate, key)
    if found is None:
        raise ViewGone
    if not found.changeable:
        raise RightMissing(
            f"Nicht gespeichert: Diese Ansicht hat {found.by or 'jemand anderes'} geteilt; ändern und "
            "löschen kann sie, wer sie gemacht hat oder hier verwaltet."
        )


def _kept(row: RowMapping, mandate: Mandate) -> StoredView:
    own = mandate.may(Right.VIEWS) and row["person_id"] == mandate.key
    return StoredView(
        row["id"], row["name"], row["shared"], row["page"], row["query"], own, row["by"],
        own or mandate.may(Right.SETTINGS),
    )  # fmt: skip


def _checked(
    connection: Connection, own: ColumnElement[bool], values: Mapping[str, Any], *, but: int | None = None
) -> dict[str, Any]:
    """The row as the model wants it, with a name that none of the same person's has."""
    row, wrong = check(SavedView, tidy(SavedView, values))
    if wrong:
        raise Invalid(*(Problem(0, field, message) for field, message in wrong.items()))
    names = connection.execute(select(_VIEWS.c.name, _VIEWS.c.id).where(own))
    if any(there.name.casefold() == row["name"].casefold() and there.id != but for there in names):
        raise Invalid(
            Problem(0, "name", f"Eine Ansicht »{row['name']}« gibt es schon. Bitte anders benennen.")
        )
    return {name: value for name, value in row.items() if name != "id"}


def _refuse_more(connection: Connection, own: ColumnElement[bool]) -> None:
    number = connection.execute(select(func.count()).select_from(_VIEWS).where(own)).scalar_one()
    if number >= MOST:
        raise Invalid(
            Problem(0, "", f"Mehr als {MOST} Ansichten werden nicht gemerkt. Bitte zuerst alte löschen.")
        )
