"""A period and what is known about its end: one meaning for structures, fundings and programmes."""

from datetime import date
from typing import Self

from pydantic import model_validator
from sqlmodel import Field, SQLModel

from steering.model.base import choice
from steering.model.enums import EndKind, Extension


class Contradiction(ValueError):
    """Two fields of a record that do not go together; `field` is the one to look at first."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def check_order(start: date | None, end: date | None, field: str) -> None:
    """Refuse a last day, kept in `field`, before the first one."""
    if start and end and end < start:
        raise Contradiction(
            field,
            f"Das Ende ({end:%d.%m.%Y}) liegt vor dem Beginn ({start:%d.%m.%Y}). "
            "Bitte eines von beiden ändern.",
        )


def check_end_kind(kind: EndKind, end: date | None, field: str) -> None:
    """Refuse an end, kept in `field`, that contradicts its kind: "no date" is never one thing."""
    if kind == EndKind.FIXED and end is None:
        raise Contradiction(
            field,
            "Ein festes Ende braucht ein Datum. Bitte eintragen oder als Fristart »nicht bekannt« wählen.",
        )
    if kind in (EndKind.OPEN, EndKind.UNKNOWN) and end is not None:
        raise Contradiction(
            "end_kind", "Zu diesem Ende passt die Fristart nicht. Bitte »fest« oder »jährlich« wählen."
        )


class Ending(SQLModel):
    """What is known about an end: its kind, going on after it, and when somebody last confirmed it.

    `expected_until`: last day of the extension applied for or in prospect; empty means no end.
    `confirmed_on`: the day on which the record was last confirmed to be true.
    """

    end_kind: EndKind = Field(default=EndKind.UNKNOWN, sa_type=choice(EndKind))
    extension: Extension = Field(default=Extension.UNCLEAR, sa_type=choice(Extension))
    expected_until: date | None = None
    confirmed_on: date | None = None


class Validity(SQLModel):
    """First and last day, both inclusive; an empty start means before the data begin."""

    valid_from: date | None = None
    valid_until: date | None = None

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        check_order(self.valid_from, self.valid_until, "valid_until")
        return self
