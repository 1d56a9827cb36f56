"""Writing a rule by which a Kennzahl is forecast."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Engine

from steering.model import ForecastRule
from steering.model.forecast_rules import arrivals_of
from steering.model.german import day
from steering.storage.problems import Invalid, Problem, Receipt
from steering.storage.writing import Edit, write


def foresee(
    engine: Engine,
    values: Mapping[str, Any],
    *,
    rule_id: int | None = None,
    version: int | None = None,
    base: Mapping[str, Any] | None = None,
    today: date,
    actor: str,
    now: datetime,
) -> Receipt:
    """Write a rule, or change the one with `rule_id` from `version`.

    Raises as `writing.write` does, and Invalid where it ends before anything could be expected of it.
    """
    if said := _over(values, today):
        raise Invalid(said)
    edit = Edit(ForecastRule, values, id=rule_id, version=version, base=base)
    return write(engine, [edit], actor=actor, now=now)


def _over(values: Mapping[str, Any], today: date) -> Problem | None:
    """Why these values can say nothing of days to come; what nobody could read is left to the record."""
    last = values.get("last_day")
    if last is not None and last <= today:
        return Problem(
            0, "last_day",
            f"Der {day(last)} liegt nicht nach heute; eine Prognose gilt für Tage, die noch kommen. Bitte "
            "einen späteren Tag angeben.",
        )  # fmt: skip
    try:
        years = arrivals_of(str(values.get("arrivals") or ""))
    except ValueError:
        return None
    if years and date(max(years), 12, 31) <= today:
        return Problem(
            0, "arrivals",
            f"Das letzte Jahr ({max(years)}) ist vorbei; eine Prognose gilt für Tage, die noch kommen. Bitte "
            "spätere Jahre ergänzen.",
        )  # fmt: skip
    return None
