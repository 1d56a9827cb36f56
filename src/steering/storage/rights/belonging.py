"""To which organisations a record belongs: who edits for the own unit may change the records of that one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, select

from steering.model import (
    ActionItem,
    Agreement,
    ClosedYear,
    Committee,
    CommitteeDate,
    Consultation,
    Funding,
    Measure,
    MeasureCost,
    Milestone,
    Organisation,
    Person,
    PersonnelCost,
    Potential,
    PublicOffer,
    PublicSite,
    PublicText,
    Record,
    Responsibility,
    Settings,
    Structure,
    Submission,
    Wish,
    WishStatus,
)
from steering.storage.rights.acting import Mandate, RightMissing, refusal
from steering.storage.rights.table import Right
from steering.storage.rows import Row
from steering.storage.tables import table_of

# Records that need a right of their own, whatever the occasion.
_OWN_RIGHT: Mapping[type[Record], Right] = {
    Settings: Right.SETTINGS,
    PublicSite: Right.SETTINGS,
    Committee: Right.SETTINGS,
    CommitteeDate: Right.SETTINGS,
    PersonnelCost: Right.SETTINGS,
    Person: Right.PERSONS,
    ClosedYear: Right.CLOSE_YEAR,
    Submission: Right.PAPERS,
    Consultation: Right.PAPERS,
}


def right_for(record: type[Record]) -> Right:
    """The right that it takes to change a record of this kind."""
    return _OWN_RIGHT.get(record, Right.EDIT)


def check(connection: Connection, mandate: Mandate, record: type[Record], *states: Row | None) -> None:
    """Refuse to change a record that somebody may not; `states`: as it was and as it becomes.

    Raises RightMissing.
    """
    needed = right_for(record)
    if not mandate.may(needed):
        raise RightMissing(refusal(mandate, needed))
    if mandate.units is None:
        return
    for row in (*states, *_new_place(record, *states)):
        if row is not None and not mandate.units & owners(connection, record, row):
            raise RightMissing(refusal(mandate, Right.EDIT_ALL))
    if any(_is_decided(record, row) for row in states if row is not None):
        raise RightMissing(refusal(mandate, Right.EDIT_ALL))


def widened(mandate: Mandate, record: type[Record], key: Any) -> Mandate:
    """The mandate of somebody who has added a record: a unit below the own one is theirs as well."""
    if record is not Organisation or mandate.units is None:
        return mandate
    return replace(mandate, units=mandate.units | {key})


def owners(connection: Connection, record: type[Record], row: Row) -> frozenset[int]:
    """The organisations to one of which somebody must belong to change a record; none for what is of all."""
    found = _OWNERS[record](connection, row) if record in _OWNERS else ()
    return frozenset(key for key in found if key is not None)


def _is_decided(record: type[Record], row: Row) -> bool:
    """Whether a record says what its owner does not decide; not even what was decided is theirs to change."""
    return any(row.get(name, value) != value for name, value in _DECIDED.get(record, {}).items())


def _new_place(record: type[Record], *states: Row | None) -> tuple[Row, ...]:
    """Where a unit is moved to, which somebody needs a right to as well."""
    if record is not Organisation or len(states) < 2:
        return ()
    before, after = (row or {} for row in states)
    return () if before["parent_id"] == after["parent_id"] else ({"parent_id": after["parent_id"]},)


def _of_organisation(_: Connection, row: Row) -> tuple[Any, ...]:
    # What is new, or comes back, is nobody's yet and belongs where it is put.
    return row.get("id"), row.get("parent_id")


def _through(field: str, parent: type[Record]) -> Callable[[Connection, Row], tuple[Any, ...]]:
    """The organisation of the record that a field names."""
    columns = table_of(parent).c

    def found(connection: Connection, row: Row) -> tuple[Any, ...]:
        asked = select(columns.organisation_id).where(columns.id == row[field])
        return (connection.execute(asked).scalar(),)

    return found


def _of_public_text(connection: Connection, row: Row) -> tuple[Any, ...]:
    if row.get("potential_id") is not None:
        return _through("potential_id", Potential)(connection, row)
    offers = table_of(PublicOffer).c
    of = select(offers.structure_id).where(offers.id == row.get("offer_id"))
    return _through("structure_id", Structure)(connection, {"structure_id": connection.execute(of).scalar()})


def _named(_: Connection, row: Row) -> tuple[Any, ...]:
    return (row.get("organisation_id"),)


_OWNERS: Mapping[type[Record], Callable[[Connection, Row], tuple[Any, ...]]] = {
    Organisation: _of_organisation,
    Structure: _named,
    Funding: _through("structure_id", Structure),
    Responsibility: _through("structure_id", Structure),
    Agreement: lambda _, row: tuple(row.get("organisations", ())),
    Measure: _named,
    Milestone: _through("measure_id", Measure),
    MeasureCost: _through("measure_id", Measure),
    ActionItem: _named,
    Potential: _named,
    PublicOffer: _through("structure_id", Structure),
    PublicText: _of_public_text,
    Wish: _named,
}
# What becomes of a wish is said by those who prepare the round.
_DECIDED: Mapping[type[Record], Row] = {
    Wish: {"status": WishStatus.OPEN, "answer": "", "agenda_item_id": None},
}
