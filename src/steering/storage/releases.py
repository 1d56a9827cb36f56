"""What somebody has confirmed to be public, kept whole: what is published rests on the last release."""

from __future__ import annotations

from datetime import date, datetime

import pandas as pd
from sqlalchemy import Engine, func, insert, select

from steering.analysis.publication.confirming import LOOKED_BACK
from steering.analysis.publication.content import PublicDirectory, as_text, digest, from_text
from steering.model import Dataset, Release
from steering.storage.engine import reading
from steering.storage.problems import StorageError
from steering.storage.rights.table import Right
from steering.storage.saving import saving
from steering.storage.tables import table_of

_RELEASES = table_of(Release)


class MovedOn(StorageError):
    """Somebody has changed the data since the preview that is confirmed."""

    def __init__(self) -> None:
        super().__init__(
            "Seit der Vorschau wurde etwas geändert. Bitte die Vorschau noch einmal ansehen und dann "
            "freigeben."
        )


def release(
    engine: Engine,
    directory: PublicDirectory,
    *,
    rests_on: tuple[str, int],
    today: date,
    actor: str,
    now: datetime,
) -> bool:
    """Keep what is public from now on; False where that is what the last release says.

    `rests_on`: dataset and revision of the data that it was chosen from. Bookkeeping, not an edit: it has no
    history and raises no revision, and is never changed or removed. Raises MovedOn, and as `saving` does.
    """
    text = as_text(directory)
    known = digest(text)
    with saving(engine, Right.RELEASE) as (connection, mandate):
        dataset = table_of(Dataset).c
        stands = connection.execute(select(dataset.dataset_id, dataset.revision).with_for_update()).one()
        if tuple(stands) != rests_on:
            raise MovedOn
        last = select(_RELEASES.c.digest).order_by(_RELEASES.c.id.desc()).limit(1)
        if connection.execute(last).scalar() == known:
            return False
        number = connection.execute(select(func.max(_RELEASES.c.id))).scalar() or 0
        connection.execute(
            insert(_RELEASES).values(
                id=number + 1,
                at=now,
                day=today,
                actor=mandate.name or actor,
                digest=known,
                content=text,
            )
        )
    return True


def releases(engine: Engine) -> list[tuple[date, PublicDirectory]]:
    """The last releases with their days, the earliest first: those that tell what is new, and one before."""
    wanted = (
        select(_RELEASES.c.day, _RELEASES.c.content).order_by(_RELEASES.c.id.desc()).limit(LOOKED_BACK + 1)
    )
    with reading(engine) as connection:
        found = connection.execute(wanted).all()
    return [(day, from_text(content)) for day, content in reversed(found)]


def released(engine: Engine) -> pd.DataFrame:
    """When something was released and by whom, the latest first. Columns: at (UTC), day, actor."""
    columns = (_RELEASES.c.at, _RELEASES.c.day, _RELEASES.c.actor)
    with reading(engine) as connection:
        rows = connection.execute(select(*columns).order_by(_RELEASES.c.id.desc())).all()
    return pd.DataFrame(rows, columns=["at", "day", "actor"])
