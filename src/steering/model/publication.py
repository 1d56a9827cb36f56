"""What everyone may read of structures and potentials: decided record by record and field by field."""

import re
from datetime import date
from typing import Self

from pydantic import NaiveDatetime, field_validator, model_validator
from sqlalchemy import DateTime, Text
from sqlmodel import Field

from steering.model.base import Kept, Record, Versioned, choice, name_field
from steering.model.enums import DataLicence, Language
from steering.model.periods import Contradiction
from steering.model.submissions import checked_link

SHORT_TEXT = 1_000
_ADDRESSED = re.compile(r"\b(Herrn?|Frau|Hr\.|Fr\.)\s+(?!und\b|in\b)[A-ZÄÖÜ]\S")


class PublicOffer(Record, Kept, table=True):
    """What the public directory (Angebotsverzeichnis) says of a structure, if it may say anything.

    Nothing is public by default: `public` opens the entry, which then has the structure's name and no more,
    and each `shows_…` one more thing. `what`, `for_whom`, `opening`: written for everyone.
    `contact`: the function to ask for, never a person. `shows_end`: the last day it runs for certain;
    `shows_confirmed`: when somebody last confirmed it to be true.
    """

    __tablename__ = "public_offer"

    id: int | None = Field(default=None, primary_key=True)
    structure_id: int = Field(foreign_key="structure.id", index=True, unique=True)
    public: bool = False
    what: str = Field(default="", max_length=SHORT_TEXT)
    for_whom: str = Field(default="", max_length=SHORT_TEXT)
    street: str = Field(default="", max_length=200)
    postal_code: str = Field(default="", max_length=5)
    town: str = Field(default="", max_length=100)
    contact: str = Field(default="", max_length=200)
    phone: str = Field(default="", max_length=60)
    mailbox: str = Field(default="", max_length=200)
    website: str = Field(default="", max_length=500)
    opening: str = Field(default="", max_length=SHORT_TEXT)
    shows_kind: bool = False
    shows_carrier: bool = False
    shows_what: bool = False
    shows_for_whom: bool = False
    shows_tasks: bool = False
    shows_target_groups: bool = False
    shows_reach: bool = False
    shows_address: bool = False
    shows_contact: bool = False
    shows_opening: bool = False
    shows_end: bool = False
    shows_places: bool = False
    shows_confirmed: bool = False

    @field_validator("contact", mode="after")
    @classmethod
    def _a_function(cls, value: str) -> str:
        if _ADDRESSED.search(value):
            raise ValueError(
                "Das Verzeichnis nennt Funktionen, keine Personen. Bitte z. B. »Ehrenamtskoordination« "
                "eintragen."
            )
        return value

    @field_validator("website", mode="after")
    @classmethod
    def _page_of_the_web(cls, value: str) -> str:
        return checked_link(value)

    @field_validator("postal_code", mode="after")
    @classmethod
    def _five_digits(cls, value: str) -> str:
        if value and not re.fullmatch(r"\d{5}", value):
            raise ValueError(
                f"»{value[:10]}« ist keine Postleitzahl. Bitte fünf Ziffern eingeben oder leer lassen."
            )
        return value


class PublicText(Record, Versioned, table=True):
    """Title and short text of an entry of the public directory in one more language.

    It belongs to an offer or to a potential, to one of them only.
    """

    __tablename__ = "public_text"

    id: int | None = Field(default=None, primary_key=True)
    offer_id: int | None = Field(default=None, foreign_key="public_offer.id", index=True)
    potential_id: int | None = Field(default=None, foreign_key="potential.id", index=True)
    language: Language = Field(sa_type=choice(Language))
    title: str = name_field()
    text: str = Field(default="", max_length=SHORT_TEXT)

    @model_validator(mode="after")
    def _of_one_entry(self) -> Self:
        if (self.offer_id is None) == (self.potential_id is None):
            raise Contradiction(
                "offer_id", "Ein Text gehört zu einem Angebot oder zu einem Potenzial. Bitte eines wählen."
            )
        return self


class PublicSite(Record, Versioned, table=True):
    """The single row of what the public directory says of itself.

    `address`: where it will stand on the web, "" while that is open; feeds and catalogues name it then.
    `imprint`, `privacy`, `accessibility`: the Landkreis' own texts, a blank line between paragraphs.
    """

    __tablename__ = "public_site"

    id: int | None = Field(default=1, primary_key=True)
    name: str = name_field()
    introduction: str = Field(default="", max_length=SHORT_TEXT)
    address: str = Field(default="", max_length=500)
    mailbox: str = Field(default="", max_length=200)
    licence: DataLicence = Field(default=DataLicence.UNDECIDED, sa_type=choice(DataLicence))
    imprint: str = Field(default="", max_length=20_000, sa_type=Text)
    privacy: str = Field(default="", max_length=20_000, sa_type=Text)
    accessibility: str = Field(default="", max_length=20_000, sa_type=Text)

    @field_validator("address", mode="after")
    @classmethod
    def _page_of_the_web(cls, value: str) -> str:
        return checked_link(value).rstrip("/")


class Release(Record, table=True):
    """What somebody has confirmed to be public (Freigabe), as a whole; what is published rests on the last.

    `content`: JSON, as `analysis.publication` writes it; `digest`: its SHA-256. `at` is UTC; `day` the day it
    was confirmed for. Never changed, never removed; taking back an edit leaves it as it is.
    """

    __tablename__ = "release"

    id: int | None = Field(default=None, primary_key=True)
    at: NaiveDatetime = Field(sa_type=DateTime)
    day: date
    actor: str = Field(max_length=200)
    digest: str = Field(min_length=64, max_length=64)
    content: str = Field(sa_type=Text)
