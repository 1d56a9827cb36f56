"""What is to be done and for whom: fields, tasks and target groups."""

from sqlmodel import Field

from steering.model.base import Kept, Record, choice, name_field, text_field
from steering.model.enums import LegalCharacter


class TaskField(Record, Kept, table=True):
    """A Handlungsfeld, in the order of the catalogue; `slug` is its short name in addresses."""

    __tablename__ = "field"

    id: int | None = Field(default=None, primary_key=True)
    slug: str = name_field(unique=True)
    name: str = name_field()
    position: int = Field(default=0, ge=-1_000_000, le=1_000_000)


class Task(Record, Kept, table=True):
    """A task of the catalogue, with its legal character and basis.

    `several_providers_wanted`: more than one provider is intended, never an overlap.
    `per_site`: judged per site (school, accommodation) where sites are given.
    """

    __tablename__ = "task"

    id: int | None = Field(default=None, primary_key=True)
    field_id: int = Field(foreign_key="field.id", index=True)
    slug: str = name_field(unique=True)
    name: str = name_field()
    position: int = Field(default=0, ge=-1_000_000, le=1_000_000)
    legal_character: LegalCharacter = Field(default=LegalCharacter.UNCHECKED, sa_type=choice(LegalCharacter))
    legal_basis: str = text_field()
    several_providers_wanted: bool = False
    per_site: bool = False
    checked: bool = False


class TargetGroup(Record, Kept, table=True):
    """Whom a task is for; the group with `everyone` counts in each other group."""

    __tablename__ = "target_group"

    id: int | None = Field(default=None, primary_key=True)
    slug: str = name_field(unique=True)
    name: str = name_field()
    position: int = Field(default=0, ge=-1_000_000, le=1_000_000)
    everyone: bool = False
