"""Who: organisations as a tree, and what they have agreed with each other."""

from sqlmodel import Field

from steering.model.base import Kept, Record, Traced, choice, name_field, text_field
from steering.model.enums import AgreementKind, Level
from steering.model.periods import Validity


class Organisation(Record, Kept, Traced, table=True):
    """A carrier or a unit of one; `parent_id` makes the tree, its root is the roof.

    `slug` is the stable short name used in addresses.
    """

    __tablename__ = "organisation"

    id: int | None = Field(default=None, primary_key=True)
    slug: str = name_field(unique=True)
    name: str = name_field()
    short_name: str = Field(default="", max_length=60)
    level: Level = Field(sa_type=choice(Level))
    parent_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)


class Agreement(Record, Kept, Traced, Validity, table=True):
    """What organisations have agreed about tasks, for a period; it covers the units below its parties."""

    __tablename__ = "agreement"

    id: int | None = Field(default=None, primary_key=True)
    name: str = name_field()
    kind: AgreementKind = Field(sa_type=choice(AgreementKind))
    notice_months: int | None = Field(default=None, ge=0, le=120)
    note: str = text_field()


class AgreementOrganisation(Record, table=True):
    """A party to an agreement."""

    __tablename__ = "agreement_organisation"

    agreement_id: int = Field(primary_key=True, foreign_key="agreement.id")
    organisation_id: int = Field(primary_key=True, foreign_key="organisation.id", index=True)


class AgreementTask(Record, table=True):
    """A task that an agreement covers."""

    __tablename__ = "agreement_task"

    agreement_id: int = Field(primary_key=True, foreign_key="agreement.id")
    task_id: int = Field(primary_key=True, foreign_key="task.id", index=True)
