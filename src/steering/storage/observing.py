"""The values of an indicator on a day, written together."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import Engine, select

from steering.model import Observation
from steering.model.german import day
from steering.storage.problems import Invalid, Problem, Receipt
from steering.storage.tables import table_of
from steering.storage.transaction import transaction
from steering.storage.writing import Edit, write_in


def observe(
    engine: Engine,
    indicator_id: int,
    on: date,
    values: Mapping[str, float | None],
    seen: Mapping[str, int],
    *,
    actor: str,
    now: datetime,
) -> Receipt:
    """Write values by AGS, None to take one away; one batch.

    `seen`: the versions of those that were there when somebody looked. Raises Invalid, and Conflict where
    somebody else has written one in between.
    """
    columns = table_of(Observation).c
    with transaction(engine, actor, now) as batch:
        there = select(columns.ags, columns.id, columns.version).where(
            columns.indicator_id == indicator_id, columns.reference_date == on
        )
        stored = {ags: (key, version) for ags, key, version in batch.connection.execute(there)}
        edits = []
        for ags, value in values.items():
            key, version = stored.get(ags, (None, 0))
            if value is None:
                if key is not None and version != seen.get(ags):
                    raise Invalid(
                        Problem(
                            0, "value", f"Ein Wert vom {day(on)} wurde inzwischen geändert. Bitte prüfen."
                        )
                    )
                if key is not None:
                    batch.delete(Observation, key)
            elif key is None:
                new = {"indicator_id": indicator_id, "ags": ags, "reference_date": on, "value": value}
                edits.append(Edit(Observation, new))
            else:
                edits.append(Edit(Observation, {"value": value}, id=key, version=seen.get(ags, 0)))
        return write_in(batch, edits)
