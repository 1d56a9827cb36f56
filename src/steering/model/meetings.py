"""The Koordinierungsrunde: who met, what was talked about, and what came out of it.

A round that is closed is never changed again; what was wrong is corrected by an addendum. `internal` is
for the administration only: such a point, note or agreed action is shown to nobody from outside.
"""

import re
from datetime import date
from typing import Self

from pydantic import field_validator, model_validator
from sqlalchemy import Text
from sqlmodel import Field

from steering.model.base import Kept, Record, Versioned, choice, name_field, text_field
from steering.model.enums import (
    ActionStatus,
    AgendaGroup,
    AgendaStatus,
    AssessmentState,
    Attendance,
    ExtensionRule,
    MeetingStatus,
    OutcomeStatus,
    Progress,
    Subject,
    WishStatus,
)
from steering.model.periods import Contradiction

# From here on stand the points with which a round ends, so that what is added comes before them.
LAST_PLACES = 900_000
_NO_LETTER = re.compile(r"[\W_]+")
_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?(?: ?Uhr)?")


class Meeting(Record, Kept, table=True):
    """A Koordinierungsrunde. `begins` and `ends` are times of the clock as HH:MM, empty where not settled.

    `closed_on` and `closed_by` are set by closing it, with the view that it rested on: the day looked at,
    the scenario, with or without Masterplan, and the revision of the data. `wishes_until`: by when
    participants are to propose points.
    """

    __tablename__ = "meeting"

    id: int | None = Field(default=None, primary_key=True)
    name: str = name_field(default="Koordinierungsrunde")
    day: date = Field(index=True)
    begins: str = Field(default="", max_length=20)
    ends: str = Field(default="", max_length=20)
    place: str = Field(default="", max_length=200)
    status: MeetingStatus = Field(default=MeetingStatus.DRAFT, sa_type=choice(MeetingStatus))
    note: str = text_field()
    internal_note: str = text_field()
    wishes_until: date | None = None
    invited_on: date | None = None
    closed_on: date | None = None
    closed_by: str = Field(default="", max_length=200)
    as_of: date | None = None
    scenario: ExtensionRule | None = Field(default=None, sa_type=choice(ExtensionRule))
    masterplan: bool = False
    revision: int | None = None

    @field_validator("begins", "ends", mode="after")
    @classmethod
    def _time_of_day(cls, value: str) -> str:
        if not value:
            return ""
        found = _TIME.fullmatch(value)
        hour, minute = (int(found[1]), int(found[2] or 0)) if found else (24, 0)
        if hour > 23 or minute > 59:
            raise ValueError(f"»{value}« ist keine Uhrzeit. Bitte wie 14:00 eingeben oder leer lassen.")
        return f"{hour:02d}:{minute:02d}"

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.begins and self.ends and self.ends <= self.begins:
            raise Contradiction("ends", f"Das Ende ({self.ends} Uhr) liegt nicht nach dem Beginn.")
        return self

    @model_validator(mode="after")
    def _wishes_come_before(self) -> Self:
        if self.wishes_until is not None and self.wishes_until > self.day:
            raise Contradiction(
                "wishes_until",
                "Themenwünsche wären danach noch nach der Runde möglich. Bitte einen Tag davor eintragen.",
            )
        return self


class Participant(Record, Versioned, table=True):
    """Who takes part, by organisation and function; never a person's name."""

    __tablename__ = "participant"

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    function: str = Field(default="", max_length=200)
    mailbox: str = Field(default="", max_length=200)
    attendance: Attendance = Field(default=Attendance.INVITED, sa_type=choice(Attendance))


class AgendaItem(Record, Versioned, table=True):
    """A point on the agenda (Tagesordnungspunkt).

    `subject` says what it is about and `subject_key` which one: a finding's key, or the id of a measure,
    structure, agreement, funding, potential or agreed action as text; empty where it is about
    none. `previous_id`: the point of an earlier round that it goes on with. `occasion`: why it was proposed,
    in a sentence. `question`: the same worded as a question, for when one of the organisations that it
    `concerns` (their ids, separated by blanks) sits in the room. `announced`: everybody was told of it under
    its number, so it keeps that when it becomes internal.
    """

    __tablename__ = "agenda_item"

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    position: int = Field(default=0, ge=-1_000_000, le=1_000_000)
    name: str = name_field()
    group: AgendaGroup = Field(default=AgendaGroup.OWN, sa_type=choice(AgendaGroup))
    subject: Subject = Field(default=Subject.FREE, sa_type=choice(Subject))
    subject_key: str = Field(default="", max_length=400, index=True)
    previous_id: int | None = Field(default=None, foreign_key="agenda_item.id", index=True)
    occasion: str = text_field()
    question: str = Field(default="", max_length=400)
    concerns: str = Field(default="", max_length=400)
    note: str = text_field()
    internal_note: str = text_field()
    internal: bool = False
    announced: bool = False
    status: AgendaStatus = Field(default=AgendaStatus.PLANNED, sa_type=choice(AgendaStatus))


class Outcome(Record, Versioned, table=True):
    """What came out of a point (Ergebnis): one for each; a draft until it is recorded (festgehalten).

    On a finding, `assessment` and `progress` become its Einschätzung. `resubmit_on`: when to look again.
    """

    __tablename__ = "outcome"

    id: int | None = Field(default=None, primary_key=True)
    agenda_item_id: int = Field(foreign_key="agenda_item.id", unique=True)
    text: str = text_field()
    internal_note: str = text_field()
    status: OutcomeStatus = Field(default=OutcomeStatus.DRAFT, sa_type=choice(OutcomeStatus))
    assessment: AssessmentState | None = Field(default=None, sa_type=choice(AssessmentState))
    progress: Progress | None = Field(default=None, sa_type=choice(Progress))
    resubmit_on: date | None = None


class ActionItem(Record, Versioned, table=True):
    """What was agreed (Vereinbart): `name` says what, then who and by when, and how it stands."""

    __tablename__ = "action_item"

    id: int | None = Field(default=None, primary_key=True)
    agenda_item_id: int = Field(foreign_key="agenda_item.id", index=True)
    name: str = name_field()
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    function: str = Field(default="", max_length=200)
    due: date
    internal: bool = False
    status: ActionStatus = Field(default=ActionStatus.OPEN, sa_type=choice(ActionStatus))
    done_on: date | None = None


class Addendum(Record, table=True):
    """A correction (Nachtrag) to a closed round: added, never changed."""

    __tablename__ = "addendum"

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    agenda_item_id: int | None = Field(default=None, foreign_key="agenda_item.id", index=True)
    text: str = Field(min_length=1, max_length=5_000)
    internal: bool = False
    actor: str = Field(default="", max_length=200)
    added_on: date


class Snapshot(Record, table=True):
    """What a closed round rested on and what came out of it, as it stood then: JSON, never changed."""

    __tablename__ = "snapshot"

    meeting_id: int = Field(primary_key=True, foreign_key="meeting.id")
    content: str = Field(sa_type=Text)


class InternalFinding(Record, Versioned, table=True):
    """The finding with that key is for the administration only (nur Verwaltung)."""

    __tablename__ = "internal_finding"

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(min_length=1, max_length=400, unique=True)


class StandingPoint(Record, Versioned, table=True):
    """A point that every new round gets (Standardpunkt), before the others or after them (`at_end`)."""

    __tablename__ = "standing_point"

    id: int | None = Field(default=None, primary_key=True)
    position: int = Field(default=0, ge=-1_000_000, le=1_000_000)
    name: str = name_field()
    note: str = text_field()
    at_end: bool = False


class Wish(Record, Versioned, table=True):
    """A point that a participant proposes for a round (Themenwunsch): the unit, who wrote it down, and when.

    `reason`: why; `wanted`: what is to come out of it; `minutes`: how long it takes. `agenda_item_id`: the
    point it has become. `answer`: why it was put off from the round that `meeting_id` names.
    """

    __tablename__ = "wish"

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    name: str = name_field()
    reason: str = Field(default="", max_length=2_000)
    wanted: str = Field(default="", max_length=2_000)
    minutes: int | None = Field(default=None, ge=1, le=480)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    person: str = Field(default="", max_length=200)
    proposed_on: date
    status: WishStatus = Field(default=WishStatus.OPEN, sa_type=choice(WishStatus))
    answer: str = Field(default="", max_length=2_000)
    agenda_item_id: int | None = Field(default=None, foreign_key="agenda_item.id", index=True)


def same_topic(one: str, other: str) -> bool:
    """Whether two names of points say the same, however they are written and set off."""
    first, second = (_NO_LETTER.sub("", name).casefold() for name in (one, other))
    return first == second if first or second else one == other
