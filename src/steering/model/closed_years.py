"""Budget years that are closed: what the money of a year was stays what it was."""

from datetime import date
from typing import Self

from pydantic import model_validator
from sqlmodel import Field

from steering.model.base import Record, Versioned, text_field
from steering.model.periods import Contradiction


class ClosedYear(Record, Versioned, table=True):
    """A budget year that was closed (Jahresabschluss): for one funding, or without one for all of them.

    `proof_on`: the day on which the Verwendungsnachweis was handed in. `opened_on`, `opened_by` and `reason`
    are set by opening the year again; until then nothing that lies in it changes. A year that was opened is
    closed again by another record, so that each time stays told.
    """

    __tablename__ = "closed_year"

    id: int | None = Field(default=None, primary_key=True)
    year: int = Field(ge=2000, le=2100, index=True)
    funding_id: int | None = Field(default=None, foreign_key="funding.id", index=True)
    proof_on: date | None = None
    note: str = text_field()
    closed_on: date
    closed_by: str = Field(default="", max_length=200)
    opened_on: date | None = None
    opened_by: str = Field(default="", max_length=200)
    reason: str = text_field()

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if self.year > self.closed_on.year:
            raise Contradiction(
                "year", f"Das Jahr {self.year} hat noch nicht begonnen und lässt sich nicht abschließen."
            )
        if self.opened_on is not None and not self.reason:
            raise Contradiction("reason", "Bitte begründen, warum das Jahr wieder geöffnet wird.")
        return self
