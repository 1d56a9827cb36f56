"""The survey of needs (Bedarfserhebung): who was asked about which tasks, and what each of them said."""

from datetime import date
from typing import Self

from pydantic import model_validator
from sqlmodel import Field

from steering.model.asking import AskingRound
from steering.model.base import Kept, Record, Versioned, choice, text_field
from steering.model.enums import Level, Needed, NeedKind, NeedUnit, Priority
from steering.model.periods import Contradiction


class SurveyRound(Record, Kept, AskingRound, table=True):
    """A round in which municipalities, Fachbereiche and carriers are asked what is needed."""

    __tablename__ = "survey_round"

    id: int | None = Field(default=None, primary_key=True)


class SurveyRequest(Record, Versioned, table=True):
    """The file of one body in a round; the body is an organisation, or a municipality by its `ags`.

    `token` stands in the file and says which one came back. `answered_on`: the day on which an answer was
    last taken in; `reminded_on`: when the body was reminded; `refused_on`: when it said that it will not
    answer.
    """

    __tablename__ = "survey_request"

    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="survey_round.id", index=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    ags: str | None = Field(default=None, foreign_key="municipality.ags", max_length=8, index=True)
    token: str = Field(min_length=16, max_length=40, unique=True)
    answered_on: date | None = None
    reminded_on: date | None = None
    refused_on: date | None = None

    @model_validator(mode="after")
    def _one_body(self) -> Self:
        if (self.organisation_id is None) == (self.ags is None):
            raise Contradiction(
                "organisation_id", "Gefragt wird entweder eine Gemeinde oder ein Träger. Bitte eines wählen."
            )
        return self


class SurveyRequestTask(Record, table=True):
    """A task that a body is asked about."""

    __tablename__ = "survey_request_task"

    request_id: int = Field(primary_key=True, foreign_key="survey_request.id")
    task_id: int = Field(primary_key=True, foreign_key="task.id", index=True)


class SurveyAnswer(Record, Versioned, table=True):
    """What a body said about a task: needed or not, and if so for whom, where, how much, from when to when.

    Kept as it was said, whether it makes sense or not: `doubt` says in German what is to be asked about
    before it becomes a need, and where in the file that stands. `digest`: of the file in which it came; of
    several files of one body the one that came last holds for each task that it speaks of. `need_id`: the
    need that was made of it. `level`: who is to steer, where steering is what is needed.
    """

    __tablename__ = "survey_answer"

    id: int | None = Field(default=None, primary_key=True)
    request_id: int = Field(foreign_key="survey_request.id", index=True)
    task_id: int = Field(foreign_key="task.id", index=True)
    area_id: int = Field(foreign_key="area.id", index=True)
    kind: NeedKind = Field(default=NeedKind.SERVICE, sa_type=choice(NeedKind))
    needed: Needed = Field(sa_type=choice(Needed))
    quantity: float | None = Field(default=None, ge=0, le=1_000_000_000)
    unit: NeedUnit | None = Field(default=None, sa_type=choice(NeedUnit))
    valid_from: date | None = None
    valid_until: date | None = None
    priority: Priority | None = Field(default=None, sa_type=choice(Priority))
    level: Level | None = Field(default=None, sa_type=choice(Level))
    site: str = Field(default="", max_length=200)
    reason: str = text_field()
    doubt: str = text_field()
    received_on: date
    digest: str = Field(min_length=64, max_length=64)
    need_id: int | None = Field(default=None, foreign_key="need.id", index=True)


class SurveyAnswerGroup(Record, table=True):
    """A target group for which a body says that something is needed."""

    __tablename__ = "survey_answer_group"

    answer_id: int = Field(primary_key=True, foreign_key="survey_answer.id")
    target_group_id: int = Field(primary_key=True, foreign_key="target_group.id", index=True)
