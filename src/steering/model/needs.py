"""What is needed, where, for whom, from when to when, and how much of it."""

from sqlmodel import Field

from steering.model.base import Kept, Record, Traced, choice, name_field, text_field
from steering.model.enums import Level, NeedKind, NeedUnit, Priority
from steering.model.periods import Validity


class Need(Record, Kept, Traced, Validity, table=True):
    """A need of service or of steering for a task in an area, for target groups, over a period.

    `quantity` in `unit` for the whole area (places, full-time equivalents, or the people one counsellor
    is meant for); empty means that it is needed, but not how much. `level` limits who may meet it,
    `site` to which school or accommodation it belongs.
    """

    __tablename__ = "need"

    id: int | None = Field(default=None, primary_key=True)
    name: str = name_field()
    kind: NeedKind = Field(sa_type=choice(NeedKind))
    task_id: int = Field(foreign_key="task.id", index=True)
    area_id: int = Field(foreign_key="area.id", index=True)
    quantity: float | None = Field(default=None, ge=0, le=1_000_000)
    unit: NeedUnit | None = Field(default=None, sa_type=choice(NeedUnit))
    priority: Priority = Field(default=Priority.MEDIUM, sa_type=choice(Priority))
    level: Level | None = Field(default=None, sa_type=choice(Level))
    site: str = Field(default="", max_length=200)
    note: str = text_field()


class NeedGroup(Record, table=True):
    """A target group that a need is about."""

    __tablename__ = "need_group"

    need_id: int = Field(primary_key=True, foreign_key="need.id")
    target_group_id: int = Field(primary_key=True, foreign_key="target_group.id", index=True)
