"""Where the people live: how many are housed in a municipality, and how many could be."""

from datetime import date
from typing import Self

from pydantic import model_validator
from sqlmodel import Field

from steering.model.base import Kept, Record, Traced, choice, text_field
from steering.model.enums import HousingKind
from steering.model.periods import Contradiction


class Housing(Record, Kept, Traced, table=True):
    """The persons and places of one kind of accommodation in a municipality on a day (Unterbringung).

    It holds until a later day is recorded. Empty is not known; nobody is 0. There may be more persons than
    places. No record says where an accommodation is: the municipality is all that is kept.
    """

    __tablename__ = "housing"

    id: int | None = Field(default=None, primary_key=True)
    ags: str = Field(foreign_key="municipality.ags", index=True, max_length=8)
    kind: HousingKind = Field(sa_type=choice(HousingKind))
    reference_date: date
    persons: int | None = Field(default=None, ge=0, le=1_000_000)
    places: int | None = Field(default=None, ge=0, le=1_000_000)
    note: str = text_field()

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.persons is None and self.places is None:
            raise Contradiction(
                "persons",
                "Weder Personen noch Plätze sind angegeben. Bitte mindestens eine der beiden Zahlen "
                "eingeben; keine Person ist 0.",
            )
        return self
