"""What is counted in the municipalities: Kennzahlen and their values."""

from datetime import date

from sqlmodel import Field

from steering.model.base import Kept, Record, Traced, Versioned, choice, name_field, text_field
from steering.model.enums import ForecastVariant


def is_percentage(unit: str) -> bool:
    """Whether a Kennzahl in this unit says how many of a hundred: at most all, and nothing to add up."""
    plain = unit.casefold().replace(" ", "")
    return any(sign in plain for sign in ("%", "prozent", "percent", "v.h."))


class Indicator(Record, Kept, Traced, table=True):
    """What is counted in each municipality (Kennzahl), in `unit`.

    `target_group_id`: the group whose persons it counts. Those are the persons whom a finding about that
    group affects; one without a group counts no persons.
    """

    __tablename__ = "indicator"

    id: int | None = Field(default=None, primary_key=True)
    name: str = name_field()
    unit: str = Field(default="Personen", max_length=60)
    target_group_id: int | None = Field(default=None, foreign_key="target_group.id", index=True)
    note: str = text_field()


class Observation(Record, Versioned, table=True):
    """The value of an indicator in a municipality on a day (Messwert); one for each."""

    __tablename__ = "observation"

    id: int | None = Field(default=None, primary_key=True)
    indicator_id: int = Field(foreign_key="indicator.id", index=True)
    ags: str = Field(foreign_key="municipality.ags", index=True, max_length=8)
    reference_date: date
    value: float = Field(ge=0, le=1_000_000_000)


class Forecast(Record, Versioned, table=True):
    """What an indicator is expected to be in a municipality on a day, in one of three variants.

    `source`: who computed it, and from what.
    """

    __tablename__ = "forecast"

    id: int | None = Field(default=None, primary_key=True)
    indicator_id: int = Field(foreign_key="indicator.id", index=True)
    ags: str = Field(foreign_key="municipality.ags", index=True, max_length=8)
    variant: ForecastVariant = Field(sa_type=choice(ForecastVariant))
    reference_date: date
    value: float = Field(ge=0, le=1_000_000_000)
    source: str = text_field()
