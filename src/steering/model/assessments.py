"""What people decided about a finding, and what they saw when they did."""

from datetime import date
from typing import Self

from pydantic import model_validator
from sqlmodel import Field

from steering.model.base import Kept, Record, choice, text_field
from steering.model.enums import AssessmentState, Progress
from steering.model.periods import check_order


class Assessment(Record, Kept, table=True):
    """The Einschätzung of the finding with that key.

    `seen_*` is what the finding was then, in gesichert, without Masterplan and what-if: first and last day
    (unclipped; empty = open) and the AGS of its municipalities, separated by blanks. A finding that
    differs from it has changed since.
    """

    __tablename__ = "assessment"

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(min_length=1, max_length=400, unique=True)
    state: AssessmentState = Field(sa_type=choice(AssessmentState))
    progress: Progress = Field(default=Progress.OPEN, sa_type=choice(Progress))
    resubmit_on: date | None = None
    reason: str = text_field()
    actor: str = Field(default="", max_length=200)
    decided_on: date | None = None
    seen_from: date | None = None
    seen_until: date | None = None
    seen_municipalities: str = text_field()

    @model_validator(mode="after")
    def _seen_in_order(self) -> Self:
        check_order(self.seen_from, self.seen_until, "seen_until")
        return self
