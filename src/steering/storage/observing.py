"""The values of an indicator on a day, recorded or expected, written together."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Engine, select

from steering.model import Forecast, ForecastVariant, Observation, Record
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
    variant: ForecastVariant | None = None,
    source: str = "",
    actor: str,
    now: datetime,
) -> Receipt:
    """Write values by AGS, None to take one away; one batch. With a `variant`, those of a forecast.

    `seen`: the versions of those that were there when somebody looked; `source`: whose forecast it is. Raises
    Invalid, and Conflict where somebody else has written one in between.
    """
    if variant and not source.strip():
        raise Invalid(
            Problem(
                0, "source", "Zu einer Prognose gehört ihre Quelle. Bitte angeben, wer sie gerechnet hat."
            )
        )
    record: type[Record] = Forecast if variant else Observation
    columns = table_of(record).c
    own = [columns.indicator_id == indicator_id, columns.reference_date == on]
    more: dict[str, Any] = {}
    if variant:
        own.append(columns.variant == variant)
        more = {"variant": variant.value, "source": source.strip()}
    with transaction(engine, actor, now) as batch:
        there = select(columns.ags, columns.id, columns.version).where(*own)
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
                    batch.delete(record, key)
            elif key is None:
                new = {"indicator_id": indicator_id, "ags": ags, "reference_date": on, "value": value}
                edits.append(Edit(record, new | more))
            else:
                edits.append(Edit(record, {"value": value} | more, id=key, version=seen.get(ags, 0)))
        return write_in(batch, edits)
