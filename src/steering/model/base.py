"""What every stored record shares: the table registry, provenance, versions and archiving."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from typing import Any

from pydantic import field_validator
from sqlalchemy import Enum, MetaData
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from steering.model import texts
from steering.model.enums import Provenance

NAME_LENGTH = 200
TEXT_LENGTH = 5_000
EARLIEST = date(1900, 1, 1)
LATEST = date(2100, 12, 31)


def implausible(value: date) -> str:
    """Why nobody can mean a day, as a sentence; "" where somebody can."""
    if EARLIEST.year <= value.year <= LATEST.year:
        return ""
    return (
        f"Das Jahr {value.year:04d} liegt außerhalb von {EARLIEST.year} bis {LATEST.year}. "
        "Bitte das Jahr vierstellig eingeben, z. B. 2026."
    )


# Stable constraint names, so that Alembic can alter them on every engine.
_NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def choice(enum: type[StrEnum], name: str = "") -> Enum:
    """Column type that stores an enumeration's values and has the database check them.

    `name`: of the check, where a record has two columns of one type.
    """
    return Enum(
        enum,
        values_callable=lambda members: [member.value for member in members],
        native_enum=False,
        create_constraint=True,
        validate_strings=True,
        name=name or re.sub(r"(?<!^)(?=[A-Z])", "_", enum.__name__).lower(),
    )


def name_field(**options: Any) -> Any:
    """A mandatory single-line name."""
    return Field(min_length=1, max_length=NAME_LENGTH, **options)


def fte_field() -> Any:
    """The posts of one structure, in full-time equivalents, where they are known."""
    # So that a point meant as a decimal mark never passes: 1.250 reads as thousands.
    return Field(default=None, ge=0, le=999)


def text_field(**options: Any) -> Any:
    """A free text that may stay empty."""
    return Field(default="", max_length=TEXT_LENGTH, **options)


# An own registry: Streamlit may import this module again on hot reload.
class Record(SQLModel, registry=registry(metadata=MetaData(naming_convention=_NAMING))):
    """Base of all stored records; `Record.metadata` is the schema."""

    # Each process begins with these classes, and few of them check a record of every kind.
    model_config = {"defer_build": True}

    @field_validator("*", mode="before")
    @classmethod
    def _clean_text(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        if not texts.is_possible(value):
            raise ValueError("Der Text enthält Steuerzeichen. Bitte neu eintippen statt einfügen.")
        return texts.seen(value).strip()

    @field_validator("*", mode="after")
    @classmethod
    def _plausible_date(cls, value: Any) -> Any:
        if isinstance(value, date) and (said := implausible(value)):
            raise ValueError(said)
        return value

    @field_validator("ags", "seat_ags", mode="after", check_fields=False)
    @classmethod
    def _eight_digits(cls, value: Any) -> Any:
        if value is not None and not re.fullmatch(r"\d{8}", value):
            raise ValueError(
                f"»{value[:20]}« ist kein Amtlicher Gemeindeschlüssel. "
                "Bitte acht Ziffern eingeben, z. B. 09473151."
            )
        return value

    @field_validator("mailbox", mode="after", check_fields=False)
    @classmethod
    def _looks_like_an_address(cls, value: Any) -> Any:
        if value and not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+", value):
            raise ValueError(
                f"»{value[:40]}« ist keine E-Mail-Adresse. "
                "Bitte das Funktionspostfach eingeben oder leer lassen."
            )
        return value

    @field_validator("name", "short_name", mode="after", check_fields=False)
    @classmethod
    def _plain_name(cls, value: Any) -> Any:
        if isinstance(value, str) and re.search(r"[<>\r\n]", value):
            raise ValueError(
                "Ein Name darf keine spitzen Klammern und keine Zeilenumbrüche enthalten. Bitte entfernen."
            )
        return value


class Versioned(SQLModel):
    """A record that people edit.

    `version` rises by one with every write; a write names the version it was based on,
    so that nobody overwrites what somebody else changed in between.
    """

    version: int = Field(default=1, ge=1)


class Kept(Versioned):
    """An edited record that is archived, rather than deleted, where others point to it."""

    archived_on: date | None = None


class Traced(SQLModel):
    """Where a record comes from: a source address, a derivation, or a made-up example.

    `origin` names the rows of a source file this record was made from, one per line.
    """

    provenance: Provenance = Field(default=Provenance.DOCUMENTED, sa_type=choice(Provenance))
    source: str = text_field()
    provenance_note: str = text_field()
    origin: str = text_field()
