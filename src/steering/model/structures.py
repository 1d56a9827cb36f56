"""What does integration work, and for what it answers."""

from datetime import date
from typing import Self

from pydantic import model_validator
from sqlalchemy import String
from sqlmodel import Field

from steering.model.base import Kept, Record, Traced, choice, fte_field, name_field, text_field
from steering.model.enums import OnLoss, Role, StructureKind
from steering.model.periods import Ending, Validity, check_end_kind


class Structure(Record, Kept, Traced, Ending, Validity, table=True):
    """A post, facility, project, service, network, volunteer office or accommodation.

    Its own validity limits it; with carrying fundings an unknown own end does not.
    `fte` in full-time equivalents and `places` hold where no carrying funding names its own.
    `on_loss`, `fte_after`: what becomes of it after the last carrying day.
    The seat may lie outside the Landkreis; the catchment is the area it serves.
    `department_id`: the unit of the Landratsamt that prepares decisions about it.
    """

    __tablename__ = "structure"

    id: int | None = Field(default=None, primary_key=True)
    name: str = name_field()
    kind: StructureKind = Field(sa_type=choice(StructureKind))
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    department_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    catchment_id: int | None = Field(default=None, foreign_key="area.id", index=True)
    fte: float | None = fte_field()
    places: int | None = Field(default=None, ge=0, le=1_000_000)
    on_loss: OnLoss = Field(default=OnLoss.UNCLEAR, sa_type=choice(OnLoss))
    fte_after: float | None = fte_field()
    seat_place: str = Field(default="", max_length=200)
    seat_ags: str | None = Field(default=None, sa_type=String(8))
    seat_latitude: float | None = Field(default=None, ge=-90, le=90)
    seat_longitude: float | None = Field(default=None, ge=-180, le=180)
    note: str = text_field()

    @model_validator(mode="after")
    def _end_fits_its_kind(self) -> Self:
        check_end_kind(self.end_kind, self.valid_until, "valid_until")
        return self


class Responsibility(Record, Kept, Traced, Validity, table=True):
    """A structure answers for a task in an area, for target groups, in a role, for a period.

    `delivers`: whether a LEAD also does the work itself; other roles ignore it.
    `site`: the school or accommodation it is limited to, where it is.
    `confirmed_on`: the day on which its carrier last confirmed it to be true.
    """

    __tablename__ = "responsibility"

    id: int | None = Field(default=None, primary_key=True)
    structure_id: int = Field(foreign_key="structure.id", index=True)
    task_id: int = Field(foreign_key="task.id", index=True)
    area_id: int = Field(foreign_key="area.id", index=True)
    role: Role = Field(sa_type=choice(Role))
    delivers: bool = True
    site: str = Field(default="", max_length=200)
    confirmed_on: date | None = None


class ResponsibilityGroup(Record, table=True):
    """A target group that a responsibility reaches."""

    __tablename__ = "responsibility_group"

    responsibility_id: int = Field(primary_key=True, foreign_key="responsibility.id")
    target_group_id: int = Field(primary_key=True, foreign_key="target_group.id", index=True)
