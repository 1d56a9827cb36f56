"""The yearly confirmation round (Rückmeldung): what went out to which carrier, and what came back of it."""

from datetime import date

from sqlalchemy import Text
from sqlmodel import Field

from steering.model.asking import AskingRound
from steering.model.base import Kept, Record, Versioned, choice, text_field
from steering.model.enums import Verdict


class ConfirmationRound(Record, Kept, AskingRound, table=True):
    """A round in which carriers are asked whether what is recorded of them is true."""

    __tablename__ = "confirmation_round"

    id: int | None = Field(default=None, primary_key=True)


class ConfirmationRequest(Record, Versioned, table=True):
    """The file of one carrier in a round.

    `token` stands in the file and says which one came back. `revision`: the state of the data it was made
    from. `answered_on`: the day on which an answer was last taken over.
    """

    __tablename__ = "confirmation_request"

    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="confirmation_round.id", index=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    token: str = Field(min_length=16, max_length=40, unique=True)
    revision: int = 0
    answered_on: date | None = None


class ConfirmationItem(Record, Versioned, table=True):
    """One row of such a file: the record it is about, and what the carrier said.

    `record` is a table and `record_key` a key in it. `sent`: JSON, the fields as they went out, empty for
    a row that the carrier has added. `remark` is what the carrier wrote beside it.
    """

    __tablename__ = "confirmation_item"

    id: int | None = Field(default=None, primary_key=True)
    request_id: int = Field(foreign_key="confirmation_request.id", index=True)
    record: str = Field(max_length=60)
    record_key: int
    sent: str = Field(default="{}", max_length=60_000, sa_type=Text)
    verdict: Verdict = Field(default=Verdict.OPEN, sa_type=choice(Verdict))
    remark: str = text_field()
    answered_on: date | None = None
