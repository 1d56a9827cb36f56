"""The Coburg data several times over, for pages and benchmarks with many structures.

Copies differ as structures of a larger Landkreis would: another seat and area, periods moved by some months,
so that ends fall on many days. Names, tasks, programmes and kinds stay what they are in real life.
"""

import random
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any, TypeVar

from steering.model import (
    Area,
    AreaKind,
    Funding,
    Municipality,
    Record,
    Responsibility,
    ResponsibilityGroup,
    Structure,
)
from steering.storage import starter

R = TypeVar("R", bound=Record)

IDS_APART = 1_000  # more than any table of the original has rows
FURTHEST = 24  # months by which a copy's periods are moved at most


def coburg_scaled_to(structures: int, seed: int = 1) -> list[Record]:
    """Records for an empty database, parents first, with exactly that many structures."""
    originals = starter.records("coburg")
    chance = random.Random(seed)
    scaled = list(originals)
    missing = structures - len(of(originals, Structure))
    for copy in range(1, missing + 1):
        chosen = of(originals, Structure)[copy % len(of(originals, Structure))]
        scaled += copied(originals, chosen, copy, chance)
    return scaled


def copied(
    originals: list[Record], structure: Structure, copy: int, chance: random.Random
) -> Iterator[Record]:
    """A structure with its fundings and responsibilities, somewhere else and at another time."""
    moved = timedelta(days=30 * chance.randint(-FURTHEST, FURTHEST))
    seat = chance.choice([place for place in of(originals, Municipality) if place.inhabited])
    here = [
        area.id for area in of(originals, Area) if area.kind == AreaKind.DISTRICT or area.name == seat.name
    ]
    shared: dict[str, Any] = {"moved": moved, "copy": copy}
    yield again(
        structure,
        **shared,
        name=f"{structure.name} ({seat.name}, {copy})"[:200],
        seat_place=seat.name,
        seat_ags=seat.ags,
        seat_latitude=seat.latitude,
        seat_longitude=seat.longitude,
    )
    for funding in of(originals, Funding):
        if funding.structure_id == structure.id:
            yield again(funding, **shared, links=("structure_id", "accompanies_id"))
    for responsibility in of(originals, Responsibility):
        if responsibility.structure_id == structure.id:
            yield again(responsibility, **shared, links=("structure_id",), area_id=chance.choice(here))
            for group in of(originals, ResponsibilityGroup):
                if group.responsibility_id == responsibility.id:
                    yield again(group, **shared, links=("responsibility_id",))


def again(record: R, *, moved: timedelta, copy: int, links: Iterable[str] = (), **changed: Any) -> R:
    """The same record under another id, its days moved, its links within the copy kept."""
    values = record.model_dump()
    own = [name for name in ("id", *links) if values.get(name) is not None]
    ids = {name: values[name] + copy * IDS_APART for name in own}
    days = {name: day + moved for name, day in values.items() if isinstance(day, date)}
    return type(record).model_validate(values | ids | days | changed)


def of(records: Iterable[Record], kind: type[R]) -> list[R]:
    return [record for record in records if isinstance(record, kind)]
