"""What the database knows about itself: its identity, its settings and its history."""

from datetime import date

from pydantic import NaiveDatetime
from sqlalchemy import DateTime, Text
from sqlmodel import Field

from steering.model.base import Record, Versioned, choice
from steering.model.enums import ToldStage


class Dataset(Record, table=True):
    """The single row that identifies this database.

    `dataset_id` changes with a restore; `revision` rises by one with every writing transaction.
    """

    __tablename__ = "dataset"

    id: int = Field(default=1, primary_key=True)
    dataset_id: str = Field(max_length=36)
    revision: int = 0


class Settings(Record, Versioned, table=True):
    """The single row of what a Landkreis sets for itself.

    The horizon runs from 1 January of today's year − `horizon_years_back`
    to 31 December of today's year + `horizon_years_ahead`.
    `warning_months`: how long before an end it is announced. `drafting_days`: how many working days a paper
    needs from its draft to the Vorlagenschluss. `survey_months`: after how long what somebody said about a
    need counts as veraltet.
    """

    __tablename__ = "settings"

    id: int | None = Field(default=1, primary_key=True)
    district_key: str = Field(default="", max_length=5)
    district_name: str = Field(default="", max_length=200)
    horizon_years_back: int = Field(default=1, ge=0, le=20)
    horizon_years_ahead: int = Field(default=9, ge=0, le=30)
    warning_months: int = Field(default=18, ge=0, le=120)
    drafting_days: int = Field(default=10, ge=0, le=120)
    survey_months: int = Field(default=24, ge=1, le=240)


class Change(Record, table=True):
    """One field of one record, changed by whom, when, from what to what.

    Rows of one `batch` were written in one transaction and are undone together.
    `before` and `after` are JSON; `field` is "*" where a whole record was added or removed.
    `at` is UTC. `undoes`: the batch that this one took back; `undoes_change`: the one change of a batch that
    it took back. `imported`: the file that it was read from. `erased`: contact data were taken out of
    `before` or `after` for good, so that it no longer says what was there.
    """

    __tablename__ = "change"

    id: int | None = Field(default=None, primary_key=True)
    batch: str = Field(max_length=36, index=True)
    at: NaiveDatetime = Field(sa_type=DateTime)
    actor: str = Field(max_length=200)
    revision: int
    record: str = Field(max_length=60, index=True)
    record_key: str = Field(max_length=60, index=True)
    field: str = Field(max_length=60)
    before: str = Field(default="", sa_type=Text)
    after: str = Field(default="", sa_type=Text)
    undoes: str | None = Field(default=None, max_length=36)
    undoes_change: int | None = None
    imported: str = Field(default="", max_length=200)
    erased: bool = False


class ListMapping(Record, table=True):
    """What somebody last decided about the columns of a list, offered again when its header comes again.

    `header` is what the header is known by, `mapping` the text of a mapping file (TOML), `saved_at` UTC.
    Bookkeeping like the revision: nobody edits it, so it has no version and no history.
    """

    __tablename__ = "list_mapping"

    header: str = Field(primary_key=True, max_length=64)
    mapping: str = Field(sa_type=Text)
    saved_at: NaiveDatetime = Field(sa_type=DateTime)


class CalendarEntry(Record, table=True):
    """A date as it was last handed out in a calendar file, so that the next file can move or cancel it.

    `key` names the date for good, `digest` what was said about it (empty: whatever it was, it counts as
    changed). `sequence` rises whenever that changes; `changed_at` is UTC. `kind` is a DateKind; `scope` is
    JSON: whom it concerns.
    Bookkeeping like the revision: nobody edits it, so it has no version and no history.
    """

    __tablename__ = "calendar_entry"

    key: str = Field(primary_key=True, max_length=120)
    digest: str = Field(max_length=64)
    sequence: int = Field(ge=0)
    changed_at: NaiveDatetime = Field(sa_type=DateTime)
    cancelled: bool = False
    kind: str = Field(max_length=20)
    day: date
    subject: str = Field(sa_type=Text)
    scope: str = Field(sa_type=Text)


class ToldFact(Record, table=True):
    """What a mail last told somebody of a thing, so that nothing is told twice and nothing is left out.

    `key` is recipient and thing; `recipient` the digest of a sign-in, `thing` as Meine Aufgaben names it;
    `day` the day for which it was told, `stage` as what. `told_at` is UTC.
    Bookkeeping like the revision: nobody edits it, so it has no version and no history.
    """

    __tablename__ = "told_fact"

    key: str = Field(primary_key=True, max_length=160)
    recipient: str = Field(max_length=32)
    thing: str = Field(max_length=120)
    day: date
    stage: ToldStage = Field(sa_type=choice(ToldStage))
    told_at: NaiveDatetime = Field(sa_type=DateTime)
