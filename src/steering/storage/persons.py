"""The persons who may sign in: listed, given a role, shut out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Engine, func, select

from steering.model import Organisation, Person, PersonRole, PersonScope, texts
from steering.storage.engine import reading
from steering.storage.problems import Invalid, Problem, Receipt
from steering.storage.rights import acting, house
from steering.storage.rights.acting import AT_THE_MACHINE, acting_as
from steering.storage.rights.table import Right
from steering.storage.rows import Row
from steering.storage.tables import table_of
from steering.storage.transaction import Batch, Purpose, transaction
from steering.storage.writing import Edit, write_in

_PERSONS = table_of(Person)
_UNITS = table_of(Organisation)


def everyone(engine: Engine) -> pd.DataFrame:
    """All persons with the name of their unit (`unit`), those shut out last. Raises RightMissing."""
    with reading(engine) as connection:
        acting.require(connection, Right.PERSONS)
        rows = connection.execute(_with_unit().order_by(_PERSONS.c.archived_on, _PERSONS.c.name)).mappings()
        return pd.DataFrame(rows.all(), columns=[*_PERSONS.c.keys(), "unit", "unit_slug"])


def change(
    engine: Engine,
    values: Mapping[str, Any],
    *,
    key: int | None = None,
    version: int | None = None,
    actor: str,
    now: datetime,
) -> Receipt:
    """Enter a person, or change one. Raises Invalid."""
    if "issuer" in values:
        values = {**values, "issuer": house.issuer(str(values["issuer"] or ""))}
    with transaction(engine, actor, now, needs=Right.PERSONS) as batch:
        return write_in(batch, [Edit(Person, values, id=key, version=version)])


def grant(
    engine: Engine,
    issuer: str,
    subject: str,
    role: PersonRole,
    *,
    scope: PersonScope | None = None,
    name: str = "",
    unit: str = "",
    actor: str,
    now: datetime,
) -> Row:
    """Give somebody a role, whether they are entered already or not; the person as it is then.

    `unit`: the short name of the organisation, else it stays what it is. `scope`: left open, who has a unit
    edits for that one; without one there would be nothing that somebody could edit. Raises Invalid.
    """
    issuer, subject = house.issuer(issuer), texts.seen(subject).strip()
    with transaction(engine, actor, now, needs=Right.PERSONS) as batch:
        same = (_PERSONS.c.issuer == issuer) & (_PERSONS.c.subject == subject)
        key = batch.connection.execute(select(_PERSONS.c.id).where(same)).scalar()
        before = batch.row(Person, key) or {}
        values: Row = {"role": role, "archived_on": None, "organisation_id": before.get("organisation_id")}
        values |= {"organisation_id": _unit(batch.connection, unit)} if unit else {}
        values["scope"] = scope or (PersonScope.OWN if values["organisation_id"] else PersonScope.ALL)
        values |= {"name": name} if name else {}
        if key is None:
            values = {"issuer": issuer, "subject": subject, "name": subject} | values
            (key,) = write_in(batch, [Edit(Person, values)]).ids
        else:
            write_in(batch, [Edit(Person, values, id=key, version=before["version"])])
        return batch.row(Person, key) or {}


def end_sign_ins(engine: Engine, key: int, *, actor: str, now: datetime) -> Receipt:
    """Let no sign-in of a person count that was made until now: überall abmelden.

    One's own need no right. Raises RightMissing.
    """
    found = acting.mandate(engine)
    if found.key == key:
        engine, actor = acting_as(engine, AT_THE_MACHINE), found.name
    with transaction(engine, actor, now, needs=Right.PERSONS) as batch:
        batch.update(Person, key, {"not_before": now.isoformat(timespec="microseconds")})
        return batch.receipt(key)


def carry_over(present: Engine, content: Engine, *, actor: str, now: datetime) -> None:
    """Have the persons of what is there now go on in other content: a backup gives nobody a right back."""
    with reading(present) as connection:
        wanted = [dict(row) for row in connection.execute(_with_unit()).mappings()]
    if not wanted:
        return
    with transaction(content, actor, now, Purpose(carries_over=True)) as batch:
        known = {
            (row.issuer, row.subject): row.id
            for row in batch.connection.execute(select(_PERSONS.c.issuer, _PERSONS.c.subject, _PERSONS.c.id))
        }
        for person in wanted:
            _put(batch, known.pop((person["issuer"], person["subject"]), None), person)
        for key in known.values():
            batch.update(Person, key, {"archived_on": now.date()})


def _put(batch: Batch, key: int | None, person: Row) -> None:
    slug = person["unit_slug"]
    values = {name: value for name, value in person.items() if name in _PERSONS.c and name != "id"}
    values["organisation_id"] = batch.connection.execute(
        select(_UNITS.c.id).where(_UNITS.c.slug == slug)
    ).scalar()
    if key is None:
        batch.insert(Person, values | {"version": 1})
    else:
        batch.update(Person, key, {name: value for name, value in values.items() if name != "version"})


def _with_unit() -> Any:
    joined = _PERSONS.outerjoin(_UNITS, _UNITS.c.id == _PERSONS.c.organisation_id)
    unit = func.coalesce(_UNITS.c.name, "").label("unit")
    return select(_PERSONS, unit, _UNITS.c.slug.label("unit_slug")).select_from(joined)


def _unit(connection: Connection, slug: str) -> int:
    found = connection.execute(select(_UNITS.c.id).where(_UNITS.c.slug == slug)).scalar()
    if found is None:
        raise Invalid(
            Problem(0, "organisation_id", f"Die Einheit »{slug}« gibt es nicht. Bitte das Kürzel angeben, "
                                          "das in den Adressen hinter »traeger=« steht."))  # fmt: skip
    return int(found)
