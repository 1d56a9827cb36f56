"""Who decides, and when."""

from datetime import date
from typing import Self

from pydantic import model_validator
from sqlmodel import Field

from steering.model.base import Kept, Record, Traced, choice, name_field
from steering.model.enums import LeadUnit
from steering.model.periods import Contradiction


class Committee(Record, Kept, Traced, table=True):
    """A body that decides, e.g. the Kreistag; `rank` orders those that prepare before those that decide.

    `lead_days`, counted as `lead_unit` says: how long before a sitting papers for it are due, where a date
    does not say otherwise; `invitation_days` and `invitation_unit` the same for its invitation (Ladung).
    """

    __tablename__ = "committee"

    id: int | None = Field(default=None, primary_key=True)
    slug: str = name_field(unique=True)
    name: str = name_field()
    short_name: str = Field(default="", max_length=60)
    rank: int = Field(default=0, ge=-1_000_000, le=1_000_000)
    lead_days: int | None = Field(default=None, ge=0, le=365)
    lead_unit: LeadUnit = Field(default=LeadUnit.DAYS, sa_type=choice(LeadUnit, "lead_unit"))
    invitation_days: int | None = Field(default=None, ge=0, le=365)
    invitation_unit: LeadUnit = Field(default=LeadUnit.DAYS, sa_type=choice(LeadUnit, "invitation_unit"))


class CommitteeDate(Record, Kept, Traced, table=True):
    """A sitting of a committee and the last day on which papers for it are accepted (Vorlagenschluss).

    `reference` is what the Ratsinformationssystem calls it by, so that it is known again when it has moved.
    """

    __tablename__ = "committee_date"

    id: int | None = Field(default=None, primary_key=True)
    committee_id: int = Field(foreign_key="committee.id", index=True)
    day: date
    papers_due: date
    reference: str = Field(default="", max_length=500)

    @model_validator(mode="after")
    def _papers_come_first(self) -> Self:
        if self.papers_due > self.day:
            raise Contradiction(
                "papers_due", "Der Vorlagenschluss liegt nach dem Termin. Bitte eines von beiden ändern."
            )
        return self
