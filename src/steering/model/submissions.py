"""A Vorlage once it is handed in: what it is called there, its wording as it was, and what came of it."""

from datetime import date
from typing import Self
from urllib.parse import urlsplit

from pydantic import field_validator, model_validator
from sqlalchemy import Text
from sqlmodel import Field

from steering.model.base import Kept, Record, Versioned, choice, name_field, text_field
from steering.model.enums import About, CommitteeResult
from steering.model.periods import Contradiction

MOST_VOTES = 200
PASSED = (CommitteeResult.DECIDED, CommitteeResult.AMENDED)
# What, said by who decides, is the last word about a Vorlage.
FINAL = (*PASSED, CommitteeResult.REJECTED, CommitteeResult.NOTED)


class Submission(Record, Kept, table=True):
    """A Vorlage that was handed in (abgegebene Vorlage).

    `number`: its Vorlage-Nr., "" until it has one; `link`: its page in the Ratsinformationssystem. `about`
    and `subject_key`: what it is about, the id of a programme or measure or the key of a finding. `ends`: the
    ends it asks to decide about, one per line, the id of the funding and the day. `digest`: of its file,
    which is kept as a `PaperFile`; `wording`: of what the draft said then, so that a later one is told apart.
    """

    __tablename__ = "submission"

    id: int | None = Field(default=None, primary_key=True)
    name: str = name_field()
    number: str = Field(default="", max_length=100)
    link: str = Field(default="", max_length=1_000)
    about: About = Field(sa_type=choice(About))
    subject_key: str = Field(default="", max_length=200)
    ends: str = Field(default="", max_length=20_000, sa_type=Text)
    handed_in_on: date
    file_name: str = name_field()
    digest: str = Field(min_length=64, max_length=64)
    wording: str = Field(default="", max_length=64)

    @field_validator("link", mode="after")
    @classmethod
    def _page_of_the_web(cls, value: str) -> str:
        return checked_link(value)


class PaperFile(Record, table=True):
    """The file of a Vorlage that was handed in, byte by byte: never changed, never removed.

    `digest`: its SHA-256, by which it is found; `content`: Base64.
    """

    __tablename__ = "paper_file"

    digest: str = Field(primary_key=True, min_length=64, max_length=64)
    content: str = Field(sa_type=Text)


class Consultation(Record, Versioned, table=True):
    """What a committee made of a Vorlage in a sitting (Beratung).

    The votes are all empty where nobody counted them. `postponed_to`: the sitting to which it was put off.
    `reference`: by what the Ratsinformationssystem knows the item of its agenda.
    """

    __tablename__ = "consultation"

    id: int | None = Field(default=None, primary_key=True)
    submission_id: int = Field(foreign_key="submission.id", index=True)
    committee_id: int = Field(foreign_key="committee.id", index=True)
    day: date
    result: CommitteeResult = Field(sa_type=choice(CommitteeResult))
    unanimous: bool = False
    votes_for: int | None = Field(default=None, ge=0, le=MOST_VOTES)
    votes_against: int | None = Field(default=None, ge=0, le=MOST_VOTES)
    abstentions: int | None = Field(default=None, ge=0, le=MOST_VOTES)
    postponed_to: date | None = None
    note: str = text_field()
    reference: str = Field(default="", max_length=500)

    @model_validator(mode="after")
    def _votes_fit(self) -> Self:
        yes, no = self.votes_for, self.votes_against
        if yes is None and (no is not None or self.abstentions is not None):
            raise Contradiction("votes_for", "Bitte auch die Ja-Stimmen eingeben, oder alle Stimmen leeren.")
        if yes is not None and yes + (no or 0) + (self.abstentions or 0) == 0:
            raise Contradiction("votes_for", "Niemand hat abgestimmt. Bitte die Stimmen prüfen oder leeren.")
        if self.unanimous and no:
            raise Contradiction(
                "votes_against", "Einstimmig geht nicht mit Nein-Stimmen zusammen. Bitte eines ändern."
            )
        # Where votes are equal, a motion is lost.
        if self.result in PASSED and yes is not None and yes <= (no or 0):
            raise Contradiction(
                "votes_for",
                "Beschlossen ist nur, wofür mehr Ja- als Nein-Stimmen da sind. Bitte Stimmen oder Ergebnis "
                "prüfen.",
            )
        return self

    @model_validator(mode="after")
    def _put_off_to_later(self) -> Self:
        if self.postponed_to is None:
            return self
        if self.result != CommitteeResult.POSTPONED:
            raise Contradiction(
                "postponed_to", "Nur was vertagt ist, hat eine nächste Sitzung. Bitte den Tag leeren."
            )
        if self.postponed_to <= self.day:
            raise Contradiction("postponed_to", "Vertagt wird auf einen späteren Tag. Bitte den Tag prüfen.")
        return self


def checked_link(value: str) -> str:
    """An address of the web, or nothing. Raises ValueError with a German sentence."""
    if not value:
        return value
    try:
        parts = urlsplit(value)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        sound = False
    if not sound or any(sign in value for sign in " <>\"'()[]\\`\n\t"):
        raise ValueError(
            f"»{value[:60]}« ist keine Webadresse. Bitte die Adresse der Vorlage mit https:// einfügen oder "
            "das Feld leer lassen."
        )
    return value
