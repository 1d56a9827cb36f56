"""What every round has in which others are asked in writing."""

from datetime import date
from typing import Self

from pydantic import model_validator
from sqlalchemy import Text
from sqlmodel import Field, SQLModel

from steering.model.base import name_field
from steering.model.periods import Contradiction


class AskingRound(SQLModel):
    """When the files went out, by which day answers are asked for (`due`), and in which functional mailbox.

    `letter`: the covering text, with its placeholders.
    """

    name: str = name_field()
    sent_on: date
    due: date
    mailbox: str = Field(default="", max_length=200)
    letter: str = Field(default="", max_length=20_000, sa_type=Text)

    @model_validator(mode="after")
    def _due_after_it_went_out(self) -> Self:
        if self.due < self.sent_on:
            raise Contradiction(
                "due",
                f"Die Frist ({self.due:%d.%m.%Y}) liegt vor dem Versand ({self.sent_on:%d.%m.%Y}). "
                "Bitte eines von beiden ändern.",
            )
        return self
