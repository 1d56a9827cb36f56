"""What the Landkreis intends to do: measures with their steps, their cost and what they bring about."""

import json
from datetime import date
from typing import Self

from pydantic import field_validator, model_validator
from sqlalchemy import BigInteger, Text
from sqlmodel import Field

from steering.model.base import Kept, Record, Traced, choice, name_field, text_field
from steering.model.enums import CommitteeResult, MeasureStatus, MilestoneProgress, Payer
from steering.model.periods import check_order

LONGEST_EFFECTS = 200_000


class Measure(Record, Kept, Traced, table=True):
    """A measure (Maßnahme) of the Masterplan.

    `organisation_id`: who is responsible. `committee_id`, `decided_on`, `paper_number` and `result` are the
    decision of a committee. `answers`: the keys of the findings it is meant for, one per line; needs are a
    list of their own. `effects`: JSON, a list of changes as `analysis.scenarios.stored_changes` writes them,
    which a scenario can apply. `taken_over_on`: the day on which they became part of the data.
    """

    __tablename__ = "measure"

    id: int | None = Field(default=None, primary_key=True)
    name: str = name_field()
    field_id: int | None = Field(default=None, foreign_key="field.id", index=True)
    area_id: int | None = Field(default=None, foreign_key="area.id", index=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    status: MeasureStatus = Field(default=MeasureStatus.IDEA, sa_type=choice(MeasureStatus))
    start: date | None = None
    end: date | None = None
    committee_id: int | None = Field(default=None, foreign_key="committee.id", index=True)
    decided_on: date | None = None
    paper_number: str = Field(default="", max_length=200)
    result: CommitteeResult | None = Field(default=None, sa_type=choice(CommitteeResult))
    budget_item: str = Field(default="", max_length=200)
    answers: str = Field(default="", max_length=20_000, sa_type=Text)
    effects: str = Field(default="[]", max_length=LONGEST_EFFECTS, sa_type=Text)
    taken_over_on: date | None = None
    note: str = text_field()

    @field_validator("effects", mode="after")
    @classmethod
    def _list_of_effects(cls, value: str) -> str:
        try:
            found = json.loads(value or "[]")
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, list):
            raise ValueError(
                "Die Wirkungen sind keine lesbare Liste. Bitte über »Was wäre wenn« zusammenstellen."
            )
        return value or "[]"

    @field_validator("answers", mode="after")
    @classmethod
    def _each_key_once(cls, value: str) -> str:
        keys = (line.strip() for line in value.splitlines())
        return "\n".join(dict.fromkeys(key for key in keys if key))

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        check_order(self.start, self.end, "end")
        return self


class MeasureTask(Record, table=True):
    """A task that a measure is about."""

    __tablename__ = "measure_task"

    measure_id: int = Field(primary_key=True, foreign_key="measure.id")
    task_id: int = Field(primary_key=True, foreign_key="task.id", index=True)


class MeasurePartner(Record, table=True):
    """An organisation that takes part in a measure."""

    __tablename__ = "measure_partner"

    measure_id: int = Field(primary_key=True, foreign_key="measure.id")
    organisation_id: int = Field(primary_key=True, foreign_key="organisation.id", index=True)


class MeasureNeed(Record, table=True):
    """A need that a measure answers."""

    __tablename__ = "measure_need"

    measure_id: int = Field(primary_key=True, foreign_key="measure.id")
    need_id: int = Field(primary_key=True, foreign_key="need.id", index=True)


class MeasurePotential(Record, table=True):
    """A potential that a measure makes use of."""

    __tablename__ = "measure_potential"

    measure_id: int = Field(primary_key=True, foreign_key="measure.id")
    potential_id: int = Field(primary_key=True, foreign_key="potential.id", index=True)


class Milestone(Record, Kept, Traced, table=True):
    """A step (Meilenstein) of a measure, the day by which it is due, and how far it has come."""

    __tablename__ = "milestone"

    id: int | None = Field(default=None, primary_key=True)
    measure_id: int = Field(foreign_key="measure.id", index=True)
    name: str = name_field()
    day: date
    progress: MilestoneProgress = Field(default=MilestoneProgress.OPEN, sa_type=choice(MilestoneProgress))
    note: str = text_field()


class MeasureCost(Record, Kept, Traced, table=True):
    """What a measure costs one payer in one budget year; an empty amount is unknown, never zero.

    It comes on top of the fundings that the effects of the measure prolong or add.
    """

    __tablename__ = "measure_cost"

    id: int | None = Field(default=None, primary_key=True)
    measure_id: int = Field(foreign_key="measure.id", index=True)
    year: int = Field(ge=2000, le=2100)
    payer: Payer = Field(sa_type=choice(Payer))
    amount_cents: int | None = Field(default=None, ge=0, le=10**13, sa_type=BigInteger)
    note: str = text_field()


class Period(Record, Kept, table=True):
    """A planning period (Planungszeitraum) of the Landkreis's own; both days are inclusive."""

    __tablename__ = "period"

    id: int | None = Field(default=None, primary_key=True)
    first: date
    last: date

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        check_order(self.first, self.last, "last")
        return self
