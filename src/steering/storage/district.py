"""Which Landkreis this database is about, and how an empty one is given to another."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, func, select

from steering.model import Area, Boundary, Municipality, Organisation, Settings, Structure
from steering.storage.engine import reading
from steering.storage.imports.importing import ImportRefused
from steering.storage.pointers import pointers
from steering.storage.tables import key_of, table_of
from steering.storage.transaction import Batch

_KEPT = (Organisation, Structure)
CLEARED = (Area, Boundary, Municipality)
"""What goes when the database is given to another Landkreis."""


def boundary_keys(engine: Engine) -> frozenset[str]:
    """The keys of the boundaries that are stored."""
    with reading(engine) as connection:
        return frozenset(connection.execute(select(table_of(Boundary).c.key)).scalars())


def is_free(engine: Engine) -> bool:
    """Whether nothing has been entered that belongs to the present Landkreis."""
    with reading(engine) as connection:
        return _is_free(connection)


def move(batch: Batch, key: str, name: str) -> None:
    """Within a transaction: clear the places of the present Landkreis and note the new one.

    Raises ImportRefused where anything has been entered for the present one.
    """
    if not _is_free(batch.connection):
        present = batch.connection.execute(select(table_of(Settings).c.district_name)).scalar()
        raise ImportRefused(
            f"In dieser Datenbank sind schon Angaben für »{present}« erfasst; ein anderer Landkreis würde "
            "sie ungültig machen. Bitte mit STEERING_DATABASE_URL eine neue Datei nennen, STEERING_DATASET "
            "auf »empty« setzen und den Landkreis dort einrichten."
        )
    for record in CLEARED:
        for found in batch.connection.execute(select(key_of(record))).scalars().all():
            batch.delete(record, found)
    batch.update(Settings, 1, {"district_key": key, "district_name": name})


def _is_free(connection: Connection) -> bool:
    """Nobody has entered a carrier or a structure, and nothing but areas points to a place."""
    if any(connection.execute(select(func.count()).select_from(table_of(kind))).scalar() for kind in _KEPT):
        return False
    areas = connection.execute(select(key_of(Area))).scalars().all()
    places = connection.execute(select(key_of(Municipality))).scalars().all()
    hanging = [pointer for area in areas for pointer in pointers(connection, Area, area)]
    hanging += [
        pointer
        for place in places
        for pointer in pointers(connection, Municipality, place)
        if pointer.record is not Area
    ]
    return not hanging
