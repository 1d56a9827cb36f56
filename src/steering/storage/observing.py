"""The values of an indicator on a day, recorded or expected, written together."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Engine, select

from steering.model import Forecast, ForecastVariant, Observation, Record
from steering.model.german import day
from steering.storage.problems import Invalid, Problem, Receipt
from steering.storage.tables import table_of
from steering.storage.transaction import transaction
from steering.storage.writing import Edit, write_in

NOT_AHEAD = (
    "Eine Prognose gilt für einen Tag nach heute; der {on} ist keiner. Bitte einen späteren Tag angeben oder "
    "gezählte Werte unter »erhoben« eintragen."
)


@dataclass(frozen=True)
class Expectation:
    """That values are those of a forecast: its variant, whose it is, and the day on which it is written."""

    variant: ForecastVariant
    source: str
    today: date


def observe(
    engine: Engine,
    indicator_id: int,
    on: date,
    values: Mapping[str, float | None],
    seen: Mapping[str, int],
    *,
    expected: Expectation | None = None,
    actor: str,
    now: datetime,
) -> Receipt:
    """Write values by AGS, None to take one away; one batch. What is `expected` goes among the forecasts.

    `seen`: the versions of those that were there when somebody looked. Raises Invalid, and Conflict where
    somebody else has written one in between.
    """
    if expected and (wrong := _cannot_be_expected(on, values, expected)):
        raise Invalid(wrong)
    record: type[Record] = Forecast if expected else Observation
    columns = table_of(record).c
    own = [columns.indicator_id == indicator_id, columns.reference_date == on]
    more: dict[str, Any] = {}
    if expected:
        own.append(columns.variant == expected.variant)
        more = {"variant": expected.variant.value, "source": expected.source.strip()}
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


def _cannot_be_expected(
    on: date, values: Mapping[str, float | None], expected: Expectation
) -> Problem | None:
    """Why nobody can expect these values; to take some away of a day that is over is no mistake."""
    if not expected.source.strip():
        return Problem(
            0, "source", "Zu einer Prognose gehört ihre Quelle. Bitte angeben, wer sie gerechnet hat."
        )
    if on <= expected.today and any(value is not None for value in values.values()):
        return Problem(0, "reference_date", NOT_AHEAD.format(on=day(on)))
    return None
